/** Shifts in workerd: its database answers the same questions, and its zones know the same nights. */
import { expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { company } from '../journey/facts.ts';
import type { Person } from '../support/person.ts';
import { openHouse, origin } from './house.ts';

test('a roster becomes drafts, warnings are acknowledged, one of two claims wins, and the calendar tells', async () => {
  const { setupToken, person, moveTo, send } = await openHouse();
  moveTo('2026-10-20T00:00:00.000Z');
  const owner = await person('Li Na').signUp({ kind: 'setup', token: setupToken });
  const [org, siteId, templateId, rosterId] = [newId(), newId(), newId(), newId()];
  const api = `/api/orgs/${org}`;
  await owner.ok('PUT', api, { token: setupToken, ...company });
  const fence = { lat: 52.52, lng: 13.405, datum: 'wgs84', radiusMetres: 200 };
  await owner.ok('PUT', `${api}/sites/${siteId}`, {
    name: 'Hafen',
    address: 'Kai 1',
    zone: 'Europe/Berlin',
    fence,
  });
  const hired = [await hire('Ada'), await hire('Ben')];

  async function hire(name: string): Promise<{ worker: Person; engagementId: string }> {
    const invitation = { kind: 'worker', label: name, cap: 1, expiresAt: '2027-12-01T00:00:00Z' };
    const { token } = (await owner.ok('PUT', `${api}/invitations/${newId()}`, invitation)) as unknown as {
      token: string;
    };
    const worker = await person(name).signUp({ kind: 'invitation', org, token });
    const use = `${api}/invitations/by-token/${token}/uses/${newId()}`;
    const { workerId } = (await worker.ok('PUT', use, { displayName: name })) as unknown as {
      workerId: string;
    };
    const engagementId = newId();
    await owner.ok('PUT', `${api}/engagements/${engagementId}`, {
      workerId,
      roleTitle: 'Sorter',
      relationship: 'part-time',
      project: 'Autumn',
      payPeriod: 'weekly',
      startsOn: '2026-10-01',
      siteIds: [siteId],
      hourlyRateMinor: 2800,
    });
    return { worker, engagementId };
  }

  await owner.ok('PUT', `${api}/shift-templates/${templateId}`, {
    siteId,
    name: 'Night',
    startTime: '22:00',
    endTime: '06:00',
  });
  await owner.ok('PUT', `${api}/rosters/${rosterId}`, {
    siteId,
    name: 'Nights',
    startsOn: '2026-10-19',
    everyWeeks: 1,
    lines: [{ templateId, weekdays: [6], engagementIds: [hired[0]?.engagementId] }],
  });
  await owner.ok('PUT', `${api}/rosters/${rosterId}/drafts/${newId()}`, {
    startsOn: '2026-10-20',
    endsOn: '2026-10-25',
  });
  const week = `${api}/sites/${siteId}/shifts/2026-10-19/2026-10-25`;
  const { draftIds, review } = (await owner.ok('GET', week)) as unknown as {
    draftIds: string[];
    review: { digest: string; warnings: { actual: number }[] };
  };
  // The night of 25 October has an hour more.
  expect(review.warnings.map(({ actual }) => actual / 3600)).toEqual([9]);
  const publication = `${api}/shift-publications/${newId()}`;
  expect((await owner.call('PUT', publication, { draftIds })).body.slug).toBe('shift-warnings');
  await owner.ok('PUT', publication, { draftIds, acknowledges: review.digest, reason: 'agreed' });

  const [shiftId, draftId] = [newId(), newId()];
  await owner.ok('PUT', `${api}/shifts/${shiftId}/drafts/${draftId}`, {
    siteId,
    day: '2026-10-22',
    startTime: '08:00',
    endTime: '11:00',
    openPlaces: 1,
  });
  await owner.ok('PUT', `${api}/shift-publications/${newId()}`, { draftIds: [draftId] });
  // Ada already works the week's four hours a day and more.
  const claims = await Promise.all(
    hired.map(({ worker, engagementId }) =>
      worker.call('PUT', `${api}/me/shift-claims/${newId()}`, { shiftId, engagementId }),
    ),
  );
  expect(claims.map(({ status }) => status)).toEqual([409, 200]);

  const ada = hired[0]?.worker as Person;
  const { url } = (await ada.ok('PUT', `${api}/me/shift-feeds/${newId()}`, {})) as unknown as { url: string };
  const feed = await (await send(new Request(url))).text();
  expect(feed).toContain('DTSTART:20261024T200000Z');
  expect(feed).toContain('DTEND:20261025T050000Z');
  const pages = {
    [`/orgs/${org}/shifts?week=2026-10-19`]: [owner, '22:00–06:00 (+1)'],
    [`/orgs/${org}/me/shifts`]: [ada, 'New shift for you'],
  } as const;
  for (const [path, [reader, words]] of Object.entries(pages)) {
    const cookie = `${await reader.cookie()}; locale=en`;
    const answer = await send(new Request(origin + path, { headers: { cookie, accept: 'text/html' } }));
    expect(await answer.text(), path).toContain(words);
  }
});
