/** The name of one try to pay one worker in one run: written into every file, and what a bank's answer says again. */
import { createHash } from 'node:crypto';

/** Letters that nobody mistakes for digits (Crockford's base 32). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const hashLength = 25;
const attemptLength = 3;

export interface PaymentTry {
  readonly runId: string;
  readonly workerId: string;
  /** 1 for the run's own payment, one more for each time that it is paid anew after a rejection or a return. */
  readonly attempt: number;
}

/**
 * 30 letters and digits, the same for the same try on every machine: within ISO 20022 (35 of its character set), WeChat
 * Pay's out_bill_no (5 to 32 letters and digits) and Alipay's out_biz_no.
 */
export function endToEndId({ runId, workerId, attempt }: PaymentTry): string {
  if (!Number.isInteger(attempt) || attempt < 1 || attempt > 999)
    throw new RangeError(`no number of a try: ${attempt}`);
  const hash = createHash('sha256').update(`${runId}\n${workerId}`).digest();
  return `WC${base32(hash).slice(0, hashLength)}${String(attempt).padStart(attemptLength, '0')}`;
}

/** Its 15 characters for NACHA's individual identification number: 60 bits of the hash and the try. */
export function shortEndToEndId(id: string): string {
  return `${id.slice(2, 14)}${id.slice(-attemptLength)}`;
}

export function isEndToEndId(text: string): boolean {
  return /^WC[0-9A-HJKMNP-TV-Z]{25}\d{3}$/.test(text);
}

function base32(bytes: Uint8Array): string {
  let text = '';
  let [held, bits] = [0, 0];
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return text;
}
