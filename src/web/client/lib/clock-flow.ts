/** From the tap to the kept punch: locate, say what was found, let the worker decide where it is not clear, sign and keep. */
import { findingCard } from './clock-card.ts';
import { type Clock, signingKeySoon, standingNow } from './clock-model.ts';
import { sayClock } from './clock-words.ts';
import { newId } from './id.ts';
import { judgeHere } from './judge-here.ts';
import { monotonicMs } from './page-life.ts';
import { readPosition } from './position.ts';
import { proofOf, scannedCode } from './scanned-code.ts';
import { keepPunch, type Place, type Tap } from './sign-punch.ts';

export interface Screen {
  tell(text: string): void;
  /** In place of what stood there; nothing takes it away. */
  showCard(card?: HTMLElement): void;
  redraw(): void;
  /** A punch is on this phone; `said`: what was found. */
  kept(said: string): void;
}

/** Whoever thinks about it longer than this clocks in when they decide, not when they first tapped. */
const patienceMs = 20_000;

export function tapNow(): Tap {
  return { id: newId(), deviceAt: new Date().toISOString(), monotonicMs: monotonicMs() };
}

export async function startPunch(clock: Clock, screen: Screen, tap = tapNow()): Promise<void> {
  const kind = standingNow(clock)?.next;
  const site = clock.scene.sites.find(({ id }) => id === clock.siteId);
  if (!kind || !site || clock.busy) return;
  clock.busy = true;
  screen.showCard();
  screen.redraw();
  const place = await locate(clock, site.accurateMetres, screen);
  const code = scannedCode()?.code;
  const found = judgeHere(site, kind, place, code !== undefined);
  // Who did not agree to being located knows it; asking each time would be nagging.
  const agreed = !clock.scene.consented && !found.wantsCode;
  if (found.clear || agreed) return finish(clock, screen, { kind, tap, place, code, said: found.sentence });
  screen.tell('');
  const end = () => {
    clock.busy = false;
    screen.showCard();
    screen.redraw();
  };
  const card = findingCard(found, {
    confirm: (typed) =>
      void finish(clock, screen, { kind, tap: inTime(tap), place, code: typed, said: found.sentence }),
    again: () => {
      end();
      void startPunch(clock, screen, inTime(tap));
    },
    cancel: end,
  });
  screen.showCard(card);
}

function inTime(tap: Tap): Tap {
  return monotonicMs() - tap.monotonicMs > patienceMs ? tapNow() : tap;
}

function locate({ scene }: Clock, accurateMetres: number, screen: Screen): Promise<Place> {
  if (!scene.consented) return Promise.resolve({ noPosition: 'denied' });
  screen.tell(sayClock('locating'));
  return readPosition(accurateMetres, (metres) => screen.tell(sayClock('locatingSoFar', { metres })));
}

interface Decided {
  readonly kind: 'in' | 'out';
  readonly tap: Tap;
  readonly place: Place;
  readonly code: string | undefined;
  readonly said: string;
}

async function finish(
  clock: Clock,
  screen: Screen,
  { kind, tap, place, code, said }: Decided,
): Promise<void> {
  const { scene, engagementId, siteId } = clock;
  screen.showCard();
  screen.tell(sayClock('keeping'));
  const proof = code === undefined ? undefined : proofOf(code);
  const punch = { org: scene.org, personId: scene.personId, engagementId, siteId, kind, tap, place, proof };
  try {
    await keepPunch(punch, await signingKeySoon(clock));
    screen.kept(said);
  } catch (error) {
    screen.tell(sayClock('notKept'));
    throw error;
  } finally {
    clock.busy = false;
    screen.redraw();
  }
}
