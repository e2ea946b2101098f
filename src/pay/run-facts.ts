/** What a run's calculation reads, worker by worker: approvals in force, agreed rates, and what approved runs have paid. */
import { and, asc, eq, exists, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import {
  employerSettings,
  engagementEnds,
  engagements,
  payAdjustments,
  payRunApprovals,
  payRunLines,
  payRuns,
  payTerms,
  timesheetApprovals,
  timesheetReopenings,
} from '../../db/cell.ts';
import { openAdjustments } from '../earning/adjustment.ts';
import { datumCorrections } from '../earning/datum.ts';
import { contextFrom } from '../earning/earning.ts';
import { payDataOf } from '../earning/pay-data.ts';
import type { Terms } from '../earning/pay-rules.ts';
import { readTerms } from '../earning/pay-terms.ts';
import {
  asksForShifts,
  labourWork,
  lostShiftsOf,
  paidLateOf,
  placesOf,
  shiftsWorked,
  siteIdsIn,
  workBeside,
} from '../earning/worked-facts.ts';
import { employerOf } from '../employer/employer.ts';
import { type PromiseRow, payPromisesOf } from '../guarantee/pay-promise.ts';
import type { Entry } from '../hours/entries.ts';
import { type Minor, minor, zero } from '../kernel/money.ts';
import { type AsOf, asNow } from '../store/as-of.ts';
import { type Db, newestFirst } from '../store/commit.ts';
import type {
  BesideFacts,
  PaidLine,
  PastLine,
  RunHead,
  RunRules,
  SheetInput,
  SiteSeconds,
  WorkerFacts,
} from './calculate.ts';
import { incomeKinds, type LeftOut } from './run-fold.ts';
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
  const { country, payerKind, currency, zone } = employerOf(db);
  const gap = db
    .select({ value: employerSettings.value })
    .from(employerSettings)
    .where(and(eq(employerSettings.name, 'gap-months'), when('employer-setting-made')))
    .orderBy(newestFirst(employerSettings))
    .limit(1)
    .get()?.value as GapPolicy | undefined;
  const employer = { country, payerKind, currency, ...(gap ? { gapPolicy: gap } : {}) };
  const corrections = datumCorrections(db, when);
  return {
    employer,
    rulesVersion: `${rulesVersionOf(country)} ${payDataOf(country, corrections).version}`,
    corrections,
    promises: payPromisesOf(db, zone, when),
  };
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
  const approved = db
    .select({ one: sql`1` })
    .from(timesheetApprovals)
    .leftJoin(
      timesheetReopenings,
      and(eq(timesheetReopenings.id, timesheetApprovals.id), when('timesheet-reopened')),
    )
    .where(and(eq(timesheetApprovals.engagementId, engagements.id), inForce(run, when)));
  const adjusted = db
    .select({ one: sql`1` })
    .from(payAdjustments)
    .where(
      and(
        eq(payAdjustments.engagementId, engagements.id),
        lte(payAdjustments.effectiveOn, run.paysOn),
        when('pay-adjustment-made'),
      ),
    );
  return db
    .selectDistinct({ workerId: engagements.workerId })
    .from(engagements)
    .where(
      and(
        gt(engagements.workerId, after),
        eq(engagements.payPeriod, run.payPeriod),
        or(exists(approved), exists(adjusted)),
      ),
    )
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
    lte(timesheetApprovals.endsOn, run.endsOn),
    when('timesheet-approved'),
    isNull(timesheetReopenings.id),
  );
}

