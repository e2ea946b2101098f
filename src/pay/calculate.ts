/** A worker's pay in a run as a pure function: approved timesheets, terms, rules and what was paid before go in; lines come out. */
import {
  type DaySeconds,
  type Earned as EarnedParts,
  type EarningFacts,
  type EarningProblem,
  earningsOf,
} from '../earning/earning.ts';
import type { EarningKind, EarningPart } from '../earning/earning-part.ts';
import { type DatumCorrection, type PayData, payDataOf } from '../earning/pay-data.ts';
import type { Terms } from '../earning/pay-rules.ts';
import { type LostShift, minimumPay, type PaidRun, type PromiseProblem } from '../earning/promised-pay.ts';
import type { Adjustment, Settled } from '../earning/settlement.ts';
import type { PromiseRow } from '../guarantee/pay-promise.ts';
import { canonicalJson, sha256 } from '../kernel/digest.ts';
import { allocate, type Minor, minor, sum, zero } from '../kernel/money.ts';
import type { CivilDate, PayPeriodKind } from '../kernel/time.ts';
import { besideLines, lineOf, settledLines } from './beside-lines.ts';
import { type PastPayment, type Withholding, withhold } from './withholding.ts';
import { type GapPolicy, type PayerKind, ruleFor, type WithholdingRule } from './withholding-rules.ts';

export interface RunHead {
  readonly id: string;
  readonly payPeriod: PayPeriodKind;
  readonly startsOn: CivilDate;
  readonly endsOn: CivilDate;
  readonly paysOn: CivilDate;
}
export interface RunEmployer {
  readonly country: string;
  readonly payerKind: PayerKind;
  readonly currency: string;
  /** What a month without a payment does to a platform worker's months, where the employer has said so. */
  readonly gapPolicy?: GapPolicy;
}
/** What tax asks of an engagement. */
export interface EngagementRef {
  readonly engagementId: string;
  readonly project: string;
  readonly relationship: string;
  readonly engagedSince: CivilDate;
}
/** An approved timesheet of the run's period, or of an earlier one that is not fully paid. */
export interface SheetInput extends EngagementRef, EarningFacts {
  readonly approvalId: string;
  readonly approvalDigest: string;
  /** The last day of work, where somebody has ended it. */
  readonly endedOn: CivilDate | null;
  /** Approvals of other work that legal limits count, by id and digest. */
  readonly besideIds?: readonly string[] | undefined;
  /** Where the seconds were worked, for totals by site. */
  readonly sites: readonly SiteSeconds[];
  /** Lines of approved runs that paid for this engagement and period. */
  readonly paid: readonly PaidLine[];
}
export interface SiteSeconds {
  readonly siteId: string;
  readonly seconds: number;
}
export interface PaidLine {
  readonly runId: string;
  readonly line: number;
  readonly amountMinor: Minor;
}
/** A line of an approved run that paid this worker, or withheld from them. */
export interface PastLine extends PastPayment {
  readonly project: string;
  readonly relationship: string;
}
/** What holds for everybody in a run. */
export interface RunRules {
  readonly employer: RunEmployer;
  readonly rulesVersion: string;
  /** What the employer corrected of the shipped data, and what it has promised. */
  readonly corrections?: readonly DatumCorrection[];
  readonly promises?: readonly PromiseRow[];
}
/** Everything that one worker's pay in a run depends on, besides the run's head and rules. */
export interface WorkerFacts {
  readonly workerId: string;
  readonly sheets: readonly SheetInput[];
  readonly past: readonly PastLine[];
  readonly beside?: BesideFacts;
}
/** What is paid or taken beside hours, each once: what approved runs have settled of it is no part of this. */
export interface BesideFacts {
  readonly engagements: readonly (EngagementRef & { readonly terms: readonly Terms[] })[];
  readonly adjustments: readonly Adjustment[];
  readonly lostShifts: readonly LostShift[];
  readonly paidLate: readonly PaidRun[];
}
const nothingBeside: BesideFacts = { engagements: [], adjustments: [], lostShifts: [], paidLate: [] };

