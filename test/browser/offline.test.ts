/** Clocking in without a network: kept, signed, sent once, and never lost or shown to somebody else. */
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeBrowser } from './support/browser.ts';
import { phoneOf, punchesOf, ready } from './support/clocking.ts';
import { type Hired, hire, openScene, openSite, type Scene, signedIn } from './support/scene.ts';
import { look } from './support/walk.ts';

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

/** Each has a worker of their own, so that no test sees another's punches. */
async function employ(name: string): Promise<Hired> {
  scene.moveTo('2026-11-02T00:00:00.000Z');
  return hire(scene, name, siteId);
}

const button = (page: Page) => page.locator('.clock-button');
const waiting = (page: Page) => page.locator('[data-list=waiting] [data-punch]');

/** Taps, and waits until the punch is on the phone. */
async function tapOffline(page: Page): Promise<void> {
  const before = await waiting(page).count();
  await button(page).click();
  await expect.poll(() => waiting(page).count(), { timeout: 10_000 }).toBe(before + 1);
}

async function arrived(hired: Hired, count: number) {
  await expect.poll(async () => (await punchesOf(scene, hired)).length, { timeout: 20_000 }).toBe(count);
  return punchesOf(scene, hired);
}

test('without a network the clock opens, keeps both punches over a restart, and sends each once with its right time', async () => {
  const hired = await employ('王芳');
  const phone = await phoneOf(scene, hired, { at: '2026-11-02T00:55:00.000Z' });
  const { context } = phone;
  await context.setOffline(true);
  await phone.moveTo('2026-11-02T01:00:00.000Z');
  let page = await phone.restart();
  await page.goto('/clock');
  await look(page, 'offline-clock');
  expect(await button(page).textContent()).toContain('Clock in');
  await tapOffline(page);
  expect(await button(page).textContent()).toContain('Clock out');
  await look(page, 'offline-waiting');
  await phone.moveTo('2026-11-02T09:30:00.000Z');
  page = await phone.restart();
  // The address that worked with a network works without one.
  await page.goto(`/orgs/${scene.org}/me`);
  await waiting(page).first().waitFor();
  await tapOffline(page);
  expect(await punchesOf(scene, hired)).toEqual([]);
  await phone.moveTo('2026-11-02T12:00:00.000Z');
  page = await phone.restart();
  await page.goto('/clock');
  await context.setOffline(false);
  const [first, second, ...more] = await arrived(hired, 2);
  expect([first, second]).toMatchObject([
    { kind: 'in', seq: 1, effectiveAt: '2026-11-02T01:00:00.000Z', flags: expect.arrayContaining(['late']) },
    { kind: 'out', seq: 2, effectiveAt: '2026-11-02T09:30:00.000Z', flags: expect.arrayContaining(['late']) },
  ]);
  expect(more).toEqual([]);
  expect(second?.previousDigest).toBe(first?.recordDigest);
  await expect.poll(() => waiting(page).count()).toBe(0);
  await page.locator('[data-list=arrived] [data-punch]').first().waitFor();
  await look(page, 'offline-arrived');
  expect(await page.locator('[data-list=arrived]').textContent()).toContain('arrived 11 h late');
  await context.close();
});

test('a phone two hours ahead yields the right hours, and says that its clock is wrong', async () => {
  const hired = await employ('李强');
  const phone = await phoneOf(scene, hired, {
    at: '2026-11-02T00:55:00.000Z',
    aheadMs: 2 * 3_600_000,
    locale: 'zh-CN',
  });
  const { context, page } = phone;
  await page.getByText('手机时钟快 2 小时').waitFor();
  // The hour at the site, not the phone's.
  expect(await button(page).textContent()).toContain('08:55');
  await context.setOffline(true);
  await phone.moveTo('2026-11-02T01:00:00.000Z');
  await tapOffline(page);
  await phone.moveTo('2026-11-02T09:00:00.000Z');
  await tapOffline(page);
  await look(page, 'offline-clock-ahead');
  await phone.moveTo('2026-11-02T10:00:00.000Z');
  await context.setOffline(false);
  const kept = await arrived(hired, 2);
  expect(kept.map(({ effectiveAt }) => effectiveAt)).toEqual([
    '2026-11-02T01:00:00.000Z',
    '2026-11-02T09:00:00.000Z',
  ]);
  await context.close();
});

