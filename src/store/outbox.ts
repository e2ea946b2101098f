/** What crosses two databases: queued inside a commit, moved by tick to a receiver that may be told twice. */
import { and, asc, eq, isNull, lte, sql } from 'drizzle-orm';
import { outbox } from '../../db/cell.ts';
import { newId } from '../kernel/id.ts';
import { addSeconds, type Instant } from '../kernel/time.ts';
import type { Store, Tx } from './commit.ts';

export type Receivers = Readonly<Record<string, (payload: never) => Promise<void>>>;

/** `id` makes the message the same message when the commit is repeated. */
export function enqueue(tx: Tx, topic: string, payload: unknown, at: Instant, id = newId()): void {
  tx.insert(outbox)
    .values({ id, topic, payload: JSON.stringify(payload), createdAt: at, dueAt: at })
    .onConflictDoNothing()
    .run();
}

/** Delivers what is due, oldest first; a failure waits longer each time (5 s doubling to an hour). Returns how many arrived. */
export async function deliverDue(
  store: Store,
  receivers: Receivers,
  at: Instant,
  limit = 50,
): Promise<number> {
  const due = store.db
    .select()
    .from(outbox)
    .where(and(isNull(outbox.deliveredAt), lte(outbox.dueAt, at)))
    .orderBy(asc(outbox.dueAt))
    .limit(limit)
    .all();
  let arrived = 0;
  for (const message of due) {
    const receive = receivers[message.topic] as ((payload: unknown) => Promise<void>) | undefined;
    const error = await attempt(async () => {
      if (!receive) throw new Error(`no receiver for ${message.topic}`);
      await receive(JSON.parse(message.payload));
    });
    await store.commit((tx) => {
      const change = error
        ? {
            attempts: message.attempts + 1,
            lastError: error,
            dueAt: addSeconds(at, Math.min(3600, 5 * 2 ** message.attempts)),
          }
        : { deliveredAt: at };
      tx.update(outbox).set(change).where(eq(outbox.id, message.id)).run();
    });
    if (!error) arrived += 1;
  }
  return arrived;
}

async function attempt(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** When the next message is due, if any waits. */
export function nextDueAt(store: Store): Instant | undefined {
  const row = store.db
    .select({ at: sql<Instant | null>`min(${outbox.dueAt})` })
    .from(outbox)
    .where(isNull(outbox.deliveredAt))
    .get();
  return row?.at ?? undefined;
}
