import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CountedPunch, pairPunches } from '../../src/hours/pairing.ts';
import {
  addDays,
  civilDate,
  civilDateAt,
  type Instant,
  instantOf,
  parseInstant,
  secondsBetween,
  startOfDay,
} from '../../src/kernel/time.ts';
import { hoursOf, november, punch } from './punched.ts';

const instant = (text: string): Instant => parseInstant(text) ?? expect.fail(`not an instant: ${text}`);
const kinds = (hours: { exceptions: readonly { kind: string }[] }) =>
  hours.exceptions.map(({ kind }) => kind);

describe('a shift', () => {
  test.each([
    [
      'of a day',
      'Asia/Shanghai',
      '2026-11-03T08:00+08:00',
      '2026-11-03T17:00+08:00',
      { '2026-11-03': 9 * 3600 },
    ],
    [
      'over midnight belongs to the day it starts, its seconds to both',
      'Asia/Shanghai',
      '2026-11-03T22:00+08:00',
      '2026-11-04T06:00+08:00',
      { '2026-11-03': 2 * 3600, '2026-11-04': 6 * 3600 },
    ],
    [
      'over the month’s end belongs to the month it starts in',
      'Asia/Shanghai',
      '2026-11-30T22:00+08:00',
      '2026-12-01T06:00+08:00',
      { '2026-11-30': 2 * 3600, '2026-12-01': 6 * 3600 },
    ],
    [
      'that ends at midnight has one day',
      'Asia/Shanghai',
      '2026-11-03T16:00+08:00',
      '2026-11-04T00:00+08:00',
      { '2026-11-03': 8 * 3600 },
    ],
    [
      'from the first instant of the period counts',
      'Asia/Shanghai',
      '2026-11-01T00:00+08:00',
      '2026-11-01T01:00+08:00',
      { '2026-11-01': 3600 },
    ],
    [
      'over the night that New York’s clocks go back is an hour longer',
      'America/New_York',
      '2026-11-01T00:00-04:00',
      '2026-11-01T06:00-05:00',
      { '2026-11-01': 7 * 3600 },
    ],
    [
      'of the evening before it splits at local midnight',
      'America/New_York',
      '2026-11-01T22:00-05:00',
      '2026-11-02T02:00-05:00',
      { '2026-11-01': 2 * 3600, '2026-11-02': 2 * 3600 },
    ],
  ])('%s', (_, zone, from, to, split) => {
    const hours = hoursOf([punch('a', 'in', from, { zone }), punch('b', 'out', to, { zone })], november);
    expect(hours.entries).toHaveLength(1);
    expect(hours.entries[0]?.secondsByDay).toEqual(split);
    expect(hours.entries[0]?.day).toBe(Object.keys(split)[0]);
    expect(hours.exceptions).toEqual([]);
  });

  test.each([
    ['the 25-hour day of Berlin', '2026-10-25', '2026-10-25T00:00+02:00', '2026-10-25T10:00+01:00', 11],
    ['the 23-hour day of Berlin', '2026-03-29', '2026-03-29T00:00+01:00', '2026-03-29T10:00+02:00', 9],
  ])('on %s counts the seconds that passed', (_, day, from, to, hoursWorked) => {
    const range = { startsOn: civilDate(day), endsOn: civilDate(day) };
    const zone = 'Europe/Berlin';
    expect(hoursOf([punch('a', 'in', from, { zone }), punch('b', 'out', to, { zone })], range).seconds).toBe(
      hoursWorked * 3600,
    );
  });

  test('that started in the last period is no part of this one, and its clock-out is no exception here', () => {
    const hours = hoursOf(
      [punch('a', 'in', '2026-10-31T22:00+08:00'), punch('b', 'out', '2026-11-01T06:00+08:00')],
      november,
    );
    expect(hours).toMatchObject({ entries: [], exceptions: [], seconds: 0 });
  });

  test('that starts at the first instant after the period is no part of it', () => {
    const hours = hoursOf(
      [punch('a', 'in', '2026-12-01T00:00+08:00'), punch('b', 'out', '2026-12-01T06:00+08:00')],
      november,
    );
    expect(hours.seconds).toBe(0);
  });

  test('may end at the instant the next one begins', () => {
    const at = '2026-11-03T12:00+08:00';
    const punches = [
      punch('a', 'in', '2026-11-03T08:00+08:00'),
      punch('c', 'in', at),
      punch('b', 'out', at),
      punch('d', 'out', '2026-11-03T13:00+08:00'),
    ];
    expect(hoursOf(punches, november)).toMatchObject({ seconds: 5 * 3600, exceptions: [] });
  });
});

