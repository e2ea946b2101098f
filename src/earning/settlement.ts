/** Deductions, advances, reimbursements and bonuses in a run (pure): how much of each goes into it, and what limits it. */
import { type Minor, minor, mulDiv, zero } from '../kernel/money.ts';
import type { CivilDate } from '../kernel/time.ts';
import { type EarningCode, type EarningKind, type EarningPart, fixedPart } from './earning-part.ts';
import { isOutOfDate, type MinimumWage, monthlyHours, type PayData, type Source } from './pay-data.ts';

export type AdjustmentKind = 'bonus' | 'reimbursement' | 'deduction' | 'advance';
export interface Adjustment {
  readonly id: string;
  readonly engagementId: string;
  readonly kind: AdjustmentKind;
  readonly amountMinor: Minor;
  readonly effectiveOn: CivilDate;
  /** Of it, what approved runs have paid or taken. */
  readonly doneMinor: Minor;
}
/** What an adjustment's line says beside its part. */
export interface Settled {
  readonly part: EarningPart;
  readonly askedMinor: Minor;
  readonly doneBeforeMinor: Minor;
  /** Waits for a later run, because this one has not enough. */
  readonly leftMinor: Minor;
  readonly limit: DeductionLimit | null;
}
/** The most that a run may take from somebody's pay, with the numbers it rests on. */
export interface DeductionLimit {
  readonly code: string;
  readonly effectiveOn: CivilDate;
  readonly source: Source;
  readonly incomeMinor: Minor;
  readonly capBp: number;
  /** What must stay; zero where no minimum wage is known. */
  readonly floorMinor: Minor;
  readonly minimum: Pick<MinimumWage, 'region' | 'tier' | 'effectiveOn' | 'monthMinor' | 'hourMinor'> | null;
  readonly mostMinor: Minor;
}
/** One engagement's income in a run, and what its minimum wage goes by. */
export interface LimitFacts {
  readonly relationship: string;
  readonly incomeMinor: Minor;
  readonly seconds: number;
  /** Of a whole month's pay the whole month's minimum stays. */
  readonly isMonth: boolean;
  readonly region: string | null;
  readonly tier: number;
  readonly on: CivilDate;
}

const whole = 10_000;

/** Undefined: no law limits it, as for a sole trader. */
export function deductionLimit(facts: LimitFacts, data: PayData): DeductionLimit | undefined {
  const rule = data.deductionCapOn(facts.relationship, facts.on);
  if (!rule) return undefined;
  const minimum = facts.region === null ? undefined : data.minimumWageOn(facts.region, facts.tier, facts.on);
  const floorMinor = rule.notBelowMinimumWage ? floorOf(facts, minimum) : zero;
  const byShare = mulDiv(facts.incomeMinor, rule.capBp, whole, 'down');
  const byFloor = facts.incomeMinor - floorMinor;
  const { code, effectiveOn, source, capBp } = rule;
  return {
    code,
    effectiveOn,
    source,
    incomeMinor: facts.incomeMinor,
    capBp,
    floorMinor,
    minimum: minimum ? minimumFacts(minimum) : null,
    mostMinor: minor(Math.max(0, Math.min(byShare, byFloor))),
  };
}

export function minimumFacts({ region, tier, effectiveOn, monthMinor, hourMinor }: MinimumWage) {
  return { region, tier, effectiveOn, monthMinor, hourMinor };
}

function floorOf({ relationship, seconds, isMonth }: LimitFacts, minimum: MinimumWage | undefined): Minor {
  if (!minimum) return zero;
  if (isMonthly(relationship) && isMonth && minimum.monthMinor !== null) return minimum.monthMinor;
  return minimumOfHours(relationship, seconds, minimum) ?? zero;
}

/** The minimum wage of some hours: of the month's in a labour relationship, of the hour's otherwise. Undefined: not known. */
export function minimumOfHours(
  relationship: string,
  seconds: number,
  { monthMinor, hourMinor }: Pick<MinimumWage, 'monthMinor' | 'hourMinor'>,
): Minor | undefined {
  if (isMonthly(relationship) && monthMinor !== null)
    return mulDiv(monthMinor * monthlyHours.of, seconds, monthlyHours.per * 3600, 'up');
  return hourMinor === null ? undefined : mulDiv(seconds, hourMinor, 3600, 'up');
}

const isMonthly = (relationship: string) => relationship === 'labour' || relationship === 'intern';

/** A figure so old that a newer one was most likely missed is no ground for paying by it. */
export function usableMinimum(data: PayData, region: string, tier: number, on: CivilDate) {
  const found = data.minimumWageOn(region, tier, on);
  return { found, usable: found !== undefined && !isOutOfDate(found, on) };
}

const heads: Record<AdjustmentKind, { code: EarningCode; kind: EarningKind; sign: 1 | -1 }> = {
  bonus: { code: 'bonus', kind: 'earning', sign: 1 },
  reimbursement: { code: 'reimbursement', kind: 'reimbursement', sign: 1 },
  deduction: { code: 'deduction', kind: 'deduction', sign: -1 },
  advance: { code: 'advance', kind: 'advance', sign: -1 },
};

/** As much of an adjustment as `mostMinor` allows; undefined when that is nothing, or all was done before. */
export function settle(
  adjustment: Adjustment,
  mostMinor: number,
  limit: DeductionLimit | null = null,
): Settled | undefined {
  const { id, kind, amountMinor, doneMinor, effectiveOn } = adjustment;
  const open = amountMinor - doneMinor;
  const now = Math.min(open, Math.max(0, mostMinor));
  if (now <= 0) return undefined;
  const { sign, ...head } = heads[kind];
  const rule = limit
    ? { id: limit.code, effectiveOn: limit.effectiveOn, source: limit.source }
    : { id, effectiveOn, source: null };
  return {
    part: fixedPart({ ...head, rule }, minor(sign * now), effectiveOn, { sourceId: id }),
    askedMinor: amountMinor,
    doneBeforeMinor: doneMinor,
    leftMinor: minor(open - now),
    limit,
  };
}

/** Oldest first, so that what was agreed first is settled first. */
export function inOrderOfDays<T extends Pick<Adjustment, 'effectiveOn' | 'id'>>(all: readonly T[]): T[] {
  return [...all].sort((a, b) => {
    const [one, other] = [`${a.effectiveOn} ${a.id}`, `${b.effectiveOn} ${b.id}`];
    return one < other ? -1 : one > other ? 1 : 0;
  });
}
