/** From punches to work intervals, entries and exceptions: pure, computed from the facts whenever somebody asks. */
import { digestOf } from '../kernel/digest.ts';
import {
  addDays,
  type CivilDate,
  type CivilRange,
  civilDateAt,
  type Instant,
  secondsBetween,
  startOfDay,
} from '../kernel/time.ts';

/** A punch that counts: voided ones are left out before. */
export interface CountedPunch {
  readonly id: string;
  readonly kind: 'in' | 'out';
  readonly at: Instant;
  readonly siteId: string;
  /** Of the site: the day that work belongs to. */
  readonly zone: string;
  readonly verdict: 'inside' | 'outside' | 'uncertain' | 'no-position';
  readonly metres: number | null;
  readonly flags: readonly string[];
}

/** Half-open [startsAt, endsAt). */
export interface WorkInterval {
  readonly day: CivilDate;
  readonly siteId: string;
  readonly inPunchId: string;
  readonly outPunchId: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly seconds: number;
}

/** One line of a timesheet: a day's work. */
export interface Entry {
  readonly day: CivilDate;
  readonly seconds: number;
  readonly intervals: readonly WorkInterval[];
  /** Seconds by the civil day they lie in: a night shift has two. Pay classes are decided by these. */
  readonly secondsByDay: Readonly<Record<string, number>>;
}

export type ExceptionKind =
  | 'at-work'
  | 'missing-out'
  | 'missing-in'
  | 'overlap'
  | 'long-shift'
  | 'outside-fence'
  | 'uncertain-place'
  | 'no-position'
  | 'clock-differs'
  | 'engagement-not-live'
  | 'site-unexpected'
  | 'contract-missing'
  | 'identity-missing'
  | 'correction-asked'
  | 'disputed';

/** These must be mended by a correction (or by clocking out) before anybody can approve; the others are for the approver to see. */
const blocking: readonly ExceptionKind[] = ['at-work', 'missing-out', 'missing-in', 'overlap', 'long-shift'];

export interface TimesheetException {
  readonly kind: ExceptionKind;
  readonly day: CivilDate;
  readonly punchIds: readonly string[];
  readonly blocking: boolean;
}

export interface Hours {
  readonly entries: readonly Entry[];
  readonly exceptions: readonly TimesheetException[];
  readonly seconds: number;
  /** Of entries: what a submission and an approval refer to. */
  readonly digest: string;
}

/** A shift longer than this is more often a forgotten punch than work; a person decides. */
export const longShiftSeconds = 16 * 3600;

/**
 * The hours of one engagement in a period. A shift belongs to the civil day, at its site, on which it starts, and so
 * does all of it when it ends in the next period. `otherIntervals`: of the worker's other engagements here; the same
 * seconds are never paid twice. The order and repetition of `punches` change nothing.
 */
export function hoursOf(
  punches: readonly CountedPunch[],
  period: CivilRange,
  otherIntervals: readonly WorkInterval[] = [],
  now?: Instant,
): Hours {
  const { intervals, exceptions } = pairPunches(punches, now);
  const inPeriod = (day: CivilDate) => day >= period.startsOn && day <= period.endsOn;
  const ours = intervals.filter(({ day }) => inPeriod(day));
  const found = [
    ...exceptions,
    ...longShifts(ours),
    ...overlaps(ours, otherIntervals),
    ...placeExceptions(punches, ours),
  ].filter(({ day }) => inPeriod(day));
  const zones = new Map(punches.map((punch) => [punch.siteId, punch.zone]));
  const entries = entriesOf(ours, (siteId) => zones.get(siteId) ?? 'UTC');
  return {
    entries,
    exceptions: found.sort((a, b) => (a.day === b.day ? order(a) - order(b) : a.day < b.day ? -1 : 1)),
    seconds: entries.reduce((total, entry) => total + entry.seconds, 0),
    digest: digestOf(entries),
  };
}

const order = (exception: TimesheetException) => (exception.blocking ? 0 : 1);

/** Each in with the next out. An in after an in, or an out without one, is an exception and no interval. */
export function pairPunches(
  punches: readonly CountedPunch[],
  now?: Instant,
): { intervals: WorkInterval[]; exceptions: TimesheetException[] } {
  const intervals: WorkInterval[] = [];
  const exceptions: TimesheetException[] = [];
  let open: CountedPunch | undefined;
  for (const punch of inOrder(punches)) {
    if (punch.kind === 'in') {
      if (open) exceptions.push(exception('missing-out', open, [open.id]));
      open = punch;
    } else if (open) {
      intervals.push(intervalOf(open, punch));
      open = undefined;
    } else {
      exceptions.push(exception('missing-in', punch, [punch.id]));
    }
  }
  // Somebody who is at work right now has forgotten nothing yet; but what is approved meanwhile would lack this shift.
  if (open) {
    const atWork = now !== undefined && secondsBetween(open.at, now) <= longShiftSeconds;
    exceptions.push(exception(atWork ? 'at-work' : 'missing-out', open, [open.id]));
  }
  return { intervals, exceptions };
}

