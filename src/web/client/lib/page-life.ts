/** This page's life: a clock that nobody can set runs in it, and starts anew with each load. */
import { newId } from './id.ts';

export const life = newId();

/** Whole milliseconds of this life. */
export function monotonicMs(): number {
  return Math.round(performance.now());
}
