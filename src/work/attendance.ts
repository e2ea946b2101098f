/** Live attendance: who is at work now, since when and where, and who forgot to clock out. From rows alone. */
import { and, desc, eq, gte, isNull } from 'drizzle-orm';
import { coverEnds, covers, engagements, punches, punchVoids, sites, workers } from '../../db/cell.ts';
import { type Standing, seesSite } from '../employer/standing.ts';
import { workerName } from '../identity/name.ts';
import { addSeconds, type Instant, secondsBetween } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { longShiftSeconds } from './hours.ts';
import type { Punch } from './punch.ts';

/** No position: where exactly somebody stood is nobody's business here. */
export type SeenPunch = Pick<
  Punch,
  'id' | 'engagementId' | 'siteId' | 'kind' | 'effectiveAt' | 'verdict' | 'metres' | 'correctionId'
>;
export interface AttendanceRow {
  readonly punch: SeenPunch;
  readonly workerId: string;
  readonly workerName: string;
  readonly roleTitle: string;
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

/** What a member may see of it, by the site of each punch. */
export function attendanceOf(db: Db, standing: Standing, at: Instant): Attendance {
  const all = punchesSince(db, addSeconds(at, -lookBackSeconds));
  const rows = all.filter(({ site }) => seesSite(standing, site));
  // The newest punch anywhere decides: somebody who has clocked out at another site is not here any more.
  const open = newestByEngagement(all).filter(
    ({ punch, site }) => punch.kind === 'in' && seesSite(standing, site),
  );
  const covered = coveredEngagements(db);
  const present = open.map(({ site: _, ...row }) => ({
    ...row,
    seconds: secondsBetween(row.punch.effectiveAt, at),
    covered: covered.has(row.punch.engagementId),
  }));
  return {
    onSite: present.filter(({ seconds }) => seconds <= longShiftSeconds),
    forgotten: present.filter(({ seconds }) => seconds > longShiftSeconds),
    recent: rows
      .filter(({ punch }) => punch.effectiveAt >= addSeconds(at, -recentSeconds))
      .slice(0, 50)
      .map(({ site: _, ...row }) => row),
  };
}

type FoundRow = AttendanceRow & { readonly site: { readonly id: string; readonly clientId: string | null } };

const seen = {
  id: punches.id,
  engagementId: punches.engagementId,
  siteId: punches.siteId,
  kind: punches.kind,
  effectiveAt: punches.effectiveAt,
  verdict: punches.verdict,
  metres: punches.metres,
  correctionId: punches.correctionId,
};

/** Punches that count, the newest first. */
function punchesSince(db: Db, since: Instant): FoundRow[] {
  return db
    .select({
      punch: seen,
      workerId: workers.id,
      workerName,
      roleTitle: engagements.roleTitle,
      siteName: sites.name,
      zone: sites.zone,
      site: { id: sites.id, clientId: sites.clientId },
    })
    .from(punches)
    .innerJoin(engagements, eq(engagements.id, punches.engagementId))
    .innerJoin(workers, eq(workers.id, engagements.workerId))
    .innerJoin(sites, eq(sites.id, punches.siteId))
    .leftJoin(punchVoids, eq(punchVoids.id, punches.id))
    .where(and(gte(punches.effectiveAt, since), isNull(punchVoids.id)))
    .orderBy(desc(punches.effectiveAt), desc(punches.id))
    .all();
}

function newestByEngagement(rows: readonly FoundRow[]): FoundRow[] {
  const newest = new Map<string, FoundRow>();
  for (const row of rows) if (!newest.has(row.punch.engagementId)) newest.set(row.punch.engagementId, row);
  return [...newest.values()];
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
