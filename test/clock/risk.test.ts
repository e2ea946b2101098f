import { describe, expect, test } from 'vitest';
import { riskSignals, type WatchedPunch } from '../../src/clock/risk.ts';
import { newId } from '../../src/kernel/id.ts';
import type { Instant } from '../../src/kernel/time.ts';
import { openGate } from '../gate/scene.ts';

const shanghai = { latE7: 312304123, lngE7: 1214737456, accuracyMetres: 15 };
const punch = (at: string, change: Partial<WatchedPunch> = {}): WatchedPunch => ({
  id: at,
  at: at as Instant,
  day: at.slice(0, 10),
  position: { ...shanghai, latE7: shanghai.latE7 + Number(at.slice(14, 16)) + Number(at.slice(8, 10)) * 100 },
  centres: [],
  workersOfPhone: 1,
  flags: [],
  ...change,
});
const kinds = (...punches: WatchedPunch[]) => riskSignals(punches).map(({ kind }) => kind);

describe('speed since the punch before', () => {
  const beijing = { latE7: 399042000, lngE7: 1164074000, accuracyMetres: 15 };
  const morning = punch('2026-11-02T00:00:00.000Z');
  test('Shanghai to Beijing in two hours is 534 km/h, with its numbers', () => {
    const [signal] = riskSignals([punch('2026-11-02T02:00:00.000Z', { position: beijing }), morning]);
    expect(signal).toEqual({
      kind: 'impossible-speed',
      punchId: '2026-11-02T02:00:00.000Z',
      values: { km: 1067, minutes: 120, kmh: 534 },
    });
  });
  test('the train of six hours is no signal, nor a phone that jumps within its own accuracy', () => {
    expect(kinds(morning, punch('2026-11-02T06:00:00.000Z', { position: beijing }))).toEqual([]);
    const vague = { ...shanghai, latE7: shanghai.latE7 + 1_000_000, accuracyMetres: 12_000 };
    expect(kinds(morning, punch('2026-11-02T00:01:00.000Z', { position: vague }))).toEqual([]);
  });
  test('a punch without a position is passed over, so that leaving it out hides nothing', () => {
    const without = punch('2026-11-02T01:00:00.000Z', { position: null });
    expect(kinds(morning, without, punch('2026-11-02T02:00:00.000Z', { position: beijing }))).toEqual([
      'impossible-speed',
    ]);
  });
});

test('the same coordinates to the last digit are a signal on another day, not twice on one', () => {
  const same = { position: shanghai };
  expect(kinds(punch('2026-11-02T00:00:00.000Z', same), punch('2026-11-02T09:00:00.000Z', same))).toEqual([]);
  const [signal] = riskSignals([
    punch('2026-11-02T00:00:00.000Z', same),
    punch('2026-11-04T00:00:00.000Z', same),
  ]);
  expect(signal).toMatchObject({ kind: 'same-coordinates', values: { days: 2 } });
});

test.each([
  ['an accuracy of 0', { position: { ...shanghai, accuracyMetres: 0 } }, ['too-exact']],
  ['an accuracy of 2 m', { position: { ...shanghai, accuracyMetres: 2 } }, []],
  ['the exact centre of the fence', { position: shanghai, centres: [shanghai] }, ['exact-centre']],
  [
    'a metre beside the centre',
    { position: shanghai, centres: [{ ...shanghai, latE7: shanghai.latE7 + 90 }] },
    [],
  ],
  ['one browser for three workers', { workersOfPhone: 3 }, ['shared-phone']],
  ['an old code of a card', { flags: ['card-static'] }, ['card-static']],
  ['a typed number of a card', { flags: ['card-typed'] }, ['card-typed']],
])('%s', (_, change, expected) => {
  expect(kinds(punch('2026-11-02T00:00:00.000Z', change))).toEqual(expected);
});

test('the supervisor reads a signal with what it does not prove, and the hours are the same', async () => {
  const { cell, people, owner, put } = await openGate({ workers: 1 });
  const { engagementId = '', personId = '', siteId = '' } = people[0] ?? {};
  const at = { engagementId, siteId, deviceAt: cell.clock() };
  const position = { lat: 31.2304, lng: 121.4737, accuracyMetres: 0, datum: 'wgs84' };
  const said = await put(personId, `/punches/${newId()}`, { ...at, kind: 'in', position });
  expect([said.status, said.body.verdict]).toEqual([200, 'inside']);
  const page = await cell.as(owner)(
    'GET',
    `/orgs/${cell.org}/timesheets/${engagementId}/2026-11-02`,
    undefined,
    { 'accept-language': 'en' },
  );
  const text = await page.text();
  expect(text).toContain('The phone claims to be exact to 0 m.');
  expect(text).toContain('Some phones report a nonsense accuracy by themselves.');
  expect(text).toContain('The position is the drawn centre of the site');
});
