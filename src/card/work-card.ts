/** Work cards: issued when the contract is sealed, checked by anybody, over when contract or engagement are. */
import { and, desc, eq, isNull } from 'drizzle-orm';
import { contracts, engagements, workCardRevocations, workCards } from '../../db/cell.ts';
import { bindsOn } from '../contract/contract-gate.ts';
import { employerOf, employerState } from '../employer/employer.ts';
import { sameDecision } from '../employer/repeat.ts';
import { engagementOf, lastDayOf } from '../engagement/engagement.ts';
import { reviewedIdentity } from '../identity/claim.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { newId } from '../kernel/id.ts';
import { refuse } from '../kernel/refusal.ts';
import { decode, readSigned, type SigningKey } from '../kernel/signing.ts';
import { addDays, type CivilDate, civilDateAt, type Instant } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';

export type WorkCard = typeof workCards.$inferSelect;
const typ = 'workcard-card+jwt';
/** A card of an engagement without an end is good for a year. */
const openEndedDays = 365;

/** Once a contract. The token says no more than a gate needs: name, employer, role, validity. */
export function issueCard(tx: Tx, org: string, key: SigningKey, contractId: string, at: Instant): void {
  if (tx.select().from(workCards).where(eq(workCards.contractId, contractId)).get()) return;
  const contract =
    tx.select().from(contracts).where(eq(contracts.id, contractId)).get() ?? refuse('not-found');
  // An amendment leaves the card as it is, a termination ends it.
  if (contract.relation === 'amends' || contract.relation === 'terminates') return;
  const engagement = engagementOf(tx, contract.engagementId) ?? refuse('not-found');
  const id = newId();
  const validUntil = contract.validUntil ?? engagement.endsOn ?? addDays(contract.validFrom, openEndedDays);
  const token = key.sign(typ, {
    org,
    card: id,
    name: reviewedIdentity(tx, contract.identityReviewId)?.claim.legalName,
    employer: employerOf(tx).name,
    role: engagement.roleTitle,
    from: contract.validFrom,
    until: validUntil,
    iat: at,
  });
  record(
    tx,
    'work-card-issued',
    {
      id,
      engagementId: engagement.id,
      contractId,
      token,
      validFrom: contract.validFrom,
      validUntil,
      at,
      by: 'system',
    },
    'system',
    at,
  );
}

export function revokeCard(tx: Tx, actor: Actor, input: { id: string; reason: string }, at: Instant): void {
  if (!tx.select().from(workCards).where(eq(workCards.id, input.id)).get()) refuse('not-found');
  const by = actorText(actor);
  const known = tx.select().from(workCardRevocations).where(eq(workCardRevocations.id, input.id)).get();
  if (known) return void sameDecision(known, { ...input, by, at });
  record(tx, 'work-card-revoked', { ...input, at, by }, by, at);
}

export type CardTrouble = 'not-yet' | 'over' | 'revoked';

/** What is wrong with a card on a day; undefined when it holds. The engagement's real end counts, whatever the token says. */
export function troubleOf(db: Db, card: WorkCard, day: CivilDate): CardTrouble | undefined {
  if (db.select().from(workCardRevocations).where(eq(workCardRevocations.id, card.id)).get())
    return 'revoked';
  if (day < card.validFrom) return 'not-yet';
  if (!bindsOn(db, card.contractId, day)) return 'over';
  const engagement = engagementOf(db, card.engagementId);
  const last = engagement ? lastDayOf(db, engagement) : null;
  return day > card.validUntil || (last !== null && day > last) ? 'over' : undefined;
}

export interface CardView {
  readonly card: WorkCard;
  readonly name: string;
  readonly roleTitle: string;
  readonly employerName: string;
  readonly verified: boolean;
  readonly trouble?: CardTrouble;
}

function viewOf(db: Db, card: WorkCard, at: Instant): CardView {
  const employer = employerOf(db);
  const said = decode(card.token.split('.')[1] ?? '') as { name: string; role: string };
  const trouble = troubleOf(db, card, civilDateAt(at, employer.zone));
  return {
    card,
    name: said.name,
    roleTitle: said.role,
    employerName: employer.name,
    verified: employerState(db).verified,
    ...(trouble ? { trouble } : {}),
  };
}

/** A worker's newest card that was not revoked, whatever its dates: an old one is shown as over. */
export function cardOfWorker(db: Db, workerId: string, at: Instant): CardView | undefined {
  const card = db
    .select({ card: workCards })
    .from(workCards)
    .innerJoin(engagements, eq(engagements.id, workCards.engagementId))
    .leftJoin(workCardRevocations, eq(workCardRevocations.id, workCards.id))
    .where(and(eq(engagements.workerId, workerId), isNull(workCardRevocations.id)))
    .orderBy(desc(workCards.at))
    .get()?.card;
  return card && viewOf(db, card, at);
}

/** What a stranger with a token may know: undefined when this cell did not sign it. */
export function checkCard(
  db: Db,
  token: string,
  key: { readonly x: string },
  at: Instant,
): CardView | undefined {
  const said = readSigned(token, typ, key);
  const card =
    said &&
    db
      .select()
      .from(workCards)
      .where(eq(workCards.id, String(said.card)))
      .get();
  return card && card.token === token ? viewOf(db, card, at) : undefined;
}
