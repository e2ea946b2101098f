import { describe, expect, test } from 'vitest';
import { type BreakRule, breaksOf } from '../../src/hours/breaks.ts';
import { roundSeconds } from '../../src/hours/rounding.ts';
import { hoursBy, punch, worked } from './punched.ts';

const hour = 3600;
const minutes = (n: number) => n * 60;
const rule = (after: number, length: number, more: Partial<BreakRule> = {}): BreakRule => ({
  afterSeconds: after * hour,
  seconds: minutes(length),
  paid: false,
  automatic: true,
  ...more,
});
const kinds = (hours: { exceptions: readonly { kind: string }[] }) =>
  hours.exceptions.map(({ kind }) => kind);

describe('half an hour that is taken off after six hours', () => {
  const breaks = [rule(6, 30)];
  test.each<[string, string[], number]>([
    ['takes nothing from six hours', ['08:00', '14:00'], 6 * hour],
    ['takes ten minutes from who works ten minutes longer', ['08:00', '14:10'], 6 * hour],
    ['takes half an hour from nine hours', ['08:00', '17:00'], 8.5 * hour],
    ['takes nothing from who clocked out for half an hour', ['08:00', '12:00', '12:30', '17:00'], 8.5 * hour],
    [
      'takes what is lacking from who clocked out for ten minutes',
      ['08:00', '12:00', '12:10', '17:00'],
      8.5 * hour,
    ],
    ['looks at each stretch between longer breaks alone', ['06:00', '10:00', '11:00', '15:00'], 8 * hour],
    ['takes it from each of two long stretches', ['00:00', '07:00', '09:00', '16:00'], 13 * hour],
    ['takes nothing from two short stretches of a day', ['08:00', '08:10', '09:00', '09:20'], minutes(30)],
  ])('%s', (_, times, seconds) => {
    const { entries, exceptions } = hoursBy({ breaks }, worked(3, ...times));
    expect(entries).toMatchObject([{ seconds }]);
    expect(entries[0]?.rawSeconds).toBe((entries[0]?.seconds ?? 0) + (entries[0]?.breakSeconds ?? 0));
    expect(exceptions).toEqual([]);
  });

  test('lies after the six hours, and is named with its time', () => {
    const { entries } = hoursBy({ breaks }, worked(3, '08:00', '17:00'));
    expect(entries[0]?.breaks).toEqual([
      { automatic: true, paid: false, seconds: minutes(30), startsAt: '2026-11-03T06:00:00.000Z' },
    ]);
  });

  test('comes off the day on which it lies, when the shift goes over midnight', () => {
    const night = [punch('a', 'in', '2026-11-03T18:00+08:00'), punch('b', 'out', '2026-11-04T03:00+08:00')];
    expect(hoursBy({ breaks }, night).entries).toMatchObject([
      {
        day: '2026-11-03',
        seconds: 8.5 * hour,
        secondsByDay: { '2026-11-03': 6 * hour, '2026-11-04': 2.5 * hour },
      },
    ]);
  });
});

describe('breaks', () => {
  test('two of them are both taken off, one after the other', () => {
    const { entries } = hoursBy({ breaks: [rule(9, 15), rule(6, 30)] }, worked(3, '06:00', '17:00'));
    expect(entries).toMatchObject([{ breakSeconds: minutes(45), seconds: 11 * hour - minutes(45) }]);
    expect(entries[0]?.breaks?.map(({ startsAt }) => startsAt.slice(11, 16))).toEqual(['04:00', '07:00']);
  });

  test('never take more than there is, even when rules ask for the same hour', () => {
    const greedy = [rule(0, 60), rule(0, 60), rule(0, 90)];
    expect(hoursBy({ breaks: greedy }, worked(3, '08:00', '10:00')).entries).toMatchObject([
      { seconds: 0, breakSeconds: 2 * hour, secondsByDay: {} },
    ]);
  });

  test('that are paid are shown, and take nothing off', () => {
    const { entries } = hoursBy({ breaks: [rule(4, 15, { paid: true })] }, worked(3, '08:00', '17:00'));
    expect(entries).toMatchObject([
      { seconds: 9 * hour, breakSeconds: 0, breaks: [{ paid: true, seconds: minutes(15) }] },
    ]);
  });

  test('that are paid and clocked are paid for their length, and no longer', () => {
    const breaks = [rule(2, 15, { paid: true, automatic: false })];
    const { entries } = hoursBy({ breaks }, worked(3, '08:00', '11:00', '11:20', '17:00'));
    expect(entries).toMatchObject([
      { rawSeconds: 9 * hour - minutes(20), seconds: 9 * hour - minutes(5), breaks: [{ paid: true }] },
    ]);
  });

  test('that have to be clocked and were not are for the approver to see', () => {
    const breaks = [rule(6, 30, { automatic: false })];
    const missed = hoursBy({ breaks }, worked(3, '08:00', '12:00', '12:10', '17:00'));
    expect(missed).toMatchObject({
      seconds: 8 * hour + minutes(50),
      exceptions: [{ kind: 'break-missing', blocking: false }],
    });
    expect(kinds(hoursBy({ breaks }, worked(3, '08:00', '12:00', '12:30', '17:00')))).toEqual([]);
  });

  test('of a planned shift count in place of the site’s', () => {
    const shift = {
      id: 'shift',
      engagementId: 'e',
      day: '2026-11-03' as never,
      siteIds: ['site'],
      startsAt: '2026-11-03T00:00:00.000Z' as never,
      endsAt: '2026-11-03T09:00:00.000Z' as never,
      breaks: [rule(4, 60)],
      earlySeconds: 900,
      lateSeconds: 900,
    };
    const day = worked(3, '08:00', '17:00');
    expect(hoursBy({ breaks: [rule(6, 30)] }, day, { shifts: [shift] }).seconds).toBe(8 * hour);
    expect(hoursBy({ breaks: [rule(6, 30)] }, day, { shifts: [{ ...shift, breaks: [] }] }).seconds).toBe(
      9 * hour,
    );
  });

  test('without rules leave the work as it is', () => {
    expect(breaksOf([], [])).toEqual({ breaks: [], paid: [], missed: false });
  });
});

