/** Entries (pure): one line of a timesheet a day, from its intervals, breaks and rounding. */
import {
  addDays,
  type CivilDate,
  civilDateAtMs,
  epochMs,
  secondsBetween,
  startOfDay,
} from '../kernel/time.ts';
import { type BreakRule, breaksOf, type EntryBreak, type Piece } from './breaks.ts';
import type { WorkInterval } from './pairing.ts';
import { moveSeconds, type Rounding, roundSeconds } from './rounding.ts';
import type { EntryUnits } from './units.ts';

/** One line of a timesheet: a day's work. Members in lexical order (see pairing.ts). */
export interface Entry {
  /** Taken off: unpaid breaks that nobody clocked out for. */
  readonly breakSeconds: number;
  /** Paid ones and unpaid ones, where there are any. */
  readonly breaks?: readonly EntryBreak[] | undefined;
  readonly day: CivilDate;
  readonly intervals: readonly WorkInterval[];
  /** From clock-in to clock-out, before breaks and rounding. */
  readonly rawSeconds: number;
  /** What is paid. */
  readonly seconds: number;
  /** `seconds` by the civil day they lie in: a night shift has two. Pay classes are decided by these. */
  readonly secondsByDay: Readonly<Record<string, number>>;
  /** Pieces or days of work that were reported and confirmed. */
  readonly units?: readonly EntryUnits[] | undefined;
}

/** How a day at a site is counted. */
export interface DayRules {
  readonly breaks: readonly BreakRule[];
  readonly rounding: Rounding;
}

export interface DayEntry {
  readonly entry: Entry;
  /** A break that has to be clocked was not. */
  readonly breakMissed: boolean;
}

/**
 * Intervals in order, of whole days. The site at which a day's work starts decides its rules and its zone. Earlier days
 * than asked may come too: what of a night reaches into a day leaves less room to round it up.
 */
export function entriesOf(
  intervals: readonly WorkInterval[],
  zoneOf: (siteId: string) => string,
  rulesOf: (first: WorkInterval) => DayRules,
): DayEntry[] {
  const filled = new Map<string, number>();
  return byDayOf(intervals).map(([first, ofDay]) => {
    const zone = zoneOf(first.siteId);
    const rules = rulesOf(first);
    const { breaks, paid, missed } = breaksOf(ofDay, rules.breaks);
    const exact = splitAtMidnight(paid, (fromMs) => zoneAt(ofDay, fromMs, zoneOf) ?? zone);
    const before = paid.reduce((total, { seconds }) => total + seconds, 0);
    const change = roundSeconds(before, rules.rounding) - before;
    for (const [day, seconds] of Object.entries(exact)) filled.set(day, (filled.get(day) ?? 0) + seconds);
    const split =
      change === 0
        ? exact
        : moveSeconds(exact, first.day, change, lengthOf(first.day, zone) - (filled.get(first.day) ?? 0));
    return {
      entry: {
        breakSeconds: breaks.reduce((total, one) => total + (one.paid ? 0 : one.seconds), 0),
        breaks: breaks.length > 0 ? breaks : undefined,
        day: first.day,
        intervals: ofDay,
        rawSeconds: ofDay.reduce((total, { seconds }) => total + seconds, 0),
        seconds: change === 0 ? before : Object.values(split).reduce((total, one) => total + one, 0),
        secondsByDay: inLexicalOrder(split),
      },
      breakMissed: missed,
    };
  });
}

function byDayOf(intervals: readonly WorkInterval[]): [WorkInterval, WorkInterval[]][] {
  const byDay = new Map<CivilDate, [WorkInterval, WorkInterval[]]>();
  for (const interval of intervals) {
    const known = byDay.get(interval.day);
    if (known) known[1].push(interval);
    else byDay.set(interval.day, [interval, [interval]]);
  }
  return [...byDay.values()].sort(([a], [b]) => (a.day < b.day ? -1 : 1));
}

/** As canonical JSON has its members. Rounding may add a day before the others: the one that the shift belongs to. */
function inLexicalOrder(split: Record<string, number>): Record<string, number> {
  const days = Object.keys(split);
  if (days.length < 2) return split;
  return Object.fromEntries(days.sort().map((day) => [day, split[day] ?? 0]));
}

/** Of the interval that a moment lies in, or that ends there. */
function zoneAt(
  intervals: readonly WorkInterval[],
  ms: number,
  zoneOf: (siteId: string) => string,
): string | undefined {
  if (intervals.length === 1) return undefined;
  const at = intervals.filter(({ startsAt }) => epochMs(startsAt) <= ms).at(-1);
  return at && zoneOf(at.siteId);
}

function lengthOf(day: CivilDate, zone: string): number {
  return secondsBetween(startOfDay(day, zone), startOfDay(addDays(day, 1), zone));
}

/** Cuts at each midnight of the zone, whole seconds, so that the parts add up. */
function splitAtMidnight(
  pieces: readonly Piece[],
  zoneOf: (fromMs: number) => string,
): Record<string, number> {
  const split: Record<string, number> = {};
  for (const piece of pieces) {
    const zone = zoneOf(piece.fromMs);
    let { fromMs, seconds } = piece;
    let day = civilDateAtMs(fromMs, zone);
    while (seconds > 0) {
      const isLast = civilDateAtMs(fromMs + seconds * 1000 - 1, zone) === day;
      const midnight = isLast ? 0 : epochMs(startOfDay(addDays(day, 1), zone));
      const here = isLast ? seconds : Math.min(seconds, Math.trunc((midnight - fromMs) / 1000));
      split[day] = (split[day] ?? 0) + here;
      seconds -= here;
      fromMs = midnight;
      day = addDays(day, 1);
    }
  }
  return split;
}
