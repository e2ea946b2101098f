/** The clock on a phone: what it says before the punch, what it does where a browser can little, and how light it is. */
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { closeBrowser, newDesk, newPhone, standAt } from './support/browser.ts';
import { centre, phoneOf, punchesOf, ready } from './support/clocking.ts';
import { type Hired, hire, lookAtPages, openScene, openSite, type Scene, signedIn } from './support/scene.ts';
import { look } from './support/walk.ts';
import { younger } from './support/younger.ts';

const at = '2026-11-02T01:00:00.000Z';
let scene: Scene;
let siteId: string;
beforeAll(async () => {
  scene = await openScene('2026-11-02T00:00:00.000Z');
  siteId = await openSite(scene);
});
afterAll(async () => {
  await scene.close();
  await closeBrowser();
});

async function employ(name: string, where = siteId): Promise<Hired> {
  scene.moveTo('2026-11-02T00:00:00.000Z');
  return hire(scene, name, where);
}

const button = (page: Page) => page.locator('.clock-button');
const card = (page: Page) => page.locator('.clock-card');
const home = () => `/orgs/${scene.org}/me`;

async function arrived(hired: Hired, count = 1) {
  await expect.poll(async () => (await punchesOf(scene, hired)).length, { timeout: 20_000 }).toBe(count);
  return punchesOf(scene, hired);
}

test('the clock page loads at most 80 kB of compressed script and style, with a network and without', async () => {
  const hired = await employ('王芳');
  const { context, page } = await phoneOf(scene, hired, { at });
  for (const path of [home(), '/clock']) {
    const loaded = new Map<string, Promise<Buffer>>();
    page.on('response', (response) => {
      if (/\.(js|css)(\?|$)/.test(response.url())) loaded.set(response.url(), response.body());
    });
    await page.goto(path);
    await button(page).waitFor();
    const sizes = await Promise.all([...loaded.values()].map(async (body) => gzipSync(await body).length));
    page.removeAllListeners('response');
    expect(sizes.length).toBeGreaterThan(4);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(80_000);
  }
  await context.close();
});

/** Milliseconds from the start of the page's loading to a button that can be tapped. */
const noteButton = `new MutationObserver((_, observer) => {
  if (!document.querySelector('.clock-button:not([disabled])')) return;
  window.buttonAtMs = performance.now();
  observer.disconnect();
}).observe(document, { childList: true, subtree: true })`;

test('without a network the clock can be tapped within a second on a phone four times slower', async () => {
  const hired = await employ('李强');
  // With the browser's own clock: it is what is measured by.
  const { context, page: first } = await newPhone({ origin: scene.product.origin, serviceWorkers: true });
  await context.addInitScript(noteButton);
  await signedIn(context, scene.product.origin, hired.person);
  await first.goto(home());
  await ready(first);
  await first.close();
  await context.setOffline(true);
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const page = await context.newPage();
    const client = await context.newCDPSession(page);
    await client.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await page.goto('/clock', { waitUntil: 'commit' });
    await button(page).waitFor();
    times.push(Number(await page.evaluate('window.buttonAtMs')));
  }
  expect(Math.min(...times)).toBeLessThan(1000);
  await context.close();
});

test('outside of the fence the worker hears it before confirming, may locate again, and may clock in anyway', async () => {
  const hired = await employ('张伟');
  const { context, page } = await phoneOf(scene, hired, { at, locale: 'zh-CN' });
  await standAt(context, { lat: centre.lat + 0.02, lng: centre.lng });
  await button(page).click();
  await card(page).waitFor();
  expect(await card(page).textContent()).toContain('在范围外约');
  await look(page, 'clock-outside');
  expect(await punchesOf(scene, hired)).toEqual([]);
  await card(page).getByText('暂不打卡').click();
  expect(await card(page).count()).toBe(0);
  await button(page).click();
  await standAt(context, { lat: centre.lat + 0.03, lng: centre.lng });
  await card(page).getByText('重新定位').click();
  await card(page).getByText('仍然上班打卡').click();
  expect(await arrived(hired)).toMatchObject([{ kind: 'in', verdict: 'outside', seq: 1 }]);
  await context.close();
});

