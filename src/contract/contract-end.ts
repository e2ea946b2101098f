/** How an offer or a contract ends otherwise than by being signed: declined, taken back, given more time, ended by notice. */
import { eq } from 'drizzle-orm';
import {
  contractCancellations,
  contractDeadlines,
  contractDeclines,
  contractNotices,
} from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { sameDecision, sameOr } from '../employer/repeat.ts';
import type { Standing } from '../employer/standing.ts';
import { engagementOf } from '../engagement/engagement.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { refuse } from '../kernel/refusal.ts';
import { addDays, type CivilDate, civilDateAt, formatInstant, type Instant } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { type Contract, contractOf, signaturesOf } from './contract.ts';
import { tellEnd, tellExtension } from './contract-notices.ts';
import { contractState, factsOfContract } from './contract-state.ts';
import { fitsSlot, slotsOf } from './slot.ts';

/** An offer that somebody may still sign, decline or take back; else the refusal that says what became of it. */
export function requireOpen(db: Db, id: string, at: Instant): Contract {
  const contract = contractOf(db, id) ?? refuse('not-found');
  const facts = factsOfContract(db, id) ?? refuse('not-found');
  const { zone } = employerOf(db);
  switch (contractState(facts, at, civilDateAt(at, zone))) {
    case 'offered':
    case 'partly-signed':
      return contract;
    case 'declined':
      return refuse('contract-declined');
    case 'cancelled':
      return refuse('contract-cancelled');
    case 'expired':
      return refuse('contract-expired', { at: formatInstant(facts.signBy ?? at, zone, 'en') });
    default:
      return refuse('contract-complete');
  }
}

/** Whoever has a place and has not signed in it may say no; that ends the offer for all. The employer takes it back instead. */
export function declineContract(
  tx: Tx,
  actor: Actor,
  standing: Standing,
  input: { id: string; reason: string },
  at: Instant,
): void {
  const row = { ...input, at, by: actorText(actor) };
  const known = tx.select().from(contractDeclines).where(eq(contractDeclines.id, input.id)).get();
  if (known) return void sameDecision(known, row);
  const contract = requireOpen(tx, input.id, at);
  const mine = slotsOf(tx, contract.id).filter(
    (slot) => slot.role !== 'employer' && fitsSlot(standing, slot, contract),
  );
  if (mine.length === 0) refuse('place-not-yours');
  const signed = new Set(signaturesOf(tx, contract.id).map(({ slotId }) => slotId));
  if (mine.every(({ id }) => signed.has(id))) refuse('signed-already');
  record(tx, 'contract-declined', row, row.by, at);
  tellEnd(tx, contract, 'contract-declined', input, row.by, at);
}

/** The employer takes an offer back before everybody has signed. */
export function cancelContract(
  tx: Tx,
  actor: Actor,
  input: { id: string; reason: string },
  at: Instant,
): void {
  const row = { ...input, at, by: actorText(actor) };
  const known = tx.select().from(contractCancellations).where(eq(contractCancellations.id, input.id)).get();
  if (known) return void sameDecision(known, row);
  requireOpenOrExpired(tx, input.id, at);
  record(tx, 'contract-cancelled', row, row.by, at);
  const contract = contractOf(tx, input.id);
  if (contract) tellEnd(tx, contract, 'contract-cancelled', input, row.by, at);
}

/** More time to sign, also after the deadline has passed. */
export function extendDeadline(
  tx: Tx,
  actor: Actor,
  input: { id: string; contractId: string; signBy: Instant },
  at: Instant,
): void {
  const row = { ...input, at, by: actorText(actor) };
  const known = tx.select().from(contractDeadlines).where(eq(contractDeadlines.id, input.id)).get();
  if (known) return void sameOr(known, row);
  const before = requireOpenOrExpired(tx, input.contractId, at);
  if (input.signBy <= at || (before !== null && input.signBy <= before))
    refuse('expiry-past', {}, [{ pointer: '/signBy', detail: '' }]);
  record(tx, 'contract-extended', row, row.by, at);
  const contract = contractOf(tx, input.contractId);
  if (contract) tellExtension(tx, contract, input.signBy, at);
}

/** The deadline as it stands. */
function requireOpenOrExpired(tx: Tx, id: string, at: Instant): Instant | null {
  const facts = factsOfContract(tx, id) ?? refuse('not-found');
  // With the deadline out of the way, an expired offer is an open one.
  const { zone } = employerOf(tx);
  const state = contractState({ ...facts, signBy: null }, at, civilDateAt(at, zone));
  if (state !== 'offered' && state !== 'partly-signed') requireOpen(tx, id, at);
  return facts.signBy;
}

export interface NoticeRule {
  readonly days: number;
  readonly source: string;
}

/**
 * How long before the last day each side must say so. Of a labour contract, PRC Labour Contract Law: the worker 30 days
 * (Art. 37), the employer 30 days where it has a ground of Art. 40; part-time work ends at any time (Art. 71). Where
 * no law names a time, what the contract says counts.
 */
export function noticeRule(relationship: string, side: 'worker' | 'employer'): NoticeRule | undefined {
  if (relationship !== 'labour') return undefined;
  return { days: 30, source: side === 'worker' ? '劳动合同法 Art. 37' : '劳动合同法 Art. 40' };
}

/** One side ends a contract in force by notice. What was worked until the last day is still paid. */
export function endByNotice(
  tx: Tx,
  actor: Actor,
  input: { id: string; side: 'worker' | 'employer'; lastDay: CivilDate; reason: string },
  at: Instant,
): void {
  const contract = contractOf(tx, input.id) ?? refuse('not-found');
  const row = { ...input, at, by: actorText(actor) };
  const known = tx.select().from(contractNotices).where(eq(contractNotices.id, input.id)).get();
  if (known) return void sameDecision(known, row);
  const facts = factsOfContract(tx, input.id) ?? refuse('not-found');
  const today = civilDateAt(at, employerOf(tx).zone);
  const state = contractState(facts, at, today);
  if ((state !== 'signed' && state !== 'sealed') || facts.terminatedOn !== null)
    refuse('contract-not-to-follow');
  const pointers = [{ pointer: '/lastDay', detail: '' }];
  const rule = noticeRule(engagementOf(tx, contract.engagementId)?.relationship ?? '', input.side);
  const earliest = addDays(today, rule?.days ?? 0);
  if (input.lastDay < today) refuse('dates-reversed', {}, pointers);
  if (rule && input.lastDay < earliest)
    refuse('notice-too-short', { days: rule.days, source: rule.source, day: earliest }, pointers);
  record(tx, 'contract-ended-by-notice', row, row.by, at);
  const said = { reason: input.reason, until: input.lastDay };
  tellEnd(tx, contract, 'contract-ended-by-notice', said, row.by, at);
}
