import { describe, expect, test } from 'vitest';
import { codeOfProof, isSiteCode, siteCodeAt, siteCodeKey } from '../../src/clock/site-code.ts';
import { newId } from '../../src/kernel/id.ts';
import { addSeconds, type Instant } from '../../src/kernel/time.ts';

const key = siteCodeKey(new Uint8Array(32).fill(7));
const site = newId();
const at = '2026-11-21T08:00:10.000Z' as Instant;

describe('a site code', () => {
  test.each([
    ['in its own half minute', 0, true],
    ['of the step before', -30, true],
    ['of the step after', 30, true],
    ['two steps old', -60, false],
    ['two steps early', 60, false],
  ])('%s is worth %s s: %s', (_, seconds, holds) => {
    const { code } = siteCodeAt(key, site, addSeconds(at, seconds));
    expect(isSiteCode(key, site, code, at)).toBe(holds);
  });

  test('of another site, or of another employer, proves nothing', () => {
    const other = newId();
    const { code } = siteCodeAt(key, site, at);
    expect(isSiteCode(key, other, code, at)).toBe(false);
    expect(isSiteCode(siteCodeKey(new Uint8Array(32).fill(8)), site, code, at)).toBe(false);
  });

  test('is six digits, shown from one half minute to the next', () => {
    const shown = siteCodeAt(key, site, at);
    expect(shown.code).toMatch(/^\d{6}$/);
    expect([shown.from, shown.until]).toEqual(['2026-11-21T08:00:00.000Z', '2026-11-21T08:00:30.000Z']);
    expect(siteCodeAt(key, site, shown.until).code).not.toBe(shown.code);
  });

  test('is read out of a punch’s proof, and out of nothing else', () => {
    expect(codeOfProof('site-code:012345')).toBe('012345');
    for (const proof of [null, undefined, '', 'kiosk', 'site-code:12345', 'site-code:1234567'])
      expect(codeOfProof(proof)).toBeUndefined();
  });
});
