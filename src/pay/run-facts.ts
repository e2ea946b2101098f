/** What a run's calculation reads, worker by worker: approvals in force, agreed rates, and what approved runs have paid. */
import { and, asc, eq, gt, inArray, isNull, lte, sql } from 'drizzle-orm';
import {
  employerSettings,
  engagementEnds,
  engagements,
  payRunApprovals,
  payRunLines,
  payRuns,
  payTerms,
  timesheetApprovals,
  timesheetReopenings,
} from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import type { Entry } from '../hours/entries.ts';
import { minor, zero } from '../kernel/money.ts';
import { type AsOf, asNow } from '../store/as-of.ts';
import { type Db, newestFirst } from '../store/commit.ts';
import type {
  PaidLine,
  PastLine,
  RunHead,
  RunRules,
  SheetInput,
  SiteSeconds,
  WorkerFacts,
} from './calculate.ts';
import { secondsByDay } from './gross.ts';
import type { LeftOut } from './run-fold.ts';
import { type GapPolicy, rulesVersionOf } from './withholding-rules.ts';

/** Whose facts, and as of when. */
export interface RunScope {
  readonly run: RunHead;
  readonly leftOut: readonly LeftOut[];
  readonly when: AsOf;
}

/** So few that a slice of them holds nobody up, and within the edge's limit of bound parameters. */
const workersPerSlice = 40;

/** As of then, too: what the employer has set since counts for the next calculation. */
export function rulesOf(db: Db, when: AsOf = asNow): RunRules {
  const { country, payerKind, currency } = employerOf(db);
  const gap = db
    .select({ value: employerSettings.value })
    .from(employerSettings)
    .where(and(eq(employerSettings.name, 'gap-months'), when('employer-setting-made')))
    .orderBy(newestFirst(employerSettings))
    .limit(1)
    .get()?.value as GapPolicy | undefined;
  const employer = { country, payerKind, currency, ...(gap ? { gapPolicy: gap } : {}) };
  return { employer, rulesVersion: rulesVersionOf(country) };
}

/** The next workers, in the order of their ids, and their facts. Empty: there are no more. */
export function factsAfter(db: Db, scope: RunScope, after: string, limit = workersPerSlice): WorkerFacts[] {
  const ids = workersAfter(db, scope, after, limit);
  return factsOf(db, scope, ids);
}

/** All of them, read a slice at a time. */
export function* allFacts(db: Db, scope: RunScope): Iterable<WorkerFacts> {
  let slice = factsAfter(db, scope, '');
  while (slice.length > 0) {
    yield* slice;
    slice = factsAfter(db, scope, slice.at(-1)?.workerId ?? '');
  }
}

export function workersAfter(db: Db, { run, when }: RunScope, after: string, limit: number): string[] {
  return db
    .selectDistinct({ workerId: engagements.workerId })
    .from(engagements)
    .innerJoin(timesheetApprovals, eq(timesheetApprovals.engagementId, engagements.id))
    .leftJoin(
      timesheetReopenings,
      and(eq(timesheetReopenings.id, timesheetApprovals.id), when('timesheet-reopened')),
    )
    .where(and(gt(engagements.workerId, after), inForce(run, when)))
    .orderBy(asc(engagements.workerId))
    .limit(limit)
    .all()
    .map(({ workerId }) => workerId);
}

/** The approved timesheets that a run looks at, of at most 90 workers. */
export function approvalIdsOf(
  db: Db,
  { run, leftOut, when }: RunScope,
  workerIds: readonly string[],
): string[] {
  if (workerIds.length === 0) return [];
  const waits = new Set(leftOut.map(({ engagementId }) => engagementId));
  return db
    .select({ id: timesheetApprovals.id, engagementId: engagements.id })
    .from(engagements)
    .innerJoin(timesheetApprovals, eq(timesheetApprovals.engagementId, engagements.id))
    .leftJoin(
      timesheetReopenings,
      and(eq(timesheetReopenings.id, timesheetApprovals.id), when('timesheet-reopened')),
    )
    .where(and(inArray(engagements.workerId, [...workerIds]), inForce(run, when)))
    .all()
    .filter(({ engagementId }) => !waits.has(engagementId))
    .map(({ id }) => id);
}

/** Approvals up to the run's period that nobody reopened. Earlier ones matter when they were late or changed. */
function inForce(run: RunHead, when: AsOf) {
  return and(
    eq(engagements.payPeriod, run.payPeriod),
    lte(timesheetApprovals.endsOn, run.endsOn),
    when('timesheet-approved'),
    isNull(timesheetReopenings.id),
  );
}

/** Of at most 90 workers, given in the order of their ids. */
export function factsOf(db: Db, scope: RunScope, workerIds: readonly string[]): WorkerFacts[] {
  if (workerIds.length === 0) return [];
  const paid = paidTo(db, scope, workerIds);
  const sheets = sheetsOf(db, scope, workerIds, paid);
  const past = pastOf(scope.run, paid);
  return workerIds.map((workerId) => ({
    workerId,
    sheets: sheets.get(workerId) ?? [],
    past: past.get(workerId) ?? [],
  }));
}

