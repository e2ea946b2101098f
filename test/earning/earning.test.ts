/** What somebody earns, with numbers that a payroll clerk checks by hand. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EarningFacts, earningsOf, workedDayOf } from '../../src/earning/earning.ts';
import { countsTowardsMinimum, type EarningPart } from '../../src/earning/earning-part.ts';
import { payDataOf } from '../../src/earning/pay-data.ts';
import type { Entry } from '../../src/hours/entries.ts';
import { minor, sum } from '../../src/kernel/money.ts';
import { addDays, civilDate } from '../../src/kernel/time.ts';
import { china, counted, day, facts, shift, terms } from './facts.ts';

const linesOf = (change: Partial<EarningFacts>, data = china) =>
  earningsOf(facts(change), data).parts.map(({ code, quantity, rateMinor, multiplierBp, amountMinor }) => [
    code,
    quantity,
    rateMinor,
    multiplierBp,
    amountMinor,
  ]);
const total = (parts: readonly EarningPart[]) => sum(parts.map(({ amountMinor }) => amountMinor));
const eight = 8 * 3600;

describe('hours, days, pieces and shifts', () => {
  test('seconds at a rate are rounded once, half up, and the days add up to the line', () => {
    const second = (on: string): Entry => ({
      ...shift(on, '08:00', '09:00'),
      seconds: 1,
      secondsByDay: { [on]: 1 },
    });
    const { parts } = earningsOf(
      facts({ terms: [terms(600)], entries: ['2026-10-05', '2026-10-06', '2026-10-07'].map(second) }),
      china,
    );
    // 3 s × 6.00 ÷ 3600 s = 0.005, which is 0.01; each day alone would have been nothing.
    expect(parts).toMatchObject([{ quantity: 3, amountMinor: 1 }]);
    expect(parts[0]?.days.map(({ amountMinor }) => amountMinor)).toEqual([1, 0, 0]);
  });

  test('a rate that changes in the middle of a night shift is paid by civil day, each at its own', () => {
    const changed = [terms(2500), terms(3000, {}, '2026-10-15')];
    expect(linesOf({ terms: changed, entries: [shift('2026-10-14', '22:00', '06:00')] })).toEqual([
      ['hours', 2 * 3600, 2500, null, 5000],
      ['hours', 6 * 3600, 3000, null, 18_000],
    ]);
  });

  test('a night shift over month end belongs to the period it starts in, its seconds to both months’ rates', () => {
    const changed = [terms(2500), terms(2600, {}, '2026-11-01')];
    expect(linesOf({ terms: changed, entries: [shift('2026-10-31', '20:00', '04:00')] })).toEqual([
      ['hours', 4 * 3600, 2500, null, 10_000],
      ['hours', 4 * 3600, 2600, null, 10_400],
    ]);
  });

  test.each([
    ['a day of 23 hours', '2026-03-28', 7],
    ['a day of 25 hours', '2026-10-24', 9],
  ])('%s is paid by the seconds that passed', (_, on, hours) => {
    const entries = [shift(on, '22:00', '06:00', { zone: 'Europe/Berlin' })];
    const parts = earningsOf(facts({ entries }), payDataOf('DE')).parts;
    expect(total(parts)).toBe(hours * 2500);
  });

  test('terms of a place come before those of the engagement, and only there', () => {
    const both = [terms(2500), terms(2800, {}, '2026-10-10', { id: 'cold store', siteId: 'cold' })];
    const entries = ['2026-10-09', '2026-10-12'].flatMap((on) => [
      shift(on, '08:00', '09:00'),
      shift(on, '10:00', '11:00', { siteId: 'cold' }),
    ]);
    expect(linesOf({ terms: both, entries })).toEqual([
      ['hours', 3 * 3600, 2500, null, 7500],
      ['hours', 3600, 2800, null, 2800],
    ]);
  });

  test('a daily rate pays a day worked, half of it where half a day is confirmed', () => {
    const entries = [
      shift('2026-10-12', '08:00', '17:00'),
      shift('2026-10-13', '08:00', '12:00', { units: { day: 50 } }),
      counted('2026-10-14', { day: 100 }),
    ];
    expect(linesOf({ terms: [terms(null, { dailyMinor: 20_000 })], entries })).toEqual([
      ['days', 250, 20_000, null, 50_000],
    ]);
  });

  test('pieces are paid as they were confirmed, to the hundredth', () => {
    const entries = [counted('2026-10-12', { piece: 12_050 }), counted('2026-10-13', { piece: 1 })];
    // 120.51 × 0.35 = 42.1785
    expect(linesOf({ terms: [terms(null, { pieceMinor: 35 })], entries })).toEqual([
      ['pieces', 12_051, 35, null, 4218],
    ]);
  });

  test('a rate a shift pays each planned shift that was worked', () => {
    const entries = [shift('2026-10-12', '08:00', '16:00'), shift('2026-10-13', '06:00', '22:00')];
    const change = { terms: [terms(null, { shiftMinor: 18_000 })], entries, shifts: { '2026-10-13': 2 } };
    expect(linesOf(change)).toEqual([['shifts', 300, 18_000, null, 54_000]]);
  });

  test('a day before the first terms is named and not paid', () => {
    const entries = [shift('2026-10-04', '08:00', '09:00'), shift('2026-10-05', '08:00', '09:00')];
    const { parts, withoutTerms } = earningsOf(
      facts({ entries, terms: [terms(2500, {}, '2026-10-05')] }),
      china,
    );
    expect(total(parts)).toBe(2500);
    expect(withoutTerms).toEqual([{ day: '2026-10-04', seconds: 3600 }]);
  });
});

describe('overtime of a labour relationship', () => {
  const labour = (
    entries: readonly Entry[],
    rules: Record<string, unknown> = {},
    more: Partial<EarningFacts> = {},
  ) => linesOf({ relationship: 'labour', entries, terms: [terms(2000, rules)], ...more });

  // 12 October 2026 is a Monday; 10 October a Saturday that is worked for the holiday; the 4th to the 7th were moved off.
  test.each([
    [
      'ten hours on an ordinary day',
      ['2026-10-12', '08:00', '18:00'],
      [
        ['hours', eight, null, 16_000],
        ['hours-overtime', 7200, 15_000, 6000],
      ],
    ],
    ['a Saturday', ['2026-10-17', '08:00', '12:00'], [['hours-rest-day', 14_400, 20_000, 16_000]]],
    ['a Saturday worked for a holiday', ['2026-10-10', '08:00', '12:00'], [['hours', 14_400, null, 8000]]],
    ['a day moved off', ['2026-10-07', '08:00', '12:00'], [['hours-rest-day', 14_400, 20_000, 16_000]]],
    ['a statutory holiday', ['2026-10-01', '08:00', '18:00'], [['hours-holiday', 36_000, 30_000, 60_000]]],
    [
      'a statutory holiday that is a Saturday: 300 %, once',
      ['2026-10-03', '08:00', '12:00'],
      [['hours-holiday', 14_400, 30_000, 24_000]],
    ],
    [
      'a night into a rest day',
      ['2026-10-16', '22:00', '06:00'],
      [
        ['hours', 7200, null, 4000],
        ['hours-rest-day', 21_600, 20_000, 24_000],
      ],
    ],
    [
      'a night of ten hours: the last two are overtime',
      ['2026-10-12', '20:00', '06:00'],
      [
        ['hours', eight, null, 16_000],
        ['hours-overtime', 7200, 15_000, 6000],
      ],
    ],
  ] as const)('%s', (_, [on, from, to], expected) => {
    expect(
      labour([shift(on, from, to)]).map(([code, quantity, , bp, amount]) => [code, quantity, bp, amount]),
    ).toEqual(expected);
  });

  test('the night before a holiday is paid by the class of each second', () => {
    const entries = [shift('2026-09-30', '22:00', '06:00')];
    const september = { startsOn: civilDate('2026-09-01'), endsOn: civilDate('2026-09-30') };
    expect(labour(entries, {}, september)).toEqual([
      ['hours', 7200, 2000, null, 4000],
      ['hours-holiday', 21_600, 2000, 30_000, 36_000],
    ]);
  });

  test('beyond forty hours of a week every hour is overtime where Saturdays are worked', () => {
    const week = ['12', '13', '14', '15', '16', '17'].map((on) => shift(`2026-10-${on}`, '08:00', '16:00'));
    expect(labour(week, { restWeekdays: [7] })).toEqual([
      ['hours', 40 * 3600, 2000, null, 80_000],
      ['hours-overtime', eight, 2000, 15_000, 24_000],
    ]);
  });

  test('two engagements of one person share the eight hours of a day: what began first has used them', () => {
    const morning = workedDayOf('other', shift('2026-10-12', '06:00', '12:00'));
    const evening = workedDayOf('other', shift('2026-10-12', '18:00', '22:00'));
    const entries = [shift('2026-10-12', '13:00', '17:00')];
    expect(labour(entries, {}, { context: [morning] })).toEqual([
      ['hours', 7200, 2000, null, 4000],
      ['hours-overtime', 7200, 2000, 15_000, 6000],
    ]);
    expect(labour(entries, {}, { context: [evening] })).toEqual([['hours', 14_400, 2000, null, 8000]]);
  });

  test('a week that began in the period before has used up its hours there', () => {
    const before = ['26', '27', '28', '29', '30'].map((on) =>
      workedDayOf('engagement', shift(`2026-10-${on}`, '08:00', '16:00')),
    );
    const november = { startsOn: civilDate('2026-11-01'), endsOn: civilDate('2026-11-30') };
    // Sunday 1 November is worked by who rests on Saturdays: forty hours are full.
    expect(
      labour(
        [shift('2026-11-01', '08:00', '12:00')],
        { restWeekdays: [6] },
        { ...november, context: before },
      ),
    ).toEqual([['hours-overtime', 14_400, 2000, 15_000, 12_000]]);
  });

  test('hours averaged over the period: 150 % beyond its working days, no rest days, holidays 300 %', () => {
    const days = Array.from({ length: 7 }, (_, index) =>
      shift(addDays(day('2026-10-12'), index), '08:00', '18:00'),
    );
    const week = { startsOn: civilDate('2026-10-12'), endsOn: civilDate('2026-10-18') };
    expect(labour(days, { hoursSystem: 'comprehensive' }, week)).toEqual([
      ['hours', 40 * 3600, 2000, null, 80_000],
      ['hours-overtime', 30 * 3600, 2000, 15_000, 90_000],
    ]);
    expect(labour([shift('2026-10-01', '08:00', '16:00')], { hoursSystem: 'comprehensive' })).toEqual([
      ['hours-holiday', eight, 2000, 30_000, 48_000],
    ]);
  });

  test('irregular hours have no overtime; Shanghai pays holidays three times all the same', () => {
    const entries = [shift('2026-10-01', '08:00', '18:00'), shift('2026-10-17', '08:00', '20:00')];
    const elsewhere = { places: { quay: { zone: 'Asia/Shanghai', regions: [] } } };
    expect(labour(entries, { hoursSystem: 'flexible' })).toEqual([
      ['hours', 12 * 3600, 2000, null, 24_000],
      ['hours-holiday', 36_000, 2000, 30_000, 60_000],
    ]);
    expect(labour(entries, { hoursSystem: 'flexible' }, elsewhere)).toEqual([
      ['hours', 22 * 3600, 2000, null, 44_000],
    ]);
  });

  test('a daily rate pays eight hours; what is longer is paid by an eighth of it, and a rest day twice', () => {
    const daily = (entries: readonly Entry[]) =>
      linesOf({ relationship: 'labour', entries, terms: [terms(null, { dailyMinor: 24_000 })] });
    // 240.00 ÷ 8 × 2 h × 150 % = 90.00
    expect(daily([shift('2026-10-12', '08:00', '18:00')])).toEqual([
      ['hours-overtime', 7200, 24_000, 15_000, 9000],
      ['days', 100, 24_000, null, 24_000],
    ]);
    expect(daily([shift('2026-10-17', '08:00', '18:00')])).toEqual([
      ['hours-rest-day', 7200, 24_000, 20_000, 12_000],
      ['days-rest-day', 100, 24_000, 20_000, 48_000],
    ]);
  });

  test('a day’s rate is shared between a plain evening and a holiday’s morning by their hours', () => {
    const september = { startsOn: civilDate('2026-09-01'), endsOn: civilDate('2026-09-30') };
    const change = { relationship: 'labour', terms: [terms(null, { dailyMinor: 24_000 })], ...september };
    expect(linesOf({ ...change, entries: [shift('2026-09-30', '22:00', '06:00')] })).toEqual([
      ['days', 25, 24_000, null, 6000],
      ['days-holiday', 75, 24_000, 30_000, 54_000],
    ]);
  });

  test('pieces have the same multiples: of a day of ten hours a fifth is overtime', () => {
    const entries = [shift('2026-10-12', '08:00', '18:00', { units: { piece: 10_000 } })];
    expect(linesOf({ relationship: 'labour', entries, terms: [terms(null, { pieceMinor: 200 })] })).toEqual([
      ['pieces', 8000, 200, null, 16_000],
      ['pieces-overtime', 2000, 200, 15_000, 6000],
    ]);
  });

  test('a promise above the law counts, one below it does not', () => {
    const saturday = [shift('2026-10-17', '08:00', '09:00')];
    expect(labour(saturday, { restDayPercent: 250 })).toEqual([['hours-rest-day', 3600, 2000, 25_000, 5000]]);
    expect(labour(saturday, { restDayPercent: 150 })).toEqual([['hours-rest-day', 3600, 2000, 20_000, 4000]]);
  });

  test('without a calendar of the year the run says so', () => {
    const entries = [shift('2027-01-04', '08:00', '09:00')];
    const january = { startsOn: civilDate('2027-01-01'), endsOn: civilDate('2027-01-31') };
    expect(earningsOf(facts({ relationship: 'labour', entries, ...january }), china).problems).toEqual([
      'holiday-calendar-missing',
    ]);
  });
});

describe('other relationships', () => {
  test.each(['service', 'part-time', 'new-form', 'intern', 'sole-trader'])(
    '%s: no overtime pay unless it is promised',
    (relationship) => {
      const entries = [shift('2026-10-01', '08:00', '18:00'), shift('2026-10-17', '08:00', '18:00')];
      expect(linesOf({ relationship, entries })).toEqual([['hours', 72_000, 2500, null, 50_000]]);
    },
  );

  test('terms may promise a premium for long days and holidays', () => {
    const promised = [
      terms(2500, { overtimePercent: 150, holidayPercent: 200, overtimeAfterSeconds: 36_000 }),
    ];
    const entries = [shift('2026-10-01', '08:00', '10:00'), shift('2026-10-12', '08:00', '20:00')];
    expect(linesOf({ entries, terms: promised })).toEqual([
      ['hours', 36_000, 2500, null, 25_000],
      ['hours-overtime', 7200, 2500, 15_000, 7500],
      ['hours-holiday', 7200, 2500, 20_000, 10_000],
    ]);
  });
});

describe('allowances', () => {
  const night = { code: 'night', from: '22:00', to: '06:00', per: 'hour', amountMinor: 300 };
  const allowed = (
    allowances: readonly unknown[],
    entries: readonly Entry[],
    more: Partial<EarningFacts> = {},
  ) => linesOf({ terms: [terms(null, { allowances })], entries, ...more });

  test('a night allowance pays the hours in its window, by civil day', () => {
    const { parts } = earningsOf(
      facts({
        terms: [terms(null, { allowances: [night] })],
        entries: [shift('2026-10-31', '20:00', '04:00')],
      }),
      china,
    );
    expect(parts).toMatchObject([
      { code: 'night', kind: 'allowance', quantity: 6 * 3600, amountMinor: 1800 },
    ]);
    expect(parts[0]?.days).toEqual([
      { on: '2026-10-31', quantity: 7200, amountMinor: 600 },
      { on: '2026-11-01', quantity: 14_400, amountMinor: 1200 },
    ]);
  });

  test('a night allowance a shift needs as many hours in the window as it says', () => {
    const perShift = { ...night, per: 'shift', atLeastSeconds: 3 * 3600, amountMinor: 2000 };
    const entries = [shift('2026-10-12', '18:00', '00:30'), shift('2026-10-13', '21:00', '01:00')];
    expect(allowed([perShift], entries)).toEqual([['night', 100, 2000, null, 2000]]);
  });

  test('an unpaid break in the night is none of its hours', () => {
    const entry = shift('2026-10-12', '22:00', '06:00');
    const lunch = {
      automatic: true,
      paid: false,
      seconds: 3600,
      startsAt: entry.intervals[0]?.startsAt as never,
    };
    const rested = {
      ...entry,
      breaks: [lunch],
      seconds: 7 * 3600,
      secondsByDay: { '2026-10-12': 3600, '2026-10-13': 21_600 },
    };
    expect(allowed([night], [rested])).toEqual([['night', 7 * 3600, 300, null, 2100]]);
  });

  test('a meal after its hours, the way to each shift, nothing for a day without hours', () => {
    const both = [
      { code: 'meal', afterSeconds: 6 * 3600, amountMinor: 1500 },
      { code: 'travel', amountMinor: 800 },
    ];
    const entries = [
      shift('2026-10-12', '08:00', '12:00'),
      shift('2026-10-13', '08:00', '14:00'),
      counted('2026-10-14', { piece: 100 }),
    ];
    expect(allowed(both, entries)).toEqual([
      ['meal', 100, 1500, null, 1500],
      ['travel', 200, 800, null, 1600],
    ]);
  });

  test('heat is the province’s amount in its months: a day is one of 21.75, a month no more than all of it', () => {
    const heat = [{ code: 'heat', place: 'outdoor' }];
    const july = { startsOn: civilDate('2026-07-01'), endsOn: civilDate('2026-07-31') };
    const days = (n: number) =>
      Array.from({ length: n }, (_, index) => shift(addDays(day('2026-07-01'), index), '08:00', '12:00'));
    // Shanghai: 300.00 a month from June to September. 10 ÷ 21.75 × 300.00 = 137.93
    expect(allowed(heat, days(10), july)).toEqual([['heat', 1000, 30_000, null, 13_793]]);
    expect(allowed(heat, days(28), july)).toEqual([['heat', 2175, 30_000, null, 30_000]]);
    expect(allowed(heat, [shift('2026-10-12', '08:00', '12:00')])).toEqual([]);
  });

  test('heat by the province needs to know the province', () => {
    const entries = [shift('2026-07-01', '08:00', '12:00')];
    const change = {
      entries,
      terms: [terms(null, { allowances: [{ code: 'heat', place: 'indoor' }] })],
      places: { quay: { zone: 'Asia/Shanghai', regions: [] } },
    };
    expect(earningsOf(facts(change), china).problems).toEqual(['region-missing']);
  });

  test('overtime pay, nights and meals count not towards the minimum wage', () => {
    const entries = [shift('2026-10-12', '08:00', '23:00')];
    const change = {
      relationship: 'labour',
      entries,
      terms: [terms(2000, { allowances: [night, { code: 'meal', afterSeconds: 0, amountMinor: 1500 }] })],
    };
    // 15 h × 20.00, of which 7 h at 150 % count once.
    expect(countsTowardsMinimum(earningsOf(facts(change), china).parts)).toBe(30_000);
  });
});

describe('an employer knows better than the shipped data', () => {
  test('a corrected calendar counts', () => {
    const source = { zh: '公司通知', en: 'notice' };
    const data = payDataOf('CN', [
      { id: '1', of: 'holiday', on: civilDate('2026-10-12'), kind: 'statutory', source },
      { id: '2', of: 'holiday', on: civilDate('2026-10-01'), kind: 'plain', source },
    ]);
    const entries = [shift('2026-10-12', '08:00', '09:00'), shift('2026-10-01', '08:00', '09:00')];
    expect(linesOf({ relationship: 'labour', entries, terms: [terms(2000)] }, data)).toEqual([
      ['hours', 3600, 2000, null, 2000],
      ['hours-holiday', 3600, 2000, 30_000, 6000],
    ]);
    expect(data.version).toContain('+2');
  });
});

describe('whatever was worked', () => {
  const oneShift = fc
    .record({
      offset: fc.integer({ min: 0, max: 27 }),
      hour: fc.integer({ min: 0, max: 23 }),
      hours: fc.integer({ min: 1, max: 14 }),
      piece: fc.integer({ min: 0, max: 5000 }),
    })
    .map(({ offset, hour, hours, piece }) => {
      const two = (n: number) => String(n % 24).padStart(2, '0');
      const units = piece > 0 ? { units: { piece } } : {};
      return shift(addDays(day('2026-10-01'), offset), `${two(hour)}:00`, `${two(hour + hours)}:30`, units);
    });
  const month = fc.uniqueArray(oneShift, { maxLength: 20, selector: (entry) => entry.day });
  const relationship = fc.constantFrom('labour', 'service', 'part-time');
  const rich = terms(2011, {
    dailyMinor: 333,
    pieceMinor: 17,
    overtimePercent: 133,
    holidayPercent: 250,
    allowances: [
      { code: 'night', from: '22:00', to: '05:00', per: 'hour', amountMinor: 99 },
      { code: 'meal', afterSeconds: 20_000, amountMinor: 7 },
    ],
  });
  const settings = { numRuns: 60 };

  test('shares sum to their line, and every second of work is paid once', () => {
    fc.assert(
      fc.property(month, relationship, (entries, relation) => {
        const { parts } = earningsOf(facts({ entries, relationship: relation, terms: [rich] }), china);
        for (const part of parts) {
          expect(sum(part.days.map(({ amountMinor }) => amountMinor))).toBe(part.amountMinor);
          expect(part.days.reduce((all, { quantity }) => all + quantity, 0)).toBe(part.quantity);
        }
        const hours = parts.filter(({ code }) => code.startsWith('hours'));
        expect(hours.reduce((all, { quantity }) => all + quantity, 0)).toBe(
          entries.reduce((all, { seconds }) => all + seconds, 0),
        );
      }),
      settings,
    );
  });

  test('the order of entries and terms changes nothing', () => {
    fc.assert(
      fc.property(month, relationship, (entries, relation) => {
        const two = [rich, terms(1900, { pieceMinor: 21 }, '2026-10-10')];
        const one = earningsOf(facts({ entries, relationship: relation, terms: two }), china);
        const other = earningsOf(
          facts({ entries: [...entries].reverse(), relationship: relation, terms: [...two].reverse() }),
          china,
        );
        expect(other).toEqual(one);
      }),
      settings,
    );
  });

  test('new terms that say the same change no total, and a split of the rate’s period by a half cent a line at most', () => {
    fc.assert(
      fc.property(month, fc.integer({ min: 1, max: 27 }), (entries, at) => {
        const again = { ...rich, id: 'again', effectiveOn: addDays(day('2026-10-01'), at) };
        const one = earningsOf(facts({ entries, terms: [rich] }), china).parts;
        expect(total(earningsOf(facts({ entries, terms: [rich, again] }), china).parts)).toBe(total(one));
        const later = { startsOn: addDays(day('2026-10-01'), at), endsOn: civilDate('2026-10-31') };
        const earlier = { startsOn: civilDate('2026-10-01'), endsOn: addDays(later.startsOn, -1) };
        const halves = [earlier, later].flatMap((period) => {
          const within = entries.filter(
            (entry) => entry.day >= period.startsOn && entry.day <= period.endsOn,
          );
          return earningsOf(facts({ ...period, entries: within, terms: [rich] }), china).parts;
        });
        // Each line is rounded once by at most half a cent, on either side.
        expect(Math.abs(total(halves) - total(one))).toBeLessThanOrEqual((halves.length + one.length) / 2);
      }),
      settings,
    );
  });

  test('an amount that is no safe integer is a bug, never a number', () => {
    expect(() => minor(Number.NaN)).toThrow(RangeError);
  });
});
