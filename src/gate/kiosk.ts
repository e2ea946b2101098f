/** Site tablets: each with a key of its own, set up by a code that holds once, good until somebody revokes it. */
import type { KeyObject } from 'node:crypto';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { kioskInvitations, kioskRevocations, kiosks, punches } from '../../db/cell.ts';
import { readServerTime } from '../clock/server-time.ts';
import { sameDecision, sameOr } from '../employer/repeat.ts';
import type { Standing } from '../employer/standing.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { canonicalJson, digitsOf, sha256 } from '../kernel/digest.ts';
import { isSignedByP256, p256Key } from '../kernel/ecdsa.ts';
import { refuse } from '../kernel/refusal.ts';
import { addSeconds, type Instant, secondsBetween } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { supervisedSite } from './supervising.ts';

export type Kiosk = typeof kiosks.$inferSelect;
export type KioskInvitation = typeof kioskInvitations.$inferSelect;
export interface KioskView {
  readonly kiosk: Kiosk;
  readonly revocation: typeof kioskRevocations.$inferSelect | null;
}
export interface KioskKey {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
}

const invitationSeconds = 3600;
/** A question of a tablet is signed over a time of ours this fresh. */
const freshSeconds = 300;

/** As written in punches and the journal. */
export function kioskText(kioskId: string): string {
  return `kiosk:${kioskId}`;
}

/** Twelve digits that a tablet's keyboard types, made from the cell's key and the id: shown again on a retry, stored never. */
export function setUpCode(indexKey: Uint8Array, id: string): string {
  return digitsOf(indexKey, `kiosk-invitation\n${id}`, 12);
}

export function inviteKiosk(
  tx: Tx,
  indexKey: Uint8Array,
  actor: Actor,
  standing: Standing,
  input: { id: string; siteId: string; name: string },
  at: Instant,
): KioskInvitation {
  supervisedSite(tx, standing, input.siteId);
  const row: KioskInvitation = {
    ...input,
    codeHash: sha256(setUpCode(indexKey, input.id)),
    expiresAt: addSeconds(at, invitationSeconds),
    at,
    by: actorText(actor),
  };
  const known = tx.select().from(kioskInvitations).where(eq(kioskInvitations.id, input.id)).get();
  if (known) return sameOr(known, { ...row, expiresAt: known.expiresAt });
  record(tx, 'kiosk-invited', row, row.by, at);
  return row;
}

/** Whoever has the code is the tablet; the code is then spent. The same tablet again is the same. */
export function setUpKiosk(
  tx: Tx,
  input: { id: string; code: string; publicKey: KioskKey },
  at: Instant,
): Kiosk {
  const codeHash = sha256(input.code.replace(/\D/g, ''));
  const invitation =
    tx.select().from(kioskInvitations).where(eq(kioskInvitations.codeHash, codeHash)).get() ??
    refuse('kiosk-code-wrong');
  const { siteId, name, by } = invitation;
  const publicKey = canonicalJson(input.publicKey);
  const row: Kiosk = { id: input.id, invitationId: invitation.id, siteId, name, publicKey, at, by };
  const known = tx.select().from(kiosks).where(eq(kiosks.invitationId, invitation.id)).get();
  if (known) return known.id === row.id ? sameOr(known, row) : refuse('kiosk-code-wrong');
  if (invitation.expiresAt <= at) refuse('kiosk-code-wrong');
  if (kioskOf(tx, input.id)) refuse('id-reused');
  record(tx, 'kiosk-set-up', row, row.by, at);
  return row;
}

export function revokeKiosk(
  tx: Tx,
  actor: Actor,
  standing: Standing,
  input: { id: string; reason: string },
  at: Instant,
): void {
  const { kiosk, revocation } = kioskOf(tx, input.id) ?? refuse('not-found');
  supervisedSite(tx, standing, kiosk.siteId);
  const row = { ...input, at, by: actorText(actor) };
  if (revocation) return void sameDecision(revocation, row);
  record(tx, 'kiosk-revoked', row, row.by, at);
}

export function kioskOf(db: Db, id: string): KioskView | undefined {
  return db
    .select({ kiosk: kiosks, revocation: kioskRevocations })
    .from(kiosks)
    .leftJoin(kioskRevocations, eq(kioskRevocations.id, kiosks.id))
    .where(eq(kiosks.id, id))
    .get();
}

export interface KioskRow extends KioskView {
  readonly punches: number;
  readonly lastPunchAt: Instant | null;
}

/** A site's tablets, the newest first, and what they were used for. */
export function kiosksAt(db: Db, siteId: string): KioskRow[] {
  return db
    .select({
      kiosk: kiosks,
      revocation: kioskRevocations,
      punches: sql<number>`(SELECT count(*) FROM ${punches} WHERE ${eq(punches.deviceId, kiosks.id)})`,
      lastPunchAt: sql<Instant | null>`(SELECT max(effective_at) FROM ${punches} WHERE ${eq(punches.deviceId, kiosks.id)})`,
    })
    .from(kiosks)
    .leftJoin(kioskRevocations, eq(kioskRevocations.id, kiosks.id))
    .where(eq(kiosks.siteId, siteId))
    .orderBy(desc(kiosks.at))
    .all();
}

/** Codes that no tablet has used yet and that still hold. */
export function openInvitations(db: Db, siteId: string, at: Instant): KioskInvitation[] {
  return db
    .select({ invitation: kioskInvitations })
    .from(kioskInvitations)
    .leftJoin(kiosks, eq(kiosks.invitationId, kioskInvitations.id))
    .where(and(eq(kioskInvitations.siteId, siteId), isNull(kiosks.id)))
    .orderBy(desc(kioskInvitations.at))
    .all()
    .map(({ invitation }) => invitation)
    .filter(({ expiresAt }) => expiresAt > at);
}

export function keyOfKiosk({ publicKey }: Kiosk): KeyObject {
  return p256Key(JSON.parse(publicKey));
}

/** What a tablet signs to read something: the time that we told it last. */
export function questionText(org: string, kioskId: string, serverTime: string): string {
  return `workcard-kiosk-question-1\n${org}\n${kioskId}\n${serverTime}`;
}

/** The tablet behind a question, else `device-unknown`, `device-revoked` or `signature-invalid`. */
export function askingKiosk(
  db: Db,
  org: string,
  timeKey: Uint8Array,
  question: { kioskId: string; serverTime: string; signature: string },
  at: Instant,
): Kiosk {
  const { kiosk, revocation } = kioskOf(db, question.kioskId) ?? refuse('device-unknown');
  if (revocation) refuse('device-revoked');
  const toldAt = readServerTime(timeKey, question.serverTime);
  const text = questionText(org, kiosk.id, question.serverTime);
  if (!toldAt || secondsBetween(toldAt, at) > freshSeconds) refuse('signature-invalid');
  if (!isSignedByP256(JSON.parse(kiosk.publicKey), text, question.signature)) refuse('signature-invalid');
  return kiosk;
}
