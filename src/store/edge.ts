/** A store on the edge: the SQLite of one Durable Object. The platform holds the answer back until the disk has it. */
import { drizzle } from 'drizzle-orm/durable-sqlite';
import { openSignal } from './changes.ts';
import { type Db, refusePromise, type Store, type Tx } from './commit.ts';

export function openEdgeStore(storage: DurableObjectStorage): Store {
  const db = drizzle(storage) as unknown as Db;
  const changes = openSignal();
  return {
    db,
    changes,
    commit: async <T>(work: (tx: Tx) => T, ..._refused: unknown[]) => {
      const result = storage.transactionSync(() => refusePromise(work(db as Tx)));
      changes.tell();
      return result;
    },
  };
}
