/** The clock on a worker's phone, the same with a network and without: on the worker's home, and on `/clock`, which the service worker keeps. */
import type { ClockScene } from '../../clock/clock-scene.ts';
import { type Screen, startPunch } from './lib/clock-flow.ts';
import { lists } from './lib/clock-lists.ts';
import {
  askServer,
  type Clock,
  choose,
  enrolHere,
  isRemoved,
  keptClock,
  newClock,
  newDevices,
  readPhone,
  standingNow,
} from './lib/clock-model.ts';
import { notices } from './lib/clock-notices.ts';
import { dayAndTimeText, panel, showTime } from './lib/clock-panel.ts';
import { sayClock } from './lib/clock-words.ts';
import { element } from './lib/element.ts';
import { canSign, enrolAnew } from './lib/enrol.ts';
import { Problem } from './lib/http.ts';
import { askForSync, keepSending } from './lib/keep-sending.ts';
import { dismiss, keepScene, markSeen } from './lib/queue.ts';
import { scannedCode, takeScannedCode } from './lib/scanned-code.ts';
import { drawShell } from './lib/shell.ts';
import { sentences } from './lib/words.ts';

const form = document.querySelector<HTMLFormElement>('form[data-clock]');
if (form) void begin(form);

async function begin(place: HTMLFormElement): Promise<void> {
  void navigator.serviceWorker?.register('/sw.js').catch(() => undefined);
  const given = place.dataset.scene;
  const clock = given ? fromPage(JSON.parse(given) as ClockScene) : await keptClock();
  drawShell(clock);
  if (!clock) return tellNothingKept(place);
  await run(place, clock, given !== undefined);
}

function fromPage(scene: ClockScene): Clock {
  return newClock({ ...scene, offsetMs: Date.parse(scene.at) - Date.now() });
}

function tellNothingKept(place: HTMLFormElement): void {
  const text = sayClock('nothingKept');
  const open = element('a', { class: 'button button-primary', href: '/' }, sayClock('open'));
  place.replaceChildren(element('p', { class: 'clock-note' }, text), open);
  keepSending(async () => undefined);
}

/** `fromServer`: the page around the clock is the server's, and is loaded again when there is news. */
async function run(place: HTMLFormElement, clock: Clock, fromServer: boolean): Promise<void> {
  const parts = partsOf(place);
  const redraw = () => draw(clock, parts, acts);
  const screen: Screen = {
    tell: (text) => {
      parts.status.textContent = text;
    },
    showCard: (card) => {
      parts.card.replaceChildren(...(card ? [card] : []));
      card?.scrollIntoView({ block: 'nearest' });
    },
    redraw,
    kept: (said) => void deliver(said),
  };
  const acts: Acts = {
    redraw,
    dismiss: (id) => void dismiss(id).then(reread),
    seen: (id) => void markSeen(id).then(reread),
    useAgain: () => void useAgain(),
  };

  async function reread(): Promise<void> {
    await readPhone(clock);
    redraw();
  }

  async function news(): Promise<void> {
    const before = clock.waiting.length;
    await readPhone(clock);
    if (clock.waiting.length < before) {
      await askServer(clock);
      choose(clock);
      // Who is signed out would be led away from a clock that works.
      const mayLoad = fromServer && clock.online && clock.signedIn;
      if (mayLoad && !clock.busy && parts.card.childElementCount === 0) return location.reload();
    }
    redraw();
  }

  async function deliver(said: string): Promise<void> {
    screen.tell(sentences(said, sayClock('sending')));
    await reread();
    void askForSync();
    await sendNow();
    screen.tell(clock.waiting.length > 0 ? sentences(said, sayClock('keptHere')) : said);
  }

  async function useAgain(): Promise<void> {
    try {
      clock.key = await enrolAnew(clock.scene.org);
      clock.enrolTrouble = undefined;
      await askServer(clock);
    } catch (error) {
      if (error instanceof Problem) clock.enrolTrouble = error.body.title;
    }
    await reread();
  }

  let enrolled = () => {};
  clock.enrolled = new Promise((done) => {
    enrolled = done;
  });
  choose(clock);
  redraw();
  setInterval(() => showNow(clock, parts.panel), 10_000);
  place.addEventListener('submit', (event) => {
    event.preventDefault();
    void startPunch(clock, screen);
  });
  for (const name of ['online', 'offline'])
    window.addEventListener(name, () => {
      clock.online = navigator.onLine;
      redraw();
    });
  const noteCode = () => {
    takeScannedCode();
    choose(clock, undefined, scannedCode()?.siteId);
    if (scannedCode()) screen.tell(sayClock('codeReady'));
  };
  noteCode();
  // The camera opened the same page once more.
  window.addEventListener('hashchange', () => {
    noteCode();
    redraw();
  });
  if (fromServer) await keepScene(clock.scene);
  await reread();
  const sendNow = keepSending(news);
  if (!fromServer) await askServer(clock);
  choose(clock);
  redraw();
  await enrolHere(clock);
  enrolled();
  await reread();
  void sendNow();
}

