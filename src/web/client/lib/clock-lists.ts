/** Punches that wait, that were not accepted, and that came later than they were made: nothing goes without being seen. */

import type { ClockSite } from '../../../clock/clock-scene.ts';
import { sayVerdict, type Told } from '../../../clock/verdict-words.ts';
import { dayAndTimeText } from './clock-panel.ts';
import { clockDiffers } from './clock-state.ts';
import { durationText, sayClock } from './clock-words.ts';
import { element } from './element.ts';
import type { KeptScene, Settled, Waiting } from './kept-punch.ts';
import { locale } from './words.ts';

export interface Lists {
  /** Undefined where nothing may be shown of anybody. */
  readonly scene: KeptScene | undefined;
  readonly waiting: readonly Waiting[];
  readonly settled: readonly Settled[];
  readonly dismiss: (id: string) => void;
}

export function lists({ scene, waiting, settled, dismiss }: Lists): Node[] {
  const mine = waiting.filter(({ personId }) => personId === scene?.personId);
  const others = waiting.length - mine.length;
  const here = settled.filter(({ org, personId }) => org === scene?.org && personId === scene.personId);
  const refused = here.filter(({ refusal }) => refusal !== undefined);
  const late = here.filter(({ refusal, late }) => refusal === undefined && late != null && late > 0);
  return [
    group(
      'waiting',
      mine.map((one) => waitingCell(one, scene)),
      sayClock('waitsNote'),
    ),
    group(
      'refused',
      refused.map((one) => refusedCell(one, scene, dismiss)),
      sayClock('refusedNote'),
    ),
    group(
      'arrived',
      late.map((one) => lateCell(one, scene, dismiss)),
    ),
    others > 0
      ? element('p', { class: 'notice notice-info' }, sayClock('others', { count: others }))
      : undefined,
  ].filter((node): node is HTMLElement => node !== undefined);
}

function group(
  title: 'waiting' | 'refused' | 'arrived',
  cells: Node[],
  note?: string,
): HTMLElement | undefined {
  if (cells.length === 0) return undefined;
  return element(
    'section',
    { class: 'group', 'data-list': title },
    element('h2', { class: 'group-title weui-cells__title' }, sayClock(title)),
    element('div', { class: 'group-cells weui-cells' }, ...cells),
    note ? element('p', { class: 'group-note weui-cells__tips' }, note) : undefined,
  );
}

function cell(id: string, title: string, lines: readonly string[], end: Node): HTMLElement {
  return element(
    'div',
    { class: 'cell weui-cell', 'data-punch': id },
    element('span', { class: 'cell-label weui-cell__bd' }, title, element('small', {}, lines.join(' · '))),
    element('span', { class: 'cell-value weui-cell__ft' }, end),
  );
}

function titleOf(
  { kind, deviceAt }: Pick<Waiting, 'kind' | 'deviceAt'>,
  site: ClockSite | undefined,
): string {
  return `${sayClock(kind)} · ${dayAndTimeText(Date.parse(deviceAt), site)}`;
}

function siteOf(scene: KeptScene | undefined, siteId: string): ClockSite | undefined {
  return scene?.sites.find(({ id }) => id === siteId);
}

function waitingCell(punch: Waiting, scene: KeptScene | undefined): HTMLElement {
  const site = siteOf(scene, punch.siteId);
  const why = punch.trouble ?? (punch.deviceId === null ? sayClock('waitsUnsigned') : undefined);
  const badge = element('span', { class: 'badge badge-info' }, sayClock('waitingOne'));
  return cell(punch.id, titleOf(punch, site), [site?.name, why].filter(isText), badge);
}

function refusedCell(punch: Settled, scene: KeptScene | undefined, dismiss: Lists['dismiss']): HTMLElement {
  const site = siteOf(scene, punch.siteId);
  const lines = [site?.name, punch.refusal?.title].filter(isText);
  return cell(punch.id, titleOf(punch, site), lines, dismissal(punch.id, dismiss));
}

function lateCell(punch: Settled, scene: KeptScene | undefined, dismiss: Lists['dismiss']): HTMLElement {
  const site = siteOf(scene, punch.siteId);
  const { offsetMs, late, effectiveAt, flags } = punch;
  const lines = [
    effectiveAt ? sayClock('counted', { at: dayAndTimeText(Date.parse(effectiveAt), site) }) : undefined,
    sayClock('arrivedLate', { late: durationText(late ?? 0) }),
    verdictText(punch),
    offsetMs != null && clockDiffers(offsetMs)
      ? sayClock(offsetMs < 0 ? 'clockAhead' : 'clockBehind', { by: durationText(offsetMs / 1000) })
      : undefined,
    flags?.includes('time-unproven') ? sayClock('timeUnproven') : undefined,
  ].filter(isText);
  return cell(punch.id, titleOf(punch, site), lines, dismissal(punch.id, dismiss));
}

/** As the server judged it: the same words as before the tap. */
function verdictText({
  kind,
  verdict,
  metres = null,
  accuracyMetres = null,
  flags,
}: Settled): string | undefined {
  if (verdict === undefined) return undefined;
  const judgedAs = flags?.includes('proof-given') ? 'site-code' : null;
  const told = { verdict, metres, judgedAs, accuracyMetres } as Told;
  return sayVerdict(told, locale, { kind, moment: 'after' });
}

const isText = (text: string | undefined): text is string => text !== undefined && text !== '';

function dismissal(id: string, dismiss: Lists['dismiss']): HTMLElement {
  const click = () => dismiss(id);
  return element('button', { type: 'button', class: 'button button-plain', click }, sayClock('dismiss'));
}
