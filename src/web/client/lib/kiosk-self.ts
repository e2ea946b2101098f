/** What a site's tablet is: its own key, the site it was set up for, and who may clock there. Kept in its browser. */
import { type DeviceKey, makeDeviceKey, signWithDevice } from './device-key.ts';
import { noteServerTime } from './enrol.ts';
import { send } from './http.ts';
import { clockShelf } from './queue.ts';
import { codeToShow, type ShownCode } from './site-code-shown.ts';

export interface KioskPerson {
  readonly cardId: string;
  readonly number: string;
  readonly engagementId: string;
  readonly name: string;
  readonly atWork: boolean;
  readonly lastAt: string | null;
}
export interface KioskSelf {
  readonly name: string;
  readonly siteId: string;
  readonly siteName: string;
  readonly zone: string;
  readonly revoked: boolean;
  readonly witnessPhoto: boolean;
  readonly photoDays: number;
  readonly people: readonly KioskPerson[];
}

const keyName = (org: string) => `kiosk-key ${org}`;
const selfName = (org: string) => `kiosk-self ${org}`;
/** Whose the chain of this tablet's punches is: nobody's but its own. */
export const kioskOwner = (org: string) => `kiosk ${org}`;

export async function kioskKey(org: string): Promise<DeviceKey | undefined> {
  return (await clockShelf()).get<DeviceKey>(keyName(org));
}

/** The key is kept before the code is spent, so that a lost answer is asked for again by the same tablet. */
export async function setUpKiosk(org: string, code: string): Promise<DeviceKey> {
  const key = (await kioskKey(org)) ?? (await makeDeviceKey(kioskOwner(org), 'kiosk'));
  await (await clockShelf()).set(keyName(org), key);
  await navigator.storage?.persist?.();
  await send('PUT', `/api/orgs/${org}/kiosks/${key.deviceId}`, { code, publicKey: key.publicKey });
  return key;
}

export async function keptSelf(org: string): Promise<KioskSelf | undefined> {
  return (await clockShelf()).get<KioskSelf>(selfName(org));
}

export async function keepSelf(org: string, self: KioskSelf): Promise<void> {
  await (await clockShelf()).set(selfName(org), self);
}

/**
 * Asks anew: what the tablet is, and, with its signature over the server's time, who may clock at it and the site's
 * code of this half minute, which is never kept.
 */
export async function askSelf(
  org: string,
  key: DeviceKey,
): Promise<{ self: KioskSelf; code: ShownCode | undefined }> {
  const path = `/api/orgs/${org}/kiosks/${key.deviceId}`;
  const known = await send('GET', path);
  await noteServerTime(org, known.serverTime);
  const serverTime = String(known.serverTime);
  const text = `workcard-kiosk-question-1\n${org}\n${key.deviceId}\n${serverTime}`;
  const signature = await signWithDevice(key, text);
  const sentAt = performance.now();
  const told = known.revoked
    ? undefined
    : await send('PUT', `${path}/questions/people`, { serverTime, signature });
  const self: KioskSelf = {
    name: String(known.name),
    siteId: String(known.siteId),
    siteName: String(known.siteName),
    zone: String(known.zone),
    revoked: known.revoked === true,
    witnessPhoto: known.witnessPhoto === true,
    photoDays: Number(known.photoDays),
    people: (told?.people ?? []) as KioskPerson[],
  };
  await keepSelf(org, self);
  return { self, code: told && codeToShow(told.code as Record<string, unknown>, sentAt) };
}

/** Who a shown card or a typed number belongs to, as far as this tablet knows. */
export function personOf(self: KioskSelf, card: string): KioskPerson | undefined {
  const cardId = cardIdOf(card);
  if (cardId) return self.people.find((person) => person.cardId === cardId);
  const digits = card.normalize('NFKC').replace(/\D/g, '');
  return self.people.find(({ number }) => number === digits);
}

/** What a card says of itself. The server checks who signed it. */
function cardIdOf(card: string): string | undefined {
  const token = tokenOf(card);
  try {
    const payload = (token?.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
    return payload ? String((JSON.parse(atob(payload)) as { card?: unknown }).card) : undefined;
  } catch {
    return undefined;
  }
}

export function tokenOf(card: string): string | undefined {
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(card.trim())) return card.trim();
  return /[?&]t=([\w-]+\.[\w-]+\.[\w-]+)/.exec(card)?.[1];
}
