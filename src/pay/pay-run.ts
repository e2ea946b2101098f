/** Pay runs: opened over a period, calculated as often as needed, approved once by a second member, and then never changed. */
import { and, asc, desc, eq, gt, inArray, lt, lte, sql } from 'drizzle-orm';
import {
  engagements,
  payRunApprovals,
  payRunCalculations,
  payRunLines,
  payRunPayments,
  payRuns,
  payRunWorkers,
} from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { sameDecision, sameOr } from '../employer/repeat.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { refuse } from '../kernel/refusal.ts';
import {
  addDays,
  type CivilDate,
  civilDateAt,
  type Instant,
  type PayPeriodKind,
  payPeriodOf,
} from '../kernel/time.ts';
import { asOf } from '../store/as-of.ts';
import type { Db, Tx } from '../store/commit.ts';
import { entriesOf, record } from '../store/journal.ts';
import { letOthersIn } from '../store/turns.ts';
import type { LineFacts, RunHead, RunLine } from './calculate.ts';
import { type RunScope, rulesOf } from './run-facts.ts';
import { addKept, beginFold, digestOfFold, type KeptLine, type LeftOut } from './run-fold.ts';

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

export function hasRun(db: Db, id: string): boolean {
  return db.select().from(payRuns).where(eq(payRuns.id, id)).get() !== undefined;
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

export function calculationOf(db: Db, id: string): Calculation | undefined {
  return db.select().from(payRunCalculations).where(eq(payRunCalculations.id, id)).get();
}

export function lastCalculation(db: Db, runId: string): Calculation | undefined {
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

export function headOf({ id, payPeriod, startsOn, endsOn, paysOn }: PayRun): RunHead {
  return { id, payPeriod, startsOn, endsOn, paysOn };
}

export function linesOf(db: Db, calculationId: string): RunLine[] {
  return db
    .select()
    .from(payRunLines)
    .where(eq(payRunLines.calculationId, calculationId))
    .orderBy(asc(payRunLines.line))
    .all()
    .map(({ calculationId: _, ...line }) => lineOf(line));
}

export function lineOf({ why, ...line }: KeptLine): RunLine {
  return { ...line, facts: JSON.parse(why) as LineFacts };
}

/** What a calculation read: as of its beginning, whenever it is asked. */
export function scopeOf(db: Db, start: Pick<Calculation, 'id' | 'runId' | 'leftOut'>): RunScope {
  const begun = entriesOf(db, start.id).find(({ kind }) => kind === 'pay-run-calculation-begun');
  if (!begun) throw new Error(`calculation ${start.id} is not in the journal`);
  return { run: headOf(runOf(db, start.runId)), leftOut: leftOutOf(start), when: asOf(db, begun.seq) };
}

const workersPerTurn = 300;

/** Throws when what is kept is no longer what was approved, so that no file is made of anything else. Lets others work in between. */
export async function checkApproved(db: Db, { run, calculation, approval }: RunView): Promise<void> {
  if (!calculation || !approval) refuse('run-not-approved');
  const { rulesVersion } = calculation;
  const rules = rulesOf(db, scopeOf(db, calculation).when);
  let fold = beginFold(headOf(run), { ...rules, rulesVersion }, leftOutOf(calculation));
  for (let after = ''; ; ) {
    const slice = keptWorkers(db, calculation.id, after);
    // Work without terms stops an approval, so an approved run has none.
    for (const one of slice) fold = addKept(fold, { ...one, withoutTerms: [] });
    after = slice.at(-1)?.workerId ?? after;
    if (slice.length < workersPerTurn) break;
    await letOthersIn();
  }
  if (digestOfFold(fold) !== approval.digest)
    throw new Error(`the lines of run ${run.id} are not those that were approved`);
}

function keptWorkers(db: Db, calculationId: string, after: string) {
  const rows = db
    .select({ workerId: payRunWorkers.workerId, inputs: payRunWorkers.inputs })
    .from(payRunWorkers)
    .where(and(eq(payRunWorkers.calculationId, calculationId), gt(payRunWorkers.workerId, after)))
    .orderBy(asc(payRunWorkers.workerId))
    .limit(workersPerTurn)
    .all();
  const lines = db
    .select()
    .from(payRunLines)
    .where(
      and(
        eq(payRunLines.calculationId, calculationId),
        gt(payRunLines.workerId, after),
        lte(payRunLines.workerId, rows.at(-1)?.workerId ?? after),
      ),
    )
    .orderBy(asc(payRunLines.line))
    .all()
    .map(({ calculationId: _, ...line }) => line);
  const byWorker = byWorkerOf(lines);
  return rows.map((row) => ({ ...row, lines: byWorker.get(row.workerId) ?? [] }));
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

/** The last approved run before this one, of the same pay period: what this one is compared with. */
export function runBefore(
  db: Db,
  { payPeriod, startsOn }: Pick<PayRun, 'payPeriod' | 'startsOn'>,
): RunApproval | undefined {
  return db
    .select({ approval: payRunApprovals })
    .from(payRunApprovals)
    .innerJoin(payRuns, eq(payRuns.id, payRunApprovals.id))
    .where(and(eq(payRuns.payPeriod, payPeriod), lt(payRuns.startsOn, startsOn)))
    .orderBy(desc(payRuns.startsOn), sql`${payRunApprovals}.rowid`)
    .limit(1)
    .get()?.approval;
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
