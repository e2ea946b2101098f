/** Where a worker is paid: the newest account counts; the number is sealed, and unsealed only into a pay file. */
import { and, eq, lte } from 'drizzle-orm';
import { payoutAccounts } from '../../db/cell.ts';
import { sameOr } from '../employer/repeat.ts';
import type { CellKeys } from '../http/env.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { keyedHash, openText, sealText } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import { type Db, newestFirst, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { identityOf, provenIdentityOf } from './claim.ts';
import { hasConsent } from './consent.ts';
import { passesLuhn } from './document.ts';

export type PayoutAccount = typeof payoutAccounts.$inferSelect;

/** Two warnings to the worker, never refusals: the number looks mistyped (Luhn; some real accounts fail it), the holder is somebody else. */
export function givePayoutAccount(
  tx: Tx,
  keys: CellKeys,
  actor: Actor,
  input: { id: string; workerId: string; bankName: string; holderName: string; number: string },
  at: Instant,
): { looksMistyped: boolean; holderDiffers: boolean } {
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
  const warnings = {
    looksMistyped: looksMistyped(number),
    holderDiffers: isOfAnother(tx, row),
  };
  if (known) {
    if (keyedHash(keys.index, numberOf(keys, known)) !== keyedHash(keys.index, number)) refuse('id-reused');
    sameOr(known, row);
    return warnings;
  }
  if (!hasConsent(tx, input.workerId, 'bank-account')) refuse('consent-missing', { purpose: 'bank-account' });
  record(tx, 'payout-account-given', row, row.by, at);
  return warnings;
}

/** Only bank cards are that long; some real accounts fail the check, so it is a warning. */
export function looksMistyped(number: string): boolean {
  return /^\d{16,19}$/.test(number) && !passesLuhn(number);
}

/** The holder is not the name that the worker stated as theirs. Nothing is said while none is stated. */
export function isOfAnother(
  db: Db,
  { workerId, holderName }: Pick<PayoutAccount, 'workerId' | 'holderName'>,
): boolean {
  const { state, claim } = identityOf(db, workerId);
  const stated = (state === 'refused' ? provenIdentityOf(db, workerId)?.claim : claim)?.legalName;
  return stated !== undefined && plainName(stated) !== plainName(holderName);
}

/** As banks compare: width, case, spaces and the dots of long names make no other name. */
function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\s.·•・‧'’-]/g, '')
    .toUpperCase();
}

/** The newest account; with `by`, the newest of those given by then. */
export function payoutAccountOf(db: Db, workerId: string, by?: Instant): PayoutAccount | undefined {
  return db
    .select()
    .from(payoutAccounts)
    .where(
      and(eq(payoutAccounts.workerId, workerId), by === undefined ? undefined : lte(payoutAccounts.at, by)),
    )
    .orderBy(newestFirst(payoutAccounts))
    .limit(1)
    .get();
}

export function numberOf(keys: CellKeys, account: PayoutAccount): string {
  return openText(keys.field, account.numberSealed, `payout_accounts ${account.id}`);
}
