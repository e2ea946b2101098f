import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ChainLink, chainFaults } from '../../src/hours/chain.ts';

const link = (seq: number, more: Partial<ChainLink> = {}): ChainLink => ({
  punchId: `p${seq}`,
  deviceId: 'phone',
  seq,
  previousDigest: seq === 1 ? null : `d${seq - 1}`,
  recordDigest: `d${seq}`,
  deviceAt: `2026-10-05T0${seq % 10}:00:00.000Z`,
  late: false,
  ...more,
});

test.each<[string, ChainLink[], Record<string, string>]>([
  ['a whole chain has no fault', [link(1), link(2), link(3)], {}],
  ['a lost link is a gap at the one after it', [link(1), link(3)], { p3: 'chain-gap' }],
  ['the first that arrives may not be the first that was signed', [link(2)], { p2: 'chain-gap' }],
  [
    'a first link that names one before it is broken',
    [link(1, { previousDigest: 'd0' })],
    { p1: 'chain-broken' },
  ],
  [
    'an edited link breaks the one after it',
    [link(1), link(2, { recordDigest: 'x' }), link(3)],
    { p3: 'chain-broken' },
  ],
  [
    'one number signed twice is a fork, and both show',
    [link(1), link(2), link(2, { punchId: 'twin', recordDigest: 'x' }), link(3)],
    { p2: 'chain-forked', twin: 'chain-forked' },
  ],
  [
    'a clock that stood later at the punch before was moved, and matters to a punch that waited on the phone',
    [link(1), link(2, { deviceAt: '2026-10-05T00:30:00.000Z', late: true }), link(3)],
    { p2: 'clock-moved' },
  ],
  [
    'for a punch that came at once the phone’s clock does not matter',
    [link(1), link(2, { deviceAt: '2026-10-05T00:30:00.000Z' })],
    {},
  ],
])('%s', (_, links, expected) => {
  expect(Object.fromEntries(chainFaults(links))).toEqual(expected);
});

test('a late link heals the gap that it left, in whatever order links are read, repeated or not', () => {
  const whole = Array.from({ length: 20 }, (_, index) => link(index + 1));
  fc.assert(
    fc.property(fc.shuffledSubarray(whole, { minLength: 20 }), fc.nat(19), (links, missing) => {
      expect(chainFaults([...links, ...links])).toEqual(new Map());
      const found = chainFaults(links.filter(({ seq }) => seq !== missing + 1));
      expect([...found]).toEqual(missing === 19 ? [] : [[`p${missing + 2}`, 'chain-gap']]);
    }),
  );
});
