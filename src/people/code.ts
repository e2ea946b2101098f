/** One-time codes to a phone number or e-mail address: six digits, five minutes, five tries, one send a minute, five an hour. */
import { and, desc, eq, gt, sql } from 'drizzle-orm';
import { codes, handles } from '../../db/directory.ts';
import { randomToken, sameSecret } from '../kernel/digest.ts';
import { newId } from '../kernel/id.ts';
import { refuse } from '../kernel/refusal.ts';
import { addSeconds, type Instant, secondsBetween } from '../kernel/time.ts';
import type { Store } from '../store/commit.ts';

const lifeSeconds = 300;
const pauseSeconds = 60;
const sendsAnHour = 5;
const tries = 5;
/** A channel that fails may have delivered all the same. */
const sendsOfOne = 3;

/**
 * Records a code before it is sent. The same id again is the same code, `due` only while no send of it succeeded.
 * Without a gate (`knownOnly`) an address that nobody has proved gets none, and the answer does not tell.
 */
export function issueCode(
  store: Store,
  input: { id: string; handleHash: string; codeHash: string; knownOnly: boolean },
  at: Instant,
): Promise<{ due: boolean }> {
  return store.commit((tx) => {
    const known = tx.select().from(codes).where(eq(codes.id, input.id)).get();
    if (known) {
      if (known.handleHash !== input.handleHash) refuse('id-reused');
      if (known.deliveredAt !== null || known.spentAt !== null || known.expiresAt < at) return { due: false };
      if (known.sends >= sendsOfOne) refuse('too-many-attempts', { seconds: lifeSeconds });
      tx.update(codes)
        .set({ sends: known.sends + 1 })
        .where(eq(codes.id, known.id))
        .run();
      return { due: true };
    }
    const { knownOnly, ...fresh } = input;
    const isKnown = tx.select().from(handles).where(eq(handles.handleHash, input.handleHash)).get();
    // Counted and answered as a known one, or asking twice would tell; a code that nobody can name opens nothing.
    const isSent = !knownOnly || isKnown !== undefined;
    if (!isSent) fresh.codeHash = randomToken(32);
    const recent = tx
      .select({ sentAt: codes.sentAt })
      .from(codes)
      .where(and(eq(codes.handleHash, input.handleHash), gt(codes.sentAt, addSeconds(at, -3600))))
      .orderBy(desc(codes.sentAt))
      .all();
    const last = recent[0];
    const wait = last ? pauseSeconds - secondsBetween(last.sentAt, at) : 0;
    if (wait > 0) refuse('too-many-attempts', { seconds: wait });
    if (recent.length >= sendsAnHour) refuse('too-many-attempts', { seconds: 3600 });
    tx.insert(codes)
      .values({
        ...fresh,
        attempts: 0,
        sends: 1,
        sentAt: at,
        expiresAt: addSeconds(at, lifeSeconds),
        deliveredAt: isSent ? null : at,
      })
      .run();
    return { due: isSent };
  });
}

/** After the channel took it: a repeated request sends it no more. */
export function codeDelivered(store: Store, { id }: { id: string }, at: Instant): Promise<void> {
  return store.commit((tx) => {
    tx.update(codes).set({ deliveredAt: at }).where(eq(codes.id, id)).run();
  });
}

/**
 * Spends a code, and says whose the address is: the person who proved it first, made now if nobody did. The try is
 * counted even when the code is wrong, so the refusal comes after the commit.
 */
export async function spendCode(
  store: Store,
  input: { id: string; handleHash: string; codeHash: string },
  at: Instant,
): Promise<{ personId: string; fresh: boolean }> {
  const outcome = await store.commit((tx) => {
    const code = tx.select().from(codes).where(eq(codes.id, input.id)).get();
    if (!code || code.handleHash !== input.handleHash || code.spentAt || code.expiresAt < at)
      return 'gone' as const;
    if (code.attempts >= tries) return 'gone' as const;
    if (!sameSecret(code.codeHash, input.codeHash)) {
      tx.update(codes)
        .set({ attempts: sql`${codes.attempts} + 1` })
        .where(eq(codes.id, code.id))
        .run();
      return 'wrong' as const;
    }
    tx.update(codes).set({ spentAt: at }).where(eq(codes.id, code.id)).run();
    const known = tx.select().from(handles).where(eq(handles.handleHash, input.handleHash)).get();
    if (known) return { personId: known.personId, fresh: false };
    const personId = newId();
    tx.insert(handles).values({ handleHash: input.handleHash, personId, createdAt: at }).run();
    return { personId, fresh: true };
  });
  if (outcome === 'gone') refuse('code-expired');
  if (outcome === 'wrong') refuse('code-wrong', {}, [{ pointer: '/code', detail: '' }]);
  return outcome;
}
