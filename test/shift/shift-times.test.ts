/** When a shift begins and ends by the clocks of its place. */
import { describe, expect, test } from 'vitest';
import type { Refusal } from '../../src/kernel/refusal.ts';
import { civilDate, civilDateAt, wallClockAt, weekdayOf } from '../../src/kernel/time.ts';
import { checkBreaks, workSeconds } from '../../src/shift/shift-breaks.ts';
import { spanOf } from '../../src/shift/shift-span.ts';

const shanghai = 'Asia/Shanghai';
const berlin = 'Europe/Berlin';
const newYork = 'America/New_York';

test.each([
  ['an ordinary day has eight hours from 08:00 to 16:00', shanghai, '2026-11-04', '08:00', '16:00', 8],
  ['a night shift ends on the next day', shanghai, '2026-11-04', '22:00', '06:00', 8],
  ['the same time is the whole day later', shanghai, '2026-11-04', '08:00', '08:00', 24],
  ['the night of 25 October 2026 in Berlin has an hour more', berlin, '2026-10-24', '22:00', '06:00', 9],
  ['the night of 29 March 2026 in Berlin has an hour less', berlin, '2026-03-28', '22:00', '06:00', 7],
  ['the night of 1 November 2026 in New York has an hour more', newYork, '2026-10-31', '22:00', '06:00', 9],
  ['the night of 8 March 2026 in New York has an hour less', newYork, '2026-03-07', '22:00', '06:00', 7],
  ['a day shift on the 25-hour day knows nothing of the night', berlin, '2026-10-25', '08:00', '16:00', 8],
  ['from midnight to midnight the 23-hour day has 23', berlin, '2026-03-29', '00:00', '00:00', 23],
])('%s', (_title, zone, day, startTime, endTime, hours) => {
  const span = spanOf(zone, { day: civilDate(day), startTime, endTime });
  expect(span.seconds).toBe(hours * 3600);
  // A shift belongs to the day it starts, whatever day it ends.
  expect(civilDateAt(span.startsAt, zone)).toBe(day);
});

test.each([
  ['02:30 that comes twice is the first', berlin, '2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
  [
    '02:30 that never comes is an hour later by the clock',
    berlin,
    '2026-03-29',
    '02:30',
    '2026-03-29T01:30:00.000Z',
  ],
  [
    '01:30 that comes twice in New York is the first',
    newYork,
    '2026-11-01',
    '01:30',
    '2026-11-01T05:30:00.000Z',
  ],
  ['a plain time is what it says', shanghai, '2026-11-04', '08:00', '2026-11-04T00:00:00.000Z'],
])('%s', (_title, zone, day, time, expected) => {
  expect(wallClockAt(civilDate(day), time, zone)).toBe(expected);
});

describe('refused', () => {
  const slugOf = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      return (error as Refusal).slug;
    }
    return undefined;
  };
  test.each([
    ['a shift of 25 hours', '2026-11-05', '08:00', '09:00', 'shift-too-long'],
    ['an end on the day before', '2026-11-03', '08:00', '16:00', 'shift-ends-before-start'],
    [
      'an end before the start, when its day is named',
      '2026-11-04',
      '08:00',
      '07:00',
      'shift-ends-before-start',
    ],
    ['a shift of no length', '2026-11-04', '08:00', '08:00', 'shift-ends-before-start'],
  ])('%s', (_title, endsOn, startTime, endTime, slug) => {
    const day = civilDate('2026-11-04');
    expect(slugOf(() => spanOf(shanghai, { day, startTime, endTime, endsOn: civilDate(endsOn) }))).toBe(slug);
  });

  test('the whole 25-hour day, because nobody works 25 hours', () => {
    const day = civilDate('2026-10-25');
    expect(slugOf(() => spanOf(berlin, { day, startTime: '00:00', endTime: '00:00' }))).toBe(
      'shift-too-long',
    );
  });

  test('a break that runs over the end of its shift', () => {
    const late = { afterSeconds: 3.75 * 3600, seconds: 1800, paid: false, automatic: true };
    expect(slugOf(() => checkBreaks([late], 4 * 3600))).toBe('break-outside-shift');
    expect(slugOf(() => checkBreaks([late], 5 * 3600))).toBeUndefined();
  });
});

test('unpaid breaks are no work, paid ones are', () => {
  const { startsAt, endsAt } = spanOf(shanghai, {
    day: civilDate('2026-11-04'),
    startTime: '08:00',
    endTime: '17:00',
  });
  const lunch = { afterSeconds: 4 * 3600, seconds: 3600, paid: false, automatic: true };
  const tea = { afterSeconds: 2 * 3600, seconds: 900, paid: true, automatic: false };
  expect(workSeconds({ startsAt, endsAt }, [lunch, tea])).toBe(8 * 3600);
});

test('weeks begin on Monday', () => {
  expect(weekdayOf(civilDate('2026-11-02'))).toBe(1);
  expect(weekdayOf(civilDate('2026-11-08'))).toBe(7);
});
