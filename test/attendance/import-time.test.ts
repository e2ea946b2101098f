/** Dates and times as other systems write them. */
import { expect, test } from 'vitest';
import { guessOrder, instantOn, readingOf } from '../../src/attendance/import-time.ts';
import { civilDate, clockInstants } from '../../src/kernel/time.ts';

test.each([
  ['2026-11-02 08:30', 'ymd', { day: '2026-11-02', time: '08:30:00' }],
  ['2026-11-02T08:30:15', 'ymd', { day: '2026-11-02', time: '08:30:15' }],
  ['2026/1/2 8:05', 'ymd', { day: '2026-01-02', time: '08:05:00' }],
  ['2026年11月2日 8时30分', 'ymd', { day: '2026-11-02', time: '08:30:00' }],
  ['2026年11月2日 星期一 下午3:05', 'ymd', { day: '2026-11-02', time: '15:05:00' }],
  ['２０２６－１１－０２　０８：３０', 'ymd', { day: '2026-11-02', time: '08:30:00' }],
  ['20261102', 'ymd', { day: '2026-11-02' }],
  ['02/11/2026 8:30 PM', 'dmy', { day: '2026-11-02', time: '20:30:00' }],
  ['11/02/2026 12:00 AM', 'mdy', { day: '2026-11-02', time: '00:00:00' }],
  ['02.11.2026', 'dmy', { day: '2026-11-02' }],
  ['8:30', 'ymd', { time: '08:30:00' }],
  ['上午8:30', 'ymd', { time: '08:30:00' }],
  ['12:30 pm', 'ymd', { time: '12:30:00' }],
  ['2026-11-02 24:00', 'ymd', { day: '2026-11-03', time: '00:00:00' }],
  ['45962', 'ymd', { day: '2025-11-01' }],
  ['45962.354166667', 'ymd', { day: '2025-11-01', time: '08:30:00' }],
  ['2026-11-02T08:30:00+08:00', 'ymd', { instant: '2026-11-02T00:30:00.000Z' }],
  ['2026-11-02 00:30Z', 'ymd', { instant: '2026-11-02T00:30:00.000Z' }],
] as const)('%s (%s) is read', (written, order, reading) => {
  expect(readingOf(written, order)).toEqual(reading);
});

test.each([
  ['', 'ymd'],
  ['02/11/2026', 'ymd'],
  ['2026-13-01', 'ymd'],
  ['2026-02-29', 'ymd'],
  ['8:60', 'ymd'],
  ['13:00 PM', 'ymd'],
  ['24:01', 'ymd'],
  ['Monday', 'ymd'],
  ['12345', 'ymd'],
  ['1e9', 'ymd'],
] as const)('%j (%s) is not guessed', (written, order) => {
  expect(readingOf(written, order)).toBeUndefined();
});

test('an hour that New York’s clocks skip or have twice is nobody’s guess; with its offset it is clear', () => {
  const at = (written: string) => {
    const reading = readingOf(written, 'ymd');
    return reading && instantOn(reading, 'America/New_York');
  };
  expect(at('2026-03-08 02:30')).toBe('time-skipped');
  expect(at('2026-11-01 01:30')).toBe('time-twice');
  expect(at('2026-11-01T01:30-05:00')).toBe('2026-11-01T06:30:00.000Z');
  expect(at('2026-11-01 02:30')).toBe('2026-11-01T07:30:00.000Z');
  expect(clockInstants(civilDate('2026-11-01'), '01:30:00', 'America/New_York')).toEqual([
    '2026-11-01T05:30:00.000Z',
    '2026-11-01T06:30:00.000Z',
  ]);
});

test('in which order a table writes its dates shows in a number over twelve', () => {
  expect(guessOrder(['03/04/2026', '25/04/2026'])).toBe('dmy');
  expect(guessOrder(['03/04/2026', '04/25/2026'])).toBe('mdy');
  expect(guessOrder(['2026-04-25'])).toBe('ymd');
});
