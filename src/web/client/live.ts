/**
 * A page that keeps itself new while somebody looks at it: asks for itself again and swaps what is in `<main>`. The
 * server says when (`data-events`); where that does not work, and for what changes by time alone, every so often.
 */
import { showTimes } from './lib/page.ts';

const main = document.querySelector('main');
const note = () => document.querySelector<HTMLElement>('[data-live]');
const everyMs = Number(note()?.dataset.live) * 1000;
/** While the server says when, only the passing of time is left to be asked for. */
const quietMs = 2 * everyMs;
/** Changes come in swarms. */
const gatherMs = 800;
let shownAt = Date.now();
let asking = false;
/** Something has changed that is not shown yet. */
let behind = false;
let events: EventSource | undefined;
let gathering: number | undefined;

if (main && everyMs > 0) {
  setInterval(() => {
    const isQuiet = events?.readyState === EventSource.OPEN && !behind;
    if (Date.now() - shownAt >= (isQuiet ? quietMs : everyMs) - 1000) void refresh(main);
  }, everyMs);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) stopListening();
    else {
      if (Date.now() - shownAt >= everyMs) void refresh(main);
      listen(main);
    }
  });
  window.addEventListener('pagehide', stopListening);
  if (!document.hidden) listen(main);
}

function listen(place: HTMLElement): void {
  const address = note()?.dataset.events;
  if (!address || events || typeof EventSource === 'undefined') return;
  events = new EventSource(address);
  events.addEventListener('changed', () => refreshSoon(place));
  events.addEventListener('error', () => {
    // A refusal closes it for good; anything else the browser tries again by itself.
    if (events?.readyState === EventSource.CLOSED) stopListening();
  });
}

function stopListening(): void {
  events?.close();
  events = undefined;
}

function refreshSoon(place: HTMLElement): void {
  behind = true;
  if (gathering !== undefined) return;
  gathering = window.setTimeout(() => {
    gathering = undefined;
    void refresh(place);
  }, gatherMs);
}

async function refresh(place: HTMLElement): Promise<void> {
  if (asking || document.hidden || isBusy(place)) return;
  asking = true;
  behind = false;
  try {
    const answer = await fetch(location.href, {
      headers: { accept: 'text/html' },
      credentials: 'same-origin',
    });
    const next = answer.ok && !answer.redirected ? mainOf(await answer.text()) : null;
    if (next) swap(place, next);
    else markStale();
  } catch {
    markStale();
  } finally {
    asking = false;
    // It changed again while the answer was on its way.
    if (behind) refreshSoon(place);
  }
}

/** What somebody is typing or has marked is not taken from under them. */
function isBusy(place: HTMLElement): boolean {
  const { activeElement } = document;
  const typing = activeElement?.matches('input, select, textarea') === true && place.contains(activeElement);
  const marked = window.getSelection();
  return typing || (marked !== null && !marked.isCollapsed && place.contains(marked.anchorNode));
}

function mainOf(html: string): HTMLElement | null {
  return new DOMParser().parseFromString(html, 'text/html').querySelector('main');
}

/** Scrolled tables and the focus stay where they were, found again by their names. */
function swap(place: HTMLElement, next: HTMLElement): void {
  const scrolled = new Map<string, number>();
  for (const one of named(place)) scrolled.set(nameOf(one), one.scrollLeft);
  const focused = document.activeElement;
  const focusedName = focused && place.contains(focused) ? focused.getAttribute('aria-label') : null;
  const top = window.scrollY;
  place.replaceChildren(...Array.from(next.childNodes, (node) => document.importNode(node, true)));
  for (const one of named(place)) {
    one.scrollLeft = scrolled.get(nameOf(one)) ?? 0;
    if (focusedName !== null && nameOf(one) === focusedName) one.focus({ preventScroll: true });
  }
  window.scrollTo(window.scrollX, top);
  showTimes(place);
  shownAt = Date.now();
}

const named = (place: HTMLElement) => place.querySelectorAll<HTMLElement>('[aria-label][tabindex]');
const nameOf = (one: HTMLElement) => one.getAttribute('aria-label') ?? '';

function markStale(): void {
  const place = note();
  if (!place?.dataset.stale) return;
  place.textContent = place.dataset.stale;
  place.classList.add('is-stale');
  place.setAttribute('role', 'status');
}
