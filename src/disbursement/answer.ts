/** A bank's answer, whatever its format: lines that say of a payment what became of it. */
import { type Minor, minor, minorDigits } from '../kernel/money.ts';

export const answerFormats = ['pain.002', 'camt.054', 'nacha-return', 'table'] as const;
export type AnswerFormat = (typeof answerFormats)[number];

export interface AnswerLine {
  /** Its number in the file, from 1; of a table the row. */
  readonly line: number;
  /** The end-to-end id, or the 15 characters that NACHA has room for. */
  readonly name?: string | undefined;
  /** For tables of banks that give no id back. */
  readonly account?: string | undefined;
  readonly holder?: string | undefined;
  readonly amountMinor?: Minor | undefined;
  /** `noted`: nothing is said of the payment itself. `unread`: the line says something that is not understood here. */
  readonly kind: 'accepted' | 'paid' | 'rejected' | 'returned' | 'noted' | 'unread';
  readonly code?: string | undefined;
  readonly reason?: string | undefined;
}

/** An amount as banks write it, `1,230.02`; undefined when it is none, or has more decimals than its currency. */
export function amountOf(text: string, currency: string): Minor | undefined {
  const plain = text.replace(/[\s,，¥￥$€]/g, '');
  const found = /^(\d{1,13})(?:\.(\d+))?$/.exec(plain);
  if (!found) return undefined;
  const digits = minorDigits(currency);
  const [, whole = '', given = ''] = found;
  const cents = given.replace(/0+$/, '');
  if (cents.length > digits) return undefined;
  return minor(Number(`${whole}${cents.padEnd(digits, '0')}`));
}
