/** The API reference draws every operation of our own description, from our own files alone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildClient } from '../../build-client.mjs';
import { closeBrowser, newDesk, newPhone, overflow } from './support/browser.ts';
import { type Product, serveProduct } from './support/server.ts';

let product: Product;
beforeAll(async () => {
  await buildClient();
  product = await serveProduct();
});
afterAll(async () => {
  await product.close();
  await closeBrowser();
});

for (const [seat, open] of Object.entries({ phone: newPhone, desk: newDesk })) {
  test(`the reference is readable on a ${seat}, and nothing on it is blocked or asked from elsewhere`, async () => {
    const { context, page, troubles } = await open({ origin: product.origin, dark: seat === 'phone' });
    await page.goto('/docs');
    await page.locator('#operations-work-recordPunch').waitFor();
    const described = await page.evaluate(
      "fetch('/openapi.json').then((answer) => answer.json()).then(({ paths }) => Object.values(paths).flatMap(Object.keys).filter((key) => key !== 'parameters').length)",
    );
    expect(await page.locator('.opblock').count()).toBe(described);
    await page.locator('#operations-work-recordPunch .opblock-summary-control').click();
    const body = page.locator('#operations-work-recordPunch .opblock-body');
    await body.waitFor();
    expect(await body.locator('[data-param-name=org]').count()).toBe(1);
    await page.locator('#operations-work-recordPunch').scrollIntoViewIfNeeded();
    await page.screenshot({ path: `out/screens/docs-${seat}.png` });
    expect(await overflow(page)).toBe(0);
    expect(troubles).toEqual([]);
    await context.close();
  });
}
