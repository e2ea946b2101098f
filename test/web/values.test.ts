import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import {
  cornerPairs,
  decimalNumber,
  instantIn,
  localIn,
  minorUnits,
  wholeNumber,
} from '../../src/web/client/lib/values.ts';

test.each([
  ['25.50', 2, 2550],
  ['25.5', 2, 2550],
  ['25', 2, 2500],
  ['.5', 2, 50],
  ['1,234.10', 2, 123410],
  ['１２．３４', 2, 1234],
  ['¥12.34', 2, 1234],
  ['-0.01', 2, -1],
  ['-0', 2, 0],
  ['1.1', 3, 1100],
  ['500', 0, 500],
  // 1.005 × 100 is 100.49999999999999 as a float.
  ['1.005', 3, 1005],
  ['4.35', 2, 435],
  ['12.345', 2, undefined],
  ['5.5', 0, undefined],
  ['', 2, undefined],
  ['.', 2, undefined],
  ['1.2.3', 2, undefined],
  ['1e5', 2, undefined],
  ['twelve', 2, undefined],
  ['90071992547409.93', 2, undefined],
] as const)('%s with %i digits is %s minor units', (text, digits, minor) => {
  expect(minorUnits(text, digits)).toBe(minor);
});

test('an amount written with its digits is read back exactly', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.integer({ min: 0, max: 3 }), (minor, digits) => {
      const text = String(minor).padStart(digits + 1, '0');
      const cut = text.length - digits;
      expect(minorUnits(digits ? `${text.slice(0, cut)}.${text.slice(cut)}` : text, digits)).toBe(minor);
    }),
  );
});

test('whole numbers and decimals', () => {
  expect(wholeNumber(' 1,000 ')).toBe(1000);
  expect(wholeNumber('1.5')).toBeUndefined();
  expect(wholeNumber('99999999999999999')).toBeUndefined();
  expect(decimalNumber('-30.25')).toBe(-30.25);
  expect(decimalNumber('30。5')).toBe(30.5);
  expect(decimalNumber('1e3')).toBeUndefined();
});

test.each([
  ['Asia/Shanghai', '2026-11-20T09:30', '2026-11-20T01:30:00.000Z'],
  ['Europe/Berlin', '2026-07-01T09:30', '2026-07-01T07:30:00.000Z'],
  ['Asia/Kathmandu', '2026-01-01T00:00', '2025-12-31T18:15:00.000Z'],
  // Clocks go back: of the two half past two, the first.
  ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
  // Clocks go forward: half past two is not; the moment that the old offset names.
  ['Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:30:00.000Z'],
  ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30:00.000Z'],
])('in %s, %s is %s', (zone, local, instant) => {
  expect(instantIn(zone, local)).toBe(instant);
});

test('a wall clock and its instant agree with luxon in every zone and season', () => {
  const zones = [
    'Asia/Shanghai',
    'Europe/London',
    'America/Sao_Paulo',
    'Australia/Lord_Howe',
    'Pacific/Apia',
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 1_500_000_000, max: 2_000_000_000 }),
      (zone, seconds) => {
        const at = new Date(Math.floor(seconds / 60) * 60_000).toISOString();
        const local = localIn(zone, at);
        expect(local).toBe(DateTime.fromISO(at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm"));
        // An hour that comes twice has two instants; both show the same clock.
        expect(localIn(zone, instantIn(zone, local) ?? '')).toBe(local);
      },
    ),
  );
});

test('text that is no local time is not guessed at', () => {
  expect(instantIn('Asia/Shanghai', '2026-11-20')).toBeUndefined();
  expect(instantIn('Asia/Shanghai', '2026-13-20T09:30')).toBeUndefined();
});

test.each([
  [
    '31.2304, 121.4737\n31.24,121.48\n31.25 121.47',
    [
      [31.2304, 121.4737],
      [31.24, 121.48],
      [31.25, 121.47],
    ],
  ],
  [
    '  31.2304，121.4737 \r\n\n３１, １２１\n',
    [
      [31.2304, 121.4737],
      [31, 121],
    ],
  ],
  [
    '-16.8, -179.9; -16.9, 179.9',
    [
      [-16.8, -179.9],
      [-16.9, 179.9],
    ],
  ],
  ['', []],
  ['31.2304', undefined],
  ['31, 121, 5', undefined],
  ['31, here', undefined],
])('the corners %j are %j', (text, pairs) => {
  expect(cornerPairs(text)).toEqual(pairs);
});
