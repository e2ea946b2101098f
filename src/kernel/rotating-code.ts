/** Six digits for a subject, new each half minute and foretold only by the key (pure): shown on a screen, typed or scanned nearby. */
import { digitsOf, sameSecret } from './digest.ts';
import { epochMs, type Instant, instantOf } from './time.ts';

const stepMs = 30_000;

export interface RotatingCode {
  readonly code: string;
  readonly from: Instant;
  /** Exclusive. */
  readonly until: Instant;
}

export function rotatingCodeAt(key: Uint8Array, subject: string, at: Instant): RotatingCode {
  const step = stepOf(at);
  return {
    code: codeOf(key, subject, step),
    from: instantOf(step * stepMs),
    until: instantOf((step + 1) * stepMs),
  };
}

/** Of the step at `at`, the one before or the one after: reading and typing take time, and clocks differ. */
export function isRotatingCode(key: Uint8Array, subject: string, code: string, at: Instant): boolean {
  const step = stepOf(at);
  return [step, step - 1, step + 1].some((near) => sameSecret(codeOf(key, subject, near), code));
}

function stepOf(at: Instant): number {
  return Math.floor(epochMs(at) / stepMs);
}

function codeOf(key: Uint8Array, subject: string, step: number): string {
  return digitsOf(key, `${subject}\n${step}`, 6);
}
