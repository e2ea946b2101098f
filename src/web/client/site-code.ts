/** The screen with a site's code: asks for each half minute's anew, and shows none when it cannot. */
import { qrDrawing } from '../qr-drawing.ts';
import { Problem, send } from './lib/http.ts';
import { keepAwake } from './lib/wake.ts';

interface Shown {
  readonly code: string;
  readonly url: string;
  /** By `performance.now()`: the screen's own clock may be wrong. */
  readonly untilMs: number;
  readonly lengthMs: number;
}

const place = document.querySelector<HTMLElement>('[data-site-code]');
if (place) begin(place);

function begin(screen: HTMLElement): void {
  const part = (name: string) => screen.querySelector<HTMLElement>(`[data-${name}]`);
  const ring = screen.querySelector<SVGElement>('[data-ring]');
  let shown: Shown | undefined;
  let asking = false;
  let askAgainAt = 0;

  const draw = () => {
    const now = performance.now();
    if (shown && now >= shown.untilMs) {
      shown = undefined;
      show(undefined);
    }
    const left = shown ? Math.max(0, Math.ceil((shown.untilMs - now) / 1000)) : 0;
    const seconds = part('seconds');
    if (seconds)
      seconds.textContent = shown ? (screen.dataset.saySeconds ?? '#').replace('#', String(left)) : '';
    const share = shown ? (shown.untilMs - now) / shown.lengthMs : 0;
    ring?.setAttribute('stroke-dasharray', `${Math.max(0, Math.min(1, share))} 1`);
    if (!shown && !asking && now >= askAgainAt) void ask();
  };
  const show = (next: Shown | undefined) => {
    screen.classList.toggle('is-empty', next === undefined);
    const digits = part('digits');
    if (digits) digits.textContent = next ? `${next.code.slice(0, 3)} ${next.code.slice(3)}` : '';
    const qr = part('qr');
    if (qr) qr.replaceChildren(...(next ? [drawingOf(next.url, screen.dataset.sayQr ?? '')] : []));
  };
  const tell = (text: string | undefined) => {
    const note = part('note');
    if (note && note.textContent !== (text ?? '')) note.textContent = text ?? '';
  };
  const ask = async () => {
    asking = true;
    const sentAt = performance.now();
    try {
      const answer = await send('GET', screen.dataset.siteCode ?? '');
      const at = Date.parse(String(answer.at));
      const until = Date.parse(String(answer.until));
      shown = {
        code: String(answer.code),
        url: String(answer.url),
        // From when it was sent, so that a slow answer is never shown longer than it holds.
        untilMs: sentAt + (until - at),
        lengthMs: until - Date.parse(String(answer.from)),
      };
      show(shown);
      tell(undefined);
    } catch (error) {
      show(undefined);
      tell(error instanceof Problem ? screen.dataset.sayRefused : screen.dataset.sayLost);
      askAgainAt = performance.now() + (error instanceof Problem ? 30_000 : 3_000);
    } finally {
      asking = false;
    }
  };
  show(undefined);
  setInterval(draw, 250);
  draw();
  keepAwake().catch(() => tell(screen.dataset.saySleep));
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
