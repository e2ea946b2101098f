/** What the console shows of sealing: how much waits, and what is wrong with whose contract. */
import { eq, isNull, sql } from 'drizzle-orm';
import { contractCompletions, contractSeals, contracts, contractTimestamps } from '../../db/cell.ts';
import { workerNameOf } from '../identity/name.ts';
import type { Db } from '../store/commit.ts';
import { type Trouble, troublesOf } from './trouble.ts';

export interface SealingCounts {
  readonly waiting: number;
  readonly sealed: number;
  readonly unstamped: number;
}

export function sealingCounts(db: Db): SealingCounts {
  const count = { n: sql<number>`count(*)` };
  const waiting = db
    .select(count)
    .from(contractCompletions)
    .leftJoin(contractSeals, eq(contractSeals.id, contractCompletions.id))
    .where(isNull(contractSeals.id))
    .get();
  const sealed = db.select(count).from(contractSeals).get()?.n ?? 0;
  const stamped = db.select(count).from(contractTimestamps).get()?.n ?? 0;
  return { waiting: waiting?.n ?? 0, sealed, unstamped: sealed - stamped };
}

export interface ShownTrouble {
  readonly trouble: Trouble;
  /** Empty for an authority. */
  readonly workerName: string;
}

export function shownTroubles(db: Db): ShownTrouble[] {
  return troublesOf(db).map((trouble) => {
    const contract = db
      .select({ workerId: contracts.workerId })
      .from(contracts)
      .where(eq(contracts.id, trouble.id))
      .get();
    return { trouble, workerName: contract ? workerNameOf(db, contract.workerId) : '' };
  });
}
