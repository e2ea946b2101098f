/** Tokens of our time that phones carry: a punch that has seen one was made after it. HMAC-SHA-256 under the cell's key. */
import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';
import { sameSecret } from '../kernel/digest.ts';
import { type Instant, parseInstant } from '../kernel/time.ts';

export function serverTimeToken(key: Uint8Array, at: Instant): string {
  return `${at}~${mac(key, at)}`;
}

/** Null for a token that we did not make. */
export function readServerTime(key: Uint8Array, token: string): Instant | null {
  const [text = '', proof = ''] = token.split('~');
  return sameSecret(mac(key, text), proof) ? (parseInstant(text) ?? null) : null;
}

/** Half of the digest is proof enough, and every punch carries one. */
function mac(key: Uint8Array, text: string): string {
  const digest = createHmac('sha256', key).update('server-time\n').update(text).digest();
  return Buffer.from(digest.subarray(0, 16)).toString('base64url');
}
