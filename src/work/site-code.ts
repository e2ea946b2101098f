/** Rotating site codes (pure): six digits that only the place shows, a new one each half minute. Whoever types one was there, or was told. */
import { deriveKey, digitsOf, sameSecret } from '../kernel/digest.ts';
import { epochMs, type Instant, instantOf } from '../kernel/time.ts';

export const siteCodeStepSeconds = 30;
const stepMs = siteCodeStepSeconds * 1000;
/** As a signed punch carries it. */
const proofShape = /^site-code:(\d{6})$/;

/** One key for all sites of a cell; the site is part of what is hashed. `secret`: the cell's key for blind indexes. */
export function siteCodeKey(secret: Uint8Array): Uint8Array {
  return deriveKey(secret, 'site-code');
}

export interface ShownSiteCode {
  readonly code: string;
  readonly from: Instant;
  /** Exclusive. */
  readonly until: Instant;
}

export function siteCodeAt(key: Uint8Array, siteId: string, at: Instant): ShownSiteCode {
  const step = stepOf(at);
  return {
    code: codeOf(key, siteId, step),
    from: instantOf(step * stepMs),
    until: instantOf((step + 1) * stepMs),
  };
}

/** Of the step at `at`, the one before or the one after: reading and typing take time, and clocks differ. */
export function isSiteCode(key: Uint8Array, siteId: string, code: string, at: Instant): boolean {
  const step = stepOf(at);
  return [step, step - 1, step + 1].some((near) => sameSecret(codeOf(key, siteId, near), code));
}

/** The six digits of a punch's proof; undefined when the proof is of another kind. */
export function codeOfProof(proof: string | null | undefined): string | undefined {
  return proofShape.exec(proof ?? '')?.[1];
}

function stepOf(at: Instant): number {
  return Math.floor(epochMs(at) / stepMs);
}

function codeOf(key: Uint8Array, siteId: string, step: number): string {
  return digitsOf(key, `${siteId}\n${step}`, 6);
}
