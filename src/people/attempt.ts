/** Limits that no single address can see: how often one network asks in an hour, or how often one link is used to ask. */
import { and, count, eq, lt } from 'drizzle-orm';
import { attempts } from '../../db/directory.ts';
import { refuse } from '../kernel/refusal.ts';
import { addSeconds, type Instant } from '../kernel/time.ts';
import type { Store } from '../store/commit.ts';

const windowSeconds = 3600;

/** Counts an attempt, or refuses it when `key` had `max` in the last hour. The same id again counts once. */
export function countAttempt(
  store: Store,
  input: { key: string; id: string; max: number },
  at: Instant,
): Promise<void> {
  const { key, id, max } = input;
  return store.commit((tx) => {
    tx.delete(attempts)
      .where(lt(attempts.at, addSeconds(at, -windowSeconds)))
      .run();
    const mine = and(eq(attempts.key, key), eq(attempts.id, id));
    if (tx.select().from(attempts).where(mine).get()) return;
    const counted = tx.select({ n: count() }).from(attempts).where(eq(attempts.key, key)).get();
    if ((counted?.n ?? 0) >= max) refuse('too-many-attempts', { seconds: windowSeconds });
    tx.insert(attempts).values({ key, id, at }).run();
  });
}

/** One line of a home or a site, of which a caller may hold many addresses: an IPv4 address, the first 64 bits of an IPv6 one. */
export function networkOf(address: string): string {
  const v4 = /(\d{1,3}(?:\.\d{1,3}){3})$/.exec(address);
  if (v4?.[1]) return v4[1];
  const [head = '', tail] = address.split('%', 1)[0]?.toLowerCase().split('::') ?? [];
  const front = head.split(':').filter(Boolean);
  const back = tail === undefined ? [] : tail.split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  return [...front, ...Array<string>(zeros).fill('0'), ...back]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
