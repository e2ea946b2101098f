/** Day cover through the front: whoever clocks in is covered until they clock out, whatever they forgot the day before. */
import { expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { openCrew } from '../journey/crew.ts';
import { openHouse, origin } from '../journey/house.ts';

test('who forgot to clock out yesterday is covered through today’s shift, too', async () => {
  const house = await openHouse('2026-10-01T00:00:00Z');
  const { send, setupToken } = house;
  const crew = await openCrew({ send, origin, setupToken, today: '2026-10-01' });
  const { api, owner, siteId } = crew;
  await owner.ok('PUT', `${api}/guarantee-policies/${newId()}`, {
    kind: 'day-cover',
    name: '日结保障',
    standsFor: 'employer',
    limitMinor: 5_000_000,
    terms: '工作期间意外。',
    effectiveOn: '2026-01-01',
  });
  const worker = await crew.join('张三', await crew.invite());
  const engagementId = await crew.engage(worker);
  const clockIn = async (at: string) => {
    house.moveTo(at);
    const punch = { engagementId, siteId, kind: 'in', deviceAt: at, noPosition: 'denied' };
    await worker.person.ok('PUT', `${api}/punches/${newId()}`, punch);
  };
  await clockIn('2026-10-05T08:05:00.000Z');
  await clockIn('2026-10-06T08:00:00.000Z');
  expect(await worker.person.ok('GET', `${api}/me/covers`)).toMatchObject({
    covers: [
      { startsAt: '2026-10-06T08:00:00.000Z', endsAt: null },
      { startsAt: '2026-10-05T08:05:00.000Z', endsAt: '2026-10-06T08:00:00.000Z' },
    ],
  });
  expect((await owner.page(`/orgs/${crew.org}/guarantees`, 'en')).text).toContain('clocked in again');
  expect(await owner.ok('GET', `${api}/journal/verification`)).toMatchObject({ ok: true });
});
