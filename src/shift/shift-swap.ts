/** Swaps: a worker offers a shift to another, perhaps for one of theirs; the other agrees; a supervisor approves. */
import { desc, eq, inArray, or } from 'drizzle-orm';
import {
  engagements,
  shiftAssignmentEnds,
  shiftAssignments,
  shiftSwapAnswers,
  shiftSwapDecisions,
  shiftSwaps,
  shiftSwapWithdrawals,
} from '../../db/cell.ts';
import { sameDecision, sameOr } from '../employer/repeat.ts';
import { siteOf } from '../employer/site.ts';
import type { Standing } from '../employer/standing.ts';
import { type Engagement, engagementOf } from '../engagement/engagement.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { newId } from '../kernel/id.ts';
import { refuse } from '../kernel/refusal.ts';
import { addDays, type Instant } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import {
  type Assignment,
  assignmentOf,
  type Draft,
  plannedSite,
  type Shift,
  shiftOf,
  shiftsOfSite,
} from './shift.ts';
import { openShift } from './shift-claim.ts';
import { engagementsAtSite, isLiveAtSite, obstacleTo, requireNoObstacle } from './shift-eligibility.ts';

export type SwapRow = typeof shiftSwaps.$inferSelect;
/** `lapsed`: a shift of it has begun, was called off, or is not its worker's any more. */
export type SwapState = 'proposed' | 'agreed' | 'declined' | 'withdrawn' | 'approved' | 'refused' | 'lapsed';

/** One worker's side: what they give, if anything. */
export interface SwapSide {
  readonly engagement: Engagement;
  readonly assignment: Assignment | undefined;
  readonly shift: Shift | undefined;
  readonly published: Draft | undefined;
}
export interface SwapView {
  readonly swap: SwapRow;
  readonly state: SwapState;
  /** Who offers. */
  readonly from: SwapSide;
  /** Who is asked. */
  readonly to: SwapSide;
  readonly decision: typeof shiftSwapDecisions.$inferSelect | undefined;
}

/** Offers a shift of one's own. Both must be able to work what they get. */
export function proposeSwap(
  tx: Tx,
  actor: Actor,
  workerId: string,
  input: {
    id: string;
    assignmentId: string;
    engagementId: string;
    returnAssignmentId?: string | undefined;
    note?: string | undefined;
  },
  at: Instant,
): void {
  const row: SwapRow = {
    id: input.id,
    assignmentId: input.assignmentId,
    engagementId: input.engagementId,
    returnAssignmentId: input.returnAssignmentId ?? null,
    note: input.note ?? '',
    at,
    by: actorText(actor),
  };
  const known = tx.select().from(shiftSwaps).where(eq(shiftSwaps.id, input.id)).get();
  if (known) return void sameOr(known, row);
  const mine = engagementOf(tx, assignmentOf(tx, input.assignmentId)?.engagementId ?? '');
  const theirs = engagementOf(tx, input.engagementId);
  if (mine?.workerId !== workerId || !theirs || theirs.workerId === workerId) refuse('not-found');
  const view = viewOf(tx, row, at);
  if (view.state === 'lapsed') refuse('swap-closed');
  if (isPromised(tx, row.assignmentId, at)) refuse('swap-closed');
  requireBothAble(tx, view);
  record(tx, 'shift-swap-proposed', row, row.by, at);
}

/** The colleague who was asked says yes or no. */
export function answerSwap(
  tx: Tx,
  actor: Actor,
  workerId: string,
  input: { id: string; answer: 'agreed' | 'declined' },
  at: Instant,
): void {
  const view = swapOf(tx, input.id, at);
  if (view.to.engagement.workerId !== workerId) refuse('not-found');
  const row = { ...input, at, by: actorText(actor) };
  const known = tx.select().from(shiftSwapAnswers).where(eq(shiftSwapAnswers.id, input.id)).get();
  if (known) return void sameDecision(known, row);
  if (view.state !== 'proposed') refuse('swap-closed');
  if (input.answer === 'agreed') requireBothAble(tx, view);
  record(tx, 'shift-swap-answered', row, row.by, at);
}

