/** Pay runs: opened over a period, calculated as often as needed, approved once by a second member, and then never changed. */
import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import {
  engagements,
  payRunApprovals,
  payRunCalculations,
  payRunLines,
  payRunPayments,
  payRuns,
  payRunWorkers,
} from '../../db/cell.ts';
import { employerOf, needsSecondApprover } from '../employer/employer.ts';
import { sameDecision, sameOr } from '../employer/repeat.ts';
import { standingOf } from '../employer/standing.ts';
import { engagementOf } from '../engagement/engagement.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { canonicalJson } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import {
  addDays,
  type CivilDate,
  civilDateAt,
  type Instant,
  type PayPeriodKind,
  payPeriodOf,
} from '../kernel/time.ts';
import { asNow } from '../store/as-of.ts';
import { type Db, insertAll, type Tx } from '../store/commit.ts';
import { journalHead, record } from '../store/journal.ts';
import { lockTimesheets } from '../timesheet/timesheet-decision.ts';
import {
  calculateWorker,
  type LineFacts,
  type RunHead,
  type RunLine,
  type WorkerFacts,
  type WorkerPay,
} from './calculate.ts';
import { blockersOf } from './checks.ts';
import { allFacts, rulesOf } from './run-facts.ts';
import {
  addKept,
  addToFold,
  beginFold,
  type CalculatedRun,
  calculateRun,
  digestOfFold,
  type KeptLine,
  type LeftOut,
  type RunFold,
  type RunInputs,
  totalsOf,
} from './run-fold.ts';

export type PayRun = typeof payRuns.$inferSelect;
export type Calculation = typeof payRunCalculations.$inferSelect;
export type RunApproval = typeof payRunApprovals.$inferSelect;
export interface RunView {
  readonly run: PayRun;
  /** The last one; what was approved, once approved. */
  readonly calculation?: Calculation;
  readonly approval?: RunApproval;
  readonly payment?: RunPayment;
}
export interface RunInput {
  readonly id: string;
  readonly payPeriod: PayPeriodKind;
  readonly startsOn: CivilDate;
  readonly endsOn: CivilDate;
  readonly paysOn: CivilDate;
  readonly note: string;
}

/** The dates must be those of one pay period; payment lies not before its start. */
export function openRun(tx: Tx, actor: Actor, input: RunInput, at: Instant): PayRun {
  const row: PayRun = { ...input, at, by: actorText(actor) };
  const known = tx.select().from(payRuns).where(eq(payRuns.id, input.id)).get();
  if (known) return sameOr(known, row);
  const period = payPeriodOf(input.payPeriod, input.startsOn);
  for (const end of ['startsOn', 'endsOn'] as const)
    if (period[end] !== input[end]) refuse('period-invalid', { ...period }, [pointerTo(end, '')]);
  if (input.paysOn < input.startsOn) refuse('dates-reversed', {}, [pointerTo('paysOn', '')]);
  record(tx, 'pay-run-opened', row, row.by, at);
  return row;
}

const pointerTo = (field: string, detail: string) => ({ pointer: `/${field}`, detail });

export function runOf(db: Db, id: string): PayRun {
  return db.select().from(payRuns).where(eq(payRuns.id, id)).get() ?? refuse('not-found');
}

export function runView(db: Db, id: string): RunView {
  const run = runOf(db, id);
  const approval = approvalOfRun(db, id);
  const calculation = approval ? calculationOf(db, approval.calculationId) : lastCalculation(db, id);
  const payment = approval && paymentOf(db, id);
  return {
    run,
    ...(calculation ? { calculation } : {}),
    ...(approval ? { approval } : {}),
    ...(payment ? { payment } : {}),
  };
}

/** Newest period first. */
export function runsOf(db: Db): RunView[] {
  const ids = db
    .select({ id: payRuns.id })
    .from(payRuns)
    .orderBy(desc(payRuns.startsOn), desc(payRuns.at))
    .all();
  return ids.map(({ id }) => runView(db, id));
}

