/** The withholding rules as data with dates and sources, and which of them speaks on a day of payment. */
import china from '../../templates/data/withholding-cn.json' with { type: 'json' };
import { digestOf } from '../kernel/digest.ts';
import type { CivilDate } from '../kernel/time.ts';

export type PayerKind = 'ordinary' | 'platform';
/** What a month without income does to the months that were counted: nothing, or counting begins anew. */
export type GapPolicy = 'count-from-first' | 'reset';

export interface Bracket {
  /** Of the taxable amount, included; null: without end. */
  readonly upToMinor: number | null;
  /** Basis points: 2000 is 20 %. */
  readonly rateBp: number;
  readonly quickMinor: number;
}

interface RuleHead {
  readonly code: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly effectiveOn: CivilDate;
  readonly source: { readonly zh: string; readonly en: string };
  readonly verifiedOn: CivilDate;
}
export interface MonthToDateRule extends RuleHead {
  readonly method: 'month-to-date';
  /** Up to this gross the deduction is flat, above it a share. */
  readonly flatUpToMinor: number;
  readonly flatDeductionMinor: number;
  readonly expenseShareBp: number;
  readonly brackets: readonly Bracket[];
}
export interface CumulativeRule extends RuleHead {
  readonly method: 'cumulative';
  readonly expenseShareBp: number;
  readonly monthlyDeductionMinor: number;
  /** Months that count: in which something was paid, or since the engagement began in this year. */
  readonly months: 'paid' | 'engaged';
  readonly gapPolicy: GapPolicy;
  readonly brackets: readonly Bracket[];
}
export interface NoWithholdingRule extends RuleHead {
  readonly method: 'none';
}
export type WithholdingRule = MonthToDateRule | CumulativeRule | NoWithholdingRule;

interface RawRule {
  readonly method: string;
  readonly code: string;
  readonly relationships: readonly string[];
  readonly payerKinds: readonly string[];
  readonly effectiveOn: string;
  readonly brackets?: string | readonly Bracket[];
}
interface RuleSet {
  readonly id: string;
  readonly version: string;
  readonly rules: readonly RawRule[];
  readonly brackets: Readonly<Record<string, readonly Bracket[]>>;
}

const ruleSets: Readonly<Record<string, RuleSet>> = { CN: china };

/** Which rules a run was calculated with; `none` where no country's rules are configured. */
export function rulesVersionOf(country: string): string {
  const set = ruleSets[country];
  return set ? `${set.id} ${set.version}` : 'none';
}

/** Of the country's rules as shipped: a manifest names it beside the version. */
export function rulesDigestOf(country: string): string {
  return digestOf(ruleSets[country] ?? {});
}

/** The rule in force on the day of payment: the newest that fits payer and relationship. Undefined: nothing is configured. */
export function ruleFor(
  country: string,
  payerKind: PayerKind,
  relationship: string,
  paysOn: CivilDate,
  gapPolicy?: GapPolicy,
): WithholdingRule | undefined {
  const set = ruleSets[country];
  const rule = set?.rules
    .filter((one) => one.relationships.includes(relationship) && one.payerKinds.includes(payerKind))
    .filter((one) => one.effectiveOn <= paysOn)
    .reduce<RawRule | undefined>(
      (newest, one) => (newest && newest.effectiveOn > one.effectiveOn ? newest : one),
      undefined,
    );
  const found = set && rule && withBrackets(set, rule);
  // What a gap does is left open by the announcement: the employer's word on it, where there is one.
  return found && gapPolicy && 'gapPolicy' in found && found.months === 'paid'
    ? { ...found, gapPolicy }
    : found;
}

/** The newest wording of a rule by its code, for explaining a line that was calculated with it. */
export function ruleByCode(country: string, code: string): WithholdingRule | undefined {
  const set = ruleSets[country];
  const rule = set?.rules.find((one) => one.code === code);
  return set && rule && withBrackets(set, rule);
}

function withBrackets(set: RuleSet, rule: RawRule): WithholdingRule {
  const brackets = typeof rule.brackets === 'string' ? set.brackets[rule.brackets] : rule.brackets;
  return { ...rule, ...(brackets ? { brackets } : {}) } as unknown as WithholdingRule;
}
