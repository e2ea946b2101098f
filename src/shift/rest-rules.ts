/** Rest rules: what speaks against a plan, by rules that are data with the day they took effect and their source. Pure. */
import data from '../../templates/data/rest-rules.json' with { type: 'json' };
import { isMinor } from '../identity/document.ts';
import {
  addDays,
  type CivilDate,
  type Instant,
  payPeriodOf,
  secondsBetween,
  wallClockAt,
} from '../kernel/time.ts';

export type RestRuleCode =
  | 'daily-maximum'
  | 'weekly-maximum'
  | 'weekly-rest'
  | 'minimum-rest'
  | 'part-time-daily'
  | 'part-time-weekly'
  | 'minor-daily'
  | 'minor-night';

export interface RestRule {
  readonly code: RestRuleCode;
  /** ISO 3166-1 of the employer; `*`: everywhere. */
  readonly country: string;
  readonly relationships: readonly string[];
  readonly effectiveOn: CivilDate;
  readonly limitSeconds?: number;
  readonly limitDays?: number;
  /** Of a night: on the site's clocks. */
  readonly from?: string;
  readonly to?: string;
  readonly source: { readonly zh: string; readonly en: string };
}

/** A shift as the rules see it. */
export interface RestShift {
  readonly shiftId: string;
  readonly engagementId: string;
  readonly relationship: string;
  /** The day it starts. */
  readonly day: CivilDate;
  readonly zone: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** Less unpaid breaks. */
  readonly workSeconds: number;
}
/** All that a worker is to do here, over all engagements. */
export interface WorkerPlan {
  readonly workerId: string;
  /** Null: no identity was accepted yet. */
  readonly birthOn: CivilDate | null;
  readonly shifts: readonly RestShift[];
}

/** A rule that a plan does not keep, with its numbers and where it stands written. */
export interface RestWarning {
  readonly rule: RestRuleCode;
  readonly workerId: string;
  readonly shiftIds: readonly string[];
  /** The day, or the Monday of the week. */
  readonly on: CivilDate;
  readonly limit: number;
  readonly actual: number;
  readonly unit: 'seconds' | 'days';
  readonly ruleEffectiveOn: CivilDate;
  readonly source: { readonly zh: string; readonly en: string };
}

const every = data.rules as unknown as readonly RestRule[];

/** The newest wording of each rule that speaks on a day of work. */
export function restRulesOn(country: string, day: CivilDate): RestRule[] {
  const newest = new Map<RestRuleCode, RestRule>();
  for (const rule of every) {
    if (rule.country !== '*' && rule.country !== country) continue;
    const known = newest.get(rule.code);
    if (rule.effectiveOn <= day && (!known || known.effectiveOn < rule.effectiveOn))
      newest.set(rule.code, rule);
  }
  return [...newest.values()];
}

/** Everything in a worker's plan that a rule speaks against, in the order of days. */
export function restWarnings(country: string, plan: WorkerPlan): RestWarning[] {
  const shifts = [...plan.shifts].sort((a, b) =>
    a.startsAt < b.startsAt ? -1 : a.startsAt > b.startsAt ? 1 : 0,
  );
  const found = [
    ...groups(shifts, ({ day }) => day).flatMap(([day, ofDay]) =>
      restRulesOn(country, day).flatMap((rule) => dayWarning(rule, day, ofDay, plan)),
    ),
    ...groups(shifts, ({ day }) => payPeriodOf('weekly', day).startsOn).flatMap(([monday, ofWeek]) =>
      restRulesOn(country, monday).flatMap((rule) => weekWarning(rule, monday, ofWeek, plan)),
    ),
    ...shifts.flatMap((shift, index) => restWarning(country, shifts[index - 1], shift, plan)),
  ];
  return found.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.rule < b.rule ? -1 : 1));
}

/** Only what has to do with some shifts: a publisher answers for what is published, not for all that was. */
export function warningsAbout(
  warnings: readonly RestWarning[],
  shiftIds: ReadonlySet<string>,
): RestWarning[] {
  return warnings.filter((warning) => warning.shiftIds.some((id) => shiftIds.has(id)));
}

function dayWarning(
  rule: RestRule,
  day: CivilDate,
  shifts: readonly RestShift[],
  plan: WorkerPlan,
): RestWarning[] {
  const bound = boundBy(rule, shifts);
  const minor = plan.birthOn !== null && isMinor(plan.birthOn, day);
  switch (rule.code) {
    case 'daily-maximum':
      return over(rule, day, bound, plan, total(bound));
    case 'minor-daily':
      return minor ? over(rule, day, bound, plan, total(bound)) : [];
    case 'minor-night':
      return minor ? bound.flatMap((shift) => over(rule, day, [shift], plan, nightSeconds(rule, shift))) : [];
    default:
      return [];
  }
}

