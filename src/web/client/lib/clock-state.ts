/** What the clock says now (pure): at work or not, since when, and where, from what the server knew and what still waits. */
import type { ClockEngagement, ClockPunch } from '../../../clock/clock-scene.ts';
import type { KeptScene, Settled, Waiting } from './kept-punch.ts';

export interface Standing {
  /** What the button does next. */
  readonly next: 'in' | 'out';
  /** Set while at work: when it began, in milliseconds by this phone's clock. */
  readonly sinceMs?: number;
  /** Clocked in so long ago that clocking out was forgotten; the instant. */
  readonly forgotten?: string;
  /** Where the last punch was. */
  readonly siteId?: string;
}

interface Last {
  readonly kind: 'in' | 'out';
  readonly siteId: string;
  readonly at: string;
  /** In milliseconds by this phone's clock. */
  readonly phoneMs: number;
}

export function standingOf(
  scene: Pick<KeptScene, 'at' | 'offsetMs' | 'longShiftSeconds'>,
  engagement: ClockEngagement,
  waiting: readonly Waiting[],
  settled: readonly Settled[],
  nowMs: number,
): Standing {
  const last = lastOf(scene, engagement, waiting, settled);
  if (!last) return { next: 'in' };
  const { kind, siteId, phoneMs, at } = last;
  if (kind === 'out') return { next: 'in', siteId };
  const long = nowMs - phoneMs > scene.longShiftSeconds * 1000;
  return long ? { next: 'in', siteId, forgotten: at } : { next: 'out', siteId, sinceMs: phoneMs };
}

/** What waits was tapped after all the server has; what it settled since the scene came is newer than the scene. */
function lastOf(
  scene: Pick<KeptScene, 'at' | 'offsetMs'>,
  { id, last }: ClockEngagement,
  waiting: readonly Waiting[],
  settled: readonly Settled[],
): Last | undefined {
  const queued = waiting.filter(({ engagementId }) => engagementId === id).pop();
  if (queued) return { ...queued, at: queued.deviceAt, phoneMs: Date.parse(queued.deviceAt) };
  const fromServer = (punch: Omit<ClockPunch, 'id'>): Last => ({
    ...punch,
    phoneMs: Date.parse(punch.at) - scene.offsetMs,
  });
  const since = settled.find((one) => one.engagementId === id && (one.receivedAt ?? '') > scene.at);
  if (since?.effectiveAt) return fromServer({ ...since, at: since.effectiveAt });
  return last ? fromServer(last) : undefined;
}

/** `1:05`, hours and minutes. */
export function elapsedText(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** More than two minutes apart is worth telling (the supervisor sees it, too). */
export function clockDiffers(offsetMs: number): boolean {
  return Math.abs(offsetMs) > 120_000;
}
