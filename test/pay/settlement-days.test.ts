/** The days on which banks settle, held against the published calendars. */
import { expect, test } from 'vitest';
import { civilDate } from '../../src/kernel/time.ts';
import { easterOf, settlementDaysAround, settles } from '../../src/pay/files/settlement-days.ts';

test.each([
  [2024, '2024-03-31'],
  [2025, '2025-04-20'],
  [2026, '2026-04-05'],
  [2027, '2027-03-28'],
  [2038, '2038-04-25'],
])('Easter of %i is %s', (year, day) => {
  expect(easterOf(year)).toBe(day);
});

test.each([
  ['2026-01-01', false],
  ['2026-04-03', false],
  ['2026-04-06', false],
  ['2026-05-01', false],
  ['2026-12-24', true],
  ['2026-12-25', false],
  ['2026-12-26', false],
  ['2026-11-21', false],
  ['2026-11-23', true],
])('TARGET settles on %s: %s', (day, open) => {
  expect(settles(civilDate(day), 'target')).toBe(open);
});

test.each([
  ['2026-01-19', false],
  ['2026-02-16', false],
  ['2026-05-25', false],
  ['2026-05-18', true],
  ['2026-06-19', false],
  // The fourth of July is a Saturday: the Friday before is a day as any.
  ['2026-07-03', true],
  // And a Sunday in 2027: the Monday after is the holiday.
  ['2027-07-05', false],
  ['2026-09-07', false],
  ['2026-10-12', false],
  ['2026-11-11', false],
  ['2026-11-26', false],
  ['2026-11-19', true],
  ['2026-12-25', false],
])('the Federal Reserve settles on %s: %s', (day, open) => {
  expect(settles(civilDate(day), 'fed')).toBe(open);
});

test('around Christmas of 2026 one may pay on the 24th or the 28th', () => {
  expect(settlementDaysAround(civilDate('2026-12-25'), 'target')).toEqual({
    before: '2026-12-24',
    after: '2026-12-28',
  });
});
