import { describe, expect, test } from 'vitest';
import { type PunchProof, provenPunches } from '../../src/clock/punch-proof.ts';
import { addSeconds, type Instant } from '../../src/kernel/time.ts';

const at = '2026-11-21T08:00:00.000Z' as Instant;
const scan = (change: Partial<PunchProof> = {}): PunchProof => ({
  id: 'scan',
  engagementId: 'e',
  siteId: 's',
  punchId: null,
  kind: 'card-scan',
  at,
  by: 'person:1',
  ...change,
});
const punch = (seconds: number, change = {}) => ({
  id: `p${seconds}`,
  engagementId: 'e',
  siteId: 's',
  effectiveAt: addSeconds(at, seconds),
  ...change,
});
const provenIds = (proof: PunchProof, punches: ReturnType<typeof punch>[]) => [
  ...provenPunches([proof], punches).keys(),
];

describe('a supervisor’s scan', () => {
  test('speaks for the punch that it names', () => {
    expect(provenIds(scan({ punchId: 'named' }), [punch(60)])).toEqual(['named']);
  });
  test('without a punch speaks for the next one at its site, once, within ten minutes', () => {
    expect(provenIds(scan(), [punch(-60), punch(500), punch(60)])).toEqual(['p60']);
    expect(provenIds(scan(), [punch(600)])).toEqual(['p600']);
    expect(provenIds(scan(), [punch(601)])).toEqual([]);
  });
  test('speaks for nobody else and for no other site', () => {
    expect(provenIds(scan(), [punch(60, { siteId: 'other' }), punch(90, { engagementId: 'other' })])).toEqual(
      [],
    );
  });
});
