/** Rotating site codes (pure): six digits that only the place shows. Whoever types one was there, or was told by somebody who was. */
import { deriveKey } from '../kernel/digest.ts';
import { isRotatingCode, type RotatingCode, rotatingCodeAt } from '../kernel/rotating-code.ts';
import type { Instant } from '../kernel/time.ts';

/** As a signed punch carries it. */
const proofShape = /^site-code:(\d{6})$/;

/** One key for all sites of a cell; the site is part of what is hashed. `secret`: the cell's key for blind indexes. */
export function siteCodeKey(secret: Uint8Array): Uint8Array {
  return deriveKey(secret, 'site-code');
}

export function siteCodeAt(key: Uint8Array, siteId: string, at: Instant): RotatingCode {
  return rotatingCodeAt(key, siteId, at);
}

/** Of the half minute at `at`, the one before or the one after. */
export function isSiteCode(key: Uint8Array, siteId: string, code: string, at: Instant): boolean {
  return isRotatingCode(key, siteId, code, at);
}

/** The six digits of a punch's proof; undefined when the proof is of another kind. */
export function codeOfProof(proof: string | null | undefined): string | undefined {
  return proofShape.exec(proof ?? '')?.[1];
}
