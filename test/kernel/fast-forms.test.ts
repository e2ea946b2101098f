import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../src/kernel/digest.ts';
import { randomPart } from '../../src/kernel/random.ts';
import { civilDateAt, instantOf } from '../../src/kernel/time.ts';

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

test('random bytes are given out once', () => {
  const seen = new Set(Array.from({ length: 2000 }, () => randomPart(16).join()));
  expect(seen.size).toBe(2000);
});
