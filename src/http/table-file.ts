/** A table from elsewhere as rows of text: a CSV's encoding, separator and rows, or a workbook's first sheet, or a clear no. */
import Papa from 'papaparse';
import { refuse } from '../kernel/refusal.ts';
import { isZip, readXlsx } from './xlsx-file.ts';

export const importBytesMax = 5 * 1024 * 1024;
export const importRowsMax = 10_000;
const columnsMax = 60;

export interface ImportTable {
  readonly encoding: 'UTF-8' | 'UTF-16' | 'GB18030' | 'XLSX';
  readonly heads: readonly string[];
  /** As many fields each as there are heads. `row` is what a spreadsheet shows: the heads are row 1. */
  readonly rows: readonly { readonly row: number; readonly fields: readonly string[] }[];
}

/** Refuses what is too large, no text, empty, or broken in its quotes, with the row. */
export function readTable(bytes: Uint8Array): ImportTable {
  if (bytes.length > importBytesMax) refuse('import-too-large', { rows: importRowsMax, megabytes: 5 });
  const { text, encoding } = decoded(bytes);
  const parsed = Papa.parse<string[]>(text, { delimiter: separatorOf(text) });
  const fault = parsed.errors.find(({ type }) => type === 'Quotes');
  if (fault) refuse('import-quotes', { row: (fault.row ?? 0) + 1 });
  return tableOf(parsed.data, encoding);
}

/** As `readTable`, and of a workbook its first sheet. */
export function readSheet(bytes: Uint8Array): ImportTable {
  if (bytes.length > importBytesMax) refuse('import-too-large', { rows: importRowsMax, megabytes: 5 });
  return isZip(bytes) ? tableOf(readXlsx(bytes), 'XLSX') : readTable(bytes);
}

function tableOf(
  [heads = [], ...rest]: readonly (readonly string[])[],
  encoding: ImportTable['encoding'],
): ImportTable {
  const rows = rest
    .map((fields, index) => ({ row: index + 2, fields: fitted(fields, heads.length) }))
    .filter(({ fields }) => fields.some((field) => field !== ''));
  if (heads.length > columnsMax || heads.every((head) => head.trim() === '') || rows.length === 0)
    refuse('import-empty');
  if (rows.length > importRowsMax) refuse('import-too-large', { rows: importRowsMax, megabytes: 5 });
  return { encoding, heads: heads.map((head) => head.trim()), rows };
}

/** Of the usual ones, the one that parts the heads most often. */
function separatorOf(text: string): string {
  const counts = new Map([',', ';', '\t', '|'].map((separator) => [separator, 0]));
  let quoted = false;
  for (const sign of text) {
    if (sign === '\n' && !quoted) break;
    if (sign === '"') quoted = !quoted;
    const count = quoted ? undefined : counts.get(sign);
    if (count !== undefined) counts.set(sign, count + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? ',';
}

function fitted(fields: readonly string[], length: number): string[] {
  return Array.from({ length }, (_, index) => (fields[index] ?? '').trim());
}

/** What Excel and Chinese systems write: UTF-8 with or without a mark, UTF-16 with one, else GB 18030 (of which GBK is a part). */
export function decoded(bytes: Uint8Array): { text: string; encoding: ImportTable['encoding'] } {
  const read = (label: string) => textOf(bytes, label);
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined;
  const found = marked
    ? { text: read(marked), encoding: 'UTF-16' as const }
    : { text: read('utf-8'), encoding: 'UTF-8' as const };
  if (found.text !== undefined) return checked(found.text, found.encoding);
  const text = read('gb18030');
  if (text === undefined) refuse('import-not-text');
  return checked(text, 'GB18030');
}

function textOf(bytes: Uint8Array, label: string): string | undefined {
  // The decoder says by throwing that bytes are no such text.
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A spreadsheet's own file or a picture decodes to something, but not to lines of text. */
function checked(text: string, encoding: ImportTable['encoding']) {
  // Controls, but for those that part lines and columns.
  if (/(?![\t\n\v\f\r\u0085])\p{Cc}/u.test(text)) refuse('import-not-text');
  return { text, encoding };
}
