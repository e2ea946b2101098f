/** A run as a pure function: what a payroll clerk checks by hand. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainRules } from '../../src/earning/pay-rules.ts';
import type { Entry } from '../../src/hours/entries.ts';
import { type Minor, minor, sum } from '../../src/kernel/money.ts';
import { type CivilDate, civilDate } from '../../src/kernel/time.ts';
import {
  calculateWorker,
  type PastLine,
  type RunEmployer,
  type RunLine,
  type SheetInput,
} from '../../src/pay/calculate.ts';
import { addToFold, beginFold, calculateRun, digestOfFold, type RunInputs } from '../../src/pay/run-fold.ts';

const term = (effectiveOn: string, rate: number) => ({
  id: `terms ${effectiveOn}`,
  siteId: null,
  effectiveOn: civilDate(effectiveOn),
  hourlyMinor: minor(rate),
  rules: plainRules,
});
/** A day's entry as an approval holds it. */
const day = (date: string, seconds: number): Entry => ({
  breakSeconds: 0,
  day: date as CivilDate,
  intervals: [],
  rawSeconds: seconds,
  seconds,
  secondsByDay: { [date]: seconds },
});

/** Whose it is, is no part of a sheet: a run is handed its workers with their sheets. */
interface Sheet extends SheetInput {
  readonly workerId: string;
}

function sheet(change: Partial<Sheet> = {}): Sheet {
  return {
    approvalId: 'approval',
    approvalDigest: 'digest',
    engagementId: 'engagement',
    workerId: 'worker',
    project: 'Harbour',
    relationship: 'service',
    engagedSince: civilDate('2026-10-01'),
    startsOn: civilDate('2026-10-01'),
    endsOn: civilDate('2026-10-31'),
    entries: [day('2026-10-05', 8 * 3600)],
    terms: [term('2026-10-01', 2500)],
    endedOn: null,
    sites: [],
    places: {},
    paid: [],
    ...change,
  };
}

const head = {
  id: 'run',
  payPeriod: 'monthly',
  startsOn: civilDate('2026-10-01'),
  endsOn: civilDate('2026-10-31'),
  paysOn: civilDate('2026-11-05'),
} as const;

function inputs(
  sheets: readonly Sheet[],
  { past = [], employer }: { past?: readonly PastLine[]; employer?: RunEmployer } = {},
): RunInputs {
  const ids = [...new Set(sheets.map(({ workerId }) => workerId))].sort();
  return {
    run: head,
    employer: employer ?? { country: 'CN', payerKind: 'ordinary', currency: 'CNY' },
    rulesVersion: 'rules of this test',
    leftOut: [],
    workers: ids.map((id) => ({
      workerId: id,
      sheets: sheets.filter(({ workerId }) => workerId === id).map(({ workerId: _, ...one }) => one),
      past,
    })),
  };
}

const amounts = (lines: readonly RunLine[]) => lines.map(({ kind, amountMinor }) => [kind, amountMinor]);