/** The one who offered takes it back, as long as nobody has decided. */
export function withdrawSwap(
  tx: Tx,
  actor: Actor,
  workerId: string,
  { id }: { id: string },
  at: Instant,
): void {
  const view = swapOf(tx, id, at);
  if (view.from.engagement.workerId !== workerId) refuse('not-found');
  if (view.state === 'withdrawn') return;
  if (view.state !== 'proposed' && view.state !== 'agreed') refuse('swap-closed');
  const by = actorText(actor);
  record(tx, 'shift-swap-withdrawn', { id, at, by }, by, at);
}

/** A supervisor of the site decides, once. Approval looks at the rest rules again and changes who works what. */
export function decideSwap(
  tx: Tx,
  actor: Actor,
  standing: Standing,
  input: { id: string; decision: 'approved' | 'refused'; reason: string },
  at: Instant,
): void {
  const view = swapOf(tx, input.id, at);
  for (const { shift } of [view.from, view.to]) if (shift) plannedSite(tx, standing, shift.siteId);
  const parties = [view.from.engagement.workerId, view.to.engagement.workerId];
  if (standing.workerId && parties.includes(standing.workerId)) refuse('own-approval');
  const row = { ...input, at, by: actorText(actor) };
  if (view.decision) return void sameDecision(view.decision, row);
  if (view.state === 'proposed' && input.decision === 'approved') refuse('swap-not-agreed');
  if (view.state !== 'proposed' && view.state !== 'agreed') refuse('swap-closed');
  if (input.decision === 'approved') requireBothAble(tx, view);
  record(tx, 'shift-swap-decided', row, row.by, at);
  if (input.decision === 'refused') return;
  handOver(tx, view.from.assignment, view.to.engagement, view.swap, row.by, at);
  handOver(tx, view.to.assignment, view.from.engagement, view.swap, row.by, at);
}

function handOver(
  tx: Tx,
  assignment: Assignment | undefined,
  to: Engagement,
  swap: SwapRow,
  by: string,
  at: Instant,
): void {
  if (!assignment) return;
  const end = { id: assignment.id, cause: 'swapped' as const, reason: '', at, by };
  record(tx, 'shift-assignment-ended', end, by, at);
  const next = { id: newId(), shiftId: assignment.shiftId, engagementId: to.id, cause: 'swapped' as const };
  record(tx, 'shift-assigned', { ...next, causeId: swap.id, at, by }, by, at);
}

function requireBothAble(db: Db, { from, to }: SwapView): void {
  const given = (side: SwapSide) => new Set(side.shift ? [side.shift.id] : []);
  if (from.published) requireNoObstacle(db, to.engagement, from.published, given(to));
  if (to.published) requireNoObstacle(db, from.engagement, to.published, given(from));
}

/** A shift is offered to one at a time. */
function isPromised(db: Db, assignmentId: string, at: Instant): boolean {
  return db
    .select()
    .from(shiftSwaps)
    .where(eq(shiftSwaps.assignmentId, assignmentId))
    .all()
    .some((row) => ['proposed', 'agreed'].includes(viewOf(db, row, at).state));
}

export function swapOf(db: Db, id: string, at: Instant): SwapView {
  const row = db.select().from(shiftSwaps).where(eq(shiftSwaps.id, id)).get();
  return viewOf(db, row ?? refuse('not-found'), at);
}

function viewOf(db: Db, swap: SwapRow, at: Instant): SwapView {
  const decision = db.select().from(shiftSwapDecisions).where(eq(shiftSwapDecisions.id, swap.id)).get();
  const from = sideOf(db, swap.assignmentId);
  const asked = engagementOf(db, swap.engagementId) ?? refuse('not-found');
  const to: SwapSide = swap.returnAssignmentId
    ? sideOf(db, swap.returnAssignmentId)
    : { engagement: asked, assignment: undefined, shift: undefined, published: undefined };
  if (to.engagement.id !== asked.id) refuse('not-found');
  return { swap, from, to, decision, state: decision?.decision ?? openState(db, swap, [from, to], at) };
}

function openState(db: Db, { id }: SwapRow, sides: readonly SwapSide[], at: Instant): SwapState {
  if (db.select().from(shiftSwapWithdrawals).where(eq(shiftSwapWithdrawals.id, id)).get()) return 'withdrawn';
  const answer = db.select().from(shiftSwapAnswers).where(eq(shiftSwapAnswers.id, id)).get()?.answer;
  if (answer === 'declined') return 'declined';
  if (sides.some((side) => side.assignment && !isStillTheirs(db, side, at))) return 'lapsed';
  return answer === 'agreed' ? 'agreed' : 'proposed';
}

