/**
 * What the clock keeps on this phone: punches that wait, what became of them, where each chain of signatures stands,
 * and the scene to show without a network.
 */
import type { ClockScene } from '../../../clock/clock-scene.ts';
import { bestShelf, type Shelf } from './kept.ts';
import { inOrder, type KeptScene, type Settled, type Waiting } from './kept-punch.ts';

/** Where a device's chain of signed punches stands at one employer. */
export interface Chain {
  readonly org: string;
  readonly deviceId: string;
  readonly personId: string;
  readonly seq: number;
  readonly previous: string | null;
  /** Whether the employer knows the device. */
  readonly enrolled: boolean;
}

/** The newest of the server's signed times, and when in which life of a page it came. */
export interface ServerTime {
  readonly token: string;
  readonly life: string;
  readonly atMs: number;
  /** By this phone's clock. */
  readonly seenAt: string;
}

let shelf: Promise<Shelf> | undefined;
export function clockShelf(): Promise<Shelf> {
  shelf ??= bestShelf('workcard-clock', 'clock');
  return shelf;
}

export const chainKey = (org: string, deviceId: string) => `chain ${org} ${deviceId}`;
export const waitingKey = (id: string) => `waiting ${id}`;
export const settledKey = (id: string) => `settled ${id}`;
export const timeKey = (org: string) => `time ${org}`;
const sceneKey = (org: string) => `scene ${org}`;

async function all<T>(kind: string): Promise<T[]> {
  const kept = await (await clockShelf()).entries();
  return kept.filter(([key]) => key.startsWith(`${kind} `)).map(([, value]) => value as T);
}

/** In the order they were made. */
export async function waitingPunches(): Promise<Waiting[]> {
  return (await all<Waiting>('waiting')).sort(inOrder);
}

export async function settledPunches(): Promise<Settled[]> {
  return (await all<Settled>('settled')).sort((one, other) => (one.id < other.id ? 1 : -1));
}

export async function dismiss(id: string): Promise<void> {
  await (await clockShelf()).change(settledKey(id), () => [[settledKey(id), undefined]]);
}

export async function chainOf(org: string, deviceId: string): Promise<Chain | undefined> {
  return (await clockShelf()).get<Chain>(chainKey(org, deviceId));
}

export async function serverTimeOf(org: string): Promise<ServerTime | undefined> {
  return (await clockShelf()).get<ServerTime>(timeKey(org));
}

export async function keepServerTime(org: string, time: ServerTime): Promise<void> {
  await (await clockShelf()).set(timeKey(org), time);
}

/** The same for everybody who uses this browser. */
export async function installationId(mint: () => string): Promise<string> {
  const kept = await clockShelf();
  const fresh = mint();
  await kept.change<string>('installation', (known) => (known ? [] : [['installation', fresh]]));
  return (await kept.get<string>('installation')) ?? fresh;
}

/** Keeps a scene as this person's, and forgets what was shown to anybody else. */
export async function keepScene(scene: ClockScene): Promise<KeptScene> {
  const kept: KeptScene = { ...scene, offsetMs: Date.parse(scene.at) - Date.now() };
  await forgetOthers(scene.personId);
  const store = await clockShelf();
  await store.set(sceneKey(scene.org), kept);
  await store.set('who', { personId: scene.personId, org: scene.org });
  return kept;
}

/** The employers this phone's person works for, the one opened last first. */
export async function keptScenes(): Promise<KeptScene[]> {
  const who = await (await clockShelf()).get<{ personId: string; org: string }>('who');
  const scenes = (await all<KeptScene>('scene')).filter(({ personId }) => personId === who?.personId);
  return scenes.sort((one, other) => Number(other.org === who?.org) - Number(one.org === who?.org));
}

/** Notices that were read: they come back on no later visit. */
export async function markSeen(deviceId: string): Promise<void> {
  await (await clockShelf()).set(`seen ${deviceId}`, { deviceId });
}

export async function seenDevices(): Promise<string[]> {
  return (await all<{ deviceId: string }>('seen')).map(({ deviceId }) => deviceId);
}

export async function forgetScene(org: string): Promise<void> {
  await (await clockShelf()).change(sceneKey(org), () => [[sceneKey(org), undefined]]);
}

/** At signing out: names, places and results go. What waits to be sent stays, and is shown to nobody. */
export function forgetPerson(): Promise<void> {
  return forgetOthers('');
}

/** What was not accepted is nowhere else: it is there again when its owner is. */
function isForgettable(value: Settled, personId: string): boolean {
  return value.personId !== personId && value.refusal === undefined;
}

async function forgetOthers(personId: string): Promise<void> {
  const store = await clockShelf();
  const theirs = (await store.entries()).filter(
    ([key, value]) => /^(scene|settled|who)( |$)/.test(key) && isForgettable(value as Settled, personId),
  );
  if (theirs.length > 0) await store.change('who', () => theirs.map(([key]) => [key, undefined] as const));
}