describe('a run', () => {
  test('adds up by hand: 168 h × 25.00 = 4 200.00, less 672.00, is 3 528.00', () => {
    const { lines, totals } = calculateRun(inputs([sheet({ entries: [day('2026-10-05', 168 * 3600)] })]));
    expect(amounts(lines)).toEqual([
      ['earning', 420_000],
      ['withholding', -67_200],
    ]);
    expect(totals).toEqual({
      workers: 1,
      grossMinor: 420_000,
      withheldMinor: 67_200,
      deductedMinor: 0,
      reimbursedMinor: 0,
      netMinor: 352_800,
    });
  });

  test('two engagements of one person for one project are one payment for tax', () => {
    const entries = [day('2026-10-05', 120 * 3600)];
    const one = sheet({ entries });
    const two = sheet({ engagementId: 'engagement 2', approvalId: 'approval 2', entries });
    expect(amounts(calculateRun(inputs([one, two])).lines)).toEqual([
      ['earning', 300_000],
      ['earning', 300_000],
      ['withholding', -96_000],
    ]);
  });

  test('two engagements for two projects are two payments for tax', () => {
    const entries = [day('2026-10-05', 120 * 3600)];
    const two = sheet({
      engagementId: 'engagement 2',
      approvalId: 'approval 2',
      project: 'Airport',
      entries,
    });
    const { lines } = calculateRun(inputs([sheet({ entries }), two]));
    expect(lines.filter(({ kind }) => kind === 'withholding').map((line) => line.amountMinor)).toEqual([
      -44_000, -44_000,
    ]);
  });

  test('an approved timesheet of zero seconds pays nothing and has no line', () => {
    const { lines, totals } = calculateRun(inputs([sheet({ entries: [day('2026-10-05', 0)] })]));
    expect(lines).toEqual([]);
    expect(totals.netMinor).toBe(0);
  });

  test('outside China nothing is withheld and the run says so', () => {
    const run = calculateRun(
      inputs([sheet()], { employer: { country: 'DE', payerKind: 'ordinary', currency: 'EUR' } }),
    );
    expect(amounts(run.lines)).toEqual([['earning', 20_000]]);
    expect(run.notes).toEqual(['nothing-withheld-unconfigured']);
  });

  test('what was withheld earlier in the month of payment is taken off', () => {
    const past = [
      {
        runId: 'before',
        project: 'Harbour',
        relationship: 'service',
        paysOn: civilDate('2026-11-02'),
        grossMinor: minor(420_000),
        withheldMinor: minor(67_200),
      },
    ];
    const { lines } = calculateRun(inputs([sheet({ entries: [day('2026-10-05', 168 * 3600)] })], { past }));
    expect(lines[1]?.amountMinor).toBe(-67_200);
    const facts = lines[1]?.facts;
    expect(facts?.of === 'withholding' && facts.withholding).toMatchObject({
      spanGrossMinor: 840_000,
      taxMinor: 134_400,
      withheldBeforeMinor: 67_200,
    });
  });
});

describe('what was paid before', () => {
  const paid = [{ runId: 'before', line: 1, amountMinor: minor(20_000) }];

  test('the same hours are never paid again', () => {
    expect(calculateRun(inputs([sheet({ paid })])).lines).toEqual([]);
  });

  test('more hours after a reopening are paid as a correction that names the original line', () => {
    const { lines } = calculateRun(inputs([sheet({ paid, entries: [day('2026-10-05', 10 * 3600)] })]));
    expect(amounts(lines)[0]).toEqual(['correction', 5000]);
    expect(lines[0]?.facts).toMatchObject({
      of: 'correction',
      newGrossMinor: 25_000,
      paidMinor: 20_000,
      paid,
    });
  });

  test('fewer hours are taken back from what this run pays, and the rest waits', () => {
    const before = sheet({ paid, entries: [day('2026-10-05', 3600)] });
    const fresh = sheet({
      approvalId: 'approval 2',
      startsOn: civilDate('2026-11-01'),
      endsOn: civilDate('2026-11-30'),
      entries: [day('2026-11-02', 4 * 3600)],
    });
    const { lines, totals } = calculateRun(inputs([before, fresh]));
    expect(amounts(lines).slice(0, 2)).toEqual([
      ['earning', 10_000],
      ['correction', -10_000],
    ]);
    expect(lines[1]?.facts).toMatchObject({ leftMinor: -7500 });
    expect(totals.netMinor).toBe(0);
  });

  test('corrections converge: after enough runs exactly the hours are paid', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 6 }), (versions) => {
        const lines: { runId: string; line: number; amountMinor: Minor }[] = [];
        for (const [index, hours] of versions.entries()) {
          const run = calculateRun(
            inputs([sheet({ entries: [day('2026-10-05', hours * 3600)], paid: [...lines] }), other(index)]),
          );
          for (const { line, approvalId, amountMinor } of run.lines) {
            if (approvalId === 'approval') lines.push({ runId: `run ${index}`, line, amountMinor });
          }
        }
        expect(sum(lines.map(({ amountMinor }) => amountMinor))).toBe((versions.at(-1) ?? 0) * 2500);
      }),
    );
    // Enough of other earnings in each run to take anything back from.
    function other(index: number): Sheet {
      return sheet({
        approvalId: `other ${index}`,
        engagementId: `other ${index}`,
        entries: [day('2026-10-06', 400 * 3600)],
      });
    }
  });
});