function isStillTheirs(db: Db, { assignment, shift, published }: SwapSide, at: Instant): boolean {
  if (!assignment || !shift || !published || shift.cancelled || published.startsAt <= at) return false;
  return (
    db.select().from(shiftAssignmentEnds).where(eq(shiftAssignmentEnds.id, assignment.id)).get() === undefined
  );
}

function sideOf(db: Db, assignmentId: string): SwapSide {
  const assignment = assignmentOf(db, assignmentId) ?? refuse('not-found');
  const engagement = engagementOf(db, assignment.engagementId) ?? refuse('not-found');
  const shift = shiftOf(db, assignment.shiftId);
  return { engagement, assignment, shift, published: shift?.published };
}

/** Swaps that a worker has part in, the newest first. */
export function swapsOfWorker(db: Db, workerId: string, at: Instant, limit = 20): SwapView[] {
  const mine = db.select({ id: engagements.id }).from(engagements).where(eq(engagements.workerId, workerId));
  return db
    .select({ swap: shiftSwaps })
    .from(shiftSwaps)
    .innerJoin(shiftAssignments, eq(shiftAssignments.id, shiftSwaps.assignmentId))
    .where(or(inArray(shiftSwaps.engagementId, mine), inArray(shiftAssignments.engagementId, mine)))
    .orderBy(desc(shiftSwaps.at))
    .limit(limit)
    .all()
    .map(({ swap }) => viewOf(db, swap, at));
}

/** Swaps for shifts of a site, the newest first. */
export function swapsAtSite(db: Db, siteId: string, at: Instant, limit = 50): SwapView[] {
  return db
    .select()
    .from(shiftSwaps)
    .orderBy(desc(shiftSwaps.at))
    .limit(500)
    .all()
    .map((swap) => viewOf(db, swap, at))
    .filter(({ from, to }) => from.shift?.siteId === siteId || to.shift?.siteId === siteId)
    .slice(0, limit);
}

/** Those that wait for a planner. */
export function swapsToDecide(db: Db, siteId: string, at: Instant): SwapView[] {
  return swapsAtSite(db, siteId, at).filter(({ state }) => state === 'agreed');
}

/** Colleagues who could take a shift of one's own: engaged there, free then, and no rest rule against it. */
export function ableColleagues(db: Db, mine: Engagement, shiftId: string, at: Instant): Engagement[] {
  const { shift, published } = openShift(db, shiftId, at);
  const taken = new Set(shift.assignments.map(({ engagementId }) => engagementId));
  return engagementsAtSite(db, published.siteId)
    .filter((one) => one.workerId !== mine.workerId && !taken.has(one.id))
    .filter((one) => isLiveAtSite(db, one, published.siteId, published.day))
    .slice(0, mostLookedAt)
    .filter((one) => obstacleTo(db, one, published) === undefined);
}

export interface Return {
  readonly engagement: Engagement;
  readonly assignmentId: string;
  readonly published: Draft;
  readonly zone: string;
}

// Looking at each colleague's week costs: a large site is not searched to its end.
const mostLookedAt = 200;
const mostReturns = 20;

/** Colleagues' shifts of the weeks around one's own that could be had for it: both able, both to come. The soonest first. */
export function returnsFrom(db: Db, mine: Engagement, shiftId: string, at: Instant): Return[] {
  const { published } = openShift(db, shiftId, at);
  const { zone } = siteOf(db, published.siteId) ?? refuse('not-found');
  const held = shiftsOfSite(db, published.siteId, addDays(published.day, -7), addDays(published.day, 7))
    .filter((other) => other.id !== shiftId && !other.cancelled && other.published)
    .flatMap((other) => other.assignments.map((assignment) => ({ other, assignment })))
    .slice(0, mostLookedAt);
  const found: Return[] = [];
  for (const { other, assignment } of held) {
    const engagement = engagementOf(db, assignment.engagementId);
    const theirs = other.published;
    if (!engagement || !theirs || theirs.startsAt <= at || engagement.workerId === mine.workerId) continue;
    const able =
      !obstacleTo(db, mine, theirs, new Set([shiftId])) &&
      !obstacleTo(db, engagement, published, new Set([other.id]));
    if (able) found.push({ engagement, assignmentId: assignment.id, published: theirs, zone });
    if (found.length === mostReturns) break;
  }
  return found;
}