function inOrder(punches: readonly CountedPunch[]): CountedPunch[] {
  const once = new Map(punches.map((punch) => [punch.id, punch]));
  // At the same instant an out closes before an in opens; the id settles what is left.
  const rank = { out: 0, in: 1 };
  return [...once.values()].sort((a, b) =>
    a.at !== b.at
      ? a.at < b.at
        ? -1
        : 1
      : a.kind !== b.kind
        ? rank[a.kind] - rank[b.kind]
        : a.id < b.id
          ? -1
          : 1,
  );
}

function intervalOf(start: CountedPunch, end: CountedPunch): WorkInterval {
  return {
    day: civilDateAt(start.at, start.zone),
    siteId: start.siteId,
    inPunchId: start.id,
    outPunchId: end.id,
    startsAt: start.at,
    endsAt: end.at,
    seconds: secondsBetween(start.at, end.at),
  };
}

function exception(
  kind: ExceptionKind,
  punch: CountedPunch,
  punchIds: readonly string[],
): TimesheetException {
  return { kind, day: civilDateAt(punch.at, punch.zone), punchIds, blocking: blocking.includes(kind) };
}

function longShifts(intervals: readonly WorkInterval[]): TimesheetException[] {
  return intervals
    .filter(({ seconds }) => seconds > longShiftSeconds)
    .map(({ day, inPunchId, outPunchId }) => ({
      kind: 'long-shift',
      day,
      punchIds: [inPunchId, outPunchId],
      blocking: true,
    }));
}

function overlaps(ours: readonly WorkInterval[], others: readonly WorkInterval[]): TimesheetException[] {
  return ours
    .filter((mine) => others.some((other) => mine.startsAt < other.endsAt && other.startsAt < mine.endsAt))
    .map(({ day, inPunchId, outPunchId }) => ({
      kind: 'overlap',
      day,
      punchIds: [inPunchId, outPunchId],
      blocking: true,
    }));
}

const placeKinds = {
  outside: 'outside-fence',
  uncertain: 'uncertain-place',
  'no-position': 'no-position',
} as const;
const flagKinds: readonly ExceptionKind[] = [
  'clock-differs',
  'engagement-not-live',
  'site-unexpected',
  'contract-missing',
  'identity-missing',
];

/** An out punch speaks of the day its shift started. */
function placeExceptions(
  punches: readonly CountedPunch[],
  ours: readonly WorkInterval[],
): TimesheetException[] {
  const dayOf = new Map(ours.map((interval) => [interval.outPunchId, interval.day]));
  return inOrder(punches).flatMap((punch) => {
    const day = dayOf.get(punch.id) ?? civilDateAt(punch.at, punch.zone);
    const kinds: ExceptionKind[] = punch.verdict === 'inside' ? [] : [placeKinds[punch.verdict]];
    kinds.push(...flagKinds.filter((kind) => punch.flags.includes(kind)));
    return kinds.map((kind) => ({ kind, day, punchIds: [punch.id], blocking: false }));
  });
}

function entriesOf(intervals: readonly WorkInterval[], zoneOf: (siteId: string) => string): Entry[] {
  const byDay = new Map<CivilDate, WorkInterval[]>();
  for (const interval of intervals) {
    const known = byDay.get(interval.day);
    if (known) known.push(interval);
    else byDay.set(interval.day, [interval]);
  }
  return [...byDay.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, ofDay]) => ({
      day,
      seconds: ofDay.reduce((total, { seconds }) => total + seconds, 0),
      intervals: ofDay,
      secondsByDay: ofDay.reduce(
        (split, interval) => addSplit(split, interval, zoneOf(interval.siteId)),
        {} as Record<string, number>,
      ),
    }));
}

/** Cuts an interval at each midnight of its zone, whole seconds, so that the parts add up to it. */
function addSplit(
  split: Record<string, number>,
  interval: WorkInterval,
  zone: string,
): Record<string, number> {
  let from = interval.startsAt;
  let left = interval.seconds;
  for (let day = interval.day; left > 0; day = addDays(day, 1)) {
    const midnight = startOfDay(addDays(day, 1), zone);
    const seconds = midnight < interval.endsAt ? Math.min(left, secondsBetween(from, midnight)) : left;
    split[day] = (split[day] ?? 0) + seconds;
    left -= seconds;
    from = midnight;
  }
  return split;
}
