/** What the walks through the product share: looking at a page, sending its forms, a picture to send. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { axeSerious, overflow, screenshot } from './browser.ts';

/** Nothing on the page is in anybody's way. */
export async function look(page: Page, name: string): Promise<void> {
  expect(await axeSerious(page), name).toEqual([]);
  expect(await overflow(page), name).toBe(0);
  await screenshot(page, name);
}

/** A picture a phone's camera could have made. */
export async function photo(page: Page): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const base64 = (await page.evaluate(`(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 640; canvas.height = 400;
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#cfe3d8'; pen.fillRect(0, 0, 640, 400);
    pen.fillStyle = '#24463a'; pen.font = '40px sans-serif'; pen.fillText('样证 SPECIMEN', 40, 200);
    return canvas.toDataURL('image/jpeg').split(',')[1];
  })()`)) as string;
  return { name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') };
}

/** Submits a form and answers what the API said, read before the page goes on. */
export async function submit(page: Page, form: string, path: RegExp): Promise<Record<string, string>> {
  let done: (answer: { status: number; body: Record<string, string> }) => void = () => {};
  const answered = new Promise<{ status: number; body: Record<string, string> }>((resolve) => {
    done = resolve;
  });
  await page.route(path, async (route) => {
    if (route.request().method() !== 'PUT') return route.fallback();
    const response = await route.fetch();
    done({ status: response.status(), body: (await response.json()) as Record<string, string> });
    await route.fulfill({ response });
  });
  const gone = page.waitForEvent('load');
  await page.locator(`${form} [type=submit]`).click();
  const { status, body } = await answered;
  expect(status, JSON.stringify(body)).toBe(200);
  await gone;
  await page.unroute(path);
  return body;
}

/** Clocks in or out; where the phone does not find itself inside, looks at what it says and confirms. Ends with the page loaded again. */
export async function clockHere(page: Page, name: string): Promise<void> {
  const button = page.locator('.clock-button');
  const before = await button.getAttribute('data-state');
  await button.click();
  const confirm = page.locator('.clock-card .button').first();
  const loaded = page.waitForEvent('load');
  await Promise.race([loaded, confirm.waitFor()]);
  if (await confirm.isVisible()) {
    await look(page, name);
    await confirm.click();
  }
  await loaded;
  await expect.poll(() => button.getAttribute('data-state')).not.toBe(before);
}
