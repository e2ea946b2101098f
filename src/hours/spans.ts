/** Spans of time (pure): which seconds are claimed twice, and how long somebody rested. */
import { type Instant, secondsBetween } from '../kernel/time.ts';
import { exceptionAt, type TimesheetException } from './exceptions.ts';
import type { WorkInterval } from './pairing.ts';

/** Half-open [startsAt, endsAt). */
export interface Span {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** Whether two share a second; who goes at the instant another comes shares none. */
export function overlaps(one: Span, other: Span): boolean {
  return one.startsAt < other.endsAt && other.startsAt < one.endsAt;
}

/** Intervals in order that share time with any of the others. */
export function overlapping(ours: readonly WorkInterval[], others: readonly Span[]): TimesheetException[] {
  if (others.length === 0) return [];
  const inOrder = [...others].sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
  let reached = 0;
  let open: Span[] = [];
  return ours
    .filter((mine) => {
      for (let next = inOrder[reached]; next && next.startsAt < mine.endsAt; next = inOrder[reached]) {
        open.push(next);
        reached += 1;
      }
      open = open.filter(({ endsAt }) => endsAt > mine.startsAt);
      return open.some((other) => overlaps(mine, other));
    })
    .map(({ day, inPunchId, outPunchId }) => exceptionAt('overlap', day, [inPunchId, outPunchId]));
}

/** Between the last clock-out of a day's work and the first clock-in of the next; intervals in order. */
export function shortRests(intervals: readonly WorkInterval[], restSeconds: number): TimesheetException[] {
  return intervals.flatMap((interval, index) => {
    const before = intervals[index - 1];
    if (!before || before.day === interval.day) return [];
    return secondsBetween(before.endsAt, interval.startsAt) < restSeconds
      ? [exceptionAt('rest-short', interval.day, [before.outPunchId, interval.inPunchId])]
      : [];
  });
}
