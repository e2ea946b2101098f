/** Corrections: a supervisor adds or voids a punch with a reason; the worker accepts or disputes. Raw punches never change. */
import { and, desc, eq } from 'drizzle-orm';
import { correctionAnswers, corrections, punches, punchVoids } from '../../db/cell.ts';
import { insertPunch, type Punch, type PunchFlag, punchOf } from '../clock/punch.ts';
import { sameOr } from '../employer/repeat.ts';
import { siteOf } from '../employer/site.ts';
import { hasRole, type Standing, supervises } from '../employer/standing.ts';
import { type Engagement, engagementOf, engagementState, siteIdsOf } from '../engagement/engagement.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { digestOf } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import { type CivilDate, civilDateAt, type Instant } from '../kernel/time.ts';
import { plannedSiteIds } from '../shift/planned-shift.ts';
import type { Db, Tx } from '../store/commit.ts';
import { appendEntry, record } from '../store/journal.ts';
import { approvedAround, reopenChanged } from './reopening.ts';

export interface WantedPunch {
  readonly id: string;
  readonly siteId: string;
  readonly kind: 'in' | 'out';
  readonly at: Instant;
}
export type CorrectionInput = {
  readonly id: string;
  readonly engagementId: string;
  readonly reason: string;
} & (
  | { readonly kind: 'add'; readonly punch: WantedPunch }
  | { readonly kind: 'void'; readonly punchId: string }
);
export type Correction = typeof corrections.$inferSelect;

/** A supervisor's own: takes effect at once, and is shown to the worker. Refused in the future, and on one's own hours. */
export function correct(tx: Tx, actor: Actor, standing: Standing, input: CorrectionInput, at: Instant): void {
  const engagement = engagementOf(tx, input.engagementId) ?? refuse('not-found');
  if (engagement.workerId === standing.workerId) refuse('own-approval');
  const row = rowOf(input, null, actorText(actor), at);
  const known = tx.select().from(corrections).where(eq(corrections.id, input.id)).get();
  if (known) {
    const added = known.kind === 'add' ? punchOf(tx, known.punchId)?.bodyDigest : undefined;
    if (input.kind === 'add' && added !== digestOf(input)) refuse('id-reused');
    return void sameOr(known, row);
  }
  const siteId =
    input.kind === 'add' ? input.punch.siteId : punchOfEngagement(tx, engagement, input.punchId).siteId;
  if (!mayCorrectAt(tx, standing, siteId)) refuse('not-found');
  if (input.kind === 'add' && !hasRole(standing, 'owner', 'hr') && !worksThere(tx, engagement, input.punch))
    refuse('not-found');
  applyCorrections(tx, engagement, [input], null, row.by, at);
}

/** A supervisor adds hours for who has to do with their site; for anybody else the worker asks, or HR adds them. */
function worksThere(db: Db, engagement: Engagement, { siteId, at }: WantedPunch): boolean {
  const day = civilDateAt(at, (siteOf(db, siteId) ?? refuse('not-found')).zone);
  const { id } = engagement;
  const punchedThere = and(eq(punches.engagementId, id), eq(punches.siteId, siteId));
  return (
    placesOf(db, id, day).includes(siteId) ||
    db.select({ id: punches.id }).from(punches).where(punchedThere).limit(1).get() !== undefined
  );
}

function placesOf(db: Db, engagementId: string, day: CivilDate): string[] {
  return [...siteIdsOf(db, engagementId), ...plannedSiteIds(db, engagementId, day)];
}

function rowOf(input: CorrectionInput, requestId: string | null, by: string, at: Instant): Correction {
  const { id, engagementId, kind, reason } = input;
  const punchId = kind === 'add' ? input.punch.id : input.punchId;
  return { id, engagementId, kind, punchId, reason, requestId, at, by };
}

/**
 * All of them, or none: a moved punch is one voided and one added. An approval whose hours change is taken back in the
 * name of the last one. Refuses a punch in the future; `already-decided` when a punch is voided already.
 */
export function applyCorrections(
  tx: Tx,
  engagement: Engagement,
  list: readonly CorrectionInput[],
  requestId: string | null,
  by: string,
  at: Instant,
): void {
  const days = list.map((one) => dayOf(tx, engagement, one));
  const before = approvedAround(tx, engagement.workerId, days, at);
  for (const one of list) {
    const row = rowOf(one, requestId, by, at);
    if (one.kind === 'add') addPunch(tx, engagement, one, row, at);
    else voidPunch(tx, engagement, row, at);
    record(tx, 'correction-made', row, by, at);
  }
  const last = list.at(-1);
  if (last) reopenChanged(tx, before, { reason: last.reason, correctionId: last.id, punchId: null, by }, at);
}

function dayOf(db: Db, engagement: Engagement, one: CorrectionInput): CivilDate {
  const { at, siteId } = one.kind === 'add' ? one.punch : punchOfEngagement(db, engagement, one.punchId);
  return civilDateAt(at, (siteOf(db, siteId) ?? refuse('not-found')).zone);
}

