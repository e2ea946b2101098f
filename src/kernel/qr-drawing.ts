/** A QR code as one SVG path: drawn by the server into pages, and by pages whose code changes while they are open. */
import { encode } from 'uqr';

/** ISO/IEC 18004 asks for four empty modules around; some phones do not find a code that has fewer. */
const quietModules = 4;
const longText = 300;

/** `path` in a square of `modules` units, dark on light. */
export function qrDrawing(text: string): { modules: number; path: string } {
  // A long text is a card on a screen, where nothing wears off: fewer and larger modules read better there.
  const ecc = text.length > longText ? 'L' : 'M';
  const { size: modules, data } = encode(text, { ecc, border: quietModules });
  return { modules, path: data.map(rowPath).join('') };
}

/** Modules side by side are one rectangle, so that no hairline shows between them. */
function rowPath(row: readonly boolean[], y: number): string {
  let path = '';
  for (let x = 0; x < row.length; x += 1) {
    if (!row[x]) continue;
    const start = x;
    while (row[x + 1]) x += 1;
    path += `M${start} ${y}h${x + 1 - start}v1H${start}z`;
  }
  return path;
}
