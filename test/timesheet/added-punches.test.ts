/** A punch that somebody else adds is flagged like one's own: nobody approves hours at a place or on a day that was not agreed unseen. */
import { expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { openCrew } from '../journey/crew.ts';
import { openHouse, origin } from '../journey/house.ts';

test('an added punch at a place, or on a day, that the engagement does not name says so on the timesheet', async () => {
  const house = await openHouse('2026-10-01T00:00:00Z');
  const { send, setupToken } = house;
  const crew = await openCrew({ send, origin, setupToken, today: '2026-10-01' });
  const { api, owner, siteId } = crew;
  const elsewhere = newId();
  const fence = { lat: 31.2, lng: 121.4, datum: 'wgs84', radiusMetres: 200 };
  await owner.ok('PUT', `${api}/sites/${elsewhere}`, { name: '二号仓', address: '仓储路 2 号', fence });
  const worker = await crew.join('张三', await crew.invite());
  const engagementId = await crew.engage(worker, { startsOn: '2026-10-05', payPeriod: 'monthly' });
  house.moveTo('2026-10-08T00:00:00Z');
  const add = (at: string, kind: 'in' | 'out', site: string) =>
    owner.ok('PUT', `${api}/corrections/${newId()}`, {
      kind: 'add',
      engagementId,
      reason: '补录',
      punch: { id: newId(), siteId: site, kind, at },
    });
  await add('2026-10-02T01:00:00Z', 'in', siteId);
  await add('2026-10-02T09:00:00Z', 'out', siteId);
  await add('2026-10-06T01:00:00Z', 'in', siteId);
  await add('2026-10-06T09:00:00Z', 'out', elsewhere);
  const sheet = (await owner.ok('GET', `${api}/engagements/${engagementId}/timesheets/2026-10-01`)) as {
    exceptions?: { kind: string; day: string }[];
  };
  expect(sheet.exceptions?.map(({ kind, day }) => `${day} ${kind}`)).toEqual([
    '2026-10-02 engagement-not-live',
    '2026-10-02 engagement-not-live',
    '2026-10-06 site-unexpected',
  ]);
});
