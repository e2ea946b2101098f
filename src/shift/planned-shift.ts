/** Planned shifts as hours, attendance and views read them: published, assigned, not cancelled. */
import { and, asc, between, eq, gt, isNull, lt, type SQL, sql } from 'drizzle-orm';
import {
  engagements,
  shiftAssignmentEnds,
  shiftAssignments,
  shiftCancellations,
  shiftDrafts,
  shiftPublications,
} from '../../db/cell.ts';
import { policyOn, type SitePolicyRow, sitePoliciesOf } from '../employer/site-policy.ts';
import type { BreakRule } from '../hours/breaks.ts';
import { addDays, type CivilDate, type Instant } from '../kernel/time.ts';
import { type Db, prepared } from '../store/commit.ts';

export interface PlannedShift {
  /** The shift's: several engagements may work one. */
  readonly id: string;
  readonly engagementId: string;
  readonly siteId: string;
  /** The civil day it starts in the site's zone. */
  readonly day: CivilDate;
  /** Where its worker may clock, the site first. */
  readonly siteIds: readonly string[];
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** The shift's own, else the site's on that day; as early and late. */
  readonly breaks: readonly BreakRule[];
  readonly earlySeconds: number;
  readonly lateSeconds: number;
  readonly note: string;
}

/** Of one engagement, on days from `from` to `to`, both included, in the order of their beginning. */
export function plannedShiftsOf(
  db: Db,
  engagementId: string,
  from: CivilDate,
  to: CivilDate,
): PlannedShift[] {
  return withPolicies(db, statements(db).ofEngagement.all({ engagementId, from, to }));
}

/** Of all engagements of some workers: rest between shifts does not stop at an engagement's edge. */
export function plannedShiftsOfWorkers(
  db: Db,
  workerIds: readonly string[],
  from: CivilDate,
  to: CivilDate,
): PlannedShift[] {
  return [...new Set(workerIds)].flatMap((workerId) =>
    withPolicies(db, statements(db).ofWorker.all({ workerId, from, to })),
  );
}

/** Where the shifts of a day and of the night before it let somebody clock, beside the places of the engagement. */
export function plannedSiteIds(db: Db, engagementId: string, day: CivilDate): string[] {
  const shifts = plannedShiftsOf(db, engagementId, addDays(day, -1), day);
  return [...new Set(shifts.flatMap(({ siteIds }) => siteIds))];
}

/** Whom the shifts of a day and of the night before it let clock at a site. */
export function engagementsPlannedAt(db: Db, siteId: string, day: CivilDate): string[] {
  const shifts = read(
    db,
    and(
      between(shiftDrafts.day, addDays(day, -1), day),
      sql`EXISTS (SELECT 1 FROM json_each(${shiftDrafts.siteIds}) AS place WHERE place.value = ${siteId})`,
    ),
  );
  return [...new Set(shifts.map(({ engagementId }) => engagementId))];
}

/** Who should be at a site around now: begun before `before` and not over at `after`. */
export function plannedShiftsAround(db: Db, after: Instant, before: Instant): PlannedShift[] {
  return read(db, and(lt(shiftDrafts.startsAt, before), gt(shiftDrafts.endsAt, after)));
}

const statements = prepared((db) => ({
  ofEngagement: select(
    db,
    and(
      eq(shiftAssignments.engagementId, sql.placeholder('engagementId')),
      between(shiftDrafts.day, sql.placeholder('from'), sql.placeholder('to')),
    ),
  ).prepare(),
  ofWorker: select(
    db,
    and(
      sql`${shiftAssignments.engagementId} IN (SELECT ${engagements.id} FROM ${engagements} WHERE ${engagements.workerId} = ${sql.placeholder('workerId')})`,
      between(shiftDrafts.day, sql.placeholder('from'), sql.placeholder('to')),
    ),
  ).prepare(),
}));

const columns = {
  id: shiftDrafts.shiftId,
  engagementId: shiftAssignments.engagementId,
  siteId: shiftDrafts.siteId,
  day: shiftDrafts.day,
  siteIds: shiftDrafts.siteIds,
  startsAt: shiftDrafts.startsAt,
  endsAt: shiftDrafts.endsAt,
  breaks: shiftDrafts.breaks,
  earlySeconds: shiftDrafts.earlySeconds,
  lateSeconds: shiftDrafts.lateSeconds,
  note: shiftDrafts.note,
};
type Row = Pick<typeof shiftDrafts.$inferSelect, Exclude<keyof typeof columns, 'engagementId'>> & {
  readonly engagementId: string;
};

// Rows are only ever added: of a shift's publications the one with the greatest rowid is the last.
const isLast = sql`NOT EXISTS (SELECT 1 FROM shift_publications AS later WHERE later.shift_id = ${shiftPublications.shiftId} AND later.rowid > ${shiftPublications}.rowid)`;

function read(db: Db, where: SQL | undefined): PlannedShift[] {
  return withPolicies(db, select(db, where).all());
}

function select(db: Db, where: SQL | undefined) {
  return db
    .select(columns)
    .from(shiftDrafts)
    .innerJoin(shiftPublications, eq(shiftPublications.draftId, shiftDrafts.id))
    .innerJoin(shiftAssignments, eq(shiftAssignments.shiftId, shiftDrafts.shiftId))
    .leftJoin(shiftAssignmentEnds, eq(shiftAssignmentEnds.id, shiftAssignments.id))
    .leftJoin(shiftCancellations, eq(shiftCancellations.id, shiftDrafts.shiftId))
    .where(and(where, isNull(shiftAssignmentEnds.id), isNull(shiftCancellations.id), isLast))
    .orderBy(asc(shiftDrafts.startsAt), asc(shiftDrafts.shiftId));
}

function withPolicies(db: Db, rows: readonly Row[]): PlannedShift[] {
  const policies = new Map<string, SitePolicyRow[]>();
  return rows.map((row) => {
    let ofSite = policies.get(row.siteId);
    if (!ofSite) {
      ofSite = sitePoliciesOf(db, row.siteId);
      policies.set(row.siteId, ofSite);
    }
    return withPolicy(row, ofSite);
  });
}

function withPolicy(row: Row, policies: readonly SitePolicyRow[]): PlannedShift {
  const policy = policyOn(policies, row.day);
  return {
    ...row,
    siteIds: JSON.parse(row.siteIds),
    breaks: row.breaks === null ? policy.breaks : JSON.parse(row.breaks),
    earlySeconds: row.earlySeconds ?? policy.earlySeconds,
    lateSeconds: row.lateSeconds ?? policy.lateSeconds,
  };
}
