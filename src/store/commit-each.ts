/** Many writes, each in a commit of its own: one that is refused stops no other. */
import { Refusal } from '../kernel/refusal.ts';
import type { Store, Tx } from './commit.ts';

/** Answers per item its refusal; null: it is written. What is no refusal is a bug, and fails the whole. */
export async function commitEach<T>(
  store: Store,
  items: readonly T[],
  write: (tx: Tx, item: T) => void,
): Promise<(Refusal | null)[]> {
  const attempts = items.map((item) =>
    store.commit((tx) => {
      write(tx, item);
    }),
  );
  const settled = await Promise.allSettled(attempts);
  return settled.map(refusalIn);
}

function refusalIn(result: PromiseSettledResult<void>): Refusal | null {
  if (result.status === 'fulfilled') return null;
  if (result.reason instanceof Refusal) return result.reason;
  throw result.reason;
}
