/**
 * Returns in NACHA's file format: entries (record 6) with an addenda of type 99 that says why, or of type 98 that asks
 * to change something next time. Nacha Operating Rules, Appendix Three.
 */
import { refuse } from '../kernel/refusal.ts';
import { type AnswerLine, amountOf } from './answer.ts';

const recordLength = 94;

export const looksLikeNacha = (text: string) => /^101[ 0-9A-Z]{20}/.test(text) && !text.startsWith('<');

export function readNachaReturns(text: string): AnswerLine[] {
  const records = recordsOf(text);
  const lines: AnswerLine[] = [];
  for (const [index, entry] of records.entries()) {
    const addenda = records[index + 1] ?? '';
    if (!entry.startsWith('6') || !/^7(98|99)/.test(addenda)) continue;
    const cents = entry.slice(29, 39);
    const code = addenda.slice(3, 6);
    const back = addenda.startsWith('799');
    lines.push({
      line: index + 1,
      name: entry.slice(39, 54).trim(),
      holder: entry.slice(54, 76).trim(),
      kind: back ? 'returned' : 'noted',
      code,
      reason: addenda.slice(35, 79).trim() || undefined,
      amountMinor: amountOf(`${cents.slice(0, -2)}.${cents.slice(-2)}`, 'USD'),
    });
  }
  if (lines.length === 0) refuse('answers-unreadable', { why: 'NACHA: no return' });
  return lines;
}

/** With line ends or without, and without the nines that fill a block. */
function recordsOf(text: string): string[] {
  const flat = /[\r\n]/.test(text)
    ? text.split(/\r?\n/).map((line) => line.padEnd(recordLength))
    : (text.match(/.{1,94}/gs) ?? []);
  const records = flat.filter((record) => record.trim() !== '' && !/^9{94}$/.test(record));
  if (records.some((record) => record.length !== recordLength))
    refuse('answers-unreadable', { why: 'NACHA: 94' });
  return records;
}
