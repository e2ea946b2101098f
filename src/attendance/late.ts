/** Who should be at work by the published plan and has not clocked in. */
import { and, eq, gte, isNull, lte, sql } from 'drizzle-orm';
import { engagements, punches, punchVoids, workers } from '../../db/cell.ts';
import type { Standing } from '../employer/standing.ts';
import { workerName } from '../identity/name.ts';
import { addSeconds, type Instant, type PayPeriodKind, secondsBetween } from '../kernel/time.ts';
import { type PlannedShift, plannedShiftsAround } from '../shift/planned-shift.ts';
import { type Db, prepared } from '../store/commit.ts';
import { watchedSites } from './attendance.ts';

export interface Late {
  readonly shift: PlannedShift;
  readonly workerName: string;
  readonly roleTitle: string;
  readonly payPeriod: PayPeriodKind;
  readonly siteName: string;
  readonly zone: string;
  /** Since the beginning of the shift. */
  readonly seconds: number;
}

/** Who came this long before the shift came for it, also when they have left again. */
const earlySeconds = 4 * 3600;

const statements = prepared((db) => ({
  who: db
    .select({ workerName, roleTitle: engagements.roleTitle, payPeriod: engagements.payPeriod })
    .from(engagements)
    .innerJoin(workers, eq(workers.id, engagements.workerId))
    .where(eq(engagements.id, sql.placeholder('engagementId')))
    .prepare(),
  cameFor: db
    .select({ id: punches.id })
    .from(punches)
    .leftJoin(punchVoids, eq(punchVoids.id, punches.id))
    .where(
      and(
        eq(punches.engagementId, sql.placeholder('engagementId')),
        eq(punches.kind, 'in'),
        gte(punches.effectiveAt, sql.placeholder('from')),
        lte(punches.effectiveAt, sql.placeholder('at')),
        isNull(punchVoids.id),
      ),
    )
    .limit(1)
    .prepare(),
}));

/** Longer ago than the shift allows, at the sites that a member sees; the longest first. */
export function lateOf(db: Db, standing: Standing, at: Instant, siteId?: string): Late[] {
  const sites = new Map(watchedSites(db, standing, siteId).map((site) => [site.id, site]));
  return plannedShiftsAround(db, at, at)
    .filter((shift) => isMissing(db, shift, at))
    .flatMap((shift) => {
      const site = sites.get(shift.siteId);
      const who = site && statements(db).who.get({ engagementId: shift.engagementId });
      if (!site || !who) return [];
      const seconds = secondsBetween(shift.startsAt, at);
      return [{ shift, ...who, siteName: site.name, zone: site.zone, seconds }];
    })
    .sort((a, b) => b.seconds - a.seconds);
}

function isMissing(
  db: Db,
  { engagementId, startsAt, endsAt, lateSeconds }: PlannedShift,
  at: Instant,
): boolean {
  if (at >= endsAt || addSeconds(startsAt, lateSeconds) >= at) return false;
  const from = addSeconds(startsAt, -earlySeconds);
  return statements(db).cameFor.get({ engagementId, from, at }) === undefined;
}
