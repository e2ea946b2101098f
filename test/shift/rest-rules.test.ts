/** What rest rules say of a plan: each names its numbers and its source. */
import { expect, test } from 'vitest';
import { civilDate } from '../../src/kernel/time.ts';
import { type RestShift, restRulesOn, restWarnings, type WorkerPlan } from '../../src/shift/rest-rules.ts';
import { spanOf } from '../../src/shift/shift-span.ts';

const zone = 'Asia/Shanghai';
let count = 0;
function shift(day: string, startTime: string, endTime: string, relationship = 'service'): RestShift {
  const { startsAt, endsAt, seconds } = spanOf(zone, { day: civilDate(day), startTime, endTime });
  count += 1;
  const ids = { shiftId: `shift-${count}`, engagementId: `engagement-${relationship}` };
  return { ...ids, relationship, day: civilDate(day), zone, startsAt, endsAt, workSeconds: seconds };
}
const plan = (shifts: RestShift[], birthOn = '1990-05-01'): WorkerPlan => ({
  workerId: 'worker',
  birthOn: birthOn === '' ? null : civilDate(birthOn),
  shifts,
});
const week = (days: number[], startTime: string, endTime: string, relationship?: string) =>
  days.map((day) => shift(`2026-11-${String(day).padStart(2, '0')}`, startTime, endTime, relationship));
const said = (one: WorkerPlan, country = 'CN') =>
  restWarnings(country, one).map(({ rule, on, actual, limit, unit }) =>
    unit === 'days' ? `${on} ${rule} ${actual}>${limit} d` : `${on} ${rule} ${actual / 3600}/${limit / 3600}`,
  );

const minorBorn = '2009-06-01';
const table: [title: string, plan: WorkerPlan, warnings: string[]][] = [
  ['five days of eight hours are what the law means', plan(week([2, 3, 4, 5, 6], '08:00', '16:00')), []],
  [
    'twelve hours in a day are one more than eight and three',
    plan(week([4], '08:00', '20:00')),
    ['2026-11-04 daily-maximum 12/11'],
  ],
  [
    'two shifts of a day count together',
    plan([shift('2026-11-04', '00:00', '06:00'), shift('2026-11-04', '14:00', '20:00')]),
    ['2026-11-04 daily-maximum 12/11'],
  ],
  [
    'a night shift counts on the day it starts',
    plan([shift('2026-11-04', '22:00', '06:00'), shift('2026-11-05', '18:00', '22:00')]),
    [],
  ],
  [
    'a sixth day of eight hours is overtime of the week',
    plan(week([2, 3, 4, 5, 6, 7], '08:00', '16:00')),
    ['2026-11-02 weekly-maximum 48/40'],
  ],
  ['Sunday and Monday are two weeks', plan(week([8, 9, 10, 11, 12, 13], '09:00', '15:30')), []],
  [
    'seven days of work leave no day of rest',
    plan(week([2, 3, 4, 5, 6, 7, 8], '08:00', '13:00')),
    ['2026-11-02 weekly-rest 7>6 d'],
  ],
  [
    'a late and an early shift leave eight hours of rest',
    plan([shift('2026-11-04', '14:00', '22:00'), shift('2026-11-05', '06:00', '14:00')]),
    ['2026-11-05 minimum-rest 8/11'],
  ],
  [
    'eleven hours of rest are enough',
    plan([shift('2026-11-04', '14:00', '22:00'), shift('2026-11-05', '09:00', '14:00')]),
    [],
  ],
  [
    'part-time: four hours a day on five days is the measure',
    plan(week([2, 3, 4, 5, 6], '08:00', '12:00', 'part-time')),
    [],
  ],
  [
    'part-time: five hours a day are too many on average',
    plan(week([2, 3], '08:00', '13:00', 'part-time')),
    ['2026-11-02 part-time-daily 5/4'],
  ],
  [
    'part-time: one long day and short ones may average four',
    plan([...week([2, 3], '08:00', '11:00', 'part-time'), ...week([4], '08:00', '14:00', 'part-time')]),
    [],
  ],
  [
    'part-time: 28 hours in a week are more than 24',
    plan(week([2, 3, 4, 5, 6, 7, 8], '08:00', '12:00', 'part-time')),
    ['2026-11-02 part-time-weekly 28/24', '2026-11-02 weekly-rest 7>6 d'],
  ],
  [
    'a minor does not work at night',
    plan(week([4], '18:00', '23:00'), minorBorn),
    ['2026-11-04 minor-night 1/0'],
  ],
  ['nor before six', plan(week([4], '05:00', '10:00'), minorBorn), ['2026-11-04 minor-night 1/0']],
  [
    'a minor works eight hours at most',
    plan(week([4], '08:00', '17:00'), minorBorn),
    ['2026-11-04 minor-daily 9/8'],
  ],
  ['on the eighteenth birthday the night is open', plan(week([4], '18:00', '23:00'), '2008-11-04'), []],
  [
    'the day before it is not',
    plan(week([3], '18:00', '23:00'), '2008-11-04'),
    ['2026-11-03 minor-night 1/0'],
  ],
  ['without an accepted identity nothing is said of age', plan(week([4], '18:00', '23:00'), ''), []],
  ['who trades on their own is bound by rest alone', plan(week([4], '06:00', '20:00', 'sole-trader')), []],
];
test.each(table)('%s', (_title, one, warnings) => {
  expect(said(one)).toEqual(warnings);
});

test('hours of two engagements of one worker count together', () => {
  const two = plan([
    ...week([2, 3, 4], '08:00', '16:00', 'labour'),
    ...week([5, 6, 7], '08:00', '16:00', 'service'),
  ]);
  expect(said(two)).toEqual(['2026-11-02 weekly-maximum 48/40']);
});

test('a week before 1 May 1995 had 44 hours, and the rule of its day is the one that speaks', () => {
  const limit = (day: string) =>
    restRulesOn('CN', civilDate(day)).find(({ code }) => code === 'weekly-maximum')?.limitSeconds;
  expect(limit('1995-04-30')).toBe(44 * 3600);
  expect(limit('2026-11-02')).toBe(40 * 3600);
  expect(limit('1994-12-31')).toBeUndefined();
});

test('a warning names its source and the day it took effect', () => {
  const [one] = restWarnings('CN', plan(week([2, 3], '08:00', '13:00', 'part-time')));
  expect(one?.source.en).toContain('Labour Contract Law Art. 68');
  expect(one?.source.zh).toContain('《劳动合同法》第六十八条');
  expect(one?.ruleEffectiveOn).toBe('2008-01-01');
  expect(one?.shiftIds).toHaveLength(2);
});

test('abroad only the rest between shifts is a measure', () => {
  expect(said(plan(week([2, 3, 4, 5, 6, 7, 8], '06:00', '20:00')), 'DE')).toEqual(
    [3, 4, 5, 6, 7, 8].map((day) => `2026-11-0${day} minimum-rest 10/11`),
  );
});
