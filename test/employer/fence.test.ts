/** What may be drawn as a fence, and what is said of the rest. */
import { beforeAll, expect, test } from 'vitest';
import { fenceOf, fencesOf } from '../../src/employer/site.ts';
import { newId } from '../../src/kernel/id.ts';
import { shapesOf } from '../../src/kernel/shape.ts';
import { company } from '../journey/facts.ts';
import { openTestCell, type TestCell } from '../support/cell.ts';

const owner = newId();
let cell: TestCell;
beforeAll(async () => {
  cell = await openTestCell();
  await cell.as(owner)('PUT', '', company);
});

type Point = [lat: number, lng: number];
const yard: Point[] = [
  [31.23, 121.47],
  [31.23, 121.48],
  [31.24, 121.48],
  [31.24, 121.47],
];
const polygon = (points: unknown) => ({ kind: 'polygon', points });
const circle = { kind: 'circle', lat: 31.23, lng: 121.47, radiusMetres: 100 };

async function add(fence: object, id = newId()) {
  const site = { name: 'Yard', address: '1 Yard Road', fence };
  const answer = await cell.as(owner)('PUT', `/sites/${id}`, site);
  const body = (await answer.json()) as { slug?: string; errors?: { pointer: string; detail: string }[] };
  return { id, status: answer.status, slug: body.slug, errors: body.errors ?? [] };
}

test('a fence of circles and polygons is kept as drawn, and in WGS-84 to compute with', async () => {
  const { id, status } = await add({ datum: 'gcj02', shapes: [circle, polygon(yard)] });
  expect(status).toBe(200);
  const fence = fenceOf(cell.store.db, id);
  expect(JSON.parse(fence?.shapes ?? '')).toEqual({ datum: 'gcj02', shapes: [circle, polygon(yard)] });
  const [round, area] = shapesOf(fence?.wgsShapes ?? '');
  expect(round).toMatchObject({ kind: 'circle', radiusMetres: 100 });
  expect(area?.kind === 'polygon' && area.pointsE7.length).toBe(4);
  expect(round?.kind === 'circle' && Math.abs(round.lngE7 - 121.47e7)).toBeGreaterThan(30_000);
});

test('a circle may be sent in short, and is then the same circle', async () => {
  const { lat, lng, radiusMetres } = circle;
  const { id } = await add({ datum: 'wgs84', lat, lng, radiusMetres });
  expect((await add({ datum: 'wgs84', shapes: [circle] }, id)).status).toBe(200);
  expect(fencesOf(cell.store.db, id)).toHaveLength(1);
});

test('a fence drawn anew counts from then on; the same drawing again is the same, another under its id is refused', async () => {
  const { id } = await add({ datum: 'wgs84', shapes: [circle] });
  const fenceId = newId();
  const draw = async (shapes: object[]) => {
    const answer = await cell.as(owner)('PUT', `/sites/${id}/geofences/${fenceId}`, {
      datum: 'wgs84',
      shapes,
    });
    return ((await answer.json()) as { slug?: string }).slug;
  };
  expect(await draw([polygon(yard)])).toBeUndefined();
  expect(await draw([polygon(yard)])).toBeUndefined();
  expect(await draw([circle])).toBe('id-reused');
  expect(fenceOf(cell.store.db, id)?.id).toBe(fenceId);
  expect(fencesOf(cell.store.db, id)).toHaveLength(2);
});

const [a, b, c, d] = yard as [Point, Point, Point, Point];
const middle: Point = [31.235, 121.475];

