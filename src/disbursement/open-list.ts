/** Open payments as a table: who is to be paid what, into which account, under which id. Each download is recorded. */
import { inArray } from 'drizzle-orm';
import { payoutAccounts } from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { csvTable } from '../http/csv.ts';
import type { CellContext } from '../http/env.ts';
import type { FileColumn, FileRow } from '../http/sheet.ts';
import { tableSheet, xlsxOf } from '../http/xlsx.ts';
import { numberOf, type PayoutAccount } from '../identity/payout-account.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { newId } from '../kernel/id.ts';
import type { Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { openBankPayments } from './board.ts';

export const openListFormats = ['csv', 'xlsx'] as const;
export type OpenListFormat = (typeof openListFormats)[number];

const columns: readonly FileColumn[] = [
  { key: 'name', head: '姓名 Name', kind: 'text', width: 20 },
  { key: 'holderName', head: '户名 Holder', kind: 'text', width: 20 },
  { key: 'bankName', head: '开户行 Bank', kind: 'text', width: 24 },
  { key: 'number', head: '账号 Account', kind: 'digits', width: 26 },
  { key: 'amountMinor', head: '金额 Amount', kind: 'money', width: 14 },
  { key: 'currency', head: '币种 Currency', kind: 'text', width: 8 },
  { key: 'endToEndId', head: '备注 Payment ID', kind: 'digits', width: 34 },
];

export async function openList(
  cell: CellContext,
  actor: Actor,
  runId: string,
  format: OpenListFormat,
  at: Instant,
): Promise<Uint8Array<ArrayBuffer>> {
  const { db } = cell.store;
  const rows = openRows(cell, runId);
  const { currency } = employerOf(db);
  const bytes =
    format === 'csv'
      ? csvTable(columns, rows, currency)
      : await xlsxOf([tableSheet('Payments', columns, rows, currency)]);
  const by = actorText(actor);
  await cell.store.commit((tx) =>
    record(tx, 'payments-downloaded', { id: newId(), runId, format, rows: rows.length, at, by }, by, at),
  );
  return bytes;
}

function openRows({ store: { db }, keys }: CellContext, runId: string): FileRow[] {
  const open = openBankPayments(db, runId);
  const accounts = accountsOf(
    db,
    open.flatMap(({ accountId }) => accountId ?? []),
  );
  return open.map(({ name, holderName, bankName, accountId, amountMinor, currency, endToEndId }) => {
    const account = accountId === null ? undefined : accounts.get(accountId);
    const number = account ? numberOf(keys, account) : null;
    return { name, holderName, bankName, number, amountMinor, currency, endToEndId };
  });
}

function accountsOf(db: Db, ids: readonly string[]): Map<string, PayoutAccount> {
  const found = new Map<string, PayoutAccount>();
  for (let start = 0; start < ids.length; start += 90)
    for (const account of db
      .select()
      .from(payoutAccounts)
      .where(inArray(payoutAccounts.id, ids.slice(start, start + 90)))
      .all())
      found.set(account.id, account);
  return found;
}
