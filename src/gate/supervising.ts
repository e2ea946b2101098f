/** Whose word counts at a site: its supervisors', HR's and the owners'. */

import { type Site, siteOf } from '../employer/site.ts';
import { type MemberStanding, requireRole, type Standing, supervises } from '../employer/standing.ts';
import type { CellRequest } from '../http/env.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Db } from '../store/commit.ts';

/** The site, when the member may vouch there; everybody else sees nothing. */
export function supervisedSite(db: Db, standing: Standing, siteId: string): Site {
  const site = siteOf(db, siteId);
  return site && supervises(standing, site.id) ? site : refuse('not-found');
}

export function requireSupervisor(c: CellRequest, siteId: string): { standing: MemberStanding; site: Site } {
  const standing = requireRole(c, 'owner', 'hr', 'supervisor');
  return { standing, site: supervisedSite(c.env.cell.store.db, standing, siteId) };
}
