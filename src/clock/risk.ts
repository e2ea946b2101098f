/**
 * Signs that a punch may not be what it says (pure). They refuse nothing and decide nothing: each says its numbers, and
 * what it does not prove, to a person who asks the worker (PIPL Art. 24).
 */
import { type Coordinates, metresBetween, toDegrees } from '../kernel/geo.ts';
import { type Instant, secondsBetween } from '../kernel/time.ts';

export type RiskKind =
  | 'impossible-speed'
  | 'shared-phone'
  | 'same-coordinates'
  | 'too-exact'
  | 'exact-centre'
  | 'card-static'
  | 'card-typed';

/** A punch of one worker that counts. */
export interface WatchedPunch {
  readonly id: string;
  readonly at: Instant;
  /** At its site. */
  readonly day: string;
  /** As the phone said; null without one, and after it was made coarse. */
  readonly position: (Coordinates & { readonly accuracyMetres: number }) | null;
  /** Centres of the site's circles, as drawn and in WGS-84. */
  readonly centres: readonly Coordinates[];
  /** How many workers punch from this browser. */
  readonly workersOfPhone: number;
  readonly flags: readonly string[];
}
export interface RiskSignal {
  readonly kind: RiskKind;
  readonly punchId: string;
  readonly values: Readonly<Record<string, number>>;
}

/** Faster than a worker gets from site to site; a train between cities is rarely taken within a shift. */
const speedKmh = 200;
/** Below this, two datums or two cell towers look like a journey. */
const journeyMetres = 2_000;
/** No phone is this sure. */
const exactMetres = 1;
/** A tenth of a metre: nobody stands on a drawn centre by chance. */
const centreE7 = 10;

/** Of all punches of a worker, in any order; each signal belongs to the later of the punches that make it. */
export function riskSignals(punches: readonly WatchedPunch[]): RiskSignal[] {
  const inOrder = [...punches].sort((a, b) =>
    a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1,
  );
  return inOrder.flatMap((punch, index) => {
    const before = inOrder.slice(0, index);
    return [
      speedSince(lastPlaced(before), punch),
      sameAsBefore(before, punch),
      tooExact(punch),
      atCentre(punch),
      sharedPhone(punch),
      shownCard(punch, 'card-static'),
      shownCard(punch, 'card-typed'),
    ].filter((signal) => signal !== undefined);
  });
}

function lastPlaced(before: readonly WatchedPunch[]): WatchedPunch | undefined {
  return [...before].reverse().find(({ position }) => position !== null);
}

/** The least distance that both accuracies allow. */
function speedSince(last: WatchedPunch | undefined, punch: WatchedPunch): RiskSignal | undefined {
  if (!last?.position || !punch.position) return undefined;
  const apart = metresBetween(toDegrees(last.position), toDegrees(punch.position));
  const metres = apart - last.position.accuracyMetres - punch.position.accuracyMetres;
  const seconds = Math.max(1, secondsBetween(last.at, punch.at));
  const kmh = (metres / seconds) * 3.6;
  if (metres < journeyMetres || kmh <= speedKmh) return undefined;
  const values = { km: Math.round(metres / 1000), minutes: Math.round(seconds / 60), kmh: Math.round(kmh) };
  return { kind: 'impossible-speed', punchId: punch.id, values };
}

function sameAsBefore(before: readonly WatchedPunch[], punch: WatchedPunch): RiskSignal | undefined {
  const days = new Set(before.filter((other) => isSamePlace(other, punch)).map(({ day }) => day));
  days.delete(punch.day);
  return days.size > 0
    ? { kind: 'same-coordinates', punchId: punch.id, values: { days: days.size + 1 } }
    : undefined;
}

function isSamePlace({ position: one }: WatchedPunch, { position: other }: WatchedPunch): boolean {
  return one !== null && other !== null && one.latE7 === other.latE7 && one.lngE7 === other.lngE7;
}

function tooExact({ id, position }: WatchedPunch): RiskSignal | undefined {
  return position && position.accuracyMetres <= exactMetres
    ? { kind: 'too-exact', punchId: id, values: { metres: position.accuracyMetres } }
    : undefined;
}

function atCentre({ id, position, centres }: WatchedPunch): RiskSignal | undefined {
  const isThere = centres.some(
    ({ latE7, lngE7 }) =>
      position !== null &&
      Math.abs(position.latE7 - latE7) < centreE7 &&
      Math.abs(position.lngE7 - lngE7) < centreE7,
  );
  return isThere ? { kind: 'exact-centre', punchId: id, values: {} } : undefined;
}

function sharedPhone({ id, workersOfPhone }: WatchedPunch): RiskSignal | undefined {
  return workersOfPhone > 1
    ? { kind: 'shared-phone', punchId: id, values: { workers: workersOfPhone } }
    : undefined;
}

function shownCard({ id, flags }: WatchedPunch, kind: 'card-static' | 'card-typed'): RiskSignal | undefined {
  return flags.includes(kind) ? { kind, punchId: id, values: {} } : undefined;
}
