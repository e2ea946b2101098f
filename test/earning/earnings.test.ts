/** Terms, money beside hours, and promises through the public door, into a pay run and its reasons. */
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { workers } from '../../db/cell.ts';
import { newId } from '../../src/kernel/id.ts';
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
} from '../pay/payroll.ts';

interface Line {
  readonly line: number;
  readonly kind: string;
  readonly code: string;
  readonly amountMinor: number;
}

const linesOf = async ({ cell, hr }: Payroll, runId: string) =>
  ((await done(cell.as(hr)('GET', `/pay-runs/${runId}`))).lines as Line[]).map(
    ({ kind, code, amountMinor }) => [kind, code, amountMinor],
  );
const whyOf = async ({ cell, hr }: Payroll, runId: string, line: number) =>
  (await done(cell.as(hr)('GET', `/pay-runs/${runId}/lines/${line}/why`))).formula as string[];

function agree({ cell, hr }: Payroll, engagementId: string, body: Record<string, unknown>, id = newId()) {
  return cell.as(hr)('PUT', `/engagements/${engagementId}/pay-terms/${id}`, body);
}

function enter({ cell, hr }: Payroll, engagementId: string, kind: string, amountMinor: number, by = hr) {
  const body = { engagementId, kind, amountMinor, effectiveOn: '2026-10-20', reason: `a ${kind}` };
  return cell.as(by)('PUT', `/pay-adjustments/${newId()}`, body);
}

async function promise({ cell, hr }: Payroll, rules: Record<string, unknown>): Promise<void> {
  const body = { name: '我们的承诺', promise: rules, terms: '…', effectiveOn: '2026-10-01' };
  await done(cell.as(hr)('PUT', `/guarantee-promises/${newId()}`, body));
}

const day = (on: string, from: string, to: string) =>
  [`2026-10-${on}T${from}:00.000+08:00`, `2026-10-${on}T${to}:00.000+08:00`].map((at) =>
    new Date(at).toISOString(),
  ) as [string, string];

describe('pay terms', () => {
  test('a labour month has lines by class, each with its law, and the example says the same before', async () => {
    const payroll = await openPayroll();
    const ada = await addWorker(payroll, '陈 Ada');
    const engagement = await engage(payroll, ada, { relationship: 'labour', startsOn: '2026-09-01' });
    const night = { code: 'night', from: '22:00', to: '06:00', per: 'hour', amountMinor: 400 };
    await done(
      agree(payroll, engagement, {
        effectiveOn: '2026-10-01',
        hourlyRateMinor: 3000,
        rules: { allowances: [night] },
      }),
    );
    const example = await done(
      payroll.cell.as(payroll.hr)(
        'GET',
        `/engagements/${engagement}/pay-example?on=2026-10-01&from=20:00&to=06:00`,
      ),
    );
    // 4 h of the holiday × 30.00 × 300 %, then 4 h and 2 h of a second holiday likewise; 8 h at night × 4.00.
    expect(example).toMatchObject({ seconds: 36_000, totalMinor: 90_000 + 3200 });
    await work(payroll, ada, engagement, ...day('01', '08:00', '12:00'));
    await work(payroll, ada, engagement, ...day('12', '08:00', '18:00'));
    payroll.cell.moveTo('2026-11-01T00:00:00.000Z');
    await approveHours(payroll, engagement, '2026-10-01');
    const run = await openAndCalculate(payroll, october);
    expect((await linesOf(payroll, run.id)).slice(0, 3)).toEqual([
      ['earning', 'hours', 24_000],
      ['earning', 'hours-overtime', 9000],
      ['earning', 'hours-holiday', 36_000],
    ]);
    const why = await whyOf(payroll, run.id, 3);
    expect(why[0]).toContain('300 %');
    expect(why[1]).toContain('第四十四条');
  });

  test('terms that pay nothing, a second pair for a day, a number that is none: each is refused beside its field', async () => {
    const payroll = await openPayroll();
    const ada = await addWorker(payroll, '陈 Ada');
    const engagement = await engage(payroll, ada);
    expect(await slugOf(agree(payroll, engagement, { effectiveOn: '2026-10-10' }))).toBe('pay-terms-empty');
    const id = newId();
    const body = { effectiveOn: '2026-10-10', hourlyRateMinor: 2600 };
    await done(agree(payroll, engagement, body, id));
    await done(agree(payroll, engagement, body, id));
    expect(await slugOf(agree(payroll, engagement, body))).toBe('pay-terms-there');
    expect(await slugOf(agree(payroll, engagement, { effectiveOn: '2026-09-01', hourlyRateMinor: 1 }))).toBe(
      'dates-reversed',
    );
    for (const bad of [-1, 0, 10_000_001, 25.005, Number.NaN, '2600']) {
      const answer = await agree(payroll, engagement, { effectiveOn: '2026-10-20', hourlyRateMinor: bad });
      const problem = (await answer.json()) as { slug: string; errors: { pointer: string }[] };
      expect([problem.slug, problem.errors[0]?.pointer]).toEqual(['body-invalid', '/hourlyRateMinor']);
    }
    const tooMuch = { effectiveOn: '2026-10-20', rules: { pieceMinor: 10_000_001 } };
    expect(await slugOf(agree(payroll, engagement, tooMuch))).toBe('body-invalid');
  });

  test('days that are approved keep their terms', async () => {
    const payroll = await openPayroll();
    const ada = await addWorker(payroll, '陈 Ada');
    const engagement = await engage(payroll, ada);
    await work(payroll, ada, engagement, ...day('12', '08:00', '16:00'));
    payroll.cell.moveTo('2026-11-01T00:00:00.000Z');
    await approveHours(payroll, engagement, '2026-10-01');
    expect(await slugOf(agree(payroll, engagement, { effectiveOn: '2026-10-31', hourlyRateMinor: 1 }))).toBe(
      'period-approved',
    );
  });
});

