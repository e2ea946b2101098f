/**
 * The journal: what happened, append-only, each entry hashed over the one before. `record` is how a journaled row is
 * written: the row and its entry in the same commit.
 *
 * hash = SHA-256(previous hash ‖ canonical JSON of {seq, at, actor, kind, subject, digest}); the first entry's previous
 * hash is the SHA-256 of nothing. digest = SHA-256 of the row's canonical JSON, less its erasable columns.
 */
import { asc, desc, eq, gt, inArray, lt, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { erasable, type JournalKind, journal, journaled } from '../../db/cell.ts';
import { canonicalJson, digestOf, sha256 } from '../kernel/digest.ts';
import type { Instant } from '../kernel/time.ts';
import { type Db, prepared, type Tx } from './commit.ts';

export type JournalEntry = typeof journal.$inferSelect;
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

const genesis: Head = { seq: 0, hash: sha256('') };

const statements = prepared((db) => ({
  head: db
    .select({ seq: journal.seq, hash: journal.hash })
    .from(journal)
    .orderBy(sql`${journal.seq} DESC`)
    .limit(1)
    .prepare(),
  append: db
    .insert(journal)
    .values({
      seq: sql.placeholder('seq'),
      at: sql.placeholder('at'),
      actor: sql.placeholder('actor'),
      kind: sql.placeholder('kind'),
      subject: sql.placeholder('subject'),
      digest: sql.placeholder('digest'),
      hash: sql.placeholder('hash'),
    })
    .prepare(),
  ofSubject: db
    .select()
    .from(journal)
    .where(eq(journal.subject, sql.placeholder('subject')))
    .prepare(),
}));

export function journalHead(db: Db): Head {
  return statements(db).head.get() ?? genesis;
}

export function entriesOf(db: Db, subject: string): JournalEntry[] {
  return statements(db).ofSubject.all({ subject });
}

/** Entries with a greater number than `after`, oldest first. */
export function entriesAfter(db: Db, after: number, limit: number): JournalEntry[] {
  return db.select().from(journal).where(gt(journal.seq, after)).orderBy(asc(journal.seq)).limit(limit).all();
}

/** Entries with a smaller number than `before`, newest first. */
export function entriesBefore(db: Db, before: number, limit: number): JournalEntry[] {
  return db
    .select()
    .from(journal)
    .where(lt(journal.seq, before))
    .orderBy(desc(journal.seq))
    .limit(limit)
    .all();
}

/** Appends the entry of a row that the caller has just inserted (the hot path); everybody else calls `record`. */
export function appendEntry(
  tx: Tx,
  kind: JournalKind,
  row: JournaledRow,
  actor: string,
  at: Instant,
): JournalEntry {
  const previous = journalHead(tx);
  const entry = { seq: previous.seq + 1, at, actor, kind, subject: row.id, digest: rowDigest(kind, row) };
  const sealed = { ...entry, hash: entryHash(previous.hash, entry) };
  statements(tx).append.run(sealed);
  return sealed;
}

export interface JournaledRow {
  readonly id: string;
}

/** Inserts a row that says something happened, and its journal entry. A second row with the same id throws (see `inserted`). */
export function record<K extends JournalKind>(
  tx: Tx,
  kind: K,
  row: (typeof journaled)[K]['$inferInsert'] & JournaledRow,
  actor: string,
  at: Instant,
): JournalEntry {
  tx.insert(journaled[kind] as SQLiteTable)
    .values(row)
    .run();
  return appendEntry(tx, kind, row, actor, at);
}

function rowDigest(kind: JournalKind, row: object): string {
  const left = erasable[kind];
  return digestOf(
    left ? Object.fromEntries(Object.entries(row).filter(([key]) => !left.includes(key))) : row,
  );
}

function entryHash(
  previousHash: string,
  { seq, at, actor, kind, subject, digest }: Omit<JournalEntry, 'hash'>,
): string {
  return sha256(`${previousHash}\n${canonicalJson({ seq, at, actor, kind, subject, digest })}`);
}

/** `ok` with the head, or the first entry that does not hold and why. */
export type JournalVerdict =
  | { readonly ok: true; readonly head: Head }
  | {
      readonly ok: false;
      readonly seq: number;
      readonly kind?: JournalKind;
      readonly why: 'gap' | 'hash' | 'row-missing' | 'row-changed' | 'row-unjournaled';
    };

/** Walks the whole chain and digests every journaled row again. */
export function verifyJournal(db: Db): JournalVerdict {
  let previous: Head = genesis;
  for (;;) {
    const page = db
      .select()
      .from(journal)
      .where(gt(journal.seq, previous.seq))
      .orderBy(asc(journal.seq))
      .limit(500)
      .all();
    if (page.length === 0) break;
    const rows = rowsOf(db, page);
    for (const entry of page) {
      const why = faultOf(entry, previous, rows.get(`${entry.kind} ${entry.subject}`));
      if (why) return { ok: false, seq: entry.seq, kind: entry.kind, why };
      previous = entry;
    }
  }
  // A row slipped in beside the journal has no entry: there are exactly as many rows as entries, kind by kind.
  for (const kind of Object.keys(journaled) as JournalKind[]) {
    const rows =
      db
        .select({ n: sql<number>`count(*)` })
        .from(journaled[kind] as SQLiteTable)
        .get()?.n ?? 0;
    const entries =
      db.select({ n: sql<number>`count(*)` }).from(journal).where(eq(journal.kind, kind)).get()?.n ?? 0;
    if (rows !== entries) return { ok: false, seq: previous.seq, kind, why: 'row-unjournaled' };
  }
  return { ok: true, head: { seq: previous.seq, hash: previous.hash } };
}

function faultOf(entry: JournalEntry, previous: Head, row: object | undefined) {
  if (entry.seq !== previous.seq + 1) return 'gap';
  if (entry.hash !== entryHash(previous.hash, entry)) return 'hash';
  if (!row) return 'row-missing';
  return rowDigest(entry.kind, row) === entry.digest ? undefined : 'row-changed';
}

function rowsOf(db: Db, entries: readonly JournalEntry[]): Map<string, object> {
  const subjects = new Map<JournalKind, string[]>();
  for (const { kind, subject } of entries) {
    const known = subjects.get(kind);
    if (known) known.push(subject);
    else subjects.set(kind, [subject]);
  }
  const rows = new Map<string, object>();
  for (const [kind, ids] of subjects) {
    const table = journaled[kind];
    for (let start = 0; start < ids.length; start += 90) {
      const slice = ids.slice(start, start + 90);
      for (const row of db.select().from(table).where(inArray(table.id, slice)).all() as JournaledRow[]) {
        rows.set(`${kind} ${row.id}`, row);
      }
    }
  }
  return rows;
}
