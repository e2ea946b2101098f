/** A client's statement as a pure function: hours by rate, rounded once a line, adding up. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BillRate, billRateOn } from '../../src/billing/bill-rate.ts';
import { shareSeconds, statementOf, type WorkedAt } from '../../src/billing/statement.ts';
import { minor } from '../../src/kernel/money.ts';
import { civilDate, type Instant } from '../../src/kernel/time.ts';

const on = civilDate;
const at = '2026-11-01T00:00:00.000Z' as Instant;
const rate = (roleTitle: string, effectiveOn: string, hourlyRateMinor: number): BillRate => ({
  id: `${roleTitle} ${effectiveOn}`,
  clientId: 'c',
  roleTitle,
  effectiveOn: on(effectiveOn),
  hourlyRateMinor: minor(hourlyRateMinor),
  at,
  by: 'system',
});
const day = (who: string, date: string, seconds: number, change: Partial<WorkedAt> = {}): WorkedAt => ({
  engagementId: who,
  workerName: who,
  roleTitle: 'Loader',
  siteId: 's1',
  siteName: 'Quay',
  on: on(date),
  seconds,
  approval: { id: `${who} approval`, digest: 'd', at, byName: 'Olivia' },
  ...change,
});
const october = { startsOn: on('2026-10-01'), endsOn: on('2026-10-31') };

const rates = [
  rate('', '2026-01-01', 4000),
  rate('Loader', '2026-06-01', 4200),
  rate('Loader', '2026-10-15', 4500),
];
test.each([
  ['before any rate there is none', 'Loader', '2025-12-31', undefined],
  ['a role without its own rate has everybody’s', 'Cook', '2026-10-20', 4000],
  ['before its own rate a role has everybody’s', 'Loader', '2026-05-31', 4000],
  ['a new rate counts from its day on', 'Loader', '2026-10-15', 4500],
  ['and not the day before', 'Loader', '2026-10-14', 4200],
])('%s', (_, role, date, expected) => {
  expect(billRateOn(rates, role, on(date))?.hourlyRateMinor).toBe(expected);
});

test('a change of rate in the month makes a line of its own, and each line is its hours times its rate', () => {
  const { lines, amountMinor, seconds } = statementOf(
    october,
    [day('Wu', '2026-10-14', 30_601), day('Wu', '2026-10-15', 28_800), day('Wu', '2026-10-16', 28_800)],
    rates,
  );
  expect(lines.map((line) => [line.rateMinor, line.seconds, line.amountMinor])).toEqual([
    // 8.500277… h × 42.00 = 357.0117
    [4200, 30_601, 35_701],
    [4500, 57_600, 72_000],
  ]);
  expect([amountMinor, seconds]).toEqual([107_701, 88_201]);
});

test('work without a rate is named by its role and first day, and billed by nobody’s guess', () => {
  const { lines, withoutRate } = statementOf(
    october,
    [
      day('Wu', '2026-10-09', 3600),
      day('Li', '2026-10-02', 3600),
      day('Li', '2026-10-03', 0, { roleTitle: 'Cook' }),
    ],
    [],
  );
  expect(lines).toEqual([]);
  expect(withoutRate).toEqual([{ roleTitle: 'Loader', on: '2026-10-02' }]);
});

const anyDay = fc.record({
  who: fc.constantFrom('Wu', 'Li', 'Bo'),
  site: fc.constantFrom('s1', 's2'),
  date: fc.integer({ min: 10, max: 31 }).map((n) => `2026-10-${n}`),
  seconds: fc.integer({ min: 0, max: 60_000 }),
});

test('days add up to their line, lines to their site and to the whole, whatever order the days come in', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(anyDay, { maxLength: 40, selector: ({ who, site, date }) => who + site + date }),
      fc.integer({ min: 1, max: 20_000 }),
      (worked, hourly) => {
        const days = worked.map((one) =>
          day(one.who, one.date, one.seconds, { siteId: one.site, siteName: one.site }),
        );
        const some = [rate('', '2026-01-01', hourly)];
        const statement = statementOf(october, days, some);
        for (const line of statement.lines) {
          expect(line.days.reduce((total, { amountMinor }) => total + amountMinor, 0)).toBe(line.amountMinor);
          expect(line.days.reduce((total, { seconds }) => total + seconds, 0)).toBe(line.seconds);
        }
        const sites = statement.sites.reduce((total, { amountMinor }) => total + amountMinor, 0);
        expect(sites).toBe(statement.amountMinor);
        expect(statement.seconds).toBe(days.reduce((total, { seconds }) => total + seconds, 0));
        expect(statementOf(october, [...days].reverse(), some)).toEqual(statement);
      },
    ),
    { numRuns: 60 },
  );
});

test('a day at two sites is shared by where its hours were, to the second', () => {
  expect(shareSeconds(28_800, [16_200, 14_400])).toEqual([15_247, 13_553]);
});