/** Of at most 90 workers, given in the order of their ids. */
export function factsOf(db: Db, scope: RunScope, workerIds: readonly string[]): WorkerFacts[] {
  if (workerIds.length === 0) return [];
  const paid = paidTo(db, scope, workerIds);
  const engaged = engagedAs(db, scope, workerIds);
  const terms = termsOf(db, scope.when, [...engaged.keys()]);
  const sheets = sheetsOf(db, scope, workerIds, { paid, terms });
  const past = pastOf(scope.run, paid);
  const beside = besideOf(db, scope, workerIds, { paid, engaged, terms });
  return workerIds.map((workerId) => {
    const more = beside.get(workerId);
    return {
      workerId,
      sheets: sheets.get(workerId) ?? [],
      past: past.get(workerId) ?? [],
      ...(more ? { beside: more } : {}),
    };
  });
}

type EngagementRow = typeof engagements.$inferSelect;

/** Their engagements that this kind of period pays, less those that wait for another run. */
function engagedAs(db: Db, { run, leftOut }: RunScope, workerIds: readonly string[]) {
  const waits = new Set(leftOut.map(({ engagementId }) => engagementId));
  const rows = db
    .select()
    .from(engagements)
    .where(and(inArray(engagements.workerId, [...workerIds]), eq(engagements.payPeriod, run.payPeriod)))
    .orderBy(asc(engagements.id))
    .all();
  return new Map(rows.filter(({ id }) => !waits.has(id)).map((row) => [row.id, row]));
}

interface Known {
  readonly paid: readonly Paid[];
  readonly terms: ReadonlyMap<string, readonly Terms[]>;
}

