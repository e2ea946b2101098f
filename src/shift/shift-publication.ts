/** Publishing: from now on workers go by these drafts. What rest rules say is read, acknowledged and kept. */
import { eq } from 'drizzle-orm';
import { shiftAssignmentEnds, shiftDrafts, shiftPublications } from '../../db/cell.ts';
import { sameOr } from '../employer/repeat.ts';
import type { Standing } from '../employer/standing.ts';
import { engagementOf } from '../engagement/engagement.ts';
import { workerNameOf } from '../identity/name.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { canonicalJson, digestOf } from '../kernel/digest.ts';
import { newId } from '../kernel/id.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import { type Db, newestFirst, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import type { RestShift, RestWarning } from './rest-rules.ts';
import {
  assignmentOf,
  capacityOf,
  isPending,
  plannedShift,
  readDraftOf,
  type Shift,
  staffingOf,
} from './shift.ts';
import {
  isLiveAtSite,
  type Obstacle,
  overlapIn,
  planWith,
  restShiftOf,
  warningsOfPlan,
  whenText,
} from './shift-eligibility.ts';

export interface PublicationInput {
  /** Of the whole act. */
  readonly id: string;
  readonly draftIds: readonly string[];
  /** The digest of the warnings that the publisher read; needed when there are any, with a reason. */
  readonly acknowledges?: string | undefined;
  readonly reason?: string | undefined;
}

/**
 * Publishes drafts together. Each must be the newest of its shift. Refuses an overlap and whoever is not engaged
 * there; what rest rules say is a warning that must have been read (`shift-warnings` when it was not, or has changed).
 */
export function publishShifts(
  tx: Tx,
  actor: Actor,
  standing: Standing,
  input: PublicationInput,
  at: Instant,
): void {
  const by = actorText(actor);
  if (isRepeated(tx, input, by)) return;
  const shifts = input.draftIds.map((draftId) => {
    const draft = readDraftOf(tx, draftId) ?? refuse('not-found');
    const shift = plannedShift(tx, standing, draft.shiftId);
    if (shift.cancelled) refuse('shift-cancelled');
    if (shift.draft.id !== draftId || !isPending(shift)) refuse('shift-changed');
    if (shift.draft.endsAt <= at || (shift.published && shift.published.endsAt <= at)) refuse('shift-past');
    return shift;
  });
  const { obstacles, warnings, digest } = reviewDrafts(tx, shifts);
  for (const { slug, values } of obstacles) refuse(slug, values);
  if (warnings.length > 0) {
    if (input.acknowledges !== digest) refuse('shift-warnings', { count: warnings.length });
    if (!input.reason) refuse('body-invalid', {}, [{ pointer: '/reason', detail: '' }]);
  }
  for (const shift of shifts) publish(tx, input, shift, warnings, by, at);
}

/** The same act again is the same act; its id with other drafts, or by somebody else, is refused. */
function isRepeated(tx: Tx, { id, draftIds, reason = '' }: PublicationInput, by: string): boolean {
  const known = tx.select().from(shiftPublications).where(eq(shiftPublications.batchId, id)).all();
  if (known.length === 0) return false;
  const [first] = known;
  const before = { drafts: known.map(({ draftId }) => draftId).sort(), by: first?.by, reason: first?.reason };
  sameOr(before, { drafts: [...draftIds].sort(), by, reason });
  return true;
}

function publish(
  tx: Tx,
  { id: batchId, reason = '' }: PublicationInput,
  shift: Shift,
  warnings: readonly RestWarning[],
  by: string,
  at: Instant,
): void {
  const { draft } = shift;
  const about = warnings.filter(({ shiftIds }) => shiftIds.includes(shift.id));
  const row = {
    id: newId(),
    batchId,
    shiftId: shift.id,
    draftId: draft.id,
    warnings: about.length > 0 ? canonicalJson(about) : null,
    reason,
    at,
    by,
  };
  record(tx, 'shift-published', row, by, at);
  const { added, removed } = staffingOf(draft);
  for (const { id, engagementId } of shift.assignments)
    if (removed.includes(engagementId))
      record(tx, 'shift-assignment-ended', { id, cause: 'published', reason, at, by }, by, at);
  for (const engagementId of added) {
    if (shift.assignments.some((one) => one.engagementId === engagementId)) continue;
    const assignment = {
      id: newId(),
      shiftId: shift.id,
      engagementId,
      cause: 'published' as const,
      causeId: batchId,
    };
    record(tx, 'shift-assigned', { ...assignment, at, by }, by, at);
  }
}