export function approvalOfRun(db: Db, runId: string): RunApproval | undefined {
  return db.select().from(payRunApprovals).where(eq(payRunApprovals.id, runId)).get();
}

function calculationOf(db: Db, id: string): Calculation | undefined {
  return db.select().from(payRunCalculations).where(eq(payRunCalculations.id, id)).get();
}

function lastCalculation(db: Db, runId: string): Calculation | undefined {
  return db
    .select()
    .from(payRunCalculations)
    .where(eq(payRunCalculations.runId, runId))
    .orderBy(desc(payRunCalculations.at), desc(sql`rowid`))
    .get();
}

/** Whose hours a calculation leaves for another run, and why. */
export function leftOutOf(calculation: Pick<Calculation, 'leftOut'> | undefined): LeftOut[] {
  return JSON.parse(calculation?.leftOut ?? '[]') as LeftOut[];
}

/** Everything a calculation depends on, as of some time; workers are read while they are calculated. */
export function inputsOf(db: Db, run: PayRun, leftOut: readonly LeftOut[], then = asNow): RunInputs {
  const head = headOf(run);
  return { run: head, ...rulesOf(db), leftOut, workers: allFacts(db, { run: head, leftOut, then }) };
}

export function headOf({ id, payPeriod, startsOn, endsOn, paysOn }: PayRun): RunHead {
  return { id, payPeriod, startsOn, endsOn, paysOn };
}

/**
 * Once more from the facts as they are now; the last calculation is the one that can be approved. Whom it leaves out,
 * with a reason that they read, is not paid by this run: their hours are in the next one, as they were never paid.
 */
export function calculate(
  tx: Tx,
  actor: Actor,
  input: { id: string; runId: string; leftOut: readonly LeftOut[] },
  at: Instant,
): Calculation {
  const run = runOf(tx, input.runId);
  const { leftOut: asked, ...ids } = input;
  const leftOut = asked.length > 0 ? canonicalJson(asked) : null;
  const known = calculationOf(tx, input.id);
  if (known) return known.runId === run.id && known.leftOut === leftOut ? known : refuse('id-reused');
  if (approvalOfRun(tx, run.id)) refuse('run-approved');
  for (const [index, { engagementId }] of asked.entries())
    if (engagementOf(tx, engagementId)?.payPeriod !== run.payPeriod)
      refuse('not-found', {}, [pointerTo(`leftOut/${index}/engagementId`, '')]);
  const asOf = journalHead(tx).seq;
  const { fold } = keepCalculation(tx, input.id, inputsOf(tx, run, asked));
  const { totals } = fold;
  const { rulesVersion } = rulesOf(tx);
  const digest = digestOfFold(fold);
  const row: Calculation = {
    ...ids,
    digest,
    rulesVersion,
    leftOut,
    asOf,
    ...totals,
    at,
    by: actorText(actor),
  };
  record(tx, 'pay-run-calculated', row, row.by, at);
  return row;
}

/** Writes each worker's part as it is calculated. */
function keepCalculation(tx: Tx, calculationId: string, inputs: RunInputs): { fold: RunFold } {
  const { run, employer, rulesVersion, leftOut, workers } = inputs;
  const rules = { employer, rulesVersion };
  let fold = beginFold(run, rules, leftOut);
  for (const facts of workers) {
    const pay = calculateWorker(run, rules, facts);
    const added = addToFold(fold, pay);
    fold = added.fold;
    insertAll(
      tx,
      payRunLines,
      added.lines.map((line) => ({ calculationId, ...line })),
    );
    insertAll(tx, payRunWorkers, [workerRow(calculationId, pay)]);
  }
  return { fold };
}