describe('money beside hours', () => {
  test('a bonus is taxed, a reimbursement is not; a deduction is limited and its rest waits; an advance comes off what is left', async () => {
    const payroll = await openPayroll();
    const ada = await addWorker(payroll, '陈 Ada');
    const engagement = await engage(payroll, ada);
    await work(payroll, ada, engagement, ...day('12', '08:00', '18:00'));
    for (const [kind, amount] of [
      ['bonus', 5000],
      ['reimbursement', 1234],
      ['deduction', 10_000],
      ['advance', 30_000],
    ] as const)
      await done(enter(payroll, engagement, kind, amount));
    payroll.cell.moveTo('2026-11-01T00:00:00.000Z');
    await approveHours(payroll, engagement, '2026-10-01');
    const run = await openAndCalculate(payroll, october);
    // 10 h × 25.00 + 50.00 = 300.00, untaxed; 20 % of it are 60.00; 240.00 are left for the advance of 300.00.
    expect(await linesOf(payroll, run.id)).toEqual([
      ['earning', 'hours', 25_000],
      ['earning', 'bonus', 5000],
      ['withholding', 'cn-labour-remuneration', 0],
      ['deduction', 'deduction', -6000],
      ['advance', 'advance', -24_000],
      ['reimbursement', 'reimbursement', 1234],
    ]);
    const why = await whyOf(payroll, run.id, 4);
    expect(why.join(' ')).toContain('20 %');
    expect(why.join(' ')).toContain('a deduction');
    await done(approveRun(payroll, run));
    await work(payroll, ada, engagement, '2026-11-02T00:00:00.000Z', '2026-11-02T10:00:00.000Z');
    payroll.cell.moveTo('2026-12-01T00:00:00.000Z');
    await approveHours(payroll, engagement, '2026-11-01');
    const next = await openAndCalculate(payroll, november);
    // The rests: 40.00 of the deduction, 60.00 of the advance; nothing of the others again.
    expect(await linesOf(payroll, next.id)).toEqual([
      ['earning', 'hours', 25_000],
      ['withholding', 'cn-labour-remuneration', 0],
      ['deduction', 'deduction', -4000],
      ['advance', 'advance', -6000],
    ]);
  });

  test('an entry without hours is paid by itself, and can be taken back only before', async () => {
    const payroll = await openPayroll();
    const ada = await addWorker(payroll, '陈 Ada');
    const engagement = await engage(payroll, ada);
    const [kept, undone] = [newId(), newId()];
    for (const id of [kept, undone])
      await done(
        payroll.cell.as(payroll.hr)('PUT', `/pay-adjustments/${id}`, {
          engagementId: engagement,
          kind: 'bonus',
          amountMinor: 10_000,
          effectiveOn: '2026-10-20',
          reason: 'for the move',
        }),
      );
    const takeBack = (id: string) =>
      payroll.cell.as(payroll.hr)('PUT', `/pay-adjustments/${id}/withdrawal`, { reason: 'a mistake' });
    await done(takeBack(undone));
    const run = await openAndCalculate(payroll, october);
    expect((await linesOf(payroll, run.id))[0]).toEqual(['earning', 'bonus', 10_000]);
    await done(approveRun(payroll, run));
    expect(await slugOf(takeBack(kept))).toBe('adjustment-settled');
    const mine = await done(payroll.cell.as(ada.personId)('GET', '/me/pay-terms'));
    expect(JSON.stringify(mine)).toContain('for the move');
  });

  test('nobody enters money for themselves, and no amount that is none', async () => {
    const payroll = await openPayroll();
    const hr = await addWorker(payroll, 'Hannah HR');
    const engagement = await engage(payroll, hr);
    payroll.cell.store.db
      .update(workers)
      .set({ personId: payroll.hr })
      .where(eq(workers.id, hr.workerId))
      .run();
    expect(await slugOf(enter(payroll, engagement, 'bonus', 100))).toBe('own-adjustment');
    expect(await slugOf(enter(payroll, engagement, 'bonus', -100))).toBe('body-invalid');
  });
});

