/** A site's code on a screen: how long it may be shown by a clock that nobody can set, its digits, its QR code. */
import { qrDrawing } from '../../../kernel/qr-drawing.ts';

export interface ShownCode {
  readonly code: string;
  readonly url: string;
  /** By `performance.now()`: the screen's own clock may be wrong. */
  readonly untilMs: number;
  readonly lengthMs: number;
}

/** `sentAt`: when it was asked for, so that a slow answer is never shown longer than it holds. */
export function codeToShow(answer: Readonly<Record<string, unknown>>, sentAt: number): ShownCode {
  const [at, from, until] = [answer.at, answer.from, answer.until].map((one) => Date.parse(String(one)));
  const left = Number(until) - Number(at);
  return {
    code: String(answer.code),
    url: String(answer.url),
    untilMs: sentAt + left,
    lengthMs: Number(until) - Number(from),
  };
}

/** Undefined: none is shown. */
export function drawCode(
  code: ShownCode | undefined,
  digits: HTMLElement | null,
  qr: HTMLElement | null,
  title: string,
): void {
  if (digits) digits.textContent = code ? `${code.code.slice(0, 3)} ${code.code.slice(3)}` : '';
  if (qr) qr.replaceChildren(...(code ? [drawingOf(code.url, title)] : []));
}

function drawingOf(text: string, title: string): SVGSVGElement {
  const { modules, path } = qrDrawing(text);
  const make = (name: string, attributes: Readonly<Record<string, string>>) => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const svg = make('svg', { viewBox: `0 0 ${modules} ${modules}`, role: 'img', 'aria-label': title });
  svg.append(
    make('rect', { width: String(modules), height: String(modules), fill: '#fff' }),
    make('path', { d: path, fill: '#000', 'shape-rendering': 'crispEdges' }),
  );
  return svg as SVGSVGElement;
}
