/** The screen with a site's code: asks for each half minute's anew, and shows none when it cannot. */
import { Problem, send } from './lib/http.ts';
import { codeToShow, drawCode, type ShownCode } from './lib/site-code-shown.ts';
import { keepAwake } from './lib/wake.ts';

const place = document.querySelector<HTMLElement>('[data-site-code]');
if (place) begin(place);

function begin(screen: HTMLElement): void {
  const part = (name: string) => screen.querySelector<HTMLElement>(`[data-${name}]`);
  const ring = screen.querySelector<SVGElement>('[data-ring]');
  let shown: ShownCode | undefined;
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
  const show = (next: ShownCode | undefined) => {
    screen.classList.toggle('is-empty', next === undefined);
    drawCode(next, part('digits'), part('qr'), screen.dataset.sayQr ?? '');
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
      shown = codeToShow(answer, sentAt);
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
