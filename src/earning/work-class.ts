/** Which class each second of work has (pure): plain, overtime, on a rest day, on a statutory holiday. */
import type { CivilDate, Instant } from '../kernel/time.ts';
import type { CalendarKind, OvertimeRule, PayData } from './pay-data.ts';
import type { Terms } from './pay-rules.ts';

export type WorkClass = 'plain' | 'overtime' | 'rest-day' | 'holiday';

/** A day's work of one engagement, as approved: it belongs to the day it starts, its seconds to the days they lie in. */
export interface WorkedDay {
  readonly engagementId: string;
  readonly day: CivilDate;
  /** Null: counted, not timed. */
  readonly startsAt: Instant | null;
  /** Where it starts: that place's terms and rules hold for all of it. */
  readonly siteId: string | null;
  readonly secondsByDay: Readonly<Record<string, number>>;
}
/** Some seconds of one civil day that are paid alike. */
export interface ClassedSeconds {
  readonly on: CivilDate;
  readonly workClass: WorkClass;
  readonly seconds: number;
  /** After the hours that a day's or a shift's rate pays. */
  readonly beyond: boolean;
}

/** The hours of which a daily rate is the price. */
export const daySeconds = 8 * 3600;

export interface ClassRules {
  /** Undefined: no law asks for overtime pay. */
  readonly legal: OvertimeRule | undefined;
  readonly terms: Terms;
}
export interface ClassContext {
  readonly startsOn: CivilDate;
  readonly endsOn: CivilDate;
  readonly data: PayData;
  /** Undefined: no terms hold there and then. */
  readonly rulesOn: (siteId: string | null, on: CivilDate) => ClassRules | undefined;
}

/** What kind of day it is where a week has these rest days. A holiday on a rest day is a holiday, once. */
export function dayClass(data: PayData, restWeekdays: readonly number[], on: CivilDate): WorkClass {
  const kind: CalendarKind | undefined = data.dayOf(on)?.kind;
  if (kind === 'statutory') return 'holiday';
  const usualWeek = restWeekdays.includes(6) && restWeekdays.includes(7);
  // Off-days are moved out of weekends and worked for on others: that binds who rests on weekends.
  if (usualWeek && kind !== undefined) return kind === 'off' ? 'rest-day' : 'plain';
  return restWeekdays.includes(weekdayNumber(on)) ? 'rest-day' : 'plain';
}

const weekdays = new Map<string, { weekday: number; monday: number }>();

function calendarOfDay(on: CivilDate) {
  let known = weekdays.get(on);
  if (!known) {
    const number = Math.round(Date.parse(on) / 86_400_000);
    // 1 January 1970 was a Thursday.
    const weekday = ((number + 3) % 7) + 1;
    known = { weekday, monday: number - weekday + 1 };
    if (weekdays.size > 4096) weekdays.clear();
    weekdays.set(on, known);
  }
  return known;
}
const weekdayNumber = (on: CivilDate) => calendarOfDay(on).weekday;

/**
 * The classes of an engagement's work, day by day of work. `beside`: what limits count, too: the person's other work for
 * the employer, and the days before in the first week. Order is nothing: what began first has used up the limit first.
 */
export function classify(
  own: readonly WorkedDay[],
  beside: readonly WorkedDay[],
  context: ClassContext,
): Map<WorkedDay, ClassedSeconds[]> {
  const used: Used = { day: new Map(), week: new Map(), period: 0, standard: undefined };
  const found = new Map<WorkedDay, ClassedSeconds[]>();
  const ours = new Set(own);
  for (const work of [...own, ...beside].sort(byBeginning)) {
    const classed = classesOf(work, used, context);
    if (ours.has(work)) found.set(work, classed);
  }
  return found;
}

const isWithin = ({ day }: WorkedDay, { startsOn, endsOn }: ClassContext) => day >= startsOn && day <= endsOn;

