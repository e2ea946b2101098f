/**
 * A run is its workers' pay, folded together in the order of their ids. What the fold knows between two workers is
 * plain data, so that a run calculated in slices, with a crash in between, has the lines and the digest of one that was
 * calculated in one go.
 *
 * digest = SHA-256 of the canonical JSON of {chain, totals, notes}. The chain begins as the digest of {run, employer,
 * rulesVersion, leftOut}; each worker makes it SHA-256(chain ‖ "\n" ‖ worker's id ‖ "\n" ‖ digest of the worker's inputs
 * ‖ "\n" ‖ digest of {lines, withoutTerms}), lines as they are kept: numbered, `why` the canonical JSON of their facts.
 */
import { canonicalJson, digestOf, sha256 } from '../kernel/digest.ts';
import { add, type Minor, subtract, sum, zero } from '../kernel/money.ts';
import {
  calculateWorker,
  type DraftLine,
  type PayProblem,
  type RunHead,
  type RunLine,
  type RunRules,
  type WithoutTerms,
  type WorkerFacts,
  type WorkerPay,
} from './calculate.ts';

export interface RunTotals {
  readonly workers: number;
  /** Income. net = gross − withheld − deducted + reimbursed. */
  readonly grossMinor: Minor;
  readonly withheldMinor: Minor;
  /** Deductions, and advances taken back. */
  readonly deductedMinor: Minor;
  readonly reimbursedMinor: Minor;
  readonly netMinor: Minor;
}
/** Said on the run's page and in its files. */
export type RunNote = 'nothing-withheld-unconfigured';
/** Hours that wait for another run, because somebody said so. */
export interface LeftOut {
  readonly engagementId: string;
  readonly reason: string;
}
export interface RunFold {
  readonly chain: string;
  /** Lines so far: the next one has the number after it. */
  readonly lines: number;
  readonly totals: RunTotals;
  readonly notes: readonly RunNote[];
}
/** A line as it is kept and digested: its facts as canonical JSON. */
export type KeptLine = Omit<RunLine, 'facts'> & { readonly why: string };
/** A worker with numbered lines, and the run up to and with them. */
export interface Folded {
  readonly fold: RunFold;
  readonly lines: readonly KeptLine[];
}

export function beginFold(run: RunHead, rules: RunRules, leftOut: readonly LeftOut[]): RunFold {
  return {
    chain: digestOf({ run, ...rules, leftOut: leftOut.length > 0 ? leftOut : undefined }),
    lines: 0,
    totals: {
      workers: 0,
      grossMinor: zero,
      withheldMinor: zero,
      deductedMinor: zero,
      reimbursedMinor: zero,
      netMinor: zero,
    },
    notes: [],
  };
}

/** Workers must come in the order of their ids, each once. One with nothing to pay still leaves a trace: the run looked. */
export function addToFold(fold: RunFold, pay: WorkerPay): Folded {
  const { workerId } = pay;
  const lines = pay.lines.map(
    ({ facts, ...line }, index): KeptLine => ({
      line: fold.lines + index + 1,
      workerId,
      ...line,
      why: canonicalJson(facts),
    }),
  );
  return { lines, fold: addKept(fold, { ...pay, lines }) };
}

/** The same of lines that are kept already: whoever has the rows folds them to the digest that was approved. */
export function addKept(
  fold: RunFold,
  {
    workerId,
    inputs,
    lines,
    withoutTerms,
  }: Omit<WorkerPay, 'lines' | 'sites' | 'problems'> & { readonly lines: readonly KeptLine[] },
): RunFold {
  const mine = totalsOf(lines);
  return {
    chain: sha256([fold.chain, workerId, inputs, digestOf({ lines, withoutTerms })].join('\n')),
    lines: fold.lines + lines.length,
    totals: {
      workers: fold.totals.workers + mine.workers,
      grossMinor: add(fold.totals.grossMinor, mine.grossMinor),
      withheldMinor: add(fold.totals.withheldMinor, mine.withheldMinor),
      deductedMinor: add(fold.totals.deductedMinor, mine.deductedMinor),
      reimbursedMinor: add(fold.totals.reimbursedMinor, mine.reimbursedMinor),
      netMinor: add(fold.totals.netMinor, mine.netMinor),
    },
    notes: isUnruled(lines) ? ['nothing-withheld-unconfigured'] : fold.notes,
  };
}

export function digestOfFold({ chain, totals, notes }: RunFold): string {
  return digestOf({ chain, totals, notes });
}

