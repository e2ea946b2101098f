/** Hours as read from the database: one by one and all at once alike, by the rules, the plan and the chain that lie there. */
import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { punches, punchVoids } from '../../db/cell.ts';
import { engagementsPaid } from '../../src/engagement/engagement.ts';
import { newId } from '../../src/kernel/id.ts';
import { payPeriodOf } from '../../src/kernel/time.ts';
import { collectInTurns } from '../../src/store/turns.ts';
import { engagementsAtOnce, hoursOfPeriod } from '../../src/timesheet/hours-of-period.ts';
import { timesheetChunks, timesheetsOf } from '../../src/timesheet/timesheet-list.ts';
import { everything } from './everything.ts';
import { type HoursScene, november, openHours, said } from './scene.ts';

let scene: HoursScene;
beforeEach(async () => {
  scene = await openHours();
});
const period = payPeriodOf('monthly', november);
const kinds = () => scene.sheet().exceptions.map(({ kind }) => kind);

test('many timesheets are those of each, in chunks that others may come between', async () => {
  const { db } = scene.cell.store;
  await scene.rules({ rounding: { toMinutes: 15, favour: 'worker' } });
  for (let n = 0; n < engagementsAtOnce + 3; n += 1) {
    const of = await scene.engage((await scene.admit(`Worker ${n}`)).workerId);
    await scene.punched('in', `2026-11-03T08:0${n % 10}+08:00`, { of });
    await scene.punched('out', '2026-11-03T17:00+08:00', { of });
  }
  const at = scene.cell.at();
  const chunks = [...hoursOfPeriod(db, engagementsPaid(db, 'monthly'), period, at)];
  expect(chunks.map((chunk) => chunk.length)).toEqual([engagementsAtOnce, 4]);
  for (const { engagement, hours } of chunks.flat())
    expect(hours.digest).toBe(scene.sheet(engagement.id).digest);
  const listed = timesheetChunks(db, everything, 'monthly', november, at);
  const sheets = await collectInTurns(listed);
  expect(sheets).toEqual(timesheetsOf(db, everything, 'monthly', november, at));
  expect(sheets).toHaveLength(engagementsAtOnce + 3);
});

test('a site’s rules count from the day they take effect', async () => {
  await scene.rules({ breaks: [{ afterSeconds: 21_600, seconds: 1800, paid: false, automatic: true }] });
  const later = { effectiveOn: '2026-11-04', rules: { breaks: [] } };
  await said(scene.cell.as(scene.owner)('PUT', `/sites/${scene.quay}/policies/${newId()}`, later));
  await scene.shift('2026-11-03');
  await scene.shift('2026-11-04');
  expect(scene.sheet().entries).toMatchObject([
    { seconds: 30_600, rawSeconds: 32_400, breakSeconds: 1800 },
    { seconds: 32_400, rawSeconds: 32_400, breakSeconds: 0 },
  ]);
});

/** As a phone's, one after the other. */
async function signed(ids: readonly string[], seqs: readonly number[]): Promise<void> {
  await scene.cell.store.commit((tx) => {
    ids.forEach((id, index) => {
      const seq = seqs[index] ?? 0;
      tx.update(punches)
        .set({
          deviceId: 'phone',
          seq,
          previousDigest: seq === 1 ? null : `d${seq - 1}`,
          recordDigest: `d${seq}`,
          signature: 's',
        })
        .where(eq(punches.id, id))
        .run();
    });
  });
}

test('a missing link of a phone’s chain shows at the punch after it, and a late one mends it', async () => {
  const first = await scene.shift('2026-11-03');
  const second = await scene.shift('2026-11-04');
  await signed([first.in, first.out, second.in, second.out], [1, 2, 4, 5]);
  expect(scene.sheet().exceptions).toMatchObject([{ kind: 'chain-gap', punchIds: [second.in] }]);
  const { digest } = scene.sheet();
  const late = await scene.shift('2026-11-05');
  await signed([late.in, late.out], [3, 6]);
  expect(kinds()).toEqual([]);
  expect(scene.sheet().digest).not.toBe(digest);
});

test('a voided punch is still a link of its phone’s chain', async () => {
  const one = await scene.shift('2026-11-03');
  const two = await scene.shift('2026-11-04');
  await signed([one.in, one.out, two.in, two.out], [1, 2, 3, 4]);
  await scene.cell.store.commit((tx) => {
    for (const id of [one.in, one.out]) {
      const row = { id, correctionId: newId(), reason: 'x', at: scene.cell.at(), by: 'system' };
      tx.insert(punchVoids).values(row).run();
    }
  });
  expect(kinds()).toEqual([]);
  await signed([two.out], [3]);
  expect(kinds()).toEqual(['chain-forked', 'chain-forked']);
});

test('a phone that two engagements of a worker share has one chain', async () => {
  const other = await scene.engage(scene.workerId);
  const one = await scene.shift('2026-11-03');
  const two = await scene.shift('2026-11-04', other);
  await signed([one.in, two.in, two.out, one.out], [1, 2, 3, 4]);
  expect(kinds()).toEqual([]);
  expect(scene.sheet(other).exceptions).toEqual([]);
});

test('work after the engagement’s last day is named, and the night that its last day starts is not', async () => {
  await scene.punched('in', '2026-11-05T22:00+08:00');
  await scene.punched('out', '2026-11-06T06:00+08:00');
  await scene.shift('2026-11-08');
  expect(kinds()).toEqual([]);
  scene.cell.moveTo('2026-11-10T02:00:00Z');
  const end = { endsOn: '2026-11-05', reason: 'The ship has sailed.' };
  await said(scene.cell.as(scene.hr)('PUT', `/engagements/${scene.engagementId}/end`, end));
  expect(scene.sheet().exceptions).toMatchObject([
    { kind: 'engagement-not-live', day: '2026-11-08' },
    { kind: 'engagement-not-live', day: '2026-11-08' },
  ]);
  expect(scene.sheet().seconds).toBe(17 * 3600);
});

test('too little rest is named by the rule of the employer’s country', async () => {
  await scene.punched('in', '2026-11-03T14:00+08:00');
  await scene.punched('out', '2026-11-03T22:00+08:00');
  await scene.punched('in', '2026-11-04T08:00+08:00');
  await scene.punched('out', '2026-11-04T12:00+08:00');
  expect(kinds()).toEqual(['rest-short']);
});