let queueScript = '';
async function withQueue(page: Page): Promise<Page> {
  queueScript ||=
    (
      await build({
        entryPoints: ['test/web/queue-page.ts'],
        bundle: true,
        format: 'iife',
        write: false,
      })
    ).outputFiles[0]?.text ?? '';
  await page.evaluate(queueScript);
  return page;
}

for (const locks of [true, false]) {
  test(`two tabs and fifty punches leave no gap and no fork, ${locks ? 'with' : 'without'} the browser’s locks`, async () => {
    const hired = await employ(locks ? '赵一' : '钱二');
    const phone = await phoneOf(scene, hired, { at: '2026-11-02T01:00:00.000Z' });
    const { context } = phone;
    if (!locks)
      await context.addInitScript(
        "Object.defineProperty(Navigator.prototype, 'locks', { get: () => undefined })",
      );
    await context.setOffline(true);
    const tabs = [await phone.restart(), await context.newPage()];
    for (const tab of tabs) {
      await tab.goto('/clock');
      await button(tab).waitFor();
      await withQueue(tab);
    }
    await Promise.all(tabs.map((tab) => tab.evaluate('tapOften(25)')));
    await context.setOffline(false);
    const kept = await arrived(hired, 50);
    expect(kept.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(kept.map(({ previousDigest }) => previousDigest)).toEqual([
      null,
      ...kept.slice(0, -1).map(({ recordDigest }) => recordDigest),
    ]);
    await context.close();
  });
}

test('a tab that fell asleep with the locks in hand holds up neither a tap nor the sending', async () => {
  const hired = await employ('蒋九');
  const phone = await phoneOf(scene, hired, { at: '2026-11-02T01:00:00.000Z' });
  const { context, page } = phone;
  const asleep = await context.newPage();
  await asleep.goto('/clock');
  await context.setOffline(true);
  await asleep.evaluate(
    "for (const name of ['workcard-chain', 'workcard-sending']) void navigator.locks.request(name, () => new Promise(() => undefined))",
  );
  await tapOffline(page);
  await tapOffline(page);
  await context.setOffline(false);
  // Its own attempts come ever less often; the fifth no longer asks for the lock.
  await expect
    .poll(async () => (await punchesOf(scene, hired)).length, { timeout: 50_000, interval: 500 })
    .toBe(2);
  await context.close();
});

test('a new service worker in mid-queue loses nothing', async () => {
  const hired = await employ('孙三');
  const phone = await phoneOf(scene, hired, { at: '2026-11-02T01:00:00.000Z' });
  const { context, page } = phone;
  await context.setOffline(true);
  await tapOffline(page);
  await context.route('**/api/orgs/*/punches/*', (route) => route.abort());
  await context.setOffline(false);
  await page.evaluate(`new Promise((done) => {
    navigator.serviceWorker.addEventListener('controllerchange', () => done());
    void navigator.serviceWorker.register('/sw.js?next');
  })`);
  expect(await punchesOf(scene, hired)).toEqual([]);
  const again = await phone.restart();
  await again.goto('/clock');
  await waiting(again).waitFor();
  await context.unroute('**/api/orgs/*/punches/*');
  expect(await arrived(hired, 1)).toMatchObject([{ kind: 'in', seq: 1 }]);
  await context.close();
});

test('with no page open the browser wakes the service worker, which sends what waits', async () => {
  const hired = await employ('卫八');
  const phone = await phoneOf(scene, hired, { at: '2026-11-02T01:00:00.000Z' });
  const { context, page } = phone;
  const client = await context.newCDPSession(page);
  const registered = new Promise<string>((done) => {
    client.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      if (registrations[0]) done(registrations[0].registrationId);
    });
  });
  await client.send('ServiceWorker.enable');
  const registrationId = await registered;
  await context.setOffline(true);
  await tapOffline(page);
  // The page may look on only: it does not send.
  await page.evaluate('window.fetch = () => new Promise(() => undefined)');
  await context.setOffline(false);
  await client.send('ServiceWorker.dispatchSyncEvent', {
    origin: scene.product.origin,
    registrationId,
    tag: 'punches',
    lastChance: true,
  });
  expect(await arrived(hired, 1)).toMatchObject([{ kind: 'in', seq: 1 }]);
  await context.close();
});

