/** A stream that says when attendance has changed crosses from the employer's object to the browser, and ends with it. */
import { expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { company } from '../journey/facts.ts';
import { openHouse, origin } from './house.ts';

test('a clock-in reaches an open page through the object’s answer, and a page that goes makes room for another', async () => {
  const { setupToken, person, send, moveTo } = await openHouse();
  moveTo('2026-10-12T00:00:00.000Z');
  const owner = await person('Li Na').signUp({ kind: 'setup', token: setupToken });
  const org = newId();
  const api = `/api/orgs/${org}`;
  await owner.ok('PUT', api, { token: setupToken, ...company });
  const siteId = newId();
  const fence = { lat: 31.2404, lng: 121.4937, datum: 'gcj02', radiusMetres: 350 };
  await owner.ok('PUT', `${api}/sites/${siteId}`, { name: 'Quay 7', address: '7 Quay Road', fence });
  const { token } = (await owner.ok('PUT', `${api}/invitations/${newId()}`, {
    kind: 'worker',
    label: 'Dockers',
    cap: 1,
    expiresAt: '2027-12-01T00:00:00Z',
  })) as unknown as { token: string };
  const worker = await person('Zhang San').signUp({ kind: 'invitation', org, token });
  const { workerId } = (await worker.ok('PUT', `${api}/invitations/by-token/${token}/uses/${newId()}`, {
    displayName: '张三',
  })) as unknown as { workerId: string };
  const engagementId = newId();
  await owner.ok('PUT', `${api}/engagements/${engagementId}`, {
    workerId,
    roleTitle: 'Docker',
    relationship: 'service',
    project: 'Quay',
    payPeriod: 'monthly',
    startsOn: '2026-10-01',
    siteIds: [siteId],
    hourlyRateMinor: 2500,
  });
  const cookie = await owner.cookie();
  const open = async () => {
    const answer = await send(
      new Request(`${origin}${api}/attendance/events?since=0`, { headers: { cookie } }),
    );
    const reader = answer.body?.getReader();
    const next = async () => new TextDecoder().decode((await reader?.read())?.value);
    return { status: answer.status, next, leave: () => reader?.cancel() };
  };
  const page = await open();
  let heard = '';
  while (!heard.includes('event: changed')) heard += await page.next();
  await worker.ok('PUT', `${api}/punches/${newId()}`, {
    engagementId,
    siteId,
    kind: 'in',
    deviceAt: '2026-10-12T00:00:00.000Z',
    noPosition: 'unavailable',
  });
  expect(await page.next()).toContain('event: changed');
  await page.leave();
  for (let round = 0; round < 8; round += 1) {
    const other = await open();
    expect(other.status, `page ${round}`).toBe(200);
    await other.next();
    await other.leave();
    await new Promise((done) => setTimeout(done, 50));
  }
});
