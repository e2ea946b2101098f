/** Whether the facts that a calculation read are still the same: asked only of the workers whom something has touched since. */
import { and, eq, gt, inArray } from 'drizzle-orm';
import {
  engagements,
  type JournalKind,
  journal,
  payAdjustments,
  payRunApprovals,
  payRunWorkers,
  payTerms,
  timesheetApprovals,
} from '../../db/cell.ts';
import { canonicalJson } from '../kernel/digest.ts';
import { asNow } from '../store/as-of.ts';
import type { Db } from '../store/commit.ts';
import { entriesOf } from '../store/journal.ts';
import { digestOfInputs } from './calculate.ts';
import { type Calculation, scopeOf } from './pay-run.ts';
import { factsOf, rulesOf } from './run-facts.ts';

/** After so many events it is quicker to calculate again than to look at each. */
const eventsAtMost = 400;

/** Whom an event concerns, by what the journal says of it; rules of everybody are compared as such. */
const workersOf: Partial<Record<JournalKind, (db: Db, subjects: readonly string[]) => string[]>> = {
  'timesheet-approved': workersOfApprovals,
  'timesheet-reopened': workersOfApprovals,
  'pay-terms-agreed': (db, subjects) =>
    db
      .select({ workerId: engagements.workerId })
      .from(payTerms)
      .innerJoin(engagements, eq(engagements.id, payTerms.engagementId))
      .where(inArray(payTerms.id, [...subjects]))
      .all()
      .map(({ workerId }) => workerId),
  'pay-adjustment-made': workersOfAdjustments,
  'pay-adjustment-withdrawn': workersOfAdjustments,
  'pay-run-approved': (db, subjects) =>
    db
      .select({ workerId: payRunWorkers.workerId })
      .from(payRunApprovals)
      .innerJoin(payRunWorkers, eq(payRunWorkers.calculationId, payRunApprovals.calculationId))
      .where(inArray(payRunApprovals.id, [...subjects]))
      .limit(eventsAtMost + 1)
      .all()
      .map(({ workerId }) => workerId),
};

function workersOfAdjustments(db: Db, subjects: readonly string[]): string[] {
  return db
    .select({ workerId: engagements.workerId })
    .from(payAdjustments)
    .innerJoin(engagements, eq(engagements.id, payAdjustments.engagementId))
    .where(inArray(payAdjustments.id, [...subjects]))
    .all()
    .map(({ workerId }) => workerId);
}

function workersOfApprovals(db: Db, subjects: readonly string[]): string[] {
  return db
    .select({ workerId: engagements.workerId })
    .from(timesheetApprovals)
    .innerJoin(engagements, eq(engagements.id, timesheetApprovals.engagementId))
    .where(inArray(timesheetApprovals.id, [...subjects]))
    .all()
    .map(({ workerId }) => workerId);
}

export function isStale(db: Db, calculation: Calculation): boolean {
  const scope = scopeOf(db, calculation);
  const rules = rulesOf(db, asNow);
  if (rules.rulesVersion !== calculation.rulesVersion) return true;
  if (canonicalJson(rules) !== canonicalJson(rulesOf(db, scope.when))) return true;
  const touched = touchedSince(db, calculation.id);
  if (!touched) return true;
  for (let start = 0; start < touched.length; start += 40)
    if (differs(db, calculation.id, factsOf(db, { ...scope, when: asNow }, touched.slice(start, start + 40))))
      return true;
  return false;
}

/** Undefined: too many to look at. */
function touchedSince(db: Db, calculationId: string): string[] | undefined {
  const begun = entriesOf(db, calculationId).find(({ kind }) => kind === 'pay-run-calculation-begun');
  const kinds = Object.keys(workersOf) as JournalKind[];
  const events = db
    .select({ kind: journal.kind, subject: journal.subject })
    .from(journal)
    .where(and(gt(journal.seq, begun?.seq ?? 0), inArray(journal.kind, kinds)))
    .limit(eventsAtMost + 1)
    .all();
  if (events.length > eventsAtMost) return undefined;
  const workers = new Set<string>();
  for (const kind of kinds) {
    const subjects = events.filter((event) => event.kind === kind).map(({ subject }) => subject);
    for (let start = 0; start < subjects.length; start += 90)
      for (const workerId of workersOf[kind]?.(db, subjects.slice(start, start + 90)) ?? [])
        workers.add(workerId);
  }
  return workers.size > eventsAtMost ? undefined : [...workers].sort();
}

function differs(db: Db, calculationId: string, facts: ReturnType<typeof factsOf>): boolean {
  const known = new Map(
    db
      .select({ workerId: payRunWorkers.workerId, inputs: payRunWorkers.inputs })
      .from(payRunWorkers)
      .where(
        and(
          eq(payRunWorkers.calculationId, calculationId),
          inArray(
            payRunWorkers.workerId,
            facts.map(({ workerId }) => workerId),
          ),
        ),
      )
      .all()
      .map(({ workerId, inputs }) => [workerId, inputs]),
  );
  return facts.some((one) => {
    const inputs = known.get(one.workerId);
    return inputs === undefined
      ? one.sheets.length > 0 || one.beside !== undefined
      : inputs !== digestOfInputs(one);
  });
}
