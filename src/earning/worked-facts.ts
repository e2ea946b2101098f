/** What earnings are worked out from, read for many engagements at once: places, other work, shifts that were worked or lost. */
import { and, eq, gte, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import {
  engagements,
  payRunApprovals,
  payRunLines,
  payRunPayments,
  payRuns,
  punches,
  punchVoids,
  shiftAssignmentEnds,
  shiftAssignments,
  shiftCancellations,
  shiftDrafts,
  shiftPublications,
  sitePolicies,
  sites,
  timesheetApprovals,
  timesheetReopenings,
} from '../../db/cell.ts';
import { zSitePolicy } from '../employer/site-policy.ts';
import { type PromiseRow, promiseOn } from '../guarantee/pay-promise.ts';
import type { Entry } from '../hours/entries.ts';
import { minor } from '../kernel/money.ts';
import { addSeconds, type CivilDate, type Instant } from '../kernel/time.ts';
import { plannedShiftsOf } from '../shift/planned-shift.ts';
import { type AsOf, asNow } from '../store/as-of.ts';
import type { Db } from '../store/commit.ts';
import { contextFrom, type Place, workedDayOf } from './earning.ts';
import type { Terms } from './pay-rules.ts';
import type { LostShift, PaidRun } from './promised-pay.ts';
import type { WorkedDay } from './work-class.ts';

/** The places of some entries, with the regions that the sites' rules name. */
export function placesOf(db: Db, siteIds: readonly string[], then: AsOf = asNow): Record<string, Place> {
  const places: Record<string, Place> = {};
  for (let start = 0; start < siteIds.length; start += 90) {
    const some = siteIds.slice(start, start + 90);
    const regions = regionsOf(db, some, then);
    for (const { id, zone } of db
      .select({ id: sites.id, zone: sites.zone })
      .from(sites)
      .where(inArray(sites.id, some))
      .all())
      places[id] = { zone, regions: regions.get(id) ?? [] };
  }
  return places;
}

function regionsOf(db: Db, siteIds: readonly string[], then: AsOf) {
  const regions = new Map<string, Place['regions'][number][]>();
  const rows = db
    .select()
    .from(sitePolicies)
    .where(and(inArray(sitePolicies.siteId, [...siteIds]), then('site-policy-made')))
    .orderBy(sql`${sitePolicies}.rowid`)
    .all();
  for (const { siteId, effectiveOn, rules } of rows) {
    const { region, wageTier } = zSitePolicy.parse(JSON.parse(rules));
    const known = (regions.get(siteId) ?? []).filter((one) => one.effectiveOn !== effectiveOn);
    if (region !== null)
      regions.set(
        siteId,
        [...known, { effectiveOn, region, tier: wageTier }].sort((a, b) =>
          a.effectiveOn < b.effectiveOn ? -1 : 1,
        ),
      );
  }
  return regions;
}

export function siteIdsIn(entries: readonly Entry[]): string[] {
  return [...new Set(entries.flatMap(({ intervals }) => intervals.map(({ siteId }) => siteId)))];
}

interface ApprovedWork {
  readonly approvalId: string;
  readonly digest: string;
  readonly workerId: string;
  readonly startsOn: CivilDate;
  readonly days: readonly WorkedDay[];
}

/** Approved work of these workers in labour relationships here: what a limit of the law counts together. */
export function labourWork(
  db: Db,
  workerIds: readonly string[],
  from: CivilDate,
  to: CivilDate,
  then: AsOf = asNow,
  parsed: ReadonlyMap<string, readonly Entry[]> = new Map(),
): ApprovedWork[] {
  return db
    .select({ approval: timesheetApprovals, workerId: engagements.workerId })
    .from(engagements)
    .innerJoin(timesheetApprovals, eq(timesheetApprovals.engagementId, engagements.id))
    .leftJoin(
      timesheetReopenings,
      and(eq(timesheetReopenings.id, timesheetApprovals.id), then('timesheet-reopened')),
    )
    .where(
      and(
        inArray(engagements.workerId, [...workerIds]),
        eq(engagements.relationship, 'labour'),
        gte(timesheetApprovals.endsOn, from),
        lte(timesheetApprovals.startsOn, to),
        then('timesheet-approved'),
        isNull(timesheetReopenings.id),
      ),
    )
    .all()
    .map(({ approval: { id, digest, engagementId, startsOn, entries }, workerId }) => ({
      approvalId: id,
      digest,
      workerId,
      startsOn,
      days: (parsed.get(id) ?? (JSON.parse(entries) as Entry[])).map((entry) =>
        workedDayOf(engagementId, entry),
      ),
    }));
}

/** Of that work what one timesheet's limits count beside its own: the same days, and the days before in its first week. */
export function workBeside(
  all: readonly ApprovedWork[],
  sheet: {
    readonly approvalId: string;
    readonly workerId: string;
    readonly startsOn: CivilDate;
    readonly endsOn: CivilDate;
  },
): { context: WorkedDay[]; besideIds: string[] } {
  const from = contextFrom(sheet.startsOn);
  const context: WorkedDay[] = [];
  const besideIds: string[] = [];
  for (const work of all) {
    if (work.workerId !== sheet.workerId || work.approvalId === sheet.approvalId) continue;
    const days = work.days.filter(({ day }) => day >= from && day <= sheet.endsOn);
    if (days.length === 0) continue;
    context.push(...days);
    besideIds.push(`${work.approvalId} ${work.digest}`);
  }
  return { context, besideIds: besideIds.sort() };
}

/** Terms that ask how many shifts a day had. */
export function asksForShifts(terms: readonly Terms[]): boolean {
  return terms.some(
    ({ rules }) => rules.shiftMinor !== null || rules.allowances.some(({ code }) => code === 'travel'),
  );
}

/** Planned shifts that were worked, on days with more than one of them. */
export function shiftsWorked(
  db: Db,
  engagementId: string,
  entries: readonly Entry[],
  startsOn: CivilDate,
  endsOn: CivilDate,
): Record<string, number> {
  const planned = plannedShiftsOf(db, engagementId, startsOn, endsOn);
  const counts: Record<string, number> = {};
  for (const { day, intervals } of entries) {
    const worked = planned.filter(
      (shift) =>
        shift.day === day &&
        intervals.some(({ startsAt, endsAt }) => startsAt < shift.endsAt && endsAt > shift.startsAt),
    );
    if (worked.length > 1) counts[day] = worked.length;
  }
  return counts;
}

// Who comes for a shift may come this much before it.
const earliestSeconds = 2 * 3600;

/** Shifts of these engagements that were called off or taken from them, as far as a promise speaks of their days. */
export function lostShiftsOf(
  db: Db,
  engagementIds: readonly string[],
  to: CivilDate,
  promises: readonly PromiseRow[],
  then: AsOf = asNow,
): LostShift[] {
  const spoken = promises.filter(({ kind }) => kind === 'show-up' || kind === 'late-cancel');
  const from = spoken.map(({ effectiveOn }) => effectiveOn).sort()[0];
  if (from === undefined || from > to) return [];
  const found: LostShift[] = [];
  for (let start = 0; start < engagementIds.length; start += 90) {
    const rows = lostRows(db, engagementIds.slice(start, start + 90), from, to, then);
    for (const { engagementId, shiftId, siteId, day, startsAt, endsAt, cancelledAt } of rows) {
      if (cancelledAt === null || cancelledAt >= endsAt) continue;
      if (!promiseOn(spoken, 'show-up', day) && !promiseOn(spoken, 'late-cancel', day)) continue;
      const came = cameFor(db, engagementId, addSeconds(startsAt, -earliestSeconds), endsAt, then);
      found.push({ shiftId, engagementId, siteId, day, startsAt, endsAt, cancelledAt, came });
    }
  }
  return found;
}

function lostRows(db: Db, engagementIds: readonly string[], from: CivilDate, to: CivilDate, then: AsOf) {
  const cancelledAt = sql<Instant | null>`min(coalesce(${shiftCancellations.at}, '9'), coalesce(${shiftAssignmentEnds.at}, '9'))`;
  // The last publication before it was lost is what the worker went by.
  const isLast = sql`NOT EXISTS (SELECT 1 FROM shift_publications AS later WHERE later.shift_id = ${shiftPublications.shiftId} AND later.rowid > ${shiftPublications}.rowid AND later.at < coalesce(${shiftCancellations.at}, ${shiftAssignmentEnds.at}))`;
  return db
    .select({
      engagementId: shiftAssignments.engagementId,
      shiftId: shiftAssignments.shiftId,
      siteId: shiftDrafts.siteId,
      day: shiftDrafts.day,
      startsAt: shiftDrafts.startsAt,
      endsAt: shiftDrafts.endsAt,
      cancelledAt,
    })
    .from(shiftAssignments)
    .innerJoin(shiftPublications, eq(shiftPublications.shiftId, shiftAssignments.shiftId))
    .innerJoin(shiftDrafts, eq(shiftDrafts.id, shiftPublications.draftId))
    .leftJoin(
      shiftCancellations,
      and(eq(shiftCancellations.id, shiftAssignments.shiftId), then('shift-cancelled')),
    )
    .leftJoin(
      shiftAssignmentEnds,
      and(eq(shiftAssignmentEnds.id, shiftAssignments.id), then('shift-assignment-ended')),
    )
    .where(
      and(
        inArray(shiftAssignments.engagementId, [...engagementIds]),
        gte(shiftDrafts.day, from),
        lte(shiftDrafts.day, to),
        then('shift-assigned'),
        isLast,
        or(
          and(sql`${shiftCancellations.id} IS NOT NULL`, isNull(shiftAssignmentEnds.id)),
          // A swap is the workers' own doing.
          inArray(shiftAssignmentEnds.cause, ['published', 'removed']),
        ),
      ),
    )
    .orderBy(shiftDrafts.day, shiftAssignments.shiftId)
    .all();
}

function cameFor(db: Db, engagementId: string, from: Instant, to: Instant, then: AsOf): boolean {
  const found = db
    .select({ id: punches.id })
    .from(punches)
    .leftJoin(punchVoids, eq(punchVoids.id, punches.id))
    .where(
      and(
        eq(punches.engagementId, engagementId),
        eq(punches.kind, 'in'),
        gte(punches.effectiveAt, from),
        lte(punches.effectiveAt, to),
        isNull(punchVoids.id),
        then('punch-recorded'),
      ),
    )
    .limit(1)
    .get();
  return found !== undefined;
}

/** What approved runs owed these workers and paid after the day they named, by the first engagement they paid. */
export function paidLateOf(
  db: Db,
  workerIds: readonly string[],
  by: CivilDate,
  promises: readonly PromiseRow[],
  then: AsOf = asNow,
): (PaidRun & { readonly workerId: string })[] {
  if (!promises.some(({ kind }) => kind === 'on-time-pay')) return [];
  return db
    .select({
      workerId: payRunLines.workerId,
      runId: payRuns.id,
      paysOn: payRuns.paysOn,
      paidOn: payRunPayments.paidOn,
      netMinor: sql<number>`sum(${payRunLines.amountMinor})`,
      engagementId: sql<string>`min(${payRunLines.engagementId})`,
    })
    .from(payRunLines)
    .innerJoin(
      payRunApprovals,
      and(eq(payRunApprovals.calculationId, payRunLines.calculationId), then('pay-run-approved')),
    )
    .innerJoin(payRuns, eq(payRuns.id, payRunApprovals.id))
    .innerJoin(payRunPayments, and(eq(payRunPayments.id, payRuns.id), then('pay-run-paid')))
    .where(
      and(
        inArray(payRunLines.workerId, [...workerIds]),
        lte(payRunPayments.paidOn, by),
        sql`${payRunPayments.paidOn} > ${payRuns.paysOn}`,
      ),
    )
    .groupBy(payRunLines.workerId, payRuns.id)
    .all()
    .map((one) => ({ ...one, netMinor: minor(one.netMinor) }));
}
