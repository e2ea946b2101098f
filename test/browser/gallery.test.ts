import { afterAll, beforeAll, expect, test } from 'vitest';
import { gallery } from '../web/gallery.tsx';
import { axeSerious, closeBrowser, newDesk, newPhone, overflow, screenshot } from './support/browser.ts';
import { serveApp, type TestServer } from './support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await serveApp(gallery);
});
afterAll(async () => {
  await server.close();
  await closeBrowser();
});

const pages = ['/worker', '/worker/card', '/worker/form', '/door', '/console', '/console/form'];
const seats = { phone: newPhone, desk: newDesk };

for (const [seat, open] of Object.entries(seats)) {
  for (const dark of [false, true]) {
    const scheme = dark ? 'dark' : 'light';
    test(`every part is readable on a ${seat} in the ${scheme}, in its width, with no error`, async () => {
      const { context, page, troubles } = await open({ origin: server.origin, dark });
      for (const path of pages) {
        await page.goto(path);
        await screenshot(page, `gallery${path.replace(/\//g, '-')}-${seat}-${scheme}`);
        expect(await axeSerious(page), path).toEqual([]);
        expect(await overflow(page), path).toBe(0);
      }
      expect(troubles).toEqual([]);
      await context.close();
    });
  }
}

test('on a phone the menu of the console opens and closes, by touch and by keyboard', async () => {
  const { context, page, troubles } = await newPhone({ origin: server.origin });
  await page.goto('/console');
  const link = page.getByRole('link', { name: '发薪', exact: true });
  expect(await link.isVisible()).toBe(false);
  await page.getByRole('checkbox', { name: '菜单' }).tap();
  expect(await link.isVisible()).toBe(true);
  await screenshot(page, 'gallery-console-menu-phone');
  expect(await axeSerious(page)).toEqual([]);
  await page.keyboard.press('Space');
  expect(await link.isVisible()).toBe(false);
  expect(troubles).toEqual([]);
  await context.close();
});

test('everything that is touched on a phone is 44 pixels high', async () => {
  const { context, page } = await newPhone({ origin: server.origin });
  for (const path of pages) {
    await page.goto(path);
    const small =
      await page.evaluate(`[...document.querySelectorAll('button, .button, .cell-link, .tab, .form-control, .form-select, .worker-back, .language, summary')]
      .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 43.5)
      .map((one) => one.className + ' ' + one.getBoundingClientRect().height)`);
    expect(small, path).toEqual([]);
  }
  await context.close();
});

test('the language switch remembers and draws the page anew', async () => {
  const { context, page } = await newPhone({ origin: server.origin });
  await page.goto('/worker');
  expect(await page.getAttribute('html', 'lang')).toBe('zh-CN');
  await Promise.all([page.waitForEvent('load'), page.click('[data-locale]')]);
  expect(await page.getAttribute('html', 'lang')).toBe('en');
  await context.close();
});
