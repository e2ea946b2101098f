/** Where a worker is paid: the newest account in force counts. A number is sealed, and unsealed only to pay. */
import { and, eq, gt, inArray, isNull, lte, sql } from 'drizzle-orm';
import { type PayoutAccountKind, payoutAccounts, payoutAccountWithdrawals, workers } from '../../db/cell.ts';
import { accountCoolDownHours, employerOf } from '../employer/employer.ts';
import { sameOr } from '../employer/repeat.ts';
import type { CellKeys } from '../http/env.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { keyedHash, openText, sealText } from '../kernel/digest.ts';
import { type Locale, refuse } from '../kernel/refusal.ts';
import { addSeconds, formatInstant, type Instant } from '../kernel/time.ts';
import { sendNotice } from '../notice/notice.ts';
import { type Db, newestFirst, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import {
  accountFault,
  isWallet,
  looksMistyped,
  maskedAccount,
  normalAccount,
  walletNames,
} from './account-number.ts';
import { identityOf, provenIdentityOf } from './claim.ts';
import { hasConsent } from './consent.ts';

export { looksMistyped } from './account-number.ts';
export type PayoutAccount = typeof payoutAccounts.$inferSelect;

export interface AccountInput {
  readonly id: string;
  readonly workerId: string;
  readonly kind: PayoutAccountKind;
  /** Of a wallet there is none to name. */
  readonly bankName?: string | undefined;
  readonly holderName: string;
  readonly number: string;
  readonly routingCode?: string | undefined;
}
export interface GivenAccount {
  /** Luhn; some real accounts fail it. */
  readonly looksMistyped: boolean;
  readonly holderDiffers: boolean;
  /** Later than now while the account before it stays in force. */
  readonly effectiveAt: Instant;
}

/**
 * Two warnings to the worker, never refusals: the number looks mistyped, the holder is somebody else. Whoever takes over
 * an account changes where it is paid first, so a change waits for the cool-down; the first account is in force at once.
 */
export function givePayoutAccount(
  tx: Tx,
  keys: CellKeys,
  actor: Actor,
  input: AccountInput,
  at: Instant,
): GivenAccount {
  const { kind, number, routingCode } = normalAccount(input);
  const bankName = isWallet(kind) ? walletNames[kind] : input.bankName;
  const fault = bankName ? accountFault({ kind, number, routingCode }) : 'bankName';
  if (fault) refuse('account-invalid', {}, [{ pointer: `/${fault}`, detail: '' }]);
  const known = tx.select().from(payoutAccounts).where(eq(payoutAccounts.id, input.id)).get();
  const before = payoutAccountOf(tx, input.workerId, at);
  const row: PayoutAccount = {
    id: input.id,
    workerId: input.workerId,
    kind,
    routingCode: routingCode ?? null,
    bankName: bankName ?? '',
    holderName: input.holderName,
    numberSealed: known?.numberSealed ?? sealText(keys.field, number, `payout_accounts ${input.id}`),
    numberMasked: maskedAccount(number),
    effectiveAt: known?.effectiveAt ?? (before ? addSeconds(at, accountCoolDownHours(tx) * 3600) : at),
    at,
    by: actorText(actor),
  };
  const given = {
    looksMistyped: kind === 'bank-card' && looksMistyped(number),
    holderDiffers: isOfAnother(tx, row),
    effectiveAt: row.effectiveAt,
  };
  if (known) {
    if (keyedHash(keys.index, numberOf(keys, known)) !== keyedHash(keys.index, number)) refuse('id-reused');
    sameOr(known, row);
    return given;
  }
  if (!hasConsent(tx, input.workerId, 'bank-account')) refuse('consent-missing', { purpose: 'bank-account' });
  record(tx, 'payout-account-given', row, row.by, at);
  if (before) tellOfChange(tx, row, at);
  return given;
}

/** Goes to the inbox, which every phone of theirs shows, and by e-mail: whoever made the change may hold one phone only. */
function tellOfChange(
  tx: Tx,
  { id, workerId, bankName, numberMasked, effectiveAt }: PayoutAccount,
  at: Instant,
): void {
  const worker = tx.select().from(workers).where(eq(workers.id, workerId)).get();
  if (!worker) return;
  const { id: org, name: employer, zone } = employerOf(tx);
  const from = (locale: Locale) => formatInstant(effectiveAt, zone, locale);
  const params = {
    employer,
    account: `${bankName} ${numberMasked}`,
    'from.en': from('en'),
    'from.zh-CN': from('zh-CN'),
  };
  const link = `/orgs/${org}/me/identity`;
  sendNotice(
    tx,
    { id: `${id}.changed`, personId: worker.personId, kind: 'payout-account-changed', params, link },
    at,
  );
}

/** Takes a change back that is not in force yet. Refuses `account-in-force` when it is. */
export function withdrawPayoutAccount(
  tx: Tx,
  actor: Actor,
  input: { id: string; workerId: string },
  at: Instant,
): void {
  const account = tx
    .select()
    .from(payoutAccounts)
    .where(and(eq(payoutAccounts.id, input.id), eq(payoutAccounts.workerId, input.workerId)))
    .get();
  if (!account) refuse('not-found');
  const row = { id: account.id, at, by: actorText(actor) };
  const known = tx
    .select()
    .from(payoutAccountWithdrawals)
    .where(eq(payoutAccountWithdrawals.id, account.id))
    .get();
  if (known) return void sameOr(known, row);
  if (account.effectiveAt <= at) refuse('account-in-force');
  record(tx, 'payout-account-withdrawn', row, row.by, at);
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
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\s.·•・‧'’-]/g, '')
    .toUpperCase();
}

/** The account that is paid to at an instant; without one, the newest given, in force or not. */
export function payoutAccountOf(db: Db, workerId: string, at?: Instant): PayoutAccount | undefined {
  return newest(db, workerId, at === undefined ? undefined : lte(payoutAccounts.effectiveAt, at));
}

/** As `payoutAccountOf`, of at most 90 workers at once. */
export function payoutAccountsOf(
  db: Db,
  workerIds: readonly string[],
  at: Instant,
): Map<string, PayoutAccount> {
  const rows = db
    .select({ account: payoutAccounts })
    .from(payoutAccounts)
    .leftJoin(payoutAccountWithdrawals, eq(payoutAccountWithdrawals.id, payoutAccounts.id))
    .where(
      and(
        inArray(payoutAccounts.workerId, [...workerIds]),
        isNull(payoutAccountWithdrawals.id),
        lte(payoutAccounts.effectiveAt, at),
      ),
    )
    .orderBy(sql`${payoutAccounts}.rowid`)
    .all();
  // The newest comes last and stays.
  return new Map(rows.map(({ account }) => [account.workerId, account]));
}

/** The newest change that waits for its cool-down. */
export function waitingAccountOf(db: Db, workerId: string, at: Instant): PayoutAccount | undefined {
  return newest(db, workerId, gt(payoutAccounts.effectiveAt, at));
}

function newest(
  db: Db,
  workerId: string,
  when: ReturnType<typeof lte> | undefined,
): PayoutAccount | undefined {
  return db
    .select({ account: payoutAccounts })
    .from(payoutAccounts)
    .leftJoin(payoutAccountWithdrawals, eq(payoutAccountWithdrawals.id, payoutAccounts.id))
    .where(and(eq(payoutAccounts.workerId, workerId), isNull(payoutAccountWithdrawals.id), when))
    .orderBy(newestFirst(payoutAccounts))
    .limit(1)
    .get()?.account;
}

export function numberOf(keys: CellKeys, account: PayoutAccount): string {
  return openText(keys.field, account.numberSealed, `payout_accounts ${account.id}`);
}
