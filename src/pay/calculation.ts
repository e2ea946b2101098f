/**
 * A run's calculation, kept as it is made: begun once, carried on in slices of a few workers a commit, finished by a row
 * with totals and digest. It reads what the journal knew when it began, so that slices an hour or a crash apart add up
 * to one calculation.
 */
import { and, desc, eq, gte, inArray, isNull, lte, sql } from 'drizzle-orm';
import {
  engagements,
  payRunApprovals,
  payRunCalculationStarts,
  payRunCalculations,
  payRunLines,
  payRunSteps,
  payRunWorkers,
  timesheetApprovals,
} from '../../db/cell.ts';
import { engagementOf } from '../engagement/engagement.ts';
import type { CellContext } from '../http/env.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { canonicalJson } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import { type Db, insertAll, newestFirst, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { calculateWorker, type WorkerFacts, type WorkerPay } from './calculate.ts';
import { approvalOfRun, type Calculation, calculationOf, runBefore, runOf, scopeOf } from './pay-run.ts';
import { factsAfter, type RunScope, rulesOf } from './run-facts.ts';
import {
  addToFold,
  addToSummary,
  beginFold,
  digestOfFold,
  emptySummary,
  type Folded,
  type LeftOut,
  type RunFold,
  type RunSummary,
  totalsOf,
} from './run-fold.ts';
import { checksOfWorker, type FoundCheck, type PaidBefore } from './worker-checks.ts';

export type CalculationStart = typeof payRunCalculationStarts.$inferSelect;

/** A step takes a few dozen milliseconds, so that a punch never waits long. */
const workersPerStep = 40;
/** Then whatever else is due gets its turn. */
const stepsPerTurn = 25;
/** Up to so many workers somebody waits for the answer. */
const workersAtOnce = 80;

/**
 * Once more from the facts as they are now; the last calculation is the one that can be approved. Whom it leaves out,
 * with a reason that they read, is not paid by this run: their hours are in the next one, as they were never paid. A
 * small run is calculated when this returns; a large one is carried on by `calculationsDue`. The same id is the same.
 */
export function calculate(
  tx: Tx,
  actor: Actor,
  input: { id: string; runId: string; leftOut: readonly LeftOut[] },
  at: Instant,
): Calculation | undefined {
  const run = runOf(tx, input.runId);
  const { leftOut: asked, ...ids } = input;
  const leftOut = asked.length > 0 ? canonicalJson(asked) : null;
  const known = startOf(tx, input.id);
  if (known)
    return known.runId === run.id && known.leftOut === leftOut
      ? calculationOf(tx, known.id)
      : refuse('id-reused');
  if (approvalOfRun(tx, run.id)) refuse('run-approved');
  for (const [index, { engagementId }] of asked.entries())
    if (engagementOf(tx, engagementId)?.payPeriod !== run.payPeriod)
      refuse('not-found', {}, [{ pointer: `/leftOut/${index}/engagementId`, detail: '' }]);
  const start: CalculationStart = { ...ids, leftOut, at, by: actorText(actor) };
  record(tx, 'pay-run-calculation-begun', start, start.by, at);
  const steps = workersAtOnce / workersPerStep;
  for (let count = 0; count <= steps; count += 1) if (calculateStep(tx, start, at)) break;
  return calculationOf(tx, start.id);
}

function startOf(db: Db, id: string): CalculationStart | undefined {
  return db.select().from(payRunCalculationStarts).where(eq(payRunCalculationStarts.id, id)).get();
}

/** Carries on with calculations that are under way; wakes the cell again while one is not done. */
export async function calculationsDue(cell: CellContext, at: Instant): Promise<void> {
  for (const start of underWay(cell.store.db))
    if (!(await inSteps(cell, (tx) => calculateStep(tx, start, at)))) return cell.wake();
}

/** Whether it was done within one turn. */
export async function inSteps({ store }: CellContext, step: (tx: Tx) => boolean): Promise<boolean> {
  for (let count = 0; count < stepsPerTurn; count += 1) if (await store.commit(step)) return true;
  return false;
}

/** Of each run the last one that was begun, if it is not finished: nobody needs what an earlier one would say. */
function underWay(db: Db): CalculationStart[] {
  return db
    .select({ start: payRunCalculationStarts })
    .from(payRunCalculationStarts)
    .leftJoin(payRunCalculations, eq(payRunCalculations.id, payRunCalculationStarts.id))
    .leftJoin(payRunApprovals, eq(payRunApprovals.id, payRunCalculationStarts.runId))
    .where(
      and(
        isNull(payRunCalculations.id),
        isNull(payRunApprovals.id),
        sql`NOT EXISTS (SELECT 1 FROM ${payRunCalculationStarts} AS later WHERE later.run_id = ${payRunCalculationStarts.runId} AND later.rowid > ${payRunCalculationStarts}.rowid)`,
      ),
    )
    .all()
    .map(({ start }) => start);
}

/** Somebody is waiting for it: how far it has come. */
export interface CalculationProgress {
  readonly id: string;
  readonly workers: number;
  /** About so many will there be: one an approved timesheet of the period. */
  readonly of: number;
  readonly at: Instant;
  readonly by: string;
}

