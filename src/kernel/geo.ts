/** Coordinates, their datums, and distance. Formulas: eviltransform lineage, constants as published for GCJ-02 and BD-09. */

/** `unstated`: the source did not say. Browsers never do. */
export type Datum = 'wgs84' | 'gcj02' | 'bd09' | 'unstated';

/** Degrees × 10⁷, integers: 1 unit is about a centimetre. */
export interface Coordinates {
  readonly latE7: number;
  readonly lngE7: number;
}

/** Degrees. */
export interface Degrees {
  readonly lat: number;
  readonly lng: number;
}

const a = 6378245.0;
const ee = 0.006693421622965943;
const xPi = (Math.PI * 3000) / 180;
const earthRadiusMetres = 6371008.8;

export function toDegrees({ latE7, lngE7 }: Coordinates): Degrees {
  return { lat: latE7 / 1e7, lng: lngE7 / 1e7 };
}

export function toCoordinates({ lat, lng }: Degrees): Coordinates {
  return { latE7: Math.round(lat * 1e7), lngE7: Math.round(lng * 1e7) };
}

export function isOnEarth({ lat, lng }: Degrees): boolean {
  return Number.isFinite(lat) && Number.isFinite(lng) && Math.abs(lat) <= 90 && Math.abs(lng) <= 180;
}

/**
 * Whether GCJ-02 is in use at a point: the usual mainland box without Hong Kong, Macau and Taiwan, which lie inside
 * it and publish WGS-84. The cut-outs are boxes; within a few kilometres of their edges both datums should be tried.
 */
export function usesGcj02({ lat, lng }: Degrees): boolean {
  if (lng < 72.004 || lng > 137.8347 || lat < 0.8293 || lat > 55.8271) return false;
  const hongKong = lat > 22.13 && lat < 22.52 && lng > 113.83 && lng < 114.45;
  const macau = lat > 22.1 && lat < 22.22 && lng > 113.52 && lng < 113.61;
  const taiwan = lat > 21.7 && lat < 25.5 && lng > 119.9 && lng < 122.2;
  return !(hongKong || macau || taiwan);
}

export function wgs84ToGcj02(point: Degrees): Degrees {
  if (!usesGcj02(point)) return point;
  const x = point.lng - 105;
  const y = point.lat - 35;
  const phi = (point.lat * Math.PI) / 180;
  const common = ((20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * 2) / 3;
  const lat =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * Math.sqrt(Math.abs(x)) +
    common +
    ((20 * Math.sin(y * Math.PI) + 40 * Math.sin((y / 3) * Math.PI)) * 2) / 3 +
    ((160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * 2) / 3;
  const lng =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * Math.sqrt(Math.abs(x)) +
    common +
    ((20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI)) * 2) / 3 +
    ((150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * 2) / 3;
  const m = 1 - ee * Math.sin(phi) ** 2;
  const s = Math.sqrt(m);
  return {
    lat: point.lat + (lat * 180) / (((a * (1 - ee)) / (m * s)) * Math.PI),
    lng: point.lng + (lng * 180) / ((a / s) * Math.cos(phi) * Math.PI),
  };
}

export function gcj02ToWgs84(point: Degrees): Degrees {
  let guess = point;
  for (let round = 0; round < 6; round++) {
    const there = wgs84ToGcj02(guess);
    guess = { lat: guess.lat + point.lat - there.lat, lng: guess.lng + point.lng - there.lng };
  }
  return guess;
}

export function gcj02ToBd09({ lat, lng }: Degrees): Degrees {
  const z = Math.sqrt(lng * lng + lat * lat) + 0.00002 * Math.sin(lat * xPi);
  const theta = Math.atan2(lat, lng) + 0.000003 * Math.cos(lng * xPi);
  return { lat: z * Math.sin(theta) + 0.006, lng: z * Math.cos(theta) + 0.0065 };
}

export function bd09ToGcj02(point: Degrees): Degrees {
  const x = point.lng - 0.0065;
  const y = point.lat - 0.006;
  const z = Math.sqrt(x * x + y * y) - 0.00002 * Math.sin(y * xPi);
  const theta = Math.atan2(y, x) - 0.000003 * Math.cos(x * xPi);
  return { lat: z * Math.sin(theta), lng: z * Math.cos(theta) };
}

/** WGS-84 of a point whose datum is stated. */
export function toWgs84(point: Degrees, datum: Exclude<Datum, 'unstated'>): Degrees {
  switch (datum) {
    case 'wgs84':
      return point;
    case 'gcj02':
      return gcj02ToWgs84(point);
    case 'bd09':
      return gcj02ToWgs84(bd09ToGcj02(point));
  }
}

/** Great-circle distance (haversine, mean earth radius), metres. */
export function metresBetween(from: Degrees, to: Degrees): number {
  const rad = Math.PI / 180;
  const dLat = (to.lat - from.lat) * rad;
  const dLng = (to.lng - from.lng) * rad;
  const h =
    Math.sin(dLat / 2) ** 2 + Math.cos(from.lat * rad) * Math.cos(to.lat * rad) * Math.sin(dLng / 2) ** 2;
  return 2 * earthRadiusMetres * Math.asin(Math.min(1, Math.sqrt(h)));
}