interface Period {
  readonly startsOn: CivilDate;
  readonly endsOn: CivilDate;
}
/** What a line keeps of its reasons: numbers, days and names of rows, never sentences. */
export type LineFacts =
  | {
      readonly of: 'earning';
      readonly period: Period;
      readonly approvalDigest: string;
      readonly part: EarningPart;
    }
  | {
      readonly of: 'correction';
      readonly period: Period;
      readonly approvalDigest: string;
      readonly parts: readonly EarningPart[];
      readonly newGrossMinor: Minor;
      readonly paid: readonly PaidLine[];
      readonly paidMinor: Minor;
      /** What a later run still has to take back, because this one has not enough. */
      readonly leftMinor: Minor;
    }
  /** A promise of the employer's that no timesheet asks for: a shift that fell through, pay that came late. */
  | { readonly of: 'promise'; readonly part: EarningPart }
  | ({ readonly of: 'adjustment' } & Settled)
  | { readonly of: 'withholding'; readonly project: string | null; readonly withholding: Withholding };

export interface RunLine {
  readonly line: number;
  readonly workerId: string;
  readonly engagementId: string;
  readonly kind: EarningKind | 'correction' | 'withholding';
  /** An EarningCode, `correction`, or the code of the withholding rule. */
  readonly code: string;
  /** Of work at an hourly rate: no other line counts the same seconds. */
  readonly seconds: number | null;
  readonly rateMinor: Minor | null;
  /** Withholdings, deductions and advances are negative (or zero), so that lines add up to what is paid out. */
  readonly amountMinor: Minor;
  readonly approvalId: string | null;
  /** What is paid or taken once: the adjustment, shift or run it comes from. */
  readonly sourceId: string | null;
  readonly facts: LineFacts;
}
export type DraftLine = Omit<RunLine, 'line' | 'workerId'>;
export interface WithoutTerms {
  readonly engagementId: string;
  readonly days: readonly DaySeconds[];
}
export interface PayProblem {
  readonly engagementId: string;
  readonly problem: EarningProblem | PromiseProblem | 'rest-of-deduction' | 'rest-of-advance';
  readonly amountMinor?: Minor;
}
/** A worker's part of a run. Its lines get their numbers when it is added to the run (see run-fold.ts). */
export interface WorkerPay {
  readonly workerId: string;
  /** Digest of `inputsOf` its facts. */
  readonly inputs: string;
  readonly lines: readonly DraftLine[];
  readonly withoutTerms: readonly WithoutTerms[];
  /** What is paid for work at each site; adds up to the gross. */
  readonly sites: readonly SitePay[];
  /** To be looked at; none of it stops an approval. */
  readonly problems: readonly PayProblem[];
}
export interface SitePay extends SiteSeconds {
  readonly amountMinor: Minor;
}

const compiled = new WeakMap<RunRules, PayData>();

/** The rules' data, laid out once a run. */
function dataOf(rules: RunRules): PayData {
  let data = compiled.get(rules);
  if (!data) {
    data = payDataOf(rules.employer.country, rules.corrections);
    compiled.set(rules, data);
  }
  return data;
}

/** A timesheet with what it is worth. */
export interface PaidSheet {
  readonly sheet: SheetInput;
  readonly gross: EarnedParts;
}

/** The order of sheets and of earlier payments changes nothing. */
export function calculateWorker(head: RunHead, rules: RunRules, facts: WorkerFacts): WorkerPay {
  const { workerId, beside = nothingBeside } = facts;
  const data = dataOf(rules);
  const problems: PayProblem[] = [];
  const sheets = [...facts.sheets].sort(bySheet);
  const past = [...facts.past].sort(byPayment);
  const paid = sheets.map((sheet) => ({ sheet, gross: grossOf(sheet, rules, data, problems) }));
  const earned = [...earnedLines(paid), ...besideLines(beside, rules.promises ?? [])];
  const withheld = withheldLines(head, rules.employer, past, earned);
  const income = [...earned.map(({ draft }) => draft), ...withheld];
  const netMinor = sum(income.map(({ amountMinor }) => amountMinor));
  const settled = settledLines({ head, data, sheets: paid, earned, netMinor, beside });
  return {
    workerId,
    inputs: digestOfInputs(facts),
    lines: [...income, ...settled.lines],
    withoutTerms: paid
      .filter(({ gross }) => gross.withoutTerms.length > 0)
      .map(({ sheet: { engagementId }, gross }) => ({ engagementId, days: gross.withoutTerms })),
    sites: earned.flatMap(sitesOf),
    problems: [...problems, ...settled.problems],
  };
}

