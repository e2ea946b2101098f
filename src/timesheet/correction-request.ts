/** Requests: the worker asks to add, move or void a punch; a supervisor, or after a while HR, decides. Both words stay on record. */
import { and, eq, isNull } from 'drizzle-orm';
import {
  correctionDecisions,
  correctionRequests,
  correctionWithdrawals,
  engagements,
  workers,
} from '../../db/cell.ts';
import { punchOf } from '../clock/punch.ts';
import { sameDecision, sameOr } from '../employer/repeat.ts';
import { siteOf } from '../employer/site.ts';
import { sitePolicyOn } from '../employer/site-policy.ts';
import { hasRole, type Standing } from '../employer/standing.ts';
import { engagementOf } from '../engagement/engagement.ts';
import { workerName } from '../identity/name.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { newId } from '../kernel/id.ts';
import { refuse } from '../kernel/refusal.ts';
import { addSeconds, type CivilDate, civilDateAt, type Instant } from '../kernel/time.ts';
import { type Db, newestFirst, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import {
  applyCorrections,
  type CorrectionInput,
  isVoided,
  mayCorrectAt,
  punchOfEngagement,
  type ShownPunch,
  type WantedPunch,
  withoutPosition,
} from './correction.ts';

export type CorrectionRequest = typeof correctionRequests.$inferSelect;
export type CorrectionDecision = typeof correctionDecisions.$inferSelect;
type Wanted = Omit<WantedPunch, 'id'>;

export type RequestInput = {
  readonly id: string;
  readonly engagementId: string;
  readonly reason: string;
  readonly evidenceFileId?: string | undefined;
} & (
  | { readonly kind: 'add'; readonly punch: Wanted }
  | { readonly kind: 'move'; readonly punchId: string; readonly punch: Wanted }
  | { readonly kind: 'void'; readonly punchId: string }
);

/** The worker's own hours only. Changes nothing by itself. The same thing is asked once at a time. */
export function askCorrection(
  tx: Tx,
  actor: Actor,
  workerId: string,
  input: RequestInput,
  at: Instant,
): void {
  const engagement = engagementOf(tx, input.engagementId);
  if (engagement?.workerId !== workerId) refuse('not-found');
  const wanted = input.kind === 'void' ? undefined : input.punch;
  const row: CorrectionRequest = {
    id: input.id,
    engagementId: input.engagementId,
    kind: input.kind,
    punchId: input.kind === 'add' ? null : input.punchId,
    siteId: wanted?.siteId ?? null,
    punchKind: wanted?.kind ?? null,
    punchAt: wanted?.at ?? null,
    reason: input.reason,
    evidenceFileId: input.evidenceFileId ?? null,
    at,
    by: actorText(actor),
  };
  const known = requestOf(tx, input.id);
  if (known) return void sameOr(known, row);
  if (wanted && !siteOf(tx, wanted.siteId))
    refuse('not-found', {}, [{ pointer: '/punch/siteId', detail: '' }]);
  if (wanted && wanted.at > at) refuse('punch-in-future', {}, [{ pointer: '/punch/at', detail: '' }]);
  if (input.kind !== 'add') {
    const punch = punchOfEngagement(tx, engagement, input.punchId);
    if (isVoided(tx, punch.id)) refuse('already-decided');
    if (wanted && wanted.at === punch.at && wanted.siteId === punch.siteId && wanted.kind === punch.kind)
      refuse('correction-empty');
  }
  if (waitingOf(tx, input.engagementId).some((other) => asksTheSame(other, row))) refuse('request-waits');
  record(tx, 'correction-asked', row, row.by, at);
}

function asksTheSame(one: CorrectionRequest, other: CorrectionRequest): boolean {
  return one.punchId === null
    ? other.punchId === null &&
        one.punchAt === other.punchAt &&
        one.siteId === other.siteId &&
        one.punchKind === other.punchKind
    : one.punchId === other.punchId;
}

function waitingOf(db: Db, engagementId: string): CorrectionRequest[] {
  return db
    .select({ request: correctionRequests })
    .from(correctionRequests)
    .leftJoin(correctionDecisions, eq(correctionDecisions.id, correctionRequests.id))
    .leftJoin(correctionWithdrawals, eq(correctionWithdrawals.id, correctionRequests.id))
    .where(
      and(
        eq(correctionRequests.engagementId, engagementId),
        isNull(correctionDecisions.id),
        isNull(correctionWithdrawals.id),
      ),
    )
    .all()
    .map(({ request }) => request);
}

/** The worker takes the request back, while nobody has decided. */
export function withdrawRequest(
  tx: Tx,
  actor: Actor,
  workerId: string,
  { id }: { id: string },
  at: Instant,
): void {
  const request = requestOf(tx, id);
  if (!request || engagementOf(tx, request.engagementId)?.workerId !== workerId) refuse('not-found');
  if (withdrawalOf(tx, id)) return;
  if (decisionOf(tx, id)) refuse('already-decided');
  record(tx, 'correction-withdrawn', { id, at, by: actorText(actor) }, actorText(actor), at);
}

/**
 * A supervisor of the sites it names, HR or an owner, once, with a reason; never on one's own hours. From its time limit
 * on it is HR's or an owner's to decide. Accepting corrects the hours in the same commit.
 */
export function decideRequest(
  tx: Tx,
  actor: Actor,
  standing: Standing,
  input: { readonly id: string; readonly decision: 'accepted' | 'refused'; readonly reason: string },
  at: Instant,
): void {
  const request = requestOf(tx, input.id) ?? refuse('not-found');
  if (!mayDecide(tx, standing, request)) refuse('not-found');
  const engagement = engagementOf(tx, request.engagementId) ?? refuse('not-found');
  if (engagement.workerId === standing.workerId) refuse('own-approval');
  const row: CorrectionDecision = { ...input, at, by: actorText(actor) };
  const known = decisionOf(tx, input.id);
  if (known) return void sameDecision(known, row);
  if (withdrawalOf(tx, input.id)) refuse('request-withdrawn');
  if (at >= dueAtOf(tx, request) && !hasRole(standing, 'owner', 'hr')) refuse('request-escalated');
  if (input.decision === 'accepted') {
    if (request.punchId !== null && isVoided(tx, request.punchId)) refuse('request-outdated');
    applyCorrections(tx, engagement, correctionsFor(request), request.id, row.by, at);
  }
  record(tx, 'correction-decided', row, row.by, at);
}

function correctionsFor(request: CorrectionRequest): CorrectionInput[] {
  const { engagementId, reason, punchId, siteId, punchKind: kind, punchAt } = request;
  const shared = { engagementId, reason };
  const list: CorrectionInput[] = [];
  if (punchId !== null) list.push({ id: newId(), ...shared, kind: 'void', punchId });
  if (siteId !== null && kind !== null && punchAt !== null)
    list.push({ id: newId(), ...shared, kind: 'add', punch: { id: newId(), siteId, kind, at: punchAt } });
  return list;
}

export function requestOf(db: Db, id: string): CorrectionRequest | undefined {
  return db.select().from(correctionRequests).where(eq(correctionRequests.id, id)).get();
}

function decisionOf(db: Db, id: string): CorrectionDecision | undefined {
  return db.select().from(correctionDecisions).where(eq(correctionDecisions.id, id)).get();
}

function withdrawalOf(db: Db, id: string) {
  return db.select().from(correctionWithdrawals).where(eq(correctionWithdrawals.id, id)).get();
}

function sitesOf(db: Db, { siteId, punchId }: CorrectionRequest): string[] {
  const punched = punchId === null ? undefined : punchOf(db, punchId)?.siteId;
  return [siteId, punched].flatMap((id) => id ?? []);
}

/** Whether a member decides about such a request at all: every site that it names is theirs. */
export function mayDecide(db: Db, standing: Standing, request: CorrectionRequest): boolean {
  return sitesOf(db, request).every((id) => mayCorrectAt(db, standing, id));
}

/** Until when the supervisor has time: by the rules of the site on the day it was asked. */
export function dueAtOf(db: Db, request: CorrectionRequest): Instant {
  const [siteId = ''] = sitesOf(db, request);
  const zone = siteOf(db, siteId)?.zone ?? 'UTC';
  const { correctionHours } = sitePolicyOn(db, siteId, civilDateAt(request.at, zone));
  return addSeconds(request.at, correctionHours * 3600);
}

export type RequestState = 'waiting' | 'escalated' | 'accepted' | 'refused' | 'withdrawn';

export interface RequestView {
  readonly request: CorrectionRequest;
  readonly decision: CorrectionDecision | null;
  readonly withdrawnAt: Instant | null;
  readonly state: RequestState;
  readonly dueAt: Instant;
  /** With HR since then, also when it was decided in the end: the supervisor was late. */
  readonly escalatedAt: Instant | null;
  /** The punch to move or void, without its position. */
  readonly punch: ShownPunch | undefined;
  readonly siteId: string;
  /** Of work, at the site. */
  readonly day: CivilDate;
  readonly workerId: string;
  readonly workerName: string;
}

const rows = (db: Db) =>
  db
    .select({
      request: correctionRequests,
      decision: correctionDecisions,
      withdrawnAt: correctionWithdrawals.at,
      workerId: engagements.workerId,
      workerName,
    })
    .from(correctionRequests)
    .innerJoin(engagements, eq(engagements.id, correctionRequests.engagementId))
    .innerJoin(workers, eq(workers.id, engagements.workerId))
    .leftJoin(correctionDecisions, eq(correctionDecisions.id, correctionRequests.id))
    .leftJoin(correctionWithdrawals, eq(correctionWithdrawals.id, correctionRequests.id));
type Row = ReturnType<ReturnType<typeof rows>['all']>[number];

function viewOf(db: Db, row: Row, at: Instant): RequestView {
  const { request, decision, withdrawnAt } = row;
  const punch = request.punchId === null ? undefined : punchOf(db, request.punchId);
  const siteId = request.siteId ?? punch?.siteId ?? '';
  const zone = siteOf(db, siteId)?.zone ?? 'UTC';
  const dueAt = dueAtOf(db, request);
  const closedAt = decision?.at ?? withdrawnAt ?? at;
  const escalatedAt = closedAt >= dueAt ? dueAt : null;
  const open = escalatedAt ? 'escalated' : 'waiting';
  return {
    ...row,
    state: decision?.decision ?? (withdrawnAt ? 'withdrawn' : open),
    dueAt,
    escalatedAt,
    punch: withoutPosition(punch),
    siteId,
    day: civilDateAt(request.punchAt ?? punch?.effectiveAt ?? request.at, zone),
  };
}

export function requestView(db: Db, id: string, at: Instant): RequestView | undefined {
  const row = rows(db).where(eq(correctionRequests.id, id)).get();
  return row && viewOf(db, row, at);
}

/** Of one engagement, the newest first. */
export function requestsOf(db: Db, engagementId: string, at: Instant): RequestView[] {
  return rows(db)
    .where(eq(correctionRequests.engagementId, engagementId))
    .orderBy(newestFirst(correctionRequests))
    .all()
    .map((row) => viewOf(db, row, at));
}

/** What waits for somebody's decision here, the oldest first; also what is with HR now, for the supervisor to see. */
export function requestsToDecide(db: Db, standing: Standing, at: Instant): RequestView[] {
  return rows(db)
    .where(and(isNull(correctionDecisions.id), isNull(correctionWithdrawals.id)))
    .orderBy(correctionRequests.at)
    .all()
    .filter(({ request }) => mayDecide(db, standing, request))
    .map((row) => viewOf(db, row, at));
}

/** The last ones that were decided or withdrawn, the newest first. */
export function requestsDone(db: Db, standing: Standing, at: Instant, limit = 20): RequestView[] {
  return rows(db)
    .orderBy(newestFirst(correctionRequests))
    .limit(200)
    .all()
    .filter(
      ({ decision, withdrawnAt, request }) => (decision || withdrawnAt) && mayDecide(db, standing, request),
    )
    .slice(0, limit)
    .map((row) => viewOf(db, row, at));
}
