/** The same seconds of a worker are never paid twice, whoever tries and in whatever order. */
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { paidSpans } from '../../db/cell.ts';
import { newId } from '../../src/kernel/id.ts';
import { instantOf } from '../../src/kernel/time.ts';
import { record } from '../../src/store/journal.ts';
import { paidSpansOf } from '../../src/timesheet/paid-span.ts';
import { approvalRow } from '../../src/timesheet/timesheet-decision.ts';
import { type HoursScene, november, openHours, said, slug } from './scene.ts';

let scene: HoursScene;
let later: string;
beforeEach(async () => {
  scene = await openHours();
  scene.cell.forward(60);
  later = await scene.engage(scene.workerId);
});
const spans = () => scene.cell.store.db.select().from(paidSpans).all();

/** As somebody who writes past every rule of ours. */
const forceApproval = (of: string) =>
  scene.cell.store.commit((tx) => {
    const sheet = scene.sheet(of);
    const decision = { id: newId(), engagementId: of, startsOn: november, digest: sheet.digest };
    const row = approvalRow(sheet, decision, null, 'system', scene.cell.at());
    record(tx, 'timesheet-approved', row, 'system', scene.cell.at());
  });

describe('two engagements of one worker that share an hour', () => {
  beforeEach(async () => {
    await scene.shift('2026-11-03');
    await scene.punched('in', '2026-11-03T16:00+08:00', { of: later });
    await scene.punched('out', '2026-11-03T20:00+08:00', { of: later });
    scene.cell.moveTo('2026-12-01T02:00:00Z');
  });

  test('block each other’s approval', async () => {
    await said(scene.approve());
    expect(await slug(scene.approve(scene.supervisor, later))).toBe('timesheet-blocked');
  });

  test('are refused by the database itself, and nothing of the approval stays', async () => {
    await said(scene.approve());
    const before = spans();
    await expect(forceApproval(later)).rejects.toThrow(/hours-overlap/);
    expect(spans()).toEqual(before);
    expect(scene.sheet(later).approval).toBeUndefined();
  });

  test('are refused in the other order as well', async () => {
    await forceApproval(later);
    await expect(forceApproval(scene.engagementId)).rejects.toThrow(/hours-overlap/);
  });

  test('may be claimed by the other one once the first is reopened', async () => {
    await forceApproval(scene.engagementId);
    scene.cell.forward(60);
    await said(scene.cell.as(scene.hr)('PUT', scene.path('reopening'), { reason: 'The other counts.' }));
    await forceApproval(later);
    await expect(forceApproval(scene.engagementId)).rejects.toThrow(/hours-overlap/);
  });
});

test('work in a break that another engagement pays is refused with a sentence', async () => {
  const pause = { afterSeconds: 7200, seconds: 900, paid: true, automatic: false };
  await scene.rules({ breaks: [pause] });
  for (const [kind, time] of [
    ['in', '08:00'],
    ['out', '11:00'],
    ['in', '11:20'],
    ['out', '17:00'],
  ] as const)
    await scene.punched(kind, `2026-11-03T${time}+08:00`);
  await scene.punched('in', '2026-11-03T11:05+08:00', { of: later });
  await scene.punched('out', '2026-11-03T11:10+08:00', { of: later });
  scene.cell.moveTo('2026-12-01T02:00:00Z');
  await said(scene.approve());
  const inOrder = (list: readonly { startsAt: string; endsAt: string }[]) =>
    list.map(({ startsAt, endsAt }) => `${startsAt} ${endsAt}`).sort();
  expect(inOrder(spans())).toEqual(inOrder(scene.sheet().entries.flatMap(paidSpansOf)));
  expect(await slug(scene.approve(scene.supervisor, later))).toBe('hours-overlap');
  await expect(forceApproval(later)).rejects.toThrow(/hours-overlap/);
});

test('engagements that only touch are both approved', async () => {
  await scene.shift('2026-11-03');
  await scene.punched('in', '2026-11-03T17:00+08:00', { of: later });
  await scene.punched('out', '2026-11-03T20:00+08:00', { of: later });
  scene.cell.moveTo('2026-12-01T02:00:00Z');
  await said(scene.approve());
  await said(scene.approve(scene.supervisor, later));
  expect(spans()).toHaveLength(2);
});

test('whatever spans are claimed in whatever order, the database keeps no two that share a millisecond', async () => {
  const at = (ms: number) => instantOf(Date.UTC(2026, 10, 3) + ms);
  const span = fc.record({ from: fc.nat(500), length: fc.integer({ min: 1, max: 120 }), worker: fc.nat(1) });
  const property = fc.asyncProperty(fc.array(span, { maxLength: 40 }), fc.uuid(), async (claims, run) => {
    for (const { from, length, worker } of claims) {
      const row = {
        approvalId: newId(),
        workerId: `${run}-${worker}`,
        startsAt: at(from),
        endsAt: at(from + length),
      };
      await scene.cell.store
        .commit((tx) => void tx.insert(paidSpans).values(row).run())
        .catch(() => undefined);
    }
    for (const worker of [0, 1]) {
      const kept = spans()
        .filter(({ workerId }) => workerId === `${run}-${worker}`)
        .sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
      expect(kept.every((one, index) => index === 0 || (kept[index - 1]?.endsAt ?? '') <= one.startsAt)).toBe(
        true,
      );
      const mine = claims.filter((one) => one.worker === worker);
      expect(kept.length > 0).toBe(mine.length > 0);
    }
  });
  await fc.assert(property, { numRuns: 20 });
});
