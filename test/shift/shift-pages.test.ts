/** The pages of shifts: who sees which, what is said before anything is there, and what waits for whom. */
import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { type Colleague, openShiftScene, type ShiftScene } from './shift-scene.ts';

let scene: ShiftScene;
let zhang: Colleague;
let li: Colleague;
beforeEach(async () => {
  scene = await openShiftScene();
  zhang = await scene.hire('张三');
  li = await scene.hire('李四');
});

async function look(personId: string, path: string, locale = 'en') {
  const { cell } = scene;
  const answer = await cell.as(personId)('GET', `/orgs/${cell.org}${path}`, undefined, {
    cookie: `locale=${locale}`,
    accept: 'text/html',
  });
  return { status: answer.status, text: await answer.text() };
}
/** Without what stands in the head and the menu. */
const main = (text: string) => /<main.*<\/main>/s.exec(text)?.[0] ?? '';

test('supervisors plan for their sites, HR for all, approvers and workers not at all', async () => {
  const { text } = await look(scene.supervisor, '/shifts');
  expect(text).toContain('张三');
  expect(main(text)).not.toContain('Quay 8');
  expect(text).toContain(`href="/orgs/${scene.cell.org}/shifts"`);
  expect(main((await look(scene.owner, '/shifts')).text)).toContain('Quay 8');
  // An address with another site shows one's own.
  expect(main((await look(scene.supervisor, `/shifts?site=${scene.otherSiteId}`)).text)).not.toContain(
    'Quay 8',
  );
  const { shiftId } = await scene.draft();
  expect((await look(scene.stranger, `/shifts/${shiftId}`)).status).toBe(404);
  expect((await look(zhang.person, '/shifts')).status).toBe(404);
  expect((await look(scene.owner, '/me/shifts')).status).toBe(404);
});

test('the board tells drafts from what is published, in both languages', async () => {
  await scene.plan({ engagementIds: [zhang.engagementId] });
  const { shiftId } = await scene.draft({
    day: '2026-11-05',
    startTime: '22:00',
    endTime: '06:00',
    openPlaces: 2,
  });
  const { text } = await look(scene.supervisor, '/shifts?week=2026-11-02');
  expect(text).toContain('shift-chip is-published');
  expect(text).toContain('shift-chip is-draft');
  expect(text).toContain('22:00–06:00 (+1)');
  expect(text).toContain('2 open');
  expect(text).toContain(`href="/orgs/${scene.cell.org}/shifts/${shiftId}"`);
  const chinese = (await look(scene.supervisor, '/shifts?week=2026-11-02', 'zh-CN')).text;
  for (const word of ['草稿', '剩 2 个名额', '待领班次', '周排班']) expect(chinese).toContain(word);
  // Another week has none of it.
  expect((await look(scene.supervisor, '/shifts?week=2026-11-10')).text).not.toContain('is-published');
});

test('publishing shows before and after, the numbers and source of a warning, and asks for a reason', async () => {
  const part = await scene.hire('周七', { relationship: 'part-time' });
  const shiftId = await scene.plan({ engagementIds: [zhang.engagementId] });
  await scene.draft({ engagementIds: [part.engagementId], endTime: '13:00' }, shiftId);
  const { text } = await look(scene.supervisor, '/shifts/publish?week=2026-11-02');
  expect(text).toContain('<del>11-04 Wed 08:00–16:00</del>');
  expect(text).toContain('<ins>11-04 Wed 08:00–13:00</ins>');
  expect(text).toMatch(/\+ 周七/);
  expect(text).toMatch(/− 张三/);
  expect(text).toContain('周七 works part-time and 5:00 h a day on average');
  expect(text).toContain('Labour Contract Law Art. 68');
  expect(text).toContain('name="reason"');
  const { review } = await scene.review();
  expect(text).toContain(review.digest);
});

test('what stops a draft stands before the button is there', async () => {
  await scene.plan({ engagementIds: [zhang.engagementId] });
  await scene.draft({ startTime: '15:00', endTime: '20:00', engagementIds: [zhang.engagementId] });
  const { text } = await look(scene.supervisor, '/shifts/publish?week=2026-11-02', 'zh-CN');
  expect(text).toContain('张三 在该时段已有班次：2026-11-04 08:00–16:00');
  expect(text).not.toContain('/shift-publications/');
});

test('without drafts, templates, rosters or swaps each page says what to do next', async () => {
  const pages = {
    '/shifts/publish': 'Nothing to publish this week',
    '/shifts/templates': 'A template keeps the times',
    '/shifts/rosters': 'A roster is made of templates',
    '/shifts/swaps': 'No swaps wait for you',
  };
  for (const [path, words] of Object.entries(pages))
    expect((await look(scene.owner, path)).text).toContain(words);
  const mine = (await look(zhang.person, '/me/shifts')).text;
  expect(mine).toContain('No shift is planned for you');
  expect(mine).toContain('Make a calendar link');
});

