/** A punch as it arrives: whose it is and that they signed it, when it happened, and what was shown at the site. */
import type { punches } from '../../db/cell.ts';
import type { CellContext } from '../http/env.ts';
import type { Actor } from '../kernel/actor.ts';
import { digestOf, sha256 } from '../kernel/digest.ts';
import { isSignedBeside } from '../kernel/ecdsa.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { type EffectiveTime, effectiveTimeOf, type Sent } from './effective-time.ts';
import type { NoPosition, Position } from './geofence.ts';
import { workKeysOf } from './keys.ts';
import type { PunchFlag } from './punch.ts';
import { type PunchRecord, positionText, recordText } from './punch-record.ts';
import { readServerTime } from './server-time.ts';
import { codeOfProof, isSiteCode } from './site-code.ts';
import { type Signer, signerOf } from './worker-device.ts';

export type PunchKind = 'in' | 'out';
export interface PunchInput {
  readonly id: string;
  readonly engagementId: string;
  readonly siteId: string;
  readonly kind: PunchKind;
  readonly deviceAt: Instant;
  readonly position?: (Position & { readonly ageMs?: number | undefined }) | undefined;
  readonly noPosition?: NoPosition | undefined;
  readonly proof?: string | undefined;
}
/** What the phone adds to it, signed; `signature` itself is over the record of all of it. */
export interface DevicePart {
  readonly deviceId: string;
  readonly seq: number;
  readonly previous: string | null;
  readonly serverTime: string | null;
  readonly serverSeenAt: Instant | null;
  readonly life: string | null;
  readonly monotonicMs: number | null;
  readonly sinceServerMs: number | null;
  readonly salt: string | null;
  readonly signature: string;
}
export type PunchRequest = PunchInput & {
  readonly device?: DevicePart | undefined;
  /** Said anew with each sending, and no part of the punch. */
  readonly sent?: Sent | undefined;
};

/** The signature's row: what it is over, and by which device. */
export interface Signed {
  readonly deviceId: string;
  readonly seq: number;
  readonly previousDigest: string | null;
  readonly recordDigest: string;
  readonly signature: string;
  readonly salt: string | null;
  readonly positionDigest: string | null;
  readonly revokedAt: Instant | null;
}
export interface Arrival {
  readonly input: PunchInput;
  readonly personId: string;
  readonly signed: Signed | null;
  readonly time: EffectiveTime;
  /** The site's own code of that time was given. */
  readonly proven: boolean;
  /** JSON of what was said of time; null when nothing was. */
  readonly evidence: string | null;
  /** The same for a repetition, whenever it is sent. */
  readonly bodyDigest: string;
  /** The site's own tablet stands for the place, and for whose punch it is. */
  readonly vouched?: { readonly judgedAs: string; readonly by: string; readonly flags: readonly PunchFlag[] };
}

/**
 * The device's key alone says whose a signed punch is: a session that has ended since changes nothing. Without a
 * signature the session does. Refuses `device-unknown`, `signature-invalid` and `sign-in-required`.
 */
export async function arrivalOf(
  cell: CellContext,
  actor: Actor,
  { device, sent, ...input }: PunchRequest,
  receivedAt: Instant,
  signer: (db: Db, deviceId: string) => Signer | undefined = signerOf,
): Promise<Arrival> {
  const keys = workKeysOf(cell.keys);
  const by = device ? await signedBy(cell, input, device, signer) : undefined;
  if (!by && actor.kind !== 'person') refuse('sign-in-required');
  const serverAt = device?.serverTime ? readServerTime(keys.serverTime, device.serverTime) : null;
  const time = effectiveTimeOf(
    {
      deviceAt: input.deviceAt,
      serverAt,
      serverSeenAt: device?.serverSeenAt ?? null,
      life: device?.life ?? null,
      monotonicMs: device?.monotonicMs ?? null,
      sinceServerMs: device?.sinceServerMs ?? null,
      sent: sent ?? null,
    },
    receivedAt,
  );
  const code = codeOfProof(input.proof);
  return {
    input,
    personId: by?.personId ?? (actor.kind === 'person' ? actor.personId : ''),
    signed: by?.signed ?? null,
    time,
    proven: code !== undefined && isSiteCode(keys.siteCode, input.siteId, code, time.effectiveAt),
    evidence: device || sent ? evidenceText(input, device, sent, time) : null,
    bodyDigest: by?.signed.recordDigest ?? digestOf(input),
  };
}

