/** Where marks may stand, kept in the bytes that everybody signs: a page-piece dictionary (ISO 32000-1 §14.5), which readers pass over. */
import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFString,
} from '@cantoo/pdf-lib';
import { type Place, round } from './place.ts';

const name = (text: string) => PDFName.of(text);

export function writePlaces(pdf: PDFDocument, places: readonly Place[], at: Date): void {
  const { context, catalog } = pdf;
  const kept = places.map(({ slot, page, box }) =>
    context.obj({
      Slot: PDFHexString.fromText(slot),
      Page: page,
      Rect: box.map((value) => Number(round(value))),
    }),
  );
  const mine = context.obj({ LastModified: PDFString.fromDate(at), Private: context.obj({ Places: kept }) });
  catalog.set(name('PieceInfo'), context.obj({ Workcard: mine }));
}

export function placesIn(pdf: PDFDocument): Place[] {
  const { catalog } = pdf;
  const kept = catalog
    .lookupMaybe(name('PieceInfo'), PDFDict)
    ?.lookupMaybe(name('Workcard'), PDFDict)
    ?.lookupMaybe(name('Private'), PDFDict)
    ?.lookupMaybe(name('Places'), PDFArray);
  return (kept?.asArray() ?? []).map((item) => {
    const place = pdf.context.lookup(item, PDFDict);
    const [left = 0, bottom = 0, right = 0, top = 0] = place
      .lookup(name('Rect'), PDFArray)
      .asArray()
      .map(numberOf);
    return {
      slot: place.lookup(name('Slot'), PDFHexString).decodeText(),
      page: place.lookup(name('Page'), PDFNumber).asNumber(),
      box: [left, bottom, right, top],
    };
  });
}

export const numberOf = (item: unknown) => (item instanceof PDFNumber ? item.asNumber() : Number.NaN);
