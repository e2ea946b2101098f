/**
 * The clock button: reads the position while it is pressed for, names the punch once, and keeps it on the phone until
 * the server has answered. The only module that reads a position.
 */
import { Problem, send } from './lib/http.ts';
import { newId } from './lib/id.ts';
import { locale } from './lib/words.ts';

interface Position {
  readonly lat: number;
  readonly lng: number;
  readonly accuracyMetres: number;
  /** Browsers never say which datum they answer in. */
  readonly datum: 'unstated';
}
type Place =
  | { readonly position: Position }
  | { readonly noPosition: 'denied' | 'unavailable' | 'timed-out' };
interface Waiting {
  readonly org: string;
  readonly id: string;
  readonly body: object;
}

/** Long enough for a cold GPS, and as long as the notice promises. */
const patienceMs = 15_000;
/** Better than this decides any circle of ours. */
const goodMetres = 25;
const waitingKey = 'workcard.waiting-punch';

const form = document.querySelector<HTMLFormElement>('form[data-clock]');
if (form) begin(form);

function begin(clock: HTMLFormElement): void {
  const button = clock.querySelector<HTMLButtonElement>('.clock-button');
  const label = button?.firstChild;
  if (!button || !label) return;
  keepTime(clock);
  // What could not be sent before goes first, before anything new.
  const waiting = waitingOf(clock);
  if (waiting) showWaiting(clock, label);
  clock.addEventListener('submit', (event) => {
    event.preventDefault();
    if (button.dataset.state === 'busy') return;
    const before = button.dataset.state ?? '';
    button.dataset.state = 'busy';
    button.disabled = true;
    deliver(clock)
      .then(() => location.reload())
      .catch((error: unknown) => {
        button.dataset.state = before;
        button.disabled = false;
        if (error instanceof Problem) refused(clock, error);
        else showWaiting(clock, label);
      });
  });
  if (waiting) void clock.requestSubmit?.();
}

function tell(clock: HTMLFormElement, text: string | undefined): void {
  const status = clock.querySelector('[data-status]');
  if (status) status.textContent = text ?? '';
}

async function deliver(clock: HTMLFormElement): Promise<void> {
  const punch = waitingOf(clock) ?? (await newPunch(clock));
  tell(clock, clock.dataset.saySending);
  localStorage.setItem(waitingKey, JSON.stringify(punch));
  await send('PUT', `/api/orgs/${punch.org}/punches/${punch.id}`, punch.body);
  localStorage.removeItem(waitingKey);
}

async function newPunch(clock: HTMLFormElement): Promise<Waiting> {
  const { org = '', engagement, kind, position } = clock.dataset;
  const siteId = new FormData(clock).get('siteId');
  tell(clock, clock.dataset.sayLocating);
  // The time of the tap, not of the satellite.
  const deviceAt = new Date().toISOString();
  const place: Place = position === 'yes' ? await readPosition() : { noPosition: 'denied' };
  return { org, id: newId(), body: { engagementId: engagement, siteId, kind, deviceAt, ...place } };
}

function waitingOf(clock: HTMLFormElement): Waiting | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(waitingKey) ?? 'null') as Waiting | null;
    return kept && kept.org === clock.dataset.org ? kept : undefined;
  } catch {
    return undefined;
  }
}

function showWaiting(clock: HTMLFormElement, label: ChildNode): void {
  label.textContent = clock.dataset.saySendAgain ?? '';
  tell(clock, clock.dataset.sayWaits);
}

/** The server said no: signed out keeps the punch for after signing in, anything else cannot be mended by sending it again. */
function refused(clock: HTMLFormElement, { body }: Problem): void {
  if (body.status !== 401) localStorage.removeItem(waitingKey);
  tell(clock, body.status === 401 ? clock.dataset.saySignIn : body.title);
}

/** The best fix within the time, and no longer watching than needed. */
function readPosition(): Promise<Place> {
  if (!navigator.geolocation) return Promise.resolve({ noPosition: 'unavailable' });
  return new Promise((resolve) => {
    let best: Position | undefined;
    const done = (without: 'denied' | 'unavailable' | 'timed-out') => {
      navigator.geolocation.clearWatch(watch);
      clearTimeout(timer);
      resolve(best ? { position: best } : { noPosition: without });
    };
    const timer = setTimeout(() => done('timed-out'), patienceMs);
    const watch = navigator.geolocation.watchPosition(
      ({ coords }) => {
        const { latitude: lat, longitude: lng, accuracy: accuracyMetres } = coords;
        if (!best || accuracyMetres < best.accuracyMetres)
          best = { lat, lng, accuracyMetres, datum: 'unstated' };
        if (best.accuracyMetres <= goodMetres) done('timed-out');
      },
      ({ code }) => done(code === 1 ? 'denied' : code === 3 ? 'timed-out' : 'unavailable'),
      { enableHighAccuracy: true, maximumAge: 0, timeout: patienceMs },
    );
  });
}

/** The time of day on the button, and how long the shift has lasted. */
function keepTime(clock: HTMLFormElement): void {
  const now = clock.querySelector('[data-now]');
  const elapsed = clock.querySelector('[data-elapsed]');
  const { since } = clock.dataset;
  const show = () => {
    const at = new Date();
    if (now)
      now.textContent = at.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit', hour12: false });
    if (!since || !elapsed) return;
    const minutes = Math.max(0, Math.floor((at.getTime() - Date.parse(since)) / 60_000));
    elapsed.textContent = `· ${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  };
  show();
  setInterval(show, 10_000);
}
