/** Verdicts: what a position, its accuracy and its datum come to against circles and polygons. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judge, type Position, withoutPosition } from '../../src/clock/geofence.ts';
import { fromWgs84, metresBetween } from '../../src/kernel/geo.ts';
import { type Drawing, metresInside, type Shape, shapesOf, toWgsShapes } from '../../src/kernel/shape.ts';

/** A point so many metres north and east of a corner in Shanghai. */
const home = { lat: 31.2304, lng: 121.4737 };
const metresADegree = (6371008.8 * Math.PI) / 180;
const eastScale = metresADegree * Math.cos((home.lat * Math.PI) / 180);
const at = (east: number, north: number) => ({
  lat: home.lat + north / metresADegree,
  lng: home.lng + east / eastScale,
});
const fix = (east: number, north: number, accuracyMetres: number): Position => ({
  ...at(east, north),
  accuracyMetres,
  datum: 'wgs84',
});
const circle = (east: number, north: number, radiusMetres: number): Shape => ({
  kind: 'circle',
  ...at(east, north),
  radiusMetres,
});
const ring = (...corners: [east: number, north: number][]): Shape => ({
  kind: 'polygon',
  points: corners.map(([east, north]) => [at(east, north).lat, at(east, north).lng]),
});
const fence = (...shapes: Shape[]) => toWgsShapes({ datum: 'wgs84', shapes });

const round = circle(0, 0, 100);
const yard = ring([0, 0], [200, 0], [200, 100], [0, 100]);
/** An L: the corner at the top right is missing. */
const ell = ring([0, 0], [200, 0], [200, 100], [100, 100], [100, 200], [0, 200]);
/** A U, open to the north. */
const quays = ring([0, 0], [300, 0], [300, 200], [200, 200], [200, 100], [100, 100], [100, 200], [0, 200]);

test.each<[string, Shape[], Position, string, number]>([
  [
    'in the middle of a circle one is inside, as far from the edge as its radius',
    [round],
    fix(0, 0, 10),
    'inside',
    100,
  ],
  ['a fix that fits into the circle to the metre is inside', [round], fix(90, 0, 9.9), 'inside', 10],
  ['a fix that reaches over the edge from within is uncertain', [round], fix(90, 0, 20), 'uncertain', 10],
  ['a fix that reaches over the edge from without is uncertain', [round], fix(110, 0, 20), 'uncertain', 10],
  ['a fix that stays clear of the circle is outside', [round], fix(130, 0, 20), 'outside', 30],
  ['an accuracy of 0 decides on the metre', [round], fix(101, 0, 0), 'outside', 1],
  [
    'in the middle of a yard one is as far from the edge as its nearest wall',
    [yard],
    fix(100, 40, 30),
    'inside',
    40,
  ],
  ['near a wall of the yard an inexact fix is uncertain', [yard], fix(100, 20, 30), 'uncertain', 20],
  [
    'beside the yard it is uncertain, too, while the fix reaches in',
    [yard],
    fix(100, -20, 30),
    'uncertain',
    20,
  ],
  ['clear of the yard it is outside', [yard], fix(100, -40, 30), 'outside', 40],
  ['before a corner the distance is to the corner', [yard], fix(-30, -40, 10), 'outside', 50],
  ['in the bend of an L one is inside', [ell], fix(50, 50, 20), 'inside', 50],
  ['in the corner that an L lacks one is outside', [ell], fix(150, 150, 20), 'outside', 50],
  [
    'between the arms of a U one is outside, however near both are',
    [quays],
    fix(150, 150, 20),
    'outside',
    50,
  ],
  ['in an arm of a U one is inside', [quays], fix(50, 150, 20), 'inside', 50],
  ['level with a corner of the ring the ray counts it once', [quays], fix(-50, 100, 10), 'outside', 50],
  [
    'of two fences the one that one stands in counts',
    [round, circle(1000, 0, 100)],
    fix(1000, 0, 10),
    'inside',
    100,
  ],
  [
    'outside of all fences the nearest edge says how far',
    [round, circle(1000, 0, 100)],
    fix(700, 0, 10),
    'outside',
    200,
  ],
  [
    'between two fences a fix that reaches into one is uncertain',
    [round, circle(220, 0, 100)],
    fix(110, 0, 15),
    'uncertain',
    10,
  ],
  [
    'where a circle overlaps a yard the kinder of both counts',
    [yard, circle(0, 50, 100)],
    fix(10, 50, 60),
    'inside',
    90,
  ],
  [
    'a fence at the other end of the country is many kilometres away',
    [circle(1_200_000, 0, 100)],
    fix(0, 0, 10),
    'outside',
    1_199_900,
  ],
])('%s', (_, shapes, position, verdict, metres) => {
  const said = judge(position, fence(...shapes));
  expect(said).toMatchObject({ verdict, judgedAs: 'wgs84' });
  // A third of a per cent: a plane and a sphere of the same radius differ by that over a thousand kilometres.
  expect(Math.abs((said.metres ?? 0) - metres)).toBeLessThanOrEqual(1 + metres / 300);
});

