/** XLSX of tables and notes. The same content gives the same bytes on every machine and day. */
import { unzipSync, zipSync } from 'fflate';
import writeXlsxFile from 'write-excel-file/universal';
import { decimalText, minor, minorDigits } from '../kernel/money.ts';
import type { ColumnKind, FileColumn, FileRow } from './sheet.ts';

export interface XlsxCell {
  readonly value?: string | number;
  readonly type?: StringConstructor | NumberConstructor;
  readonly format?: string;
  readonly fontWeight?: 'bold';
  readonly align?: 'right';
  readonly wrap?: boolean;
}
export interface XlsxSheet {
  readonly name: string;
  readonly cells: readonly (readonly XlsxCell[])[];
  readonly widths: readonly number[];
  /** The first row stays where it is. */
  readonly sticky?: boolean;
}

export async function xlsxOf(sheets: readonly XlsxSheet[]): Promise<Uint8Array<ArrayBuffer>> {
  const book = await writeXlsxFile(
    sheets.map(({ name, cells, widths, sticky }) => ({
      sheet: name,
      data: cells.map((row) => [...row]),
      columns: widths.map((width) => ({ width })),
      ...(sticky ? { stickyRowsCount: 1 } : {}),
    })),
  ).toBlob();
  return sameBytes(new Uint8Array(await book.arrayBuffer()));
}

export function tableSheet(
  name: string,
  columns: readonly FileColumn[],
  rows: readonly FileRow[],
  currency = 'CNY',
): XlsxSheet {
  const head = columns.map(({ head: text }) => headCell(text));
  const body = rows.map((row) => columns.map(({ key, kind }) => xlsxCell(kind, row[key] ?? '', currency)));
  return { name, cells: [head, ...body], widths: columns.map(({ width }) => width), sticky: true };
}

export const headCell = (text: string): XlsxCell => ({ value: text, type: String, fontWeight: 'bold' });

export function xlsxCell(kind: ColumnKind, value: string | number, currency: string): XlsxCell {
  if (value === '') return {};
  if (kind === 'integer') return { value: Number(value), type: Number, format: '0' };
  // A part of a day, which spreadsheets add up to more than 24 hours.
  if (kind === 'duration')
    return { value: Number(value) / 86_400, type: Number, format: '[h]:mm:ss', align: 'right' };
  if (kind === 'money') {
    const digits = minorDigits(currency);
    // A decimal text becomes the nearest double, which spreadsheets show and sum as that decimal up to 15 digits.
    const amount = Number(decimalText(minor(Number(value)), currency));
    return {
      value: amount,
      type: Number,
      format: digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`,
      align: 'right',
    };
  }
  if (kind === 'prose') return { value: String(value), type: String, wrap: true };
  return kind === 'digits'
    ? { value: String(value), type: String, format: '@' }
    : { value: String(value), type: String };
}

/** Zip entries carry the time of writing in local time: one fixed local noon gives one byte pattern in every zone. */
function sameBytes(zip: Uint8Array): Uint8Array<ArrayBuffer> {
  const mtime = new Date(1980, 0, 1, 12);
  const files = Object.fromEntries(
    Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, [bytes, { mtime, level: 6 }] as const]),
  );
  return new Uint8Array(zipSync(files as Parameters<typeof zipSync>[0]));
}
