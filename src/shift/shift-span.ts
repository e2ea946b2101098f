/** When a shift begins and ends by the clocks of its place. Pure. */
import { refuse } from '../kernel/refusal.ts';
import { addDays, type CivilDate, type Instant, secondsBetween, wallClockAt } from '../kernel/time.ts';

const longestSeconds = 24 * 3600;

export interface Span {
  readonly endsOn: CivilDate;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly seconds: number;
}

/** When a shift begins and ends by the zone's clocks: a night in which they change is longer or shorter. Pure. */
export function spanOf(
  zone: string,
  {
    day,
    startTime,
    endTime,
    endsOn,
  }: { day: CivilDate; startTime: string; endTime: string; endsOn?: CivilDate | undefined },
): Span {
  const lastDay = endsOn ?? (endTime > startTime ? day : addDays(day, 1));
  const startsAt = wallClockAt(day, startTime, zone);
  const endsAt = wallClockAt(lastDay, endTime, zone);
  const seconds = secondsBetween(startsAt, endsAt);
  if (seconds <= 0) refuse('shift-ends-before-start', {}, [{ pointer: '/endTime', detail: '' }]);
  if (seconds > longestSeconds)
    refuse('shift-too-long', { hours: Math.round(seconds / 360) / 10 }, [
      { pointer: '/endTime', detail: '' },
    ]);
  return { endsOn: lastDay, startsAt, endsAt, seconds };
}
