/** Pay runs: opened over a period, calculated as often as needed, approved once by a second member, and then never changed. */
import { and, asc, desc, eq, gte, inArray, isNull, lte, sql } from 'drizzle-orm';
import {
  engagements,
  payRunApprovals,
  payRunCalculations,
  payRunLines,
  payRunPayments,
  payRuns,
  timesheetApprovals,
  timesheetReopenings,
} from '../../db/cell.ts';
import { employerOf, needsSecondApprover } from '../employer/employer.ts';
import { sameDecision, sameOr } from '../employer/repeat.ts';
import { standingOf } from '../employer/standing.ts';
import { engagementOf, payTermsOf } from '../engagement/engagement.ts';
import type { Entry } from '../hours/entries.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { canonicalJson } from '../kernel/digest.ts';
import { minor, zero } from '../kernel/money.ts';
import { refuse } from '../kernel/refusal.ts';
import {
  addDays,
  type CivilDate,
  civilDateAt,
  type Instant,
  type PayPeriodKind,
  payPeriodOf,
} from '../kernel/time.ts';
import { type Db, insertAll, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { lockTimesheets } from '../timesheet/timesheet-decision.ts';
import {
  type CalculatedRun,
  calculateRun,
  digestOfRun,
  type LeftOut,
  type LineFacts,
  notesOf,
  type PaidLine,
  type PastLine,
  type RunInputs,
  type RunLine,
  type SheetInput,
  totalsOf,
} from './calculate.ts';
import { blockersOf } from './checks.ts';
import { secondsByDay } from './gross.ts';

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

/** Everything a calculation depends on, as it is now. */
export function inputsOf(db: Db, run: PayRun, leftOut: readonly LeftOut[]): RunInputs {
  const { country, payerKind, currency } = employerOf(db);
  const { id, payPeriod, startsOn, endsOn, paysOn } = run;
  return {
    run: { id, payPeriod, startsOn, endsOn, paysOn },
    employer: { country, payerKind, currency },
    sheets: sheetsOf(db, run),
    past: pastOf(db, paysOn),
    leftOut,
  };
}

/** Approvals in force up to the run's period, with what approved runs have paid for them. Earlier ones matter when they were late or changed. */
function sheetsOf(db: Db, run: PayRun): SheetInput[] {
  const paid = paidLines(db);
  return db
    .select({ approval: timesheetApprovals, engagement: engagements })
    .from(timesheetApprovals)
    .innerJoin(engagements, eq(engagements.id, timesheetApprovals.engagementId))
    .leftJoin(timesheetReopenings, eq(timesheetReopenings.id, timesheetApprovals.id))
    .where(
      and(
        eq(engagements.payPeriod, run.payPeriod),
        lte(timesheetApprovals.endsOn, run.endsOn),
        isNull(timesheetReopenings.id),
      ),
    )
    .orderBy(asc(engagements.workerId), asc(engagements.id), asc(timesheetApprovals.startsOn))
    .all()
    .map(({ approval, engagement }) => ({
      approvalId: approval.id,
      approvalDigest: approval.digest,
      engagementId: engagement.id,
      workerId: engagement.workerId,
      project: engagement.project,
      relationship: engagement.relationship,
      engagedSince: engagement.startsOn,
      startsOn: approval.startsOn,
      endsOn: approval.endsOn,
      days: secondsByDay(JSON.parse(approval.entries) as Entry[]),
      terms: payTermsOf(db, engagement.id).map(({ id, effectiveOn, hourlyRateMinor }) => ({
        id,
        effectiveOn,
        hourlyRateMinor,
      })),
      paid: paid.get(`${engagement.id} ${approval.startsOn}`) ?? [],
    }));
}

/** What approved runs paid, by engagement and the period's first day: the fact that nothing is paid twice rests on. */
function paidLines(db: Db): Map<string, PaidLine[]> {
  const found = db
    .select({ line: payRunLines, runId: payRunApprovals.id, startsOn: timesheetApprovals.startsOn })
    .from(payRunLines)
    .innerJoin(payRunApprovals, eq(payRunApprovals.calculationId, payRunLines.calculationId))
    .innerJoin(timesheetApprovals, eq(timesheetApprovals.id, payRunLines.approvalId))
    .orderBy(asc(payRunApprovals.at), asc(payRunApprovals.id), asc(payRunLines.line))
    .all();
  const paid = new Map<string, PaidLine[]>();
  for (const { line, runId, startsOn } of found) {
    const key = `${line.engagementId} ${startsOn}`;
    const known = paid.get(key) ?? [];
    known.push({ runId, line: line.line, amountMinor: line.amountMinor });
    paid.set(key, known);
  }
  return paid;
}

/** Payments of approved runs in the year of payment, engagement by engagement, for withholding. */
function pastOf(db: Db, paysOn: CivilDate): PastLine[] {
  const year = paysOn.slice(0, 4);
  return db
    .select({ line: payRunLines, run: payRuns, engagement: engagements })
    .from(payRunLines)
    .innerJoin(payRunApprovals, eq(payRunApprovals.calculationId, payRunLines.calculationId))
    .innerJoin(payRuns, eq(payRuns.id, payRunApprovals.id))
    .innerJoin(engagements, eq(engagements.id, payRunLines.engagementId))
    .where(
      and(
        gte(payRuns.paysOn, `${year}-01-01` as CivilDate),
        lte(payRuns.paysOn, `${year}-12-31` as CivilDate),
      ),
    )
    .orderBy(asc(payRuns.paysOn), asc(payRuns.id), asc(payRunLines.line))
    .all()
    .map(({ line, run, engagement }) => {
      const withheld = line.kind === 'withholding';
      return {
        runId: run.id,
        paysOn: run.paysOn,
        workerId: line.workerId,
        project: engagement.project,
        relationship: engagement.relationship,
        grossMinor: withheld ? zero : line.amountMinor,
        withheldMinor: withheld ? minor(-line.amountMinor) : zero,
      };
    });
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
  const calculated = calculateRun(inputsOf(tx, run, asked));
  const { digest, rulesVersion, totals } = calculated;
  const row: Calculation = { ...ids, digest, rulesVersion, leftOut, ...totals, at, by: actorText(actor) };
  record(tx, 'pay-run-calculated', row, row.by, at);
  insertAll(
    tx,
    payRunLines,
    calculated.lines.map((line) => rowOf(input.id, line)),
  );
  return row;
}

function rowOf(calculationId: string, { facts, ...line }: RunLine): typeof payRunLines.$inferSelect {
  return { calculationId, ...line, why: canonicalJson(facts) };
}

export function linesOf(db: Db, calculationId: string): RunLine[] {
  return db
    .select()
    .from(payRunLines)
    .where(eq(payRunLines.calculationId, calculationId))
    .orderBy(asc(payRunLines.line))
    .all()
    .map(lineOf);
}

function lineOf({ calculationId: _, why, ...line }: typeof payRunLines.$inferSelect): RunLine {
  return { ...line, facts: JSON.parse(why) as LineFacts };
}

/** The lines that were approved; throws when the stored lines are no longer those, so that no file is made of others. */
export function approvedLines(db: Db, { run, calculation, approval }: RunView): RunLine[] {
  if (!calculation || !approval) refuse('run-not-approved');
  const lines = linesOf(db, calculation.id);
  const { country, payerKind, currency } = employerOf(db);
  const { id, payPeriod, startsOn, endsOn, paysOn } = run;
  const { rulesVersion } = calculation;
  const leftOut = leftOutOf(calculation);
  const digest = digestOfRun(
    { id, payPeriod, startsOn, endsOn, paysOn },
    { country, payerKind, currency },
    // Work without terms stops an approval, so an approved run has none.
    { lines, totals: totalsOf(lines), withoutTerms: [], notes: notesOf(lines), leftOut, rulesVersion },
  );
  if (digest !== approval.digest) throw new Error(`the lines of run ${id} are not those that were approved`);
  return lines;
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
    for (const row of rows)
      found.set(row.calculationId, [...(found.get(row.calculationId) ?? []), lineOf(row)]);
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
  const inputs = inputsOf(tx, run, leftOutOf(calculation));
  const now = calculateRun(inputs);
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
  lockTimesheets(tx, heldApprovals(inputs), runId, by, at);
  return row;
}

/** Hours that come to nothing to pay are held, too: the run has looked at them. */
function heldApprovals({ sheets, leftOut = [] }: RunInputs): string[] {
  const waits = new Set(leftOut.map(({ engagementId }) => engagementId));
  return sheets.filter(({ engagementId }) => !waits.has(engagementId)).map(({ approvalId }) => approvalId);
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
