/** Breaks (pure): what a day's rules take off, pay or miss, and where in the day each of them lies. */
import { epochMs, type Instant, instantOf, secondsBetween } from '../kernel/time.ts';
import type { WorkInterval } from './pairing.ts';

export interface BreakRule {
  /** Of work without a break of that length. */
  readonly afterSeconds: number;
  readonly seconds: number;
  readonly paid: boolean;
  /** Counts without a punch; otherwise the worker clocks out and in again. */
  readonly automatic: boolean;
}

/** Members in lexical order (see pairing.ts). */
export interface EntryBreak {
  readonly automatic: boolean;
  readonly paid: boolean;
  readonly seconds: number;
  readonly startsAt: Instant;
}

/** Whole seconds from a moment on. `worked`: how many seconds of the day's work lie before it. */
export interface Piece {
  readonly worked: number;
  readonly fromMs: number;
  readonly seconds: number;
}

export interface DayBreaks {
  readonly breaks: readonly EntryBreak[];
  /** What is paid: the work less unpaid breaks, and breaks clocked out for that are paid. In order of time. */
  readonly paid: readonly Piece[];
  /** A break that has to be clocked was not, or was too short. */
  readonly missed: boolean;
}

/**
 * The breaks of one day's intervals, which are in order. A rule looks at each stretch of work in which nobody clocked
 * out for as long as its break. Its break lies after its hours of work: who works ten minutes longer than that loses
 * ten minutes at most, and nobody earns less by working longer. What was clocked out for already counts towards it.
 */
export function breaksOf(intervals: readonly WorkInterval[], rules: readonly BreakRule[]): DayBreaks {
  const work = piecesOf(intervals);
  if (rules.length === 0) return { breaks: [], paid: work, missed: false };
  const breaks: EntryBreak[] = [];
  const paidBreaks: Piece[] = [];
  let left = work;
  let missed = false;
  for (const rule of [...rules].sort((a, b) => a.afterSeconds - b.afterSeconds || a.seconds - b.seconds)) {
    if (rule.paid && !rule.automatic) {
      const gap = gapAfter(intervals, rule, paidBreaks);
      if (gap) {
        paidBreaks.push(gap);
        breaks.push(breakAt(gap, rule));
      }
      continue;
    }
    for (const stretch of stretchesOf(intervals, rule.seconds)) {
      const lacking = rule.seconds - stretch.clockedOut;
      if (stretch.seconds <= rule.afterSeconds || lacking <= 0) continue;
      if (!rule.automatic) {
        missed = true;
        continue;
      }
      const range = { from: stretch.worked + rule.afterSeconds, until: stretch.worked + stretch.seconds };
      const cut = take(left, range, lacking);
      left = cut.left;
      if (rule.paid) paidBreaks.push(...cut.taken);
      breaks.push(...cut.taken.map((piece) => breakAt(piece, rule)));
    }
  }
  const paid = [...left, ...paidBreaks].sort((a, b) => a.fromMs - b.fromMs);
  return { breaks: breaks.sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1)), paid, missed };
}

const breakAt = ({ fromMs, seconds }: Piece, { automatic, paid }: BreakRule): EntryBreak => ({
  automatic,
  paid,
  seconds,
  startsAt: instantOf(fromMs),
});

function piecesOf(intervals: readonly WorkInterval[]): Piece[] {
  let worked = 0;
  return intervals.map(({ startsAt, seconds }) => {
    const piece = { worked, fromMs: epochMs(startsAt), seconds };
    worked += seconds;
    return piece;
  });
}

interface Stretch {
  readonly worked: number;
  readonly seconds: number;
  /** In it, each time for less than the break. */
  readonly clockedOut: number;
}

function stretchesOf(intervals: readonly WorkInterval[], breakSeconds: number): Stretch[] {
  const stretches: Stretch[] = [];
  let worked = 0;
  intervals.forEach((interval, index) => {
    const before = intervals[index - 1];
    const gap = before ? secondsBetween(before.endsAt, interval.startsAt) : breakSeconds;
    const last = stretches.at(-1);
    if (last && gap < breakSeconds) {
      const clockedOut = last.clockedOut + gap;
      stretches[stretches.length - 1] = { ...last, seconds: last.seconds + interval.seconds, clockedOut };
    } else stretches.push({ worked, seconds: interval.seconds, clockedOut: 0 });
    worked += interval.seconds;
  });
  return stretches;
}

/** The first time out after the rule's hours of the day that no other rule pays, as far as the rule pays it. */
function gapAfter(
  intervals: readonly WorkInterval[],
  rule: BreakRule,
  paidAlready: readonly Piece[],
): Piece | undefined {
  let worked = 0;
  for (const [index, { endsAt, seconds }] of intervals.entries()) {
    worked += seconds;
    const next = intervals[index + 1];
    const gap = next ? secondsBetween(endsAt, next.startsAt) : 0;
    const fromMs = epochMs(endsAt);
    if (gap > 0 && worked >= rule.afterSeconds && !paidAlready.some((one) => one.fromMs === fromMs))
      return { worked, fromMs, seconds: Math.min(gap, rule.seconds) };
  }
  return undefined;
}

/** Takes that many seconds of work out of a range, the earliest first; what is taken already is not there any more. */
function take(
  pieces: readonly Piece[],
  { from, until }: { from: number; until: number },
  seconds: number,
): { taken: Piece[]; left: Piece[] } {
  let wanted = seconds;
  const taken: Piece[] = [];
  const left: Piece[] = [];
  for (const piece of pieces) {
    const start = Math.max(piece.worked, from);
    const end = Math.min(piece.worked + piece.seconds, until, start + wanted);
    if (end <= start) {
      left.push(piece);
      continue;
    }
    wanted -= end - start;
    taken.push(part(piece, start, end));
    if (start > piece.worked) left.push(part(piece, piece.worked, start));
    if (end < piece.worked + piece.seconds) left.push(part(piece, end, piece.worked + piece.seconds));
  }
  return { taken, left };
}

function part(piece: Piece, start: number, end: number): Piece {
  return { worked: start, fromMs: piece.fromMs + (start - piece.worked) * 1000, seconds: end - start };
}
