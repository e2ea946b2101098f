/** A page that keeps itself new: asks for itself again and swaps what is in `<main>`, while somebody looks at it. */
import { showTimes } from './lib/page.ts';

const main = document.querySelector('main');
const secondsOf = () => Number(document.querySelector<HTMLElement>('[data-live]')?.dataset.live);
const everyMs = secondsOf() * 1000;
let shownAt = Date.now();
let asking = false;

if (main && everyMs > 0) {
  setInterval(() => void refresh(main), everyMs);
  document.addEventListener('visibilitychange', () => {
    if (Date.now() - shownAt >= everyMs) void refresh(main);
  });
}

async function refresh(place: HTMLElement): Promise<void> {
  if (asking || document.hidden || isBusy(place)) return;
  asking = true;
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
  const note = document.querySelector<HTMLElement>('[data-live]');
  if (!note?.dataset.stale) return;
  note.textContent = note.dataset.stale;
  note.classList.add('is-stale');
  note.setAttribute('role', 'status');
}
