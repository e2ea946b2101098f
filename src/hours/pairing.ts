/** Pairing (pure): each clock-in with the next clock-out. What has no partner is an exception, never a guess. */
import { type CivilDate, civilDateAtMs, epochMs, type Instant, secondsBetween } from '../kernel/time.ts';
import type { ChainFault } from './chain.ts';
import { exceptionAt, type TimesheetException } from './exceptions.ts';

/** A punch that counts: voided ones are left out before. */
export interface CountedPunch {
  readonly id: string;
  readonly kind: 'in' | 'out';
  readonly at: Instant;
  readonly siteId: string;
  /** Of the site: the day that work belongs to. */
  readonly zone: string;
  readonly verdict: 'inside' | 'outside' | 'uncertain' | 'no-position';
  readonly flags: readonly string[];
  /** The chain of the phone's records does not hold here (see chain.ts). */
  readonly chain?: ChainFault;
}

/**
 * Half-open [startsAt, endsAt). Its members, as those of an entry, are made in lexical order, so that plain JSON of
 * entries is their canonical JSON.
 */
export interface WorkInterval {
  readonly day: CivilDate;
  readonly endsAt: Instant;
  readonly inPunchId: string;
  readonly outPunchId: string;
  readonly seconds: number;
  readonly siteId: string;
  readonly startsAt: Instant;
}

export interface Pairs {
  readonly intervals: WorkInterval[];
  readonly exceptions: TimesheetException[];
}

/** A shift longer than this is more often a forgotten punch than work; a person decides. */
export const longShiftSeconds = 16 * 3600;

/** Each in with the next out. An in after an in, or an out without one, is an exception and no interval. */
export function pairPunches(punches: readonly CountedPunch[], now?: Instant): Pairs {
  const intervals: WorkInterval[] = [];
  const exceptions: TimesheetException[] = [];
  let open: CountedPunch | undefined;
  for (const punch of inOrder(punches)) {
    if (punch.kind === 'in') {
      if (open) exceptions.push(exceptionAt('missing-out', dayOf(open), [open.id]));
      open = punch;
    } else if (open) {
      intervals.push(intervalOf(open, punch));
      open = undefined;
    } else {
      exceptions.push(exceptionAt('missing-in', dayOf(punch), [punch.id]));
    }
  }
  // Somebody who is at work right now has forgotten nothing yet; but what is approved meanwhile would lack this shift.
  if (open) {
    const atWork = now !== undefined && secondsBetween(open.at, now) <= longShiftSeconds;
    exceptions.push(exceptionAt(atWork ? 'at-work' : 'missing-out', dayOf(open), [open.id]));
  }
  return { intervals, exceptions };
}

/** Each punch once, by time. */
export function inOrder(punches: readonly CountedPunch[]): readonly CountedPunch[] {
  // As read from the database they are in order already, and a month of everybody is read that way.
  const isSorted = punches.every((punch, index) => {
    const before = punches[index - 1];
    return !before || compare(before, punch) < 0;
  });
  if (isSorted) return punches;
  return [...new Map(punches.map((punch) => [punch.id, punch])).values()].sort(compare);
}

/** At the same instant an out closes before an in opens; the id settles what is left. */
function compare(a: CountedPunch, b: CountedPunch): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  if (a.kind !== b.kind) return a.kind === 'out' ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function intervalOf(start: CountedPunch, end: CountedPunch): WorkInterval {
  const [from, until] = [epochMs(start.at), epochMs(end.at)];
  return {
    day: civilDateAtMs(from, start.zone),
    endsAt: end.at,
    inPunchId: start.id,
    outPunchId: end.id,
    seconds: Math.trunc((until - from) / 1000),
    siteId: start.siteId,
    startsAt: start.at,
  };
}

export function dayOf(punch: CountedPunch): CivilDate {
  return civilDateAtMs(epochMs(punch.at), punch.zone);
}