function weekWarning(
  rule: RestRule,
  monday: CivilDate,
  shifts: readonly RestShift[],
  plan: WorkerPlan,
): RestWarning[] {
  const bound = boundBy(rule, shifts);
  const days = new Set(bound.map(({ day }) => day)).size;
  switch (rule.code) {
    case 'weekly-maximum':
    case 'part-time-weekly':
      return over(rule, monday, bound, plan, total(bound));
    case 'part-time-daily':
      return over(rule, monday, bound, plan, days === 0 ? 0 : Math.round(total(bound) / days));
    case 'weekly-rest':
      return over(rule, monday, bound, plan, days);
    default:
      return [];
  }
}

function restWarning(
  country: string,
  before: RestShift | undefined,
  shift: RestShift,
  plan: WorkerPlan,
): RestWarning[] {
  const rule = restRulesOn(country, shift.day).find(({ code }) => code === 'minimum-rest');
  if (!before || !rule || boundBy(rule, [shift]).length === 0) return [];
  const rest = secondsBetween(before.endsAt, shift.startsAt);
  const limit = rule.limitSeconds ?? 0;
  // Two shifts of one day, one after the other, are one stretch of work: the daily maximum speaks of them.
  if (rest >= limit || before.day === shift.day) return [];
  return [warning(rule, shift.day, [before, shift], plan, limit, Math.max(0, rest), 'seconds')];
}

const boundBy = (rule: RestRule, shifts: readonly RestShift[]) =>
  shifts.filter(({ relationship }) => rule.relationships.includes(relationship));
const total = (shifts: readonly RestShift[]) => shifts.reduce((sum, { workSeconds }) => sum + workSeconds, 0);

/** The seconds of a shift that lie in the rule's night, on the site's clocks. */
function nightSeconds(
  { from = '22:00', to = '06:00' }: RestRule,
  { day, zone, startsAt, endsAt }: RestShift,
): number {
  let seconds = 0;
  for (const evening of [addDays(day, -1), day, addDays(day, 1)]) {
    const begin = wallClockAt(evening, from, zone);
    const end = wallClockAt(addDays(evening, 1), to, zone);
    const first = begin > startsAt ? begin : startsAt;
    const last = end < endsAt ? end : endsAt;
    if (last > first) seconds += secondsBetween(first, last);
  }
  return seconds;
}

function over(
  rule: RestRule,
  on: CivilDate,
  shifts: readonly RestShift[],
  plan: WorkerPlan,
  actual: number,
): RestWarning[] {
  const unit = rule.limitDays === undefined ? 'seconds' : 'days';
  const limit = rule.limitDays ?? rule.limitSeconds ?? 0;
  return actual > limit ? [warning(rule, on, shifts, plan, limit, actual, unit)] : [];
}

function warning(
  rule: RestRule,
  on: CivilDate,
  shifts: readonly RestShift[],
  { workerId }: WorkerPlan,
  limit: number,
  actual: number,
  unit: RestWarning['unit'],
): RestWarning {
  const shiftIds = [...new Set(shifts.map(({ shiftId }) => shiftId))].sort();
  const { code, effectiveOn, source } = rule;
  return { rule: code, workerId, shiftIds, on, limit, actual, unit, ruleEffectiveOn: effectiveOn, source };
}

function groups<T>(list: readonly T[], keyOf: (one: T) => CivilDate): [CivilDate, T[]][] {
  const found = new Map<CivilDate, T[]>();
  for (const one of list) {
    const known = found.get(keyOf(one));
    if (known) known.push(one);
    else found.set(keyOf(one), [one]);
  }
  return [...found];
}

/** The days that warnings of a day depend on: its whole week, and the day before and after it. */
export function restHorizon(first: CivilDate, last: CivilDate): { from: CivilDate; to: CivilDate } {
  return {
    from: addDays(payPeriodOf('weekly', first).startsOn, -1),
    to: addDays(payPeriodOf('weekly', last).endsOn, 1),
  };
}

/** Half-open: one may begin as the other ends. */
export function overlaps(
  one: { readonly startsAt: Instant; readonly endsAt: Instant },
  other: { readonly startsAt: Instant; readonly endsAt: Instant },
): boolean {
  return one.startsAt < other.endsAt && other.startsAt < one.endsAt;
}
