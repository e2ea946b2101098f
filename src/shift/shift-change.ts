/** What of a worker's shifts they have not seen yet: before and after, until they say so. Derived from rows, never stored. */
import { and, eq, gt } from 'drizzle-orm';
import {
  shiftAcknowledgements,
  shiftAssignmentEnds,
  shiftAssignments,
  shiftDrafts,
  shiftPublications,
} from '../../db/cell.ts';
import { sameOr } from '../employer/repeat.ts';
import { type Engagement, engagementOf, engagementsOfWorker } from '../engagement/engagement.ts';
import type { BreakRule } from '../hours/breaks.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { canonicalJson, digestOf } from '../kernel/digest.ts';
import { idOf, newId } from '../kernel/id.ts';
import { refuse } from '../kernel/refusal.ts';
import { addSeconds, type Instant } from '../kernel/time.ts';
import { type Db, newestFirst, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { type Draft, type Shift, shiftOf, shiftsWithIds } from './shift.ts';

/** What a worker goes by. */
export interface SeenFacts {
  readonly siteId: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly siteIds: readonly string[];
  /** Null: the site's own. */
  readonly breaks: readonly BreakRule[] | null;
  readonly note: string;
}
/** Before: what they saw last; after: what counts now. Undefined: not theirs. */
export interface ShiftChange {
  readonly shiftId: string;
  readonly engagement: Engagement;
  readonly before: SeenFacts | undefined;
  readonly after: SeenFacts | undefined;
  /** Why it is off, where somebody said so. */
  readonly reason: string;
  /** Of `after`: an acknowledgement names it, so that nobody says to have seen what came in between. */
  readonly digest: string;
}

export const factsOf = ({ siteId, startsAt, endsAt, siteIds, breaks, note }: Draft): SeenFacts => ({
  siteId,
  startsAt,
  endsAt,
  siteIds,
  breaks,
  note,
});

const digestOfFacts = (facts: SeenFacts | undefined) => digestOf(facts ?? { off: true });

function factsNow(shift: Shift, engagementId: string): SeenFacts | undefined {
  const works = shift.assignments.some((one) => one.engagementId === engagementId);
  return works && !shift.cancelled && shift.published ? factsOf(shift.published) : undefined;
}

function seenFacts(db: Db, engagementId: string, shiftId: string): SeenFacts | undefined {
  const row = db
    .select({ facts: shiftAcknowledgements.facts })
    .from(shiftAcknowledgements)
    .where(
      and(eq(shiftAcknowledgements.engagementId, engagementId), eq(shiftAcknowledgements.shiftId, shiftId)),
    )
    .orderBy(newestFirst(shiftAcknowledgements))
    .limit(1)
    .get();
  return row?.facts ? (JSON.parse(row.facts) as SeenFacts) : undefined;
}

/** Of shifts that are not over since yesterday, the soonest first. */
export function changesFor(db: Db, workerId: string, at: Instant): ShiftChange[] {
  return engagementsOfWorker(db, workerId)
    .flatMap((engagement) =>
      shiftsEverOf(db, engagement.id, at).flatMap((shift) => changeOf(db, shift, engagement) ?? []),
    )
    .sort((a, b) => (startOf(a) < startOf(b) ? -1 : 1));
}

const startOf = ({ before, after }: ShiftChange) => (after ?? before)?.startsAt ?? '';

function changeOf(db: Db, shift: Shift, engagement: Engagement): ShiftChange | undefined {
  const before = seenFacts(db, engagement.id, shift.id);
  const after = factsNow(shift, engagement.id);
  if (canonicalJson(before ?? {}) === canonicalJson(after ?? {})) return undefined;
  return {
    shiftId: shift.id,
    engagement,
    before,
    after,
    reason: after ? '' : (shift.cancelled?.reason ?? reasonOff(db, shift.id, engagement.id)),
    digest: digestOfFacts(after),
  };
}

/** What was said when they were taken off. Why rest rules were set aside is the planner's affair. */
function reasonOff(db: Db, shiftId: string, engagementId: string): string {
  const removed = db
    .select({ reason: shiftAssignmentEnds.reason, cause: shiftAssignmentEnds.cause })
    .from(shiftAssignmentEnds)
    .innerJoin(shiftAssignments, eq(shiftAssignments.id, shiftAssignmentEnds.id))
    .where(and(eq(shiftAssignments.shiftId, shiftId), eq(shiftAssignments.engagementId, engagementId)))
    .orderBy(newestFirst(shiftAssignmentEnds))
    .limit(1)
    .get();
  return removed?.cause === 'removed' ? removed.reason : '';
}

/** Whether its worker has seen a shift as it is now. */
export function hasSeen(db: Db, shift: Shift, engagementId: string): boolean {
  const now = factsNow(shift, engagementId);
  return (
    now !== undefined && canonicalJson(seenFacts(db, engagementId, shift.id) ?? {}) === canonicalJson(now)
  );
}

/** Also those that they were taken off. */
function shiftsEverOf(db: Db, engagementId: string, at: Instant): Shift[] {
  const ids = db
    .selectDistinct({ id: shiftAssignments.shiftId })
    .from(shiftAssignments)
    .innerJoin(shiftPublications, eq(shiftPublications.shiftId, shiftAssignments.shiftId))
    .innerJoin(shiftDrafts, eq(shiftDrafts.id, shiftPublications.draftId))
    .where(
      and(eq(shiftAssignments.engagementId, engagementId), gt(shiftDrafts.endsAt, addSeconds(at, -86_400))),
    )
    .all()
    .map(({ id }) => id);
  return shiftsWithIds(db, ids);
}

/** More than anybody is planned for at once; one commit writes them all. */
export const seenAtOnceMax = 200;

export interface SeenShift {
  readonly shiftId: string;
  readonly engagementId: string;
  readonly digest: string;
}

/** All or none; each acknowledgement is named after the request, so that a repetition writes nothing. */
export function acknowledgeShifts(
  tx: Tx,
  actor: Actor,
  workerId: string,
  { id, shifts }: { readonly id: string; readonly shifts: readonly SeenShift[] },
  at: Instant,
): void {
  for (const seen of shifts) {
    const one = idOf(`${id} ${seen.engagementId} ${seen.shiftId}`);
    acknowledgeShift(tx, actor, workerId, { id: one, ...seen }, at);
  }
}

/** The worker has seen how a shift is now; refused when it has changed since they looked. */
export function acknowledgeShift(
  tx: Tx,
  actor: Actor,
  workerId: string,
  input: SeenShift & { readonly id: string },
  at: Instant,
): void {
  if (engagementOf(tx, input.engagementId)?.workerId !== workerId) refuse('not-found');
  const shift = shiftOf(tx, input.shiftId) ?? refuse('not-found');
  const by = actorText(actor);
  const known = tx.select().from(shiftAcknowledgements).where(eq(shiftAcknowledgements.id, input.id)).get();
  if (known) {
    const facts = known.facts === null ? undefined : (JSON.parse(known.facts) as SeenFacts);
    const { shiftId, engagementId, by: who } = known;
    sameOr({ id: known.id, shiftId, engagementId, digest: digestOfFacts(facts), by: who }, { ...input, by });
    return;
  }
  const now = factsNow(shift, input.engagementId);
  if (digestOfFacts(now) !== input.digest) refuse('shift-changed');
  const { id, shiftId, engagementId } = input;
  record(
    tx,
    'shift-acknowledged',
    { id, shiftId, engagementId, facts: now ? canonicalJson(now) : null, at, by },
    by,
    at,
  );
}

/** What a worker took themselves they have seen. */
export function acknowledge(tx: Tx, engagementId: string, published: Draft, by: string, at: Instant): void {
  const facts = canonicalJson(factsOf(published));
  record(
    tx,
    'shift-acknowledged',
    { id: newId(), shiftId: published.shiftId, engagementId, facts, at, by },
    by,
    at,
  );
}
