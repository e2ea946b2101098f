/** A forgotten clock-out, from the worker's phone to the approved hours: asked, drawn, decided, and approved in one go. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { closeBrowser, newDesk, newPhone } from './support/browser.ts';
import {
  type Hired,
  hire,
  lookAtPages,
  openScene,
  openSite,
  punch,
  type Scene,
  signedIn,
} from './support/scene.ts';

let scene: Scene;
let siteId: string;
let worker: Hired;
const october = 'payPeriod=monthly&startsOn=2026-10-01';

beforeAll(async () => {
  scene = await openScene('2026-10-05T00:00:00.000Z');
  siteId = await openSite(scene);
  worker = await hire(scene, '李小明', siteId);
});
afterAll(async () => {
  await scene.close();
  await closeBrowser();
});

const addShift = async ({ engagementId }: Hired, day: string) => {
  for (const [kind, at] of [
    ['in', `${day}T00:00:00Z`],
    ['out', `${day}T09:00:00Z`],
  ])
    await scene.owner.ok('PUT', `${scene.api}/corrections/${newId()}`, {
      kind: 'add',
      engagementId,
      reason: '门禁记录',
      punch: { id: newId(), siteId, kind, at },
    });
};

test('a worker asks from the day in two taps, with a picture of what was; the supervisor decides beside it', async () => {
  const { origin } = scene.product;
  await punch(scene, worker, siteId, 'in', '2026-10-20T00:05:00.000Z');
  scene.moveTo('2026-10-21T01:00:00.000Z');
  const phone = await newPhone({ origin, locale: 'en' });
  await signedIn(phone.context, origin, worker.person);
  await phone.page.goto(`/orgs/${scene.org}/me/hours`);
  await phone.page.getByRole('link', { name: /A clock-out is missing/ }).click();
  await phone.page.waitForURL(/\/me\/hours\/.+\/2026-10-20$/);
  const form = phone.page.locator('form', { has: phone.page.locator('select[name="punch.kind"]') });
  await form.locator('input[name="punch.at"]').fill('2026-10-20T17:30');
  await form.locator('input[name="reason"]').fill('The phone was empty.');
  await form.getByRole('button', { name: 'Ask for it' }).click();
  await phone.page.waitForURL(/\/me\/hours$/);
  await phone.page.getByText('Add a clock-out at 10-20 17:30').first().waitFor();
  expect(phone.troubles).toEqual([]);
  await lookAtPages(scene, worker.person, {
    'hours-asked': `/orgs/${scene.org}/me/hours`,
    'hours-day': `/orgs/${scene.org}/me/hours/${worker.engagementId}/2026-10-20`,
  });
  await lookAtPages(scene, scene.owner, { 'corrections-queue': `/orgs/${scene.org}/corrections` });

  const desk = await newDesk({ origin, locale: 'en' });
  await signedIn(desk.context, origin, scene.owner);
  await desk.page.goto(`/orgs/${scene.org}/corrections`);
  await desk.page.getByLabel('Your reason').first().fill('The gate saw it.');
  await desk.page.getByRole('button', { name: 'Accept' }).click();
  await desk.page.getByText('Nothing waits for you').waitFor();
  await desk.page.getByText('The gate saw it.').waitFor();
  expect(desk.troubles).toEqual([]);
  await Promise.all([phone.context.close(), desk.context.close()]);
});

test('clean timesheets are approved in one go, and the one that changed meanwhile says so in its row', async () => {
  const { origin } = scene.product;
  const names = ['韩梅梅', 'Aigul Bekova', '王小明'];
  const crew: Hired[] = [];
  for (const name of names) crew.push(await hire(scene, name, siteId));
  scene.moveTo('2026-11-02T01:00:00.000Z');
  for (const one of crew) await addShift(one, '2026-10-19');
  await lookAtPages(scene, scene.owner, { 'sheets-list': `/orgs/${scene.org}/timesheets?${october}` });
  await lookAtPages(scene, worker.person, { 'hours-remind': `/orgs/${scene.org}/me` });
  const desk = await newDesk({ origin, locale: 'en' });
  await signedIn(desk.context, origin, scene.owner);
  await desk.page.goto(`/orgs/${scene.org}/timesheets?${october}`);
  await desk.page.getByLabel(/Aigul Bekova/).uncheck();
  const [changed] = crew;
  if (changed) await addShift(changed, '2026-10-22');
  await desk.page.getByRole('button', { name: 'Approve 2 timesheets' }).click();
  await desk.page.getByText('The hours have changed since you looked. Look again.').waitFor();
  expect(await desk.page.locator('[data-result]').allTextContents()).toContain('Approved');
  await desk.page.getByRole('link', { name: 'Look again' }).click();
  await desk.page.getByRole('button', { name: 'Approve 2 timesheets' }).click();
  await desk.page.getByRole('button', { name: /Approve \d timesheets/ }).waitFor({ state: 'detached' });
  expect(desk.troubles).toEqual([]);
  await desk.context.close();
  if (changed) {
    await addShift(changed, '2026-10-23');
    const sheet = `${changed.engagementId}/2026-10-01`;
    await lookAtPages(scene, scene.owner, { 'sheet-reopened': `/orgs/${scene.org}/timesheets/${sheet}` });
  }
});
