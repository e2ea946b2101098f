/**
 * Keeps a punch on this phone, signed by its key. Waiting for a signature ends an IndexedDB transaction, so the chain
 * is read, signed over and then written only if nobody else has moved it since: no gap and no fork, locks or not.
 */
import { type PunchRecord, positionText, recordText } from '../../../clock/punch-record.ts';
import { alone } from './alone.ts';
import { type DeviceKey, signWithDevice } from './device-key.ts';
import { base64url, sha256 } from './digest.ts';
import type { Waiting } from './kept-punch.ts';
import { life } from './page-life.ts';
import { type Chain, chainKey, chainOf, clockShelf, serverTimeOf, waitingKey } from './queue.ts';

export interface Position {
  readonly lat: number;
  readonly lng: number;
  readonly accuracyMetres: number;
  /** Browsers never say which datum they answer in. */
  readonly datum: 'unstated';
  readonly ageMs: number;
}
export type Place =
  | { readonly position: Position }
  | { readonly noPosition: 'denied' | 'unavailable' | 'timed-out' };

/** The moment of the tap, not of the satellite. */
export interface Tap {
  readonly id: string;
  readonly deviceAt: string;
  readonly monotonicMs: number;
}

export interface NewPunch {
  readonly org: string;
  readonly personId: string;
  readonly engagementId: string;
  readonly siteId: string;
  readonly kind: 'in' | 'out';
  readonly tap: Tap;
  readonly place: Place;
  readonly proof?: string | undefined;
  /** Of a site's tablet: where it sends to, and what it sends beside what it signs. */
  readonly via?: 'kiosk-punches' | undefined;
  readonly beside?: object | undefined;
}

/** Without a key only the session vouches for it. */
export async function keepPunch(punch: NewPunch, key: DeviceKey | undefined): Promise<Waiting> {
  return key ? alone('workcard-chain', () => keepSigned(punch, key)) : keepUnsigned(punch);
}

async function keepUnsigned(punch: NewPunch): Promise<Waiting> {
  const waiting: Waiting = { ...headOf(punch), deviceId: null, seq: null, body: bodyOf(punch) };
  await (await clockShelf()).set(waitingKey(waiting.id), waiting);
  return waiting;
}

async function keepSigned(punch: NewPunch, key: DeviceKey): Promise<Waiting> {
  const { org, personId } = punch;
  const { deviceId } = key;
  for (;;) {
    const chain = await chainOf(org, deviceId);
    const { device, digest } = await signed(punch, key, chain);
    const waiting: Waiting = {
      ...headOf(punch),
      deviceId,
      seq: device.seq,
      body: { ...bodyOf(punch), device },
    };
    const next: Chain = {
      org,
      personId,
      deviceId,
      enrolled: false,
      ...chain,
      seq: device.seq,
      previous: digest,
    };
    const kept = await (await clockShelf()).change<Chain>(chainKey(org, deviceId), (now) =>
      now?.seq === chain?.seq
        ? [
            [chainKey(org, deviceId), { ...next, enrolled: now?.enrolled ?? false }],
            [waitingKey(waiting.id), waiting],
          ]
        : [],
    );
    if (kept) return waiting;
  }
}

async function signed(punch: NewPunch, key: DeviceKey, chain: Chain | undefined) {
  const { org, engagementId, siteId, kind, tap, place, proof = null } = punch;
  const time = await serverTimeOf(org);
  const salt = 'position' in place ? base64url(crypto.getRandomValues(new Uint8Array(16))) : null;
  const record: PunchRecord = {
    v: 'workcard-punch-1',
    org,
    id: tap.id,
    engagementId,
    siteId,
    kind,
    deviceAt: tap.deviceAt,
    deviceId: key.deviceId,
    seq: (chain?.seq ?? 0) + 1,
    previous: chain?.previous ?? null,
    serverTime: time?.token ?? null,
    serverSeenAt: time?.seenAt ?? null,
    life,
    monotonicMs: tap.monotonicMs,
    sinceServerMs: time?.life === life ? Math.max(0, tap.monotonicMs - time.atMs) : null,
    positionDigest: salt && 'position' in place ? await digestOf(positionText(salt, place.position)) : null,
    noPosition: 'noPosition' in place ? place.noPosition : null,
    proof,
  };
  const text = recordText(record);
  const [signature, digest] = await Promise.all([signWithDevice(key, text), digestOf(text)]);
  const { deviceId, seq, previous, serverTime, serverSeenAt, monotonicMs, sinceServerMs } = record;
  return {
    device: {
      deviceId,
      seq,
      previous,
      serverTime,
      serverSeenAt,
      life,
      monotonicMs,
      sinceServerMs,
      salt,
      signature,
    },
    digest,
  };
}

function digestOf(text: string): Promise<string> {
  return sha256(new TextEncoder().encode(text));
}

function headOf({ org, personId, engagementId, siteId, kind, tap, via }: NewPunch) {
  const head = { id: tap.id, org, personId, engagementId, siteId, kind, deviceAt: tap.deviceAt };
  return via ? { ...head, via } : head;
}

function bodyOf({ engagementId, siteId, kind, tap, place, proof, beside }: NewPunch): object {
  const { deviceAt } = tap;
  return { engagementId, siteId, kind, deviceAt, ...place, ...(proof ? { proof } : {}), ...beside };
}
