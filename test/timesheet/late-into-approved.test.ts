/** A phone comes back online after its hours were approved: nothing it kept is lost, and nobody is paid by an approval that did not see it. */
import { expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { agreedWork } from '../journey/facts.ts';
import { openEmployer } from '../journey/house.ts';
import { ClockingPhone } from '../support/clocking-phone.ts';

test('punches kept offline reopen the approved period that they belong to, in their own name, through the public door', async () => {
  const { api, owner, worker, workerId, org, house } = await openEmployer('2026-10-05T00:00:00Z');
  const [siteId, engagementId] = [newId(), newId()];
  const fence = { lat: 31.2304, lng: 121.4737, datum: 'wgs84', radiusMetres: 200 };
  await owner.ok('PUT', `${api}/sites/${siteId}`, { name: '松江仓', address: '松江区', fence });
  await owner.ok('PUT', `${api}/engagements/${engagementId}`, {
    ...agreedWork,
    payPeriod: 'monthly',
    workerId,
    siteIds: [siteId],
  });
  const phone = await new ClockingPhone(worker, org).enrol('2026-10-05T00:00:00Z');
  const tap = (at: string, kind: 'in' | 'out') => phone.tap({ engagementId, siteId, kind, at });
  const deliver = async (punch: Awaited<ReturnType<typeof tap>>, at: string) => {
    house.moveTo(at);
    expect((await phone.send(punch, at)).status).toBe(200);
  };
  for (const [at, kind] of [
    ['2026-10-05T01:00:00Z', 'in'],
    ['2026-10-05T09:00:00Z', 'out'],
  ] as const)
    await deliver(await tap(at, kind), at);
  const kept = [await tap('2026-10-06T01:00:00Z', 'in'), await tap('2026-10-06T09:00:00Z', 'out')];

  house.moveTo('2026-11-01T02:00:00Z');
  const path = `${api}/engagements/${engagementId}/timesheets/2026-10-01`;
  const sheet = async () =>
    (await owner.ok('GET', path)) as unknown as {
      state: string;
      seconds: number;
      digest: string;
      reopening?: { punchId: string; correctionId: string | null };
    };
  const { digest } = await sheet();
  await owner.ok('PUT', `${path}/approval`, { digest });
  expect(await sheet()).toMatchObject({ state: 'approved', seconds: 8 * 3600 });

  for (const punch of kept) await deliver(punch, '2026-11-01T03:00:00Z');
  const after = await sheet();
  expect(after).toMatchObject({ state: 'reopened', seconds: 16 * 3600 });
  expect(after.reopening).toMatchObject({ punchId: kept[1]?.id });
  // Sent once more, as a phone does that heard no answer.
  for (const punch of kept) await deliver(punch, '2026-11-01T03:01:00Z');
  expect(await sheet()).toEqual(after);
  await owner.ok('PUT', `${path}/approval`, { digest: after.digest });
  expect(await sheet()).toMatchObject({ state: 'approved', seconds: 16 * 3600 });
});