/** A line's amount, shared out by the seconds that its timesheet has at each site. */
function sitesOf({ sites = [], draft }: Earned): SitePay[] {
  if (sites.length === 0)
    return [{ siteId: '', seconds: draft.seconds ?? 0, amountMinor: draft.amountMinor }];
  const weights = sites.map(({ seconds }) => seconds);
  const amounts = allocate(draft.amountMinor, weights);
  const seconds = allocate(minor(draft.seconds ?? 0), weights);
  return sites.map(({ siteId }, index) => ({
    siteId,
    seconds: seconds[index] ?? 0,
    amountMinor: amounts[index] ?? zero,
  }));
}

/** What a timesheet is worth, up to the minimum that is promised for it. */
function grossOf(sheet: SheetInput, rules: RunRules, data: PayData, problems: PayProblem[]): EarnedParts {
  const earned = earningsOf(sheet, data);
  const { part, problem, shortMinor } = minimumPay(sheet, earned.parts, rules.promises ?? [], data);
  const { engagementId } = sheet;
  if (sheet.paid.length === 0) {
    problems.push(...earned.problems.map((one) => ({ engagementId, problem: one })));
    if (problem)
      problems.push({
        engagementId,
        problem,
        ...(shortMinor === undefined ? {} : { amountMinor: shortMinor }),
      });
  }
  return part ? { ...earned, parts: [...earned.parts, part] } : earned;
}

/** Each input by its name and digest, or its numbers: what a run's manifest lists, in one order. */
export function inputsOf({
  sheets,
  past,
  beside = nothingBeside,
}: Pick<WorkerFacts, 'sheets' | 'past' | 'beside'>): string[] {
  const terms = [...sheets, ...beside.engagements].flatMap((one) => one.terms);
  const said = (kind: string, all: readonly object[]) => all.map((one) => `${kind} ${canonicalJson(one)}`);
  return [
    ...new Set(sheets.flatMap((sheet) => (sheet.besideIds ?? []).map((id) => `beside ${id}`))),
    ...new Set(
      said(
        'place',
        sheets.flatMap(({ places }) => Object.entries(places).map(([id, place]) => ({ id, ...place }))),
      ),
    ),
    ...said(
      'shifts',
      sheets.flatMap(({ approvalId, shifts }) => (shifts ? [{ approvalId, shifts }] : [])),
    ),
    ...said('adjustment', beside.adjustments),
    ...said('lost-shift', beside.lostShifts),
    ...said('paid-late', beside.paidLate),
    ...sheets.map((sheet) =>
      [
        'hours',
        sheet.approvalId,
        sheet.approvalDigest,
        sheet.project,
        sheet.relationship,
        sheet.engagedSince,
        sheet.endedOn ?? '-',
      ].join(' '),
    ),
    ...new Set(said('terms', terms)),
    ...sheets.flatMap((sheet) =>
      sheet.paid.map((line) => `paid ${sheet.approvalId} ${line.runId} ${line.line} ${line.amountMinor}`),
    ),
    ...past.map(
      (line) =>
        `past ${line.runId} ${line.paysOn} ${line.relationship} ${line.grossMinor} ${line.withheldMinor} ${line.project}`,
    ),
  ].sort();
}

export function digestOfInputs(facts: Pick<WorkerFacts, 'sheets' | 'past' | 'beside'>): string {
  return sha256(inputsOf(facts).join('\n'));
}

function bySheet(a: SheetInput, b: SheetInput): number {
  return compare(`${a.engagementId} ${a.startsOn}`, `${b.engagementId} ${b.startsOn}`);
}