test('where a proof is asked for, the site’s code is typed, or comes with its scanned address; without it one clocks in all the same', async () => {
  const strict = await openSite(scene, '北门');
  await scene.owner.ok('PUT', `${scene.api}/sites/${strict}/policies/${newId()}`, {
    effectiveOn: '2026-10-01',
    rules: { place: 'require-proof' },
  });
  const hired = await employ('刘洋', strict);
  const phone = await phoneOf(scene, hired, { at });
  const { context, page } = phone;
  await context.clearPermissions();
  await button(page).click();
  await card(page).waitFor();
  await look(page, 'clock-proof');
  await card(page).locator('[name=siteCode]').fill('12 34');
  await card(page).getByText('Clock in with the code').click();
  await card(page).getByText('The site code has six digits').waitFor();
  const { code } = await shown();
  await card(page)
    .locator('[name=siteCode]')
    .fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await Promise.all([page.waitForEvent('load'), card(page).getByText('Clock in with the code').click()]);
  expect(await arrived(hired)).toMatchObject([{ kind: 'in', proof: `site-code:${code}` }]);
  expect((await punchesOf(scene, hired))[0]?.flags).toContain('proof-given');
  await phone.moveTo('2026-11-02T09:00:00.000Z');
  const scanned = await shown();
  await page.goto(`${home()}#site-code=${scanned.code}&site=${strict}`);
  await page.getByText('The site code was read').waitFor();
  expect(new URL(page.url()).hash).toBe('');
  await Promise.all([page.waitForEvent('load'), button(page).click()]);
  expect((await arrived(hired, 2))[1]).toMatchObject({ kind: 'out', proof: `site-code:${scanned.code}` });
  await phone.moveTo('2026-11-03T01:00:00.000Z');
  await page.goto(home());
  await button(page).click();
  await card(page).getByText('Clock in anyway').click();
  expect((await arrived(hired, 3))[2]?.flags).toContain('proof-missing');
  await context.close();

  async function shown() {
    return (await scene.owner.ok('GET', `${scene.api}/sites/${strict}/code`)) as unknown as { code: string };
  }
});

test('a new phone is told of on the old one; a removed one signs no more, says so, and comes back in one step', async () => {
  const hired = await employ('陈静');
  const { origin } = scene.product;
  const old = await phoneOf(scene, hired, { at });
  const second = await phoneOf(scene, hired, { at: '2026-11-02T02:00:00.000Z' });
  await old.moveTo('2026-11-02T02:10:00.000Z');
  await old.page.goto(home());
  await old.page.getByText('A new phone signs punches for you').waitFor();
  await look(old.page, 'clock-new-phone');
  expect(await second.page.getByText('A new phone signs punches for you').count()).toBe(0);
  await old.page.getByText('Not mine, remove it').click();
  await old.page.waitForURL('**/me/devices');
  await look(old.page, 'clock-devices');
  await old.page.locator('details.removal summary').first().click();
  await old.page.locator('form [name=reason]').first().fill('不是我的');
  await old.page.locator('form[data-action*="/revocation"] [type=submit]').first().click();
  await old.page.locator('dialog [value=yes]').click();
  await old.page.getByText('Removed', { exact: true }).waitFor();
  await second.page.goto(home());
  await second.page.getByText('This phone was removed').waitFor();
  await look(second.page, 'clock-removed');
  await second.page.getByText('Use this phone again').click();
  await second.page.getByText('This phone was removed').waitFor({ state: 'detached' });
  await button(second.page).click();
  expect(await arrived(hired)).toMatchObject([{ seq: 1, flags: expect.not.arrayContaining(['unsigned']) }]);
  const desk = await newDesk({ origin });
  await signedIn(desk.context, origin, scene.owner);
  await desk.page.goto(`/orgs/${scene.org}/people/${hired.workerId}`);
  expect(await desk.page.locator('main').textContent()).toContain('不是我的');
  await look(desk.page, 'clock-devices-hr');
  for (const seat of [old, second, desk]) await seat.context.close();
});

test('a browser that can keep no key clocks in by the session, and says that nothing is signed', async () => {
  const hired = await employ('杨帆');
  const { context, page } = await newPhone({ origin: scene.product.origin, locale: 'en' });
  await context.addInitScript("Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined })");
  await context.addInitScript('delete window.indexedDB');
  await context.addInitScript("Object.defineProperty(window, 'indexedDB', { get: () => undefined })");
  await signedIn(context, scene.product.origin, hired.person);
  await standAt(context, centre);
  scene.moveTo(at);
  await context.clock.setFixedTime(Date.parse(at));
  await page.goto(home());
  await page.getByText('your punches are not signed by this phone').waitFor();
  await page.getByText('Keep this page open until your punch is sent').waitFor();
  await look(page, 'clock-unsigned');
  await button(page).click();
  expect(await arrived(hired)).toMatchObject([{ seq: null, flags: expect.arrayContaining(['unsigned']) }]);
  await context.close();
});