function sheetsOf(
  db: Db,
  { run, leftOut, when }: RunScope,
  workerIds: readonly string[],
  paid: readonly Paid[],
) {
  const waits = new Set(leftOut.map(({ engagementId }) => engagementId));
  const found = db
    .select({ approval: timesheetApprovals, engagement: engagements, endedOn: engagementEnds.endsOn })
    .from(engagements)
    .leftJoin(engagementEnds, and(eq(engagementEnds.id, engagements.id), when('engagement-ended')))
    .innerJoin(timesheetApprovals, eq(timesheetApprovals.engagementId, engagements.id))
    .leftJoin(
      timesheetReopenings,
      and(eq(timesheetReopenings.id, timesheetApprovals.id), when('timesheet-reopened')),
    )
    .where(and(inArray(engagements.workerId, [...workerIds]), inForce(run, when)))
    .all()
    .filter(({ engagement }) => !waits.has(engagement.id));
  const terms = termsOf(db, when, [...new Set(found.map(({ engagement }) => engagement.id))]);
  const sheets = new Map<string, SheetInput[]>();
  for (const { approval, engagement, endedOn } of found) {
    const entries = JSON.parse(approval.entries) as Entry[];
    addTo(sheets, engagement.workerId, {
      approvalId: approval.id,
      approvalDigest: approval.digest,
      engagementId: engagement.id,
      project: engagement.project,
      relationship: engagement.relationship,
      engagedSince: engagement.startsOn,
      endedOn,
      startsOn: approval.startsOn,
      endsOn: approval.endsOn,
      days: secondsByDay(entries),
      sites: secondsBySite(entries),
      terms: terms.get(engagement.id) ?? [],
      paid: paid.flatMap((one) =>
        one.engagementId === engagement.id && one.startsOn === approval.startsOn ? [one.line] : [],
      ),
    });
  }
  return sheets;
}

function secondsBySite(entries: readonly Entry[]): SiteSeconds[] {
  const sites = new Map<string, number>();
  for (const { intervals } of entries)
    for (const { siteId, seconds } of intervals) sites.set(siteId, (sites.get(siteId) ?? 0) + seconds);
  return [...sites].sort(([a], [b]) => (a < b ? -1 : 1)).map(([siteId, seconds]) => ({ siteId, seconds }));
}

function termsOf(db: Db, when: AsOf, engagementIds: readonly string[]) {
  const terms = new Map<
    string,
    { id: string; effectiveOn: SheetInput['startsOn']; hourlyRateMinor: PaidLine['amountMinor'] }[]
  >();
  for (let start = 0; start < engagementIds.length; start += 90)
    for (const { id, engagementId, effectiveOn, hourlyRateMinor } of db
      .select()
      .from(payTerms)
      .where(
        and(inArray(payTerms.engagementId, engagementIds.slice(start, start + 90)), when('pay-terms-agreed')),
      )
      .orderBy(asc(payTerms.effectiveOn))
      .all())
      addTo(terms, engagementId, { id, effectiveOn, hourlyRateMinor });
  return terms;
}

interface Paid extends PastLine {
  readonly workerId: string;
  readonly engagementId: string;
  /** The first day of the period that it was paid for; null for what is no period's. */
  readonly startsOn: string | null;
  readonly line: PaidLine;
}

/** Every line of an approved run that these workers have: that nothing is paid twice rests on it. */
function paidTo(db: Db, { when }: RunScope, workerIds: readonly string[]): Paid[] {
  return db
    .select({
      line: payRunLines,
      run: { id: payRuns.id, paysOn: payRuns.paysOn },
      startsOn: timesheetApprovals.startsOn,
      engagement: { project: engagements.project, relationship: engagements.relationship },
    })
    .from(payRunLines)
    .innerJoin(
      payRunApprovals,
      and(eq(payRunApprovals.calculationId, payRunLines.calculationId), when('pay-run-approved')),
    )
    .innerJoin(payRuns, eq(payRuns.id, payRunApprovals.id))
    .innerJoin(engagements, eq(engagements.id, payRunLines.engagementId))
    .leftJoin(timesheetApprovals, eq(timesheetApprovals.id, payRunLines.approvalId))
    .where(inArray(payRunLines.workerId, [...workerIds]))
    .orderBy(sql`${payRunApprovals}.rowid`, asc(payRunLines.line))
    .all()
    .map(({ line, run, startsOn, engagement }) => {
      const withheld = line.kind === 'withholding';
      return {
        workerId: line.workerId,
        engagementId: line.engagementId,
        startsOn,
        line: { runId: run.id, line: line.line, amountMinor: line.amountMinor },
        runId: run.id,
        paysOn: run.paysOn,
        ...engagement,
        grossMinor: withheld ? zero : line.amountMinor,
        withheldMinor: withheld ? minor(-line.amountMinor) : zero,
      };
    });
}

/** Payments in the year of payment, for withholding. */
function pastOf(run: RunHead, paid: readonly Paid[]): Map<string, PastLine[]> {
  const past = new Map<string, PastLine[]>();
  for (const { workerId, runId, paysOn, project, relationship, grossMinor, withheldMinor } of paid)
    if (paysOn.slice(0, 4) === run.paysOn.slice(0, 4))
      addTo(past, workerId, { runId, paysOn, project, relationship, grossMinor, withheldMinor });
  return past;
}

function addTo<T>(lists: Map<string, T[]>, key: string, one: T): void {
  const list = lists.get(key);
  if (list) list.push(one);
  else lists.set(key, [one]);
}
