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
import { canonicalJson } from './canonical.ts';
import { randomPart } from './random.ts';

export { canonicalJson };

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
