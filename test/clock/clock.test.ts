/** What a phone is given to clock in with: its owner's own work and places, and nobody else's. */
import { expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { agreedWork } from '../journey/facts.ts';
import { openEmployer } from '../journey/house.ts';
import { ClockingPhone } from '../support/clocking-phone.ts';

const fence = { lat: 31.2304, lng: 121.4737, datum: 'wgs84', radiusMetres: 200 };

async function openScene() {
  const employer = await openEmployer('2026-10-05T00:55:00Z');
  const { owner, api, workerId } = employer;
  const [siteId, engagementId] = [newId(), newId()];
  await owner.ok('PUT', `${api}/sites/${siteId}`, { name: '松江仓', address: '松江区', fence });
  await owner.ok('PUT', `${api}/engagements/${engagementId}`, { ...agreedWork, workerId, siteIds: [siteId] });
  return { ...employer, siteId, engagementId };
}

test('a phone is given the live work of its owner, each site with fence and rules, and the last punch', async () => {
  const { worker, owner, org, api, engagementId, siteId, house } = await openScene();
  await owner.ok('PUT', `${api}/sites/${siteId}/policies/${newId()}`, {
    effectiveOn: '2026-10-01',
    rules: { place: 'require-proof', accurateMetres: 50 },
  });
  const phone = await new ClockingPhone(worker, org).enrol('2026-10-05T00:55:00Z');
  const tap = { engagementId, siteId, kind: 'in', at: '2026-10-05T00:56:00Z' } as const;
  house.moveTo('2026-10-05T00:56:00Z');
  await phone.send(await phone.tap(tap), tap.at);
  const scene = await worker.ok('GET', `${api}/me/clock`);
  expect(scene).toMatchObject({
    org,
    personId: worker.personId,
    at: '2026-10-05T00:56:00.000Z',
    engagements: [
      { id: engagementId, siteIds: [siteId], last: { kind: 'in', siteId, at: '2026-10-05T00:56:00.000Z' } },
    ],
    sites: [{ id: siteId, place: 'require-proof', accurateMetres: 50, zone: 'Asia/Shanghai' }],
    devices: [{ id: phone.deviceId, revoked: false }],
  });
  expect(JSON.stringify(scene)).not.toContain('publicKey');
  await worker.ok('PUT', `${api}/devices/${phone.deviceId}/revocation`, { reason: '丢失' });
  expect(await worker.ok('GET', `${api}/me/clock`)).toMatchObject({ devices: [{ revoked: true }] });
});

test('a visitor is asked to sign in, and a member who does not work here has no clock', async () => {
  const { owner, api, house } = await openEmployer('2026-10-05T00:55:00Z');
  expect(await house.person('stranger').call('GET', `${api}/me/clock`)).toMatchObject({
    status: 401,
    body: { slug: 'sign-in-required' },
  });
  expect((await owner.call('GET', `${api}/me/clock`)).status).toBe(404);
});

test('work that has ended is no more on the phone', async () => {
  const { worker, owner, api, engagementId, house } = await openScene();
  await owner.ok('PUT', `${api}/engagements/${engagementId}/end`, { endsOn: '2026-10-05', reason: '完工' });
  house.moveTo('2026-10-07T00:55:00Z');
  expect(await worker.ok('GET', `${api}/me/clock`)).toMatchObject({ engagements: [], sites: [] });
});

test('who is at work when their engagement ends, or when its site is taken off the list, still clocks out there', async () => {
  const { worker, owner, api, org, engagementId, siteId, house } = await openScene();
  const otherSiteId = newId();
  await owner.ok('PUT', `${api}/sites/${otherSiteId}`, { name: '东门', address: '松江区', fence });
  const phone = await new ClockingPhone(worker, org).enrol('2026-10-05T00:55:00Z');
  house.moveTo('2026-10-05T14:00:00Z');
  const come = { engagementId, siteId, kind: 'in', at: '2026-10-05T14:00:00Z' } as const;
  await phone.send(await phone.tap(come), come.at);
  await owner.ok('PUT', `${api}/engagements/${engagementId}/end`, { endsOn: '2026-10-05', reason: '完工' });
  for (const [id, change] of [
    [otherSiteId, 'added'],
    [siteId, 'removed'],
  ])
    await owner.ok('PUT', `${api}/engagements/${engagementId}/site-changes/${newId()}`, {
      siteId: id,
      change,
      reason: '调班',
    });
  house.moveTo('2026-10-05T22:00:00Z');
  const morning = (await worker.ok('GET', `${api}/me/clock`)) as unknown as {
    engagements: { id: string; siteIds: string[] }[];
    sites: { id: string }[];
  };
  expect(morning.engagements.map(({ id }) => id)).toEqual([engagementId]);
  expect(morning.engagements[0]?.siteIds).toContain(siteId);
  expect(morning.sites.map(({ id }) => id)).toContain(siteId);
  const over = async () => (await worker.page(`/orgs/${org}/me`, 'en')).text.includes('Your work here ended');
  expect(await over()).toBe(false);
  const leave = { ...come, kind: 'out', at: '2026-10-05T22:00:00Z' } as const;
  await phone.send(await phone.tap(leave), leave.at);
  expect(await worker.ok('GET', `${api}/me/clock`)).toMatchObject({ engagements: [], sites: [] });
  expect(await over()).toBe(true);
});

test('work begins on the phone when its first day begins at the site, be it still the day before at the employer', async () => {
  const { worker, owner, api, workerId, house } = await openEmployer('2026-10-04T10:55:00Z');
  const [siteId, engagementId] = [newId(), newId()];
  const site = { name: 'Auckland', address: 'Quay Street', zone: 'Pacific/Auckland', fence };
  await owner.ok('PUT', `${api}/sites/${siteId}`, site);
  const agreed = { ...agreedWork, workerId, siteIds: [siteId], startsOn: '2026-10-05' };
  await owner.ok('PUT', `${api}/engagements/${engagementId}`, agreed);
  expect(await worker.ok('GET', `${api}/me/clock`)).toMatchObject({ engagements: [] });
  house.moveTo('2026-10-04T11:05:00Z');
  expect(await worker.ok('GET', `${api}/me/clock`)).toMatchObject({ engagements: [{ id: engagementId }] });
});