test('a shift’s page offers what can still be done with it', async () => {
  const shiftId = await scene.plan({ engagementIds: [zhang.engagementId], note: '带手套 <b>' });
  const before = (await look(scene.supervisor, `/shifts/${shiftId}`)).text;
  expect(before).toContain('not seen yet');
  expect(before).toContain(`/shifts/${shiftId}/cancellation`);
  expect(before).toContain('带手套 &lt;b&gt;');
  scene.cell.moveTo('2026-11-04T09:00:00.000Z');
  const after = (await look(scene.supervisor, `/shifts/${shiftId}`)).text;
  expect(after).not.toContain('/cancellation');
  expect(after).not.toContain(`/shifts/${shiftId}/drafts/`);
  expect(after).toContain('Copy to other days');
});

test('a worker reads what changed, what is next, what is open and why something is not theirs to take', async () => {
  const shiftId = await scene.plan({ engagementIds: [zhang.engagementId] });
  await scene.plan({ startTime: '12:00', endTime: '20:00', openPlaces: 1 });
  await scene.plan({ day: '2026-11-06', openPlaces: 1 });
  const { text } = await look(zhang.person, '/me/shifts');
  expect(text).toContain('New shift for you');
  expect(text).toContain('11-04 Wed 08:00–16:00');
  expect(text).toContain('You already have a shift at that time');
  expect(text.match(/\/me\/shift-claims\//g)).toHaveLength(1);
  const home = (await look(zhang.person, '/me', 'zh-CN')).text;
  expect(home).toContain('有 1 条班次变更待确认');
  await scene.ok(scene.supervisor, `/shifts/${shiftId}/cancellation`, { reason: '停工' });
  // Never confirmed, and off again: there is nothing left to say.
  expect((await look(zhang.person, '/me/shifts')).text).not.toContain('New shift for you');
});

test('a swap is offered to those who can, and decided where it belongs', async () => {
  const busy = await scene.hire('王五');
  await scene.plan({ engagementIds: [busy.engagementId], startTime: '10:00', endTime: '18:00' });
  await scene.plan({ engagementIds: [zhang.engagementId] });
  const assignmentId = (await scene.mine(zhang)).shifts[0]?.assignmentId;
  const path = `/me/shifts/${assignmentId}/swap`;
  const { text } = await look(zhang.person, path);
  expect(text).toContain(`<option value="${li.engagementId}">李四</option>`);
  expect(text).not.toContain(`<option value="${busy.engagementId}">`);
  // One for the other is possible still: each gives up what would be in the way.
  expect(text).toContain(`&quot;${busy.engagementId}&quot;`);
  expect((await look(li.person, path)).status).toBe(404);
  const id = newId();
  await scene.ok(zhang.person, `/me/shift-swaps/${id}`, {
    assignmentId,
    engagementId: li.engagementId,
    note: '家里有事',
  });
  expect((await look(li.person, '/me/shifts', 'zh-CN')).text).toContain('家里有事');
  await scene.ok(li.person, `/me/shift-swaps/${id}/answer`, { answer: 'agreed' });
  const desk = (await look(scene.supervisor, '/shifts/swaps')).text;
  expect(desk).toContain('张三 gives 11-04 Wed 08:00–16:00 Quay 7 to 李四');
  expect(desk).toContain(`/shift-swaps/${id}/decision`);
  expect((await look(scene.supervisor, '/shifts')).text).toContain('Swaps (1)');
});

test('a template fills the form in, breaks and limits too', async () => {
  const templateId = newId();
  const lunch = { afterSeconds: 14_400, seconds: 2700, paid: true, automatic: false };
  await scene.ok(scene.supervisor, `/shift-templates/${templateId}`, {
    siteId: scene.siteId,
    name: '早班',
    startTime: '06:30',
    endTime: '15:00',
    breaks: [lunch],
    earlySeconds: 1200,
  });
  const { text } = await look(scene.supervisor, `/shifts/new?day=2026-11-05&template=${templateId}`);
  const value = (name: string) =>
    new RegExp(`<input[^>]*name="${name}"[^>]*value="([^"]*)"`).exec(text)?.[1] ??
    new RegExp(`<input[^>]*value="([^"]*)"[^>]*name="${name}"`).exec(text)?.[1];
  expect(['startTime', 'endTime', 'day', 'earlySeconds'].map(value)).toEqual([
    '06:30',
    '15:00',
    '2026-11-05',
    '20',
  ]);
  expect(['breaks.0.afterSeconds', 'breaks.0.seconds'].map(value)).toEqual(['240', '45']);
  expect(text).toContain('<option value="one" selected="">');
});
