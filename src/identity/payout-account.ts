/** Where a worker is paid: the newest account counts; the number is sealed, and unsealed only into a pay file. */
import { desc, eq } from 'drizzle-orm';
import { payoutAccounts } from '../../db/cell.ts';
import { sameOr } from '../employer/repeat.ts';
import type { CellKeys } from '../http/env.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { keyedHash, openText, sealText } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { hasConsent } from './consent.ts';
import { passesLuhn } from './document.ts';

export type PayoutAccount = typeof payoutAccounts.$inferSelect;

/** Answers whether the number looks mistyped (Luhn): a warning to the worker, because some real accounts fail it. */
export function givePayoutAccount(
  tx: Tx,
  keys: CellKeys,
  actor: Actor,
  input: { id: string; workerId: string; bankName: string; holderName: string; number: string },
  at: Instant,
): { looksMistyped: boolean } {
  const number = input.number.replace(/[\s-]/g, '').toUpperCase();
  if (!/^[A-Z0-9]{6,34}$/.test(number)) refuse('account-invalid', {}, [{ pointer: '/number', detail: '' }]);
  const known = tx.select().from(payoutAccounts).where(eq(payoutAccounts.id, input.id)).get();
  const row: PayoutAccount = {
    id: input.id,
    workerId: input.workerId,
    bankName: input.bankName,
    holderName: input.holderName,
    numberSealed: known?.numberSealed ?? sealText(keys.field, number, `payout_accounts ${input.id}`),
    numberMasked: `**** ${number.slice(-4)}`,
    at,
    by: actorText(actor),
  };
  const mistyped = { looksMistyped: /^\d{16,19}$/.test(number) && !passesLuhn(number) };
  if (known) {
    if (keyedHash(keys.index, numberOf(keys, known)) !== keyedHash(keys.index, number)) refuse('id-reused');
    sameOr(known, row);
    return mistyped;
  }
  if (!hasConsent(tx, input.workerId, 'bank-account')) refuse('consent-missing', { purpose: 'bank-account' });
  record(tx, 'payout-account-given', row, row.by, at);
  return mistyped;
}

export function payoutAccountOf(db: Db, workerId: string): PayoutAccount | undefined {
  return db
    .select()
    .from(payoutAccounts)
    .where(eq(payoutAccounts.workerId, workerId))
    .orderBy(desc(payoutAccounts.at), desc(payoutAccounts.id))
    .get();
}

export function numberOf(keys: CellKeys, account: PayoutAccount): string {
  return openText(keys.field, account.numberSealed, `payout_accounts ${account.id}`);
}
