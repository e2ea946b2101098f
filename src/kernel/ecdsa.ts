/** ECDSA signatures in their two forms: r ‖ s, as WebCrypto makes them, and ASN.1 DER (RFC 3279 §2.2.3), which both runtimes verify. */

import { Buffer } from 'node:buffer';
import { createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto';

export function rawToDer(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  const body = [...integerOf(raw.subarray(0, half)), ...integerOf(raw.subarray(half))];
  return Uint8Array.from([0x30, body.length, ...body]);
}

/** A positive INTEGER: no leading zeros but the one that keeps it positive. */
function integerOf(bytes: Uint8Array): number[] {
  const digits = [...bytes];
  while (digits.length > 1 && digits[0] === 0) digits.shift();
  if ((digits[0] ?? 0) >= 0x80) digits.unshift(0);
  return [0x02, digits.length, ...digits];
}

export function p256Key({ kty, crv, x, y }: JsonWebKey): KeyObject {
  return createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
}

/** P-256 with SHA-256; `signature` is r ‖ s as base64url. False for anything malformed. */
export function isSignedByP256(publicKey: JsonWebKey, text: string, signature: string): boolean {
  const der = derOf(signature);
  return der !== undefined && verify('sha256', Buffer.from(text), p256Key(publicKey), der);
}

/** The same, on another thread where the runtime has one. */
export function isSignedBeside(key: KeyObject, text: string, signature: string): Promise<boolean> {
  const der = derOf(signature);
  if (!der) return Promise.resolve(false);
  return new Promise((resolve, reject) =>
    verify('sha256', Buffer.from(text), key, der, (error, holds) => (error ? reject(error) : resolve(holds))),
  );
}

function derOf(signature: string): Buffer | undefined {
  const bytes = Buffer.from(signature, 'base64url');
  return bytes.length === 64 ? Buffer.from(rawToDer(bytes)) : undefined;
}
