/** Which day work belongs to (pure): the day its shift starts, however many midnights and meals lie in between. */
import { addDays, secondsBetween } from '../kernel/time.ts';
import type { WorkInterval } from './pairing.ts';
import { type PlannedShift, shiftOf } from './plan.ts';

/** Who clocks in again this soon has had a meal; later, it is another shift. */
export const mealSeconds = 2 * 3600;

/**
 * Intervals in order, each on its day. A planned shift says it: who comes ten minutes before midnight to one that starts
 * at midnight works on the next day. Without one, what follows a meal after midnight still belongs to the evening.
 */
export function onWorkDays(
  intervals: readonly WorkInterval[],
  shifts: readonly PlannedShift[],
): readonly WorkInterval[] {
  let before: WorkInterval | undefined;
  return intervals.map((interval) => {
    const shift = shifts.length > 0 ? shiftOf(interval, shifts) : undefined;
    const day = shift?.day ?? (before && followsMeal(before, interval) ? before.day : interval.day);
    before = day === interval.day ? interval : { ...interval, day };
    return before;
  });
}

function followsMeal(before: WorkInterval, interval: WorkInterval): boolean {
  return (
    interval.day !== before.day &&
    interval.day === addDays(before.day, 1) &&
    secondsBetween(before.endsAt, interval.startsAt) < mealSeconds
  );
}