test.each<[string, Point[], string | undefined]>([
  ['a bow tie', [a, c, b, d], 'fence-crosses-itself'],
  ['an outline that touches itself in a corner', [a, b, middle, c, d, middle], 'fence-crosses-itself'],
  ['an outline whose corner lies on another edge', [a, b, c, [31.23, 121.475], d], 'fence-crosses-itself'],
  ['an outline that runs back on itself', [a, b, [31.23, 121.475], d], 'fence-crosses-itself'],
  ['a corner given twice', [a, b, b, c, d], 'fence-crosses-itself'],
  ['three corners on one line', [a, [31.23, 121.475], b], 'fence-crosses-itself'],
  [
    'a square of five metres',
    [a, [31.23, 121.47005], [31.230045, 121.47005], [31.230045, 121.47]],
    'fence-too-small',
  ],
  ['a province', [a, [31.23, 122.2], [32, 122.2]], 'fence-too-large'],
  [
    'half the earth',
    [
      [-60, -179],
      [-60, 179],
      [60, 179],
      [60, -179],
    ],
    'fence-too-large',
  ],
  ['a corner on a straight wall', [a, [31.23, 121.475], b, c, d], undefined],
  ['a closed ring, as GeoJSON writes it', [a, b, c, d, a], undefined],
  ['an outline drawn the other way around', [d, c, b, a], undefined],
  ['a concave yard', [a, b, c, middle], undefined],
  [
    'a yard on the date line',
    [
      [-16.8, 179.999],
      [-16.8, -179.999],
      [-16.81, -179.999],
      [-16.81, 179.999],
    ],
    undefined,
  ],
])('%s', async (_, points, slug) => {
  const said = await add({ datum: 'wgs84', shapes: [circle, polygon(points)] });
  expect(said.slug).toBe(slug);
  if (slug) expect(said.errors.map(({ pointer }) => pointer)).toEqual(['/fence/shapes/1/points']);
});

test.each<[string, object, string]>([
  ['no shape', { datum: 'wgs84', shapes: [] }, '/fence/shapes'],
  ['nothing drawn at all', { datum: 'wgs84' }, '/fence/shapes'],
  ['too many shapes', { datum: 'wgs84', shapes: Array(21).fill(circle) }, '/fence/shapes'],
  ['two corners', { datum: 'wgs84', shapes: [polygon([a, b])] }, '/fence/shapes/0/points'],
  [
    '101 corners',
    { datum: 'wgs84', shapes: [polygon(Array.from({ length: 101 }, (_, i) => [31 + i / 1e4, 121]))] },
    '/fence/shapes/0/points',
  ],
  ['a latitude of 91', { datum: 'wgs84', shapes: [polygon([a, b, [91, 0]])] }, '/fence/shapes/0/points/2/0'],
  [
    'a longitude of 181',
    { datum: 'wgs84', shapes: [polygon([a, b, [31, 181]])] },
    '/fence/shapes/0/points/2/1',
  ],
  [
    'a number that is none',
    { datum: 'wgs84', shapes: [polygon([a, b, [Number.NaN, 121]])] },
    '/fence/shapes/0/points/2/0',
  ],
  [
    'a corner of three numbers',
    { datum: 'wgs84', shapes: [polygon([a, b, [31, 121, 5]])] },
    '/fence/shapes/0/points/2',
  ],
  [
    'a radius of six kilometres',
    { datum: 'wgs84', shapes: [{ ...circle, radiusMetres: 6000 }] },
    '/fence/shapes/0/radiusMetres',
  ],
  [
    'a square by that name',
    { datum: 'wgs84', shapes: [{ ...circle, kind: 'square' }] },
    '/fence/shapes/0/kind',
  ],
  ['no stated datum', { datum: 'unstated', shapes: [circle] }, '/fence/datum'],
  ['a circle in short that lacks its radius', { datum: 'wgs84', lat: 31, lng: 121 }, '/fence/radiusMetres'],
  ['shapes and a circle at once', { datum: 'wgs84', lat: 31, shapes: [circle] }, '/fence/lat'],
])('%s is refused where it lies', async (_, fence, pointer) => {
  const { slug, errors } = await add(fence);
  expect(slug).toBe('body-invalid');
  expect(errors.map((one) => one.pointer)).toContain(pointer);
});

test('a number too great for JSON’s numbers is refused, not kept as infinity', async () => {
  const answer = await cell.as(owner)('PUT', `/sites/${newId()}/geofences/${newId()}`, {
    datum: 'wgs84',
    shapes: [{ ...circle, lat: 1e308 }],
  });
  expect(answer.status).toBe(422);
});
