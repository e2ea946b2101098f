/** What pay terms say beside an hourly rate: other rates, premiums that are promised, and allowances. Data, never code. */
import { z } from 'zod';
import { type Minor, minor } from '../kernel/money.ts';
import { type CivilDate, isClockTime } from '../kernel/time.ts';

/** `comprehensive` (综合计算工时) averages over a period, `flexible` (不定时) has no overtime; both need the labour bureau's approval. */
export const hoursSystems = ['standard', 'comprehensive', 'flexible'] as const;
export type HoursSystem = (typeof hoursSystems)[number];

/** More than a hundred thousand of anything is a slip of the finger. */
export const zAmount = z
  .number()
  .int()
  .min(1)
  .max(10_000_000)
  .transform((amount): Minor => minor(amount));
const zPercent = z.number().int().min(100).max(1000);
const zClock = z.string().refine(isClockTime);
const zSeconds = z.number().int().min(0).max(86_400);

export const zAllowance = z.discriminatedUnion('code', [
  z.strictObject({
    code: z.literal('night'),
    from: zClock,
    to: zClock,
    /** For each hour in the window, or once for a shift with at least so much of it. */
    per: z.enum(['hour', 'shift']),
    atLeastSeconds: zSeconds.default(0),
    amountMinor: zAmount,
  }),
  z.strictObject({
    code: z.literal('heat'),
    place: z.enum(['outdoor', 'indoor']),
    /** Null: what the province sets for the month. */
    dailyMinor: zAmount.nullable().default(null),
  }),
  z.strictObject({ code: z.literal('meal'), afterSeconds: zSeconds, amountMinor: zAmount }),
  z.strictObject({ code: z.literal('travel'), amountMinor: zAmount }),
]);
export type Allowance = Readonly<z.infer<typeof zAllowance>>;

/** Every part has a default, so that an older row reads as whole as a new one. */
export const zPayRules = z.strictObject({
  dailyMinor: zAmount.nullable().default(null),
  pieceMinor: zAmount.nullable().default(null),
  shiftMinor: zAmount.nullable().default(null),
  hoursSystem: z.enum(hoursSystems).default('standard'),
  /** ISO weekdays without planned work; Saturday and Sunday follow the calendar's moved days. */
  restWeekdays: z.array(z.coerce.number().int().min(1).max(7)).max(6).default([6, 7]),
  /** Promised, in percent. Where a law asks for more, the law counts. */
  overtimePercent: zPercent.nullable().default(null),
  restDayPercent: zPercent.nullable().default(null),
  holidayPercent: zPercent.nullable().default(null),
  /** Of a day's work: what lies after it is overtime where it is promised. */
  overtimeAfterSeconds: zSeconds.default(28_800),
  allowances: z.array(zAllowance).max(8).default([]),
});
export type PayRules = Readonly<z.infer<typeof zPayRules>>;

export const plainRules: PayRules = zPayRules.parse({});

/** Pay terms as they are computed with. `siteId` null: wherever no terms of the place speak. */
export interface Terms {
  readonly id: string;
  readonly siteId: string | null;
  readonly effectiveOn: CivilDate;
  readonly hourlyMinor: Minor | null;
  readonly rules: PayRules;
}

export function readRules(json: string | null): PayRules {
  return json === null ? plainRules : zPayRules.parse(JSON.parse(json));
}

/** Nothing is paid by these terms, whatever is worked. */
export function paysNothing({ hourlyMinor, rules }: Pick<Terms, 'hourlyMinor' | 'rules'>): boolean {
  return [hourlyMinor, rules.dailyMinor, rules.pieceMinor, rules.shiftMinor].every((rate) => rate === null);
}

/**
 * The terms of a day at a place, looked up in no time: those of the place before those of the engagement, of each the last
 * that took effect by then.
 */
export function termsLookup(all: readonly Terms[]): (siteId: string | null, on: string) => Terms | undefined {
  const inOrder = [...all].sort((a, b) =>
    a.effectiveOn < b.effectiveOn ? -1 : a.effectiveOn > b.effectiveOn ? 1 : 0,
  );
  const bySite = new Map<string | null, Terms[]>();
  for (const terms of inOrder) bySite.set(terms.siteId, [...(bySite.get(terms.siteId) ?? []), terms]);
  const last = (siteId: string | null, on: string) => {
    const some = bySite.get(siteId);
    if (!some) return undefined;
    for (let index = some.length - 1; index >= 0; index -= 1) {
      const terms = some[index];
      if (terms && terms.effectiveOn <= on) return terms;
    }
    return undefined;
  };
  return (siteId, on) => (siteId === null ? undefined : last(siteId, on)) ?? last(null, on);
}
