/** Identity claims: what a worker states and shows, and what the employer's reviewer made of it. A claim belongs to this employer. */
import { and, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import { identityClaims, identityReveals, identityReviews, workers } from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { sameDecision, sameOr } from '../employer/repeat.ts';
import type { CellKeys } from '../http/env.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { keyedHash, openText, sealText } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import { type CivilDate, civilDateAt, type Instant } from '../kernel/time.ts';
import { type Db, newestFirst, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { hasConsent } from './consent.ts';
import {
  type DocumentKind,
  isPassportNumber,
  isUnderWorkingAge,
  maskedDocument,
  normalDocumentNumber,
  residentIdFacts,
} from './document.ts';
import { workerName } from './name.ts';

export type IdentityClaim = typeof identityClaims.$inferSelect;
export type PhotoSide = 'front' | 'back' | 'face';
export interface ClaimInput {
  readonly id: string;
  readonly workerId: string;
  readonly legalName: string;
  readonly documentKind: DocumentKind;
  readonly documentNumber: string;
  readonly country: string;
  /** Of a passport; a resident ID number carries it. */
  readonly birthOn?: CivilDate | undefined;
  readonly expiresOn?: CivilDate | undefined;
  readonly photos: readonly { readonly side: PhotoSide; readonly fileId: string }[];
}

/**
 * States an identity. Needs the consent and photos of the document; refuses an impossible number, an expired document,
 * and anybody under 16. What is accepted stays, until its document expires: then it is stated anew.
 */
export function claimIdentity(tx: Tx, keys: CellKeys, actor: Actor, input: ClaimInput, at: Instant): void {
  const by = actorText(actor);
  const number = normalDocumentNumber(input.documentNumber);
  const today = civilDateAt(at, employerOf(tx).zone);
  const birthOn = birthOf(input, number, today);
  const known = tx.select().from(identityClaims).where(eq(identityClaims.id, input.id)).get();
  const row: IdentityClaim = {
    id: input.id,
    workerId: input.workerId,
    legalName: input.legalName,
    documentKind: input.documentKind,
    // The seal has a random nonce: a repetition is compared by the blind index beside it.
    documentNumberSealed:
      known?.documentNumberSealed ?? sealText(keys.field, number, `identity_claims ${input.id}`),
    documentIndex: keyedHash(keys.index, `document ${input.country} ${input.documentKind} ${number}`),
    documentMasked: maskedDocument(input.documentKind, number),
    country: input.country,
    birthOn,
    expiresOn: input.expiresOn ?? null,
    photos: JSON.stringify(input.photos),
    at,
    by,
  };
  if (known) return void sameOr(known, row);
  if (isUnderWorkingAge(birthOn, today)) refuse('under-working-age');
  if (isExpired(row, today)) refuse('document-expired', {}, [{ pointer: '/expiresOn', detail: '' }]);
  const shown = new Set(input.photos.map(({ side }) => side));
  if (photoSides[input.documentKind].some((side) => !shown.has(side)))
    refuse('photos-missing', {}, [{ pointer: '/photos', detail: '' }]);
  if (!hasConsent(tx, input.workerId, 'identity-document'))
    refuse('consent-missing', { purpose: 'identity-document' });
  const { state, claim } = identityOf(tx, input.workerId);
  if (state === 'claimed' || (state === 'accepted' && claim && !isExpired(claim, today)))
    refuse('identity-settled');
  record(tx, 'identity-claimed', row, by, at);
}

/** Without these nobody can compare. A picture of the face may come with them. */
const photoSides: Record<DocumentKind, readonly PhotoSide[]> = {
  'resident-id': ['front', 'back'],
  passport: ['front'],
};

/** The last day counts still. */
export function isExpired({ expiresOn }: Pick<IdentityClaim, 'expiresOn'>, today: CivilDate): boolean {
  return expiresOn !== null && expiresOn < today;
}

function birthOf(input: ClaimInput, number: string, today: CivilDate): CivilDate {
  const problem = (pointer: string) => refuse('document-invalid', {}, [{ pointer, detail: '' }]);
  if (input.documentKind === 'resident-id') {
    // Issued by China alone: another country would hide that two claims show one document.
    if (input.country !== 'CN') return problem('/country');
    return residentIdFacts(number, today)?.birthOn ?? problem('/documentNumber');
  }
  if (!isPassportNumber(number)) return problem('/documentNumber');
  return input.birthOn && input.birthOn < today ? input.birthOn : problem('/birthOn');
}

/** Accepts or refuses a claim; nobody reviews their own. The worker reads the reason. */
export function reviewIdentity(
  tx: Tx,
  actor: Actor & { kind: 'person' },
  review: { claimId: string; decision: 'accepted' | 'refused'; reason: string },
  at: Instant,
): void {
  const by = actorText(actor);
  const claim = claimOf(tx, review.claimId);
  const worker = tx.select().from(workers).where(eq(workers.id, claim.workerId)).get();
  if (worker?.personId === actor.personId) refuse('own-review');
  const row = { id: review.claimId, ...review, provider: 'manual-review', at, by };
  const known = tx.select().from(identityReviews).where(eq(identityReviews.claimId, review.claimId)).get();
  if (known) return void sameDecision(known, row);
  record(tx, 'identity-reviewed', row, by, at);
}

/** The full number, for a reason that is journaled before it is answered. */
export function revealDocument(
  tx: Tx,
  keys: CellKeys,
  actor: Actor,
  reveal: { id: string; claimId: string; what: 'number' | 'photos'; reason: string },
  at: Instant,
): string {
  const claim = claimOf(tx, reveal.claimId);
  const row = { ...reveal, at, by: actorText(actor) };
  const known = tx.select().from(identityReveals).where(eq(identityReveals.id, reveal.id)).get();
  if (known) sameOr(known, row);
  else record(tx, 'identity-revealed', row, row.by, at);
  return openText(keys.field, claim.documentNumberSealed, `identity_claims ${claim.id}`);
}

export function claimOf(db: Db, id: string): IdentityClaim {
  return db.select().from(identityClaims).where(eq(identityClaims.id, id)).get() ?? refuse('not-found');
}

/** Other workers here with the same document: for the reviewer to see, never a refusal to the worker. */
export function sameDocument(db: Db, claim: IdentityClaim) {
  return db
    .select({ workerId: workers.id, displayName: workerName })
    .from(identityClaims)
    .innerJoin(workers, eq(workers.id, identityClaims.workerId))
    .where(
      and(eq(identityClaims.documentIndex, claim.documentIndex), ne(identityClaims.workerId, claim.workerId)),
    )
    .all();
}

export interface Identity {
  readonly state: 'none' | 'claimed' | 'accepted' | 'refused';
  readonly claim?: IdentityClaim;
  readonly review?: typeof identityReviews.$inferSelect;
}

/** Who a worker is here: their newest claim and what was decided on it. */
export function identityOf(db: Db, workerId: string): Identity {
  const found = db
    .select({ claim: identityClaims, review: identityReviews })
    .from(identityClaims)
    .leftJoin(identityReviews, eq(identityReviews.claimId, identityClaims.id))
    .where(eq(identityClaims.workerId, workerId))
    .orderBy(newestFirst(identityClaims))
    .limit(1)
    .get();
  if (!found) return { state: 'none' };
  return found.review
    ? { state: found.review.decision, claim: found.claim, review: found.review }
    : { state: 'claimed', claim: found.claim };
}

interface Proven {
  readonly claim: IdentityClaim;
  readonly review: typeof identityReviews.$inferSelect;
}

const accepted = (db: Db) =>
  db
    .select({ claim: identityClaims, review: identityReviews })
    .from(identityClaims)
    .innerJoin(identityReviews, eq(identityReviews.claimId, identityClaims.id));

/** The newest accepted identity: it stands while a newer claim waits, or is refused. */
export function provenIdentityOf(db: Db, workerId: string): Proven | undefined {
  return accepted(db)
    .where(and(eq(identityClaims.workerId, workerId), eq(identityReviews.decision, 'accepted')))
    .orderBy(newestFirst(identityClaims))
    .limit(1)
    .get();
}

/** The claims behind `provenIdentityOf`, of at most 90 workers at once. */
export function provenClaimsOf(db: Db, workerIds: readonly string[]): Map<string, IdentityClaim> {
  const rows = accepted(db)
    .where(and(inArray(identityClaims.workerId, [...workerIds]), eq(identityReviews.decision, 'accepted')))
    .orderBy(sql`${identityClaims}.rowid`)
    .all();
  // The newest comes last and stays.
  return new Map(rows.map(({ claim }) => [claim.workerId, claim]));
}

/** The identity that a review decided on, as it was then: what a contract rests on. */
export function reviewedIdentity(db: Db, reviewId: string): Proven | undefined {
  return accepted(db).where(eq(identityReviews.id, reviewId)).get();
}

/** Claims that wait for a reviewer, oldest first. */
export function claimsToReview(db: Db): IdentityClaim[] {
  return db
    .select({ claim: identityClaims })
    .from(identityClaims)
    .leftJoin(identityReviews, eq(identityReviews.claimId, identityClaims.id))
    .where(isNull(identityReviews.id))
    .orderBy(identityClaims.at)
    .all()
    .map(({ claim }) => claim);
}

export interface DecidedClaim {
  readonly claim: IdentityClaim;
  readonly review: typeof identityReviews.$inferSelect;
}

/** What was decided, the latest first; of one worker when one is named. */
export function decidedClaims(db: Db, limit = 50, workerId?: string): DecidedClaim[] {
  return db
    .select({ claim: identityClaims, review: identityReviews })
    .from(identityClaims)
    .innerJoin(identityReviews, eq(identityReviews.claimId, identityClaims.id))
    .where(workerId === undefined ? undefined : eq(identityClaims.workerId, workerId))
    .orderBy(newestFirst(identityReviews))
    .limit(limit)
    .all();
}

export function reviewOf(db: Db, claimId: string) {
  return db.select().from(identityReviews).where(eq(identityReviews.claimId, claimId)).get();
}

/** Which photos there are, in the order of looking: document first, then the face. */
export function shownSides(claim: IdentityClaim): PhotoSide[] {
  const there = (JSON.parse(claim.photos) as { side: PhotoSide }[]).map(({ side }) => side);
  return (['front', 'back', 'face'] as const).filter((side) => there.includes(side));
}
