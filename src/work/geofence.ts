/** Whether a position is inside a circle, given how exact it is (pure). */
import { type Datum, type Degrees, gcj02ToWgs84, metresBetween, toWgs84 } from '../kernel/geo.ts';

export type Verdict = 'inside' | 'outside' | 'uncertain' | 'no-position';
export type NoPosition = 'denied' | 'unavailable' | 'timed-out';

export interface Position extends Degrees {
  /** Radius in metres within which the device is 68 % sure to be. */
  readonly accuracyMetres: number;
  readonly datum: Datum;
}
/** In WGS-84. */
export interface Circle extends Degrees {
  readonly radiusMetres: number;
}
export interface Judgement {
  readonly verdict: Verdict;
  /** From the centre, whole metres; null without a position. */
  readonly metres: number | null;
  /** The datum an unstated position was judged in, or why there is no position. */
  readonly judgedAs: string | null;
}

const kindness: Record<Verdict, number> = { inside: 3, uncertain: 2, outside: 1, 'no-position': 0 };

/**
 * d + a ≤ r is inside, d − a > r outside, between them uncertain. Browsers state no datum and some on Chinese phones
 * return GCJ-02: such a position is judged as both and the kinder verdict counts, recorded with its datum.
 */
export function judge(position: Position, circle: Circle): Judgement {
  if (position.datum !== 'unstated')
    return judgeAt(toWgs84(position, position.datum), position, circle, position.datum);
  const asWgs84 = judgeAt(position, position, circle, 'wgs84');
  const asGcj02 = judgeAt(gcj02ToWgs84(position), position, circle, 'gcj02');
  return kindness[asGcj02.verdict] > kindness[asWgs84.verdict] ? asGcj02 : asWgs84;
}

export function withoutPosition(cause: NoPosition): Judgement {
  return { verdict: 'no-position', metres: null, judgedAs: cause };
}

function judgeAt(point: Degrees, { accuracyMetres: a }: Position, circle: Circle, datum: string): Judgement {
  const d = metresBetween(point, circle);
  const r = circle.radiusMetres;
  const verdict = d + a <= r ? 'inside' : d - a > r ? 'outside' : 'uncertain';
  return { verdict, metres: Math.round(d), judgedAs: datum };
}
