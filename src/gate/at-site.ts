/** Who belongs to a site around a day: engaged for it, or planned there by a shift that names it. */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { engagementSites } from '../../db/cell.ts';
import type { Site } from '../employer/site.ts';
import { siteIdsOf } from '../engagement/engagement.ts';
import { civilDateAt, type Instant } from '../kernel/time.ts';
import { engagementsPlannedAt, plannedSiteIds } from '../shift/planned-shift.ts';
import type { Db } from '../store/commit.ts';

/** Of one engagement. */
export function belongsTo(db: Db, engagementId: string, site: Site, at: Instant): boolean {
  return (
    siteIdsOf(db, engagementId).includes(site.id) ||
    plannedSiteIds(db, engagementId, civilDateAt(at, site.zone)).includes(site.id)
  );
}

/** The same as a condition on a column of engagements' ids. */
export function belongingTo(db: Db, engagementId: SQLWrapper, site: Site, at: Instant): SQL {
  const planned = JSON.stringify(engagementsPlannedAt(db, site.id, civilDateAt(at, site.zone)));
  return sql`(${engagementId} IN (SELECT ${engagementSites.engagementId} FROM ${engagementSites} WHERE ${engagementSites.siteId} = ${site.id}) OR ${engagementId} IN (SELECT value FROM json_each(${planned})))`;
}
