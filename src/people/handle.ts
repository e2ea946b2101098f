/** Phone numbers and e-mail addresses: one form of each, masked for showing, hashed for finding. */
import { keyedHash } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';

export type Channel = 'sms' | 'email';

/** `+8613800000000`, or an address in lower case; anything else is the refusal `address-invalid`. Mainland numbers need no prefix. */
export function normalAddress(channel: Channel, address: string): string {
  const text = address.trim();
  if (channel === 'email') {
    if (/^[^\s@]{1,64}@[^\s@]+\.[^\s@]{2,}$/.test(text) && text.length <= 254) return text.toLowerCase();
  } else {
    const digits = text.replace(/[\s()-]/g, '').replace(/^00/, '+');
    if (/^1[3-9]\d{9}$/.test(digits)) return `+86${digits}`;
    if (/^\+86/.test(digits) ? /^\+861[3-9]\d{9}$/.test(digits) : /^\+[1-9]\d{6,14}$/.test(digits))
      return digits;
  }
  return refuse('address-invalid', {}, [{ pointer: '/address', detail: '' }]);
}

/** `138****0000` and `l***@example.com`. */
export function maskedAddress(channel: Channel, address: string): string {
  if (channel === 'email') return address.replace(/^(.).*(@.*)$/, '$1***$2');
  const national = address.replace(/^\+86/, '');
  return `${national.slice(0, 3)}****${national.slice(-4)}`;
}

export function handleHash(pepper: Uint8Array, channel: Channel, address: string): string {
  return keyedHash(pepper, `handle ${channel} ${address}`);
}

export function codeHash(pepper: Uint8Array, id: string, code: string): string {
  return keyedHash(pepper, `code ${id} ${code}`);
}