/** The same of all lines of a run. */
export function notesOf(lines: readonly Pick<RunLine, 'kind' | 'workerId'>[]): RunNote[] {
  const ruled = new Set(lines.filter(({ kind }) => kind === 'withholding').map(({ workerId }) => workerId));
  const isIncome = ({ kind }: Pick<RunLine, 'kind'>) => incomeKinds.includes(kind);
  return lines.some((line) => isIncome(line) && !ruled.has(line.workerId))
    ? ['nothing-withheld-unconfigured']
    : [];
}

/** What a run's page adds up: nothing of it is approved by itself, all of it follows from the lines. */
export interface RunSummary {
  readonly bySite: Readonly<Record<string, SummarySum>>;
  readonly byCode: Readonly<Record<string, SummarySum>>;
}
export interface SummarySum {
  readonly seconds: number;
  readonly amountMinor: Minor;
}
export const emptySummary: RunSummary = { bySite: {}, byCode: {} };

export function addToSummary({ bySite, byCode }: RunSummary, { sites, lines }: WorkerPay): RunSummary {
  const next = { bySite: { ...bySite }, byCode: { ...byCode } };
  for (const { siteId, ...one } of sites) next.bySite[siteId] = plus(next.bySite[siteId], one);
  for (const { code, seconds, amountMinor } of lines)
    next.byCode[code] = plus(next.byCode[code], { seconds: seconds ?? 0, amountMinor });
  return next;
}

const plus = (known: SummarySum | undefined, one: SummarySum): SummarySum => ({
  seconds: (known?.seconds ?? 0) + one.seconds,
  amountMinor: add(known?.amountMinor ?? zero, one.amountMinor),
});

/** Somebody earned, and no rule said what to withhold: a rule that withholds nothing leaves a line that says so. */
function isUnruled(lines: readonly Pick<DraftLine, 'kind'>[]): boolean {
  return (
    lines.some(({ kind }) => incomeKinds.includes(kind)) && !lines.some(({ kind }) => kind === 'withholding')
  );
}

/** Of the lines of one worker, or of several. */
export function totalsOf(lines: readonly Pick<RunLine, 'workerId' | 'kind' | 'amountMinor'>[]): RunTotals {
  const of = (...kinds: readonly RunLine['kind'][]) =>
    sum(lines.filter(({ kind }) => kinds.includes(kind)).map(({ amountMinor }) => amountMinor));
  return {
    workers: new Set(lines.map(({ workerId }) => workerId)).size,
    grossMinor: of(...incomeKinds),
    withheldMinor: subtract(zero, of('withholding')),
    deductedMinor: subtract(zero, of('deduction', 'advance')),
    reimbursedMinor: of('reimbursement'),
    netMinor: sum(lines.map((line) => line.amountMinor)),
  };
}

/** What tax looks at. */
export const incomeKinds: readonly RunLine['kind'][] = ['earning', 'allowance', 'top-up', 'correction'];

export interface RunInputs extends RunRules {
  readonly run: RunHead;
  readonly leftOut: readonly LeftOut[];
  /** In the order of their ids. */
  readonly workers: Iterable<WorkerFacts>;
}
export interface CalculatedRun {
  readonly totals: RunTotals;
  readonly notes: readonly RunNote[];
  readonly digest: string;
  readonly lines: readonly RunLine[];
  readonly withoutTerms: readonly (WithoutTerms & { readonly workerId: string })[];
  readonly problems: readonly (PayProblem & { readonly workerId: string })[];
}

/** In one go, with all its lines in memory. */
export function calculateRun({ run, leftOut, workers, ...rules }: RunInputs): CalculatedRun {
  let fold = beginFold(run, rules, leftOut);
  const lines: RunLine[] = [];
  const withoutTerms: CalculatedRun['withoutTerms'][number][] = [];
  const problems: CalculatedRun['problems'][number][] = [];
  for (const facts of workers) {
    const { workerId } = facts;
    const pay = calculateWorker(run, rules, facts);
    lines.push(...pay.lines.map((draft, index) => ({ line: fold.lines + index + 1, workerId, ...draft })));
    withoutTerms.push(...pay.withoutTerms.map((one) => ({ workerId, ...one })));
    problems.push(...(pay.problems ?? []).map((one) => ({ workerId, ...one })));
    fold = addToFold(fold, pay).fold;
  }
  return {
    totals: fold.totals,
    notes: fold.notes,
    digest: digestOfFold(fold),
    lines,
    withoutTerms,
    problems,
  };
}
