import { afterAll, beforeAll, expect, test } from 'vitest';
import { keptMessages } from '../support/messages.ts';
import {
  axeSerious,
  closeBrowser,
  newDesk,
  newPhone,
  overflow,
  screenshot,
  virtualAuthenticator,
  withoutPasskeys,
} from './support/browser.ts';
import { type Product, serveProduct } from './support/server.ts';

let product: Product;
beforeAll(async () => {
  product = await serveProduct();
});
afterAll(async () => {
  await product.close();
  await closeBrowser();
});

for (const [seat, open] of Object.entries({ phone: newPhone, desk: newDesk })) {
  test(`the front door of the product is readable on a ${seat} in both schemes and languages`, async () => {
    for (const [dark, locale] of [
      [false, 'zh-CN'],
      [true, 'en'],
    ] as const) {
      const { context, page, troubles } = await open({ origin: product.origin, dark, locale });
      for (const path of ['/sign-in', '/setup?token=wrong']) {
        await page.goto(path);
        expect(await axeSerious(page), path).toEqual([]);
        expect(await overflow(page), path).toBe(0);
        await screenshot(page, `door${path.replace(/\W+/g, '-')}-${seat}-${locale}`);
      }
      expect(troubles).toEqual([]);
      await context.close();
    }
  });
}

test('the first visitor makes a passkey and registers the employer', async () => {
  const { context, page, troubles } = await newDesk({ origin: product.origin, locale: 'en' });
  await virtualAuthenticator(page);
  await page.goto(product.service.setupUrl() ?? '');
  await screenshot(page, 'door-setup-desk');
  const form = page.locator('form[data-passkey=sign-up]');
  await form.locator('input[name=displayName]').fill('陈晨');
  await form.locator('[type=submit]').click();
  await page.locator('input[name=registrationCode]').waitFor();
  await screenshot(page, 'door-register-desk');
  await page.locator('input[name=name]').fill('杭州快手物流有限公司');
  await page.locator('input[name=registrationCode]').fill('91350100M000100Y43');
  await page.locator('input[name=address]').fill('杭州市余杭区文一西路 1 号');
  await page.locator('input[name=representative]').fill('陈晨');
  await page.locator('input[name=ownerName]').fill('陈晨');
  await page.locator('[type=submit]').click();
  await page.waitForURL(/\/orgs\/[0-9a-f-]{36}/);
  expect(troubles.filter((trouble) => !trouble.includes('404'))).toEqual([]);
  await context.close();
});

test('the first visitor without passkeys comes in by a code, and finds the link closed afterwards', async () => {
  const { messages, codeTo } = keptMessages();
  const fresh = await serveProduct({ messages });
  const { context, page, troubles } = await newPhone({ origin: fresh.origin, locale: 'en' });
  await withoutPasskeys(context);
  const link = fresh.service.setupUrl() ?? '';
  await page.goto(link);
  await page.locator('form[data-code-sign-in]').waitFor();
  expect(await axeSerious(page)).toEqual([]);
  await screenshot(page, 'door-setup-without-passkeys');
  const form = page.locator('form[data-code-sign-in]');
  await form.locator('input[name=displayName]').fill('陈晨');
  await form.locator('input[name=address]').fill('13800000000');
  await form.locator('[type=submit]').click();
  const code = form.locator('input[name=code]');
  await code.waitFor();
  await code.fill(codeTo('+8613800000000'));
  await form.locator('[type=submit]').click();
  await page.locator('input[name=registrationCode]').waitFor();
  await context.clearCookies();
  await page.goto(link);
  await page.getByText('This link is no longer valid').waitFor();
  await screenshot(page, 'door-setup-closed');
  expect(troubles).toEqual([]);
  await context.close();
  await fresh.close();
});
