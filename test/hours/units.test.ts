/** Pieces and days of work: reported, confirmed, counted beside hours. */
import { beforeEach, describe, expect, test } from 'vitest';
import { quantityText, unitsByDay } from '../../src/hours/units.ts';
import { newId } from '../../src/kernel/id.ts';
import { civilDate } from '../../src/kernel/time.ts';
import { type HoursScene, openHours, said, slug } from '../timesheet/scene.ts';

let scene: HoursScene;
beforeEach(async () => {
  scene = await openHours();
  scene.cell.moveTo('2026-11-20T02:00:00Z');
});
const report = (change: object = {}, person = scene.worker, id = newId()) =>
  scene.cell.as(person)('PUT', `/unit-reports/${id}`, {
    engagementId: scene.engagementId,
    day: '2026-11-03',
    unit: 'piece',
    quantity: 12.5,
    ...change,
  });
const decide = (
  reportId: string,
  decision: string,
  person = scene.supervisor,
  id = newId(),
  reason = 'Counted.',
) => scene.cell.as(person)('PUT', `/unit-decisions/${id}`, { reportId, decision, reason });
const kinds = () => scene.sheet().exceptions.map(({ kind }) => kind);

test('pieces that a worker reports block the timesheet until a supervisor confirms them, and change its digest', async () => {
  const { id } = await said(report());
  const { digest } = scene.sheet();
  expect(scene.sheet()).toMatchObject({
    entries: [],
    exceptions: [{ kind: 'units-unconfirmed', blocking: true }],
  });
  await said(decide(id ?? '', 'confirmed'));
  expect(scene.sheet()).toMatchObject({
    entries: [{ day: '2026-11-03', seconds: 0, units: [{ unit: 'piece', quantityHundredths: 1250 }] }],
    exceptions: [],
    seconds: 0,
  });
  expect(scene.sheet().digest).not.toBe(digest);
  scene.cell.moveTo('2026-12-01T02:00:00Z');
  await said(scene.approve());
  expect(await slug(report())).toBe('period-approved');
  expect(await slug(decide(id ?? '', 'refused'))).toBe('period-approved');
});

test('units stand on the same entry as the hours of their day, and pay no seconds', async () => {
  await scene.shift('2026-11-03');
  await said(report({}, scene.supervisor));
  await said(report({ quantity: 7 }, scene.supervisor));
  await said(report({ unit: 'day', quantity: 0.5 }, scene.supervisor));
  expect(scene.sheet().entries).toMatchObject([
    {
      seconds: 9 * 3600,
      units: [
        { unit: 'day', quantityHundredths: 50 },
        { unit: 'piece', quantityHundredths: 1950 },
      ],
    },
  ]);
  expect(kinds()).toEqual([]);
});

test('what a supervisor refuses, or the worker withdraws, counts nothing and blocks nothing', async () => {
  const refused = (await said(report())).id ?? '';
  await said(decide(refused, 'refused'));
  const withdrawn = (await said(report())).id ?? '';
  await said(decide(withdrawn, 'withdrawn', scene.worker));
  expect(scene.sheet()).toMatchObject({ entries: [], exceptions: [] });
  await said(decide(refused, 'confirmed'));
  expect(scene.sheet().entries).toHaveLength(1);
  expect(await slug(decide(withdrawn, 'confirmed'))).toBe('already-decided');
  expect(await slug(decide(refused, 'withdrawn', scene.worker))).toBe('already-decided');
});

test('a report and a decision sent twice are one; the same id with another body is refused', async () => {
  const id = newId();
  await said(report({}, scene.worker, id));
  await said(report({}, scene.worker, id));
  expect(await slug(report({ quantity: 13 }, scene.worker, id))).toBe('id-reused');
  const decision = newId();
  await said(decide(id, 'confirmed', scene.supervisor, decision));
  await said(decide(id, 'confirmed', scene.supervisor, decision));
  expect(await slug(decide(id, 'refused', scene.supervisor, decision))).toBe('id-reused');
  expect(scene.sheet().entries).toMatchObject([{ units: [{ quantityHundredths: 1250 }] }]);
});

describe('refused are', () => {
  test.each<[string, () => Response | Promise<Response>, string]>([
    ['a day that has not come', () => report({ day: '2026-11-21' }), 'units-in-future'],
    ['a day before the engagement', () => report({ day: '2026-09-30' }), 'units-outside-engagement'],
    ['a report by a supervisor of another site', () => report({}, scene.stranger), 'not-found'],
    ['a report by HR of nobody', () => report({ engagementId: newId() }, scene.hr), 'not-found'],
    ['nothing at all', () => report({ quantity: 0 }), 'body-invalid'],
    ['a third of a day', () => report({ unit: 'day', quantity: 0.333 }), 'body-invalid'],
    ['more than one day a day', () => report({ unit: 'day', quantity: 1.5 }), 'units-more-than-a-day'],
  ])('%s', async (_, attempt, expected) => {
    expect(await slug(attempt())).toBe(expected);
  });

  test('a second day on a day, until the first is withdrawn', async () => {
    const first = (await said(report({ unit: 'day', quantity: 1 }))).id ?? '';
    expect(await slug(report({ unit: 'day', quantity: 0.5 }))).toBe('units-more-than-a-day');
    await said(decide(first, 'withdrawn', scene.worker));
    await said(report({ unit: 'day', quantity: 0.5 }));
  });

  test('one’s own confirmation, and that of a stranger', async () => {
    const { id = '' } = await said(report());
    expect(await slug(decide(id, 'confirmed', scene.worker))).toBe('own-approval');
    expect(await slug(decide(id, 'confirmed', scene.stranger))).toBe('not-found');
    expect(await slug(decide(id, 'withdrawn', scene.supervisor))).toBe('not-found');
  });
});

test('the pages show reports to both, with what to do, in both languages', async () => {
  const look = async (person: string, path: string, locale = 'en') => {
    const headers = { cookie: `locale=${locale}` };
    return (await scene.cell.as(person)('GET', `/orgs/${scene.cell.org}${path}`, undefined, headers)).text();
  };
  await said(report({ note: 'Boxes of the north hall' }));
  const sheet = `/timesheets/${scene.engagementId}/2026-11-01`;
  expect(await look(scene.worker, '/me/hours')).toContain('Boxes of the north hall');
  expect(await look(scene.worker, '/me/hours')).toContain('value="withdrawn"');
  const before = await look(scene.supervisor, sheet);
  expect(before).toContain('value="confirmed"');
  expect(before).toContain('Reported pieces or days wait');
  await said(report({ quantity: 3 }, scene.supervisor));
  expect(await look(scene.hr, sheet, 'zh-CN')).toContain('件数 3');
  const list = await scene.cell.as(scene.worker)('GET', `${scene.path('units')}`);
  expect(await list.json()).toMatchObject({
    reports: [{ decision: null }, { decision: { decision: 'confirmed' } }],
  });
});

test.each([
  [1200, '12'],
  [1250, '12.5'],
  [5, '0.05'],
  [100, '1'],
])('%i hundredths read %s', (hundredths, text) => expect(quantityText(hundredths)).toBe(text));

test('units of a day add up in any order', () => {
  const day = civilDate('2026-11-03');
  const one = { id: 'a', day, unit: 'piece' as const, quantityHundredths: 100, confirmed: true };
  const two = { ...one, id: 'b', unit: 'day' as const };
  const open = { ...one, id: 'c', confirmed: false };
  expect(unitsByDay([one, two, open, one])).toEqual(unitsByDay([open, one, one, two]));
});
