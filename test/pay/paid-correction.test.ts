/** Paid hours that turn out wrong: what was paid stays, the timesheet is reopened by name, and the next run pays the difference. */
import { describe, expect, test } from 'vitest';
import { punchOf } from '../../src/clock/punch.ts';
import { newId } from '../../src/kernel/id.ts';
import { civilDate } from '../../src/kernel/time.ts';
import { timesheetOf } from '../../src/timesheet/timesheet.ts';
import { historyOf } from '../../src/timesheet/timesheet-state.ts';
import {
  addWorker,
  approveHours,
  approveRun,
  done,
  engage,
  november,
  october,
  openAndCalculate,
  openPayroll,
  type Payroll,
  slugOf,
  work,
} from './payroll.ts';

const first = civilDate('2026-10-01');

/** Nine hours of October at ¥25.00, paid on 5 November. */
async function paidOctober() {
  const payroll = await openPayroll();
  const worker = await addWorker(payroll, '李雷');
  const engagementId = await engage(payroll, worker);
  await work(payroll, worker, engagementId, '2026-10-20T00:00:00Z', '2026-10-20T09:00:00Z');
  payroll.cell.moveTo('2026-11-01T02:00:00Z');
  await approveHours(payroll, engagementId, '2026-10-01');
  const run = await openAndCalculate(payroll, october);
  await done(approveRun(payroll, run));
  const sheet = () => timesheetOf(payroll.cell.store.db, engagementId, first, payroll.cell.at());
  return { payroll, worker, engagementId, run, sheet };
}

const pay = ({ cell, hr }: Payroll, runId: string, paidOn = '2026-11-05', person = hr) =>
  cell.as(person)('PUT', `/pay-runs/${runId}/payment`, { paidOn });

async function asksToMoveTheEnd(scene: Awaited<ReturnType<typeof paidOctober>>, at: string) {
  const { payroll, worker, engagementId, sheet } = scene;
  const { cell, siteId, owner } = payroll;
  const id = newId();
  await done(
    cell.as(worker.personId)('PUT', `/correction-requests/${id}`, {
      kind: 'move',
      engagementId,
      punchId: sheet().entries[0]?.intervals[0]?.outPunchId,
      punch: { siteId, kind: 'out', at },
      reason: '下班时间不对',
    }),
  );
  await done(
    cell.as(owner)('PUT', `/correction-requests/${id}/decision`, {
      decision: 'accepted',
      reason: '门禁记录属实',
    }),
  );
}

describe('an approved run', () => {
  test('locks the timesheets it holds, each by itself, and a payment shows them as paid', async () => {
    const { payroll, run, sheet, engagementId } = await paidOctober();
    const { cell, hr, owner } = payroll;
    expect(sheet()).toMatchObject({ state: 'locked', lock: { runId: run.id } });
    cell.moveTo('2026-11-04T02:00:00Z');
    expect(await slugOf(pay(payroll, run.id))).toBe('payment-in-future');
    cell.moveTo('2026-11-05T02:00:00Z');
    await done(pay(payroll, run.id));
    await done(pay(payroll, run.id));
    expect(await slugOf(pay(payroll, run.id, '2026-11-04'))).toBe('already-decided');
    expect(await slugOf(pay(payroll, run.id, '2026-11-05', owner))).toBe('already-decided');
    expect(sheet()).toMatchObject({ state: 'paid', payment: { paidOn: '2026-11-05' } });
    expect(historyOf(cell.store.db, engagementId, first).map(({ what, by }) => [what, by])).toEqual([
      ['approved', `person:${owner}`],
      ['locked', `person:${owner}`],
      ['paid', `person:${hr}`],
    ]);
  });

  test('that is not approved cannot have been paid', async () => {
    const payroll = await openPayroll();
    const worker = await addWorker(payroll, '李雷');
    const engagementId = await engage(payroll, worker);
    await work(payroll, worker, engagementId, '2026-10-20T00:00:00Z', '2026-10-20T09:00:00Z');
    payroll.cell.moveTo('2026-11-05T02:00:00Z');
    const { id } = await openAndCalculate(payroll, october);
    expect(await slugOf(pay(payroll, id))).toBe('run-not-approved');
  });

  test('leaves open what it leaves out, and what nobody approved', async () => {
    const payroll = await openPayroll();
    const [paid, waits] = [await addWorker(payroll, '李雷'), await addWorker(payroll, '韩梅梅')];
    const engagements = [];
    for (const worker of [paid, waits]) {
      const id = await engage(payroll, worker);
      engagements.push(id);
      await work(payroll, worker, id, '2026-10-20T00:00:00Z', '2026-10-20T09:00:00Z');
    }
    const { cell, hr, owner } = payroll;
    cell.moveTo('2026-11-01T02:00:00Z');
    for (const id of engagements) await approveHours(payroll, id, '2026-10-01');
    const [runId, calculationId] = [newId(), newId()];
    await done(cell.as(hr)('PUT', `/pay-runs/${runId}`, { payPeriod: 'monthly', ...october }));
    const leftOut = [{ engagementId: engagements[1], reason: '待核实' }];
    const path = `/pay-runs/${runId}/calculations/${calculationId}`;
    const { digest } = await done(cell.as(hr)('PUT', path, { leftOut }));
    await done(approveRun(payroll, { id: runId, calculationId, digest: String(digest) }, owner));
    const states = engagements.map((id) => timesheetOf(cell.store.db, id, first, cell.at()).state);
    expect(states).toEqual(['locked', 'approved']);
  });
});

describe('a correction of paid hours', () => {
  test.each([
    ['upwards', '2026-10-20T10:00:00Z', 2500],
    ['downwards', '2026-10-20T07:00:00Z', -5000],
  ])(
    '%s reopens the period, and the next run has one line with the difference',
    async (_, end, difference) => {
      const scene = await paidOctober();
      const { payroll, worker, engagementId, run, sheet } = scene;
      const { cell } = payroll;
      cell.moveTo('2026-11-05T02:00:00Z');
      await done(pay(payroll, run.id));
      await asksToMoveTheEnd(scene, end);
      expect(sheet().state).toBe('reopened');
      cell.forward(60);
      await approveHours(payroll, engagementId, '2026-10-01');
      expect(sheet().state).toBe('approved');
      await work(payroll, worker, engagementId, '2026-11-20T00:00:00Z', '2026-11-20T09:00:00Z');
      cell.moveTo('2026-12-01T02:00:00Z');
      await approveHours(payroll, engagementId, '2026-11-01');
      const next = await openAndCalculate(payroll, november);
      const { lines } = (await done(cell.as(payroll.hr)('GET', `/pay-runs/${next.id}`))) as {
        lines?: { kind: string; amountMinor: number }[];
      };
      const earned = lines?.filter(({ kind }) => kind !== 'withholding');
      expect(earned?.map(({ kind, amountMinor }) => `${kind} ${amountMinor}`).sort()).toEqual([
        `correction ${difference}`,
        `earning ${9 * 2500}`,
      ]);
      await done(approveRun(payroll, next));
      expect(sheet()).toMatchObject({ state: 'locked', lock: { runId: next.id } });
      // What October's run paid for stays as it was said.
      const past = historyOf(cell.store.db, engagementId, first);
      expect(past.map(({ what }) => what)).toEqual([
        'approved',
        'locked',
        'paid',
        'reopened',
        'approved',
        'locked',
      ]);
      expect(punchOf(cell.store.db, sheet().entries[0]?.intervals[0]?.outPunchId ?? '')).toMatchObject({
        effectiveAt: end.replace('Z', '.000Z'),
      });
    },
  );
});
