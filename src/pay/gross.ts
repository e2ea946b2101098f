/** Gross pay (pure): seconds at a rate, rounded once a line, shared out over days so that both columns add up. */
import { allocate, type Minor, mulDiv } from '../kernel/money.ts';
import type { CivilDate } from '../kernel/time.ts';

export interface RateTerm {
  readonly id: string;
  readonly effectiveOn: CivilDate;
  readonly hourlyRateMinor: Minor;
}
export interface DaySeconds {
  readonly day: CivilDate;
  readonly seconds: number;
}
export interface DayShare extends DaySeconds {
  readonly shareMinor: Minor;
}
/** Of one engagement and period: all seconds at one rate. */
export interface GrossPart {
  readonly rateMinor: Minor;
  readonly termsIds: readonly string[];
  readonly seconds: number;
  readonly amountMinor: Minor;
  readonly days: readonly DayShare[];
}
export interface Gross {
  readonly parts: readonly GrossPart[];
  /** Days with work but without a rate: nothing is paid for them, and the run names them. */
  readonly withoutTerms: readonly DaySeconds[];
}

/** The seconds of timesheet entries by the civil day on which they were worked: a night shift has two. */
export function secondsByDay(
  entries: readonly { readonly secondsByDay: Readonly<Record<string, number>> }[],
): DaySeconds[] {
  const total = new Map<string, number>();
  for (const entry of entries) {
    for (const [day, seconds] of Object.entries(entry.secondsByDay)) {
      total.set(day, (total.get(day) ?? 0) + seconds);
    }
  }
  return [...total.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, seconds]) => ({ day: day as CivilDate, seconds }));
}

/** The rate of a day is that of the last terms in force on it. Amounts are rounded half-up, once a part. */
export function grossOf(days: readonly DaySeconds[], terms: readonly RateTerm[]): Gross {
  const inOrder = [...terms].sort((a, b) => (a.effectiveOn < b.effectiveOn ? -1 : 1));
  const byRate = new Map<Minor, { termsIds: Set<string>; days: DaySeconds[] }>();
  const withoutTerms: DaySeconds[] = [];
  for (const day of days) {
    const term = inOrder.filter(({ effectiveOn }) => effectiveOn <= day.day).at(-1);
    if (!term) {
      withoutTerms.push(day);
      continue;
    }
    const known = byRate.get(term.hourlyRateMinor) ?? { termsIds: new Set(), days: [] };
    known.termsIds.add(term.id);
    known.days.push(day);
    byRate.set(term.hourlyRateMinor, known);
  }
  const parts = [...byRate.entries()].map(([rate, part]) => partOf(rate, [...part.termsIds], part.days));
  return { parts, withoutTerms };
}

function partOf(rateMinor: Minor, termsIds: readonly string[], days: readonly DaySeconds[]): GrossPart {
  const seconds = days.reduce((total, day) => total + day.seconds, 0);
  const amountMinor = mulDiv(seconds, rateMinor, 3600, 'half-up');
  const shares = allocate(
    amountMinor,
    days.map((day) => day.seconds),
  );
  return {
    rateMinor,
    termsIds,
    seconds,
    amountMinor,
    days: days.map((day, index) => ({ ...day, shareMinor: shares[index] as Minor })),
  };
}
