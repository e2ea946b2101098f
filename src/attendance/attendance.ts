/** Live attendance: who is at work now, since when and where, and who forgot to clock out. From rows alone. */
import { and, desc, eq, gte, isNull, lte, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import {
  coverEnds,
  covers,
  engagements,
  punches,
  punchVoids,
  shiftAssignmentEnds,
  shiftAssignments,
  shiftCancellations,
  shiftPublications,
  sites,
  workers,
} from '../../db/cell.ts';
import type { Punch } from '../clock/punch.ts';
import { type Site, sitesOf } from '../employer/site.ts';
import { type Standing, seesSite } from '../employer/standing.ts';
import { longShiftSeconds } from '../hours/pairing.ts';
import { workerName } from '../identity/name.ts';
import { addSeconds, type Instant, type PayPeriodKind, secondsBetween } from '../kernel/time.ts';
import { type Db, prepared } from '../store/commit.ts';

/** No position: where exactly somebody stood is nobody's business here. */
export type SeenPunch = Pick<
  Punch,
  | 'id'
  | 'engagementId'
  | 'siteId'
  | 'kind'
  | 'effectiveAt'
  | 'verdict'
  | 'judgedAs'
  | 'metres'
  | 'correctionId'
>;
export interface AttendanceRow {
  readonly punch: SeenPunch;
  readonly workerId: string;
  readonly workerName: string;
  readonly roleTitle: string;
  readonly payPeriod: PayPeriodKind;
  readonly siteName: string;
  readonly zone: string;
}
export interface Presence extends AttendanceRow {
  readonly seconds: number;
  readonly covered: boolean;
}
export interface Attendance {
  readonly onSite: readonly Presence[];
  /** Clocked in longer ago than a shift is long, and never out. */
  readonly forgotten: readonly Presence[];
  readonly recent: readonly AttendanceRow[];
}

/** A forgotten clock-out is looked for this far back; what is older shows in its timesheet. */
const lookBackSeconds = 14 * 86_400;
const recentSeconds = 86_400;
const recentMax = 50;

/** Sites that a member may look at, one of them when it is named. */
export function watchedSites(db: Db, standing: Standing, siteId?: string): Site[] {
  return sitesOf(db).filter(
    (site) => seesSite(standing, site) && (siteId === undefined || site.id === siteId),
  );
}

/** What a member may see of it, by the site of each punch. */
export function attendanceOf(db: Db, standing: Standing, at: Instant, siteId?: string): Attendance {
  const seenSites = watchedSites(db, standing, siteId).map(({ id }) => id);
  const covered = coveredEngagements(db);
  const present = newestPunches(db, at)
    .filter(({ punch }) => punch.kind === 'in' && seenSites.includes(punch.siteId))
    .map((row) => ({
      ...row,
      seconds: secondsBetween(row.punch.effectiveAt, at),
      covered: covered.has(row.punch.engagementId),
    }))
    .sort((a, b) => (a.punch.effectiveAt < b.punch.effectiveAt ? 1 : -1));
  return {
    onSite: present.filter(({ seconds }) => seconds <= longShiftSeconds),
    forgotten: present.filter(({ seconds }) => seconds > longShiftSeconds),
    recent: recentPunches(db, seenSites, at),
  };
}

const seen = {
  id: punches.id,
  engagementId: punches.engagementId,
  siteId: punches.siteId,
  kind: punches.kind,
  effectiveAt: punches.effectiveAt,
  verdict: punches.verdict,
  judgedAs: punches.judgedAs,
  metres: punches.metres,
  correctionId: punches.correctionId,
};
const shown = {
  punch: seen,
  workerId: workers.id,
  workerName,
  roleTitle: engagements.roleTitle,
  payPeriod: engagements.payPeriod,
  siteName: sites.name,
  zone: sites.zone,
};

/**
 * The newest punch that counts of each engagement, wherever it was made: somebody who has clocked out at another site
 * is not here any more. Asked engagement by engagement, because that is how punches are indexed.
 */
function newestPunches(db: Db, at: Instant): AttendanceRow[] {
  const since = addSeconds(at, -lookBackSeconds);
  return db
    .select(shown)
    .from(engagements)
    .innerJoin(
      punches,
      sql`${punches.id} = (SELECT p.id FROM punches AS p LEFT JOIN punch_voids AS v ON v.id = p.id
        WHERE p.engagement_id = ${engagements.id} AND p.effective_at BETWEEN ${since} AND ${at} AND v.id IS NULL
        ORDER BY p.effective_at DESC, p.id DESC LIMIT 1)`,
    )
    .innerJoin(workers, eq(workers.id, engagements.workerId))
    .innerJoin(sites, eq(sites.id, punches.siteId))
    .all();
}

/** Punches of the last day that count, the newest first. */
function recentPunches(db: Db, siteIds: readonly string[], at: Instant): AttendanceRow[] {
  return (
    db
      .select(shown)
      .from(engagements)
      // CROSS tells SQLite to go by engagement, for the same reason.
      .crossJoin(punches)
      .innerJoin(workers, eq(workers.id, engagements.workerId))
      .innerJoin(sites, eq(sites.id, punches.siteId))
      .leftJoin(punchVoids, eq(punchVoids.id, punches.id))
      .where(
        and(
          eq(punches.engagementId, engagements.id),
          gte(punches.effectiveAt, addSeconds(at, -recentSeconds)),
          lte(punches.effectiveAt, at),
          // One parameter, however many sites there are.
          sql`${punches.siteId} IN (SELECT value FROM json_each(${JSON.stringify(siteIds)}))`,
          isNull(punchVoids.id),
        ),
      )
      .orderBy(desc(punches.effectiveAt), desc(punches.id))
      .limit(recentMax)
      .all()
  );
}

function coveredEngagements(db: Db): Set<string> {
  const open = db
    .select({ engagementId: covers.engagementId })
    .from(covers)
    .leftJoin(coverEnds, eq(coverEnds.id, covers.id))
    .where(isNull(coverEnds.id))
    .all();
  return new Set(open.map(({ engagementId }) => engagementId));
}

/** The tables that attendance is read from. */
const facts: readonly SQLiteTable[] = [
  punches,
  punchVoids,
  covers,
  coverEnds,
  shiftPublications,
  shiftAssignments,
  shiftAssignmentEnds,
  shiftCancellations,
];

const newestRows = prepared((db) =>
  facts.map((table) => db.select({ last: sql<number | null>`max(rowid)` }).from(table).prepare()),
);

/** Another text after every write that attendance hangs on: rows are only ever added. */
export function attendanceVersion(db: Db): string {
  return newestRows(db)
    .map((statement) => statement.get()?.last ?? 0)
    .join('-');
}
