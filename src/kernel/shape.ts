/** What a fence is made of: circles and polygons, as drawn and in WGS-84, and how far inside them a point lies (pure). */
import {
  type Coordinates,
  type Degrees,
  earthRadiusMetres,
  metresBetween,
  type StatedDatum,
  toCoordinates,
  toDegrees,
  toWgs84,
} from './geo.ts';

/** As drawn, in degrees of the drawing's datum; a corner is [latitude, longitude]. */
export type Shape =
  | { readonly kind: 'circle'; readonly lat: number; readonly lng: number; readonly radiusMetres: number }
  | { readonly kind: 'polygon'; readonly points: readonly (readonly [lat: number, lng: number])[] };
export interface Drawing {
  readonly datum: StatedDatum;
  readonly shapes: readonly Shape[];
}

/** In WGS-84, degrees × 10⁷. */
export type WgsShape =
  | ({ readonly kind: 'circle'; readonly radiusMetres: number } & Coordinates)
  | { readonly kind: 'polygon'; readonly pointsE7: readonly (readonly [latE7: number, lngE7: number])[] };

export function toWgsShapes({ datum, shapes }: Drawing): WgsShape[] {
  return shapes.map((shape) => {
    if (shape.kind === 'circle')
      return { kind: 'circle', ...toWgsE7(shape, datum), radiusMetres: shape.radiusMetres };
    const points = openRing(shape.points).map(([lat, lng]) => toWgsE7({ lat, lng }, datum));
    return { kind: 'polygon', pointsE7: points.map(({ latE7, lngE7 }) => [latE7, lngE7] as const) };
  });
}

function toWgsE7(point: Degrees, datum: StatedDatum): Coordinates {
  return toCoordinates(toWgs84(point, datum));
}

/** GeoJSON says the first corner again at the end. */
function openRing<T extends readonly [number, number]>(points: readonly T[]): readonly T[] {
  // This file runs in browsers that have no Array.prototype.at.
  const [first, last] = [points[0], points[points.length - 1]];
  const closed = points.length > 3 && first?.[0] === last?.[0] && first?.[1] === last?.[1];
  return closed ? points.slice(0, -1) : points;
}

const remembered = new Map<string, readonly WgsShape[]>();
const rememberedMax = 500;

/** The shapes of a stored fence. Every punch asks for those of its site, so they are remembered by their text. */
export function shapesOf(wgsShapes: string): readonly WgsShape[] {
  const known = remembered.get(wgsShapes);
  if (known) return known;
  const shapes = JSON.parse(wgsShapes) as WgsShape[];
  if (remembered.size >= rememberedMax) remembered.clear();
  remembered.set(wgsShapes, shapes);
  return shapes;
}

/** How far inside the nearest edge a WGS-84 point lies, metres; negative: how far outside. Of several shapes, the kindest. */
export function metresInside(point: Degrees, shapes: readonly WgsShape[]): number {
  return Math.max(
    ...shapes.map((shape) =>
      shape.kind === 'circle'
        ? shape.radiusMetres - metresBetween(point, toDegrees(shape))
        : metresInsidePolygon(point, shape.pointsE7),
    ),
  );
}

/** Farther than this the plane is left: the metres are then those of the great circle to the nearest corner. */
const planeMetres = 50_000;

/**
 * In a plane around the point (equirectangular, its own latitude true to scale): within a kilometre of an edge this errs
 * by centimetres, far less than any fix.
 */
function metresInsidePolygon(point: Degrees, pointsE7: readonly (readonly [number, number])[]): number {
  const corners = inPlaneOf(point, pointsE7);
  let within = false;
  let nearest = Number.POSITIVE_INFINITY;
  let before = corners[corners.length - 1] as Flat;
  for (const corner of corners) {
    if (isCrossed(before, corner)) within = !within;
    nearest = Math.min(nearest, squareMetresToEdge(before, corner));
    before = corner;
  }
  nearest = Math.sqrt(nearest);
  if (nearest <= planeMetres) return within ? nearest : -nearest;
  return -Math.min(...pointsE7.map(([latE7, lngE7]) => metresBetween(point, toDegrees({ latE7, lngE7 }))));
}

/** East and north of the point, metres. */
interface Flat {
  readonly x: number;
  readonly y: number;
}

function inPlaneOf(point: Degrees, pointsE7: readonly (readonly [number, number])[]): Flat[] {
  const metresADegree = (earthRadiusMetres * Math.PI) / 180;
  const eastScale = metresADegree * Math.cos((point.lat * Math.PI) / 180);
  const east = pointsE7.map(([, lngE7]) => shortWay(lngE7 / 1e7 - point.lng));
  // On the far side of the earth some corners would come out left and some right.
  const torn = Math.max(...east) - Math.min(...east) > 180;
  return pointsE7.map(([latE7], index) => {
    const degrees = east[index] as number;
    return {
      x: (torn && degrees < 0 ? degrees + 360 : degrees) * eastScale,
      y: (latE7 / 1e7 - point.lat) * metresADegree,
    };
  });
}

/** Over the date line, not around the earth. */
function shortWay(degrees: number): number {
  return degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees;
}

/** Whether the edge crosses the ray from the origin eastwards; a corner on the ray counts for one of its edges only. */
function isCrossed(from: Flat, to: Flat): boolean {
  if (from.y > 0 === to.y > 0) return false;
  return from.x + ((to.x - from.x) * -from.y) / (to.y - from.y) > 0;
}

/** The distance from the origin, squared: one root for the nearest is enough. */
function squareMetresToEdge(from: Flat, to: Flat): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const along = -(from.x * dx + from.y * dy) / (dx * dx + dy * dy || 1);
  const share = Math.min(1, Math.max(0, along));
  const [x, y] = [from.x + share * dx, from.y + share * dy];
  return x * x + y * y;
}
