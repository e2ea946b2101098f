/** What follows a contract: an amendment, its end and secrecy hang on it, name it, and are drafted from their own templates. */
import { beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { makePasskey, openScene, type Scene, sealedContract } from './scene.ts';

let scene: Scene;
let prior: string;
beforeAll(async () => {
  scene = await openScene();
  const worker = makePasskey(scene, scene.worker);
  const owner = makePasskey(scene, scene.owner);
  const sealed = await sealedContract(
    scene,
    ({ digest }) => worker(digest),
    ({ digest }) => owner(digest),
  );
  prior = sealed.id;
});

const change = {
  term: '报酬 / pay',
  before: '每小时 ¥28.00',
  after: '每小时 ¥30.00',
  effectiveOn: '2026-12-01',
};
const follow = async (template: string, relation: string, values: object, more: object = {}) => {
  const id = newId();
  const answer = await scene.cell.as(scene.owner)('PUT', `/contracts/${id}`, {
    engagementId: scene.engagementId,
    template,
    relation,
    followsId: prior,
    validFrom: '2026-12-01',
    values,
    ...more,
  });
  const { slug } = (await answer.json()) as { slug?: string };
  const read = await scene.cell.as(scene.owner)('GET', `/contracts/${id}`);
  return { id, status: answer.status, slug, text: await read.text() };
};

test('an amendment names the contract in force and says old, new and from when', async () => {
  const { id, status, text } = await follow('amendment', 'amends', { changes: [change] });
  expect(status).toBe(200);
  expect(text).toContain('《劳务协议》');
  expect(text).toContain(prior);
  expect(text).toContain('2026年12月1日');
  const path = `/orgs/${scene.cell.org}/contracts/${id}`;
  const page = await scene.cell.as(scene.owner)('GET', path, undefined, {
    accept: 'text/html',
    cookie: 'locale=zh-CN',
  });
  expect(await page.text()).toContain('<th scope="col">原约定</th>');
  expect((await follow('amendment', 'amends', { changes: [] })).slug).toBe('field-missing');
  const undated = { ...change, effectiveOn: '' };
  expect((await follow('amendment', 'amends', { changes: [undated] })).slug).toBe('body-invalid');
});

test('an end by agreement says the last day, which is the day that it is in force from', async () => {
  const values = { grounds: 'agreed-worker', owed: 120_000, paidOn: '2026-12-05', handover: '工牌 / badge' };
  const { status, text } = await follow('termination', 'terminates', values);
  expect(status).toBe(200);
  expect(text).toContain('原合同于2026年12月1日结束');
  expect(text).toContain('¥1,200.00');
});

test('secrecy is agreed beside the contract', async () => {
  const values = { secretScope: '客户名单 / customer lists', secretMonths: 12, nonCompete: 'no' };
  expect((await follow('confidentiality', 'amends', values)).status).toBe(200);
});

test('what hangs on a contract does not stand alone, and ends nothing by another name', async () => {
  expect((await follow('amendment', 'renews', { changes: [change] })).slug).toBe('template-unfit');
  expect((await follow('termination', 'amends', {})).slug).toBe('template-unfit');
});

test.each([
  ['amend', 'values.changes.0.term'],
  ['renew', 'values.taskDescription'],
  ['end', 'values.owed'],
  ['secrecy', 'values.nonCompeteMonths'],
])('the office’s page asks what is needed to %s', async (way, field) => {
  const path = `/orgs/${scene.cell.org}/contracts/${prior}/follow?way=${way}`;
  const answer = await scene.cell.as(scene.owner)('GET', path, undefined, { accept: 'text/html' });
  expect(answer.status).toBe(200);
  const text = await answer.text();
  expect(text).toContain(`name="${field}"`);
  expect(text).toContain(`name="followsId" data-kind="hidden" value="${prior}"`);
});
