/** Fences of several shapes, drawn by typing, by clicking and by dragging, with no tiles; and a site's rules. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { closeBrowser, newDesk, newPhone, type Seat } from './support/browser.ts';
import { lookAtPages, openScene, openSite, type Scene, signedIn } from './support/scene.ts';

let scene: Scene;
let siteId: string;
let sitePath: string;
beforeAll(async () => {
  scene = await openScene();
});
beforeEach(async () => {
  siteId = await openSite(scene);
  sitePath = `/orgs/${scene.org}/sites/${siteId}`;
});
afterAll(async () => {
  await scene.close();
  await closeBrowser();
});

async function sit(open: typeof newDesk = newDesk): Promise<Seat> {
  const { origin } = scene.product;
  const seat = await open({ origin, locale: 'en' });
  onTestFinished(() => seat.context.close());
  await signedIn(seat.context, origin, scene.owner);
  return seat;
}

async function openFence(seat: Seat): Promise<Page> {
  await seat.page.goto(sitePath);
  await seat.page.locator('.map .leaflet-control-scale-line').waitFor();
  await seat.page.locator('.map').scrollIntoViewIfNeeded();
  return seat.page;
}

async function save(page: Page): Promise<void> {
  await Promise.all([
    page.waitForEvent('load'),
    page.getByRole('button', { name: 'Save the fence' }).click(),
  ]);
}

const map = (page: Page) => page.locator('.map');
const corners = (page: Page) => page.getByLabel('Corners');
const lines = async (page: Page) =>
  (await corners(page).inputValue()).split('\n').filter((line) => line !== '');

test('an area is typed corner by corner, without a mouse, and takes the place of the circle', async () => {
  const seat = await sit();
  const page = await openFence(seat);
  await page.getByRole('button', { name: 'Remove this shape' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Add an area' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  for (const corner of ['31.2400, 121.4930', '31.2400, 121.4950', '31.2415, 121.4950', '31.2415, 121.4930']) {
    await page.keyboard.type(corner);
    await page.keyboard.press('Enter');
  }
  expect(await page.locator('.map path.map-circle').count()).toBe(1);
  expect(await page.locator('.map .map-corner:not(.map-corner-between)').count()).toBe(4);
  await save(page);
  expect(await lines(page)).toEqual([
    '31.24, 121.493',
    '31.24, 121.495',
    '31.2415, 121.495',
    '31.2415, 121.493',
  ]);
  expect(await page.getByRole('row', { name: /Area with 4 corners/ }).count()).toBe(1);
  expect(seat.troubles).toEqual([]);
});

test('an area is clicked onto the map, a corner pulled, one put between and one taken away', async () => {
  const seat = await sit();
  const page = await openFence(seat);
  await page.getByRole('button', { name: 'Add an area' }).click();
  await map(page).scrollIntoViewIfNeeded();
  const box = await map(page).boundingBox();
  if (!box) throw new Error('no map');
  const middle = { x: box.width / 2, y: box.height / 2 };
  const around = [
    [-60, -60],
    [60, -60],
    [60, 60],
    [-60, 60],
  ] as const;
  for (const [x, y] of around) {
    await page.waitForTimeout(300);
    await map(page).click({ position: { x: middle.x + x, y: middle.y + y } });
  }
  expect(await lines(page)).toHaveLength(4);
  const before = await lines(page);
  // The last corner, pulled away.
  await page.mouse.move(box.x + middle.x - 60, box.y + middle.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + middle.x - 100, box.y + middle.y + 90, { steps: 6 });
  await page.mouse.up();
  const pulled = await lines(page);
  expect(pulled.slice(0, 3)).toEqual(before.slice(0, 3));
  expect(pulled[3]).not.toBe(before[3]);
  // Between the first and the second.
  await page.mouse.move(box.x + middle.x, box.y + middle.y - 60);
  await page.mouse.down();
  await page.mouse.move(box.x + middle.x, box.y + middle.y - 110, { steps: 6 });
  await page.mouse.up();
  const five = await lines(page);
  expect(five).toHaveLength(5);
  expect([five[0], five[2]]).toEqual(before.slice(0, 2));
  await page.getByRole('button', { name: 'Remove this corner' }).click();
  expect(await lines(page)).toEqual(pulled);
  await save(page);
  expect(await page.getByRole('row', { name: /Circle of 350 m .*Area with 4 corners/ }).count()).toBe(1);
  expect(seat.troubles).toEqual([]);
});

test('an outline that crosses itself is marked while it is drawn, and refused beside its corners', async () => {
  const { page } = await sit();
  await openFence({ page } as Seat);
  await page.getByRole('button', { name: 'Add an area' }).click();
  await corners(page).fill('31.240, 121.493\n31.242, 121.495\n31.240, 121.495\n31.242, 121.493');
  expect(await page.locator('.map path.map-circle-bad').count()).toBe(1);
  await page.getByRole('button', { name: 'Save the fence' }).click();
  const problem = page.locator('[data-problem="shapes.1.points"]:not(:empty)');
  await problem.waitFor();
  expect(await problem.textContent()).toContain('The outline of shape 2 crosses or touches itself.');
  await corners(page).fill('31.240, here');
  await page.getByRole('button', { name: 'Save the fence' }).click();
  expect(await problem.textContent()).toContain('a corner a line');
});

test('a fence without any shape is refused beside its list', async () => {
  const { page } = await sit();
  await openFence({ page } as Seat);
  await page.getByRole('button', { name: 'Remove this shape' }).click();
  await page.getByRole('button', { name: 'Save the fence' }).click();
  const problem = page.locator('[data-problem="shapes"]:not(:empty)');
  await problem.waitFor();
  expect(await problem.textContent()).toBe('Draw a circle or an area.');
});

test('what was clicked stays in its place when the datum changes, what was typed moves', async () => {
  const { page } = await sit();
  await openFence({ page } as Seat);
  await page.getByRole('button', { name: 'Add an area' }).click();
  const datum = page.getByLabel('The numbers are in');
  const drawn = () => page.locator('.map path.map-circle').nth(1).getAttribute('d');
  await corners(page).fill('31.240, 121.493\n31.241, 121.493\n31.241, 121.495');
  const typed = await drawn();
  await datum.selectOption('gcj02');
  expect(await drawn()).not.toBe(typed);
  await datum.selectOption('wgs84');
  await page.waitForTimeout(300);
  await map(page).click({ position: { x: 60, y: 60 } });
  const inWgs84 = await lines(page);
  const clicked = await drawn();
  await datum.selectOption('bd09');
  expect(await lines(page)).not.toEqual(inWgs84);
  expect(await drawn()).toBe(clicked);
});

test('the edge of a circle is pulled to its radius', async () => {
  const { page } = await sit();
  await openFence({ page } as Seat);
  const rim = await page.locator('.map .map-corner').boundingBox();
  if (!rim) throw new Error('no handle');
  await page.mouse.move(rim.x + 12, rim.y + 12);
  await page.mouse.down();
  await page.mouse.move(rim.x + 52, rim.y + 12, { steps: 5 });
  await page.mouse.up();
  expect(Number(await page.getByLabel('Radius in metres').inputValue())).toBeGreaterThan(400);
});

test('on a phone an area is tapped onto the map', async () => {
  const seat = await sit(newPhone);
  const page = await openFence(seat);
  await page.getByRole('button', { name: 'Add an area' }).tap();
  await map(page).scrollIntoViewIfNeeded();
  for (const [x, y] of [
    [100, 100],
    [220, 100],
    [160, 220],
  ] as const) {
    await page.waitForTimeout(400);
    await map(page).tap({ position: { x, y } });
  }
  await expect.poll(() => lines(page)).toHaveLength(3);
  await save(page);
  expect(seat.troubles).toEqual([]);
});

test('rules are changed with breaks added and removed, and minutes kept as seconds', async () => {
  const seat = await sit();
  const { page } = seat;
  await page.goto(`${sitePath}/policy`);
  await page.getByLabel('Who is not inside the fence').selectOption('require-proof');
  await page.getByLabel('Paid time of a day is rounded to').selectOption('15');
  const addBreak = page.getByRole('button', { name: 'Add a break' });
  for (const [index, after] of ['240', '360', '480'].entries()) {
    await addBreak.click();
    await page.getByLabel('After (minutes of work)').nth(index).fill(after);
    await page.getByLabel('Length (minutes)').nth(index).fill('20');
  }
  await page.getByRole('button', { name: 'Remove the break' }).nth(1).click();
  await Promise.all([
    page.waitForEvent('load'),
    page.getByRole('button', { name: 'Save the rules' }).click(),
  ]);
  const inForce = '20 min after 4 h, unpaid, clocked; 20 min after 8 h, unpaid, clocked';
  await page.getByText(inForce, { exact: true }).waitFor();
  expect(await page.getByLabel('After (minutes of work)').count()).toBe(2);
  await page.goto(sitePath);
  await page.getByText('needs the site code or a supervisor’s scan to clock in').waitFor();
  expect(seat.troubles).toEqual([]);
});

test('the pages of a fence of many shapes and of the rules are readable everywhere', async () => {
  const shapes = [
    {
      kind: 'polygon',
      points: [
        [31.24, 121.492],
        [31.24, 121.496],
        [31.242, 121.496],
        [31.242, 121.494],
        [31.244, 121.494],
        [31.244, 121.492],
      ],
    },
    { kind: 'circle', lat: 31.243, lng: 121.497, radiusMetres: 120 },
  ];
  const fence = { datum: 'gcj02', shapes };
  await scene.owner.ok('PUT', `${scene.api}/sites/${siteId}/geofences/${newId()}`, fence);
  await scene.owner.ok('PUT', `${scene.api}/sites/${siteId}/policies/${newId()}`, {
    effectiveOn: '2026-11-01',
    rules: {
      place: 'require-proof',
      rounding: { toMinutes: 15, favour: 'worker' },
      breaks: [{ afterSeconds: 21_600, seconds: 1800, paid: false, automatic: true }],
    },
  });
  await lookAtPages(
    scene,
    scene.owner,
    { 'site-shapes': sitePath, 'site-policy': `${sitePath}/policy` },
    ({ page }, name) =>
      name === 'site-shapes' ? page.locator('.leaflet-control-scale-line').waitFor() : Promise.resolve(),
  );
});