function byPayment(a: PastPayment, b: PastPayment): number {
  return compare(`${a.paysOn} ${a.runId}`, `${b.paysOn} ${b.runId}`);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export interface Earned {
  readonly of: EngagementRef;
  readonly sites?: readonly SiteSeconds[];
  readonly draft: DraftLine;
}

/**
 * Of one worker. What was never paid is an earning; what was paid before is paid again only by its difference, as a
 * correction. A correction takes back no more than the worker's other lines of this run leave.
 */
function earnedLines(sheets: readonly PaidSheet[]): Earned[] {
  const earned: Earned[] = [];
  const less: (PaidSheet & { difference: number })[] = [];
  for (const { sheet, gross } of sheets) {
    const difference =
      sum(gross.parts.map((part) => part.amountMinor)) - sum(sheet.paid.map((line) => line.amountMinor));
    if (sheet.paid.length === 0) earned.push(...earnings(sheet, gross));
    else if (difference > 0) earned.push(correction(sheet, gross, minor(difference), zero));
    else if (difference < 0) less.push({ sheet, gross, difference });
  }
  let left = sum(earned.map(({ draft }) => draft.amountMinor));
  for (const { sheet, gross, difference } of less) {
    const taken = minor(Math.max(difference, -left));
    left = minor(left + taken);
    if (taken !== 0) earned.push(correction(sheet, gross, taken, minor(difference - taken)));
  }
  return earned;
}

function earnings(sheet: SheetInput, gross: EarnedParts): Earned[] {
  return gross.parts
    .filter((part) => part.amountMinor > 0)
    .map((part) => ({
      of: sheet,
      sites: sheet.sites,
      draft: lineOf(sheet.engagementId, part, sheet.approvalId, {
        of: 'earning',
        period: periodOf(sheet),
        approvalDigest: sheet.approvalDigest,
        part,
      }),
    }));
}

function correction(sheet: SheetInput, gross: EarnedParts, amountMinor: Minor, leftMinor: Minor): Earned {
  const facts: LineFacts = {
    of: 'correction',
    period: periodOf(sheet),
    approvalDigest: sheet.approvalDigest,
    parts: gross.parts,
    newGrossMinor: sum(gross.parts.map((part) => part.amountMinor)),
    paid: sheet.paid,
    paidMinor: sum(sheet.paid.map((line) => line.amountMinor)),
    leftMinor,
  };
  const draft: DraftLine = {
    engagementId: sheet.engagementId,
    kind: 'correction',
    code: 'correction',
    seconds: null,
    rateMinor: null,
    amountMinor,
    approvalId: sheet.approvalId,
    sourceId: null,
    facts,
  };
  return { of: sheet, sites: sheet.sites, draft };
}

const periodOf = ({ startsOn, endsOn }: SheetInput): Period => ({ startsOn, endsOn });

/** Of one worker: a withholding for each rule, and for each project where the rule counts by project. */
function withheldLines(
  run: RunHead,
  employer: RunEmployer,
  past: readonly PastLine[],
  earned: readonly Earned[],
): DraftLine[] {
  const groups = new Map<string, TaxGroup>();
  for (const one of earned) {
    const rule = ruleFor(
      employer.country,
      employer.payerKind,
      one.of.relationship,
      run.paysOn,
      employer.gapPolicy,
    );
    if (!rule) continue;
    const project = rule.method === 'month-to-date' ? one.of.project : null;
    const key = `${rule.code} ${project ?? ''}`;
    const group = groups.get(key) ?? { rule, project, earned: [] };
    group.earned.push(one);
    groups.set(key, group);
  }
  let left = sum(earned.map(({ draft }) => draft.amountMinor));
  return [...groups.values()].map(({ rule, project, earned: ofGroup }) => {
    const before = past.filter((line) => {
      const code = ruleFor(employer.country, employer.payerKind, line.relationship, run.paysOn)?.code;
      return code === rule.code && (project === null || line.project === project);
    });
    const draft = withheldLine(run, { rule, project, earned: ofGroup }, before, left);
    left = sum([left, draft.amountMinor]);
    return draft;
  });
}

interface TaxGroup {
  readonly rule: WithholdingRule;
  readonly project: string | null;
  readonly earned: Earned[];
}

function withheldLine(
  run: RunHead,
  { rule, project, earned }: TaxGroup,
  past: readonly PastLine[],
  atMostMinor: Minor,
): DraftLine {
  const since = earned.map(({ of }) => of.engagedSince).sort();
  const withholding = withhold(rule, {
    grossMinor: sum(earned.map(({ draft }) => draft.amountMinor)),
    paysOn: run.paysOn,
    past: byRun(past),
    engagedSince: since[0] as CivilDate,
    atMostMinor,
  });
  return {
    engagementId: earned[0]?.of.engagementId ?? '',
    kind: 'withholding',
    code: rule.code,
    seconds: null,
    rateMinor: null,
    amountMinor: minor(-withholding.withheldMinor),
    approvalId: null,
    sourceId: null,
    facts: { of: 'withholding', project, withholding },
  };
}

/** Earlier payments, one a run, in the order in which they were paid. */
function byRun(past: readonly PastLine[]): PastPayment[] {
  const runs = new Map<string, PastPayment>();
  for (const { runId, paysOn, grossMinor, withheldMinor } of past) {
    const known = runs.get(runId);
    runs.set(runId, {
      runId,
      paysOn,
      grossMinor: sum([known?.grossMinor ?? zero, grossMinor]),
      withheldMinor: sum([known?.withheldMinor ?? zero, withheldMinor]),
    });
  }
  return [...runs.values()];
}
