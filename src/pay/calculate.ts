/** A pay run as a pure function: approved timesheets, terms, rules and what was paid before go in; lines, totals and a digest come out. */
import { digestOf } from '../kernel/digest.ts';
import { type Minor, minor, subtract, sum, zero } from '../kernel/money.ts';
import type { CivilDate, PayPeriodKind } from '../kernel/time.ts';
import { type DaySeconds, type Gross, type GrossPart, grossOf, type RateTerm } from './gross.ts';
import { type PastPayment, type Withholding, withhold } from './withholding.ts';
import { type PayerKind, ruleFor, rulesVersionOf, type WithholdingRule } from './withholding-rules.ts';

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
}
/** An approved timesheet of the run's period, or of an earlier one that is not fully paid. */
export interface SheetInput {
  readonly approvalId: string;
  readonly approvalDigest: string;
  readonly engagementId: string;
  readonly workerId: string;
  readonly project: string;
  readonly relationship: string;
  readonly engagedSince: CivilDate;
  readonly startsOn: CivilDate;
  readonly endsOn: CivilDate;
  readonly days: readonly DaySeconds[];
  readonly terms: readonly RateTerm[];
  /** Lines of approved runs that paid for this engagement and period. */
  readonly paid: readonly PaidLine[];
}
export interface PaidLine {
  readonly runId: string;
  readonly line: number;
  readonly amountMinor: Minor;
}
/** One approved run's total for a worker, engagement by engagement. */
export interface PastLine extends PastPayment {
  readonly workerId: string;
  readonly project: string;
  readonly relationship: string;
}
/** Hours that wait for another run, because somebody said so. */
export interface LeftOut {
  readonly engagementId: string;
  readonly reason: string;
}
export interface RunInputs {
  readonly run: RunHead;
  readonly employer: RunEmployer;
  readonly sheets: readonly SheetInput[];
  readonly past: readonly PastLine[];
  readonly leftOut?: readonly LeftOut[];
}

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
      readonly part: GrossPart;
    }
  | {
      readonly of: 'correction';
      readonly period: Period;
      readonly approvalDigest: string;
      readonly parts: readonly GrossPart[];
      readonly newGrossMinor: Minor;
      readonly paid: readonly PaidLine[];
      readonly paidMinor: Minor;
      /** What a later run still has to take back, because this one has not enough. */
      readonly leftMinor: Minor;
    }
  | { readonly of: 'withholding'; readonly project: string | null; readonly withholding: Withholding };

export interface RunLine {
  readonly line: number;
  readonly workerId: string;
  readonly engagementId: string;
  readonly kind: 'earning' | 'correction' | 'withholding';
  /** `hours`, `correction`, or the code of the withholding rule. */
  readonly code: string;
  readonly seconds: number | null;
  readonly rateMinor: Minor | null;
  /** Withholdings are negative (or zero), so that lines add up to what is paid out. */
  readonly amountMinor: Minor;
  readonly approvalId: string | null;
  readonly facts: LineFacts;
}
export interface RunTotals {
  readonly workers: number;
  readonly grossMinor: Minor;
  readonly withheldMinor: Minor;
  readonly netMinor: Minor;
}
export interface WithoutTerms {
  readonly engagementId: string;
  readonly workerId: string;
  readonly days: readonly DaySeconds[];
}
/** Said on the run's page and in its files. */
export type RunNote = 'nothing-withheld-unconfigured';

export interface CalculatedRun {
  readonly lines: readonly RunLine[];
  readonly totals: RunTotals;
  readonly withoutTerms: readonly WithoutTerms[];
  readonly notes: readonly RunNote[];
  readonly leftOut: readonly LeftOut[];
  readonly rulesVersion: string;
  readonly digest: string;
}

type Draft = Omit<RunLine, 'line'>;

/** The order of the inputs changes nothing. */
export function calculateRun(inputs: RunInputs): CalculatedRun {
  const { run, employer, leftOut = [] } = inputs;
  const waits = new Set(leftOut.map(({ engagementId }) => engagementId));
  const sheets = inputs.sheets.filter(({ engagementId }) => !waits.has(engagementId)).sort(bySheet);
  const paid = sheets.map((sheet) => ({ sheet, gross: grossOf(sheet.days, sheet.terms) }));
  const workers = [...new Set(sheets.map(({ workerId }) => workerId))];
  const drafts = workers.flatMap((workerId) => {
    const earned = earnedLines(paid.filter(({ sheet }) => sheet.workerId === workerId));
    return [...earned.map(({ draft }) => draft), ...withheldLines(inputs, workerId, earned)];
  });
  const lines = drafts.map((draft, index): RunLine => ({ line: index + 1, ...draft }));
  const totals = totalsOf(lines);
  const rulesVersion = rulesVersionOf(employer.country);
  const notes = notesOf(lines);
  const withoutTerms = paid
    .filter(({ gross }) => gross.withoutTerms.length > 0)
    .map(({ sheet, gross }) => ({
      engagementId: sheet.engagementId,
      workerId: sheet.workerId,
      days: gross.withoutTerms,
    }));
  const result = { lines, totals, withoutTerms, notes, leftOut, rulesVersion };
  return { ...result, digest: digestOfRun(run, employer, result) };
}

