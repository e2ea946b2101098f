/** Whether somebody can work a shift: engaged there on that day, not planned elsewhere, and no rest rule against it. */
import { asc, eq } from 'drizzle-orm';
import { engagementSites, engagements } from '../../db/cell.ts';
import { contractObstacle } from '../contract/contract-gate.ts';
import { employerOf } from '../employer/employer.ts';
import { siteOf } from '../employer/site.ts';
import { type Engagement, engagementOf, engagementState, siteIdsOf } from '../engagement/engagement.ts';
import { provenIdentityOf } from '../identity/claim.ts';
import { workerNameOf } from '../identity/name.ts';
import { type RefusalPointer, type RefusalSlug, type RefusalValues, refuse } from '../kernel/refusal.ts';
import { type CivilDate, formatInstant, type Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { plannedShiftsOfWorkers } from './planned-shift.ts';
import {
  overlaps,
  type RestShift,
  type RestWarning,
  restHorizon,
  restWarnings,
  type WorkerPlan,
  warningsAbout,
} from './rest-rules.ts';
import { shiftBreaks, workSeconds } from './shift-breaks.ts';

/** Of a draft, all that eligibility asks for. */
export interface ShiftWindow {
  readonly shiftId: string;
  readonly siteId: string;
  readonly day: CivilDate;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly breaks: Parameters<typeof workSeconds>[1] | null;
}
/** Why not, as the refusal it would be. */
export interface Obstacle {
  readonly slug: RefusalSlug;
  readonly values: RefusalValues;
}

export function isLiveAtSite(db: Db, engagement: Engagement, siteId: string, day: CivilDate): boolean {
  return engagementState(db, engagement, day) === 'live' && siteIdsOf(db, engagement.id).includes(siteId);
}

/** Whoever may ever be planned at a site, in the order of their coming. */
export function engagementsAtSite(db: Db, siteId: string): Engagement[] {
  return db
    .select({ engagement: engagements })
    .from(engagements)
    .innerJoin(engagementSites, eq(engagementSites.engagementId, engagements.id))
    .where(eq(engagementSites.siteId, siteId))
    .orderBy(asc(engagements.at))
    .all()
    .map(({ engagement }) => engagement);
}

/** The engagement, live at the site on the day, or a refusal that points at its field. */
export function requireLiveAtSite(
  db: Db,
  engagementId: string,
  siteId: string,
  day: CivilDate,
  pointer?: string,
): Engagement {
  const pointers: RefusalPointer[] = pointer === undefined ? [] : [{ pointer, detail: '' }];
  const engagement = engagementOf(db, engagementId) ?? refuse('not-found', {}, pointers);
  if (!isLiveAtSite(db, engagement, siteId, day))
    refuse('worker-not-at-site', { name: workerNameOf(db, engagement.workerId), day }, pointers);
  const obstacle = contractObstacle(db, engagement, day);
  if (obstacle) refuse(obstacle.slug, obstacle.values, pointers);
  return engagement;
}

/** What keeps somebody from a shift. `without`: shifts of theirs that they would give away for it. */
export function obstacleTo(
  db: Db,
  engagement: Engagement,
  shift: ShiftWindow,
  without: ReadonlySet<string> = new Set(),
): Obstacle | undefined {
  const name = workerNameOf(db, engagement.workerId);
  if (!isLiveAtSite(db, engagement, shift.siteId, shift.day))
    return { slug: 'worker-not-at-site', values: { name, day: shift.day } };
  const unbound = contractObstacle(db, engagement, shift.day);
  if (unbound) return unbound;
  const mine = restShiftOf(db, engagement, shift);
  const plan = planWith(db, engagement.workerId, [mine], without);
  const other = overlapIn(plan, mine);
  if (other) return { slug: 'shift-overlaps', values: { name, when: whenText(other) } };
  const [against] = warningsAbout(restWarnings(employerOf(db).country, plan), new Set([shift.shiftId]));
  return against && { slug: 'rest-rule-broken', values: { rule: against.rule } };
}

export function requireNoObstacle(
  db: Db,
  engagement: Engagement,
  shift: ShiftWindow,
  without?: ReadonlySet<string>,
): void {
  const obstacle = obstacleTo(db, engagement, shift, without);
  if (obstacle) refuse(obstacle.slug, obstacle.values);
}

/** A worker's published plan around some shifts, with these added and others left out. */
export function planWith(
  db: Db,
  workerId: string,
  added: readonly RestShift[],
  without: ReadonlySet<string>,
): WorkerPlan {
  const days = added.map(({ day }) => day).sort();
  const horizon = restHorizon(days[0] as CivilDate, days[days.length - 1] as CivilDate);
  const addedIds = new Set(added.map(({ shiftId }) => shiftId));
  const kept = plannedShiftsOfWorkers(db, [workerId], horizon.from, horizon.to).filter(
    ({ id }) => !without.has(id) && !addedIds.has(id),
  );
  return {
    workerId,
    birthOn: provenIdentityOf(db, workerId)?.claim.birthOn ?? null,
    shifts: [
      ...kept.flatMap((shift) => {
        const engagement = engagementOf(db, shift.engagementId);
        return engagement ? [restShiftOf(db, engagement, { ...shift, shiftId: shift.id })] : [];
      }),
      ...added,
    ],
  };
}

export function restShiftOf(db: Db, engagement: Engagement, shift: ShiftWindow): RestShift {
  const { shiftId, siteId, day, startsAt, endsAt } = shift;
  return {
    shiftId,
    engagementId: engagement.id,
    relationship: engagement.relationship,
    day,
    zone: siteOf(db, siteId)?.zone ?? employerOf(db).zone,
    startsAt,
    endsAt,
    workSeconds: workSeconds(shift, shiftBreaks(db, shift)),
  };
}

export function overlapIn(plan: WorkerPlan, shift: RestShift): RestShift | undefined {
  return plan.shifts.find((other) => other !== shift && overlaps(other, shift));
}

/** `2026-11-20 08:00–16:00` at the site. */
export function whenText({
  startsAt,
  endsAt,
  zone,
}: Pick<RestShift, 'startsAt' | 'endsAt' | 'zone'>): string {
  return `${formatInstant(startsAt, zone, 'en')}–${formatInstant(endsAt, zone, 'en', 'HH:mm')}`;
}

/** What speaks against a worker's plan, as far as these shifts have to do with it. */
export function warningsOfPlan(db: Db, plan: WorkerPlan, shiftIds: ReadonlySet<string>): RestWarning[] {
  return warningsAbout(restWarnings(employerOf(db).country, plan), shiftIds);
}
