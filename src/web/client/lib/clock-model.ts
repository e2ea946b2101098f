/** What the clock page knows at a time, and where it learns it: from the page, from this phone, from the server. */
import type { ClockScene } from '../../../clock/clock-scene.ts';
import { type Standing, standingOf } from './clock-state.ts';
import type { DeviceKey } from './device-key.ts';
import { canSign, enrolPhone, keptKey } from './enrol.ts';
import { Problem, send } from './http.ts';
import type { KeptScene, Settled, Waiting } from './kept-punch.ts';
import { type PhoneWarning, phoneWarnings } from './phone-warnings.ts';
import { forgetScene, keepScene, keptScenes, seenDevices, settledPunches, waitingPunches } from './queue.ts';
import { scannedCode } from './scanned-code.ts';

export interface Clock {
  scene: KeptScene;
  /** This person's other employers, as far as this phone has seen them. */
  others: readonly KeptScene[];
  key: DeviceKey | undefined;
  engagementId: string;
  siteId: string;
  waiting: readonly Waiting[];
  settled: readonly Settled[];
  seen: readonly string[];
  warnings: readonly PhoneWarning[];
  online: boolean;
  signedIn: boolean;
  enrolTrouble: string | undefined;
  /** Settles when the opening of the page has made this phone's key known, or could not. */
  enrolled: Promise<void>;
  /** Between the tap and the end of what follows from it. */
  busy: boolean;
}

export function newClock(scene: KeptScene): Clock {
  return {
    scene,
    others: [],
    key: undefined,
    engagementId: '',
    siteId: '',
    waiting: [],
    settled: [],
    seen: [],
    warnings: [],
    online: navigator.onLine,
    signedIn: true,
    enrolTrouble: undefined,
    enrolled: Promise.resolve(),
    busy: false,
  };
}

/** By the address the employer that was meant, else the one opened last. */
export async function keptClock(): Promise<Clock | undefined> {
  const scenes = await keptScenes();
  const meant = /^\/orgs\/([^/]+)/.exec(location.pathname)?.[1] ?? location.hash.slice(1);
  const scene = scenes.find(({ org }) => org === meant) ?? scenes[0];
  return scene ? { ...newClock(scene), others: scenes.filter((one) => one !== scene) } : undefined;
}

export function standingNow(clock: Clock): Standing | undefined {
  const engagement = engagementOf(clock);
  if (!engagement) return undefined;
  return standingOf(clock.scene, engagement, clock.waiting, clock.settled, Date.now());
}

function engagementOf({ scene, engagementId }: Clock) {
  return scene.engagements.find(({ id }) => id === engagementId);
}

/** Keeps the choice while it can be made; else the work the address names, and the place of the last punch. */
export function choose(clock: Clock, engagementId = clock.engagementId, siteId = clock.siteId): void {
  const named = new URLSearchParams(location.search).get('engagement');
  const { engagements } = clock.scene;
  const work =
    engagements.find(({ id }) => id === engagementId) ??
    engagements.find(({ id }) => id === named) ??
    engagements[0];
  clock.engagementId = work?.id ?? '';
  const wanted = [siteId, scannedCode()?.siteId, standingNow(clock)?.siteId];
  clock.siteId = wanted.find((id) => id && work?.siteIds.includes(id)) ?? work?.siteIds[0] ?? '';
}

/** What this phone keeps: what waits, what came of it, and the key. */
export async function readPhone(clock: Clock): Promise<void> {
  [clock.waiting, clock.settled, clock.seen] = await Promise.all([
    waitingPunches(),
    settledPunches(),
    seenDevices(),
  ]);
  clock.key ??= await keptKey(clock.scene.personId);
  clock.warnings = await phoneWarnings(clock.waiting.length).catch(() => []);
}

/** The server's newest, when it can be had. What was signed out or has no work here any more is said, not shown. */
export async function askServer(clock: Clock): Promise<void> {
  const { org } = clock.scene;
  try {
    const scene = await send('GET', `/api/orgs/${org}/me/clock`);
    clock.scene = await keepScene(scene as unknown as ClockScene);
    [clock.online, clock.signedIn] = [true, true];
  } catch (error) {
    clock.online = error instanceof Problem;
    if (!(error instanceof Problem)) return;
    if (error.body.status === 401) clock.signedIn = false;
    else if (error.body.status === 404) await forgetScene(org);
  }
}

/** One step, at the first opening here: the key is made, bound to the account, and made known to this employer. */
export async function enrolHere(clock: Clock): Promise<void> {
  const { org, personId } = clock.scene;
  if (!canSign() || !clock.signedIn || isRemoved(clock)) return;
  try {
    clock.key = await enrolPhone(org, personId);
    clock.enrolTrouble = undefined;
    // The page was written before this phone was known.
    if (!ownDevice(clock)) await askServer(clock);
  } catch (error) {
    // Without an answer it is tried again when a punch is sent.
    if (error instanceof Problem && error.body.status !== 401) clock.enrolTrouble = error.body.title;
  }
}

function ownDevice({ scene, key }: Clock) {
  return scene.devices.find(({ id }) => id === key?.deviceId);
}

export function isRemoved(clock: Clock): boolean {
  return ownDevice(clock)?.revoked === true;
}

/** What may sign: not a phone that was removed. The session vouches then, so that the punch is kept. */
export function signingKey(clock: Clock): DeviceKey | undefined {
  return isRemoved(clock) ? undefined : clock.key;
}

const enrolPatienceMs = 3_000;

/** Who taps while the phone is still being enrolled waits a moment: an unsigned punch needs a person's look. */
export async function signingKeySoon(clock: Clock): Promise<DeviceKey | undefined> {
  if (!signingKey(clock) && clock.online)
    await Promise.race([clock.enrolled, new Promise((done) => setTimeout(done, enrolPatienceMs))]);
  return signingKey(clock);
}

const newForDays = 30;

/** Enrolled after this phone, lately, and not yet dismissed. */
export function newDevices(clock: Clock): KeptScene['devices'] {
  const { scene, seen } = clock;
  const own = ownDevice(clock);
  // Until this phone is known itself, every other would look new to it.
  if (!own && canSign()) return [];
  const lately = new Date(Date.parse(scene.at) - newForDays * 86_400_000).toISOString();
  const since = own && own.at > lately ? own.at : lately;
  return scene.devices.filter(
    ({ id, at, revoked }) => !revoked && id !== own?.id && at > since && !seen.includes(id),
  );
}