/** Who works a shift once its draft is published: claims and swaps since the draft was written stay. */
export function staffAfter({ draft, assignments }: Pick<Shift, 'draft' | 'assignments'>): string[] {
  const { added, removed } = staffingOf(draft);
  const kept = assignments.map(({ engagementId }) => engagementId).filter((id) => !removed.includes(id));
  return [...new Set([...kept, ...added])];
}

/** What there is to say of drafts before they are published together. */
export interface PublicationReview {
  /** By draft: what stops it. */
  readonly obstacles: readonly (Obstacle & { readonly shiftId: string })[];
  readonly warnings: readonly RestWarning[];
  /** Of the warnings: what an acknowledgement names. */
  readonly digest: string;
}

export function reviewDrafts(db: Db, shifts: readonly Shift[]): PublicationReview {
  const obstacles: (Obstacle & { shiftId: string })[] = [];
  const byWorker = new Map<string, RestShift[]>();
  for (const shift of shifts) {
    const { siteId, day } = shift.draft;
    const staff = staffAfter(shift);
    if (staff.length > capacityOf(shift.draft))
      obstacles.push({ shiftId: shift.id, slug: 'shift-full', values: {} });
    for (const engagementId of staff) {
      const engagement = engagementOf(db, engagementId) ?? refuse('not-found');
      const name = workerNameOf(db, engagement.workerId);
      if (!isLiveAtSite(db, engagement, siteId, day))
        obstacles.push({ shiftId: shift.id, slug: 'worker-not-at-site', values: { name, day } });
      const planned = restShiftOf(db, engagement, shift.draft);
      byWorker.set(engagement.workerId, [...(byWorker.get(engagement.workerId) ?? []), planned]);
    }
  }
  const touched = new Set(shifts.map(({ id }) => id));
  const warnings = [...byWorker].flatMap(([workerId, added]) => {
    const plan = planWith(db, workerId, added, touched);
    for (const shift of added) {
      const other = overlapIn(plan, shift);
      const values = { name: workerNameOf(db, workerId), when: other ? whenText(other) : '' };
      if (other) obstacles.push({ shiftId: shift.shiftId, slug: 'shift-overlaps', values });
    }
    return warningsOfPlan(db, plan, touched);
  });
  return { obstacles, warnings, digest: digestOf(warnings) };
}

/** Somebody is taken off a shift that has not begun; their place is open again. */
export function takeOffShift(
  tx: Tx,
  actor: Actor,
  standing: Standing,
  { id, reason }: { id: string; reason: string },
  at: Instant,
): void {
  const assignment = assignmentOf(tx, id) ?? refuse('not-found');
  const shift = plannedShift(tx, standing, assignment.shiftId);
  const row = { id, cause: 'removed' as const, reason, at, by: actorText(actor) };
  const known = tx.select().from(shiftAssignmentEnds).where(eq(shiftAssignmentEnds.id, id)).get();
  if (known) return void sameOr(known, row);
  if (shift.cancelled) refuse('shift-cancelled');
  if (shift.published && shift.published.startsAt <= at) refuse('shift-past');
  record(tx, 'shift-assignment-ended', row, row.by, at);
}

/** Each time a shift was published, the newest first, with what was published. */
export function publicationsOfShift(db: Db, shiftId: string) {
  return db
    .select({ publication: shiftPublications, draft: shiftDrafts })
    .from(shiftPublications)
    .innerJoin(shiftDrafts, eq(shiftDrafts.id, shiftPublications.draftId))
    .where(eq(shiftPublications.shiftId, shiftId))
    .orderBy(newestFirst(shiftPublications))
    .all()
    .map(({ publication, draft }) => ({ ...publication, draft }));
}
