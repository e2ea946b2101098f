/** Breaks, rounding and pieces as people see them: reported on the phone, confirmed at the desk, beside the hours. */
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
let worker: Hired;

beforeAll(async () => {
  scene = await openScene('2026-10-05T00:00:00.000Z');
  const siteId = await openSite(scene);
  const rules = {
    breaks: [{ afterSeconds: 21_600, seconds: 1800, paid: false, automatic: true }],
    rounding: { toMinutes: 15, favour: 'worker' },
  };
  const policy = { effectiveOn: '2026-10-01', rules };
  await scene.owner.ok('PUT', `${scene.api}/sites/${siteId}/policies/${newId()}`, policy);
  worker = await hire(scene, '李小明', siteId);
  await punch(scene, worker, siteId, 'in', '2026-10-20T00:05:00.000Z');
  await punch(scene, worker, siteId, 'out', '2026-10-20T09:02:00.000Z');
});
afterAll(async () => {
  await scene.close();
  await closeBrowser();
});

test('half a day is reported on the phone and confirmed at the desk, and the hours show what was clocked', async () => {
  const { origin } = scene.product;
  const hours = `/orgs/${scene.org}/me/hours`;
  const sheet = `/orgs/${scene.org}/timesheets/${worker.engagementId}/2026-10-01`;
  const phone = await newPhone({ origin, locale: 'en' });
  await signedIn(phone.context, origin, worker.person);
  await phone.page.goto(hours);
  await phone.page.getByText('clocked 8:57 · break 0:30 taken off · rounded +0:03').waitFor();
  const form = phone.page.locator('form', { has: phone.page.locator('select[name="unit"]') });
  await phone.page.locator('summary', { hasText: 'Report' }).click();
  await form.locator('input[name="day"]').fill('2026-10-20');
  await form.locator('select[name="unit"]').selectOption('day');
  await form.locator('input[name="quantity"]').fill('0.5');
  await form.getByRole('button', { name: 'Report' }).click();
  await phone.page.getByText('waits for a supervisor').first().waitFor();
  expect(phone.troubles).toEqual([]);
  await lookAtPages(scene, worker.person, { 'units-asked': hours });
  await lookAtPages(scene, scene.owner, { 'units-sheet': sheet });

  const desk = await newDesk({ origin, locale: 'en' });
  await signedIn(desk.context, origin, scene.owner);
  await desk.page.goto(sheet);
  await desk.page.getByRole('button', { name: 'Confirm' }).click();
  await desk.page.getByText('Days of work 0.5').waitFor();
  expect(desk.troubles).toEqual([]);
  await Promise.all([phone.context.close(), desk.context.close()]);
});
