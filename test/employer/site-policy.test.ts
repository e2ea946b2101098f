/** A site's rules: who may change them, from which day they hold, and what the page says of them. */
import { beforeEach, expect, test } from 'vitest';
import { joinAsMember } from '../../src/employer/member.ts';
import { sitePolicyOn, usualPolicy } from '../../src/employer/site-policy.ts';
import { newId } from '../../src/kernel/id.ts';
import { civilDate } from '../../src/kernel/time.ts';
import { company } from '../journey/facts.ts';
import { openTestCell, type TestCell } from '../support/cell.ts';

const fence = { lat: 31.2304, lng: 121.4737, datum: 'gcj02', radiusMetres: 200 };
const [owner, supervisor] = [newId(), newId()];
let cell: TestCell;
let siteId: string;

beforeEach(async () => {
  cell = await openTestCell();
  siteId = newId();
  await cell.as(owner)('PUT', '', company);
  await cell.as(owner)('PUT', `/sites/${siteId}`, { name: 'Quay 7', address: 'Quay', fence });
  await cell.store.commit((tx) =>
    joinAsMember(
      tx,
      { personId: supervisor, displayName: 'Sun' },
      [{ role: 'supervisor', siteId }],
      'system',
      cell.at(),
    ),
  );
});

async function save(effectiveOn: string, rules: object, id = newId(), who = owner, site = siteId) {
  const answer = await cell.as(who)('PUT', `/sites/${site}/policies/${id}`, { effectiveOn, rules });
  const body = (await answer.json()) as { slug?: string; errors?: { pointer: string }[] };
  return { slug: body.slug ?? answer.status, pointers: body.errors?.map(({ pointer }) => pointer) ?? [] };
}

async function look(personId: string, locale = 'en') {
  const path = `/orgs/${cell.org}/sites/${siteId}/policy`;
  const answer = await cell.as(personId)('GET', path, undefined, { cookie: `locale=${locale}` });
  return { status: answer.status, text: await answer.text() };
}

const on = (day: string) => sitePolicyOn(cell.store.db, siteId, civilDate(day));

test('rules hold for work from their day on, and of two for one day those saved last', async () => {
  await save('2026-11-10', { place: 'require-proof' });
  await save('2026-11-20', { place: 'record' });
  await save('2026-11-20', { place: 'flag', accurateMetres: 40 });
  expect(on('2026-11-09')).toEqual(usualPolicy);
  expect(on('2026-11-10')).toMatchObject({ place: 'require-proof', accurateMetres: 25 });
  expect(on('2026-11-20')).toMatchObject({ place: 'flag', accurateMetres: 40 });
});

test('the same rules sent again are saved once; others under their id are refused', async () => {
  const id = newId();
  const rules = { rounding: { toMinutes: 15, favour: 'worker' } };
  expect((await save('2026-11-10', rules, id)).slug).toBe(200);
  expect((await save('2026-11-10', rules, id)).slug).toBe(200);
  expect((await save('2026-11-11', rules, id)).slug).toBe('id-reused');
});

test.each<[string, object, string]>([
  ['a kind of judging that there is not', { place: 'refuse' }, '/rules/place'],
  [
    'rounding to seven minutes',
    { rounding: { toMinutes: 7, favour: 'worker' } },
    '/rules/rounding/toMinutes',
  ],
  [
    'a break of no length',
    { breaks: [{ afterSeconds: 60, seconds: 0, paid: true, automatic: true }] },
    '/rules/breaks/0/seconds',
  ],
  ['pictures kept for ever', { photoDays: 4000 }, '/rules/photoDays'],
  ['a rule of one’s own', { overtime: true }, '/rules/overtime'],
])('%s is refused where it lies', async (_, rules, pointer) => {
  expect(await save('2026-11-10', rules)).toEqual({ slug: 'body-invalid', pointers: [pointer] });
});

test('owner and HR change rules; a supervisor reads them; strangers and other sites see nothing', async () => {
  expect((await save('2026-11-10', {}, newId(), supervisor)).slug).toBe('role-required');
  expect((await save('2026-11-10', {}, newId(), owner, newId())).slug).toBe('not-found');
  const read = await look(supervisor);
  expect(read.status).toBe(200);
  expect(read.text).not.toContain('data-action');
  expect((await look(newId())).status).toBe(404);
});

test('the page says what holds in plain words, and keeps what held before', async () => {
  const before = await look(owner);
  expect(before.text).toContain('is kept and shown to the supervisor');
  expect(before.text).toContain('these are the usual rules');
  await save('2026-11-01', {
    place: 'require-proof',
    rounding: { toMinutes: 15, favour: 'worker' },
    breaks: [{ afterSeconds: 21_600, seconds: 1800, paid: false, automatic: true }],
    autoApproveSeconds: 600,
  });
  const { text } = await look(owner);
  expect(text).toContain('30 min after 6 h, unpaid, automatic');
  expect(text).toContain('15 minutes · the worker (always up)');
  expect(text).toContain('name="rules.breaks.0.afterSeconds"');
  expect(text).toContain('李娜');
  expect((await look(owner, 'zh-CN')).text).toContain('满 6 小时休息 30 分钟，不计薪，自动扣除');
});

test('the page of the site names what differs from the usual', async () => {
  await save('2026-11-01', { coarsenDays: 7 });
  const path = `/orgs/${cell.org}/sites/${siteId}`;
  const answer = await cell.as(owner)('GET', path, undefined, { cookie: 'locale=en' });
  const text = await answer.text();
  expect(text).toContain('<dt>Positions are blurred after</dt><dd>7 days</dd>');
  expect(text).toContain(`href="${path}/policy"`);
});
