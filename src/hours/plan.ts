/** Work against the plan (pure): which shift an interval belongs to, and where it left the plan. */
import { addSeconds, type CivilDate, epochMs, type Instant } from '../kernel/time.ts';
import type { BreakRule } from './breaks.ts';
import { exceptionAt, type TimesheetException } from './exceptions.ts';
import type { WorkInterval } from './pairing.ts';

/** A published shift of one engagement (see planned-shift.ts). It belongs to the day it starts, and brings its breaks with it. */
export interface PlannedShift {
  readonly id: string;
  readonly engagementId: string;
  readonly day: CivilDate;
  readonly siteIds: readonly string[];
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly breaks: readonly BreakRule[];
  /** How long before an edge, and after it, one may clock without remark. */
  readonly earlySeconds: number;
  readonly lateSeconds: number;
}

/** The shift that an interval shares most time with, the margins counted; the earlier of two alike. */
export function shiftOf(interval: WorkInterval, shifts: readonly PlannedShift[]): PlannedShift | undefined {
  let found: PlannedShift | undefined;
  let most = 0;
  for (const shift of shifts) {
    const shared = sharedMs(interval, shift);
    if (shared > most || (shared === most && shared > 0 && found && shift.startsAt < found.startsAt)) {
      found = shift;
      most = shared;
    }
  }
  return found;
}

function sharedMs(interval: WorkInterval, shift: PlannedShift): number {
  const from = epochMs(shift.startsAt) - shift.earlySeconds * 1000;
  const until = epochMs(shift.endsAt) + shift.lateSeconds * 1000;
  return Math.min(epochMs(interval.endsAt), until) - Math.max(epochMs(interval.startsAt), from);
}

/**
 * Where work left the plan. Asked only of an engagement that has a plan: without one, nobody is early or late, and
 * days before its first shift were not planned yet. Who clocks out for lunch is neither: the first clock-in and the
 * last clock-out of a shift are judged.
 */
export function planExceptions(
  intervals: readonly WorkInterval[],
  shifts: readonly PlannedShift[],
): TimesheetException[] {
  if (shifts.length === 0) return [];
  const [plannedFrom = ''] = shifts.map(({ day }) => day).sort();
  const found: TimesheetException[] = [];
  const worked = new Map<PlannedShift, WorkInterval[]>();
  for (const interval of intervals) {
    const shift = shiftOf(interval, shifts);
    if (shift) worked.set(shift, [...(worked.get(shift) ?? []), interval]);
    else if (interval.day >= plannedFrom)
      found.push(exceptionAt('without-shift', interval.day, [interval.inPunchId, interval.outPunchId]));
  }
  for (const [shift, ofShift] of worked) {
    const [first, last] = [ofShift[0], ofShift.at(-1)];
    if (first && last) found.push(...marginExceptions(shift, first, last));
  }
  return found;
}

function marginExceptions(
  shift: PlannedShift,
  first: WorkInterval,
  last: WorkInterval,
): TimesheetException[] {
  const { startsAt, endsAt, earlySeconds, lateSeconds } = shift;
  const start = edgeOf(first.startsAt, startsAt, earlySeconds, lateSeconds);
  const end = edgeOf(last.endsAt, endsAt, earlySeconds, lateSeconds);
  return [
    ...(start ? [exceptionAt(`in-${start}`, first.day, [first.inPunchId])] : []),
    ...(end ? [exceptionAt(`out-${end}`, last.day, [last.outPunchId])] : []),
  ];
}

function edgeOf(
  at: Instant,
  edge: Instant,
  earlySeconds: number,
  lateSeconds: number,
): 'early' | 'late' | undefined {
  if (at < addSeconds(edge, -earlySeconds)) return 'early';
  return at > addSeconds(edge, lateSeconds) ? 'late' : undefined;
}
