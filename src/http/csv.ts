/** CSV (RFC 4180) as spreadsheets read it: UTF-8 with a byte order mark, CRLF, nothing that a spreadsheet would run or shorten. */
import { decimalText, minor } from '../kernel/money.ts';
import { durationText, type FileColumn, type FileRow, joined } from './sheet.ts';

/** `currency` decides the digits of money, where there is any. */
export function csvTable(
  columns: readonly FileColumn[],
  rows: Iterable<FileRow>,
  currency = 'CNY',
): Uint8Array<ArrayBuffer> {
  return joined([...csvPieces(columns, rows, currency)]);
}

// As many rows as are encoded in one go.
const pieceRows = 500;

/** The same in pieces: between two of them a caller may let others work. */
export function* csvPieces(
  columns: readonly FileColumn[],
  rows: Iterable<FileRow>,
  currency = 'CNY',
): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  let text = `\uFEFF${columns.map(({ head }) => quoted(head)).join(',')}\r\n`;
  let count = 0;
  for (const row of rows) {
    text += `${columns.map((column) => field(column, row, currency)).join(',')}\r\n`;
    count += 1;
    if (count % pieceRows > 0) continue;
    yield encoder.encode(text);
    text = '';
  }
  yield encoder.encode(text);
}

function field({ key, kind }: FileColumn, row: FileRow, currency: string): string {
  const value = row[key] ?? '';
  if (value === '') return '';
  if (kind === 'money') return decimalText(minor(Number(value)), currency);
  if (kind === 'integer') return String(value);
  if (kind === 'duration') return durationText(Number(value));
  return quoted(kind === 'digits' ? wholeDigits(String(value)) : harmless(String(value)));
}

/** A cell that begins like a formula is led by an apostrophe (OWASP, CSV injection). */
export function harmless(text: string): string {
  return /^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
}

/** Spreadsheets keep 15 digits of a number: a tab before a longer one makes it text, and importers trim it. */
export function wholeDigits(text: string): string {
  return /^\d{12,}$/.test(text) ? `\t${text}` : harmless(text);
}

function quoted(text: string): string {
  return /[",\r\n\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