describe('promises', () => {
  test('a minimum an hour is topped up, with its sum', async () => {
    const payroll = await openPayroll();
    const ada = await addWorker(payroll, '陈 Ada');
    const engagement = await engage(payroll, ada);
    await promise(payroll, { kind: 'minimum-pay', hourlyMinor: 3000 });
    await work(payroll, ada, engagement, ...day('12', '08:00', '18:00'));
    payroll.cell.moveTo('2026-11-01T00:00:00.000Z');
    await approveHours(payroll, engagement, '2026-10-01');
    const run = await openAndCalculate(payroll, october);
    expect((await linesOf(payroll, run.id)).slice(0, 2)).toEqual([
      ['earning', 'hours', 25_000],
      ['top-up', 'minimum-pay', 5000],
    ]);
    expect((await whyOf(payroll, run.id, 2))[0]).toContain('我们的承诺');
  });

  test('what the employer corrects or promises later changes no run that is approved', async () => {
    const payroll = await openPayroll();
    const ada = await addWorker(payroll, '陈 Ada');
    const engagement = await engage(payroll, ada, { relationship: 'labour' });
    await work(payroll, ada, engagement, ...day('12', '08:00', '12:00'));
    payroll.cell.moveTo('2026-11-01T00:00:00.000Z');
    await approveHours(payroll, engagement, '2026-10-01');
    const run = await openAndCalculate(payroll, october);
    await done(approveRun(payroll, run));
    await promise(payroll, { kind: 'minimum-pay', hourlyMinor: 9000 });
    await done(
      payroll.cell.as(payroll.hr)('PUT', `/pay-data/${newId()}`, {
        datum: { of: 'holiday', on: '2026-10-12', kind: 'statutory' },
        source: '公司通知',
        reason: 'a local holiday',
      }),
    );
    await done(payroll.cell.as(payroll.hr)('PUT', `/pay-runs/${run.id}/files/csv`, {}));
    await done(payroll.cell.as(payroll.hr)('GET', '/pay-data/calendar/2026'));
    const next = await openAndCalculate(payroll, november);
    // 4 h at three times the rate is worth 300.00, and the minimum of 90.00 an hour 260.00 more: 100.00 was paid.
    expect((await linesOf(payroll, next.id))[0]).toEqual(['correction', 'correction', 46_000]);
  });
});
