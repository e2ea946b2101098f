/** Phones that may sign for a worker here: each key copied from its owner's account, until somebody revokes it. */
import type { KeyObject } from 'node:crypto';
import { and, desc, eq, sql } from 'drizzle-orm';
import { punches, workerDeviceRevocations, workerDevices, workers } from '../../db/cell.ts';
import { sameDecision } from '../employer/repeat.ts';
import { hasRole, type Standing } from '../employer/standing.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { p256Key } from '../kernel/ecdsa.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import type { SignerKey } from '../provider/providers.ts';
import { type Db, prepared, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';

export type WorkerDevice = typeof workerDevices.$inferSelect;
export interface DeviceView extends WorkerDevice {
  readonly revocation: typeof workerDeviceRevocations.$inferSelect | null;
}
/** Whose signature a device's is. */
export interface Signer {
  readonly personId: string;
  readonly key: KeyObject;
  readonly revokedAt: Instant | null;
}

const statements = prepared((db) => ({
  signer: db
    .select({
      personId: workers.personId,
      publicKey: workerDevices.publicKey,
      revokedAt: workerDeviceRevocations.at,
    })
    .from(workerDevices)
    .innerJoin(workers, eq(workers.id, workerDevices.workerId))
    .leftJoin(workerDeviceRevocations, eq(workerDeviceRevocations.id, workerDevices.id))
    .where(eq(workerDevices.id, sql.placeholder('id')))
    .prepare(),
  last: db
    .select({ seq: punches.seq, recordDigest: punches.recordDigest })
    .from(punches)
    .where(eq(punches.deviceId, sql.placeholder('id')))
    .orderBy(desc(punches.seq))
    .limit(1)
    .prepare(),
}));

// Reading a key costs as much as using it. The text is the key, so what is kept can never be out of date.
const keys = new Map<string, KeyObject>();
const keysAtMost = 4096;

function keyOf(publicKey: string): KeyObject {
  const known = keys.get(publicKey);
  if (known) return known;
  const key = p256Key(JSON.parse(publicKey));
  if (keys.size >= keysAtMost) keys.clear();
  keys.set(publicKey, key);
  return key;
}

export function signerOf(db: Db, deviceId: string): Signer | undefined {
  const found = statements(db).signer.get({ id: deviceId });
  return found && { personId: found.personId, revokedAt: found.revokedAt, key: keyOf(found.publicKey) };
}

/** The end of a device's chain as far as it is known here, for a phone that goes on with it. */
export function chainEndOf(db: Db, deviceId: string): { seq: number; recordDigest: string | null } {
  const last = statements(db).last.get({ id: deviceId });
  return { seq: last?.seq ?? 0, recordDigest: last?.recordDigest ?? null };
}

/** `key`: as the worker's account knows it. The same device again is the same; one that was revoked stays so. */
export function enrolDevice(
  tx: Tx,
  actor: Actor,
  input: { workerId: string; installation: string; key: SignerKey & { grade: 'B' } },
  at: Instant,
): WorkerDevice {
  const { workerId, installation, key } = input;
  const known = tx.select().from(workerDevices).where(eq(workerDevices.id, key.deviceId)).get();
  if (known) {
    if (known.workerId !== workerId || known.publicKey !== key.publicKey) refuse('id-reused');
    if (signerOf(tx, key.deviceId)?.revokedAt) refuse('device-revoked');
    return known;
  }
  const { deviceId: id, publicKey, label, boundBy } = key;
  const row = { id, workerId, publicKey, label, boundBy, installation, at, by: actorText(actor) };
  record(tx, 'worker-device-enrolled', row, row.by, at);
  return row;
}

/** By the worker whose it is, HR or an owner. What it signed before stays, and says that it was revoked. */
export function revokeWorkerDevice(
  tx: Tx,
  actor: Actor,
  standing: Standing,
  input: { id: string; reason: string },
  at: Instant,
): void {
  const device = tx.select().from(workerDevices).where(eq(workerDevices.id, input.id)).get();
  if (!device || !(device.workerId === standing.workerId || hasRole(standing, 'owner', 'hr')))
    refuse('not-found');
  const row = { ...input, at, by: actorText(actor) };
  const known = tx.select().from(workerDeviceRevocations).where(eq(workerDeviceRevocations.id, row.id)).get();
  if (known) return void sameDecision(known, row);
  record(tx, 'worker-device-revoked', row, row.by, at);
}

/** All of a worker's, the newest first. */
export function devicesOfWorker(db: Db, workerId: string): DeviceView[] {
  return db
    .select({ device: workerDevices, revocation: workerDeviceRevocations })
    .from(workerDevices)
    .leftJoin(workerDeviceRevocations, eq(workerDeviceRevocations.id, workerDevices.id))
    .where(and(eq(workerDevices.workerId, workerId)))
    .orderBy(desc(workerDevices.at))
    .all()
    .map(({ device, revocation }) => ({ ...device, revocation }));
}
