/** Who is told what about a contract, and when they are reminded. */
import { beforeEach, expect, test } from 'vitest';
import { tickCell } from '../../src/cell/tick.ts';
import { newId } from '../../src/kernel/id.ts';
import { asked, makePasskey, openScene, type Prove, type Scene, signAs } from './scene.ts';

let scene: Scene;
let worker: Prove;
let owner: Prove;

beforeEach(async () => {
  scene = await openScene();
  const [mine, theirs] = [makePasskey(scene, scene.worker), makePasskey(scene, scene.owner)];
  worker = ({ digest }) => mine(digest);
  owner = ({ digest }) => theirs(digest);
});

interface Inbox {
  readonly unread: number;
  readonly notices: readonly {
    id: string;
    kind: string;
    link: string;
    params: Record<string, string>;
    at: string;
  }[];
}
const inbox = async (personId: string) =>
  (await (await scene.cell.as(personId)('GET', '/me/notices')).json()) as Inbox;
const kinds = async (personId: string) => (await inbox(personId)).notices.map(({ kind }) => kind);
const put = (path: string, body: object, by = scene.owner) => scene.cell.as(by)('PUT', path, body);
async function offered(change: object = {}): Promise<string> {
  const id = newId();
  const { engagementId } = scene;
  const body = { engagementId, template: 'service-agreement', values: asked, ...change };
  expect((await put(`/contracts/${id}`, body)).status).toBe(200);
  return id;
}
const tick = () => tickCell(scene.cell.context, scene.cell.at());

test('each is told when it is their turn, and all when everybody has signed; by e-mail too', async () => {
  const id = await offered();
  expect(await inbox(scene.worker)).toMatchObject({
    unread: 1,
    notices: [{ kind: 'contract-to-sign', link: `/orgs/${scene.cell.org}/me/contracts/${id}` }],
  });
  expect(await kinds(scene.owner)).toEqual([]);
  await signAs(scene, scene.worker, id, 'worker', worker);
  expect(await inbox(scene.owner)).toMatchObject({
    notices: [{ kind: 'contract-to-sign', link: `/orgs/${scene.cell.org}/contracts/${id}` }],
  });
  await signAs(scene, scene.owner, id, 'employer', owner);
  expect((await kinds(scene.worker))[0]).toBe('contract-complete');
  expect((await kinds(scene.owner))[0]).toBe('contract-complete');
  await tick();
  await tick();
  expect(scene.cell.notified.map(({ personId }) => personId).sort()).toEqual(
    [scene.worker, scene.worker, scene.owner, scene.owner].sort(),
  );
});

test('a notice is read once; nobody reads another’s', async () => {
  await offered();
  const [notice] = (await inbox(scene.worker)).notices;
  const path = `/me/notices/${encodeURIComponent(notice?.id ?? '')}/reading`;
  expect((await put(path, {})).status).toBe(404);
  const page = async () =>
    (await scene.cell.as(scene.worker)('GET', `/orgs/${scene.cell.org}/me/notices`)).text();
  expect(await page()).toContain('1 条未读');
  expect((await put(path, {}, scene.worker)).status).toBe(200);
  expect((await put(path, {}, scene.worker)).status).toBe(200);
  expect((await inbox(scene.worker)).unread).toBe(0);
  expect(await page()).not.toContain('条未读');
  await offered();
  expect((await put('/me/notice-readings', {}, scene.worker)).status).toBe(200);
  expect((await inbox(scene.worker)).unread).toBe(0);
});

test('who offered hears of a refusal, who was offered hears of a taking back', async () => {
  const [declined, cancelled] = [await offered(), await offered()];
  await put(`/contracts/${declined}/decline`, { reason: '时薪不对' }, scene.worker);
  expect((await inbox(scene.owner)).notices[0]).toMatchObject({
    kind: 'contract-declined',
    params: { reason: '时薪不对' },
  });
  await put(`/contracts/${cancelled}/cancellation`, { reason: '岗位取消' });
  expect((await kinds(scene.worker))[0]).toBe('contract-cancelled');
});

/** Ticks as often as they say they want to come again, for some days; answers when reminders went out. */
async function remindersWithin(days: number): Promise<string[]> {
  const end = Date.parse(scene.cell.at()) + days * 86_400_000;
  for (;;) {
    const { nextAt } = await tick();
    if (!nextAt || Date.parse(nextAt) > end) break;
    scene.cell.moveTo(
      nextAt > scene.cell.at() ? nextAt : new Date(Date.parse(scene.cell.at()) + 1000).toISOString(),
    );
  }
  const { notices } = await inbox(scene.worker);
  return notices
    .filter(({ kind }) => kind !== 'contract-to-sign')
    .map(({ kind, at }) => `${kind} ${at.slice(0, 16)}`)
    .reverse();
}

test('five reminders, a day apart, by day on the clocks of the site', async () => {
  // Half past ten at night in Shanghai.
  scene.cell.moveTo('2026-11-02T14:30:00.000Z');
  await offered();
  expect(await remindersWithin(30)).toEqual([
    'contract-reminder 2026-11-04T00:00',
    'contract-reminder 2026-11-05T00:00',
    'contract-reminder 2026-11-06T00:00',
    'contract-reminder 2026-11-07T00:00',
    'contract-reminder 2026-11-08T00:00',
  ]);
});

test('a day before the deadline it is said that time runs out; after it nobody is reminded', async () => {
  const id = await offered({ signBy: '2026-11-12T04:00:00Z' });
  expect(await remindersWithin(30)).toEqual([
    'contract-reminder 2026-11-03T00:00',
    'contract-reminder 2026-11-04T00:00',
    'contract-reminder 2026-11-05T00:00',
    'contract-reminder 2026-11-06T00:00',
    'contract-reminder 2026-11-07T00:00',
    'contract-expires-soon 2026-11-11T04:00',
  ]);
  scene.cell.moveTo('2026-11-13T01:00:00.000Z');
  expect(
    (await put(`/contracts/${id}/deadlines/${newId()}`, { signBy: '2026-11-20T00:00:00Z' })).status,
  ).toBe(200);
  expect((await kinds(scene.worker))[0]).toBe('contract-extended');
});

test('who has signed is reminded no more', async () => {
  const id = await offered();
  await signAs(scene, scene.worker, id, 'worker', worker);
  expect(await remindersWithin(10)).toEqual([]);
  expect((await kinds(scene.owner)).filter((kind) => kind === 'contract-reminder').length).toBe(5);
});
