/** A store on Node: one better-sqlite3 file, whose commits are gathered per turn of the event loop. */
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { boundParametersMax, type Db, refusePromise, type Store, type Tx } from './commit.ts';

export interface NodeStore extends Store {
  readonly sqlite: Database.Database;
  close(): void;
}

interface Waiting {
  readonly work: (tx: Tx) => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Opens (or makes) a database file; `:memory:` for tests. With `strictParameters` a statement with more bound
 * parameters than the edge allows throws, so that tests on Node find it.
 */
export function openNodeStore(file: string, { strictParameters = false } = {}): NodeStore {
  const sqlite = new Database(file);
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  // Busy pages are written again and again: a longer log (16 MB) is carried over less often.
  sqlite.pragma('wal_autocheckpoint = 4000');
  // Keeps the file of a log that once grew from staying large.
  sqlite.pragma('journal_size_limit = 67108864');
  const logger = strictParameters ? { logQuery: assertParameters } : false;
  const db = drizzle({ client: sqlite, logger }) as unknown as Db;
  const begin = sqlite.prepare('BEGIN IMMEDIATE');
  const end = sqlite.prepare('COMMIT');
  const undo = sqlite.prepare('ROLLBACK');
  const save = sqlite.prepare('SAVEPOINT one');
  const release = sqlite.prepare('RELEASE one');
  const undoOne = sqlite.prepare('ROLLBACK TO one');
  let waiting: Waiting[] = [];

  // Each writer has its own savepoint: one that throws takes nothing of the others with it. If the disk refuses the
  // whole batch, every writer of it hears so.
  function flush(): void {
    const batch = waiting;
    waiting = [];
    const answers: (() => void)[] = [];
    try {
      begin.run();
      for (const { work, resolve, reject } of batch) {
        save.run();
        try {
          const result = refusePromise(work(db as Tx));
          release.run();
          answers.push(() => resolve(result));
        } catch (error) {
          // SQLite itself rolls everything back on a full disk; then the batch is lost as a whole.
          if (!sqlite.inTransaction) throw error;
          undoOne.run();
          release.run();
          answers.push(() => reject(error));
        }
      }
      end.run();
    } catch (error) {
      if (sqlite.inTransaction) undo.run();
      for (const { reject } of batch) reject(error);
      return;
    }
    for (const answer of answers) answer();
  }

  return {
    db,
    sqlite,
    commit: <T>(work: (tx: Tx) => T, ..._refused: unknown[]) =>
      new Promise<T>((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({ work, resolve: resolve as (value: unknown) => void, reject });
      }),
    close: () => sqlite.close(),
  };
}

function assertParameters(query: string, params: unknown[]): void {
  if (params.length > boundParametersMax) {
    throw new Error(
      `${params.length} bound parameters; the edge allows ${boundParametersMax}: ${query.slice(0, 120)}`,
    );
  }
}
