/** Passkeys: what a person's keys are, and what the directory keeps of the ceremony that enrolled each (WebAuthn Level 3). */
import { and, eq, isNull, lt } from 'drizzle-orm';
import { accounts, passkeys, spentChallenges } from '../../db/directory.ts';
import { type Locale, refuse } from '../kernel/refusal.ts';
import { addSeconds, type Instant } from '../kernel/time.ts';
import type { Store } from '../store/commit.ts';

export interface NewPasskey {
  readonly credentialId: string;
  /** COSE key, base64url. */
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly backedUp: boolean;
  readonly deviceType: string;
  /** JSON of the registration response and its challenge. */
  readonly enrolment: string;
}

/** An account with its first passkey; the challenge is good once. */
export function openAccount(
  store: Store,
  input: { personId: string; displayName: string; locale: Locale; passkey: NewPasskey; challenge: string },
  at: Instant,
): Promise<void> {
  return store.commit((tx) => {
    spendChallenge(tx, input.challenge, at);
    const { personId, displayName, locale } = input;
    tx.insert(accounts)
      .values({ personId, displayName, locale, createdAt: at, sessionsSince: at })
      .onConflictDoNothing()
      .run();
    insertPasskey(tx, personId, input.passkey, at);
  });
}

export function addPasskey(
  store: Store,
  input: { personId: string; passkey: NewPasskey; challenge: string },
  at: Instant,
): Promise<void> {
  return store.commit((tx) => {
    spendChallenge(tx, input.challenge, at);
    insertPasskey(tx, input.personId, input.passkey, at);
  });
}

type Tx = Parameters<Parameters<Store['commit']>[0]>[0];

function insertPasskey(tx: Tx, personId: string, passkey: NewPasskey, at: Instant): void {
  const inserted = tx
    .insert(passkeys)
    .values({ ...passkey, personId, transports: JSON.stringify(passkey.transports), createdAt: at })
    .onConflictDoNothing()
    .returning({ id: passkeys.credentialId })
    .get();
  if (!inserted) refuse('id-reused');
}

/** Longer than any ceremony lives. */
const keptSeconds = 900;

/** A challenge is answered once: the second answer, from whoever copied it, is refused, unless it is `spentFor` the same. */
export function spendChallenge(tx: Tx, challenge: string, at: Instant, spentFor?: string): void {
  tx.delete(spentChallenges)
    .where(lt(spentChallenges.spentAt, addSeconds(at, -keptSeconds)))
    .run();
  const known = tx.select().from(spentChallenges).where(eq(spentChallenges.challenge, challenge)).get();
  if (known && (spentFor === undefined || known.spentFor !== spentFor)) refuse('challenge-spent');
  if (!known)
    tx.insert(spentChallenges)
      .values({ challenge, spentFor: spentFor ?? null, spentAt: at })
      .run();
}

/** A key in force, or undefined. */
export function passkeyOf(
  store: Store,
  { personId, credentialId }: { personId: string; credentialId: string },
) {
  return store.db
    .select()
    .from(passkeys)
    .where(
      and(
        eq(passkeys.credentialId, credentialId),
        eq(passkeys.personId, personId),
        isNull(passkeys.revokedAt),
      ),
    )
    .get();
}

export function passkeysOf(store: Store, { personId }: { personId: string }) {
  return store.db
    .select()
    .from(passkeys)
    .where(and(eq(passkeys.personId, personId), isNull(passkeys.revokedAt)))
    .all();
}

/** After a verified assertion: the challenge is spent and the counter moves on. */
export function usePasskey(
  store: Store,
  input: { credentialId: string; counter: number; challenge: string },
  at: Instant,
): Promise<void> {
  return store.commit((tx) => {
    spendChallenge(tx, input.challenge, at);
    tx.update(passkeys)
      .set({ counter: input.counter, usedAt: at })
      .where(eq(passkeys.credentialId, input.credentialId))
      .run();
  });
}

/** The last one, too: the account's page warns of that, and a lost phone must lose its key. */
export function revokePasskey(
  store: Store,
  input: { personId: string; credentialId: string },
  at: Instant,
): Promise<void> {
  return store.commit((tx) => {
    const revoked = tx
      .update(passkeys)
      .set({ revokedAt: at })
      .where(and(eq(passkeys.credentialId, input.credentialId), eq(passkeys.personId, input.personId)))
      .returning({ id: passkeys.credentialId })
      .get();
    if (!revoked) refuse('not-found');
    tx.update(accounts).set({ sessionsSince: at }).where(eq(accounts.personId, input.personId)).run();
  });
}