function byBeginning(a: WorkedDay, b: WorkedDay): number {
  const key = ({ day, startsAt, engagementId }: WorkedDay) => `${day} ${startsAt ?? ''} ${engagementId}`;
  const [one, other] = [key(a), key(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

interface Used {
  readonly day: Map<string, number>;
  readonly week: Map<number, number>;
  period: number;
  standard: number | undefined;
}

function classesOf(work: WorkedDay, used: Used, context: ClassContext): ClassedSeconds[] {
  const found: ClassedSeconds[] = [];
  let ofDay = used.day.get(work.day) ?? 0;
  for (const on of Object.keys(work.secondsByDay).sort() as CivilDate[]) {
    const seconds = work.secondsByDay[on] ?? 0;
    if (seconds <= 0) continue;
    const rules = context.rulesOn(work.siteId, on);
    const kind = rules ? dayClass(context.data, rules.terms.rules.restWeekdays, on) : 'plain';
    const before = splitAt(seconds, daySeconds - ofDay);
    for (const [part, beyond] of [
      [before.within, false],
      [before.over, true],
    ] as const) {
      if (part === 0) continue;
      for (const one of cut(part, kind, rules, used, { on, ofDay, context, isOurs: isWithin(work, context) }))
        found.push({ on, beyond, ...one });
      ofDay += part;
    }
  }
  used.day.set(work.day, ofDay);
  return found;
}

interface Place {
  readonly on: CivilDate;
  /** Seconds of the day's work before these. */
  readonly ofDay: number;
  readonly context: ClassContext;
  readonly isOurs: boolean;
}

/** Seconds on one side of the day's eight hours, by class; counts them towards the week and the period. */
function cut(
  seconds: number,
  kind: WorkClass,
  rules: ClassRules | undefined,
  used: Used,
  { on, ofDay, context, isOurs }: Place,
): { workClass: WorkClass; seconds: number }[] {
  const legal = rules?.legal;
  if (legal?.hoursSystem === 'comprehensive') {
    if (kind === 'holiday') return [{ workClass: 'holiday', seconds }];
    used.standard ??= standardSeconds(context, rules?.terms);
    const { within, over } = splitAt(seconds, used.standard - used.period);
    if (isOurs) used.period += seconds;
    return parts(within, over);
  }
  if (legal?.hoursSystem === 'flexible') return [{ workClass: kind === 'holiday' ? kind : 'plain', seconds }];
  if (kind !== 'plain') return [{ workClass: kind, seconds }];
  const limit = legal ? legal.dailySeconds : overtimeLimit(rules?.terms);
  const ofWeek = splitAt(seconds, limit - ofDay);
  const { monday } = calendarOfDay(on);
  const worked = used.week.get(monday) ?? 0;
  const weekly = legal?.weeklySeconds ?? null;
  const { within, over } =
    weekly === null ? { within: ofWeek.within, over: 0 } : splitAt(ofWeek.within, weekly - worked);
  used.week.set(monday, worked + within);
  return parts(within, over + ofWeek.over);
}

/** Without a law a promise counts, and without a promise there is no overtime. */
function overtimeLimit(terms: Terms | undefined): number {
  return terms && terms.rules.overtimePercent !== null
    ? terms.rules.overtimeAfterSeconds
    : Number.POSITIVE_INFINITY;
}

function parts(within: number, over: number): { workClass: WorkClass; seconds: number }[] {
  const found: { workClass: WorkClass; seconds: number }[] = [];
  if (within > 0) found.push({ workClass: 'plain', seconds: within });
  if (over > 0) found.push({ workClass: 'overtime', seconds: over });
  return found;
}

function splitAt(seconds: number, room: number): { within: number; over: number } {
  const within = Math.max(0, Math.min(seconds, room));
  return { within, over: seconds - within };
}

/** Eight hours for each of the period's working days, by the calendar. */
function standardSeconds({ startsOn, endsOn, data }: ClassContext, terms: Terms | undefined): number {
  return workingDays(data, terms?.rules.restWeekdays ?? [6, 7], startsOn, endsOn) * daySeconds;
}

export function workingDays(
  data: PayData,
  restWeekdays: readonly number[],
  startsOn: CivilDate,
  endsOn: CivilDate,
): number {
  let count = 0;
  for (let ms = Date.parse(startsOn); ms <= Date.parse(endsOn); ms += 86_400_000) {
    const on = new Date(ms).toISOString().slice(0, 10) as CivilDate;
    if (dayClass(data, restWeekdays, on) === 'plain') count += 1;
  }
  return count;
}