describe('rounding', () => {
  test.each<[string, number, 0 | 5 | 6 | 15, 'worker' | 'employer' | 'nearest', number]>([
    ['none by default', 8 * hour + 59, 0, 'nearest', 8 * hour + 59],
    ['to 15 minutes for the worker goes up', 8 * hour + 1, 15, 'worker', 8 * hour + minutes(15)],
    ['to 15 minutes for the employer goes down', 8 * hour + minutes(14) + 59, 15, 'employer', 8 * hour],
    ['to the nearest 15 goes down below the half', 8 * hour + minutes(7) + 29, 15, 'nearest', 8 * hour],
    [
      'to the nearest 15 goes up from the half on',
      8 * hour + minutes(7) + 30,
      15,
      'nearest',
      8 * hour + minutes(15),
    ],
    ['to 6 minutes gives tenths of an hour', 8 * hour + minutes(10), 6, 'nearest', 8 * hour + minutes(12)],
    ['to 5 minutes', 8 * hour + minutes(2), 5, 'nearest', 8 * hour],
    ['of what is round already moves nothing', 8 * hour, 15, 'worker', 8 * hour],
  ])('%s', (_, seconds, toMinutes, favour, rounded) => {
    expect(roundSeconds(seconds, { toMinutes, favour })).toBe(rounded);
  });

  const quarter = { toMinutes: 15, favour: 'worker' } as const;

  test('is done once a day, after breaks, and the entry shows both', () => {
    const day = worked(3, '08:00', '12:01', '13:00', '17:01');
    const { entries, rawSeconds, seconds } = hoursBy({ rounding: quarter }, day);
    expect(entries).toMatchObject([{ rawSeconds: 8 * hour + minutes(2), seconds: 8.25 * hour }]);
    expect({ rawSeconds, seconds }).toEqual({ rawSeconds: 8 * hour + minutes(2), seconds: 8.25 * hour });
    const breaks = [rule(4, 30)];
    expect(hoursBy({ rounding: quarter, breaks }, worked(3, '08:00', '16:01')).entries).toMatchObject([
      { breakSeconds: minutes(30), seconds: 7.75 * hour },
    ]);
  });

  test('moves seconds on the day that the shift starts', () => {
    const night = [punch('a', 'in', '2026-11-03T22:00+08:00'), punch('b', 'out', '2026-11-04T06:05+08:00')];
    const up = hoursBy({ rounding: quarter }, night).entries[0]?.secondsByDay;
    expect(up).toEqual({ '2026-11-03': 2 * hour + minutes(10), '2026-11-04': 6 * hour + minutes(5) });
    const down = hoursBy({ rounding: { ...quarter, favour: 'employer' } }, night).entries[0]?.secondsByDay;
    expect(down).toEqual({ '2026-11-03': 2 * hour - minutes(5), '2026-11-04': 6 * hour + minutes(5) });
  });

  test('takes from the next day what the first has not', () => {
    const night = [punch('a', 'in', '2026-11-03T23:58+08:00'), punch('b', 'out', '2026-11-04T06:05+08:00')];
    const { entries } = hoursBy({ rounding: { ...quarter, favour: 'employer' } }, night);
    expect(entries).toMatchObject([{ seconds: 6 * hour, secondsByDay: { '2026-11-04': 6 * hour } }]);
  });

  test('gives a day no more seconds than it has', () => {
    const whole = [punch('a', 'in', '2026-11-03T00:00+08:00'), punch('b', 'out', '2026-11-04T00:07+08:00')];
    expect(hoursBy({ rounding: quarter }, whole).seconds).toBe(24 * hour + minutes(7));
    const almost = [punch('a', 'in', '2026-11-03T00:05+08:00'), punch('b', 'out', '2026-11-04T00:07+08:00')];
    expect(hoursBy({ rounding: quarter }, almost).entries[0]?.secondsByDay).toEqual({
      '2026-11-03': 24 * hour,
      '2026-11-04': minutes(7),
    });
  });

  test('follows the rules of the day’s first site', () => {
    const day = worked(3, '08:00', '12:01', '13:00', '17:01').map((one, index) => ({
      ...one,
      siteId: index < 2 ? 'first' : 'second',
    }));
    const rounded = hoursBy({}, day, {
      rulesOn: (siteId) => ({
        place: 'flag',
        breaks: [],
        rounding: { toMinutes: siteId === 'first' ? 15 : 0, favour: 'employer' },
      }),
    });
    expect(rounded.seconds).toBe(8 * hour);
  });
});
