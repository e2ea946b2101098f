/** A worker's clock as their phone keeps it: live engagements, their sites with fences and rules, and the last punch. */
import { employerOf } from '../employer/employer.ts';
import { fenceOf, siteOf } from '../employer/site.ts';
import { sitePolicyOn } from '../employer/site-policy.ts';
import { engagementState, engagementsOfWorker, siteIdsOf } from '../engagement/engagement.ts';
import { longShiftSeconds } from '../hours/pairing.ts';
import { hasConsent } from '../identity/consent.ts';
import { type CivilDate, civilDateAt, type Instant } from '../kernel/time.ts';
import { plannedSiteIds } from '../shift/planned-shift.ts';
import type { Db } from '../store/commit.ts';
import type { ClockEngagement, ClockScene, ClockSite } from './clock-scene.ts';
import { lastPunchOf } from './punch.ts';
import { devicesOfWorker } from './worker-device.ts';

export interface ClockOwner {
  readonly personId: string;
  readonly workerId: string;
  readonly displayName?: string | undefined;
}

export function clockSceneOf(db: Db, org: string, owner: ClockOwner, at: Instant): ClockScene {
  const employer = employerOf(db);
  const today = civilDateAt(at, employer.zone);
  const live = engagementsOfWorker(db, owner.workerId).filter(
    (one) => engagementState(db, one, today) === 'live',
  );
  const engagements = live.map(({ id, roleTitle }) => clockEngagement(db, id, roleTitle, today));
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

function clockEngagement(db: Db, id: string, roleTitle: string, today: CivilDate): ClockEngagement {
  const last = lastPunchOf(db, id);
  return {
    id,
    roleTitle,
    // A shift may name places that the engagement does not.
    siteIds: [...new Set([...siteIdsOf(db, id), ...plannedSiteIds(db, id, today)])],
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
