/** Withholding (pure): what is kept back from a payment for the tax office, and the numbers that say why. Minor units only. */
import { type Minor, minor, mulDiv, subtract, sum, zero } from '../kernel/money.ts';
import { type CivilDate, monthOf } from '../kernel/time.ts';
import type {
  Bracket,
  CumulativeRule,
  GapPolicy,
  MonthToDateRule,
  WithholdingRule,
} from './withholding-rules.ts';

/** What an earlier approved run paid one person, for one project where the rule asks for it. */
export interface PastPayment {
  readonly runId: string;
  readonly paysOn: CivilDate;
  readonly grossMinor: Minor;
  readonly withheldMinor: Minor;
}

export interface Payment {
  readonly grossMinor: Minor;
  readonly paysOn: CivilDate;
  /** Of the same payer and person; for a month-to-date rule also of the same project. Others are left out by date. */
  readonly past: readonly PastPayment[];
  /** The first day of the person's work here, for rules that count months since then. */
  readonly engagedSince: CivilDate;
  /** What is there to withhold from, when a run takes something back too; else the payment itself. */
  readonly atMostMinor?: Minor;
}

export interface TaxOf {
  readonly deductionMinor: Minor;
  readonly taxableMinor: Minor;
  readonly rateBp: number;
  readonly quickMinor: Minor;
  readonly taxMinor: Minor;
}

/** Everything a person needs to do the sum again by hand. */
export interface Withholding extends TaxOf {
  readonly code: string;
  readonly method: WithholdingRule['method'];
  /** `2026-11`, or `2026` for a cumulative rule. */
  readonly span: string;
  readonly months: number;
  readonly earlier: readonly PastPayment[];
  readonly grossMinor: Minor;
  /** Of the span so far, this payment included: `taxMinor` is the tax on it. */
  readonly spanGrossMinor: Minor;
  readonly withheldBeforeMinor: Minor;
  /** What is kept back now: never negative, never more than the payment. */
  readonly withheldMinor: Minor;
  /** Withheld too much so far (positive) or too little (negative): settled by the next payment of the span. */
  readonly carriedMinor: Minor;
}

/**
 * Labour remuneration of one month, payer, person and project: up to the flat limit less the flat deduction, above it
 * less a share. Taxable amount and tax are each rounded half-up to the minor unit.
 */
export function labourTax(grossMinor: Minor, rule: MonthToDateRule): TaxOf {
  const deduction =
    grossMinor <= rule.flatUpToMinor
      ? minor(rule.flatDeductionMinor)
      : mulDiv(grossMinor, rule.expenseShareBp, 10_000, 'half-up');
  return taxOn(grossMinor, deduction, rule.brackets);
}

/** `otherMinor`: what else may be deducted in the span (social insurance, special deductions), where somebody states it. */
export function cumulativeTax(
  grossMinor: Minor,
  months: number,
  rule: CumulativeRule,
  otherMinor: Minor = zero,
): TaxOf {
  const expenses = mulDiv(grossMinor, rule.expenseShareBp, 10_000, 'half-up');
  return taxOn(
    grossMinor,
    sum([expenses, minor(rule.monthlyDeductionMinor * months), otherMinor]),
    rule.brackets,
  );
}

function taxOn(grossMinor: Minor, deductionMinor: Minor, brackets: readonly Bracket[]): TaxOf {
  const taxableMinor = minor(Math.max(0, grossMinor - deductionMinor));
  const bracket = bracketOf(taxableMinor, brackets);
  const tax = mulDiv(taxableMinor, bracket.rateBp, 10_000, 'half-up') - bracket.quickMinor;
  return {
    deductionMinor,
    taxableMinor,
    rateBp: bracket.rateBp,
    quickMinor: minor(bracket.quickMinor),
    taxMinor: minor(Math.max(0, tax)),
  };
}

function bracketOf(taxableMinor: Minor, brackets: readonly Bracket[]): Bracket {
  const found = brackets.find(({ upToMinor }) => upToMinor === null || taxableMinor <= upToMinor);
  if (!found) throw new RangeError('the last bracket has no end');
  return found;
}

/** What to keep back from a payment. A rule of the method `none` keeps nothing. */
export function withhold(rule: WithholdingRule, payment: Payment): Withholding {
  const inSpan = spanOf(rule, payment.paysOn);
  const earlier = payment.past.filter(inSpan.holds);
  const spanGrossMinor = sum([payment.grossMinor, ...earlier.map((past) => past.grossMinor)]);
  const withheldBeforeMinor = sum(earlier.map((past) => past.withheldMinor));
  const months = monthsOf(rule, payment, earlier);
  const tax = taxOfSpan(rule, spanGrossMinor, months);
  const due = tax.taxMinor - withheldBeforeMinor;
  const atMost = Math.min(payment.grossMinor, payment.atMostMinor ?? payment.grossMinor);
  const withheldMinor = minor(Math.min(Math.max(0, due), Math.max(0, atMost)));
  return {
    code: rule.code,
    method: rule.method,
    span: inSpan.name,
    months,
    earlier,
    grossMinor: payment.grossMinor,
    spanGrossMinor,
    withheldBeforeMinor,
    ...tax,
    withheldMinor,
    carriedMinor: subtract(withheldMinor, minor(due)),
  };
}

function taxOfSpan(rule: WithholdingRule, grossMinor: Minor, months: number): TaxOf {
  switch (rule.method) {
    case 'month-to-date':
      return labourTax(grossMinor, rule);
    case 'cumulative':
      return cumulativeTax(grossMinor, months, rule);
    case 'none':
      return { deductionMinor: zero, taxableMinor: zero, rateBp: 0, quickMinor: zero, taxMinor: zero };
  }
}

/** A month, or the year to this month; a cumulative rule does not reach back before it took effect. */
function spanOf(rule: WithholdingRule, paysOn: CivilDate) {
  const month = monthOf(paysOn);
  const year = paysOn.slice(0, 4);
  if (rule.method !== 'cumulative') {
    return { name: month, holds: (past: PastPayment) => monthOf(past.paysOn) === month };
  }
  return {
    name: year,
    holds: (past: PastPayment) =>
      past.paysOn.slice(0, 4) === year && monthOf(past.paysOn) <= month && past.paysOn >= rule.effectiveOn,
  };
}

function monthsOf(rule: WithholdingRule, { paysOn, engagedSince }: Payment, earlier: readonly PastPayment[]) {
  if (rule.method !== 'cumulative') return 1;
  const now = monthNumber(paysOn);
  if (rule.months === 'engaged') {
    const began = engagedSince.slice(0, 4) === paysOn.slice(0, 4) ? monthNumber(engagedSince) : 1;
    return Math.max(1, now - began + 1);
  }
  return countedMonths([...earlier.map((past) => monthNumber(past.paysOn)), now], rule.gapPolicy);
}

const monthNumber = (date: CivilDate) => Number(date.slice(5, 7));

/** Months of payment, the last of which is now. */
export function countedMonths(months: readonly number[], policy: GapPolicy): number {
  const paid = new Set(months);
  const now = Math.max(...months);
  if (policy === 'count-from-first') return now - Math.min(...months) + 1;
  let count = 0;
  while (paid.has(now - count)) count += 1;
  return count;
}
