/** Open shifts: workers claim the places that are left. The first claims win; a claim is an assignment from then on. */
import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import { shiftAssignments, shiftDrafts, shiftPublications } from '../../db/cell.ts';
import { sameOr } from '../employer/repeat.ts';
import { type Engagement, engagementOf, engagementsOfWorker, siteIdsOf } from '../engagement/engagement.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { type Draft, placesLeft, type Shift, shiftOf, shiftsWithIds } from './shift.ts';
import { acknowledge } from './shift-change.ts';
import { isLiveAtSite, type Obstacle, obstacleTo, requireNoObstacle } from './shift-eligibility.ts';

/** Takes a place, if one is left and nothing speaks against it. Two at once for one place: one is refused `shift-full`. */
export function claimShift(
  tx: Tx,
  actor: Actor,
  workerId: string,
  input: { id: string; shiftId: string; engagementId: string },
  at: Instant,
): void {
  const engagement = engagementOf(tx, input.engagementId);
  if (engagement?.workerId !== workerId) refuse('not-found');
  const by = actorText(actor);
  const row = { ...input, cause: 'claimed' as const, causeId: input.id, at, by };
  const known = tx.select().from(shiftAssignments).where(eq(shiftAssignments.id, input.id)).get();
  if (known) return void sameOr(known, row);
  const { shift, published } = openShift(tx, input.shiftId, at);
  if (!isLiveAtSite(tx, engagement, published.siteId, published.day)) refuse('not-found');
  if (placesLeft(shift) <= 0) refuse('shift-full');
  if (shift.assignments.some(({ engagementId }) => engagementId === engagement.id)) refuse('id-reused');
  requireNoObstacle(tx, engagement, published);
  record(tx, 'shift-assigned', row, by, at);
  // Who claims has read it: nothing is left to be told.
  acknowledge(tx, engagement.id, published, by, at);
}

/** Published, not called off and not begun. */
export function openShift(db: Db, shiftId: string, at: Instant): { shift: Shift; published: Draft } {
  const shift = shiftOf(db, shiftId);
  if (!shift?.published) refuse('not-found');
  if (shift.cancelled) refuse('shift-cancelled');
  if (shift.published.startsAt <= at) refuse('shift-past');
  return { shift, published: shift.published };
}

export interface OpenShift {
  readonly shift: Shift;
  readonly published: Draft;
  readonly engagement: Engagement;
  readonly placesLeft: number;
  /** Why they cannot have it; undefined: they can. */
  readonly obstacle: Obstacle | undefined;
}

/** Shifts to come with places left, where a worker is engaged and does not work them already; the soonest first. */
export function openShiftsFor(db: Db, workerId: string, at: Instant): OpenShift[] {
  const engagements = engagementsOfWorker(db, workerId);
  const siteIds = [...new Set(engagements.flatMap(({ id }) => siteIdsOf(db, id)))];
  const open = upcomingAt(db, siteIds, at).flatMap((shift) => {
    const { published } = shift;
    if (!published || shift.cancelled || published.startsAt <= at || placesLeft(shift) <= 0) return [];
    const engagement = engagements.find((one) => isLiveAtSite(db, one, published.siteId, published.day));
    if (!engagement || shift.assignments.some(({ engagementId }) => engagementId === engagement.id))
      return [];
    const obstacle = obstacleTo(db, engagement, published);
    return [{ shift, published, engagement, placesLeft: placesLeft(shift), obstacle }];
  });
  return open.sort((a, b) => (a.published.startsAt < b.published.startsAt ? -1 : 1));
}

function upcomingAt(db: Db, siteIds: readonly string[], at: Instant): Shift[] {
  if (siteIds.length === 0) return [];
  const ids = db
    .selectDistinct({ id: shiftDrafts.shiftId })
    .from(shiftDrafts)
    .innerJoin(shiftPublications, eq(shiftPublications.draftId, shiftDrafts.id))
    .where(
      and(
        inArray(shiftDrafts.siteId, siteIds.slice(0, 90)),
        gt(shiftDrafts.startsAt, at),
        // Most shifts have no place to give away: they are left out before anything else of them is read.
        sql`json_array_length(${shiftDrafts.engagementIds}) + ${shiftDrafts.openPlaces} > (SELECT count(*) FROM shift_assignments AS taken WHERE taken.shift_id = ${shiftDrafts.shiftId} AND NOT EXISTS (SELECT 1 FROM shift_assignment_ends AS ended WHERE ended.id = taken.id))`,
      ),
    )
    .all()
    .map(({ id }) => id);
  return shiftsWithIds(db, ids);
}
