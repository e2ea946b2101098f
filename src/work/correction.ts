/** Corrections: a supervisor adds or voids a punch with a reason; the worker accepts or disputes. Raw punches never change. */
import { desc, eq } from 'drizzle-orm';
import { correctionAnswers, corrections, punchVoids } from '../../db/cell.ts';
import { sameOr } from '../employer/repeat.ts';
import { siteOf } from '../employer/site.ts';
import { hasRole, type Standing, seesSite } from '../employer/standing.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { digestOf } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import { type CivilDate, civilDateAt, type Instant } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { appendEntry, record } from '../store/journal.ts';
import { type Engagement, engagementOf, engagementState, siteIdsOf } from './engagement.ts';
import { insertPunch, type Punch, type PunchFlag, punchOf, zoneOfPunch } from './punch.ts';
import { approvedDigests, isApproved } from './timesheet.ts';

export type CorrectionInput = {
  readonly id: string;
  readonly engagementId: string;
  readonly reason: string;
} & (
  | {
      readonly kind: 'add';
      readonly punch: {
        readonly id: string;
        readonly siteId: string;
        readonly kind: 'in' | 'out';
        readonly at: Instant;
      };
    }
  | { readonly kind: 'void'; readonly punchId: string }
);

/** Takes effect at once, and is shown to the worker. Refused in an approved period, in the future, and on one's own hours. */
export function correct(tx: Tx, actor: Actor, standing: Standing, input: CorrectionInput, at: Instant): void {
  const engagement = engagementOf(tx, input.engagementId) ?? refuse('not-found');
  if (engagement.workerId === standing.workerId) refuse('own-approval');
  const punchId = input.kind === 'add' ? input.punch.id : input.punchId;
  const row = {
    id: input.id,
    engagementId: input.engagementId,
    kind: input.kind,
    punchId,
    reason: input.reason,
    at,
    by: actorText(actor),
  };
  const known = tx.select().from(corrections).where(eq(corrections.id, input.id)).get();
  if (known) {
    const added = known.kind === 'add' ? punchOf(tx, known.punchId)?.bodyDigest : undefined;
    if (input.kind === 'add' && added !== digestOf(input)) refuse('id-reused');
    return void sameOr(known, row);
  }
  const changed = input.kind === 'add' ? input.punch : punchAt(tx, input.punchId);
  const day = changed && civilDateAt(changed.at, siteOf(tx, changed.siteId)?.zone ?? refuse('not-found'));
  const before = day && approvedDigests(tx, engagement, day, at);
  if (input.kind === 'add') addPunch(tx, standing, engagement, input, row, at);
  else voidPunch(tx, standing, engagement, input.punchId, row, at);
  // A clock-out of this morning is part of last night's shift, which may lie in an approved period.
  if (day && approvedDigests(tx, engagement, day, at) !== before) refuse('period-approved');
  record(tx, 'correction-made', row, row.by, at);
}

function punchAt(db: Db, punchId: string): { at: Instant; siteId: string } | undefined {
  const punch = punchOf(db, punchId);
  return punch && { at: punch.effectiveAt, siteId: punch.siteId };
}

type Row = typeof corrections.$inferSelect;

function addPunch(
  tx: Tx,
  standing: Standing,
  engagement: Engagement,
  input: CorrectionInput & { kind: 'add' },
  row: Row,
  at: Instant,
): void {
  const { punch } = input;
  const site = siteOf(tx, punch.siteId);
  if (!site || !maySite(tx, standing, site.id)) refuse('not-found');
  if (punch.at > at) refuse('punch-in-future');
  if (isApproved(tx, engagement, civilDateAt(punch.at, site.zone))) refuse('period-approved');
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
  if (!siteIdsOf(db, engagement.id).includes(siteId)) flags.push('site-unexpected');
  return flags;
}

function voidPunch(
  tx: Tx,
  standing: Standing,
  engagement: Engagement,
  punchId: string,
  row: Row,
  at: Instant,
): void {
  const punch = punchOf(tx, punchId);
  if (!punch || punch.engagementId !== engagement.id || !maySite(tx, standing, punch.siteId))
    refuse('not-found');
  if (tx.select().from(punchVoids).where(eq(punchVoids.id, punchId)).get()) refuse('already-decided');
  if (isApproved(tx, engagement, civilDateAt(punch.effectiveAt, zoneOfPunch(tx, punch))))
    refuse('period-approved');
  record(
    tx,
    'punch-voided',
    { id: punchId, correctionId: row.id, reason: row.reason, at, by: row.by },
    row.by,
    at,
  );
}

function maySite(db: Db, standing: Standing, siteId: string): boolean {
  const site = siteOf(db, siteId);
  return (
    site !== undefined &&
    (hasRole(standing, 'owner', 'hr') || (hasRole(standing, 'supervisor') && seesSite(standing, site)))
  );
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
  readonly correction: Row;
  readonly answer: typeof correctionAnswers.$inferSelect | null;
  /** Without its position. */
  readonly punch: Pick<Punch, 'id' | 'kind' | 'siteId' | 'effectiveAt' | 'verdict' | 'metres'> | undefined;
}

function withoutPosition(punch: Punch | undefined): CorrectionView['punch'] {
  if (!punch) return undefined;
  const { id, kind, siteId, effectiveAt, verdict, metres } = punch;
  return { id, kind, siteId, effectiveAt, verdict, metres };
}

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

/** Whether a member may look at an engagement's corrections: all of its sites are theirs to see. */
export function seesEngagement(db: Db, standing: Standing, engagementId: string): boolean {
  return (
    hasRole(standing, 'owner', 'hr') || siteIdsOf(db, engagementId).every((id) => maySite(db, standing, id))
  );
}
