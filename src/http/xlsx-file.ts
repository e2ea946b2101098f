/** The first sheet of an XLSX file from elsewhere as rows of text: values only, of a size that a person would send. */

import { refuse } from '../kernel/refusal.ts';
import { elementsAt, readXml, type XmlElement } from './xml.ts';
import { unzipSync } from './zip.ts';

const partsMax = 200;
const unpackedMax = 40 * 1024 * 1024;
const columnsMax = 60;

export const isZip = (bytes: Uint8Array) => bytes[0] === 0x50 && bytes[1] === 0x4b;
/** Excel's format of before 2007, which is no zip. */
export const isOldExcel = (bytes: Uint8Array) => bytes[0] === 0xd0 && bytes[1] === 0xcf;

/** Refuses formulas by their cell, and whatever unpacks to more than it should. */
export function readXlsx(bytes: Uint8Array): string[][] {
  const parts = unpacked(bytes);
  const text = (name: string) => {
    const part = parts[name];
    return part && new TextDecoder().decode(part);
  };
  const sheetName = Object.keys(parts)
    .filter((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name))
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))[0];
  const sheet = sheetName && text(sheetName);
  if (!sheet) refuse('answers-unreadable', { why: 'XLSX' });
  const strings = sharedStrings(text('xl/sharedStrings.xml'));
  return elementsAt(readXml(sheet), 'sheetData', 'row').map((row) => rowOf(row, strings));
}

function unpacked(bytes: Uint8Array): Record<string, Uint8Array> {
  let [parts, size] = [0, 0];
  // A broken zip says so by throwing; what it is about is the same to who sent it.
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        parts += 1;
        size += originalSize;
        if (parts > partsMax || size > unpackedMax) throw new TooLarge();
        return /^xl\/(worksheets\/[^/]+|sharedStrings)\.xml$/.test(name);
      },
    });
  } catch (error) {
    if (error instanceof TooLarge) refuse('answers-bomb');
    refuse('answers-unreadable', { why: 'XLSX' });
  }
}

class TooLarge extends Error {}

function sharedStrings(xml: string | undefined): string[] {
  return xml ? elementsAt(readXml(xml), 'si').map(runsOf) : [];
}

/** A text may be cut into runs of different looks. Readings above characters are no part of it. */
function runsOf(element: XmlElement): string {
  return [...elementsAt(element, 't'), ...elementsAt(element, 'r', 't')].map(({ text }) => text).join('');
}

function rowOf(row: XmlElement, strings: readonly string[]): string[] {
  const fields: string[] = [];
  for (const [index, cell] of elementsAt(row, 'c').entries()) {
    const place = cell.attributes.r ?? '';
    if (elementsAt(cell, 'f').length > 0) refuse('answers-formula', { cell: place });
    const column = columnOf(place) ?? index;
    if (column >= columnsMax) continue;
    fields[column] = textOfCell(cell, strings);
  }
  return Array.from(fields, (field) => field ?? '');
}

/** `C7` stands in column 2. */
function columnOf(place: string): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(place)?.[0];
  if (!letters) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function textOfCell(cell: XmlElement, strings: readonly string[]): string {
  if (cell.attributes.t === 'inlineStr') return elementsAt(cell, 'is').map(runsOf).join('');
  const value = elementsAt(cell, 'v')[0]?.text ?? '';
  return cell.attributes.t === 's' ? (strings[Number(value)] ?? '') : value;
}
