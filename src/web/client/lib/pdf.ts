/** pdf.js for pages that show a document from its very bytes. Phones and WeChat's browser show no PDF by themselves. */
import './old-browsers.ts';
import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

GlobalWorkerOptions.workerSrc = '/assets/pdf.worker.js';

/** pdf.js keeps the bytes it is given for itself, so it gets a copy: the caller goes on to hash its own. */
export function openPdf(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  return getDocument({ data: bytes.slice(), useWasm: false, useSystemFonts: false }).promise;
}

/** Draws one page as wide as its canvas's box, sharp on the screen at hand. Pages count from 1. */
export async function drawPage(
  pdf: PDFDocumentProxy,
  number: number,
  canvas: HTMLCanvasElement,
): Promise<void> {
  const page = await pdf.getPage(number);
  const width = canvas.parentElement?.clientWidth || 360;
  const natural = page.getViewport({ scale: 1 });
  // Beyond twice the box, phones run out of canvas memory before letters look better.
  const density = Math.min(2, window.devicePixelRatio || 1);
  const viewport = page.getViewport({ scale: (width / natural.width) * density });
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  await page.render({ canvas, viewport }).promise;
}
