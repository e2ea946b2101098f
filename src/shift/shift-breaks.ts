/** The breaks of a shift: its own, else those of its site on its day; and what they leave of its length. */
import { sitePolicyOn } from '../employer/site-policy.ts';
import type { BreakRule } from '../hours/breaks.ts';
import { refuse } from '../kernel/refusal.ts';
import { type CivilDate, type Instant, secondsBetween } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';

/** A break that runs over the end of its shift is a slip. Pure. */
export function checkBreaks(breaks: readonly BreakRule[] | undefined, seconds: number): void {
  breaks?.forEach((one, index) => {
    if (one.afterSeconds + one.seconds > seconds)
      refuse('break-outside-shift', {}, [{ pointer: `/breaks/${index}/seconds`, detail: '' }]);
  });
}

export function shiftBreaks(
  db: Db,
  { breaks, siteId, day }: { breaks: readonly BreakRule[] | null; siteId: string; day: CivilDate },
): readonly BreakRule[] {
  return breaks ?? sitePolicyOn(db, siteId, day).breaks;
}

/** Seconds of work in a shift: its length less the unpaid breaks that it is long enough for. Pure. */
export function workSeconds(
  { startsAt, endsAt }: { startsAt: Instant; endsAt: Instant },
  breaks: readonly BreakRule[],
): number {
  const length = secondsBetween(startsAt, endsAt);
  const unpaid = breaks.filter((one) => !one.paid && length > one.afterSeconds);
  return Math.max(0, length - unpaid.reduce((sum, { seconds }) => sum + seconds, 0));
}
