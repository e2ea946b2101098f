/** Digests, canonical JSON and sealed text: what makes a record checkable and a column unreadable. */

import { Buffer } from 'node:buffer';
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import canonicalize from 'canonicalize';
import { randomPart } from './random.ts';

/** JSON with one form only (RFC 8785, JCS). Null and undefined members are left out, so that a column added later changes no old digest. */
export function canonicalJson(value: unknown): string {
  return plainJson(value) ?? deepJson(value);
}

const loneSurrogate = /\p{Surrogate}/u;

/** Rows and requests are small objects without lists, and each punch digests three. Undefined for anything else. */
function plainJson(value: unknown): string | undefined {
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return undefined;
  let text = '';
  // JCS sorts by UTF-16 code units, as `sort` does, and writes texts and numbers as JSON.stringify does.
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member === null || member === undefined) continue;
    const written = typeof member === 'object' ? plainJson(member) : plainValue(member);
    if (written === undefined) return undefined;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${written}`;
  }
  return `{${text}}`;
}

function plainValue(value: unknown): string | undefined {
  const isPlain =
    typeof value === 'boolean' ||
    (typeof value === 'string' && !loneSurrogate.test(value)) ||
    (typeof value === 'number' && Number.isFinite(value));
  return isPlain ? JSON.stringify(value) : undefined;
}

function deepJson(value: unknown): string {
  const text = canonicalize(withoutNulls(value));
  if (text === undefined) throw new TypeError('value has no JSON form');
  return text;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null && member !== undefined)
      .map(([key, member]) => [key, withoutNulls(member)]),
  );
}

/** SHA-256 as base64url without padding (43 characters). */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('base64url');
}

export function digestOf(value: unknown): string {
  return sha256(canonicalJson(value));
}

/** HMAC-SHA-256 as base64url: for blind indexes and tokens. */
export function keyedHash(key: Uint8Array, data: string | Uint8Array): string {
  return createHmac('sha256', key).update(data).digest('base64url');
}

export function randomToken(bytes = 16): string {
  return base64url(randomPart(bytes));
}

/** Decimal digits that only the key can foretell. The remainder of 64 bits favours none by more than 10^length / 2^64. */
export function digitsOf(key: Uint8Array, data: string, length: number): string {
  const number = createHmac('sha256', key).update(data).digest().readBigUInt64BE();
  return (number % 10n ** BigInt(length)).toString().padStart(length, '0');
}

/** Equal without telling where they differ. */
export function sameSecret(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

export function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, 'base64url'));
}

/** A key for one purpose from a secret (RFC 5869, SHA-256), 32 bytes. */
export function deriveKey(secret: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(0), purpose, 32));
}

/** AES-256-GCM with a random nonce; output `nonce ‖ ciphertext ‖ tag`. `context` must be the same to open it. */
export function sealBytes(key: Uint8Array, plain: Uint8Array, context: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key), nonce);
  cipher.setAAD(Buffer.from(context));
  return new Uint8Array(
    Buffer.concat([nonce, cipher.update(Buffer.from(plain)), cipher.final(), cipher.getAuthTag()]),
  );
}

/** Throws when the key, the context or a byte differs. */
export function openBytes(key: Uint8Array, sealed: Uint8Array, context: string): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key), bytes.subarray(0, 12));
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(bytes.length - 16));
  return new Uint8Array(
    Buffer.concat([decipher.update(bytes.subarray(12, bytes.length - 16)), decipher.final()]),
  );
}

export function sealText(key: Uint8Array, plain: string, context: string): string {
  return base64url(sealBytes(key, Buffer.from(plain, 'utf8'), context));
}

export function openText(key: Uint8Array, sealed: string, context: string): string {
  return Buffer.from(openBytes(key, fromBase64url(sealed), context)).toString('utf8');
}
