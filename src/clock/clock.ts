/** A worker's clock as their phone keeps it: live engagements, their sites with fences and rules, and the last punch. */
import { employerOf } from '../employer/employer.ts';
import { fenceOf, siteOf } from '../employer/site.ts';
import { sitePolicyOn } from '../employer/site-policy.ts';
import {
  type Engagement,
  engagementState,
  engagementsOfWorker,
  siteIdsOf,
} from '../engagement/engagement.ts';
import { longShiftSeconds } from '../hours/pairing.ts';
import { hasConsent } from '../identity/consent.ts';
import { type CivilDate, civilDateAt, type Instant } from '../kernel/time.ts';
import { plannedSiteIds } from '../shift/planned-shift.ts';
import type { Db } from '../store/commit.ts';
import type { ClockEngagement, ClockScene, ClockSite } from './clock-scene.ts';
import { isAtWork, lastPunchOf } from './punch.ts';
import { devicesOfWorker } from './worker-device.ts';

export interface ClockOwner {
  readonly personId: string;
  readonly workerId: string;
  readonly displayName?: string | undefined;
}

export function clockSceneOf(db: Db, org: string, owner: ClockOwner, at: Instant): ClockScene {
  const employer = employerOf(db);
  const today = civilDateAt(at, employer.zone);
  const live = engagementsOfWorker(db, owner.workerId).filter((one) => mayClock(db, one, employer.zone, at));
  const engagements = live.map(({ id, roleTitle }) => clockEngagement(db, id, roleTitle, today, at));
  const siteIds = new Set(engagements.flatMap((one) => one.siteIds));
  return {
    org,
    employer: employer.name,
    personId: owner.personId,
    name: owner.displayName ?? '',
    at,
    consented: hasConsent(db, owner.workerId, 'location-at-punch'),
    longShiftSeconds,
    engagements,
    devices: devicesOfWorker(db, owner.workerId).map(({ id, label, at, revocation }) => ({
      id,
      label,
      at,
      revoked: revocation !== null,
    })),
    sites: [...siteIds].flatMap((id) => clockSite(db, id, at) ?? []),
  };
}

/** Live at one of its sites, where the day may begin before the employer's; or at work still, to clock out the morning after. */
function mayClock(db: Db, engagement: Engagement, employerZone: string, at: Instant): boolean {
  const zones = siteIdsOf(db, engagement.id).map((id) => siteOf(db, id)?.zone ?? employerZone);
  return (
    [employerZone, ...zones].some(
      (zone) => engagementState(db, engagement, civilDateAt(at, zone)) === 'live',
    ) || isAtWork(lastPunchOf(db, engagement.id), at)
  );
}

function clockEngagement(
  db: Db,
  id: string,
  roleTitle: string,
  today: CivilDate,
  at: Instant,
): ClockEngagement {
  const last = lastPunchOf(db, id);
  // Where somebody works now they clock out, whatever the list says since.
  const here = last && isAtWork(last, at) ? [last.siteId] : [];
  return {
    id,
    roleTitle,
    // A shift may name places that the engagement does not.
    siteIds: [...new Set([...siteIdsOf(db, id), ...plannedSiteIds(db, id, today), ...here])],
    last: last ? { id: last.id, kind: last.kind, siteId: last.siteId, at: last.effectiveAt } : null,
  };
}

function clockSite(db: Db, id: string, at: Instant): ClockSite | undefined {
  const site = siteOf(db, id);
  if (!site) return undefined;
  const { name, zone } = site;
  const { place, accurateMetres } = sitePolicyOn(db, id, civilDateAt(at, zone));
  return { id, name, zone, shapes: fenceOf(db, id)?.wgsShapes ?? null, place, accurateMetres };
}
