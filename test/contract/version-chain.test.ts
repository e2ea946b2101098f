/** One contract after another: what replaces, renews, amends or ends it, and what then binds on which day. */
import { beforeEach, expect, test } from 'vitest';
import { bindsOn, contractObstacle } from '../../src/contract/contract-gate.ts';
import { contractInForce } from '../../src/contract/contract-state.ts';
import { newId } from '../../src/kernel/id.ts';
import { type CivilDate, civilDate, type Instant } from '../../src/kernel/time.ts';
import { requireLiveAtSite } from '../../src/shift/shift-eligibility.ts';
import { asked, makePasskey, openScene, type Prove, type Scene, signAs } from './scene.ts';

const on = civilDate;
const facts = {
  relation: null,
  validFrom: on('2026-11-02'),
  validUntil: on('2026-11-30'),
  completedAt: '2026-11-01T00:00:00.000Z' as Instant,
  supersededOn: null,
  terminatedOn: null,
} as const;

test.each<[string, object, CivilDate, boolean]>([
  ['on its first day', {}, on('2026-11-02'), true],
  ['not before', {}, on('2026-11-01'), false],
  ['on its last day', {}, on('2026-11-30'), true],
  ['not after', {}, on('2026-12-01'), false],
  ['for ever without an end', { validUntil: null }, on('2036-01-01'), true],
  ['not before everybody has signed', { completedAt: null }, on('2026-11-10'), false],
  ['until the day before the next text', { supersededOn: on('2026-11-10') }, on('2026-11-09'), true],
  ['not from the first day of the next text', { supersededOn: on('2026-11-10') }, on('2026-11-10'), false],
  ['on the last day of a termination', { terminatedOn: on('2026-11-10') }, on('2026-11-10'), true],
  ['not the day after it', { terminatedOn: on('2026-11-10') }, on('2026-11-11'), false],
  ['never as an amendment alone', { relation: 'amends' }, on('2026-11-10'), false],
  ['never as a termination', { relation: 'terminates' }, on('2026-11-10'), false],
])('a contract binds %s', (_, change, day, binds) => {
  expect(contractInForce([{ ...facts, ...change }], day) !== undefined).toBe(binds);
});

let scene: Scene;
let keys: { worker: Prove; owner: Prove };

beforeEach(async () => {
  scene = await openScene();
  const [mine, theirs] = [makePasskey(scene, scene.worker), makePasskey(scene, scene.owner)];
  keys = { worker: ({ digest }) => mine(digest), owner: ({ digest }) => theirs(digest) };
});

const put = (path: string, body: object, by = scene.owner) => scene.cell.as(by)('PUT', path, body);
async function signed(change: object = {}): Promise<string> {
  const id = newId();
  const { engagementId } = scene;
  const body = { engagementId, template: 'service-agreement', values: asked, ...change };
  const answer = await put(`/contracts/${id}`, body);
  expect([answer.status, answer.status === 200 ? '' : await answer.text()]).toEqual([200, '']);
  await signAs(scene, scene.worker, id, 'worker', keys.worker);
  await signAs(scene, scene.owner, id, 'employer', keys.owner);
  return id;
}
const stateOf = async (id: string) =>
  ((await (await scene.cell.as(scene.owner)('GET', `/contracts/${id}`)).json()) as { state: string }).state;

test('a new text takes the place of the old one from its first day, shown with what it changes', async () => {
  const first = await signed();
  const second = newId();
  const values = { ...asked, schedule: '只在周末 weekends only' };
  const body = { engagementId: scene.engagementId, template: 'service-agreement', values };
  const following = { ...body, relation: 'replaces', followsId: first, validFrom: '2026-11-10' };
  expect((await put(`/contracts/${second}`, following)).status).toBe(200);
  const page = await (
    await scene.cell.as(scene.worker)('GET', `/orgs/${scene.cell.org}/me/contracts/${second}`)
  ).text();
  expect(page).toContain('变更内容');
  expect(page).toMatch(/<ins>[^<]*只在周末/);
  await signAs(scene, scene.worker, second, 'worker', keys.worker);
  expect(await stateOf(first)).toBe('signed');
  await signAs(scene, scene.owner, second, 'employer', keys.owner);
  scene.cell.moveTo('2026-11-10T02:00:00Z');
  expect(await stateOf(first)).toBe('superseded');
  const { db } = scene.cell.store;
  expect(bindsOn(db, first, on('2026-11-09'))).toBe(true);
  expect(bindsOn(db, first, on('2026-11-10'))).toBe(false);
  // What was replaced can be followed no more.
  const third = await put(`/contracts/${newId()}`, following);
  expect(((await third.json()) as { slug: string }).slug).toBe('contract-not-to-follow');
});

test('after its last day nobody is planned on it; before any contract nobody is stopped', async () => {
  const { db } = scene.cell.store;
  const engagement = { id: scene.engagementId, workerId: scene.workerId };
  const day = on('2026-11-20');
  expect(contractObstacle(db, engagement, day)).toBeUndefined();
  const id = await signed();
  expect(contractObstacle(db, engagement, day)).toBeUndefined();
  const notice = { side: 'worker', lastDay: '2026-11-19', reason: '返乡' };
  expect((await put(`/contracts/${id}/notice`, notice, scene.worker)).status).toBe(200);
  expect(contractObstacle(db, engagement, on('2026-11-19'))).toBeUndefined();
  expect(contractObstacle(db, engagement, day)?.slug).toBe('contract-not-in-force');
  const { siteId } = scene.cell.store.sqlite
    .prepare('SELECT site_id AS siteId FROM engagement_sites')
    .get() as {
    siteId: string;
  };
  expect(() => requireLiveAtSite(db, scene.engagementId, siteId, day)).toThrow(
    'No contract with 王小明 is in force',
  );
});