/** Of this engagement, whether voided or not. */
export function punchOfEngagement(
  db: Db,
  engagement: Engagement,
  punchId: string,
): Punch & { readonly at: Instant } {
  const punch = punchOf(db, punchId);
  if (!punch || punch.engagementId !== engagement.id) refuse('not-found');
  return { ...punch, at: punch.effectiveAt };
}

function addPunch(
  tx: Tx,
  engagement: Engagement,
  input: CorrectionInput & { kind: 'add' },
  row: Correction,
  at: Instant,
): void {
  const { punch } = input;
  const site = siteOf(tx, punch.siteId) ?? refuse('not-found');
  if (punch.at > at) refuse('punch-in-future');
  if (punchOf(tx, punch.id)) refuse('id-reused');
  // A supervisor vouches for the place: the verdict says whose word it is.
  const judgement = { verdict: 'inside', metres: null, judgedAs: 'supervisor' } as const;
  const added = insertPunch(
    tx,
    { id: punch.id, engagementId: engagement.id, siteId: punch.siteId, kind: punch.kind, deviceAt: punch.at },
    judgement,
    {
      bodyDigest: digestOf(input),
      flags: flagsOf(tx, engagement, punch.siteId, civilDateAt(punch.at, site.zone)),
      receivedAt: at,
      effectiveAt: punch.at,
      correctionId: row.id,
      by: row.by,
    },
  );
  appendEntry(tx, 'punch-recorded', added, row.by, at);
}

/** What the approver should see of it, as of a punch that the worker makes: the place or the day was not agreed. */
function flagsOf(db: Db, engagement: Engagement, siteId: string, day: CivilDate): PunchFlag[] {
  const flags: PunchFlag[] = [];
  if (engagementState(db, engagement, day) !== 'live') flags.push('engagement-not-live');
  if (!placesOf(db, engagement.id, day).includes(siteId)) flags.push('site-unexpected');
  return flags;
}

function voidPunch(tx: Tx, engagement: Engagement, row: Correction, at: Instant): void {
  const { id } = punchOfEngagement(tx, engagement, row.punchId);
  if (isVoided(tx, id)) refuse('already-decided');
  record(tx, 'punch-voided', { id, correctionId: row.id, reason: row.reason, at, by: row.by }, row.by, at);
}

export function isVoided(db: Db, punchId: string): boolean {
  return db.select().from(punchVoids).where(eq(punchVoids.id, punchId)).get() !== undefined;
}

/** Owners and HR everywhere, a supervisor at their sites. */
export function mayCorrectAt(db: Db, standing: Standing, siteId: string): boolean {
  return supervises(standing, siteId) && siteOf(db, siteId) !== undefined;
}

/** The worker's view of a correction, once. */
export function answerCorrection(
  tx: Tx,
  actor: Actor,
  workerId: string,
  input: { id: string; answer: 'accepted' | 'disputed'; reason: string },
  at: Instant,
): void {
  const correction = tx.select().from(corrections).where(eq(corrections.id, input.id)).get();
  if (!correction || engagementOf(tx, correction.engagementId)?.workerId !== workerId) refuse('not-found');
  const row = { ...input, at, by: actorText(actor) };
  const known = tx.select().from(correctionAnswers).where(eq(correctionAnswers.id, input.id)).get();
  if (known) return void sameOr(known, row);
  record(tx, 'correction-answered', row, row.by, at);
}

export interface CorrectionView {
  readonly correction: Correction;
  readonly answer: typeof correctionAnswers.$inferSelect | null;
  /** Without its position. */
  readonly punch: ShownPunch | undefined;
}
export type ShownPunch = Pick<Punch, 'id' | 'kind' | 'siteId' | 'effectiveAt' | 'verdict' | 'metres'>;

export function withoutPosition(punch: Punch | undefined): ShownPunch | undefined {
  if (!punch) return undefined;
  const { id, kind, siteId, effectiveAt, verdict, metres } = punch;
  return { id, kind, siteId, effectiveAt, verdict, metres };
}

/** The newest first. */
export function correctionsOf(db: Db, engagementId: string): CorrectionView[] {
  return db
    .select({ correction: corrections, answer: correctionAnswers })
    .from(corrections)
    .leftJoin(correctionAnswers, eq(correctionAnswers.id, corrections.id))
    .where(eq(corrections.engagementId, engagementId))
    .orderBy(desc(corrections.at))
    .all()
    .map(({ correction, answer }) => ({
      correction,
      answer,
      punch: withoutPosition(punchOf(db, correction.punchId)),
    }));
}

/** What the worker did not ask for has to be answered by them. */
export function waitsForAnswer({ correction, answer }: CorrectionView): boolean {
  return answer === null && correction.requestId === null;
}

/** Whether a member may look at an engagement's corrections: all of its sites are theirs to see. */
export function seesEngagement(db: Db, standing: Standing, engagementId: string): boolean {
  return (
    hasRole(standing, 'owner', 'hr') ||
    siteIdsOf(db, engagementId).every((id) => mayCorrectAt(db, standing, id))
  );
}
