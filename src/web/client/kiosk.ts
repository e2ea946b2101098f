/** A site's tablet: reads a card, asks in or out, signs with its own key, keeps and sends. One face is shown at a time. */
import { openCardReader } from './lib/card-reader.ts';
import { NoAnswer, Problem, send } from './lib/http.ts';
import { newId } from './lib/id.ts';
import { keepSending } from './lib/keep-sending.ts';
import {
  askSelf,
  type KioskPerson,
  type KioskSelf,
  keepSelf,
  keptSelf,
  kioskKey,
  kioskOwner,
  personOf,
  setUpKiosk,
  tokenOf,
} from './lib/kiosk-self.ts';
import { monotonicMs } from './lib/page-life.ts';
import { dismiss, settledPunches, waitingPunches } from './lib/queue.ts';
import { keepPunch } from './lib/sign-punch.ts';
import { drawCode, type ShownCode } from './lib/site-code-shown.ts';
import { keepAwake } from './lib/wake.ts';
import { locale } from './lib/words.ts';

const refreshMs = 60_000;
/** Without an answer the site's code is asked for again this much later. */
const codeAgainMs = 10_000;
const chooseMs = 20_000;
const doneMs = 5_000;

const place = document.querySelector<HTMLElement>('[data-kiosk]');
const camera = place?.querySelector<HTMLElement>('[data-card-reader]');
if (place && camera) void begin(place, camera);

