/** Imports of banks' answers: looked at as often as one likes, then written in slices that may be repeated. */
import { and, desc, eq, gte, like, lt } from 'drizzle-orm';
import {
  type PaymentEventKind,
  paymentAnswerFiles,
  paymentAnswerImports,
  payments,
  payoutAccounts,
} from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { sameOr } from '../employer/repeat.ts';
import type { CellContext, CellKeys } from '../http/env.ts';
import { decoded, type ImportTable, importBytesMax, importRowsMax, readSheet } from '../http/table-file.ts';
import { isOldExcel, isZip } from '../http/xlsx-file.ts';
import { numberOf, plainName } from '../identity/payout-account.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { canonicalJson, sha256 } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import { isEndToEndId } from '../pay/end-to-end-id.ts';
import { type Db, newestFirst, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { letOthersIn } from '../store/turns.ts';
import type { AnswerFormat, AnswerLine } from './answer.ts';
import { stateInSql } from './board.ts';
import { readIsoAnswer } from './iso-answer.ts';
import { looksLikeNacha, readNachaReturns } from './nacha-answer.ts';
import { eventId, type Payment, paymentByName, paymentView, tellPayment } from './payment.ts';
import { type PaymentState, stateOf } from './payment-state.ts';
import { type AnswerMapping, answerLack, guessAnswerMapping, readTableAnswer } from './table-answer.ts';

export type AnswerFile = typeof paymentAnswerFiles.$inferSelect;
export type AnswerImport = typeof paymentAnswerImports.$inferSelect;

/** A file as it was read: its lines, or a table that somebody has to map first. */
export type ReadAnswer =
  | { readonly format: Exclude<AnswerFormat, 'table'>; readonly lines: readonly AnswerLine[] }
  | { readonly format: 'table'; readonly table: ImportTable; readonly mapping: AnswerMapping };

/** Refuses by name what is no answer, holds formulas or entities, or unpacks to too much. */
export function readAnswer(bytes: Uint8Array): ReadAnswer {
  if (bytes.length > importBytesMax) refuse('import-too-large', { rows: importRowsMax, megabytes: 5 });
  if (isOldExcel(bytes)) refuse('answers-unreadable', { why: '.xls → .xlsx / CSV' });
  if (!isZip(bytes)) {
    const { text } = decoded(bytes);
    const plain = text.replace(/^\uFEFF/, '').trimStart();
    if (plain.startsWith('<')) return readIsoAnswer(plain);
    if (looksLikeNacha(plain)) return { format: 'nacha-return', lines: readNachaReturns(plain) };
  }
  const table = readSheet(bytes);
  return { format: 'table', table, mapping: guessAnswerMapping(table) };
}

/** Keeps an upload under its id; the same bytes again are the same upload. */
export async function keepAnswerFile(
  cell: CellContext,
  actor: Actor,
  { id, name, bytes }: { id: string; name: string; bytes: Uint8Array },
  at: Instant,
): Promise<ReadAnswer> {
  const read = readAnswer(bytes);
  const fileId = await cell.files.put(bytes);
  const by = actorText(actor);
  const row: AnswerFile = { id, fileId, name, digest: sha256(bytes), bytes: bytes.length, at, by };
  await cell.store.commit((tx) => {
    const known = tx.select().from(paymentAnswerFiles).where(eq(paymentAnswerFiles.id, id)).get();
    if (known) sameOr(known, row);
    else tx.insert(paymentAnswerFiles).values(row).run();
  });
  return read;
}

export function answerFileOf(db: Db, id: string): AnswerFile {
  return (
    db.select().from(paymentAnswerFiles).where(eq(paymentAnswerFiles.id, id)).get() ?? refuse('not-found')
  );
}

/** The upload again, and its lines under a mapping. Refuses `import-mapping-lacks` while a needed column is not named. */
export async function answerOf(cell: CellContext, id: string): Promise<ReadAnswer> {
  const file = answerFileOf(cell.store.db, id);
  return readAnswer((await cell.files.get(file.fileId)) ?? refuse('not-found'));
}

export function linesUnder(db: Db, read: ReadAnswer, mapping?: AnswerMapping): readonly AnswerLine[] {
  if (read.format !== 'table') return read.lines;
  const used = mapping ?? read.mapping;
  const lack = answerLack(used);
  if (lack) refuse('import-mapping-lacks', { column: lack });
  return readTableAnswer(read.table, used, employerOf(db).currency);
}

export type Verdict = 'fresh' | 'known' | 'unknown' | 'ambiguous' | 'amount-differs' | 'noted' | 'unread';
export interface MatchedLine {
  readonly line: AnswerLine;
  readonly verdict: Verdict;
  readonly payment?: Payment;
  readonly before?: PaymentState;
  readonly after?: PaymentState;
}

const linesPerTurn = 100;

/** What each line is about and would do. Writes nothing. */
export async function matchAnswer(
  { store: { db }, keys }: CellContext,
  lines: readonly AnswerLine[],
): Promise<MatchedLine[]> {
  const byAccount = lines.some(({ name, account }) => name === undefined && account !== undefined)
    ? openAccounts(db, keys)
    : undefined;
  const matched: MatchedLine[] = [];
  for (const [index, line] of lines.entries()) {
    if (index % linesPerTurn === linesPerTurn - 1) await letOthersIn();
    matched.push(matchLine(db, line, byAccount));
  }
  return matched;
}

type ByAccount = ReadonlyMap<string, readonly Payment[]>;

function matchLine(db: Db, line: AnswerLine, byAccount: ByAccount | undefined): MatchedLine {
  if (line.kind === 'noted' || line.kind === 'unread') return { line, verdict: line.kind };
  const found = candidates(db, line, byAccount);
  const [payment] = found;
  if (!payment) return { line, verdict: 'unknown' };
  if (found.length > 1) return { line, verdict: 'ambiguous' };
  const { events, state } = paymentView(db, payment.id);
  if (line.amountMinor !== undefined && line.amountMinor !== payment.amountMinor)
    return { line, verdict: 'amount-differs', payment, before: state };
  const kind: PaymentEventKind = line.kind;
  const known = events.some(({ id }) => id === eventId(payment.id, { kind, code: line.code }));
  const isOnlySaid = state === 'paid' && !events.some((event) => /^(decided-)?paid$/.test(event.kind));
  const after = stateOf(new Set([...events.map((event) => event.kind), kind]), isOnlySaid);
  return { line, verdict: known ? 'known' : 'fresh', payment, before: state, after };
}

function candidates(
  db: Db,
  { name, account, amountMinor, holder }: AnswerLine,
  byAccount: ByAccount | undefined,
) {
  if (name !== undefined) {
    if (isEndToEndId(name)) return [paymentByName(db, name)].filter((one) => one !== undefined);
    return paymentsByShortName(db, name);
  }
  const sameAccount = byAccount?.get(account ?? '') ?? [];
  return sameAccount.filter(
    (one) =>
      one.amountMinor === amountMinor &&
      (holder === undefined || one.holderName === null || plainName(holder) === plainName(one.holderName)),
  );
}

/** NACHA gives 12 characters of the id and the number of the try back. */
function paymentsByShortName(db: Db, name: string): Payment[] {
  if (!/^[0-9A-Z]{12}\d{3}$/.test(name)) return [];
  const from = `WC${name.slice(0, 12)}`;
  return db
    .select()
    .from(payments)
    .where(
      and(
        gte(payments.endToEndId, from),
        lt(payments.endToEndId, `${from}~`),
        like(payments.endToEndId, `%${name.slice(-3)}`),
      ),
    )
    .all();
}

/** Payments through banks that a bank has not answered for good, by the account's number. */
function openAccounts(db: Db, keys: CellKeys): ByAccount {
  const found = new Map<string, Payment[]>();
  const rows = db
    .select({ payment: payments, account: payoutAccounts, state: stateInSql })
    .from(payments)
    .innerJoin(payoutAccounts, eq(payoutAccounts.id, payments.accountId))
    .where(eq(payments.channel, 'bank-file'))
    .orderBy(newestFirst(payments))
    .limit(20_000)
    .all();
  for (const { payment, account, state } of rows) {
    if (!['released', 'accepted', 'paid'].includes(state)) continue;
    const number = numberOf(keys, account);
    found.set(number, [...(found.get(number) ?? []), payment]);
  }
  return found;
}

/**
 * Writes what is matched, slice by slice, then that the file was imported. What was written before a crash is known when
 * it is done again.
 */
export async function importAnswer(
  cell: CellContext,
  actor: Actor,
  input: { readonly id: string; readonly mapping?: AnswerMapping },
  at: Instant,
): Promise<readonly MatchedLine[]> {
  const { store } = cell;
  const file = answerFileOf(store.db, input.id);
  const read = await answerOf(cell, input.id);
  const matched = await matchAnswer(cell, linesUnder(store.db, read, input.mapping));
  const by = actorText(actor);
  const useful = matched.filter(({ verdict }) => verdict === 'fresh');
  for (let start = 0; start < useful.length; start += linesPerTurn) {
    const some = useful.slice(start, start + linesPerTurn);
    await store.commit((tx) => {
      for (const { line, payment } of some)
        if (payment && line.kind !== 'noted' && line.kind !== 'unread')
          tellPayment(tx, payment.id, { ...line, kind: line.kind, source: file.id }, by, at);
    });
  }
  await store.commit((tx) => finishImport(tx, file, read, input.mapping, matched, by, at));
  return matched;
}

function finishImport(
  tx: Tx,
  file: AnswerFile,
  read: ReadAnswer,
  mapping: AnswerMapping | undefined,
  matched: readonly MatchedLine[],
  by: string,
  at: Instant,
): void {
  const row: AnswerImport = {
    id: file.id,
    fileId: file.fileId,
    digest: file.digest,
    format: read.format,
    mapping: read.format === 'table' ? canonicalJson(mapping ?? read.mapping) : null,
    lines: matched.length,
    unknown: matched.filter(({ verdict }) => verdict === 'unknown').length,
    at,
    by,
  };
  const known = answerImportOf(tx, file.id);
  if (known) sameOr({ ...known, unknown: row.unknown }, row);
  else record(tx, 'payment-answers-imported', row, by, at);
}

export function answerImportOf(db: Db, id: string): AnswerImport | undefined {
  return db.select().from(paymentAnswerImports).where(eq(paymentAnswerImports.id, id)).get();
}

export interface AnswerImportView extends AnswerImport {
  readonly name: string;
}

/** Newest first. */
export function answerImports(db: Db): AnswerImportView[] {
  return db
    .select({ made: paymentAnswerImports, name: paymentAnswerFiles.name })
    .from(paymentAnswerImports)
    .innerJoin(paymentAnswerFiles, eq(paymentAnswerFiles.id, paymentAnswerImports.id))
    .orderBy(desc(paymentAnswerImports.at))
    .limit(50)
    .all()
    .map(({ made, name }) => ({ ...made, name }));
}
