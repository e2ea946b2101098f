/** Rows as they were when the journal stood at an entry: what is only ever added to can be read as of any time. */
import { and, asc, eq, gt, type SQL, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { type JournalKind, journal, journaled } from '../../db/cell.ts';
import type { Db } from './commit.ts';

/** For `where`, or for the condition of a join: rows of that kind's table that were there then. Undefined: all of them. */
export type AsOf = (kind: JournalKind) => SQL | undefined;

/** Rows of a table have the order of their journal entries, so the first later entry says where to stop. */
export function asOf(db: Db, seq: number): AsOf {
  const known = new Map<JournalKind, SQL | undefined>();
  return (kind) => {
    if (!known.has(kind)) known.set(kind, beforeFirstAfter(db, kind, seq));
    return known.get(kind);
  };
}

/** As it is now. */
export const asNow: AsOf = () => undefined;

function beforeFirstAfter(db: Db, kind: JournalKind, seq: number): SQL | undefined {
  const later = db
    .select({ subject: journal.subject })
    .from(journal)
    .where(and(gt(journal.seq, seq), eq(journal.kind, kind)))
    .orderBy(asc(journal.seq))
    .limit(1)
    .get();
  if (!later) return undefined;
  const table: SQLiteTable & { id?: unknown } = journaled[kind];
  const { rowid } = db.get<{ rowid: number }>(
    sql`SELECT rowid FROM ${table} WHERE ${journaled[kind].id} = ${later.subject}`,
  );
  return sql`${table}.rowid < ${rowid}`;
}
