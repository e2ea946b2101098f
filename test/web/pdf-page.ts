/** Draws the first page of /sample.pdf: the reading page's part of pdf.js, alone. */
import { drawPage, openPdf } from '../../src/web/client/lib/pdf.ts';

async function show(): Promise<string> {
  const bytes = new Uint8Array(await (await fetch('/sample.pdf')).arrayBuffer());
  const pdf = await openPdf(bytes);
  const canvas = document.createElement('canvas');
  document.querySelector('main')?.append(canvas);
  await drawPage(pdf, 1, canvas);
  const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
  let dark = 0;
  for (let index = 0; index < data.length; index += 4) if ((data[index] ?? 255) < 128) dark += 1;
  return `${pdf.numPages} ${canvas.width} ${dark} ${bytes.length}`;
}

show().then(
  (text) => document.body.setAttribute('data-shown', text),
  (error: unknown) => document.body.setAttribute('data-shown', `failed: ${String(error)}`),
);
