/** The overview, before anything has happened and on a busy day. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeBrowser, newDesk } from './support/browser.ts';
import { hire, lookAtPages, openScene, openSite, punch, type Scene, signedIn } from './support/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene('2026-10-05T00:00:00.000Z');
});
afterAll(async () => {
  await scene.close();
  await closeBrowser();
});

test('a new employer is led through its first steps', async () => {
  await lookAtPages(scene, scene.owner, { 'overview-new': `/orgs/${scene.org}` });
});

test('on a busy day it shows numbers and a chart that is read by pointing, with a table that says the same', async () => {
  const siteId = await openSite(scene);
  const people = [await hire(scene, '李小明', siteId), await hire(scene, 'Aigul Bekova', siteId)];
  for (const [index, day] of [20, 21, 22, 23, 24, 27, 28, 29, 30].entries()) {
    for (const one of people.slice(index % 3 === 0 ? 1 : 0)) {
      await punch(scene, one, siteId, 'in', `2026-10-${day}T00:0${index % 5}:00.000Z`);
      await punch(scene, one, siteId, 'out', `2026-10-${day}T0${7 + (index % 3)}:30:00.000Z`);
    }
  }
  const [first] = people;
  if (first) await punch(scene, first, siteId, 'in', '2026-11-02T00:30:00.000Z');
  scene.moveTo('2026-11-02T03:00:00.000Z');
  const { context, page, troubles } = await newDesk({ origin: scene.product.origin, locale: 'en' });
  await signedIn(context, scene.product.origin, scene.owner);
  await page.goto(`/orgs/${scene.org}`);
  await page.locator('.bars canvas').waitFor();
  await page.locator('.bars .u-over').hover({ position: { x: 240, y: 90 } });
  const shown = page.locator('.bars-read').filter({ hasText: /^2026-10-2\d \w+ · \d+:\d\d$/ });
  await shown.waitFor();
  const read = await shown.textContent();
  await page.getByText('The same as a table').click();
  expect(await page.locator('.as-table tbody tr').count()).toBe(14);
  const [day = '', hours = ''] = (read ?? '').split(' · ');
  expect(await page.getByRole('row', { name: day }).textContent()).toContain(hours);
  expect(troubles).toEqual([]);
  await context.close();
  await lookAtPages(scene, scene.owner, { overview: `/orgs/${scene.org}` }, (seat) =>
    seat.page.locator('.bars canvas').waitFor(),
  );
});