export function calculationUnderWay(db: Db, runId: string): CalculationProgress | undefined {
  const start = db
    .select()
    .from(payRunCalculationStarts)
    .where(eq(payRunCalculationStarts.runId, runId))
    .orderBy(newestFirst(payRunCalculationStarts))
    .limit(1)
    .get();
  if (!start || calculationOf(db, start.id)) return undefined;
  const { id, at, by } = start;
  const workers = lastStep(db, id)?.workers ?? 0;
  return { id, workers, of: Math.max(workers, approvalsIn(db, runId)), at, by };
}

function approvalsIn(db: Db, runId: string): number {
  const { startsOn, endsOn, payPeriod } = runOf(db, runId);
  return (
    db
      .select({ n: sql<number>`count(*)` })
      .from(timesheetApprovals)
      .innerJoin(
        engagements,
        and(eq(engagements.id, timesheetApprovals.engagementId), eq(engagements.payPeriod, payPeriod)),
      )
      .where(and(gte(timesheetApprovals.startsOn, startsOn), lte(timesheetApprovals.endsOn, endsOn)))
      .get()?.n ?? 0
  );
}

function lastStep(db: Db, calculationId: string) {
  return db
    .select()
    .from(payRunSteps)
    .where(eq(payRunSteps.calculationId, calculationId))
    .orderBy(desc(payRunSteps.step))
    .limit(1)
    .get();
}

/** What is known between two steps. */
interface Kept {
  readonly fold: RunFold;
  readonly summary: RunSummary;
}
interface Calculated {
  readonly pay: WorkerPay;
  readonly checks: readonly FoundCheck[];
}

/** The next workers. Answers whether they were the last; a step that was made already is not made again. */
function calculateStep(tx: Tx, start: CalculationStart, at: Instant): boolean {
  if (calculationOf(tx, start.id) || approvalOfRun(tx, start.runId)) return true;
  const last = lastStep(tx, start.id);
  const scope = scopeOf(tx, start);
  const rules = rulesOf(tx, scope.when);
  const facts = factsAfter(tx, scope, last?.upTo ?? '', workersPerStep);
  const before = paidBefore(tx, scope, facts);
  let { fold, summary } = last
    ? (JSON.parse(last.fold) as Kept)
    : { fold: beginFold(scope.run, rules, scope.leftOut), summary: emptySummary };
  const pays: Calculated[] = [];
  const lines: Folded['lines'][number][] = [];
  for (const one of facts) {
    const pay = calculateWorker(scope.run, rules, one);
    const added = addToFold(fold, pay);
    fold = added.fold;
    summary = addToSummary(summary, pay);
    pays.push({ pay, checks: checksOfWorker(one, pay, before.get(one.workerId)) });
    lines.push(...added.lines);
  }
  keepStep(tx, start.id, pays, lines);
  const done = facts.length < workersPerStep;
  if (done) finish(tx, start, { fold, summary }, rules.rulesVersion, at);
  else
    insertAll(tx, payRunSteps, [
      {
        calculationId: start.id,
        step: (last?.step ?? 0) + 1,
        upTo: facts.at(-1)?.workerId ?? '',
        workers: (last?.workers ?? 0) + facts.length,
        fold: JSON.stringify({ fold, summary }),
        at,
      },
    ]);
  return done;
}

function keepStep(tx: Tx, calculationId: string, pays: readonly Calculated[], lines: Folded['lines']): void {
  insertAll(
    tx,
    payRunLines,
    lines.map((line) => ({ calculationId, ...line })),
  );
  insertAll(
    tx,
    payRunWorkers,
    pays.map((one) => workerRow(calculationId, one)),
  );
}

function workerRow(calculationId: string, { pay, checks }: Calculated) {
  const { workerId, inputs, lines } = pay;
  const { grossMinor, withheldMinor, netMinor } = totalsOf(lines.map((line) => ({ workerId, ...line })));
  return {
    calculationId,
    workerId,
    inputs,
    lines: lines.length,
    seconds: lines.reduce((total, line) => total + (line.seconds ?? 0), 0),
    grossMinor,
    withheldMinor,
    netMinor,
    checks: checks.length > 0 ? canonicalJson(checks) : null,
  };
}

function finish(
  tx: Tx,
  start: CalculationStart,
  { fold, summary }: Kept,
  rulesVersion: string,
  at: Instant,
): void {
  const { id, runId, leftOut, by } = start;
  const notes = fold.notes.length > 0 ? canonicalJson(fold.notes) : null;
  const row: Calculation = {
    id,
    runId,
    leftOut,
    digest: digestOfFold(fold),
    rulesVersion,
    notes,
    summary: canonicalJson(summary),
    ...fold.totals,
    at,
    by,
  };
  record(tx, 'pay-run-calculated', row, by, at);
}

/** What the last approved run of the same pay period paid these workers. */
function paidBefore(db: Db, { run }: RunScope, facts: readonly WorkerFacts[]): Map<string, PaidBefore> {
  const last = runBefore(db, run);
  if (!last || facts.length === 0) return new Map();
  const ids = facts.map(({ workerId }) => workerId);
  return new Map(
    db
      .select()
      .from(payRunWorkers)
      .where(and(eq(payRunWorkers.calculationId, last.calculationId), inArray(payRunWorkers.workerId, ids)))
      .all()
      .map(({ workerId, grossMinor, netMinor }) => [workerId, { grossMinor, netMinor }]),
  );
}