function sheetsOf(db: Db, { run, leftOut, when }: RunScope, workerIds: readonly string[], known: Known) {
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
    .where(
      and(
        inArray(engagements.workerId, [...workerIds]),
        eq(engagements.payPeriod, run.payPeriod),
        inForce(run, when),
      ),
    )
    .all()
    .filter(({ engagement }) => !waits.has(engagement.id))
    .map((row) => ({ ...row, entries: JSON.parse(row.approval.entries) as Entry[] }));
  const places = placesOf(db, [...new Set(found.flatMap(({ entries }) => siteIdsIn(entries)))], when);
  const limited = found.filter(({ engagement }) => engagement.relationship === 'labour');
  const beside = labourBeside(db, limited, when);
  const sheets = new Map<string, SheetInput[]>();
  for (const { approval, engagement, endedOn, entries } of found) {
    const terms = known.terms.get(engagement.id) ?? [];
    const { startsOn, endsOn } = approval;
    const isLimited = engagement.relationship === 'labour';
    addTo(sheets, engagement.workerId, {
      approvalId: approval.id,
      approvalDigest: approval.digest,
      engagementId: engagement.id,
      project: engagement.project,
      relationship: engagement.relationship,
      engagedSince: engagement.startsOn,
      startsOn,
      endsOn,
      endedOn,
      sites: secondsBySite(entries),
      entries,
      terms,
      places: Object.fromEntries(siteIdsIn(entries).flatMap((id) => (places[id] ? [[id, places[id]]] : []))),
      ...(isLimited
        ? workBeside(beside, { approvalId: approval.id, workerId: engagement.workerId, startsOn, endsOn })
        : {}),
      ...(asksForShifts(terms) ? { shifts: shiftsWorked(db, engagement.id, entries, startsOn, endsOn) } : {}),
      paid: known.paid.flatMap((one) =>
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

/** Of who is bound by limits of the law; what was read already is not read again. */
function labourBeside(
  db: Db,
  limited: readonly {
    readonly approval: Pick<typeof timesheetApprovals.$inferSelect, 'id' | 'startsOn' | 'endsOn'>;
    readonly engagement: { readonly workerId: string };
    readonly entries: readonly Entry[];
  }[],
  when: AsOf,
) {
  const from = limited.map(({ approval }) => contextFrom(approval.startsOn)).sort()[0];
  const to = limited
    .map(({ approval }) => approval.endsOn)
    .sort()
    .at(-1);
  if (from === undefined || to === undefined) return [];
  const workers = [...new Set(limited.map(({ engagement }) => engagement.workerId))];
  const parsed = new Map(limited.map(({ approval, entries }) => [approval.id, entries]));
  return labourWork(db, workers, from, to, when, parsed);
}

/** What is paid or taken beside hours; undefined for nearly everybody. */
function besideOf(
  db: Db,
  { run, when }: RunScope,
  workerIds: readonly string[],
  { paid, engaged, terms }: Known & { readonly engaged: ReadonlyMap<string, EngagementRow> },
): Map<string, BesideFacts> {
  const promises: readonly PromiseRow[] = payPromisesOf(db, employerOf(db).zone, when);
  const done = new Map<string, Minor>();
  for (const { sourceId, line } of paid)
    if (sourceId !== null) done.set(sourceId, minor((done.get(sourceId) ?? 0) + Math.abs(line.amountMinor)));
  const ids = [...engaged.keys()];
  const isOpen = (kind: string, id: string, engagementId: string) =>
    !done.has(`${kind} ${id} ${engagementId}`);
  const adjustments = openAdjustments(db, ids, run.paysOn, done, when);
  const lost = lostShiftsOf(db, ids, run.endsOn, promises, when).filter(
    ({ shiftId, engagementId }) =>
      isOpen('show-up', shiftId, engagementId) && isOpen('late-cancel', shiftId, engagementId),
  );
  const late = paidLateOf(db, workerIds, run.paysOn, promises, when).filter(
    ({ runId, engagementId }) => engaged.has(engagementId) && isOpen('late-pay', runId, engagementId),
  );
  const workerOf = (engagementId: string) => engaged.get(engagementId)?.workerId;
  const found = new Map<string, BesideFacts>();
  for (const workerId of workerIds) {
    const mine = <T extends { readonly engagementId: string }>(all: readonly T[]) =>
      all.filter(({ engagementId }) => workerOf(engagementId) === workerId);
    const facts = {
      adjustments: mine(adjustments),
      lostShifts: mine(lost),
      paidLate: mine(late).map(({ workerId: _, ...one }) => one),
    };
    const all = [...facts.adjustments, ...facts.lostShifts, ...facts.paidLate];
    if (all.length === 0) continue;
    const named = new Set(all.map(({ engagementId }) => engagementId));
    found.set(workerId, {
      ...facts,
      engagements: [...named].sort().flatMap((id) => {
        const row = engaged.get(id);
        if (!row) return [];
        const { project, relationship, startsOn } = row;
        return [
          {
            engagementId: id,
            project,
            relationship,
            engagedSince: startsOn,
            terms: [...(terms.get(id) ?? [])],
          },
        ];
      }),
    });
  }
  return found;
}

function termsOf(db: Db, when: AsOf, engagementIds: readonly string[]): Map<string, Terms[]> {
  const terms = new Map<string, Terms[]>();
  for (let start = 0; start < engagementIds.length; start += 90)
    for (const row of db
      .select()
      .from(payTerms)
      .where(
        and(inArray(payTerms.engagementId, engagementIds.slice(start, start + 90)), when('pay-terms-agreed')),
      )
      .orderBy(asc(payTerms.effectiveOn), asc(payTerms.id))
      .all())
      addTo(terms, row.engagementId, readTerms(row));
  return terms;
}

interface Paid extends PastLine {
  readonly workerId: string;
  readonly engagementId: string;
  /** The first day of the period that it was paid for; null for what is no period's. */
  readonly startsOn: string | null;
  readonly sourceId: string | null;
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
      return {
        workerId: line.workerId,
        engagementId: line.engagementId,
        startsOn,
        sourceId: line.sourceId,
        line: { runId: run.id, line: line.line, amountMinor: line.amountMinor },
        runId: run.id,
        paysOn: run.paysOn,
        ...engagement,
        grossMinor: incomeKinds.includes(line.kind) ? line.amountMinor : zero,
        withheldMinor: line.kind === 'withholding' ? minor(-line.amountMinor) : zero,
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
