/**
 * This phone's own keys: P-256, made so that no script can read them out, kept in IndexedDB. For phones that have no
 * passkeys. A browser may throw the store away; then the phone is enrolled anew.
 */
import { base64url } from './digest.ts';
import { send } from './http.ts';
import { newId } from './id.ts';
import { shelfOf } from './kept.ts';

export interface DeviceKey {
  /** Empty until a supervisor has confirmed whose it is. */
  readonly personId: string;
  readonly name: string;
  readonly deviceId: string;
  readonly publicKey: { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string };
  readonly privateKey: CryptoKey;
}

const shelf = shelfOf('workcard', 'device-keys');

export function deviceKeys(): Promise<DeviceKey[]> {
  return shelf.values<DeviceKey>();
}

/** Undefined in browsers that keep nothing, e.g. in private windows. */
export async function deviceKeyOf(personId: string): Promise<DeviceKey | undefined> {
  const kept = await deviceKeys();
  return kept.find((key) => key.personId === personId);
}

export function deviceKey(deviceId: string): Promise<DeviceKey | undefined> {
  return shelf.get<DeviceKey>(deviceId);
}

export async function keepDeviceKey(key: DeviceKey): Promise<void> {
  await shelf.set(key.deviceId, key);
  // Asks the browser not to clear us first; it may say no, and nothing depends on the answer.
  await navigator.storage?.persist?.();
}

export async function makeDeviceKey(personId: string, name: string): Promise<DeviceKey> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ]);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return {
    personId,
    name,
    deviceId: newId(),
    publicKey: { kty: 'EC', crv: 'P-256', x, y },
    privateKey: pair.privateKey,
  };
}

/** r ‖ s over the text's UTF-8, base64url. */
export async function signWithDevice(key: DeviceKey, text: string): Promise<string> {
  const signature = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    key.privateKey,
    new TextEncoder().encode(text),
  );
  return base64url(new Uint8Array(signature));
}

/** A fresh challenge of the server's, signed. */
export async function proveDevice(key: DeviceKey): Promise<{ ceremony: string; signature: string }> {
  const { challenge, ceremony } = await send('POST', '/api/device-challenges', {});
  return { ceremony: String(ceremony), signature: await signWithDevice(key, String(challenge)) };
}

/** The signed-in person's key on this phone, made and bound to their account when there is none. */
export async function ensureDeviceKey(): Promise<DeviceKey> {
  const me = await send('GET', '/api/me');
  const personId = String(me.personId);
  const bound = (me.devices as { deviceId: string }[]).map(({ deviceId }) => deviceId);
  const kept = await deviceKeyOf(personId);
  if (kept && bound.includes(kept.deviceId)) return kept;
  return bindNewKey(personId, String(me.displayName));
}

/** A new key in place of the one this phone had. */
export async function renewDeviceKey(): Promise<DeviceKey> {
  const me = await send('GET', '/api/me');
  const personId = String(me.personId);
  const old = (await deviceKeys()).filter((key) => key.personId === personId);
  const key = await bindNewKey(personId, String(me.displayName));
  for (const { deviceId } of old) await shelf.change(deviceId, () => [[deviceId, undefined]]);
  return key;
}

async function bindNewKey(personId: string, name: string): Promise<DeviceKey> {
  const key = await makeDeviceKey(personId, name);
  await send('PUT', `/api/devices/${key.deviceId}`, {
    publicKey: key.publicKey,
    label: labelOfThisPhone(),
    ...(await proveDevice(key)),
  });
  await keepDeviceKey(key);
  return key;
}

/** Something a person recognises in a list: the system and the browser. */
function labelOfThisPhone(): string {
  const agent = navigator.userAgent;
  const system = /HarmonyOS|Android|iPhone|iPad|Mac OS|Windows|Linux/.exec(agent)?.[0] ?? '';
  const browser = /MicroMessenger|Edg|Firefox|Chrome|Safari/.exec(agent)?.[0] ?? '';
  return `${system} ${browser.replace('MicroMessenger', 'WeChat')}`.trim() || 'Browser';
}
