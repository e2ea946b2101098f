/** What other systems call a worker: the File # of ADP, Gusto's employee id, … The newest of a system counts. */
import { count, eq, inArray } from 'drizzle-orm';
import { outsideNumbers, workers } from '../../db/cell.ts';
import { sameOr } from '../employer/repeat.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import { type Db, newestFirst, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';

export type OutsideNumber = typeof outsideNumbers.$inferSelect;

export function giveOutsideNumber(
  tx: Tx,
  actor: Actor,
  input: Pick<OutsideNumber, 'id' | 'workerId' | 'system' | 'value'>,
  at: Instant,
): OutsideNumber {
  const row: OutsideNumber = { ...input, at, by: actorText(actor) };
  const known = tx.select().from(outsideNumbers).where(eq(outsideNumbers.id, input.id)).get();
  if (known) return sameOr(known, row);
  if (!tx.select().from(workers).where(eq(workers.id, input.workerId)).get()) refuse('not-found');
  record(tx, 'outside-number-given', row, row.by, at);
  return row;
}

/** By worker and system; one that was taken back is not there. Of at most 90 workers at once. */
export function outsideNumbersOfAll(
  db: Db,
  workerIds: readonly string[],
): Map<string, Record<string, string>> {
  const found = new Map<string, Record<string, string>>();
  const rows = db
    .select()
    .from(outsideNumbers)
    .where(inArray(outsideNumbers.workerId, [...workerIds]))
    .orderBy(newestFirst(outsideNumbers))
    .all();
  for (const { workerId, system, value } of rows) {
    const mine = found.get(workerId) ?? {};
    mine[system] ??= value;
    found.set(workerId, mine);
  }
  for (const mine of found.values())
    for (const [system, value] of Object.entries(mine)) if (value === '') delete mine[system];
  return found;
}

export function outsideNumberCount(db: Db): number {
  return db.select({ all: count() }).from(outsideNumbers).get()?.all ?? 0;
}

/** What counts now, the last given first; as many as somebody reads. */
export function currentNumbers(db: Db): OutsideNumber[] {
  const seen = new Set<string>();
  const rows = db.select().from(outsideNumbers).orderBy(newestFirst(outsideNumbers)).limit(2000).all();
  return rows
    .filter(({ workerId, system }) => {
      const key = `${workerId} ${system}`;
      return seen.has(key) ? false : seen.add(key);
    })
    .filter(({ value }) => value !== '')
    .slice(0, 500);
}

/** The workers that were admitted last. */
export function workersToNumber(db: Db): string[] {
  return db
    .select({ id: workers.id })
    .from(workers)
    .orderBy(newestFirst(workers))
    .limit(1000)
    .all()
    .map(({ id }) => id);
}
