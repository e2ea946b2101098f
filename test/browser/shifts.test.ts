/** Shifts in a browser: planned and published at a desk, confirmed and claimed on a phone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { closeBrowser, newDesk, newPhone } from './support/browser.ts';
import { type Hired, hire, lookAtPages, openScene, openSite, type Scene, signedIn } from './support/scene.ts';

let scene: Scene;
let siteId: string;
let zhang: Hired;
let li: Hired;
beforeAll(async () => {
  // Monday 2 November 2026, 09:30 in Shanghai.
  scene = await openScene();
});
afterAll(async () => {
  await scene.close();
  await closeBrowser();
});

test('before there is a site the page says what is missing', async () => {
  await lookAtPages(scene, scene.owner, { 'shifts-none': `/orgs/${scene.org}/shifts` });
});

test('a planner adds a template, plans a shift from it, reads the warning, publishes; the worker confirms it', async () => {
  siteId = await openSite(scene);
  await openSite(scene, '松江仓');
  zhang = await hire(scene, '张三', siteId);
  li = await hire(scene, '李四', siteId);
  const { origin } = scene.product;
  const { context, page, troubles } = await newDesk({ origin, locale: 'en' });
  await signedIn(context, origin, scene.owner);
  const base = `/orgs/${scene.org}/shifts`;

  await page.goto(`${base}/templates?site=${siteId}`);
  await page.getByLabel('Name').fill('Long day');
  await page.getByLabel('Starts', { exact: true }).fill('08:00');
  await page.getByLabel('Ends').fill('20:30');
  await page.getByLabel('Breaks').selectOption('one');
  await page.getByLabel('Break after (minutes of work)').first().fill('240');
  await page.getByLabel('Length (minutes)').first().fill('60');
  await Promise.all([
    page.waitForEvent('load'),
    page.getByRole('button', { name: 'Add a template' }).click(),
  ]);
  expect(
    await page.getByRole('row', { name: /Long day 08:00–20:30 1:00 break after 4:00, unpaid/ }).count(),
  ).toBe(1);

  await page.goto(`${base}?site=${siteId}`);
  await page.getByRole('link', { name: 'Add a shift: 张三, 11-04 Wed' }).click();
  await page.getByRole('link', { name: /Long day/ }).click();
  expect(await page.getByLabel('Starts', { exact: true }).inputValue()).toBe('08:00');
  expect(await page.getByRole('checkbox', { name: '张三 · 分拣员' }).isChecked()).toBe(true);
  await page.getByRole('button', { name: 'Save as a draft' }).click();
  await page.waitForURL(/\/shifts\?site=/);
  await page
    .getByRole('link', { name: /08:00–20:30 Draft/ })
    .first()
    .waitFor();

  await page.getByRole('link', { name: 'Publish (1)' }).click();
  await page.getByText('张三 works 11:30 h on 11-04 Wed; the most is 11:00 h.').waitFor();
  await page.getByText('Labour Law Art. 36 and 41').waitFor();
  await page.getByRole('button', { name: 'Publish (1)' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish (1)' }).click();
  await page.locator('[data-problem="reason"]:not(:empty)').waitFor();
  await page.getByLabel('Why all the same').fill('Stocktaking, agreed');
  await page.getByRole('button', { name: 'Publish (1)' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish (1)' }).click();
  await page.waitForURL(/\/shifts\?site=/);
  await page.locator('.week-table .shift-chip.is-published').waitFor();
  expect(troubles).toEqual([]);
  await context.close();

  const phone = await newPhone({ origin, locale: 'en' });
  await signedIn(phone.context, origin, zhang.person);
  await phone.page.goto(`/orgs/${scene.org}/me`);
  await phone.page.getByText('Changes to confirm: 1').click();
  await phone.page.getByText('New shift for you').waitFor();
  await Promise.all([
    phone.page.waitForEvent('load'),
    phone.page.getByRole('button', { name: 'I have seen it' }).click(),
  ]);
  expect(await phone.page.getByText('New shift for you').count()).toBe(0);
  await Promise.all([
    phone.page.waitForEvent('load'),
    phone.page.getByRole('button', { name: 'Make a calendar link' }).click(),
  ]);
  const link = (await phone.page.locator('#feed-link').textContent())?.trim() ?? '';
  const feed = await fetch(link);
  expect(await feed.text()).toContain('BEGIN:VEVENT');
  expect(phone.troubles).toEqual([]);
  await phone.context.close();
});

async function plan(change: object): Promise<string> {
  const [shiftId, draftId] = [newId(), newId()];
  await scene.owner.ok('PUT', `${scene.api}/shifts/${shiftId}/drafts/${draftId}`, {
    siteId,
    day: '2026-11-05',
    startTime: '08:00',
    endTime: '16:00',
    ...change,
  });
  await scene.owner.ok('PUT', `${scene.api}/shift-publications/${newId()}`, { draftIds: [draftId] });
  return shiftId;
}

test('on a phone an open shift is taken, and one is offered to a colleague who agrees; the supervisor approves', async () => {
  await plan({ day: '2026-11-06', openPlaces: 1, note: '带反光衣' });
  await plan({ day: '2026-11-07', engagementIds: [li.engagementId] });
  const { origin } = scene.product;
  const mine = await newPhone({ origin, locale: 'en' });
  await signedIn(mine.context, origin, zhang.person);
  await mine.page.goto(`/orgs/${scene.org}/me/shifts`);
  await Promise.all([
    mine.page.waitForEvent('load'),
    mine.page.getByRole('button', { name: 'Take this shift' }).click(),
  ]);
  await mine.page.getByRole('heading', { name: '11-06 Fri 08:00–16:00' }).waitFor();
  await mine.page.getByRole('link', { name: 'Give or swap' }).last().click();
  await mine.page.getByLabel('Ask whom?').selectOption({ label: '李四' });
  await mine.page.getByRole('button', { name: 'Ask', exact: true }).click();
  await mine.page.getByText('waits for the colleague').waitFor();

  const theirs = await newPhone({ origin, locale: 'en' });
  await signedIn(theirs.context, origin, li.person);
  await theirs.page.goto(`/orgs/${scene.org}/me/shifts`);
  await Promise.all([
    theirs.page.waitForEvent('load'),
    theirs.page.getByRole('button', { name: 'Agree' }).click(),
  ]);
  await theirs.page.getByText('waits for the supervisor').waitFor();

  const desk = await newDesk({ origin, locale: 'en' });
  await signedIn(desk.context, origin, scene.owner);
  await desk.page.goto(`/orgs/${scene.org}/shifts/swaps?site=${siteId}`);
  await Promise.all([
    desk.page.waitForEvent('load'),
    desk.page.getByRole('button', { name: 'Approve' }).click(),
  ]);
  await desk.page.getByText('approved').waitFor();
  await theirs.page.reload();
  await theirs.page.getByRole('heading', { name: '11-06 Fri 08:00–16:00' }).waitFor();
  for (const seat of [mine, theirs, desk]) {
    expect(seat.troubles).toEqual([]);
    await seat.context.close();
  }
});

test('the pages of shifts are readable on a phone and at a desk, in the light and in the dark', async () => {
  const shiftId = await plan({
    day: '2026-11-03',
    startTime: '22:00',
    endTime: '06:00',
    engagementIds: [li.engagementId],
  });
  const changed = newId();
  await scene.owner.ok('PUT', `${scene.api}/shifts/${shiftId}/drafts/${changed}`, {
    siteId,
    day: '2026-11-03',
    startTime: '21:00',
    endTime: '05:00',
    engagementIds: [zhang.engagementId],
  });
  await plan({ day: '2026-11-08', openPlaces: 3 });
  await plan({ day: '2026-11-04', openPlaces: 1 });
  const { templates } = (await scene.owner.ok(
    'GET',
    `${scene.api}/sites/${siteId}/shifts/2026-11-02/2026-11-08`,
  )) as unknown as { templates: { id: string }[] };
  await scene.owner.ok('PUT', `${scene.api}/rosters/${newId()}`, {
    siteId,
    name: '白班轮换',
    startsOn: '2026-11-09',
    everyWeeks: 2,
    lines: [
      { templateId: templates[0]?.id, weekdays: [1, 3, 5], engagementIds: [zhang.engagementId] },
      { templateId: templates[0]?.id, week: 2, weekdays: [2, 4], openPlaces: 2 },
    ],
  });
  const base = `/orgs/${scene.org}/shifts`;
  await lookAtPages(scene, scene.owner, {
    'shifts-week': `${base}?site=${siteId}`,
    'shifts-publish': `${base}/publish?site=${siteId}`,
    'shifts-one': `${base}/${shiftId}`,
    'shifts-new': `${base}/new?site=${siteId}&day=2026-11-05`,
    'shifts-templates': `${base}/templates?site=${siteId}`,
    'shifts-rosters': `${base}/rosters?site=${siteId}`,
    'shifts-swaps': `${base}/swaps?site=${siteId}`,
  });
  await lookAtPages(scene, zhang.person, {
    'my-shifts': `/orgs/${scene.org}/me/shifts`,
    'my-home': `/orgs/${scene.org}/me`,
  });
});