/** What an approval refers to: the run, whom it is for, every line with its reasons, who was left out, and the totals. */
export function digestOfRun(
  run: RunHead,
  employer: RunEmployer,
  { lines, totals, withoutTerms, notes, leftOut, rulesVersion }: Omit<CalculatedRun, 'digest'>,
): string {
  const waiting = leftOut.length > 0 ? leftOut : undefined;
  return digestOf({ run, employer, rulesVersion, lines, totals, withoutTerms, notes, leftOut: waiting });
}

/** Somebody earned, and no rule said what to withhold: a rule that withholds nothing leaves a line that says so. */
export function notesOf(lines: readonly Pick<RunLine, 'kind' | 'workerId'>[]): RunNote[] {
  const ruled = new Set(lines.filter(({ kind }) => kind === 'withholding').map(({ workerId }) => workerId));
  return lines.some(({ workerId }) => !ruled.has(workerId)) ? ['nothing-withheld-unconfigured'] : [];
}

function bySheet(a: SheetInput, b: SheetInput): number {
  const key = (sheet: SheetInput) => `${sheet.workerId} ${sheet.engagementId} ${sheet.startsOn}`;
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
}

export function totalsOf(lines: readonly Pick<RunLine, 'workerId' | 'kind' | 'amountMinor'>[]): RunTotals {
  const grossMinor = sum(lines.filter(({ kind }) => kind !== 'withholding').map((line) => line.amountMinor));
  const netMinor = sum(lines.map((line) => line.amountMinor));
  return {
    workers: new Set(lines.map(({ workerId }) => workerId)).size,
    grossMinor,
    withheldMinor: subtract(grossMinor, netMinor),
    netMinor,
  };
}

interface Earned {
  readonly sheet: SheetInput;
  readonly draft: Draft;
}

/**
 * Of one worker. What was never paid is an earning; what was paid before is paid again only by its difference, as a
 * correction. A correction takes back no more than the worker's other lines of this run leave.
 */
function earnedLines(sheets: readonly { readonly sheet: SheetInput; readonly gross: Gross }[]): Earned[] {
  const earned: Earned[] = [];
  const less: { sheet: SheetInput; gross: Gross; difference: number }[] = [];
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

function earnings(sheet: SheetInput, gross: Gross): Earned[] {
  return gross.parts
    .filter((part) => part.amountMinor > 0)
    .map((part) => ({
      sheet,
      draft: {
        workerId: sheet.workerId,
        engagementId: sheet.engagementId,
        kind: 'earning',
        code: 'hours',
        seconds: part.seconds,
        rateMinor: part.rateMinor,
        amountMinor: part.amountMinor,
        approvalId: sheet.approvalId,
        facts: { of: 'earning', period: periodOf(sheet), approvalDigest: sheet.approvalDigest, part },
      },
    }));
}

function correction(sheet: SheetInput, gross: Gross, amountMinor: Minor, leftMinor: Minor): Earned {
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
  const draft: Draft = {
    workerId: sheet.workerId,
    engagementId: sheet.engagementId,
    kind: 'correction',
    code: 'correction',
    seconds: null,
    rateMinor: null,
    amountMinor,
    approvalId: sheet.approvalId,
    facts,
  };
  return { sheet, draft };
}

const periodOf = ({ startsOn, endsOn }: SheetInput): Period => ({ startsOn, endsOn });

/** Of one worker: a withholding for each rule, and for each project where the rule counts by project. */
function withheldLines(
  { run, employer, past }: RunInputs,
  workerId: string,
  earned: readonly Earned[],
): Draft[] {
  const groups = new Map<string, TaxGroup>();
  for (const one of earned) {
    const rule = ruleFor(employer.country, employer.payerKind, one.sheet.relationship, run.paysOn);
    if (!rule) continue;
    const project = rule.method === 'month-to-date' ? one.sheet.project : null;
    const key = `${rule.code} ${project ?? ''}`;
    const group = groups.get(key) ?? { rule, project, earned: [] };
    group.earned.push(one);
    groups.set(key, group);
  }
  const mine = past.filter((line) => line.workerId === workerId);
  let left = sum(earned.map(({ draft }) => draft.amountMinor));
  return [...groups.values()].map(({ rule, project, earned: ofGroup }) => {
    const before = mine.filter((line) => {
      const code = ruleFor(employer.country, employer.payerKind, line.relationship, run.paysOn)?.code;
      return code === rule.code && (project === null || line.project === project);
    });
    const draft = withheldLine(run, workerId, { rule, project, earned: ofGroup }, before, left);
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
  workerId: string,
  { rule, project, earned }: TaxGroup,
  past: readonly PastLine[],
  atMostMinor: Minor,
): Draft {
  const since = earned.map(({ sheet }) => sheet.engagedSince).sort();
  const withholding = withhold(rule, {
    grossMinor: sum(earned.map(({ draft }) => draft.amountMinor)),
    paysOn: run.paysOn,
    past: byRun(past),
    engagedSince: since[0] as CivilDate,
    atMostMinor,
  });
  return {
    workerId,
    engagementId: earned[0]?.sheet.engagementId ?? '',
    kind: 'withholding',
    code: rule.code,
    seconds: null,
    rateMinor: null,
    amountMinor: minor(-withholding.withheldMinor),
    approvalId: null,
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
  return [...runs.values()].sort((a, b) => (`${a.paysOn} ${a.runId}` < `${b.paysOn} ${b.runId}` ? -1 : 1));
}
