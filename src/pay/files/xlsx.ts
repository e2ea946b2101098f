/** XLSX: payments, lines with their reasons, totals and notes. The same content gives the same bytes on every machine and day. */
import { unzipSync, zipSync } from 'fflate';
import writeXlsxFile from 'write-excel-file/universal';
import { decimalText, minor, minorDigits } from '../../kernel/money.ts';
import {
  type ColumnKind,
  type FileColumn,
  type FileRow,
  lineColumns,
  type PayFileContent,
  paymentColumns,
} from './sheet.ts';

type Cell = {
  value?: string | number;
  type?: StringConstructor | NumberConstructor;
  format?: string;
  fontWeight?: 'bold';
  align?: 'right';
  wrap?: boolean;
};

export async function xlsxOf(content: PayFileContent): Promise<Uint8Array<ArrayBuffer>> {
  const { currency } = content;
  const columns = (from: readonly FileColumn[]) => from.map(({ width }) => ({ width }));
  const book = await writeXlsxFile([
    {
      sheet: '发放 Payments',
      data: table(paymentColumns, content.payments, currency),
      columns: columns(paymentColumns),
      stickyRowsCount: 1,
    },
    {
      sheet: '明细 Lines',
      data: table(lineColumns, content.lines, currency),
      columns: columns(lineColumns),
      stickyRowsCount: 1,
    },
    {
      sheet: '合计 Totals',
      data: content.totals.map(({ label, value, kind }) => [headCell(label), cellOf(kind, value, currency)]),
      columns: [{ width: 34 }, { width: 48 }],
    },
    {
      sheet: '说明 Notes',
      data: content.notes.map((note) => [{ value: note, type: String, wrap: true }]),
      columns: [{ width: 110 }],
    },
  ]).toBlob();
  return sameBytes(new Uint8Array(await book.arrayBuffer()));
}

function table(columns: readonly FileColumn[], rows: readonly FileRow[], currency: string): Cell[][] {
  const head = columns.map(({ head: text }) => headCell(text));
  const body = rows.map((row) => columns.map(({ key, kind }) => cellOf(kind, row[key] ?? '', currency)));
  return [head, ...body];
}

const headCell = (text: string): Cell => ({ value: text, type: String, fontWeight: 'bold' });

function cellOf(kind: ColumnKind, value: string | number, currency: string): Cell {
  if (value === '') return {};
  if (kind === 'integer') return { value: Number(value), type: Number, format: '0' };
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