describe('an exception', () => {
  const start = punch('a', 'in', '2026-11-03T08:00+08:00');
  const end = punch('b', 'out', '2026-11-03T17:00+08:00');
  test.each<[string, CountedPunch[], string[], boolean]>([
    ['a clock-in without a clock-out', [start], ['missing-out'], true],
    ['a clock-out without a clock-in', [end], ['missing-in'], true],
    [
      'two clock-ins in a row',
      [start, punch('c', 'in', '2026-11-03T09:00+08:00'), end],
      ['missing-out'],
      true,
    ],
    [
      'a shift of seventeen hours, which is not cut',
      [start, punch('b', 'out', '2026-11-04T01:00+08:00')],
      ['long-shift'],
      true,
    ],
    ['a punch outside the fence', [{ ...start, verdict: 'outside' }, end], ['outside-fence'], false],
    ['a place that cannot be told', [{ ...start, verdict: 'uncertain' }, end], ['uncertain-place'], false],
    ['no position', [start, { ...end, verdict: 'no-position' }], ['no-position'], false],
    ['a clock that differs', [{ ...start, flags: ['clock-differs'] }, end], ['clock-differs'], false],
  ])('names %s', (_, punches, expected, blocking) => {
    const hours = hoursOf(punches, november);
    expect(kinds(hours)).toEqual(expected);
    expect(hours.exceptions[0]).toMatchObject({ blocking, day: '2026-11-03' });
  });

  test('says that somebody is still at work, and after sixteen hours that they forgot', () => {
    expect(kinds(hoursOf([start], november, [], instant('2026-11-03T12:00+08:00')))).toEqual(['at-work']);
    expect(kinds(hoursOf([start], november, [], instant('2026-11-04T00:00+08:00')))).toEqual(['at-work']);
    expect(kinds(hoursOf([start], november, [], instant('2026-11-04T00:00:01+08:00')))).toEqual([
      'missing-out',
    ]);
  });

  test('of a night shift’s clock-out stands on the day the shift started', () => {
    const punches = [
      punch('a', 'in', '2026-11-30T22:00+08:00'),
      punch('b', 'out', '2026-12-01T06:00+08:00', { verdict: 'outside' }),
    ];
    expect(hoursOf(punches, november).exceptions).toMatchObject([
      { kind: 'outside-fence', day: '2026-11-30' },
    ]);
  });

  test('names the same seconds in two engagements, and not seconds that only touch', () => {
    const other = pairPunches([
      punch('x', 'in', '2026-11-03T16:00+08:00'),
      punch('y', 'out', '2026-11-03T20:00+08:00'),
    ]).intervals;
    const touching = pairPunches([
      punch('x', 'in', '2026-11-03T17:00+08:00'),
      punch('y', 'out', '2026-11-03T20:00+08:00'),
    ]).intervals;
    expect(kinds(hoursOf([start, end], november, other))).toEqual(['overlap']);
    expect(kinds(hoursOf([start, end], november, touching))).toEqual([]);
  });

  test('that blocks comes first on its day', () => {
    const hours = hoursOf([{ ...start, verdict: 'outside' }], november);
    expect(kinds(hours)).toEqual(['missing-out', 'outside-fence']);
  });
});

describe('whatever the punches', () => {
  const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York'] as const;
  const somePunches = fc.constantFrom(...zones).chain((zone) =>
    fc
      .uniqueArray(
        fc.record({
          id: fc.uuid(),
          kind: fc.constantFrom('in' as const, 'out' as const),
          minute: fc.integer({ min: 0, max: 60 * 24 * 60 }),
        }),
        { selector: ({ id }) => id, maxLength: 40 },
      )
      .map((list) =>
        list.map(
          ({ id, kind, minute }): CountedPunch => ({
            ...punch(id, kind, '2026-10-15T00:00Z', { zone }),
            at: instantOf(Date.parse('2026-10-15T00:00Z') + minute * 60_000),
          }),
        ),
      ),
  );
  const range = { startsOn: civilDate('2026-10-16'), endsOn: civilDate('2026-12-10') };

  test('any order and repetition gives the same digest and exceptions', () => {
    fc.assert(
      fc.property(somePunches, fc.array(fc.nat()), (punches, picks) => {
        const repeated = [
          ...punches,
          ...picks.flatMap((pick) => punches[pick % Math.max(1, punches.length)] ?? []),
        ];
        const shuffled = repeated
          .map(
            (one, index) =>
              [(picks[index % Math.max(1, picks.length)] ?? 0) * 31 + index * 7919, one] as const,
          )
          .sort(([a], [b]) => (a % 101) - (b % 101))
          .map(([, one]) => one);
        const [once, again] = [hoursOf(punches, range), hoursOf(shuffled, range)];
        expect(again.digest).toBe(once.digest);
        expect(again.exceptions).toEqual(once.exceptions);
      }),
    );
  });

  test('hours of a day never exceed its length, and parts add up to the total', () => {
    fc.assert(
      fc.property(somePunches, (punches) => {
        const hours = hoursOf(punches, range);
        const zone = punches[0]?.zone ?? 'UTC';
        const byDay = new Map<string, number>();
        for (const entry of hours.entries)
          for (const [day, seconds] of Object.entries(entry.secondsByDay))
            byDay.set(day, (byDay.get(day) ?? 0) + seconds);
        for (const [day, seconds] of byDay) {
          const date = civilDate(day);
          expect(seconds).toBeLessThanOrEqual(
            secondsBetween(startOfDay(date, zone), startOfDay(addDays(date, 1), zone)),
          );
        }
        const intervals = hours.entries.flatMap((entry) => entry.intervals);
        expect([...byDay.values()].reduce((sum, one) => sum + one, 0)).toBe(hours.seconds);
        expect(intervals.reduce((sum, { seconds }) => sum + seconds, 0)).toBe(hours.seconds);
        for (const { day, startsAt } of intervals) {
          const startDay = civilDateAt(startsAt, zone);
          expect([startDay, addDays(startDay, -1)]).toContain(day);
        }
      }),
    );
  });

  test('adding a punch and voiding it restores the digest', () => {
    fc.assert(
      fc.property(somePunches, fc.integer({ min: 0, max: 86_400 }), (punches, minute) => {
        const added = {
          ...punch('added', 'in', '2026-10-15T00:00Z'),
          at: instantOf(Date.parse('2026-10-15T00:00Z') + minute * 60_000),
        };
        const voided = [...punches, added].filter(({ id }) => id !== 'added');
        expect(hoursOf(voided, range).digest).toBe(hoursOf(punches, range).digest);
      }),
    );
  });
});