interface Parts {
  readonly notices: HTMLElement;
  readonly panel: HTMLElement;
  readonly status: HTMLElement;
  readonly card: HTMLElement;
  readonly small: HTMLElement;
  readonly lists: HTMLElement;
}
interface Acts {
  redraw(): void;
  dismiss(id: string): void;
  seen(deviceId: string): void;
  useAgain(): void;
}

function partsOf(place: HTMLFormElement): Parts {
  const parts: Parts = {
    notices: element('div', { class: 'clock-wide' }),
    panel: element('div', { class: 'clock-panel' }),
    status: element('p', { class: 'clock-status', role: 'status' }),
    card: element('div', { class: 'clock-wide' }),
    small: element('p', { class: 'clock-small' }),
    lists: element('div', { class: 'clock-wide' }),
  };
  // The button stays under the thumb, whatever there is to say.
  place.replaceChildren(parts.panel, parts.status, parts.card, parts.small, parts.notices, parts.lists);
  return parts;
}

function draw(clock: Clock, parts: Parts, acts: Acts): void {
  const { scene, waiting, settled } = clock;
  const phone = { ...clock, signs: canSign(), removed: isRemoved(clock), newDevices: newDevices(clock) };
  parts.notices.replaceChildren(...forgotten(clock), ...notices(scene, phone, acts));
  drawPanel(clock, parts.panel, acts);
  parts.small.textContent = sayClock(scene.consented ? 'positionWhen' : 'positionOff');
  parts.lists.replaceChildren(...lists({ scene, waiting, settled, dismiss: acts.dismiss }));
}

function drawPanel(clock: Clock, place: HTMLElement, { redraw }: Acts): void {
  const standing = standingNow(clock);
  if (!standing) {
    place.replaceChildren(element('p', { class: 'clock-note' }, sayClock('notHere')));
    return;
  }
  const focused = place.contains(document.activeElement);
  const chosen = (engagementId: string, siteId: string) => {
    choose(clock, engagementId, siteId);
    redraw();
  };
  place.replaceChildren(
    ...panel(
      { ...clock, standing },
      {
        chooseWork: (id) => chosen(id, ''),
        chooseSite: (id) => chosen(clock.engagementId, id),
      },
    ),
  );
  showNow(clock, place);
  if (focused) place.querySelector<HTMLElement>('.clock-button')?.focus();
}

function showNow(clock: Clock, place: HTMLElement): void {
  const standing = standingNow(clock);
  if (standing) showTime(place, { ...clock, standing });
}

function forgotten(clock: Clock): Node[] {
  const { forgotten: at, siteId } = standingNow(clock) ?? {};
  if (!at) return [];
  const site = clock.scene.sites.find(({ id }) => id === siteId);
  const text = sayClock('forgotten', { at: dayAndTimeText(Date.parse(at), site) });
  return [element('p', { class: 'notice notice-bad', role: 'alert' }, text)];
}
