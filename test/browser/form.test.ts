import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { type FormBench, formBench } from '../web/form-page.tsx';
import { axeSerious, closeBrowser, newPhone, screenshot } from './support/browser.ts';
import { serveApp, type TestServer } from './support/server.ts';

let bench: FormBench;
let server: TestServer;
beforeAll(async () => {
  bench = formBench();
  server = await serveApp(bench.app);
});
afterAll(async () => {
  await server.close();
  await closeBrowser();
});
beforeEach(() => {
  bench.sent.length = 0;
  bench.files.length = 0;
  bench.answer = () => Response.json({ word: 'a b' });
});

async function open(locale: 'en' | 'zh-CN' = 'en') {
  const { context, page, troubles } = await newPhone({ origin: server.origin, locale });
  onTestFinished(() => context.close());
  await page.goto('/form');
  return { context, page, troubles };
}

const main = (page: Page) => page.locator('#main');
const send = (page: Page) => main(page).locator('[type=submit]').click();
const problemOf = (page: Page, name: string) => page.locator(`#main [data-problem="${name}"]`).textContent();
const uuid7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('every kind of field arrives as the JSON the API takes, and the page goes on', async () => {
  const { page, troubles } = await open();
  await page.getByLabel('Name').fill('  李明 ');
  await page.getByLabel('Radius').fill('１,200');
  await page.getByLabel('Latitude').fill('30.2741');
  await page.getByLabel('Rate').fill('1,234.1');
  await page.getByLabel('Yen').fill('5000');
  await page.getByLabel('At', { exact: true }).fill('2026-07-01T09:30');
  await page.getByLabel('On', { exact: true }).fill('2026-07-02');
  await page.getByLabel('Role', { exact: true }).fill('hr');
  await page.getByLabel('Sites').selectOption(['a', 'c']);
  await page.getByLabel('Agreed').check();
  await send(page);
  await page.waitForURL('**/next/**');
  expect(bench.sent).toEqual([
    {
      id: expect.stringMatching(uuid7),
      body: {
        name: '李明',
        fence: { radiusMetres: 1200 },
        lat: 30.2741,
        rateMinor: 123410,
        yenMinor: 5000,
        at: '2026-07-01T07:30:00.000Z',
        on: '2026-07-02',
        secret: 'kept',
        roles: [{ role: 'hr' }],
        siteIds: ['a', 'c'],
        agreed: true,
      },
    },
  ]);
  expect(page.url()).toBe(`${server.origin}/next/${bench.sent[0]?.id}/a%20b`);
  expect(troubles).toEqual([]);
});

test('what cannot be read is not sent, and is named beside its field', async () => {
  const { page } = await open('zh-CN');
  await page.getByLabel('Radius').fill('1.5');
  await page.getByLabel('Rate').fill('12.345');
  await send(page);
  expect(await problemOf(page, 'name')).toBe('请填写此项。');
  expect(await problemOf(page, 'fence.radiusMetres')).toBe('请输入整数。');
  expect(await problemOf(page, 'rateMinor')).toBe('请输入金额，例如 25.50。');
  expect(await page.evaluate('document.activeElement.name')).toBe('name');
  expect(bench.sent).toEqual([]);
  expect(await axeSerious(page)).toEqual([]);
  await screenshot(page, 'form-faults');
});

test("a refusal's pointers stand beside their fields, the rest above the button; mended, the same id is sent", async () => {
  const { page } = await open();
  bench.answer = () =>
    Response.json(
      {
        title: 'Some fields are not right.',
        status: 422,
        slug: 'body-invalid',
        errors: [
          { pointer: '/fence/radiusMetres', detail: 'At least 30 metres.' },
          { pointer: '/roles/0/role', detail: 'No such role.' },
          { pointer: '/secret', detail: 'Too old.' },
        ],
      },
      { status: 422, headers: { 'content-type': 'application/problem+json' } },
    );
  await page.getByLabel('Name').fill('x');
  await page.getByLabel('Radius').fill('5');
  await send(page);
  await page.locator('#main .form-problem').waitFor();
  expect(await problemOf(page, 'fence.radiusMetres')).toBe('At least 30 metres.');
  expect(await problemOf(page, 'roles.0.role')).toBe('No such role.');
  expect(await page.locator('#main .form-problem span').allTextContents()).toEqual([
    'Some fields are not right.',
    'secret: Too old.',
  ]);
  const radius = page.getByLabel('Radius');
  expect(await radius.getAttribute('aria-invalid')).toBe('true');
  expect(await page.evaluate('document.activeElement.name')).toBe('fence.radiusMetres');
  const told = (await radius.getAttribute('aria-describedby'))?.split(' ') ?? [];
  expect(await Promise.all(told.map((id) => page.locator(`#${id}`).textContent()))).toContain(
    'At least 30 metres.',
  );
  bench.answer = () => Response.json({ word: 'ok' });
  await radius.fill('50');
  await send(page);
  await page.waitForURL('**/next/**');
  expect(bench.sent.map(({ id }) => id)).toEqual([bench.sent[0]?.id, bench.sent[0]?.id]);
});

