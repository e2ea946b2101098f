/** Rounding (pure): the paid seconds of a day, once, in whose favour the site's rules say. */
import type { CivilDate } from '../kernel/time.ts';

export interface Rounding {
  /** 0: seconds are paid as they are. */
  readonly toMinutes: number;
  readonly favour: 'worker' | 'employer' | 'nearest';
}

/** Never moves more than one step, and half a step towards the nearest. */
export function roundSeconds(seconds: number, { toMinutes, favour }: Rounding): number {
  const step = toMinutes * 60;
  if (step === 0) return seconds;
  const down = Math.floor(seconds / step) * step;
  if (down === seconds || favour === 'employer') return down;
  return favour === 'worker' || seconds - down >= step / 2 ? down + step : down;
}

/**
 * Moves a day's paid seconds by `change` seconds: on the day that the work started, as far as it goes. A civil day
 * has `room` seconds left to give; what is taken beyond the first day's comes off the days after it.
 */
export function moveSeconds(
  byDay: Readonly<Record<string, number>>,
  day: CivilDate,
  change: number,
  room: number,
): Record<string, number> {
  if (change > 0) return { ...byDay, [day]: (byDay[day] ?? 0) + Math.min(change, Math.max(0, room)) };
  let left = -change;
  const moved: Record<string, number> = {};
  for (const [one, seconds] of Object.entries(byDay)) {
    const taken = Math.min(left, seconds);
    left -= taken;
    if (seconds > taken) moved[one] = seconds - taken;
  }
  return moved;
}
