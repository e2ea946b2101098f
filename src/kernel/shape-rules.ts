/** What may be drawn as a fence: what is wrong with a polygon, if anything (pure, in whole 10⁻⁷ degrees, so exact). */
import { earthRadiusMetres, metresBetween, toDegrees } from './geo.ts';
import type { WgsShape } from './shape.ts';

export type ShapeFault = 'fence-crosses-itself' | 'fence-too-large' | 'fence-too-small';

export const shapesMax = 20;
export const cornersMin = 3;
export const cornersMax = 100;
export const radiusMin = 20;
export const radiusMax = 5000;
export const extentMetresMax = 50_000;
export const areaMin = 100;
/** Towards the poles a plane no longer fits. */
export const polygonLatMax = 85;

type Corner = readonly [latE7: number, lngE7: number];

/** Circles are bounded by their radius alone. */
export function shapeFault(shape: WgsShape): ShapeFault | undefined {
  if (shape.kind === 'circle') return undefined;
  const ring = overTheDateLine(shape.pointsE7);
  // First: only of small differences is every product exact.
  if (extentMetres(ring) > extentMetresMax) return 'fence-too-large';
  if (crossesItself(ring)) return 'fence-crosses-itself';
  return areaSquareMetres(ring) < areaMin ? 'fence-too-small' : undefined;
}

/** Corners on both sides of 180° as neighbours. */
function overTheDateLine(ring: readonly Corner[]): readonly Corner[] {
  const torn = Math.max(...ring.map(([, lng]) => lng)) - Math.min(...ring.map(([, lng]) => lng)) > 180e7;
  return torn ? ring.map(([lat, lng]) => [lat, lng < 0 ? lng + 360e7 : lng] as const) : ring;
}

/** The diagonal of the box around it. */
function extentMetres(ring: readonly Corner[]): number {
  const [lats, lngs] = [ring.map(([lat]) => lat), ring.map(([, lng]) => lng)];
  return metresBetween(
    toDegrees({ latE7: Math.min(...lats), lngE7: Math.min(...lngs) }),
    toDegrees({ latE7: Math.max(...lats), lngE7: Math.max(...lngs) }),
  );
}

/** Whether edges touch that are no neighbours, or neighbours run back over each other; a corner given twice does either. */
function crossesItself(ring: readonly Corner[]): boolean {
  const edges = ring.map((corner, index) => [corner, ring[(index + 1) % ring.length] as Corner] as const);
  return edges.some(([a, b], i) =>
    edges.some(([c, d], j) => {
      if (j <= i) return false;
      if (j === i + 1) return runsBack(a, b, d);
      if (i === 0 && j === edges.length - 1) return runsBack(c, a, b);
      return touch(a, b, c, d);
    }),
  );
}

/** Twice the signed area of the triangle: 0 on one line. */
function turn([aLat, aLng]: Corner, [bLat, bLng]: Corner, [cLat, cLng]: Corner): number {
  return (bLng - aLng) * (cLat - aLat) - (bLat - aLat) * (cLng - aLng);
}

/** From `a` to `b` and on to `c`: back on the same line, or nowhere. */
function runsBack(a: Corner, b: Corner, c: Corner): boolean {
  if (turn(a, b, c) !== 0) return false;
  return (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) <= 0;
}

function touch(a: Corner, b: Corner, c: Corner, d: Corner): boolean {
  const [acd, bcd] = [turn(c, d, a), turn(c, d, b)];
  const [cab, dab] = [turn(a, b, c), turn(a, b, d)];
  if (Math.sign(acd) * Math.sign(bcd) < 0 && Math.sign(cab) * Math.sign(dab) < 0) return true;
  return (
    (acd === 0 && isBetween(a, c, d)) ||
    (bcd === 0 && isBetween(b, c, d)) ||
    (cab === 0 && isBetween(c, a, b)) ||
    (dab === 0 && isBetween(d, a, b))
  );
}

/** Of three on one line. */
function isBetween(point: Corner, from: Corner, to: Corner): boolean {
  return [0, 1].every((axis) => {
    const [p, f, t] = [point[axis] as number, from[axis] as number, to[axis] as number];
    return Math.min(f, t) <= p && p <= Math.max(f, t);
  });
}

function areaSquareMetres(ring: readonly Corner[]): number {
  const [lat0, lng0] = ring[0] as Corner;
  let twice = 0;
  ring.forEach((corner, index) => {
    const next = ring[(index + 1) % ring.length] as Corner;
    twice += (corner[1] - lng0) * (next[0] - lat0) - (next[1] - lng0) * (corner[0] - lat0);
  });
  const metresAUnit = (earthRadiusMetres * Math.PI) / 180e7;
  return (Math.abs(twice) / 2) * metresAUnit ** 2 * Math.cos((lat0 * Math.PI) / 180e7);
}