describe('of any run', () => {
  const sheets = fc.array(
    fc.record({
      worker: fc.integer({ min: 1, max: 3 }),
      project: fc.constantFrom('Harbour', 'Airport'),
      relationship: fc.constantFrom('service', 'new-form', 'labour', 'intern', 'sole-trader'),
      hours: fc.integer({ min: 0, max: 300 }),
      seconds: fc.integer({ min: 0, max: 3599 }),
      rate: fc.integer({ min: 1, max: 50_000 }),
      paid: fc.option(fc.integer({ min: 0, max: 2_000_000 }), { nil: undefined }),
    }),
    { maxLength: 8 },
  );
  const built = sheets.map((all) =>
    all.map((one, index) =>
      sheet({
        approvalId: `approval ${index}`,
        engagementId: `engagement ${index}`,
        workerId: `worker ${one.worker}`,
        project: one.project,
        relationship: one.relationship,
        entries: [day('2026-10-05', one.hours * 3600 + one.seconds)],
        terms: [term('2026-10-01', one.rate)],
        paid: one.paid === undefined ? [] : [{ runId: 'before', line: 1, amountMinor: minor(one.paid) }],
      }),
    ),
  );

  test('lines sum to totals, net = gross − deductions, and nobody owes', () => {
    fc.assert(
      fc.property(
        built,
        fc.constantFrom<'ordinary' | 'platform'>('ordinary', 'platform'),
        (all, payerKind) => {
          const { lines, totals } = calculateRun(
            inputs(all, { employer: { country: 'CN', payerKind, currency: 'CNY' } }),
          );
          expect(sum(lines.map(({ amountMinor }) => amountMinor))).toBe(totals.netMinor);
          expect(totals.grossMinor - totals.withheldMinor).toBe(totals.netMinor);
          for (const worker of new Set(lines.map(({ workerId }) => workerId))) {
            const mine = lines.filter(({ workerId }) => workerId === worker);
            expect(sum(mine.map(({ amountMinor }) => amountMinor))).toBeGreaterThanOrEqual(0);
          }
        },
      ),
    );
  });

  test('the order of the inputs changes neither lines nor digest', () => {
    fc.assert(
      fc.property(built, (all) => {
        expect(calculateRun(inputs([...all].reverse()))).toEqual(calculateRun(inputs(all)));
      }),
    );
  });

  test('calculated in slices, with what is known between them kept as text, it is the run of one go', () => {
    fc.assert(
      fc.property(built, fc.integer({ min: 1, max: 3 }), (all, size) => {
        const { run, employer, rulesVersion, leftOut, workers } = inputs(all);
        const rules = { employer, rulesVersion };
        let kept = JSON.stringify(beginFold(run, rules, leftOut));
        const queue = [...workers];
        while (queue.length > 0) {
          let fold = JSON.parse(kept);
          for (const facts of queue.splice(0, size))
            fold = addToFold(fold, calculateWorker(run, rules, facts)).fold;
          kept = JSON.stringify(fold);
        }
        expect(digestOfFold(JSON.parse(kept))).toBe(calculateRun(inputs(all)).digest);
      }),
    );
  });
});

test('what a month without a payment does is the employer’s word: count on, or begin anew', () => {
  const past = [['2026-01-10'], ['2026-02-10']].map(([paysOn]) => ({
    runId: `run ${paysOn}`,
    paysOn: civilDate(paysOn ?? ''),
    project: 'Harbour',
    relationship: 'new-form',
    grossMinor: minor(600_000),
    withheldMinor: minor(0),
  }));
  const held = (gapPolicy: 'count-from-first' | 'reset') => {
    const employer = { country: 'CN', payerKind: 'platform', currency: 'CNY', gapPolicy } as const;
    const worked = sheet({ relationship: 'new-form', entries: [day('2026-10-05', 800 * 3600)] });
    return calculateRun(inputs([worked], { past, employer })).lines.at(-1)?.amountMinor;
  };
  // 32 000.00 × 80 % = 25 600.00; eleven months deduct 55 000.00, one month 5 000.00: 3 % of 20 600.00.
  expect(held('count-from-first')).toBe(0);
  expect(held('reset')).toBe(-61_800);
});
