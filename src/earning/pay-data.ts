/** What the law and the provinces say, as data with a day and a source: holidays, minimum wages, heat allowances, overtime. */
import heat from '../../templates/data/heat-allowance-cn.json' with { type: 'json' };
import holidays from '../../templates/data/holidays-cn.json' with { type: 'json' };
import wages from '../../templates/data/minimum-wage-cn.json' with { type: 'json' };
import rules from '../../templates/data/pay-rules-cn.json' with { type: 'json' };
import type { Minor } from '../kernel/money.ts';
import { addDays, type CivilDate } from '../kernel/time.ts';
import type { HoursSystem } from './pay-rules.ts';

export interface Source {
  readonly zh: string;
  readonly en: string;
}
/** `statutory`: paid three times in a labour relationship; `off`: moved there from a weekend; `workday`: a weekend day worked for it. */
export type CalendarKind = 'statutory' | 'off' | 'workday';
export interface CalendarDay {
  readonly on: CivilDate;
  readonly kind: CalendarKind;
  readonly name: Source | null;
  readonly source: Source;
}
export interface MinimumWage {
  readonly region: string;
  /** 1 is the highest of a province. */
  readonly tier: number;
  readonly effectiveOn: CivilDate;
  readonly monthMinor: Minor | null;
  readonly hourMinor: Minor | null;
  readonly confidence: string;
  readonly source: Source;
  readonly verifiedOn: CivilDate | null;
}
export interface HeatAllowance {
  readonly region: string;
  readonly effectiveOn: CivilDate;
  /** 1 to 12. */
  readonly months: readonly number[];
  readonly per: 'month' | 'day';
  readonly outdoorMinor: Minor;
  readonly indoorMinor: Minor;
  readonly confidence: string;
  readonly source: Source;
  readonly verifiedOn: CivilDate | null;
}
export interface OvertimeRule {
  readonly code: string;
  readonly relationships: readonly string[];
  readonly hoursSystem: HoursSystem;
  readonly effectiveOn: CivilDate;
  readonly overtimeBp: number;
  readonly restDayBp: number;
  readonly holidayBp: number;
  /** Where a province says more of holidays than the country. */
  readonly holidayRegions?: readonly string[];
  readonly holidayRegionBp?: number;
  readonly dailySeconds: number;
  readonly weeklySeconds: number | null;
  readonly source: Source;
}
export interface DeductionCap {
  readonly code: string;
  readonly relationships: readonly string[];
  readonly effectiveOn: CivilDate;
  readonly capBp: number;
  readonly notBelowMinimumWage: boolean;
  readonly source: Source;
}

/** What an employer knows better than the shipped data: the last one of a key and day counts. */
export type DatumCorrection = { readonly id: string; readonly source: Source } & (
  | { readonly of: 'holiday'; readonly on: CivilDate; readonly kind: CalendarKind | 'plain' }
  | ({ readonly of: 'minimum-wage' } & Pick<
      MinimumWage,
      'region' | 'tier' | 'effectiveOn' | 'monthMinor' | 'hourMinor'
    >)
  | ({ readonly of: 'heat-allowance' } & Pick<
      HeatAllowance,
      'region' | 'effectiveOn' | 'months' | 'per' | 'outdoorMinor' | 'indoorMinor'
    >)
);

export interface PayData {
  readonly country: string;
  /** Of the shipped sets, and how often they were corrected. */
  readonly version: string;
  readonly dayOf: (on: CivilDate) => CalendarDay | undefined;
  /** Without a calendar of a year nobody can say what a day in it is. */
  readonly knowsYear: (on: CivilDate) => boolean;
  readonly minimumWageOn: (region: string, tier: number, on: CivilDate) => MinimumWage | undefined;
  readonly heatOn: (region: string, on: CivilDate) => HeatAllowance | undefined;
  readonly overtimeOn: (relationship: string, system: HoursSystem, on: CivilDate) => OvertimeRule | undefined;
  readonly deductionCapOn: (relationship: string, on: CivilDate) => DeductionCap | undefined;
}

const china = {
  days: holidays.years.flatMap(({ source, days }) =>
    days.map((day): CalendarDay => {
      const statutory = day.kind === 'statutory';
      return {
        on: day.on as CivilDate,
        kind: day.kind as CalendarKind,
        name: 'name' in day ? (day.name as Source) : null,
        source: statutory ? holidays.statutorySource : source,
      };
    }),
  ),
  years: holidays.years.map(({ year }) => String(year)),
  wages: wages.rows as unknown as readonly MinimumWage[],
  heat: heat.rows as unknown as readonly HeatAllowance[],
  overtime: rules.overtime as unknown as readonly OvertimeRule[],
  caps: rules.deductionCaps as unknown as readonly DeductionCap[],
};
const nowhere: typeof china = { days: [], years: [], wages: [], heat: [], overtime: [], caps: [] };

