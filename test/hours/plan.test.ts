import { describe, expect, test } from 'vitest';
import type { PlannedShift } from '../../src/hours/plan.ts';
import { digestOf } from '../../src/kernel/digest.ts';
import { civilDate } from '../../src/kernel/time.ts';
import { hoursBy, instant, punch, worked } from './punched.ts';

const shift = (from: string, until: string, more: Partial<PlannedShift> = {}): PlannedShift => ({
  id: from,
  engagementId: 'e',
  day: civilDate(from.slice(0, 10)),
  siteIds: ['site'],
  startsAt: instant(`${from}+08:00`),
  endsAt: instant(`${until}+08:00`),
  breaks: [],
  earlySeconds: 900,
  lateSeconds: 600,
  ...more,
});
const day = shift('2026-11-03T08:00', '2026-11-03T17:00');
const kinds = (hours: { exceptions: readonly { kind: string }[] }) =>
  hours.exceptions.map(({ kind }) => kind);

describe('against a shift from eight to five, with fifteen minutes before an edge and ten after it', () => {
  test.each<[string, string[], string[]]>([
    ['on the minute', ['08:00', '17:00'], []],
    ['fifteen minutes before is in time', ['07:45', '17:00'], []],
    ['sixteen minutes before is early', ['07:44', '17:00'], ['in-early']],
    ['ten minutes after is in time', ['08:10', '17:00'], []],
    ['eleven minutes after is late', ['08:11', '17:00'], ['in-late']],
    ['to go fifteen minutes before the end is in time', ['08:00', '16:45'], []],
    ['to go sixteen minutes before the end is early', ['08:00', '16:44'], ['out-early']],
    ['to go eleven minutes after the end is late', ['08:00', '17:11'], ['out-late']],
    ['clocking out for lunch is neither early nor late', ['08:00', '12:00', '13:00', '17:00'], []],
    ['a second stretch in the evening has no shift', ['08:00', '17:00', '19:00', '21:00'], ['without-shift']],
    ['work of another time of the day has no shift', ['18:00', '20:00'], ['without-shift']],
  ])('%s', (_, times, expected) => {
    const hours = hoursBy({}, worked(3, ...times), { shifts: [day] });
    expect(kinds(hours)).toEqual(expected);
    expect(hours.exceptions.every(({ blocking }) => !blocking)).toBe(true);
  });
});

test('work on a day without a shift is named only where shifts are planned', () => {
  const other = worked(4, '08:00', '17:00');
  expect(kinds(hoursBy({}, other, { shifts: [day] }))).toEqual(['without-shift']);
  expect(kinds(hoursBy({}, other))).toEqual([]);
});

test('work before the first planned shift was not against a plan', () => {
  expect(kinds(hoursBy({}, worked(2, '08:00', '17:00'), { shifts: [day] }))).toEqual([]);
});

test('a night shift’s late clock-out speaks of the day the shift started, over the month’s end too', () => {
  const night = shift('2026-11-30T22:00', '2026-12-01T06:00');
  const punches = [punch('a', 'in', '2026-11-30T22:00+08:00'), punch('b', 'out', '2026-12-01T06:30+08:00')];
  expect(hoursBy({}, punches, { shifts: [night] }).exceptions).toMatchObject([
    { kind: 'out-late', day: '2026-11-30', punchIds: ['b'] },
  ]);
});

test('of two shifts of a day each stretch belongs to the one it shares most time with', () => {
  const morning = shift('2026-11-03T06:00', '2026-11-03T10:00');
  const evening = shift('2026-11-03T16:00', '2026-11-03T20:00');
  const punches = worked(3, '06:00', '10:00', '16:30', '20:00');
  expect(hoursBy({}, punches, { shifts: [evening, morning] }).exceptions).toMatchObject([
    { kind: 'in-late', punchIds: ['3-2'] },
  ]);
});

describe('the day that work belongs to', () => {
  const night = (again: string) => [
    punch('a', 'in', '2026-11-30T20:00+08:00'),
    punch('b', 'out', '2026-11-30T23:40+08:00'),
    punch('c', 'in', again),
    punch('d', 'out', '2026-12-01T06:00+08:00'),
  ];
  const december = { startsOn: civilDate('2026-12-01'), endsOn: civilDate('2026-12-31') };

  test('is the evening’s for what follows a meal at midnight, over the month’s end too', () => {
    const { entries, exceptions } = hoursBy({}, night('2026-12-01T00:20+08:00'));
    expect(entries).toMatchObject([{ day: '2026-11-30', intervals: [{}, { day: '2026-11-30' }] }]);
    expect(entries[0]?.secondsByDay).toEqual({ '2026-11-30': 13_200, '2026-12-01': 20_400 });
    expect(exceptions).toEqual([]);
  });

  test('is the next day’s after two hours, with too little rest', () => {
    const punches = night('2026-12-01T01:40+08:00');
    expect(hoursBy({}, punches).entries).toMatchObject([{ seconds: 13_200 }]);
    const next = hoursBy({}, punches, { period: december, restSeconds: 11 * 3600 });
    expect(next).toMatchObject({ seconds: 15_600, exceptions: [{ kind: 'rest-short' }] });
  });

  test('is the shift’s, when somebody comes ten minutes before a shift that starts at midnight', () => {
    const first = shift('2026-12-01T00:00', '2026-12-01T08:00');
    const punches = [punch('a', 'in', '2026-11-30T23:50+08:00'), punch('b', 'out', '2026-12-01T08:00+08:00')];
    expect(hoursBy({}, punches, { shifts: [first] }).entries).toEqual([]);
    expect(hoursBy({}, punches, { shifts: [first], period: december }).entries).toMatchObject([
      { day: '2026-12-01', secondsByDay: { '2026-11-30': 600, '2026-12-01': 28_800 } },
    ]);
  });
});

