/** What a worker should know of this phone: no network, nothing signed, nothing kept, a clock that is off, a new phone. */
import { dayAndTimeText } from './clock-panel.ts';
import { clockDiffers } from './clock-state.ts';
import { durationText, sayClock } from './clock-words.ts';
import { element } from './element.ts';
import type { KeptScene } from './kept-punch.ts';
import type { PhoneWarning } from './phone-warnings.ts';

export interface PhoneState {
  readonly online: boolean;
  readonly signedIn: boolean;
  readonly signs: boolean;
  readonly warnings: readonly PhoneWarning[];
  /** This phone was removed at this employer. */
  readonly removed: boolean;
  /** Why this phone could not be made known here. */
  readonly enrolTrouble?: string | undefined;
  /** Phones that others, or the worker, enrolled after this one. */
  readonly newDevices: KeptScene['devices'];
}
export interface NoticeActs {
  useAgain(): void;
  seen(deviceId: string): void;
}

type Tone = 'info' | 'warn' | 'bad';

export function notices(scene: KeptScene, phone: PhoneState, acts: NoticeActs): Node[] {
  const { offsetMs } = scene;
  return [
    phone.online ? undefined : notice('info', sayClock('offline')),
    phone.signedIn ? undefined : notice('info', sayClock('signedOut'), link('/sign-in', sayClock('signIn'))),
    phone.removed
      ? notice('warn', sayClock('phoneRemoved'), button(sayClock('useAgain'), acts.useAgain))
      : undefined,
    phone.enrolTrouble ? notice('warn', sayClock('enrolFailed', { why: phone.enrolTrouble })) : undefined,
    phone.signs || phone.removed ? undefined : notice('warn', sayClock('unsigned')),
    ...phone.warnings.map((warning) => notice('warn', sayClock(warning))),
    clockDiffers(offsetMs) ? notice('warn', clockText(offsetMs)) : undefined,
    ...phone.newDevices.map((device) => newDevice(scene, device, acts)),
  ].filter((node): node is HTMLElement => node !== undefined);
}

function clockText(offsetMs: number): string {
  const way = sayClock(offsetMs < 0 ? 'ahead' : 'behind');
  return sayClock('clockOff', { by: durationText(offsetMs / 1000), way });
}

function newDevice({ org }: KeptScene, { id, label, at }: KeptScene['devices'][number], acts: NoticeActs) {
  const on = dayAndTimeText(Date.parse(at), undefined);
  return notice(
    'info',
    sayClock('newDevice', { label, on }),
    link(`/orgs/${org}/me/devices`, sayClock('notMine')),
    button(sayClock('dismiss'), () => acts.seen(id)),
  );
}

function notice(tone: Tone, text: string, ...more: Node[]): HTMLElement {
  return element('div', { class: `notice notice-${tone}`, role: 'note' }, element('p', {}, text), ...more);
}

function link(href: string, text: string): HTMLElement {
  return element('a', { class: 'button button-plain', href }, text);
}

function button(text: string, click: () => void): HTMLElement {
  return element('button', { type: 'button', class: 'button button-plain', click }, text);
}
