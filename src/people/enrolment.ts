/** Face to face: a phone without a passkey shows a code, and a supervisor who sees the person confirms it. */
import { eq } from 'drizzle-orm';
import { enrolments } from '../../db/directory.ts';
import { canonicalJson } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import { addSeconds, type Instant } from '../kernel/time.ts';
import type { Store } from '../store/commit.ts';
import type { DeviceJwk } from './device.ts';

const lifeSeconds = 900;

export interface NewEnrolment {
  readonly id: string;
  readonly orgId: string;
  readonly inviteToken: string;
  readonly displayName: string;
  readonly deviceId: string;
  readonly publicKey: DeviceJwk;
  /** Four digits that both screens show. */
  readonly checkWord: string;
}

export function requestEnrolment(store: Store, input: NewEnrolment, at: Instant): Promise<void> {
  return store.commit((tx) => {
    const row = { ...input, publicKey: canonicalJson(input.publicKey) };
    const known = tx.select().from(enrolments).where(eq(enrolments.id, input.id)).get();
    if (known) {
      if (known.deviceId !== row.deviceId || known.publicKey !== row.publicKey) refuse('id-reused');
      return;
    }
    tx.insert(enrolments)
      .values({ ...row, expiresAt: addSeconds(at, lifeSeconds) })
      .run();
  });
}

/** Undefined when there is none or its time is over. */
export function enrolmentOf(store: Store, { id }: { id: string }, at: Instant) {
  const row = store.db.select().from(enrolments).where(eq(enrolments.id, id)).get();
  return row && (row.expiresAt >= at || row.personId !== null) ? row : undefined;
}

/** The first confirmation counts; a second one answers the same person. */
export function confirmEnrolment(
  store: Store,
  input: { id: string; personId: string; confirmedBy: string },
  at: Instant,
): Promise<{ personId: string }> {
  return store.commit((tx) => {
    const row = tx.select().from(enrolments).where(eq(enrolments.id, input.id)).get();
    if (!row) refuse('not-found');
    if (row.personId !== null) return { personId: row.personId };
    if (row.expiresAt < at) refuse('link-expired');
    tx.update(enrolments)
      .set({ personId: input.personId, confirmedBy: input.confirmedBy })
      .where(eq(enrolments.id, input.id))
      .run();
    return { personId: input.personId };
  });
}
