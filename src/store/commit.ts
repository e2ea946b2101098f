/** How any of our databases is written: one synchronous commit, prepared statements, bulk inserts within the edge's limits. */
import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { BaseSQLiteDatabase, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Changes } from './changes.ts';

/** A database for reading. Both runtimes give one; neither result type of `.run()` may be relied on. */
export type Db = BaseSQLiteDatabase<'sync', unknown>;

declare const inside: unique symbol;
/** A database inside a commit: only `commit` makes one, so a function that asks for it cannot be called outside. */
export type Tx = Db & { readonly [inside]: true };

export interface Store {
  readonly db: Db;
  readonly changes: Changes;
  /**
   * Runs `work` and answers when the disk has what it wrote; if `work` throws, nothing of it stays. The last parameter
   * refuses promises at compile time: on the edge a transaction commits before a promise could reject.
   */
  commit<T>(
    work: (tx: Tx) => T,
    ...aPromiseCannotBeCommitted: T extends PromiseLike<unknown> ? [never] : []
  ): Promise<T>;
}

/** What the types refuse, refused again at run time for what came in through `any`. */
export function refusePromise<T>(result: T): T {
  if (result instanceof Promise) throw new TypeError('a commit may not be asynchronous');
  return result;
}

/** The edge allows 100 bound parameters a statement. */
export const boundParametersMax = 100;

/** Inserts any number of rows, as many a statement as the parameter limit allows. */
export function insertAll<T extends SQLiteTable>(tx: Tx, table: T, rows: readonly T['$inferInsert'][]): void {
  const perStatement = Math.max(
    1,
    Math.floor(boundParametersMax / Object.keys(getTableColumns(table)).length),
  );
  for (let start = 0; start < rows.length; start += perStatement) {
    tx.insert(table)
      .values(rows.slice(start, start + perStatement) as T['$inferInsert'][])
      .run();
  }
}

/** For `orderBy`: rows are only ever added, so the last added has the greatest rowid, whatever id its sender chose. */
export function newestFirst(table: SQLiteTable): SQL {
  return sql`${table}.rowid DESC`;
}

/**
 * Statements prepared once a database. Inside a commit they run in its transaction, because there is one connection.
 *
 *     const statements = prepared((db) => ({ find: db.select().from(sites).where(eq(sites.id, sql.placeholder('id'))).prepare() }));
 *     statements(db).find.get({ id });
 */
export function prepared<T>(prepare: (db: Db) => T): (db: Db) => T {
  const known = new WeakMap<object, T>();
  return (db) => {
    let statements = known.get(db);
    if (!statements) {
      statements = prepare(db);
      known.set(db, statements);
    }
    return statements;
  };
}
