/** Whether a position is inside a site's fence, given how exact it is (pure; the clock page judges by it, too). */
import { type Datum, type Degrees, gcj02ToWgs84, toWgs84 } from '../kernel/geo.ts';
import { metresInside, type WgsShape } from '../kernel/shape.ts';

export type Verdict = 'inside' | 'outside' | 'uncertain' | 'no-position';
export type NoPosition = 'denied' | 'unavailable' | 'timed-out';

export interface Position extends Degrees {
  /** Radius in metres within which the device is 68 % sure to be. */
  readonly accuracyMetres: number;
  readonly datum: Datum;
}
export interface Judgement {
  readonly verdict: Verdict;
  /** From the edge that decided, on whichever side, whole metres; null without a position. */
  readonly metres: number | null;
  /** The datum an unstated position was judged in, or why there is no position. */
  readonly judgedAs: string | null;
}

const kindness: Record<Verdict, number> = { inside: 3, uncertain: 2, outside: 1, 'no-position': 0 };

/**
 * Inside by the accuracy or more is inside, outside by more than it is outside, between them uncertain. Of several
 * shapes the kindest counts. Browsers state no datum and some on Chinese phones return GCJ-02: such a position is judged
 * as both and the kinder verdict counts, recorded with its datum.
 */
export function judge(position: Position, shapes: readonly WgsShape[]): Judgement {
  if (shapes.length === 0) return withoutFence;
  if (position.datum !== 'unstated')
    return judgeAt(toWgs84(position, position.datum), position, shapes, position.datum);
  const asWgs84 = judgeAt(position, position, shapes, 'wgs84');
  if (asWgs84.verdict === 'inside') return asWgs84;
  const asGcj02 = judgeAt(gcj02ToWgs84(position), position, shapes, 'gcj02');
  return kindness[asGcj02.verdict] > kindness[asWgs84.verdict] ? asGcj02 : asWgs84;
}

/** Nothing was drawn that could be missed. */
export const withoutFence: Judgement = { verdict: 'uncertain', metres: null, judgedAs: null };

export function withoutPosition(cause: NoPosition): Judgement {
  return { verdict: 'no-position', metres: null, judgedAs: cause };
}

function judgeAt(
  point: Degrees,
  { accuracyMetres }: Position,
  shapes: readonly WgsShape[],
  datum: string,
): Judgement {
  const inside = metresInside(point, shapes);
  const verdict = inside >= accuracyMetres ? 'inside' : -inside > accuracyMetres ? 'outside' : 'uncertain';
  return { verdict, metres: Math.round(Math.abs(inside)), judgedAs: datum };
}
