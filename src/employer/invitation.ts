/** Invitations: one link and QR code for a worker, a group, or a member; how each use ends in a worker or member. */
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import {
  admissionRefusals,
  invitationRevocations,
  invitations,
  invitationUses,
  workers,
} from '../../db/cell.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { keyedHash, sha256 } from '../kernel/digest.ts';
import { newId } from '../kernel/id.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { checkRole, joinAsMember, type RoleInput, tellDirectory } from './member.ts';
import { sameDecision, sameOr } from './repeat.ts';

export type Invitation = typeof invitations.$inferSelect;
export interface InvitationInput {
  readonly id: string;
  readonly kind: 'worker' | 'member';
  readonly label: string;
  /** How many people may use it. */
  readonly cap: number;
  readonly expiresAt: Instant;
  readonly approvalRequired: boolean;
  readonly roles: readonly RoleInput[];
}

/** The link's secret, made from the cell's key and the id: shown again on a retry, stored never. */
export function invitationToken(indexKey: Uint8Array, id: string): string {
  return keyedHash(indexKey, `invitation ${id}`);
}

export function invitationUrl(
  cell: { readonly publicUrl: string; readonly org: string; readonly keys: { readonly index: Uint8Array } },
  id: string,
): string {
  return `${cell.publicUrl}/join/${cell.org}/${invitationToken(cell.keys.index, id)}`;
}

export function makeInvitation(
  tx: Tx,
  indexKey: Uint8Array,
  actor: Actor,
  input: InvitationInput,
  at: Instant,
): void {
  if (input.kind === 'member' && input.roles.length === 0) refuse('role-scope');
  for (const role of input.roles) checkRole(tx, role);
  const row: Invitation = {
    ...input,
    roles: JSON.stringify(input.roles),
    tokenHash: sha256(invitationToken(indexKey, input.id)),
    at,
    by: actorText(actor),
  };
  const known = tx.select().from(invitations).where(eq(invitations.id, input.id)).get();
  if (known) return void sameOr(known, row);
  if (input.expiresAt <= at) refuse('expiry-past', {}, [{ pointer: '/expiresAt', detail: '' }]);
  record(tx, 'invitation-made', row, row.by, at);
}

export function revokeInvitation(tx: Tx, actor: Actor, id: string, at: Instant): void {
  if (!tx.select().from(invitations).where(eq(invitations.id, id)).get()) refuse('not-found');
  if (tx.select().from(invitationRevocations).where(eq(invitationRevocations.id, id)).get()) return;
  const by = actorText(actor);
  record(tx, 'invitation-revoked', { id, at, by }, by, at);
}

export interface InvitationState {
  readonly invitation: Invitation;
  readonly used: number;
  readonly why?: 'revoked' | 'expired' | 'full';
}

export function invitationByToken(db: Db, token: string, at: Instant): InvitationState | undefined {
  const invitation = db
    .select()
    .from(invitations)
    .where(eq(invitations.tokenHash, sha256(token)))
    .get();
  return invitation && stateOf(db, invitation, at);
}

export function invitationOf(db: Db, id: string, at: Instant): InvitationState | undefined {
  const invitation = db.select().from(invitations).where(eq(invitations.id, id)).get();
  return invitation && stateOf(db, invitation, at);
}

function stateOf(db: Db, invitation: Invitation, at: Instant): InvitationState {
  const used =
    db
      .select({ n: sql<number>`count(*)` })
      .from(invitationUses)
      .where(eq(invitationUses.invitationId, invitation.id))
      .get()?.n ?? 0;
  const revoked = db
    .select()
    .from(invitationRevocations)
    .where(eq(invitationRevocations.id, invitation.id))
    .get();
  const why = revoked
    ? 'revoked'
    : invitation.expiresAt <= at
      ? 'expired'
      : used >= invitation.cap
        ? 'full'
        : undefined;
  return { invitation, used, ...(why ? { why } : {}) };
}

export function invitationsOf(db: Db, at: Instant): InvitationState[] {
  return db
    .select()
    .from(invitations)
    .orderBy(desc(invitations.at))
    .limit(200)
    .all()
    .map((invitation) => stateOf(db, invitation, at));
}

export type UseOutcome =
  | { readonly standing: 'worker'; readonly workerId: string }
  | { readonly standing: 'member' }
  | { readonly standing: 'waiting' }
  | { readonly standing: 'refused'; readonly reason: string };

/** A person uses a link. Once per person: a second use answers what the first one did. The cap is decided here, in the commit. */
export function useInvitation(
  tx: Tx,
  actor: Actor & { kind: 'person' },
  use: { id: string; token: string; displayName: string },
  at: Instant,
): UseOutcome {
  const state = invitationByToken(tx, use.token, at);
  if (!state) refuse('not-found');
  const { invitation } = state;
  const by = actorText(actor);
  const before = tx
    .select()
    .from(invitationUses)
    .where(and(eq(invitationUses.invitationId, invitation.id), eq(invitationUses.personId, actor.personId)))
    .get();
  if (before) return outcomeOf(tx, invitation, before);
  if (state.why) refuse('link-expired');
  const row = {
    id: use.id,
    invitationId: invitation.id,
    personId: actor.personId,
    displayName: use.displayName,
    at,
    by,
  };
  if (tx.select().from(invitationUses).where(eq(invitationUses.id, use.id)).get()) refuse('id-reused');
  record(tx, 'invitation-used', row, by, at);
  if (invitation.kind === 'member') {
    joinAsMember(
      tx,
      { personId: actor.personId, displayName: use.displayName },
      JSON.parse(invitation.roles) as RoleInput[],
      by,
      at,
    );
  } else if (!invitation.approvalRequired) {
    admit(tx, row, by, at);
  }
  return outcomeOf(tx, invitation, row);
}

