/** Devices: P-256 keys that cannot leave a phone's browser, bound to an account by a passkey, a code, or a supervisor's eyes. */
import { createPublicKey, verify } from 'node:crypto';
import { Buffer } from 'node:buffer';
import { and, eq, isNull } from 'drizzle-orm';
import { devices } from '../../db/directory.ts';
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

/** ECDSA P-256 with SHA-256; `signature` is r ‖ s, base64url, as WebCrypto makes it. */
export function isSignedByDevice(publicKey: DeviceJwk, data: string | Uint8Array, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64url');
  if (bytes.length !== 64) return false;
  const { kty, crv, x, y } = publicKey;
  return verify('sha256', Buffer.from(data as string), createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' }), derOf(bytes));
}

/** ASN.1 of r ‖ s (RFC 3279 §2.2.3): the one form that both runtimes verify. */
function derOf(raw: Buffer): Buffer {
  const whole = (half: Buffer) => {
    let start = 0;
    while (start < 31 && half[start] === 0) start += 1;
    const trimmed = half.subarray(start);
    const body = (trimmed[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), trimmed]) : trimmed;
    return Buffer.concat([Buffer.from([0x02, body.length]), body]);
  };
  const body = Buffer.concat([whole(raw.subarray(0, 32)), whole(raw.subarray(32))]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

/** The same device again is the same device; another key under its id is refused. */
export function bindDevice(
  store: Store,
  input: { personId: string; device: NewDevice; challenge?: string },
  at: Instant,
): Promise<void> {
  const { personId, device } = input;
  return store.commit((tx) => {
    const known = tx.select().from(devices).where(eq(devices.deviceId, device.deviceId)).get();
    if (known) {
      if (known.personId !== personId || known.publicKey !== canonicalJson(device.publicKey)) refuse('id-reused');
      return;
    }
    if (input.challenge !== undefined) spendChallenge(tx, input.challenge, at);
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

export function spendDeviceChallenge(store: Store, { challenge }: { challenge: string }, at: Instant): Promise<void> {
  return store.commit((tx) => spendChallenge(tx, challenge, at));
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
  });
}
