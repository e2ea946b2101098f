/** The API reference draws every operation of our own description, from our own files alone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeBrowser, newDesk, newPhone, overflow } from './support/browser.ts';
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
  test(`the reference is readable on a ${seat}, and nothing on it is blocked or asked from elsewhere`, async () => {
    const { context, page, troubles } = await open({ origin: product.origin, dark: seat === 'phone' });
    await page.goto('/docs');
    const rooms = page.locator('.opblock-tag');
    await rooms.first().waitFor();
    const described = await page.evaluate(
      "fetch('/openapi.json').then((answer) => answer.json()).then(({ paths }) => Object.values(paths).flatMap(Object.keys).filter((key) => key !== 'parameters').length)",
    );
    let drawn = 0;
    for (const room of await rooms.all()) {
      await room.click();
      await page.locator('.opblock').first().waitFor();
      drawn += await page.locator('.opblock').count();
      await room.click();
      await page.locator('.opblock').first().waitFor({ state: 'detached' });
    }
    expect(drawn).toBe(described);
    await page.locator('#operations-tag-work').click();
    await page.locator('#operations-work-recordPunch .opblock-summary-control').click();
    const body = page.locator('#operations-work-recordPunch .opblock-body');
    // Twice would be once from the path and once from us.
    await body.locator('[data-param-name=org]').first().waitFor();
    expect(await body.locator('[data-param-name=org]').count()).toBe(1);
    await page.locator('#operations-work-recordPunch').scrollIntoViewIfNeeded();
    await page.screenshot({ path: `out/screens/docs-${seat}.png` });
    expect(await overflow(page)).toBe(0);
    expect(troubles).toEqual([]);
    await context.close();
  });
}
