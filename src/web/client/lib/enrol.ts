/** Makes this phone's key known to an employer, once: from then on the key alone says whose a punch is. */
import { type DeviceKey, deviceKeyOf, ensureDeviceKey, renewDeviceKey } from './device-key.ts';
import { send } from './http.ts';
import { newId } from './id.ts';
import { life, monotonicMs } from './page-life.ts';
import { type Chain, chainKey, chainOf, clockShelf, installationId, keepServerTime } from './queue.ts';

/** The person's key on this phone, if the browser has kept one; it signs without a network and without a session. */
export async function keptKey(personId: string): Promise<DeviceKey | undefined> {
  if (!canSign()) return undefined;
  return deviceKeyOf(personId).catch(() => undefined);
}

/** Browsers without these keep no key; the session vouches for their punches then. */
export function canSign(): boolean {
  return typeof indexedDB !== 'undefined' && typeof crypto.subtle !== 'undefined';
}

/** Needs the session. Answers the key; a key that the employer knows already is only looked up. */
export async function enrolPhone(org: string, personId: string): Promise<DeviceKey> {
  const kept = await keptKey(personId);
  if (kept && (await chainOf(org, kept.deviceId))?.enrolled) return kept;
  const key = await ensureDeviceKey();
  await enrolDevice(org, key);
  return key;
}

/** After the employer or the worker removed this phone: a new key, which everybody is told of. */
export async function enrolAnew(org: string): Promise<DeviceKey> {
  const key = await renewDeviceKey();
  await enrolDevice(org, key);
  return key;
}

/** A key that signed here before goes on where the server saw it last, unless this phone is ahead. */
export async function enrolDevice(
  org: string,
  { deviceId, personId }: Pick<DeviceKey, 'deviceId' | 'personId'>,
) {
  const installation = await installationId(newId);
  const answer = await send('PUT', `/api/orgs/${org}/me/devices/${deviceId}`, { installation });
  await noteServerTime(org, answer.serverTime);
  const seq = Number(answer.seq ?? 0);
  const previous = typeof answer.recordDigest === 'string' ? answer.recordDigest : null;
  const name = chainKey(org, deviceId);
  await (await clockShelf()).change<Chain>(name, (known) => {
    const ahead = known !== undefined && known.seq >= seq;
    const place = ahead ? { seq: known.seq, previous: known.previous } : { seq, previous };
    return [[name, { org, deviceId, personId, ...place, enrolled: true } satisfies Chain]];
  });
}

/** The server's signed time, as an answer brings it. */
export async function noteServerTime(org: string, token: unknown): Promise<void> {
  if (typeof token !== 'string') return;
  await keepServerTime(org, { token, life, atMs: monotonicMs(), seenAt: new Date().toISOString() });
}