type Use = typeof invitationUses.$inferSelect;

function outcomeOf(db: Db, invitation: Invitation, use: Use): UseOutcome {
  if (invitation.kind === 'member') return { standing: 'member' };
  const worker = db.select().from(workers).where(eq(workers.personId, use.personId)).get();
  if (worker) return { standing: 'worker', workerId: worker.id };
  const refused = db.select().from(admissionRefusals).where(eq(admissionRefusals.id, use.id)).get();
  return refused ? { standing: 'refused', reason: refused.reason } : { standing: 'waiting' };
}

/** What became of a person's use of a link; undefined when they have not used it. */
export function outcomeFor(db: Db, invitation: Invitation, personId: string): UseOutcome | undefined {
  const use = db
    .select()
    .from(invitationUses)
    .where(and(eq(invitationUses.invitationId, invitation.id), eq(invitationUses.personId, personId)))
    .get();
  return use && outcomeOf(db, invitation, use);
}

/** Whether somebody waits here to be admitted: a use of a worker's link that nobody refused. */
export function waitsHere(db: Db, personId: string): boolean {
  return waitingAdmissions(db).some((use) => use.personId === personId);
}

function admit(tx: Tx, use: Use, by: string, at: Instant): string {
  const known = tx.select().from(workers).where(eq(workers.personId, use.personId)).get();
  if (known) return known.id;
  const id = newId();
  record(
    tx,
    'worker-admitted',
    { id, personId: use.personId, displayName: use.displayName, invitationId: use.invitationId, at, by },
    by,
    at,
  );
  tellDirectory(tx, use.personId, at);
  return id;
}

/** A use that asks to work here: a member's link admits nobody. */
function workerUse(db: Db, useId: string): Use {
  const found = db
    .select({ use: invitationUses })
    .from(invitationUses)
    .innerJoin(invitations, eq(invitations.id, invitationUses.invitationId))
    .where(and(eq(invitationUses.id, useId), eq(invitations.kind, 'worker')))
    .get();
  return found?.use ?? refuse('not-found');
}

export function admitWorker(tx: Tx, actor: Actor, useId: string, at: Instant): { workerId: string } {
  const use = workerUse(tx, useId);
  if (tx.select().from(admissionRefusals).where(eq(admissionRefusals.id, useId)).get())
    refuse('already-decided');
  return { workerId: admit(tx, use, actorText(actor), at) };
}

export function refuseAdmission(
  tx: Tx,
  actor: Actor,
  refusal: { id: string; reason: string },
  at: Instant,
): void {
  const by = actorText(actor);
  const use = workerUse(tx, refusal.id);
  const known = tx.select().from(admissionRefusals).where(eq(admissionRefusals.id, refusal.id)).get();
  if (known) return void sameDecision(known, { ...refusal, by, at });
  if (tx.select().from(workers).where(eq(workers.personId, use.personId)).get()) refuse('already-decided');
  record(tx, 'admission-refused', { ...refusal, at, by }, by, at);
}

export interface UseView {
  readonly use: Use;
  /** Set when they are a worker here, by this link or another. */
  readonly workerId: string | null;
  /** Set when they were refused: the reason. */
  readonly refusal: string | null;
}

/** Who used a link, the newest first. */
export function usesOf(db: Db, invitationId: string): UseView[] {
  return db
    .select({ use: invitationUses, workerId: workers.id, refusal: admissionRefusals.reason })
    .from(invitationUses)
    .leftJoin(workers, eq(workers.personId, invitationUses.personId))
    .leftJoin(admissionRefusals, eq(admissionRefusals.id, invitationUses.id))
    .where(eq(invitationUses.invitationId, invitationId))
    .orderBy(desc(invitationUses.at))
    .all();
}

/** Who used a link that needs approval and was neither admitted nor refused. */
export function waitingAdmissions(db: Db): (Use & { readonly label: string })[] {
  return db
    .select({ use: invitationUses, label: invitations.label })
    .from(invitationUses)
    .innerJoin(invitations, eq(invitations.id, invitationUses.invitationId))
    .leftJoin(workers, eq(workers.personId, invitationUses.personId))
    .leftJoin(admissionRefusals, eq(admissionRefusals.id, invitationUses.id))
    .where(and(eq(invitations.kind, 'worker'), isNull(workers.id), isNull(admissionRefusals.id)))
    .orderBy(invitationUses.at)
    .all()
    .map(({ use, label }) => ({ ...use, label }));
}

export function workersOf(db: Db) {
  return db.select().from(workers).orderBy(desc(workers.at)).all();
}

export function workerOf(db: Db, id: string) {
  return db.select().from(workers).where(eq(workers.id, id)).get();
}
