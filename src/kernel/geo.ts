/** Coordinates, their datums, and distance. Formulas: eviltransform lineage, constants as published for GCJ-02 and BD-09. */

/** `unstated`: the source did not say. Browsers never do. */
export type Datum = 'wgs84' | 'gcj02' | 'bd09' | 'unstated';
export type StatedDatum = Exclude<Datum, 'unstated'>;
export const statedDatums: readonly StatedDatum[] = ['wgs84', 'gcj02', 'bd09'];

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
export const earthRadiusMetres = 6371008.8;

export function toDegrees({ latE7, lngE7 }: Coordinates): Degrees {
  return { lat: latE7 / 1e7, lng: lngE7 / 1e7 };
}

export function toCoordinates({ lat, lng }: Degrees): Coordinates {
  return { latE7: Math.round(lat * 1e7), lngE7: Math.round(lng * 1e7) };
}

export function isOnEarth({ lat, lng }: Degrees): boolean {
  return Number.isFinite(lat) && Number.isFinite(lng) && Math.abs(lat) <= 90 && Math.abs(lng) <= 180;
}

type Box = readonly [south: number, west: number, north: number, east: number];

/** The mainland in boxes (Aimeast's, as most converters have them), less the parts of its neighbours that they cover. */
const shifted: readonly Box[] = [
  [42.8899, 79.4462, 49.2204, 96.33],
  [39.3742, 109.6872, 54.1415, 135.0002],
  [29.5297, 73.1246, 42.8899, 124.143255],
  [26.7186, 82.9684, 29.5297, 97.0352],
  [20.414096, 97.0253, 29.5297, 124.367395],
  [17.871542, 107.975793, 20.414096, 111.744104],
];
/** Neighbours; and Hong Kong, Macau and Taiwan, which publish WGS-84. */
const notShifted: readonly Box[] = [
  [20.0988, 101.8652, 22.284, 106.665],
  [20.4878, 106.4525, 21.5422, 108.051],
  [50.3257, 109.0323, 55.8175, 119.127],
  [49.5574, 127.4568, 55.8175, 137.0227],
  [42.5692, 131.2662, 44.8922, 137.0227],
  [22.13, 113.83, 22.52, 114.45],
  [22.1, 113.52, 22.22, 113.61],
  [21.7, 119.9, 25.5, 122.2],
];

/** Whether GCJ-02 is in use at a point. Within some kilometres of the boxes' edges both datums should be tried. */
export function usesGcj02({ lat, lng }: Degrees): boolean {
  const isIn = ([south, west, north, east]: Box) =>
    lat >= south && lat <= north && lng >= west && lng <= east;
  return shifted.some(isIn) && !notShifted.some(isIn);
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
export function toWgs84(point: Degrees, datum: StatedDatum): Degrees {
  switch (datum) {
    case 'wgs84':
      return point;
    case 'gcj02':
      return gcj02ToWgs84(point);
    case 'bd09':
      return gcj02ToWgs84(bd09ToGcj02(point));
  }
}

/** The other way: how a point is written in a datum. */
export function fromWgs84(point: Degrees, datum: StatedDatum): Degrees {
  if (datum === 'wgs84') return point;
  const gcj = wgs84ToGcj02(point);
  return datum === 'gcj02' ? gcj : gcj02ToBd09(gcj);
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
