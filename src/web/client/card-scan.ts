/** A supervisor scans cards one after another: each is sent at once, and what it speaks for is said below the camera. */
import { openCardReader } from './lib/card-reader.ts';
import { Problem, send } from './lib/http.ts';
import { newId } from './lib/id.ts';
import { locale } from './lib/words.ts';

const place = document.querySelector<HTMLElement>('[data-card-scan]');
const camera = place?.querySelector<HTMLElement>('[data-card-reader]');
if (place && camera) begin(place, camera);

function begin(scan: HTMLElement, camera: HTMLElement): void {
  const results = scan.querySelector('.scan-results');
  /** A card that got no answer is the same scan when it is held up again. */
  const ids = new Map<string, string>();
  const tell = (text: string, tone: string) => {
    const line = document.createElement('p');
    line.className = `notice notice-${tone}`;
    line.textContent = text;
    results?.prepend(line);
  };
  const reader = openCardReader(camera, 'environment', (card) => void sendCard(card));
  async function sendCard(card: string): Promise<void> {
    const id = ids.get(card) ?? newId();
    ids.set(card, id);
    reader.pause(true);
    try {
      const answer = await send('PUT', `${scan.dataset.cardScan}${id}`, { siteId: scan.dataset.site, card });
      ids.delete(card);
      const template = answer.punchAt ? scan.dataset.saySeen : scan.dataset.sayNext;
      const at = answer.punchAt ? clock(String(answer.punchAt)) : '';
      tell((template ?? '').replace('{name}', String(answer.name)).replace('{at}', at), 'good');
    } catch (error) {
      const refused = error instanceof Problem;
      if (refused) ids.delete(card);
      tell(refused ? error.body.title : (scan.dataset.sayOffline ?? ''), refused ? 'bad' : 'warn');
    } finally {
      reader.pause(false);
    }
  }
  function clock(at: string): string {
    return new Date(at).toLocaleTimeString(locale, {
      hour: '2-digit',
      minute: '2-digit',
      hour12: false,
      timeZone: scan.dataset.zone ?? 'UTC',
    });
  }
}