test('a polygon at the other end of the country is as far as a circle there', () => {
  const far = ring([1_000_000, 0], [1_000_100, 0], [1_000_100, 100]);
  const { verdict, metres } = judge(fix(0, 0, 10), fence(far));
  expect(verdict).toBe('outside');
  expect(metres).toBe(
    Math.round(
      Math.min(
        ...[
          [1_000_000, 0],
          [1_000_100, 0],
          [1_000_100, 100],
        ].map(([e = 0, n = 0]) => metresBetween(home, at(e, n))),
      ),
    ),
  );
});

test('on the far side of the earth from a yard one is not inside it', () => {
  const { verdict } = judge(
    { lat: -home.lat, lng: home.lng - 180, accuracyMetres: 10, datum: 'wgs84' },
    fence(yard),
  );
  expect(verdict).toBe('outside');
});

test('a yard across the date line is one yard', () => {
  const taveuni: Shape = {
    kind: 'polygon',
    points: [
      [-16.8, 179.999],
      [-16.8, -179.999],
      [-16.802, -179.999],
      [-16.802, 179.999],
    ],
  };
  const shapes = fence(taveuni);
  expect(judge({ lat: -16.801, lng: 180, accuracyMetres: 50, datum: 'wgs84' }, shapes).verdict).toBe(
    'inside',
  );
  expect(judge({ lat: -16.801, lng: -179.9995, accuracyMetres: 20, datum: 'wgs84' }, shapes).verdict).toBe(
    'inside',
  );
  expect(judge({ lat: -16.801, lng: 179.99, accuracyMetres: 20, datum: 'wgs84' }, shapes).verdict).toBe(
    'outside',
  );
});

test('a closed ring, as GeoJSON writes it, is the same yard', () => {
  const open = yard.kind === 'polygon' ? yard.points : [];
  const closed: Shape = { kind: 'polygon', points: [...open, open[0] as readonly [number, number]] };
  expect(fence(closed)).toEqual(fence(yard));
});

const drawn = (datum: Drawing['datum']): Drawing => ({
  datum,
  shapes: [
    {
      kind: 'polygon',
      points: (yard.kind === 'polygon' ? yard.points : []).map(([lat, lng]) => {
        const point = fromWgs84({ lat, lng }, datum);
        return [point.lat, point.lng] as const;
      }),
    },
  ],
});

test.each(['gcj02', 'bd09'] as const)('a yard drawn in %s is where it was drawn', (datum) => {
  expect(judge(fix(100, 50, 20), toWgsShapes(drawn(datum)))).toMatchObject({ verdict: 'inside', metres: 50 });
});

test('a position that says GCJ-02 is judged as that', () => {
  const inGcj = fromWgs84(at(100, 50), 'gcj02');
  expect(judge({ ...inGcj, accuracyMetres: 20, datum: 'gcj02' }, fence(yard))).toEqual({
    verdict: 'inside',
    metres: 50,
    judgedAs: 'gcj02',
  });
  expect(judge({ ...inGcj, accuracyMetres: 20, datum: 'wgs84' }, fence(yard)).verdict).toBe('outside');
});

test.each<[string, [number, number], string]>([
  ['as WGS-84 where that is kinder', [0, 0], 'wgs84'],
  ['as GCJ-02 where that is kinder', [1, 1], 'gcj02'],
])('a position of no stated datum is judged as both, and kept %s', (_, [shifted], judgedAs) => {
  const point = shifted ? fromWgs84(at(100, 50), 'gcj02') : at(100, 50);
  expect(judge({ ...point, accuracyMetres: 20, datum: 'unstated' }, fence(yard))).toEqual({
    verdict: 'inside',
    metres: 50,
    judgedAs,
  });
});

test('a position of no stated datum that is outside as either is outside, in metres of WGS-84', () => {
  const said = judge({ ...at(100, -5000), accuracyMetres: 20, datum: 'unstated' }, fence(yard));
  expect(said).toEqual({ verdict: 'outside', metres: 5000, judgedAs: 'wgs84' });
});

