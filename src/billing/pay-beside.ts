/** What workers are paid an hour where a client is billed for them: the two rates stand side by side. */
import { and, eq, inArray, lte } from 'drizzle-orm';
import { engagementSites, engagements, sites } from '../../db/cell.ts';
import { engagementState, payTermsOf, payTermsOn } from '../engagement/engagement.ts';
import { type Minor, minor } from '../kernel/money.ts';
import type { CivilDate } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';

/** The least and the most of live engagements at the client's sites; of one role, or of all (''). */
export function payRangeAt(
  db: Db,
  clientId: string,
  roleTitle: string,
  today: CivilDate,
): { readonly leastMinor: Minor; readonly mostMinor: Minor } | undefined {
  const here = db
    .select({ id: engagementSites.engagementId })
    .from(engagementSites)
    .innerJoin(sites, eq(sites.id, engagementSites.siteId))
    .where(eq(sites.clientId, clientId));
  const rates = db
    .select()
    .from(engagements)
    .where(and(inArray(engagements.id, here), lte(engagements.startsOn, today)))
    .all()
    .filter(
      (one) =>
        (roleTitle === '' || one.roleTitle === roleTitle) && engagementState(db, one, today) === 'live',
    )
    .flatMap(({ id }) => payTermsOn(payTermsOf(db, id), today)?.hourlyRateMinor ?? []);
  if (rates.length === 0) return undefined;
  return { leastMinor: minor(Math.min(...rates)), mostMinor: minor(Math.max(...rates)) };
}
