/** The published pairs of the three datums, both ways, and where the shift ends. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bd09ToGcj02,
  type Degrees,
  fromWgs84,
  gcj02ToBd09,
  gcj02ToWgs84,
  metresBetween,
  statedDatums,
  toWgs84,
  wgs84ToGcj02,
} from '../../src/kernel/geo.ts';

const at = (lng: number, lat: number): Degrees => ({ lat, lng });
const beijing = at(116.404, 39.915);
const beijingGcj = at(116.41024449916938, 39.91640428150164);
const beijingBd = at(116.41662724378733, 39.922699552216216);
const known: readonly (readonly [place: string, wgs84: Degrees, gcj02: Degrees])[] = [
  ['Beijing', beijing, beijingGcj],
  ['Shanghai', at(121.4737, 31.2304), at(121.47822305927693, 31.22845773757727)],
  ['Shenzhen', at(113.9425, 22.539), at(113.94737548153725, 22.5359830864494)],
];

function expectSame(one: Degrees, other: Degrees, within = 1e-9): void {
  expect(Math.abs(one.lat - other.lat)).toBeLessThan(within);
  expect(Math.abs(one.lng - other.lng)).toBeLessThan(within);
}

test.each(known)('GCJ-02 of a point in %s is the published one, and leads back to it', (_, wgs84, gcj02) => {
  expectSame(wgs84ToGcj02(wgs84), gcj02);
  expectSame(gcj02ToWgs84(gcj02), wgs84);
});

test('BD-09 of Beijing is the published one, and leads back to within a decimetre', () => {
  expectSame(gcj02ToBd09(beijingGcj), beijingBd);
  expectSame(bd09ToGcj02(beijingBd), beijingGcj, 2e-6);
  expectSame(fromWgs84(beijing, 'bd09'), beijingBd);
  expect(metresBetween(toWgs84(beijingBd, 'bd09'), beijing)).toBeLessThan(0.2);
});

test('mixing the datums in Beijing is an error of half a kilometre', () => {
  expect(Math.round(metresBetween(beijing, beijingGcj))).toBe(555);
});

test.each([
  ['Hong Kong', at(114.1694, 22.3193)],
  ['Macau', at(113.5439, 22.1987)],
  ['Taipei', at(121.5654, 25.033)],
  ['Singapore', at(103.8198, 1.3521)],
  ['Seoul', at(126.978, 37.5665)],
  ['Hanoi', at(105.8342, 21.0278)],
  ['Delhi', at(77.209, 28.6139)],
  ['São Paulo', at(-46.6333, -23.5505)],
])('in %s all maps show WGS-84', (_, point) => {
  expect(wgs84ToGcj02(point)).toEqual(point);
  expect(gcj02ToWgs84(point)).toEqual(point);
});

test.each([
  ['Ürümqi', at(87.6168, 43.8256)],
  ['Lhasa', at(91.1172, 29.6475)],
  ['Kunming', at(102.8329, 24.8801)],
  ['Haikou', at(110.3312, 20.0311)],
  ['Harbin', at(126.535, 45.8038)],
  ['Zhuhai', at(113.5767, 22.2707)],
])('in %s maps of GCJ-02 are shifted by some hundred metres', (_, point) => {
  const metres = metresBetween(point, wgs84ToGcj02(point));
  expect(metres).toBeGreaterThan(100);
  expect(metres).toBeLessThan(1000);
});

test('a point anywhere inland comes back from each datum to within half a metre', () => {
  const inland = fc.record({
    lat: fc.double({ min: 30, max: 42, noNaN: true }),
    lng: fc.double({ min: 85, max: 119, noNaN: true }),
  });
  fc.assert(
    fc.property(inland, fc.constantFrom(...statedDatums), (point, datum) => {
      expect(metresBetween(toWgs84(fromWgs84(point, datum), datum), point)).toBeLessThan(0.5);
    }),
  );
});
