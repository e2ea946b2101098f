/** `/clock` without the server: its title, its way to other pages and to other employers come from what the phone keeps. */
import type { Clock } from './clock-model.ts';
import { element } from './element.ts';

export function drawShell(clock: Clock | undefined): void {
  const tabs = document.querySelector<HTMLElement>('[data-shell-tabs]');
  if (!tabs) return;
  tabs.hidden = clock === undefined;
  if (!clock) return;
  const { scene, others } = clock;
  const title = document.querySelector('h1');
  if (title) title.textContent = scene.employer;
  for (const link of tabs.querySelectorAll<HTMLAnchorElement>('a[data-path]'))
    link.href = `/orgs/${scene.org}/me${link.dataset.path}`;
  const place = document.querySelector('[data-shell-employers]');
  if (!place || others.length === 0) return;
  const pill = ({ org, employer }: Clock['scene']) =>
    element('a', { href: `/clock#${org}`, click: () => setTimeout(() => location.reload()) }, employer);
  place.replaceChildren(
    element('a', { href: `/clock#${scene.org}`, 'aria-current': 'page' }, scene.employer),
    ...others.map(pill),
  );
}
