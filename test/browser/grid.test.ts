/** The office's month: everybody's days in a table at a desk, a list on a phone, and files to take away. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
let li: Hired;
beforeAll(async () => {
  scene = await openScene('2026-10-05T00:00:00.000Z');
  const siteId = await openSite(scene);
  const people = [];
  for (const name of ['李小明', 'Aigul Bekova', '韩梅梅', 'محمد العربي', '王小红'])
    people.push(await hire(scene, name, siteId));
  li = people[0] as Hired;
  for (const day of ['05', '06', '07', '08', '09'])
    for (const [index, one] of people.entries()) {
      await punch(scene, one, siteId, 'in', `2026-10-${day}T00:0${index}:00.000Z`);
      if (index !== 3 || day !== '07')
        await punch(scene, one, siteId, 'out', `2026-10-${day}T09:3${index}:00.000Z`);
    }
  await punch(scene, li, siteId, 'in', '2026-10-12T00:00:00.000Z');
});
afterAll(async () => {
  await scene.close();
  await closeBrowser();
});

test('the names stay while the days scroll, and a day leads to its timesheet', async () => {
  const { origin } = scene.product;
  const { context, page, troubles } = await newDesk({ origin, locale: 'en' });
  await signedIn(context, origin, scene.owner);
  await page.goto(`/orgs/${scene.org}/grid?month=2026-10`);
  await page.evaluate("document.querySelector('.grid-scroll').scrollLeft = 400");
  const left = await page.evaluate(
    "document.querySelector('.grid tbody th').getBoundingClientRect().left - document.querySelector('.grid-scroll').getBoundingClientRect().left",
  );
  expect(left).toBeLessThan(3);
  await page
    .getByRole('row', { name: /韩梅梅/ })
    .getByRole('link', { name: '9:30' })
    .first()
    .click();
  await page.getByRole('heading', { name: '韩梅梅' }).waitFor();
  expect(troubles).toEqual([]);
  await context.close();
});

test('on a phone one person’s month is a calendar', async () => {
  const { origin } = scene.product;
  const { context, page } = await newPhone({ origin, locale: 'en' });
  await signedIn(context, origin, scene.owner);
  await page.goto(`/orgs/${scene.org}/grid?month=2026-10`);
  expect(await page.locator('.grid-scroll').isVisible()).toBe(false);
  await page.getByRole('link', { name: /محمد العربي/ }).click();
  await page.locator('.calendar').waitFor();
  await page.getByText('A clock-out is missing.').waitFor();
  await context.close();
});

test('hours are downloaded as a file under the employer’s name', async () => {
  const { origin } = scene.product;
  const { context, page } = await newDesk({ origin, locale: 'en' });
  await signedIn(context, origin, scene.owner);
  await page.goto(`/orgs/${scene.org}/downloads`);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('上海晨光劳务有限公司 entries 2026-10-01_2026-10-12.xlsx');
  expect((await readFile(await download.path())).subarray(0, 2).toString()).toBe('PK');
  await context.close();
});

test('a worker’s day is readable on a phone and at a desk', async () => {
  await lookAtPages(scene, li.person, { today: `/orgs/${scene.org}/me/today` });
});

test('the month is readable on a phone and at a desk', async () => {
  const base = `/orgs/${scene.org}`;
  await lookAtPages(scene, scene.owner, {
    grid: `${base}/grid?month=2026-10`,
    'grid-empty': `${base}/grid?month=2020-01`,
    'grid-person': `${base}/grid/${li.engagementId}?month=2026-10`,
  });
}, 120_000);

test('downloads and what is to resolve are readable on a phone and at a desk', async () => {
  const base = `/orgs/${scene.org}`;
  await lookAtPages(scene, scene.owner, {
    downloads: `${base}/downloads`,
    exceptions: `${base}/attendance/exceptions`,
  });
}, 120_000);