/** Hundredths of the days that a monthly amount pays (21.75), and where that is written. */
export const paidDaysPerMonthHundredths = rules.paidDaysPerMonthHundredths;
export const paidDaysSource: Source = rules.paidDaysSource;
export const minimumWageLaw: Source = wages.law;
/** Provinces look at their minimum wages at least this often: an older figure is out of date. */
export const minimumWageReviewMonths = wages.reviewMonths;

/** The country's data as shipped, with an employer's corrections laid over it. Made once a run, asked many times. */
export function payDataOf(country: string, corrections: readonly DatumCorrection[] = []): PayData {
  const set = country === 'CN' ? china : nowhere;
  const days = new Map(set.days.map((day) => [day.on, day]));
  const years = new Set(set.years);
  const minimum = [...set.wages];
  const hot = [...set.heat];
  for (const one of corrections) {
    const corrected = { confidence: 'corrected', verifiedOn: null } as const;
    if (one.of === 'minimum-wage') minimum.push({ ...one, ...corrected });
    else if (one.of === 'heat-allowance') hot.push({ ...one, ...corrected });
    else if (one.kind === 'plain') days.delete(one.on);
    else days.set(one.on, { on: one.on, kind: one.kind, name: null, source: one.source });
    if (one.of === 'holiday') years.add(one.on.slice(0, 4));
  }
  return {
    country,
    version: versionOf(country, corrections.length),
    dayOf: (on) => days.get(on),
    knowsYear: (on) => country !== 'CN' || years.has(on.slice(0, 4)),
    minimumWageOn: lastOn(
      minimum,
      ({ region, tier }) => `${region} ${tier}`,
      (region, tier) => `${region} ${tier}`,
    ),
    heatOn: lastHeat(hot),
    overtimeOn: (relationship, system, on) =>
      set.overtime
        .filter(
          (rule) =>
            rule.effectiveOn <= on &&
            rule.hoursSystem === system &&
            rule.relationships.includes(relationship),
        )
        .at(-1),
    deductionCapOn: (relationship, on) =>
      set.caps.filter((rule) => rule.effectiveOn <= on && rule.relationships.includes(relationship)).at(-1),
  };
}

function versionOf(country: string, corrections: number): string {
  if (country !== 'CN') return 'none';
  const shipped = [holidays, wages, heat, rules].map(({ id, version }) => `${id}@${version}`).join(' ');
  return corrections > 0 ? `${shipped} +${corrections}` : shipped;
}

function lastOn<T extends { readonly effectiveOn: CivilDate }>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  ask: (region: string, tier: number) => string,
) {
  const byKey = groups(rows, keyOf);
  return (region: string, tier: number, on: CivilDate): T | undefined =>
    lastBy(byKey.get(ask(region, tier)) ?? [], on);
}

function lastHeat(rows: readonly HeatAllowance[]) {
  const byRegion = groups(rows, ({ region }) => region);
  return (region: string, on: CivilDate) => lastBy(byRegion.get(region) ?? [], on);
}

/** Of rows of one day the later in the list: a correction comes after what it corrects. */
function lastBy<T extends { readonly effectiveOn: CivilDate }>(rows: readonly T[], on: CivilDate) {
  let last: T | undefined;
  for (const row of rows)
    if (row.effectiveOn <= on && (!last || row.effectiveOn >= last.effectiveOn)) last = row;
  return last;
}

function groups<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) found.set(keyOf(row), [...(found.get(keyOf(row)) ?? []), row]);
  return found;
}

/** The figure is older than provinces may leave theirs, so that a newer one has most likely been missed. */
export function isOutOfDate({ effectiveOn }: Pick<MinimumWage, 'effectiveOn'>, on: CivilDate): boolean {
  const [year = 0, month = 1] = effectiveOn.split('-').map(Number);
  const months = (Number(on.slice(0, 4)) - year) * 12 + Number(on.slice(5, 7)) - month;
  return (
    months > minimumWageReviewMonths ||
    (months === minimumWageReviewMonths && on.slice(8) >= effectiveOn.slice(8))
  );
}

/** Every row that speaks of a year, as a page shows it. */
export function calendarOf(data: PayData, year: string): CalendarDay[] {
  const found: CalendarDay[] = [];
  for (let on = `${year}-01-01` as CivilDate; on.startsWith(year); on = addDays(on, 1)) {
    const day = data.dayOf(on);
    if (day) found.push(day);
  }
  return found;
}

/** An hour of the month's minimum, for who is bound by the month: it is paid for 21.75 days of eight hours. */
export const monthlyHours = { per: paidDaysPerMonthHundredths * 8, of: 100 } as const;
