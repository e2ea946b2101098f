/** Sites on a map: the form's numbers and the map say the same, with and without a mouse. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { closeBrowser, newDesk } from './support/browser.ts';
import { lookAtPages, openScene, openSite, type Scene, signedIn } from './support/scene.ts';

let scene: Scene;
const siteId = newId();
beforeAll(async () => {
  scene = await openScene();
});
afterAll(async () => {
  await scene.close();
  await closeBrowser();
});

async function deskOfOwner() {
  const { origin } = scene.product;
  const seat = await newDesk({ origin, locale: 'en' });
  await signedIn(seat.context, origin, scene.owner);
  return seat;
}

test('before there is a site the page says so and leads on', async () => {
  await lookAtPages(scene, scene.owner, { 'sites-none': `/orgs/${scene.org}/sites` });
});

test('a click on the map fills the numbers in, typed numbers move the circle, and the site is there', async () => {
  const { context, page, troubles } = await deskOfOwner();
  await page.goto(`/orgs/${scene.org}/sites/new`);
  await page.locator('input[name=name]').fill('Quay 7');
  await page.locator('input[name=address]').fill('7 Quay Road');
  await page.locator('.map .leaflet-control-scale-line').waitFor();
  await page.locator('.map').click({ position: { x: 300, y: 150 } });
  const lat = page.getByLabel('Latitude');
  const lng = page.getByLabel('Longitude');
  expect(await lat.inputValue()).toMatch(/^\d+\.\d{6}$/);
  expect(await page.locator('.map-pin').count()).toBe(1);
  // What the map placed stays where it is when only its numbers' datum changes.
  const inGcj = await lng.inputValue();
  await page.getByLabel('The numbers are in').selectOption('wgs84');
  expect(await lng.inputValue()).not.toBe(inGcj);
  await page.getByLabel('The numbers are in').selectOption('gcj02');
  expect(await lng.inputValue()).toBe(inGcj);
  // Without a mouse: the fields alone.
  await lat.fill('31.2304');
  await lng.fill('121.4737');
  await page.getByLabel('Radius in metres').fill('200');
  await page.getByRole('button', { name: 'Add a site' }).click();
  await page.waitForURL(/\/sites\/[0-9a-f-]{36}$/);
  expect(await page.getByLabel('Latitude').inputValue()).toBe('31.2304');
  expect(await page.getByRole('row', { name: /200 m around 31\.230400, 121\.473700/ }).count()).toBe(1);
  expect(troubles).toEqual([]);
  await context.close();
});

test('dragging the pin and saving draws the fence anew', async () => {
  const { context, page, troubles } = await deskOfOwner();
  await page.goto(`/orgs/${scene.org}/sites`);
  await page.getByRole('link', { name: 'Quay 7' }).click();
  const pin = page.locator('.map-pin');
  await pin.waitFor();
  await pin.scrollIntoViewIfNeeded();
  const before = await page.getByLabel('Latitude').inputValue();
  const box = await pin.boundingBox();
  if (!box) throw new Error('no pin');
  await page.mouse.move(box.x + 12, box.y + 12);
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y - 40, { steps: 6 });
  await page.mouse.up();
  const after = await page.getByLabel('Latitude').inputValue();
  expect(after).not.toBe(before);
  await Promise.all([
    page.waitForEvent('load'),
    page.getByRole('button', { name: 'Save the fence' }).click(),
  ]);
  expect(await page.locator('tbody tr').count()).toBe(2);
  expect(troubles).toEqual([]);
  await context.close();
});

test('a number that cannot be is said beside its field', async () => {
  const { context, page } = await deskOfOwner();
  await page.goto(`/orgs/${scene.org}/sites/new`);
  await page.locator('input[name=name]').fill('Nowhere');
  await page.locator('input[name=address]').fill('Nowhere');
  await page.getByLabel('Latitude').fill('131');
  await page.getByLabel('Longitude').fill('121');
  await page.getByRole('button', { name: 'Add a site' }).click();
  await page.locator('[data-problem="fence.shapes.0.lat"]:not(:empty)').waitFor();
  expect(await page.getByLabel('Latitude').getAttribute('aria-invalid')).toBe('true');
  await context.close();
});

test('the pages of sites are readable on a phone and at a desk, in the light and in the dark', async () => {
  const clientId = newId();
  await scene.owner.ok('PUT', `${scene.api}/clients/${clientId}`, { name: '港湾物流' });
  await scene.owner.ok('PUT', `${scene.api}/sites/${siteId}`, {
    name: '城东物流园',
    address: '上海市浦东新区东方路 18 号',
    clientId,
    fence: { lat: 31.2404, lng: 121.4937, datum: 'gcj02', radiusMetres: 350 },
  });
  const base = `/orgs/${scene.org}/sites`;
  await lookAtPages(
    scene,
    scene.owner,
    { sites: base, 'sites-new': `${base}/new`, 'sites-one': `${base}/${siteId}` },
    ({ page }) => page.locator('.leaflet-control-scale-line').waitFor(),
  );
});

test('configured tiles are drawn, said whose they are, and nothing else from elsewhere is let in', async () => {
  const tiles = 'https://tiles.example';
  const tiled = await openScene(undefined, { TILE_URL: `${tiles}/{z}/{x}/{y}.png` });
  await openSite(tiled);
  const { context, page, troubles } = await newDesk({ origin: tiled.product.origin, locale: 'en' });
  await signedIn(context, tiled.product.origin, tiled.owner);
  const dot = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  await context.route(`${tiles}/**`, (route) => route.fulfill({ contentType: 'image/png', body: dot }));
  await page.goto(`/orgs/${tiled.org}/sites`);
  await page.locator('img.leaflet-tile-loaded').first().waitFor();
  expect(await page.locator('.leaflet-control-attribution').textContent()).toContain('tiles.example');
  expect(await page.getByText('No map pictures are set up here').count()).toBe(0);
  expect(troubles.filter((trouble) => !trouble.includes(`asked ${tiles}/`))).toEqual([]);
  await page.evaluate(
    "document.body.append(Object.assign(new Image(), { src: 'https://elsewhere.example/a.png' }))",
  );
  await expect.poll(() => troubles.some((trouble) => trouble.includes('Content Security Policy'))).toBe(true);
  await context.close();
  await tiled.close();
});