function workerRow(calculationId: string, { workerId, inputs, lines, withoutTerms }: WorkerPay) {
  const { grossMinor, withheldMinor, netMinor } = totalsOf(lines.map((line) => ({ workerId, ...line })));
  return {
    calculationId,
    workerId,
    inputs,
    seconds: lines.reduce((total, line) => total + (line.seconds ?? 0), 0),
    grossMinor,
    withheldMinor,
    netMinor,
    withoutTerms: withoutTerms.length > 0 ? canonicalJson(withoutTerms) : null,
  };
}

export function linesOf(db: Db, calculationId: string): RunLine[] {
  return keptLines(db, calculationId).map(lineOf);
}

function keptLines(db: Db, calculationId: string): KeptLine[] {
  return db
    .select()
    .from(payRunLines)
    .where(eq(payRunLines.calculationId, calculationId))
    .orderBy(asc(payRunLines.line))
    .all()
    .map(({ calculationId: _, ...line }) => line);
}

export function lineOf({ why, ...line }: KeptLine): RunLine {
  return { ...line, facts: JSON.parse(why) as LineFacts };
}

/** The lines that were approved; throws when what is kept is no longer that, so that no file is made of anything else. */
export function approvedLines(db: Db, { run, calculation, approval }: RunView): RunLine[] {
  if (!calculation || !approval) refuse('run-not-approved');
  const lines = keptLines(db, calculation.id);
  const { employer } = rulesOf(db);
  const { rulesVersion } = calculation;
  const workers = db
    .select()
    .from(payRunWorkers)
    .where(eq(payRunWorkers.calculationId, calculation.id))
    .orderBy(asc(payRunWorkers.workerId))
    .all();
  const byWorker = byWorkerOf(lines);
  let fold = beginFold(headOf(run), { employer, rulesVersion }, leftOutOf(calculation));
  // Work without terms stops an approval, so an approved run has none.
  for (const { workerId, inputs } of workers)
    fold = addKept(fold, { workerId, inputs, lines: byWorker.get(workerId) ?? [], withoutTerms: [] });
  if (digestOfFold(fold) !== approval.digest)
    throw new Error(`the lines of run ${run.id} are not those that were approved`);
  return lines.map(lineOf);
}

/** Lines of one worker in several calculations at once. */
export function linesOfWorker(
  db: Db,
  calculationIds: readonly string[],
  workerId: string,
): Map<string, RunLine[]> {
  const found = new Map<string, RunLine[]>();
  for (let start = 0; start < calculationIds.length; start += 90) {
    const rows = db
      .select()
      .from(payRunLines)
      .where(
        and(
          inArray(payRunLines.calculationId, calculationIds.slice(start, start + 90)),
          eq(payRunLines.workerId, workerId),
        ),
      )
      .orderBy(asc(payRunLines.line))
      .all();
    for (const { calculationId, ...row } of rows)
      found.set(calculationId, [...(found.get(calculationId) ?? []), lineOf(row)]);
  }
  return found;
}

export interface ApprovalInput {
  readonly runId: string;
  readonly calculationId: string;
  readonly digest: string;
}

/**
 * Approves what the approver looked at: the last calculation, by its digest, if the facts still give the same one.
 * By somebody who neither opened nor calculated the run and is not paid by it, unless the employer's setting lets one
 * person do all; then the run and its files say so. Refuses, by name, while somebody who is owed money has no account or a day no rate.
 */
