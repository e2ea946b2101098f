/** From punches to entries and exceptions of a period: pure, computed from the facts whenever somebody asks. */
import { sha256 } from '../kernel/digest.ts';
import { addDays, type CivilDate, type CivilRange, type Instant } from '../kernel/time.ts';
import { type DayRules, type Entry, entriesOf } from './entries.ts';
import {
  exceptionAt,
  inOrderOfDays,
  isPlain,
  type PlaceRule,
  punchKinds,
  type TimesheetException,
} from './exceptions.ts';
import {
  type CountedPunch,
  dayOf,
  inOrder,
  longShiftSeconds,
  pairPunches,
  type WorkInterval,
} from './pairing.ts';
import { type PlannedShift, planExceptions, shiftOf } from './plan.ts';
import { overlapping, type Span, shortRests } from './spans.ts';
import { type ReportedUnits, unitsByDay } from './units.ts';
import { onWorkDays } from './work-day.ts';

/** What a site says of a day (see employer/site-policy.ts). */
export interface HoursRules extends DayRules {
  readonly place: PlaceRule;
}

export interface Facts {
  /** In any order, repeated or not; some days before and after the period too, for shifts over midnight. */
  readonly punches: readonly CountedPunch[];
  readonly period: CivilRange;
  /** The rules of a site on the day of the work. */
  readonly rulesOn: (siteId: string, day: CivilDate) => HoursRules;
  /** Of the worker's other engagements here: the same seconds are never paid twice. */
  readonly others?: readonly Span[];
  /** The plan, where there is one. */
  readonly shifts?: readonly PlannedShift[];
  readonly units?: readonly ReportedUnits[];
  /** Between two days of work, where a rule asks for it. */
  readonly restSeconds?: number | undefined;
  /** The first and the last day of the engagement. Without them the punches' own flags say who worked outside it. */
  readonly live?: { readonly startsOn: CivilDate; readonly lastDay: CivilDate | null };
  readonly now?: Instant;
}

export interface Hours {
  readonly entries: readonly Entry[];
  readonly exceptions: readonly TimesheetException[];
  readonly seconds: number;
  /** From clock-in to clock-out, before breaks and rounding. */
  readonly rawSeconds: number;
  /** Of entries: what a submission and an approval refer to. */
  readonly digest: string;
}

/**
 * The hours of one engagement in a period. A shift belongs to the civil day, at its site, on which it starts, and so
 * does all of it when it ends in the next period. The order and repetition of `punches` change nothing.
 */
export function hoursOf(facts: Facts): Hours {
  const { period, rulesOn, others = [], shifts = [], units = [], restSeconds } = facts;
  const punches = inOrder(facts.punches);
  const { intervals: pairs, exceptions } = pairPunches(punches, facts.now);
  const intervals = onWorkDays(pairs, shifts);
  const inPeriod = ({ day }: { readonly day: CivilDate }) => day >= period.startsOn && day <= period.endsOn;
  const zones = new Map(punches.map(({ siteId, zone }) => [siteId, zone]));
  // The night before the period reaches into its first day, and leaves less room there.
  const reaching = addDays(period.startsOn, -2);
  const days = entriesOf(
    intervals.filter(({ day }) => day >= reaching && day <= period.endsOn),
    (siteId) => zones.get(siteId) ?? 'UTC',
    (first) => rulesFor(first, shifts, rulesOn),
  ).filter(({ entry }) => inPeriod(entry));
  const ours = intervals.filter(inPeriod);
  const found = [
    ...exceptions,
    ...longShifts(ours),
    ...overlapping(ours, others),
    ...punchExceptions(punches, intervals, facts),
    ...planExceptions(intervals, shifts),
    ...(restSeconds === undefined ? [] : shortRests(intervals, restSeconds)),
    ...days.filter(({ breakMissed }) => breakMissed).map(({ entry }) => breakMissing(entry)),
    ...units
      .filter(({ confirmed }) => !confirmed)
      .map(({ day }) => exceptionAt('units-unconfirmed', day, [])),
  ].filter(inPeriod);
  const entries = withUnits(
    days.map(({ entry }) => entry),
    units.filter(inPeriod),
  );
  return {
    entries,
    exceptions: inOrderOfDays(found),
    seconds: entries.reduce((total, { seconds }) => total + seconds, 0),
    rawSeconds: entries.reduce((total, { rawSeconds }) => total + rawSeconds, 0),
    digest: entriesDigest(entries),
  };
}

/** SHA-256 of the entries' canonical JSON, which plain JSON is: their members were made in lexical order. */
export function entriesDigest(entries: readonly Entry[]): string {
  return sha256(JSON.stringify(entries));
}

function rulesFor(first: WorkInterval, shifts: readonly PlannedShift[], rulesOn: Facts['rulesOn']): DayRules {
  const rules = rulesOn(first.siteId, first.day);
  const planned = shifts.length > 0 ? shiftOf(first, shifts) : undefined;
  return planned ? { ...rules, breaks: planned.breaks } : rules;
}

function longShifts(intervals: readonly WorkInterval[]): TimesheetException[] {
  return intervals
    .filter(({ seconds }) => seconds > longShiftSeconds)
    .map(({ day, inPunchId, outPunchId }) => exceptionAt('long-shift', day, [inPunchId, outPunchId]));
}

function breakMissing({ day, intervals }: Entry): TimesheetException {
  return exceptionAt(
    'break-missing',
    day,
    intervals.flatMap(({ inPunchId, outPunchId }) => [inPunchId, outPunchId]),
  );
}

/** Both punches speak of the day their shift started: so do those of the engagement's last night. */
function punchExceptions(
  punches: readonly CountedPunch[],
  intervals: readonly WorkInterval[],
  { live, rulesOn }: Facts,
): TimesheetException[] {
  const startedOn = new Map<string, CivilDate>();
  for (const { inPunchId, outPunchId, day } of intervals) {
    startedOn.set(inPunchId, day);
    startedOn.set(outPunchId, day);
  }
  const found: TimesheetException[] = [];
  for (const punch of punches) {
    const day = startedOn.get(punch.id) ?? dayOf(punch);
    const isOutside = live && (day < live.startsOn || (live.lastDay !== null && day > live.lastDay));
    if (isPlain(punch) && !isOutside) continue;
    for (const kind of punchKinds(punch, rulesOn(punch.siteId, day).place)) {
      if (!live || kind !== 'engagement-not-live') found.push(exceptionAt(kind, day, [punch.id]));
    }
    if (isOutside) found.push(exceptionAt('engagement-not-live', day, [punch.id]));
  }
  return found;
}

/** A day with units but without a punch is an entry, too. */
function withUnits(entries: readonly Entry[], reported: readonly ReportedUnits[]): readonly Entry[] {
  if (reported.length === 0) return entries;
  const byDay = unitsByDay(reported);
  const worked = entries.map((entry) => ({ ...entry, units: byDay.get(entry.day) }));
  const days = new Set(entries.map(({ day }) => day));
  const more = [...byDay]
    .filter(([day]) => !days.has(day))
    .map(([day, units]) => ({ ...dayWithout(day), units }));
  return [...worked, ...more].sort((a, b) => (a.day < b.day ? -1 : 1));
}

const dayWithout = (day: CivilDate): Entry => ({
  breakSeconds: 0,
  breaks: undefined,
  day,
  intervals: [],
  rawSeconds: 0,
  seconds: 0,
  secondsByDay: {},
});
