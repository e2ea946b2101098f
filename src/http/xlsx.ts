/** XLSX of tables and notes, row by row: rows go in, compressed bytes come out. The same content gives the same bytes on every machine and day. */

import { decimalText, minor, minorDigits } from '../kernel/money.ts';
import { type ColumnKind, type FileColumn, type FileRow, joined } from './sheet.ts';
import {
  type CellStyle,
  contentTypes,
  escaped,
  rootRelations,
  type SheetLook,
  sheetHead,
  sheetTail,
  styleIndex,
  stylesXml,
  workbookRelations,
  workbookXml,
} from './xlsx-parts.ts';
import { Zip, ZipDeflate } from './zip.ts';

/** Null: an empty cell. */
export type XlsxCell = { readonly value: string | number; readonly style: CellStyle } | null;
export interface XlsxSheet extends SheetLook {
  readonly name: string;
  readonly rows: Iterable<readonly XlsxCell[]>;
}

/** What a sheet of Excel holds. A longer one goes on in another, under the same heads where they stay in place. */
export const sheetRowsMax = 1_048_576;
const cellCharactersMax = 32_767;
// As much XML as is compressed in one go.
const pieceCharacters = 1 << 16;

/** The whole book at once, for what is never long. */
export function xlsxOf(sheets: readonly XlsxSheet[]): Uint8Array<ArrayBuffer> {
  return joined([...xlsxPieces(sheets)]);
}

/** The book in pieces: between two of them a caller may let others work. */
export function* xlsxPieces(
  sheets: readonly XlsxSheet[],
  rowsMax: number = sheetRowsMax,
): Generator<Uint8Array> {
  const zip = new ZipPieces();
  // Readers that look at the first entry to tell what the file is know this one.
  yield* zip.whole('_rels/.rels', rootRelations);
  const names: string[] = [];
  for (const sheet of sheets) {
    for (const part of partsOf(sheet, rowsMax)) {
      names.push(part.number === 1 ? sheet.name : `${sheet.name.slice(0, 26)} ${part.number}`);
      yield* zip.part(`xl/worksheets/sheet${names.length}.xml`, sheetXml(sheet, part.rows, names.length));
    }
  }
  yield* zip.whole('xl/workbook.xml', workbookXml(names));
  yield* zip.whole('xl/_rels/workbook.xml.rels', workbookRelations(names.length));
  yield* zip.whole('xl/styles.xml', stylesXml);
  yield* zip.whole('[Content_Types].xml', contentTypes(names.length));
  yield* zip.end();
}

interface SheetPart {
  readonly number: number;
  readonly rows: Iterable<readonly XlsxCell[]>;
}

/** Each part must be read to its end before the next is asked for. */
function* partsOf({ rows, sticky }: XlsxSheet, rowsMax: number): Generator<SheetPart> {
  const all = rows[Symbol.iterator]();
  let next = all.next();
  const head = sticky && !next.done ? next.value : undefined;
  function* upTo(first: readonly XlsxCell[] | undefined) {
    let count = 0;
    if (first) {
      yield first;
      count = 1;
    }
    for (; !next.done && count < rowsMax; next = all.next()) {
      yield next.value;
      count += 1;
    }
  }
  for (let number = 1; number === 1 || !next.done; number += 1)
    yield { number, rows: upTo(number > 1 ? head : undefined) };
}

function* sheetXml(look: SheetLook, rows: Iterable<readonly XlsxCell[]>, place: number): Generator<string> {
  let xml = sheetHead(look, place === 1);
  let row = 0;
  for (const cells of rows) {
    row += 1;
    xml += `<row r="${row}">`;
    for (let column = 0; column < cells.length; column += 1) {
      const cell = cells[column];
      if (cell) xml += cellXml(cell, `${columnName(column)}${row}`);
    }
    xml += '</row>';
    if (xml.length < pieceCharacters) continue;
    yield xml;
    xml = '';
  }
  yield xml + sheetTail;
}

function cellXml({ value, style }: NonNullable<XlsxCell>, name: string): string {
  const look = style === 'plain' ? '' : ` s="${styleIndex[style]}"`;
  if (typeof value === 'number') return `<c r="${name}"${look}><v>${value}</v></c>`;
  const text = value.length > cellCharactersMax ? `${value.slice(0, cellCharactersMax - 1)}…` : value;
  return `<c r="${name}"${look} t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

const columnNames: string[] = [];
function columnName(index: number): string {
  const known = columnNames[index];
  if (known) return known;
  const name =
    (index >= 26 ? columnName(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));
  columnNames[index] = name;
  return name;
}

/** fflate calls back with what it has compressed; here it is given out as it comes. */
class ZipPieces {
  #waiting: Uint8Array[] = [];
  readonly #encoder = new TextEncoder();
  readonly #zip = new Zip((error, piece) => {
    if (error) throw error;
    if (piece.length > 0) this.#waiting.push(piece);
  });

  *part(name: string, texts: Iterable<string>): Generator<Uint8Array> {
    const entry = new ZipDeflate(name, { level: 6 });
    // Zip keeps local time: one fixed local noon gives one byte pattern in every zone.
    entry.mtime = new Date(1980, 0, 1, 12);
    this.#zip.add(entry);
    for (const text of texts) {
      entry.push(this.#encoder.encode(text));
      yield* this.#given();
    }
    entry.push(new Uint8Array(0), true);
    yield* this.#given();
  }

  whole(name: string, text: string): Generator<Uint8Array> {
    return this.part(name, [text]);
  }

  *end(): Generator<Uint8Array> {
    this.#zip.end();
    yield* this.#given();
  }

  *#given(): Generator<Uint8Array> {
    const pieces = this.#waiting;
    this.#waiting = [];
    yield* pieces;
  }
}

export function tableSheet(
  name: string,
  columns: readonly FileColumn[],
  rows: Iterable<FileRow>,
  currency = 'CNY',
): XlsxSheet {
  function* all() {
    yield columns.map(({ head }) => headCell(head));
    for (const row of rows) yield columns.map(({ key, kind }) => xlsxCell(kind, row[key] ?? '', currency));
  }
  return {
    name,
    rows: { [Symbol.iterator]: all },
    widths: columns.map(({ width }) => width),
    sticky: true,
  };
}

export const headCell = (text: string): XlsxCell => ({ value: text, style: 'head' });

const moneyStyles: readonly CellStyle[] = ['whole', 'amount', 'amount', 'thousandths'];

export function xlsxCell(kind: ColumnKind, value: string | number, currency: string): XlsxCell {
  if (value === '') return null;
  switch (kind) {
    case 'integer':
      return { value: Number(value), style: 'integer' };
    case 'duration':
      // A part of a day, which spreadsheets add up to more than 24 hours.
      return { value: Number(value) / 86_400, style: 'clock' };
    case 'money':
      // A decimal text becomes the nearest double, which spreadsheets show and sum as that decimal up to 15 digits.
      return {
        value: Number(decimalText(minor(Number(value)), currency)),
        style: moneyStyles[minorDigits(currency)] ?? 'amount',
      };
    case 'prose':
      return { value: String(value), style: 'prose' };
    case 'digits':
      return { value: String(value), style: 'digits' };
    case 'text':
      return { value: String(value), style: 'plain' };
  }
}
