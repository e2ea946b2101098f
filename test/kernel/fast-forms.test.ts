import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../src/kernel/digest.ts';
import { randomPart } from '../../src/kernel/random.ts';
import { civilDateAt, instantOf, offsetMs, zoneNames } from '../../src/kernel/time.ts';

test('a row, with objects in it or not, has the same canonical form as by the library', () => {
  const member = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
  );
  const objectOf = <T>(value: fc.Arbitrary<T>) =>
    fc.dictionary(fc.string({ unit: 'grapheme' }), value, { noNullPrototype: true });
  fc.assert(
    fc.property(objectOf(fc.oneof(member, objectOf(member))), (row) => {
      expect(canonicalJson(row)).toBe(canonicalize(row));
    }),
  );
});

test('an unfit number or text is refused, flat or not', () => {
  expect(() => canonicalJson({ a: Number.NaN })).toThrow();
  expect(() => canonicalJson({ a: '\ud800' })).toThrow();
});

test('the civil date of an instant is the calendar’s, in any zone and order of asking', () => {
  const zone = fc.constantFrom(
    'Asia/Shanghai',
    'America/New_York',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'UTC',
  );
  const ms = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2040, 0, 1) });
  fc.assert(
    fc.property(ms, zone, (at, name) => {
      expect(civilDateAt(instantOf(at), name)).toBe(DateTime.fromMillis(at, { zone: name }).toISODate());
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['Europe/Berlin', '2026-03-29T01:00:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00:00Z'],
  ['America/New_York', '2026-11-01T06:00:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
  ['Africa/Casablanca', '2026-02-15T02:00:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00:00Z'],
])('the offset of %s changes at %s and not a millisecond before', (zone, text) => {
  const change = Date.parse(text);
  for (const ms of [change - 1, change, change + 1]) {
    expect(offsetMs(ms, zone)).toBe(DateTime.fromMillis(ms, { zone }).offset * 60_000);
  }
  expect(offsetMs(change - 1, zone)).not.toBe(offsetMs(change, zone));
});

test('the offset of any zone at any instant is the calendar’s', () => {
  const zone = fc.constantFrom(...zoneNames());
  const ms = fc.integer({ min: Date.UTC(1971, 0, 1), max: Date.UTC(2060, 0, 1) });
  fc.assert(
    fc.property(ms, zone, (at, name) => {
      expect(offsetMs(at, name)).toBe(DateTime.fromMillis(at, { zone: name }).offset * 60_000);
    }),
    { numRuns: 2000 },
  );
});

test('random bytes are given out once', () => {
  const seen = new Set(Array.from({ length: 2000 }, () => randomPart(16).join()));
  expect(seen.size).toBe(2000);
});