async function signedBy(
  cell: CellContext,
  input: PunchInput,
  device: DevicePart,
  signerOf: (db: Db, deviceId: string) => Signer | undefined,
): Promise<{ personId: string; signed: Signed }> {
  const signer = signerOf(cell.store.db, device.deviceId) ?? refuse('device-unknown');
  const positionDigest =
    input.position && device.salt ? sha256(positionText(device.salt, input.position)) : null;
  const text = recordText(recordOf(cell.org, input, device, positionDigest));
  if (!(await isSignedBeside(signer.key, text, device.signature))) refuse('signature-invalid');
  const { deviceId, seq, previous: previousDigest, signature, salt } = device;
  return {
    personId: signer.personId,
    signed: {
      deviceId,
      seq,
      previousDigest,
      recordDigest: sha256(text),
      signature,
      salt,
      positionDigest,
      revokedAt: signer.revokedAt,
    },
  };
}

function recordOf(
  org: string,
  { id, engagementId, siteId, kind, deviceAt, noPosition, proof }: PunchInput,
  device: Omit<DevicePart, 'salt' | 'signature'>,
  positionDigest: string | null,
): PunchRecord {
  const { deviceId, seq, previous, serverTime, serverSeenAt, life, monotonicMs, sinceServerMs } = device;
  return {
    v: 'workcard-punch-1',
    org,
    id,
    engagementId,
    siteId,
    kind,
    deviceAt,
    deviceId,
    seq,
    previous,
    serverTime,
    serverSeenAt,
    life,
    monotonicMs,
    sinceServerMs,
    positionDigest,
    noPosition: noPosition ?? null,
    proof: proof ?? null,
  };
}

/** What a punch keeps of time beside its columns: with it the record can be put together and its signature checked again. */
export interface KeptEvidence {
  readonly serverTime?: string;
  readonly serverSeenAt?: Instant;
  readonly life?: string;
  readonly monotonicMs?: number;
  readonly sinceServerMs?: number;
  readonly noPosition?: NoPosition;
  readonly ageMs?: number;
  readonly sent?: Sent;
  /** It happened between these. */
  readonly earliestAt?: Instant;
  readonly latestAt?: Instant;
}

function evidenceText(
  { noPosition, position }: PunchInput,
  device: DevicePart | undefined,
  sent: Sent | undefined,
  { earliestAt, latestAt, flags }: EffectiveTime,
): string {
  const { serverTime, serverSeenAt, life, monotonicMs, sinceServerMs } = device ?? {};
  const bounds = flags.includes('late') ? { earliestAt, latestAt } : {};
  const kept = { serverTime, serverSeenAt, life, monotonicMs, sinceServerMs, noPosition, sent, ...bounds };
  return JSON.stringify({ ...kept, ageMs: position?.ageMs }, (_, value) => value ?? undefined);
}

/** The record that a kept punch was signed as; undefined for an unsigned one. */
export function recordOfKept(org: string, punch: typeof punches.$inferSelect): PunchRecord | undefined {
  const { deviceId, seq, previousDigest: previous, positionDigest, proof } = punch;
  if (deviceId === null || seq === null) return undefined;
  const kept = JSON.parse(punch.evidence ?? '{}') as KeptEvidence;
  const { serverTime = null, serverSeenAt = null, life = null } = kept;
  const { monotonicMs = null, sinceServerMs = null, noPosition } = kept;
  const device = { deviceId, seq, previous, serverTime, serverSeenAt, life, monotonicMs, sinceServerMs };
  return recordOf(org, { ...punch, noPosition, proof: proof ?? undefined }, device, positionDigest);
}
