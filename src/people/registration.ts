/** Who may register an employer, who runs this deployment, and the operator's index of employers. */
import { and, desc, eq, isNull } from 'drizzle-orm';
import { operators, orgs, registrations } from '../../db/directory.ts';
import { refuse } from '../kernel/refusal.ts';
import { addSeconds, type Instant } from '../kernel/time.ts';
import type { Store } from '../store/commit.ts';

/** A link for one further employer, good for two weeks. */
export function issueRegistration(
  store: Store,
  input: { tokenHash: string; label: string },
  at: Instant,
): Promise<void> {
  return store.commit((tx) => {
    const known = tx.select().from(registrations).where(eq(registrations.tokenHash, input.tokenHash)).get();
    if (known && known.label !== input.label) refuse('id-reused');
    if (known) return;
    tx.insert(registrations)
      .values({ ...input, expiresAt: addSeconds(at, 14 * 86_400) })
      .run();
  });
}

/** Whether a token may still make an account or an employer, for this person. */
export function registrationOf(store: Store, { tokenHash }: { tokenHash: string }, at: Instant) {
  const row = store.db.select().from(registrations).where(eq(registrations.tokenHash, tokenHash)).get();
  return row && row.expiresAt >= at ? row : undefined;
}

/** Spends a token on one employer. The same employer again is the same use; one that is `isKnown` takes no new token. */
export function useRegistration(
  store: Store,
  input: { tokenHash: string; orgId: string; isKnown: boolean },
  at: Instant,
): Promise<void> {
  return store.commit((tx) => {
    const row = tx.select().from(registrations).where(eq(registrations.tokenHash, input.tokenHash)).get();
    if (!row || row.expiresAt < at) refuse('registration-closed');
    if (row.usedBy === input.orgId) return;
    if (row.usedBy !== null || input.isKnown) refuse('registration-closed');
    tx.update(registrations)
      .set({ usedBy: input.orgId })
      .where(eq(registrations.tokenHash, input.tokenHash))
      .run();
  });
}

/** The first person with the terminal's token is the operator; with it, only they may come again. */
export function claimOperator(store: Store, { personId }: { personId: string }, at: Instant): Promise<void> {
  return store.commit((tx) => {
    const known = tx.select().from(operators).where(isNull(operators.endedAt)).get();
    if (known && known.personId !== personId) refuse('registration-closed');
    if (known) return;
    tx.insert(operators)
      .values({ personId, at })
      .onConflictDoUpdate({ target: operators.personId, set: { at, endedAt: null } })
      .run();
  });
}

/** For an operator who lost their keys: whoever opens the terminal's link next takes their place. */
export function endOperator(store: Store, at: Instant): Promise<void> {
  return store.commit((tx) => {
    tx.update(operators).set({ endedAt: at }).where(isNull(operators.endedAt)).run();
  });
}

export function hasOperator(store: Store): boolean {
  return store.db.select().from(operators).where(isNull(operators.endedAt)).get() !== undefined;
}

export function isOperator(store: Store, { personId }: { personId: string }): boolean {
  const isThey = and(eq(operators.personId, personId), isNull(operators.endedAt));
  return store.db.select().from(operators).where(isThey).get() !== undefined;
}

export interface OrgRow {
  readonly orgId: string;
  readonly name: string;
  readonly registrationCode: string;
  readonly licenceAt?: string;
  readonly reviewedAt?: string;
  readonly verified: boolean;
}

/** Idempotent; the cell's last word counts. */
export function putOrg(store: Store, input: OrgRow, at: Instant): Promise<void> {
  const row = {
    name: input.name,
    registrationCode: input.registrationCode,
    licenceAt: (input.licenceAt ?? null) as Instant | null,
    reviewedAt: (input.reviewedAt ?? null) as Instant | null,
    verified: input.verified,
  };
  return store.commit((tx) => {
    tx.insert(orgs)
      .values({ orgId: input.orgId, createdAt: at, ...row })
      .onConflictDoUpdate({ target: orgs.orgId, set: row })
      .run();
  });
}

export function orgsOf(store: Store) {
  return store.db.select().from(orgs).orderBy(desc(orgs.createdAt)).limit(200).all();
}