export function approveRun(tx: Tx, actor: Actor, input: ApprovalInput, at: Instant): RunApproval {
  const run = runOf(tx, input.runId);
  const { runId, ...what } = input;
  const known = approvalOfRun(tx, runId);
  const by = actorText(actor);
  if (known)
    return known.calculationId === what.calculationId && known.digest === what.digest && known.by === by
      ? known
      : refuse('run-approved');
  const calculation = lastCalculation(tx, runId);
  if (!calculation) refuse('run-changed');
  const held: string[] = [];
  const inputs = inputsOf(tx, run, leftOutOf(calculation));
  const now = calculateRun({ ...inputs, workers: noting(inputs.workers, held) });
  const same = calculation.id === what.calculationId && calculation.digest === what.digest;
  if (!same || now.digest !== what.digest) refuse('run-changed');
  refuseWhatBlocks(tx, now);
  const isOther = by !== run.by && by !== calculation.by;
  const isPaid = isPaidBy(tx, now, actor);
  if (needsSecondApprover(tx)) {
    if (isPaid) refuse('own-pay');
    if (!isOther) refuse('second-approver-needed');
  }
  const fourEyes = isOther && !isPaid;
  const row: RunApproval = { id: runId, ...what, fourEyes, at, by };
  record(tx, 'pay-run-approved', row, by, at);
  lockTimesheets(tx, held, runId, by, at);
  return row;
}

/** Hours that come to nothing to pay are held, too: the run has looked at them. */
function* noting(workers: Iterable<WorkerFacts>, held: string[]): Iterable<WorkerFacts> {
  for (const facts of workers) {
    held.push(...facts.sheets.map(({ approvalId }) => approvalId));
    yield facts;
  }
}

export type RunPayment = typeof payRunPayments.$inferSelect;

/** HR says that the bank has paid. Once, of an approved run, not ahead of the day. */
export function recordPayment(
  tx: Tx,
  actor: Actor,
  input: { readonly id: string; readonly paidOn: CivilDate },
  at: Instant,
): RunPayment {
  const run = runOf(tx, input.id);
  const row: RunPayment = { ...input, at, by: actorText(actor) };
  const known = paymentOf(tx, run.id);
  if (known) return sameDecision(known, row);
  if (!approvalOfRun(tx, run.id)) refuse('run-not-approved');
  if (input.paidOn > civilDateAt(at, employerOf(tx).zone))
    refuse('payment-in-future', {}, [pointerTo('paidOn', '')]);
  record(tx, 'pay-run-paid', row, row.by, at);
  return row;
}

export function paymentOf(db: Db, runId: string): RunPayment | undefined {
  return db.select().from(payRunPayments).where(eq(payRunPayments.id, runId)).get();
}

function isPaidBy(db: Db, { lines }: CalculatedRun, actor: Actor): boolean {
  const { workerId } = standingOf(db, actor);
  return workerId !== undefined && lines.some((line) => line.workerId === workerId);
}

function refuseWhatBlocks(db: Db, now: CalculatedRun): void {
  if (now.lines.length === 0) refuse('run-empty');
  const blockers = blockersOf(db, now);
  const names = (kind: string) =>
    [...new Set(blockers.filter((check) => check.kind === kind).map((check) => check.workerName))].join(', ');
  const withoutTerms = names('pay-terms-missing');
  if (withoutTerms) refuse('pay-terms-missing', { names: withoutTerms });
  const withoutAccount = names('account-missing');
  if (withoutAccount) refuse('account-missing', { names: withoutAccount });
}

/** The last period of a kind that is over on a day, for opening the next run. */
export function lastClosedPeriod(kind: PayPeriodKind, today: CivilDate) {
  return payPeriodOf(kind, addDays(payPeriodOf(kind, today).startsOn, -1));
}

/** Which pay periods anybody here is engaged by. */
export function payPeriodsInUse(db: Db): PayPeriodKind[] {
  return db
    .selectDistinct({ payPeriod: engagements.payPeriod })
    .from(engagements)
    .orderBy(asc(engagements.payPeriod))
    .all()
    .map(({ payPeriod }) => payPeriod);
}

function byWorkerOf(lines: readonly KeptLine[]): Map<string, KeptLine[]> {
  const found = new Map<string, KeptLine[]>();
  for (const line of lines) {
    const mine = found.get(line.workerId);
    if (mine) mine.push(line);
    else found.set(line.workerId, [line]);
  }
  return found;
}
