/** Devices: P-256 keys that cannot leave a phone's browser, bound to an account by a passkey, a code, or a supervisor's eyes. */
import { and, eq, isNull } from 'drizzle-orm';
import { accounts, devices } from '../../db/directory.ts';
import { canonicalJson } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import type { Store } from '../store/commit.ts';
import { spendChallenge } from './passkey.ts';

export interface DeviceJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
}
export interface NewDevice {
  readonly deviceId: string;
  readonly publicKey: DeviceJwk;
  readonly label: string;
  readonly boundBy: 'passkey' | 'code' | 'supervisor';
  /** What bound it, as evidence. */
  readonly enrolment: object;
}

/** The same device again is the same device; another key under its id is refused. */
export function bindDevice(
  store: Store,
  input: { personId: string; device: NewDevice },
  at: Instant,
): Promise<void> {
  const { personId, device } = input;
  return store.commit((tx) => {
    const known = tx.select().from(devices).where(eq(devices.deviceId, device.deviceId)).get();
    if (known) {
      if (known.personId !== personId || known.publicKey !== canonicalJson(device.publicKey))
        refuse('id-reused');
      return;
    }
    tx.insert(devices)
      .values({
        ...device,
        personId,
        publicKey: canonicalJson(device.publicKey),
        enrolment: canonicalJson(device.enrolment),
        createdAt: at,
      })
      .run();
  });
}

export function deviceOf(store: Store, { deviceId }: { deviceId: string; personId: string }) {
  return store.db
    .select()
    .from(devices)
    .where(and(eq(devices.deviceId, deviceId), isNull(devices.revokedAt)))
    .get();
}

export function devicesOf(store: Store, { personId }: { personId: string }) {
  return store.db
    .select()
    .from(devices)
    .where(and(eq(devices.personId, personId), isNull(devices.revokedAt)))
    .all();
}

/** For one purpose, whichever that is: a proof that bound a key does not sign in with it. */
export function spendDeviceChallenge(
  store: Store,
  { challenge, spentFor }: { challenge: string; spentFor?: string },
  at: Instant,
): Promise<void> {
  return store.commit((tx) => spendChallenge(tx, challenge, at, spentFor));
}

export function revokeDevice(
  store: Store,
  input: { personId: string; deviceId: string },
  at: Instant,
): Promise<void> {
  return store.commit((tx) => {
    const revoked = tx
      .update(devices)
      .set({ revokedAt: at })
      .where(and(eq(devices.deviceId, input.deviceId), eq(devices.personId, input.personId)))
      .returning({ id: devices.deviceId })
      .get();
    if (!revoked) refuse('not-found');
    tx.update(accounts).set({ sessionsSince: at }).where(eq(accounts.personId, input.personId)).run();
  });
}
