/** Many timesheets in one go: what was seen is what is approved, and one that is refused stops no other. */
import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { type HoursScene, openHours, said, slug } from './scene.ts';

let scene: HoursScene;
let others: string[];
beforeEach(async () => {
  scene = await openHours();
  others = [];
  for (const name of ['韩梅梅', '王小明'])
    others.push(await scene.engage((await scene.admit(name)).workerId));
  for (const of of [scene.engagementId, ...others]) await scene.shift('2026-11-03', of);
  scene.cell.moveTo('2026-12-01T02:00:00Z');
});

const seen = (engagementId: string) => ({
  engagementId,
  startsOn: '2026-11-01',
  digest: scene.sheet(engagementId).digest,
});
const approveAll = (sheets: readonly object[], person = scene.supervisor, id = newId()) =>
  scene.cell.as(person)('PUT', `/timesheet-approvals/${id}`, { sheets });
const results = async (answer: Promise<Response>) =>
  ((await said(answer)) as unknown as { sheets: { approved: boolean; slug?: string; title?: string }[] })
    .sheets;
const states = () => [scene.engagementId, ...others].map((of) => scene.sheet(of).state);

test('with one whose hours changed since they were shown, approves the others and says which and why', async () => {
  const sheets = [scene.engagementId, ...others].map(seen);
  const [changed = ''] = others;
  await scene.shift('2026-11-04', changed);
  expect(await results(approveAll(sheets))).toMatchObject([
    { approved: true },
    { approved: false, slug: 'timesheet-changed', title: expect.stringContaining('工时已有变化') },
    { approved: true },
  ]);
  expect(states()).toEqual(['approved', 'open', 'approved']);
});

test('sent twice is one; sent again after one was reopened approves nothing anew', async () => {
  const sheets = [scene.engagementId, ...others].map(seen);
  const id = newId();
  await said(approveAll(sheets, scene.supervisor, id));
  scene.cell.forward(60);
  expect((await results(approveAll(sheets, scene.supervisor, id))).every(({ approved }) => approved)).toBe(
    true,
  );
  await said(scene.cell.as(scene.hr)('PUT', scene.path('reopening'), { reason: 'A shift is missing.' }));
  await said(approveAll(sheets, scene.supervisor, id));
  expect(states()).toEqual(['reopened', 'approved', 'approved']);
});

test('refuses each for its own reason: own hours, something to mend, already approved, not to be seen', async () => {
  const [blocked = '', done = ''] = others;
  await scene.punched('in', '2026-11-05T08:00+08:00', { of: blocked });
  await said(scene.approve(scene.colleague, done));
  await scene.join('李雷', 'hr', null, scene.worker);
  const sheets = [scene.engagementId, blocked, done].map(seen);
  const all = await results(approveAll(sheets, scene.worker));
  expect(all.map((one) => one.slug)).toEqual(['own-approval', 'timesheet-blocked', 'approved-by-other']);
  const hidden = await results(approveAll(sheets, scene.stranger));
  expect(hidden.map((one) => one.slug)).toEqual(['not-found', 'not-found', 'not-found']);
});

test('of nobody, or of the same worker’s console, is no request', async () => {
  expect(await slug(approveAll([]))).toBe('body-invalid');
  expect((await approveAll([seen(scene.engagementId)], scene.worker)).status).toBe(404);
});
