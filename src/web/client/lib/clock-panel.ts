/** The clock itself: the round button, what it does next, where, and for which work. The same with a network and without. */
import type { ClockSite } from '../../../clock/clock-scene.ts';
import { elapsedText, type Standing } from './clock-state.ts';
import { sayClock } from './clock-words.ts';
import { element } from './element.ts';
import type { KeptScene } from './kept-punch.ts';
import { locale } from './words.ts';

export interface PanelState {
  readonly scene: KeptScene;
  readonly engagementId: string;
  readonly siteId: string;
  readonly standing: Standing;
  readonly busy: boolean;
}
export interface PanelActs {
  chooseWork(engagementId: string): void;
  chooseSite(siteId: string): void;
}

export function panel(state: PanelState, acts: PanelActs): Node[] {
  const { scene, engagementId, standing, busy } = state;
  const site = siteOf(state);
  const pills = scene.engagements.length > 1 ? [workPills(state, acts)] : [];
  const look = busy ? 'busy' : standing.next === 'out' ? 'in' : 'out';
  const work = scene.engagements.find(({ id }) => id === engagementId);
  return [
    ...pills,
    element(
      'p',
      { class: 'clock-note' },
      standing.sinceMs === undefined
        ? sayClock('notAtWork')
        : sayClock('since', { at: timeText(standing.sinceMs + scene.offsetMs, site) }),
      ' ',
      element('span', { 'data-elapsed': true }),
    ),
    element(
      'button',
      { type: 'submit', class: 'clock-button', 'data-state': look, disabled: busy },
      sayClock(standing.next),
      element('small', { 'data-now': true }),
    ),
    sitePlace(state, work?.roleTitle ?? '', acts),
  ];
}

/** What moves by itself: the time of day by the server's clock, and how long the shift has lasted. */
export function showTime(place: ParentNode, { scene, standing, ...state }: PanelState): void {
  const now = place.querySelector('[data-now]');
  const elapsed = place.querySelector('[data-elapsed]');
  if (now) now.textContent = timeText(Date.now() + scene.offsetMs, siteOf({ scene, ...state }));
  if (elapsed)
    elapsed.textContent =
      standing.sinceMs === undefined ? '' : `· ${elapsedText(Date.now() - standing.sinceMs)}`;
}

function siteOf({ scene, siteId }: Pick<PanelState, 'scene' | 'siteId'>): ClockSite | undefined {
  return scene.sites.find(({ id }) => id === siteId);
}

function workPills({ scene, engagementId }: PanelState, { chooseWork }: PanelActs): Node {
  const pill = ({ id, roleTitle }: KeptScene['engagements'][number]) =>
    element(
      'a',
      {
        href: `?engagement=${id}`,
        'aria-current': id === engagementId ? 'page' : undefined,
        click: (event) => {
          event.preventDefault();
          chooseWork(id);
        },
      },
      roleTitle,
    );
  return element('nav', { class: 'pills' }, ...scene.engagements.map(pill));
}

function sitePlace({ scene, engagementId, siteId }: PanelState, work: string, acts: PanelActs): Node {
  const engagement = scene.engagements.find(({ id }) => id === engagementId);
  const sites = scene.sites.filter(({ id }) => engagement?.siteIds.includes(id));
  if (sites.length < 2) return element('p', { class: 'clock-note' }, `${work} · ${sites[0]?.name ?? ''}`);
  const options = sites.map(({ id, name }) =>
    element('option', { value: id, selected: id === siteId }, name),
  );
  const choose = (event: Event) => acts.chooseSite((event.target as HTMLSelectElement).value);
  return element(
    'label',
    { class: 'clock-site' },
    element('span', { class: 'visually-hidden' }, sayClock('site')),
    element('select', { name: 'siteId', class: 'form-select', change: choose }, ...options),
  );
}

/** The hour where the work is, whatever zone the phone is set to. */
export function timeText(ms: number, site: ClockSite | undefined): string {
  return new Date(ms).toLocaleTimeString(locale, {
    ...zoneOf(site),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}

/** `11-20 09:00`, as the other pages write it. */
export function dayAndTimeText(ms: number, site: ClockSite | undefined): string {
  const format = new Intl.DateTimeFormat('en', { ...zoneOf(site), month: '2-digit', day: '2-digit' });
  const parts = format.formatToParts(ms);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('month')}-${part('day')} ${timeText(ms, site)}`;
}

const zoneOf = (site: ClockSite | undefined) => (site ? { timeZone: site.zone } : {});
