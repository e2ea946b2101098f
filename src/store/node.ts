/** A store on Node: one better-sqlite3 file, whose commits are gathered per turn of the event loop and synced beside it. */
import { close as closeFile, existsSync, fdatasync, openSync } from 'node:fs';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { openSignal } from './changes.ts';
import { boundParametersMax, type Db, refusePromise, type Store, type Tx } from './commit.ts';
import { Database, type SqliteDatabase } from './sqlite.ts';

export interface NodeStore extends Store {
  readonly sqlite: SqliteDatabase;
  /** Ends what listens to changes, before the database or the server closes. */
  hush(): void;
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
  // SQLite keeps the order of its own writes; that a commit is on the disk before anybody hears of it is `syncedLog`'s.
  sqlite.pragma('synchronous = NORMAL');
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
  const log = sqlite.memory ? undefined : syncedLog(`${sqlite.name}-wal`);
  const changes = openSignal();
  let waiting: Waiting[] = [];

  // Each writer has its own savepoint: one that throws takes nothing of the others with it. If the disk refuses the
  // whole batch, every writer of it hears so.
  function flush(): void {
    const batch = waiting;
    waiting = [];
    const answers: (() => void)[] = [];
    try {
      log?.refuseBroken();
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
    const answerAll = (failed: Error | null) => {
      if (failed) for (const { reject } of batch) reject(failed);
      else {
        for (const answer of answers) answer();
        changes.tell();
      }
    };
    if (log) log.sync(answerAll);
    else answerAll(null);
  }

  return {
    db,
    sqlite,
    changes,
    hush: () => changes.tell(true),
    commit: <T>(work: (tx: Tx) => T, ..._refused: unknown[]) =>
      new Promise<T>((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({ work, resolve: resolve as (value: unknown) => void, reject });
      }),
    close: () => {
      changes.tell(true);
      sqlite.close();
      log?.close();
    },
  };
}

type Synced = (failed: Error | null) => void;

/**
 * Brings SQLite's write-ahead log to the disk on a thread of the pool. While one sync runs, the commits that follow wait
 * together for the next one, and the event loop goes on. This is what `synchronous = FULL` does at each commit, with
 * the same promise: who is told that a commit holds, is told after its log was synced.
 */
function syncedLog(file: string) {
  let descriptor: number | undefined;
  let waiting: Synced[] = [];
  let running = false;
  let closed = false;
  let broken: Error | undefined;

  function start(): void {
    if (running || waiting.length === 0) return;
    const served = waiting;
    waiting = [];
    descriptor ??= openIfThere(file);
    if (descriptor === undefined) {
      for (const synced of served) synced(null);
      return;
    }
    running = true;
    fdatasync(descriptor, (error) => {
      running = false;
      // After a failed sync the system may have forgotten what it could not write, so nothing later may be promised.
      if (error) broken = error;
      for (const synced of served) synced(error);
      if (closed) closeDescriptor();
      else start();
    });
  }

  function closeDescriptor(): void {
    if (descriptor !== undefined) closeFile(descriptor, () => undefined);
    // Closing the database has moved the whole log into it, and synced that.
    for (const synced of waiting) synced(null);
    waiting = [];
    descriptor = undefined;
  }

  return {
    refuseBroken() {
      if (broken) throw broken;
    },
    sync(synced: Synced) {
      waiting.push(synced);
      start();
    },
    close() {
      closed = true;
      if (!running) closeDescriptor();
    },
  };
}

/** A database that nobody has written to yet has no log. */
function openIfThere(file: string): number | undefined {
  return existsSync(file) ? openSync(file, 'r+') : undefined;
}

function assertParameters(query: string, params: unknown[]): void {
  if (params.length > boundParametersMax) {
    throw new Error(
      `${params.length} bound parameters; the edge allows ${boundParametersMax}: ${query.slice(0, 120)}`,
    );
  }
}
