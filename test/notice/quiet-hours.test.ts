/** Nobody is reminded at night, more than once a day, or for ever. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Instant, instantOf, offsetMs } from '../../src/kernel/time.ts';
import { afterQuietHours, nextReminderAt } from '../../src/notice/quiet-hours.ts';

const at = (text: string) => text as Instant;

test.each([
  ['by day at once', '2026-11-02T04:00:00.000Z', '2026-11-02T04:00:00.000Z'],
  ['at nine in the evening the next morning', '2026-11-02T13:00:00.000Z', '2026-11-03T00:00:00.000Z'],
  ['a second before nine still today', '2026-11-02T12:59:59.000Z', '2026-11-02T12:59:59.000Z'],
  ['after midnight the same morning', '2026-11-01T20:00:00.000Z', '2026-11-02T00:00:00.000Z'],
  ['at eight at once', '2026-11-02T00:00:00.000Z', '2026-11-02T00:00:00.000Z'],
])('%s', (_, from, to) => {
  expect(afterQuietHours(at(from), 'Asia/Shanghai')).toBe(to);
});

test('on the clocks of the place, in any zone and at any time, also where they change', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-01-01') }),
      fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'),
      (ms, zone) => {
        const when = Date.parse(afterQuietHours(instantOf(ms), zone));
        const hour = new Date(when + offsetMs(when, zone)).getUTCHours();
        expect(when).toBeGreaterThanOrEqual(ms);
        expect(hour).toBeGreaterThanOrEqual(8);
        expect(hour).toBeLessThan(21);
      },
    ),
    { numRuns: 300 },
  );
});

test('a day after the last one, and no sixth', () => {
  const last = at('2026-11-02T04:00:00.000Z');
  expect(nextReminderAt(last, 0, 'Asia/Shanghai')).toBe('2026-11-03T04:00:00.000Z');
  expect(nextReminderAt(last, 5, 'Asia/Shanghai')).toBeUndefined();
});