test('signing out takes names, places and results off the phone; what waits is still sent, and shown to nobody', async () => {
  const hired = await employ('周四');
  const phone = await phoneOf(scene, hired, { at: '2026-11-02T01:00:00.000Z' });
  const { context, page } = phone;
  await context.route('**/api/orgs/*/punches/*', (route) => route.abort());
  await button(page).click();
  await waiting(page).waitFor();
  await page.goto('/account');
  await page.locator('form[data-action="/api/sign-out"] [type=submit]').click();
  await page.waitForURL('**/sign-in');
  await context.setOffline(true);
  await page.goto('/clock');
  await page.getByText('Nothing is kept on this phone').waitFor();
  const shown = await page.locator('body').textContent();
  expect(shown).not.toContain('周四');
  expect(shown).not.toContain('城东物流园');
  await look(page, 'offline-signed-out');
  await context.unroute('**/api/orgs/*/punches/*');
  await context.setOffline(false);
  expect(await arrived(hired, 1)).toMatchObject([{ kind: 'in', seq: 1 }]);
  const next = await employ('吴五');
  await signedIn(context, scene.product.origin, next.person);
  await page.goto(`/orgs/${scene.org}/me`);
  await ready(page);
  await context.setOffline(true);
  await page.goto('/clock');
  await button(page).waitFor();
  expect(await button(page).textContent()).toContain('Clock in');
  await context.close();
});

test('a session that has ended holds nothing up: the key alone says whose the punch is', async () => {
  const hired = await employ('郑六');
  const phone = await phoneOf(scene, hired, { at: '2026-11-02T01:00:00.000Z' });
  const { context, page } = phone;
  await context.setOffline(true);
  await tapOffline(page);
  await context.clearCookies();
  await context.setOffline(false);
  expect(await arrived(hired, 1)).toMatchObject([{ kind: 'in', seq: 1 }]);
  const again = await phone.restart();
  await again.goto('/clock');
  await again.getByText('You are signed out').waitFor();
  await button(again).waitFor();
  await look(again, 'offline-session-ended');
  await context.close();
});

test('what the server refuses is said with its reason until it is dismissed, and holds up nothing behind it', async () => {
  const hired = await employ('冯七');
  const phone = await phoneOf(scene, hired, { at: '2026-11-02T01:00:00.000Z', locale: 'zh-CN' });
  const { context, page } = phone;
  await context.setOffline(true);
  await tapOffline(page);
  await tapOffline(page);
  await page.evaluate(forgeFirst);
  await context.setOffline(false);
  expect(await arrived(hired, 1)).toMatchObject([{ kind: 'out', seq: 2 }]);
  const refused = page.locator('[data-list=refused] [data-punch]');
  await refused.waitFor();
  await look(page, 'offline-refused');
  expect(await refused.textContent()).toContain('手机签名与此次打卡内容不符');
  await page.reload();
  await refused.getByText('知道了').click();
  await expect.poll(() => refused.count()).toBe(0);
  await page.reload();
  await button(page).waitFor();
  expect(await refused.count()).toBe(0);
  await context.close();
});

/** Somebody moves the first waiting punch to an earlier hour, after it was signed. */
const forgeFirst = `new Promise((done) => {
  const asked = indexedDB.open('workcard-clock');
  asked.onsuccess = () => {
    const store = asked.result.transaction('clock', 'readwrite').objectStore('clock');
    store.getAll(IDBKeyRange.bound('waiting ', 'waiting!')).onsuccess = ({ target: { result } }) => {
      const kept = result.find(({ seq }) => seq === 1);
      kept.body.deviceAt = '2026-11-02T00:00:00.000Z';
      store.put(kept, 'waiting ' + kept.id).onsuccess = () => { asked.result.close(); done(); };
    };
  };
})`;