test('where nothing is drawn nobody is outside', () => {
  expect(judge(fix(0, 0, 5), [])).toEqual({ verdict: 'uncertain', metres: null, judgedAs: null });
});

test('a missing position keeps its cause', () => {
  expect(withoutPosition('denied')).toEqual({ verdict: 'no-position', metres: null, judgedAs: 'denied' });
});

test('a stored fence is read once, and another with other words is another', () => {
  const [one, other] = [JSON.stringify(fence(yard)), JSON.stringify(fence(round))];
  expect(shapesOf(one)).toBe(shapesOf(`${one}`));
  expect(shapesOf(other)).not.toBe(shapesOf(one));
});

/** A ring without crossings: corners around a middle, each in its own direction. */
const rings = fc
  .array(fc.record({ turn: fc.integer({ min: 1, max: 60 }), metres: fc.integer({ min: 40, max: 900 }) }), {
    minLength: 5,
    maxLength: 12,
  })
  .map((spokes) => {
    const all = spokes.reduce((sum, { turn }) => sum + turn, 0);
    let angle = 0;
    return spokes.map(({ turn, metres }): [number, number] => {
      angle += (turn / all) * 2 * Math.PI;
      return [metres * Math.cos(angle), metres * Math.sin(angle)];
    });
  });
const places = fc.tuple(fc.integer({ min: -1500, max: 1500 }), fc.integer({ min: -1500, max: 1500 }));
const accuracies = fc.integer({ min: 0, max: 400 });

test('well inside by more than the accuracy is inside, and well outside is outside', () => {
  fc.assert(
    fc.property(rings, places, accuracies, (corners, [east, north], accuracy) => {
      const shapes = fence(ring(...corners));
      const depth = metresInside(at(east, north), shapes);
      const { verdict } = judge(fix(east, north, accuracy), shapes);
      if (depth > accuracy) expect(verdict).toBe('inside');
      else if (-depth > accuracy) expect(verdict).toBe('outside');
      else expect(verdict).toBe('uncertain');
    }),
  );
});

test('how far inside changes by no more than the step that was taken', () => {
  fc.assert(
    fc.property(rings, places, places, (corners, [e1, n1], [e2, n2]) => {
      const shapes = fence(ring(...corners));
      const [one, other] = [at(e1, n1), at(e2, n2)];
      const change = Math.abs(metresInside(one, shapes) - metresInside(other, shapes));
      expect(change).toBeLessThanOrEqual(metresBetween(one, other) * 1.001 + 0.1);
    }),
  );
});

test('whoever moves within their fix’s accuracy is not outside right after having been inside', () => {
  fc.assert(
    fc.property(
      rings,
      places,
      accuracies,
      fc.double({ min: 0, max: 6.28, noNaN: true }),
      (corners, [e, n], accuracy, way) => {
        const shapes = fence(ring(...corners));
        const [east, north] = [e + accuracy * Math.cos(way) * 0.99, n + accuracy * Math.sin(way) * 0.99];
        const verdicts = [judge(fix(e, n, accuracy), shapes), judge(fix(east, north, accuracy), shapes)];
        expect(verdicts.map(({ verdict }) => verdict).sort()).not.toEqual(['inside', 'outside']);
      },
    ),
  );
});

test('the corner that a ring begins with and the way around say nothing', () => {
  fc.assert(
    fc.property(
      rings,
      places,
      accuracies,
      fc.nat(11),
      fc.boolean(),
      (corners, [east, north], accuracy, start, back) => {
        const turned = [
          ...corners.slice(start % corners.length),
          ...corners.slice(0, start % corners.length),
        ];
        const other = back ? turned.reverse() : turned;
        const position = fix(east, north, accuracy);
        expect(judge(position, fence(ring(...other)))).toEqual(judge(position, fence(ring(...corners))));
      },
    ),
  );
});

test('a further fence never makes a verdict less kind', () => {
  const kindness = ['outside', 'uncertain', 'inside'];
  fc.assert(
    fc.property(rings, rings, places, accuracies, (first, second, [east, north], accuracy) => {
      const position = fix(east, north, accuracy);
      const alone = judge(position, fence(ring(...first)));
      const both = judge(position, fence(ring(...first), ring(...second)));
      expect(kindness.indexOf(both.verdict)).toBeGreaterThanOrEqual(kindness.indexOf(alone.verdict));
    }),
  );
});