test('an employer that does not know the phone yet is told of it when the first punch arrives', async () => {
  const hired = await employ('许文');
  const { context, page } = await newPhone({ origin: scene.product.origin, locale: 'en' });
  await signedIn(context, scene.product.origin, hired.person);
  await standAt(context, centre);
  scene.moveTo(at);
  await context.clock.setFixedTime(Date.parse(at));
  await page.route('**/me/devices/*', (route) => route.abort());
  const bound = page.waitForResponse(/\/api\/devices\//);
  await page.goto(home());
  await bound;
  await page.reload();
  await button(page).click();
  await page.locator('[data-list=waiting] [data-punch]').waitFor();
  expect(await punchesOf(scene, hired)).toEqual([]);
  await page.unroute('**/me/devices/*');
  expect(await arrived(hired)).toMatchObject([{ seq: 1, flags: expect.not.arrayContaining(['unsigned']) }]);
  await context.close();
});

test('who taps while the phone is still being enrolled signs all the same', async () => {
  const hired = await employ('冯玉');
  const { context, page } = await newPhone({ origin: scene.product.origin, locale: 'en' });
  await signedIn(context, scene.product.origin, hired.person);
  await standAt(context, centre);
  scene.moveTo(at);
  await context.clock.setFixedTime(Date.parse(at));
  const slowly = 700;
  await page.route(/\/api\/devices\//, async (route) => {
    await new Promise((done) => setTimeout(done, slowly));
    await route.continue();
  });
  await page.goto(home());
  await button(page).click();
  expect(await arrived(hired)).toMatchObject([{ seq: 1, flags: expect.not.arrayContaining(['unsigned']) }]);
  await context.close();
});

test('a browser as old as Chrome 90 and Safari 15.0 signs, keeps and sends like any other', async () => {
  const hired = await employ('马超');
  const { context, page, troubles } = await newPhone({ origin: scene.product.origin, locale: 'en' });
  await context.addInitScript(younger);
  await context.addInitScript(
    "Object.defineProperty(Navigator.prototype, 'locks', { get: () => undefined }); delete StorageManager.prototype.estimate; delete StorageManager.prototype.persist;",
  );
  await signedIn(context, scene.product.origin, hired.person);
  await standAt(context, centre);
  await page.goto(home());
  await page.waitForResponse(/\/me\/devices\//);
  await button(page).click();
  expect(await arrived(hired)).toMatchObject([{ seq: 1, flags: expect.not.arrayContaining(['unsigned']) }]);
  expect(troubles).toEqual([]);
  await context.close();
});

test('a phone that can keep nothing more says that the punch was not kept', async () => {
  const hired = await employ('罗兰');
  const { context, page } = await phoneOf(scene, hired, { at });
  await page.evaluate(
    "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }",
  );
  await button(page).click();
  await page.getByText('could not keep the punch').waitFor();
  expect(await button(page).isEnabled()).toBe(true);
  expect(await punchesOf(scene, hired)).toEqual([]);
  await context.close();
});

test('a phone that is nearly full says so, and so does a browser that may forget what waits', async () => {
  const hired = await employ('黄丽');
  const phone = await phoneOf(scene, hired, { at, locale: 'zh-CN' });
  const { context, page } = phone;
  await context.addInitScript(
    'StorageManager.prototype.estimate = async () => ({ usage: 99e6, quota: 100e6 }); StorageManager.prototype.persist = StorageManager.prototype.persisted = async () => false;',
  );
  await page.goto(home());
  await page.getByText('手机存储空间即将用尽').waitFor();
  expect(await page.getByText('可能删除待发送的打卡').count()).toBe(0);
  await context.setOffline(true);
  await button(page).click();
  await page.getByText('可能删除待发送的打卡').waitFor();
  await look(page, 'clock-storage');
  await context.close();
});

test('the clock goes on a home screen under its name in either language', async () => {
  for (const [locale, name] of [
    ['en', 'Workcard'],
    ['zh-CN', '工作卡'],
  ] as const) {
    const { context, page } = await newPhone({ origin: scene.product.origin, locale });
    await page.goto('/clock');
    const client = await context.newCDPSession(page);
    const { url, errors, data } = await client.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    expect(url).toContain(`app-${locale}.webmanifest`);
    const manifest = JSON.parse(data ?? '{}') as {
      name: string;
      start_url: string;
      icons: { src: string; sizes: string; purpose?: string }[];
    };
    expect(manifest).toMatchObject({ name, start_url: '/clock', display: 'standalone' });
    expect(manifest.icons.map(({ sizes, purpose = 'any' }) => `${sizes} ${purpose}`)).toEqual(
      expect.arrayContaining(['192x192 any', '512x512 any', '512x512 maskable']),
    );
    for (const { src } of [...manifest.icons, { src: '/favicon.ico' }, { src: '/assets/icon-180.png' }])
      expect((await context.request.get(src)).status(), src).toBe(200);
    await context.close();
  }
});

test('the phones that sign are readable on a phone and at a desk', async () => {
  const hired = await employ('何敏');
  const phone = await phoneOf(scene, hired, { at });
  await ready(phone.page);
  await phone.context.close();
  await lookAtPages(scene, hired.person, { home: home(), devices: `${home()}/devices` });
  await lookAtPages(scene, scene.owner, { 'devices-hr': `/orgs/${scene.org}/people/${hired.workerId}` });
});
