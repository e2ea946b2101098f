/**
 * Marks as stamp annotations (ISO 32000-1 §12.5.6.12) on the free place of a signature block. Content of a signed page
 * never changes: the places lie in the signed bytes, and a reader of the file checks that nothing stands outside them.
 */
import { PDFArray, type PDFDocument, PDFHexString, PDFName, PDFNumber, PDFString } from '@cantoo/pdf-lib';
import type { DocumentFonts } from './fonts.ts';
import type { Mark } from './mark.ts';
import { type Place, round } from './page.ts';
import { structureOf } from './pdf-pages.ts';
import { placesIn } from './pdf-places.ts';
import { drawSeal, drawStrokes, sealSize } from './seal-drawing.ts';

const name = (text: string) => PDFName.of(text);

/** Print, read only, locked. */
const flags = 4 + 64 + 128;

/** Each mark at its party's place; one whose party has no block is left out, since it proves nothing. */
export function stampMarks(pdf: PDFDocument, marks: readonly Mark[], fonts: DocumentFonts, at: Date): void {
  const places = placesIn(pdf);
  for (const mark of marks) {
    const place = places.find(({ slot }) => slot === mark.slot);
    if (place) stamp(pdf, mark, place, fonts, at);
  }
}

function stamp(pdf: PDFDocument, mark: Mark, { page, box }: Place, fonts: DocumentFonts, at: Date): void {
  const { context } = pdf;
  const sheet = pdf.getPage(page);
  const { rect, operators, words } = drawingOf(mark, box, fonts);
  const [left, bottom, right, top] = rect;
  const appearance = context.register(
    context.flateStream(operators, {
      Type: 'XObject',
      Subtype: 'Form',
      BBox: [0, 0, right - left, top - bottom],
      Resources: {},
    }),
  );
  const tree = structureOf(pdf);
  const annotation = context.register(
    context.obj({
      Type: 'Annot',
      Subtype: 'Stamp',
      Rect: rect.map((value) => Number(round(value))),
      F: flags,
      P: sheet.ref,
      NM: PDFHexString.fromText(`${mark.kind} ${mark.slot}`),
      Contents: PDFHexString.fromText(words),
      M: PDFString.fromDate(at),
      AP: { N: appearance },
      StructParent: tree.nextKey,
    }),
  );
  const element = context.register(
    context.obj({
      Type: 'StructElem',
      S: 'Annot',
      P: tree.ref,
      Alt: PDFHexString.fromText(words),
      K: [{ Type: 'OBJR', Pg: sheet.ref, Obj: annotation }],
    }),
  );
  tree.kids.push(element);
  tree.numbers.push(PDFNumber.of(tree.nextKey));
  tree.numbers.push(element);
  tree.root.set(name('ParentTreeNextKey'), PDFNumber.of(tree.nextKey + 1));
  // `addAnnot` would rewrite the page's other entries, too, and they stay as they were signed.
  const known = sheet.node.lookupMaybe(name('Annots'), PDFArray)?.asArray() ?? [];
  sheet.node.set(name('Annots'), context.obj([...known, annotation]));
}

type Box = Place['box'];

function drawingOf(
  mark: Mark,
  [left, bottom, right, top]: Box,
  fonts: DocumentFonts,
): { rect: Box; operators: string; words: string } {
  const middle = (bottom + top) / 2;
  if (mark.kind === 'seal') {
    const half = sealSize / 2;
    const x = right - half - 4;
    return {
      rect: [x - half, middle - half, x + half, middle + half],
      operators: drawSeal(mark.employer, fonts.bold),
      words: `印章 Seal: ${mark.employer.name} ${mark.employer.registrationCode}`,
    };
  }
  const rect: Box = [left + 6, bottom + 6, right - sealSize - 12, top - 6];
  return {
    rect,
    operators: drawStrokes(mark.strokes, rect[2] - rect[0], rect[3] - rect[1]),
    words: `手写签名 Drawn signature: ${mark.name}`,
  };
}