async function begin(screen: HTMLElement, camera: HTMLElement): Promise<void> {
  const { kiosk: org = '' } = screen.dataset;
  const part = <T extends HTMLElement>(name: string) => screen.querySelector<T>(`[data-${name}]`);
  const say = (name: string, value: string) => (screen.dataset[`say${name}`] ?? '').replace('#', value);
  let self: KioskSelf | undefined;
  let chosen: { person: KioskPerson; card: string } | undefined;
  let back: ReturnType<typeof setTimeout> | undefined;
  let online = true;
  let code: ShownCode | undefined;
  let askCodeAt = Number.POSITIVE_INFINITY;

  const reader = openCardReader(camera, 'user', (card) => void meet(card));
  const sendNow = keepSending(async () => tellWaiting());

  function face(name: string): void {
    for (const one of screen.querySelectorAll<HTMLElement>('[data-face]'))
      one.hidden = one.dataset.face !== name;
    reader.pause(name !== 'ready');
    clearTimeout(back);
    if (name === 'choose') back = setTimeout(ready, chooseMs);
    if (name === 'done') back = setTimeout(ready, doneMs);
  }
  function ready(): void {
    chosen = undefined;
    face(self?.revoked ? 'revoked' : self ? 'ready' : 'set-up');
  }
  function tell(text: string): void {
    const note = part('note');
    if (note) note.textContent = text;
  }
  async function tellWaiting(): Promise<void> {
    const count = (await waitingPunches()).length;
    const lines = [online ? '' : say('Offline', ''), count > 0 ? say('Waiting', String(count)) : ''];
    tell(lines.filter((line) => line !== '').join(' '));
  }
  function clock(at: string): string {
    const timeZone = self?.zone ?? 'UTC';
    const style = { hour: '2-digit', minute: '2-digit', hour12: false, timeZone } as const;
    return new Date(at).toLocaleTimeString(locale, style);
  }

  function showCode(next: ShownCode | undefined): void {
    code = next;
    askCodeAt = self && !self.revoked ? (next?.untilMs ?? performance.now() + codeAgainMs) : Infinity;
    const box = part('site-code');
    if (box) box.hidden = next === undefined;
    drawCode(next, part('site-code-digits'), part('site-code-qr'), screen.dataset.sayQr ?? '');
  }
  /** An old code is taken away before the next one is asked for, so that none is shown that no longer holds. */
  function turnCode(): void {
    if (performance.now() < askCodeAt) return;
    showCode(undefined);
    void refresh();
  }
  /** Without a network the tablet goes on with what it knew last. */
  async function refresh(): Promise<void> {
    const key = await kioskKey(org);
    if (!key) return;
    let next: ShownCode | undefined;
    try {
      ({ self, code: next } = await askSelf(org, key));
      online = true;
    } catch (error) {
      // What is shown holds until its end.
      next = code && performance.now() < code.untilMs ? code : undefined;
      if (error instanceof Problem && error.body.status === 404) self = undefined;
      else if (error instanceof NoAnswer) online = false;
      self ??= error instanceof NoAnswer ? await keptSelf(org) : undefined;
    }
    showCode(next);
    const where = part('place');
    if (where) where.textContent = self ? `${self.siteName} · ${self.name}` : '';
    await tellWaiting();
    if (!chosen && !isShown('done')) ready();
  }
  function isShown(name: string): boolean {
    return screen.querySelector<HTMLElement>(`[data-face="${name}"]`)?.hidden === false;
  }

  async function meet(card: string): Promise<void> {
    if (!self || chosen) return;
    reader.pause(true);
    const person =
      personOf(self, card) ?? (online ? await refresh().then(() => self && personOf(self, card)) : undefined);
    if (!person || !(await holds(card))) {
      reader.pause(false);
      return tell(say('Unknown', ''));
    }
    chosen = { person, card };
    await tellWaiting();
    show(person);
    face('choose');
  }
  /** A forged card is found before anything is signed for it, where there is a network to ask. */
  async function holds(card: string): Promise<boolean> {
    const token = tokenOf(card);
    if (!token || !online) return true;
    try {
      return (await send('GET', `/api/orgs/${org}/cards/${token}/verification`)).valid === true;
    } catch {
      return true;
    }
  }
  function show({ name, atWork, lastAt }: KioskPerson): void {
    const fill = (where: string, text: string) => {
      const one = part(where);
      if (one) one.textContent = text;
    };
    fill('name', name);
    fill('last', atWork && lastAt ? say('LastIn', clock(lastAt)) : say('LastOut', ''));
    for (const button of screen.querySelectorAll<HTMLElement>('[data-kind]')) {
      const isNext = (button.dataset.kind === 'out') === atWork;
      button.className = `button button-${isNext ? 'primary' : 'plain'}`;
    }
    const photo = part('photo');
    if (photo) photo.hidden = !self?.witnessPhoto;
    fill('photo-notice', say('Photo', String(self?.photoDays ?? '')));
    const no = part<HTMLInputElement>('photo-no');
    if (no) no.checked = false;
  }

  async function punch(kind: 'in' | 'out'): Promise<void> {
    const key = await kioskKey(org);
    if (!chosen || !self || !key) return;
    const { person, card } = chosen;
    const tap = { id: newId(), deviceAt: new Date().toISOString(), monotonicMs: monotonicMs() };
    const wanted = self.witnessPhoto && part<HTMLInputElement>('photo-no')?.checked !== true;
    const photo = wanted ? reader.frame() : undefined;
    await keepPunch(
      {
        org,
        personId: kioskOwner(org),
        engagementId: person.engagementId,
        siteId: self.siteId,
        kind,
        tap,
        place: { noPosition: 'unavailable' },
        proof: 'kiosk',
        via: 'kiosk-punches',
        beside: { card, ...(photo ? { photo } : {}) },
      },
      key,
    );
    await sendNow();
    const settled = (await settledPunches()).find(({ id }) => id === tap.id);
    if (settled) await dismiss(tap.id);
    if (!settled?.refusal) await note(person, kind, tap.deviceAt);
    if (settled?.refusal?.slug === 'device-revoked') return refresh();
    const title = settled?.refusal
      ? say('Refused', '')
      : say(kind === 'in' ? 'DoneIn' : 'DoneOut', person.name);
    const at = clock(settled?.effectiveAt ?? tap.deviceAt);
    done(
      title,
      settled?.refusal?.title ?? `${say('DoneAt', at)} ${settled ? '' : say('Kept', '')}`,
      !settled?.refusal,
    );
  }
  /** What is proposed next time, also before the server says it. */
  async function note(person: KioskPerson, kind: 'in' | 'out', at: string): Promise<void> {
    if (!self) return;
    const now = { ...person, atWork: kind === 'in', lastAt: at };
    self = { ...self, people: self.people.map((one) => (one.cardId === person.cardId ? now : one)) };
    await keepSelf(org, self);
  }
  function done(title: string, text: string, good: boolean): void {
    const box = screen.querySelector<HTMLElement>('[data-face="done"]');
    box?.classList.toggle('is-bad', !good);
    const [head, line] = [part('done'), part('done-at')];
    if (head) head.textContent = title;
    if (line) line.textContent = text;
    face('done');
  }

  async function setUp(code: string): Promise<void> {
    try {
      await setUpKiosk(org, code);
      await refresh();
    } catch (error) {
      const problem = screen.querySelector('[data-problem=code]');
      if (problem) problem.textContent = error instanceof Problem ? error.body.title : say('Offline', '');
    }
  }

  screen.addEventListener('submit', (event) => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const data = new FormData(form);
    if (form.matches('[data-face]')) void setUp(String(data.get('code')));
    else if (data.get('number')) void meet(String(data.get('number'))).then(() => form.reset());
  });
  screen.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLButtonElement>('button') : null;
    if (button?.dataset.next !== undefined) ready();
    const { kind } = button?.dataset ?? {};
    if (!button || (kind !== 'in' && kind !== 'out') || button.disabled) return;
    button.disabled = true;
    void punch(kind).finally(() => {
      button.disabled = false;
    });
  });
  window.addEventListener('online', () => void refresh());
  window.addEventListener('offline', () => {
    online = false;
    void tellWaiting();
  });
  setInterval(() => void refresh(), refreshMs);
  setInterval(turnCode, 500);
  setInterval(() => {
    const now = part('now');
    if (now) now.textContent = clock(new Date().toISOString());
  }, 1000);
  keepAwake().catch(() => tell(screen.dataset.saySleep ?? ''));
  self = await keptSelf(org);
  const setUpCode = new URLSearchParams(location.hash.slice(1)).get('set-up');
  // Out of the address, so that a bookmark of this page does not carry a spent code.
  if (setUpCode) history.replaceState(null, '', location.pathname + location.search);
  if (setUpCode && !self) await setUp(setUpCode);
  else await refresh();
  ready();
}
