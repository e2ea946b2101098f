/**
 * What a finished file says and shows: its attached evidence, and whether its pages are those that were signed. Needs
 * no fonts, so browsers can run it, too.
 */
import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFDocument,
  PDFName,
  type PDFObject,
  type PDFPage,
  PDFRef,
  PDFStream,
} from '@cantoo/pdf-lib';
import { numberOf, placesIn } from './pdf-places.ts';
import type { Place } from './place.ts';

export const evidenceName = 'evidence.json';

// Bytes as text, one character each, to be compared.
const latin1 = new TextDecoder('latin1');

/** The attached evidence as text; undefined when there is none, or more than one. */
export async function evidenceIn(bytes: Uint8Array): Promise<string | undefined> {
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
  const [found, ...more] = pdf.getAttachments().filter(({ name }) => name === evidenceName);
  return found && more.length === 0 ? new TextDecoder().decode(found.data) : undefined;
}

/**
 * Whether a reader sees the same pages at the beginning of both: an update can redraw a page without a byte of it
 * changing. Marks may have come, as stamps that stay within the places which the first bytes keep for them.
 */
export async function showsTheSame(bytes: Uint8Array, appended: Uint8Array): Promise<boolean> {
  const [before, after] = await Promise.all([
    PDFDocument.load(bytes, { updateMetadata: false }),
    PDFDocument.load(appended, { updateMetadata: false }),
  ]);
  const places = placesIn(before);
  const shown = after.getPages();
  return before.getPages().every((sheet, index) => {
    const now = shown[index];
    if (!now || drawn(sheet) !== drawn(now)) return false;
    return onlyMarksCame(
      sheet,
      now,
      places.filter(({ page }) => page === index),
    );
  });
}

const annots = PDFName.of('Annots');
/** A page takes these from the nodes above it when it has none of its own. */
const inherited = ['Resources', 'MediaBox', 'CropBox', 'Rotate'].map((key) => PDFName.of(key));

/** All that a page's content is drawn with, as text. */
function drawn(sheet: PDFPage): string {
  const seen = new Set<string>();
  const { context } = sheet.doc;
  const own = written(sheet.node, context, seen, new Set([PDFName.Parent, annots]));
  const above = inherited.map((key) => written(sheet.node.getInheritableAttribute(key), context, seen));
  return [own, ...above].join(' ');
}

/** A signature and a seal: nobody has more at one place. */
const marksPerPlace = 2;

function onlyMarksCame(before: PDFPage, after: PDFPage, places: readonly Place[]): boolean {
  const [old, now] = [before, after].map(
    (sheet) => sheet.node.lookupMaybe(annots, PDFArray)?.asArray() ?? [],
  );
  if (!old || !now) return false;
  const say = (sheet: PDFPage, list: readonly PDFObject[]) =>
    list.map((one) => written(one, sheet.doc.context, new Set(), new Set([PDFName.of('P'), PDFName.Parent])));
  if (say(before, old).join() !== say(after, now.slice(0, old.length)).join()) return false;
  const came = now.slice(old.length).map((one) => after.doc.context.lookup(one));
  const isMark = (one: PDFObject | undefined) =>
    one instanceof PDFDict && places.some((place) => isStampAt(one, place));
  return came.length <= places.length * marksPerPlace && came.every(isMark);
}

/** A stamp that does nothing, lies within the place, and has one look, of lines alone. */
function isStampAt(annotation: PDFDict, { box: [left, bottom, right, top] }: Place): boolean {
  const get = (key: string) => annotation.lookup(PDFName.of(key));
  const rect = get('Rect');
  if (get('Subtype') !== PDFName.of('Stamp') || !(rect instanceof PDFArray)) return false;
  if (['A', 'AA', 'Popup', 'Parent', 'OC', 'Border'].some((key) => get(key) !== undefined)) return false;
  const [x1, y1, x2, y2] = rect.asArray().map(numberOf) as [number, number, number, number];
  // Coordinates are kept in thousandths; a box that is no number is in no place.
  const isInside = x1 >= left - 0.01 && y1 >= bottom - 0.01 && x2 <= right + 0.01 && y2 <= top + 0.01;
  if (rect.size() !== 4 || !isInside || !(x1 < x2 && y1 < y2)) return false;
  const looks = get('AP');
  if (!(looks instanceof PDFDict) || looks.keys().length !== 1) return false;
  const look = looks.lookup(PDFName.of('N'));
  if (!(look instanceof PDFStream)) return false;
  const resources = look.dict.lookup(PDFName.of('Resources'));
  return resources === undefined || (resources instanceof PDFDict && resources.keys().length === 0);
}

function written(
  object: PDFObject | undefined,
  context: PDFContext,
  seen: Set<string>,
  without: ReadonlySet<PDFName> = new Set([PDFName.Parent]),
): string {
  if (object instanceof PDFRef) {
    if (seen.has(object.tag)) return object.tag;
    seen.add(object.tag);
    return `${object.tag} ${written(context.lookup(object), context, seen)}`;
  }
  if (object instanceof PDFArray)
    return `[${object
      .asArray()
      .map((item) => written(item, context, seen))
      .join(' ')}]`;
  if (object instanceof PDFStream)
    return `${written(object.dict, context, seen)} ${latin1.decode(object.getContents())}`;
  if (object instanceof PDFDict)
    return `<<${object
      .entries()
      .filter(([key]) => !without.has(key))
      .map(([key, value]) => `${key.asString()} ${written(value, context, seen)}`)
      .sort()
      .join(' ')}>>`;
  return String(object);
}