test('a double click sends once', async () => {
  const { page } = await open();
  let release = () => {};
  const held = new Promise<void>((done) => {
    release = done;
  });
  bench.answer = async () => {
    await held;
    return Response.json({ word: 'ok' });
  };
  await page.getByLabel('Name').fill('x');
  await main(page).locator('[type=submit]').dblclick();
  expect(await main(page).locator('[type=submit]').isDisabled()).toBe(true);
  // Enter in a field is a submit of its own.
  await page.getByLabel('Name').press('Enter');
  await page.evaluate("document.querySelector('#main').requestSubmit?.()");
  release();
  await page.waitForURL('**/next/**');
  expect(bench.sent).toHaveLength(1);
});

test('without a network the form keeps everything, and sending again uses the same id', async () => {
  const { context, page } = await open();
  await page.getByLabel('Name').fill('李明');
  let id = '';
  await context.route('**/api/things/*', (route) => {
    id = new URL(route.request().url()).pathname.split('/').pop() ?? '';
    return route.abort('internetdisconnected');
  });
  await send(page);
  await page.locator('#main .form-problem').waitFor();
  expect(await page.locator('#main .form-problem').textContent()).toContain('sending again is safe');
  expect(await page.getByLabel('Name').inputValue()).toBe('李明');
  expect(await main(page).locator('[type=submit]').isEnabled()).toBe(true);
  await context.unroute('**/api/things/*');
  await send(page);
  await page.waitForURL('**/next/**');
  expect(bench.sent.map((one) => one.id)).toEqual([id]);
});

test('an answer that is not ours, as from a gateway, counts as no answer', async () => {
  const { page } = await open();
  bench.answer = () => new Response('<html>502</html>', { status: 502 });
  await page.getByLabel('Name').fill('x');
  await send(page);
  await page.locator('#main .form-problem').waitFor();
  expect(await page.locator('#main .form-problem').textContent()).toContain('No answer');
});

test('a large photo is made smaller than it came, named by its digest, and sent once though the form fails', async () => {
  const { page } = await open();
  bench.answer = () => Response.json({ title: 'Later.', status: 409, slug: 'later' }, { status: 409 });
  await page.getByLabel('Name').fill('x');
  const photo = await cameraPhoto(page);
  expect(photo.length).toBeGreaterThan(2 * 1024 * 1024);
  await page.getByLabel('Photo').setInputFiles({ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: photo });
  await page.locator('.file-preview img').waitFor();
  await send(page);
  await page.locator('#main .form-problem').waitFor();
  await send(page);
  await expect.poll(() => bench.sent.length).toBe(2);
  const [file] = bench.files;
  expect(bench.files).toHaveLength(1);
  expect(file?.type).toBe('image/jpeg');
  expect(file?.bytes.length).toBeLessThan(photo.length);
  expect(bench.sent[0]?.body).toMatchObject({ photo: file?.digest });
  expect(await widthOf(page, Buffer.from(file?.bytes ?? []))).toBe(2000);
});

test('what cannot be taken back is asked about first', async () => {
  const { page } = await open();
  const end = page.locator('#end').locator('[type=submit]');
  await end.click();
  await page.getByRole('dialog', { name: 'Really end it?' }).waitFor();
  expect(await axeSerious(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  expect(bench.sent).toEqual([]);
  await end.click();
  await Promise.all([
    page.waitForEvent('load'),
    page.getByRole('dialog').getByRole('button', { name: 'End' }).click(),
  ]);
  expect(bench.sent.map(({ body }) => body)).toEqual([{ reason: 'over' }]);
});

/** A noisy picture, as large as a phone's camera makes it. */
async function cameraPhoto(page: Page): Promise<Buffer> {
  const seed = randomBytes(4).readUInt32LE();
  const base64 = (await page.evaluate(`(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = 3000; canvas.height = 2250;
    const context = canvas.getContext('2d');
    const image = context.createImageData(3000, 2250);
    let state = ${seed} | 1;
    for (let i = 0; i < image.data.length; i += 1) {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      image.data[i] = i % 4 === 3 ? 255 : state >>> 24;
    }
    context.putImageData(image, 0, 0);
    return canvas.toDataURL('image/jpeg', 0.9).split(',')[1];
  })()`)) as string;
  return Buffer.from(base64, 'base64');
}

async function widthOf(page: Page, jpeg: Buffer): Promise<number> {
  return (await page.evaluate(`(async () => {
    const image = new Image();
    image.src = 'data:image/jpeg;base64,${jpeg.toString('base64')}';
    await image.decode();
    return image.naturalWidth;
  })()`)) as number;
}
