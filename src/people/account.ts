/** Accounts and the index of where a person belongs. */
import { and, eq, lte, ne } from 'drizzle-orm';
import { accounts, memberships } from '../../db/directory.ts';
import type { Locale } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import type { Store } from '../store/commit.ts';

export function accountOf(store: Store, { personId }: { personId: string }) {
  return store.db.select().from(accounts).where(eq(accounts.personId, personId)).get();
}

/** Idempotent: an account that exists stays as it is. */
export function ensureAccount(
  store: Store,
  input: { personId: string; displayName: string; locale: Locale },
  at: Instant,
): Promise<void> {
  return store.commit((tx) => {
    tx.insert(accounts)
      .values({ ...input, createdAt: at, sessionsSince: at })
      .onConflictDoNothing()
      .run();
  });
}

/** Every session issued before now dies at its next renewal. */
export function endSessions(store: Store, { personId }: { personId: string }, at: Instant): Promise<void> {
  return store.commit((tx) => {
    tx.update(accounts).set({ sessionsSince: at }).where(eq(accounts.personId, personId)).run();
  });
}

export function membershipsOf(store: Store, { personId }: { personId: string }) {
  return store.db
    .select()
    .from(memberships)
    .where(and(eq(memberships.personId, personId), ne(memberships.standing, 'none')))
    .all();
}

/** Idempotent; what a cell said last counts, in whatever order it arrives. "none" stays as the word that takes the rest back. */
export function putMembership(
  store: Store,
  input: { personId: string; orgId: string; orgName: string; standing: string; saidAt: Instant },
): Promise<void> {
  const { saidAt: at, ...row } = input;
  const { orgName, standing } = row;
  return store.commit((tx) => {
    tx.insert(memberships)
      .values({ ...row, at })
      .onConflictDoUpdate({
        target: [memberships.personId, memberships.orgId],
        set: { orgName, standing, at },
        setWhere: lte(memberships.at, at),
      })
      .run();
  });
}