describe('rest between two days', () => {
  const restSeconds = 11 * 3600;
  test.each<[string, string, string[]]>([
    ['of ten hours and 59 minutes is too short', '08:59', ['rest-short']],
    ['of eleven hours is enough', '09:00', []],
  ])('%s', (_, start, expected) => {
    const hours = hoursBy({}, [...worked(3, '14:00', '22:00'), ...worked(4, start, '17:00')], {
      restSeconds,
    });
    expect(kinds(hours)).toEqual(expected);
  });

  test('is counted from the end of a night shift, and lunch on one day is no rest', () => {
    const punches = [
      punch('a', 'in', '2026-11-03T22:00+08:00'),
      punch('b', 'out', '2026-11-04T06:00+08:00'),
      ...worked(4, '15:00', '18:00', '19:00', '20:00'),
    ];
    expect(hoursBy({}, punches, { restSeconds }).exceptions).toMatchObject([
      { kind: 'rest-short', day: '2026-11-04', punchIds: ['b', '4-0'] },
    ]);
  });
});

describe('an engagement from the 3rd to the 5th', () => {
  const live = { startsOn: civilDate('2026-11-03'), lastDay: civilDate('2026-11-05') };
  test.each<[string, ReturnType<typeof worked>, string[]]>([
    ['counts its first day', worked(3, '08:00', '17:00'), []],
    ['counts its last day', worked(5, '08:00', '17:00'), []],
    [
      'counts the night that its last day starts',
      [
        punch('a', 'in', '2026-11-05T22:00+08:00'),
        punch('b', 'out', '2026-11-06T06:00+08:00', { flags: ['engagement-not-live'] }),
      ],
      [],
    ],
    [
      'names both punches of the day before',
      worked(2, '08:00', '17:00'),
      ['engagement-not-live', 'engagement-not-live'],
    ],
    [
      'names both punches of the day after',
      worked(6, '08:00', '17:00'),
      ['engagement-not-live', 'engagement-not-live'],
    ],
  ])('%s, and pays what was worked', (_, punches, expected) => {
    const hours = hoursBy({}, punches, { live });
    expect(kinds(hours)).toEqual(expected);
    expect(hours.seconds).toBeGreaterThanOrEqual(8 * 3600);
  });
});

describe('what a punch was flagged with', () => {
  const flagged = (flags: string[], more = {}) => [
    { ...punch('a', 'in', '2026-11-03T08:00+08:00'), flags, ...more },
    punch('b', 'out', '2026-11-03T17:00+08:00'),
  ];
  test.each<[string, string, boolean]>([
    ['unsigned', 'unsigned', false],
    ['late', 'late-synced', false],
    ['time-unproven', 'time-unproven', false],
    ['clock-moved', 'clock-moved', false],
    ['clock-differs', 'clock-differs', false],
    ['device-revoked', 'device-revoked', false],
    ['site-unexpected', 'site-unexpected', false],
    ['proof-missing', 'proof-missing', true],
  ])('%s is the exception %s', (flag, kind, blocking) => {
    expect(hoursBy({}, flagged([flag])).exceptions).toEqual([
      { kind, day: '2026-11-03', punchIds: ['a'], blocking },
    ]);
  });

  test('a site that only records places has no exceptions of place, but all others', () => {
    const outside = flagged(['late'], { verdict: 'outside' });
    expect(kinds(hoursBy({ place: 'record' }, outside))).toEqual(['late-synced']);
    expect(kinds(hoursBy({ place: 'flag' }, outside))).toEqual(['outside-fence', 'late-synced']);
  });

  test('a proof of the site stands in for a weak position, and not for one that lies elsewhere', () => {
    expect(kinds(hoursBy({}, flagged(['proof-given'], { verdict: 'uncertain' })))).toEqual([]);
    expect(kinds(hoursBy({}, flagged(['proof-given'], { verdict: 'no-position' })))).toEqual([]);
    expect(kinds(hoursBy({}, flagged(['proof-given'], { verdict: 'outside' })))).toEqual(['outside-fence']);
  });
});

test('what rounding adds to a shift’s own day stands before the day its work lay in, as canonical JSON has it', () => {
  const evening = shift('2026-11-03T20:00', '2026-11-04T02:00');
  const punches = [punch('a', 'in', '2026-11-04T00:00+08:00'), punch('b', 'out', '2026-11-04T00:01+08:00')];
  const rules = { rounding: { toMinutes: 15, favour: 'worker' } } as const;
  const { entries, digest } = hoursBy(rules, punches, { shifts: [evening] });
  expect(Object.entries(entries[0]?.secondsByDay ?? {})).toEqual([
    ['2026-11-03', 840],
    ['2026-11-04', 60],
  ]);
  expect(digest).toBe(digestOf(entries));
});
