/** Attendance keeps itself new while somebody looks, and leaves them where they are; the journal is read in words. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeBrowser, newDesk, newPhone } from './support/browser.ts';
import { hire, lookAtPages, openScene, openSite, punch, type Scene, signedIn } from './support/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene('2026-10-05T00:00:00.000Z');
});
afterAll(async () => {
  await scene.close();
  await closeBrowser();
});

test('a clock-in appears at once without a reload, and the page stays scrolled', async () => {
  const { origin } = scene.product;
  const siteId = await openSite(scene);
  const people = [];
  for (const name of ['李小明', 'Aigul Bekova', '韩梅梅', 'محمد العربي', '王小红', '赵一', '钱二', '孙三'])
    people.push(await hire(scene, name, siteId));
  for (const [index, one] of people.slice(0, -1).entries())
    await punch(scene, one, siteId, 'in', `2026-10-06T00:0${index}:00.000Z`);
  const { context, page, troubles } = await newPhone({ origin, locale: 'en' });
  await signedIn(context, origin, scene.owner);
  await page.goto(`/orgs/${scene.org}/attendance`);
  const late = page.getByRole('cell', { name: '孙三' });
  expect(await late.count()).toBe(0);
  await page.evaluate("window.scrollTo(0, 260); document.querySelector('.table-scroll').scrollLeft = 80");
  const last = people.at(-1);
  if (last) await punch(scene, last, siteId, 'in', '2026-10-06T00:20:00.000Z');
  // The server says when: the page's own half minute is not waited for.
  await late.first().waitFor({ state: 'attached' });
  expect(await page.evaluate("[window.scrollY, document.querySelector('.table-scroll').scrollLeft]")).toEqual(
    [260, 80],
  );
  expect(await page.locator('.as-of').textContent()).toContain('08:20');
  expect(troubles).toEqual([]);
  await context.close();
});

test('where no events come the page asks every half minute, and says when nobody answers', async () => {
  const { origin } = scene.product;
  const { context, page } = await newDesk({ origin, locale: 'en' });
  await context.route('**/attendance/events**', (route) => route.fulfill({ status: 503, body: '' }));
  await signedIn(context, origin, scene.owner);
  await page.clock.install();
  await page.goto(`/orgs/${scene.org}/attendance`);
  await page.clock.fastForward(31_000);
  await page.getByText('What changes appears by itself').waitFor();
  await context.setOffline(true);
  await page.clock.fastForward(31_000);
  await page.getByText('No connection. This is what was known at 08:20.').waitFor();
  await context.setOffline(false);
  await page.clock.fastForward(31_000);
  await page.getByText('What changes appears by itself').waitFor();
  await context.close();
});

test('a page that nobody looks at asks for nothing, and comes up to date when it is looked at again', async () => {
  const { origin } = scene.product;
  const { context, page } = await newDesk({ origin, locale: 'en' });
  await signedIn(context, origin, scene.owner);
  await page.clock.install();
  await Promise.all([page.waitForRequest(/attendance.events/), page.goto(`/orgs/${scene.org}/attendance`)]);
  let asked = 0;
  page.on('request', () => {
    asked += 1;
  });
  const show = (state: string) =>
    page.evaluate(
      `Object.defineProperty(document, 'hidden', { value: ${state === 'hidden'}, configurable: true }); document.dispatchEvent(new Event('visibilitychange'))`,
    );
  await show('hidden');
  await page.clock.fastForward(95_000);
  expect(asked).toBe(0);
  await Promise.all([page.waitForRequest(/attendance/), show('visible')]);
  await context.close();
});

test('attendance and journal are readable on a phone and at a desk', async () => {
  const base = `/orgs/${scene.org}`;
  await lookAtPages(scene, scene.owner, {
    attendance: `${base}/attendance`,
    journal: `${base}/journal`,
    'journal-verified': `${base}/journal?verify`,
  });
});
