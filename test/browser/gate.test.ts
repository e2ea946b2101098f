/** The gate in a real browser: the code on its screen, the scanning camera, the crew's list. */
import { Hono } from 'hono';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cellApp } from '../../src/cell/cell.ts';
import { newId } from '../../src/kernel/id.ts';
import { qrDrawing } from '../../src/kernel/qr-drawing.ts';
import { type GateScene, giveCard, openGate } from '../gate/scene.ts';
import { closeBrowser, newDesk, newPhone, type Seat } from './support/browser.ts';
import { serveApp, type TestServer } from './support/server.ts';
import { look } from './support/walk.ts';

let scene: GateScene;
let server: TestServer;
const cards: string[] = [];

beforeAll(async () => {
  scene = await openGate({ workers: 4 });
  for (const person of scene.people) cards.push(await giveCard(scene, person));
  const app = new Hono();
  // The front's part: who calls, here by a cookie that names them.
  app.all('*', (c) => {
    const who = /(?:^|; )who=([\w-]+)/.exec(c.req.header('cookie') ?? '')?.[1];
    const actor = who
      ? ({ kind: 'person', personId: who, signedInBy: 'A' } as const)
      : ({ kind: 'visitor' } as const);
    return cellApp.fetch(c.req.raw, { cell: scene.cell.context, actor });
  });
  server = await serveApp(app);
});
afterAll(async () => {
  await server.close();
  await closeBrowser();
});

async function seatOf(open: typeof newDesk, who: string, locale: 'en' | 'zh-CN' = 'en'): Promise<Seat> {
  const seat = await open({ origin: server.origin, locale });
  await seat.context.addCookies([{ name: 'who', value: who, url: server.origin }]);
  return seat;
}

/** The camera sees what `show` puts before it. */
async function fakeCamera(context: BrowserContext) {
  await context.addInitScript(`(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 960; canvas.height = 720;
    const pen = canvas.getContext('2d');
    let image;
    window.showToCamera = (source) => { image = undefined; if (source) { const next = new Image(); next.onload = () => { image = next; }; next.src = source; } };
    setInterval(() => { pen.fillStyle = '#889'; pen.fillRect(0, 0, 960, 720); if (image) pen.drawImage(image, 180, 60, 600, 600); }, 60);
    navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(15);
  })()`);
}

function qrPicture(text: string): string {
  const { modules, path } = qrDrawing(text);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600" viewBox="0 0 ${modules} ${modules}" shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#fff"/><path d="${path}"/></svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}

test('the screen shows the site’s code, the next one after it, and none without a connection', async () => {
  for (const open of [newPhone, newDesk]) {
    const { page, context, troubles } = await seatOf(open, scene.owner);
    await page.goto(`/orgs/${scene.cell.org}/sites/${scene.siteId}/code`);
    const digits = page.locator('[data-digits]');
    await expect.poll(() => digits.textContent()).toMatch(/^\d{3} \d{3}$/);
    await look(page, `gate-code-${open === newPhone ? 'phone' : 'desk'}`);
    const shown = await scene.get(scene.owner, `/sites/${scene.siteId}/code`);
    expect((await digits.textContent())?.replace(' ', '')).toBe(shown.body.code);
    expect(troubles).toEqual([]);
    if (open === newDesk) {
      // Near its end the next is asked for; without an answer nothing is shown.
      scene.cell.forward(28);
      await page.reload();
      await expect.poll(() => digits.textContent()).toMatch(/\d/);
      await context.setOffline(true);
      await expect.poll(() => digits.textContent(), { timeout: 8_000 }).toBe('');
      await expect.poll(() => page.locator('[data-note]').textContent()).toContain('No connection');
      await look(page, 'gate-code-lost');
      await context.setOffline(false);
      scene.cell.forward(4);
      await expect.poll(() => digits.textContent(), { timeout: 8_000 }).toMatch(/^\d{3} \d{3}$/);
    }
    await context.close();
  }
});

test('a supervisor’s camera reads a worker’s card and says which clock-in it speaks for', async () => {
  const { context, page, troubles } = await seatOf(newPhone, scene.owner);
  await fakeCamera(context);
  await page.goto(`/orgs/${scene.cell.org}/sites/${scene.siteId}/scan`);
  await look(page, 'gate-scan-before');
  await page.getByRole('button', { name: 'Start the camera' }).click();
  await page.evaluate(
    (source) => (window as never as { showToCamera(s: string): void }).showToCamera(source),
    qrPicture(`http://localhost:8787/verify?t=${cards[0]}&p=123456`),
  );
  await expect
    .poll(() => page.locator('.scan-results').textContent(), { timeout: 10_000 })
    .toContain('Worker 0: no clock-in here yet');
  await look(page, 'gate-scan-seen');
  expect(scene.count('punch_proofs')).toBe(1);
  await page.reload();
  expect(await page.getByRole('row', { name: /Worker 0/ }).count()).toBe(1);
  expect(troubles).toEqual([]);
  await context.close();
});

test('a crew is found by name, ticked and clocked, and the page says who was left out', async () => {
  const { context, page, troubles } = await seatOf(newPhone, scene.owner);
  const crew = `/orgs/${scene.cell.org}/sites/${scene.siteId}/crew`;
  await page.goto(crew);
  await page.getByRole('button', { name: 'Select all' }).click();
  await page.getByRole('searchbox').fill('worker 3');
  expect(await page.getByRole('checkbox', { name: /Worker/ }).count()).toBe(1);
  await page.getByRole('button', { name: 'Select none' }).click();
  await page.getByRole('searchbox').fill('');
  await look(page, 'gate-crew');
  expect(await page.locator('[data-crew-count]').textContent()).toBe('3 selected');
  // Meanwhile one of them clocked in alone.
  const { engagementId = '', personId = '', siteId = '' } = scene.people[1] ?? {};
  await scene.put(personId, `/punches/${newId()}`, {
    engagementId,
    siteId,
    kind: 'in',
    deviceAt: scene.cell.clock(),
    noPosition: 'denied',
  });
  await page.getByRole('button', { name: 'Clock them in now' }).click();
  await page.getByText('2 clocked').waitFor();
  expect(await page.getByText('Worker 1: was already in').count()).toBe(1);
  await look(page, 'gate-crew-done');
  const desk = await seatOf(newDesk, scene.owner, 'zh-CN');
  await desk.page.goto(`${crew}?kind=out`);
  await look(desk.page, 'gate-crew-desk');
  expect([...troubles, ...desk.troubles]).toEqual([]);
  await context.close();
  await desk.context.close();
});

async function showToCamera(seat: Seat, text: string): Promise<void> {
  await seat.page.evaluate(
    (source) => (window as never as { showToCamera(s: string): void }).showToCamera(source),
    text === '' ? '' : qrPicture(text),
  );
}
const cardShown = async (index: number) =>
  (await scene.get(scene.people[index]?.personId ?? '', '/me/card')).body as unknown as {
    url: string;
    number: string;
  };

test('a tablet is set up with its code, clocks who shows their card, also without a network, and ends when revoked', async () => {
  const tablets = `/orgs/${scene.cell.org}/sites/${scene.siteId}/tablets`;
  const desk = await seatOf(newDesk, scene.owner);
  await desk.page.goto(tablets);
  await look(desk.page, 'gate-tablets-none');
  await desk.page.getByLabel('Name').fill('North gate');
  await Promise.all([
    desk.page.waitForEvent('load'),
    desk.page.getByRole('button', { name: 'Make a set-up code' }).click(),
  ]);
  const code = (await desk.page.locator('.kiosk-code').textContent()) ?? '';
  await look(desk.page, 'gate-tablets-code');

  const tablet = await seatOf(newDesk, '');
  await fakeCamera(tablet.context);
  await tablet.page.goto(`/orgs/${scene.cell.org}/kiosk`);
  await look(tablet.page, 'gate-kiosk-set-up');
  await tablet.page.getByLabel('Set-up code').fill('0000 0000 0000');
  await tablet.page.getByRole('button', { name: 'Set up' }).click();
  await tablet.page.getByText('This set-up code is wrong').waitFor();
  await tablet.page.getByLabel('Set-up code').fill(code);
  await tablet.page.getByRole('button', { name: 'Set up' }).click();
  await tablet.page.getByText('Gate · North gate').waitFor();
  // While nobody is there it shows the site's code, for who clocks on their own phone.
  const digits = tablet.page.locator('[data-site-code-digits]');
  await expect.poll(() => digits.textContent()).toMatch(/^\d{3} \d{3}$/);
  const screen = await scene.get(scene.owner, `/sites/${scene.siteId}/code`);
  expect((await digits.textContent())?.replace(' ', '')).toBe(screen.body.code);
  expect(await tablet.page.getByRole('img', { name: 'QR code that opens the clock page' }).count()).toBe(1);
  await look(tablet.page, 'gate-kiosk-ready');
  await tablet.page.getByRole('button', { name: 'Start the camera' }).click();
  await showToCamera(tablet, (await cardShown(3)).url);
  await tablet.page.getByRole('heading', { name: 'Worker 3' }).waitFor();
  await look(tablet.page, 'gate-kiosk-choose');
  await tablet.page.getByRole('button', { name: 'Clock in' }).click();
  await tablet.page.getByText('Worker 3 is clocked in').waitFor();
  await look(tablet.page, 'gate-kiosk-done');
  const judged = `SELECT judged_as FROM punches WHERE engagement_id = '${scene.people[3]?.engagementId}'`;
  expect(scene.value(judged)).toBe('kiosk');

  // The network goes; a typed number still clocks, and is sent when it is back.
  await showToCamera(tablet, '');
  await tablet.page.getByRole('button', { name: 'Next person' }).click();
  await tablet.context.setOffline(true);
  const before = scene.count('punches');
  await tablet.page.getByLabel('Or type the number').fill((await cardShown(3)).number);
  await tablet.page.getByRole('button', { name: 'Next', exact: true }).click();
  await tablet.page.getByText('At work since').waitFor();
  await tablet.page.getByRole('button', { name: 'Clock out' }).click();
  await tablet.page.getByText('Kept on this tablet').waitFor();
  await look(tablet.page, 'gate-kiosk-kept');
  expect(scene.count('punches')).toBe(before);
  await tablet.context.setOffline(false);
  await expect.poll(() => scene.count('punches'), { timeout: 12_000 }).toBe(before + 1);

  await desk.page.reload();
  await look(desk.page, 'gate-tablets');
  await desk.page.getByText('Revoke', { exact: true }).first().click();
  await desk.page.getByLabel('Reason').fill('replaced');
  await Promise.all([
    desk.page.waitForEvent('load'),
    desk.page.getByRole('button', { name: 'Revoke' }).click(),
  ]);
  await tablet.page.reload();
  await tablet.page.getByText('This tablet was revoked').waitFor();
  await look(tablet.page, 'gate-kiosk-revoked');
  expect([
    ...desk.troubles,
    ...tablet.troubles.filter((line) => !line.includes('ERR_INTERNET_DISCONNECTED')),
  ]).toEqual([]);
  await desk.context.close();
  await tablet.context.close();
});

test('a worker’s card shows its number and a code that changes, at both widths', async () => {
  for (const open of [newPhone, newDesk]) {
    const { page, context, troubles } = await seatOf(open, scene.people[2]?.personId ?? '', 'zh-CN');
    await page.goto(`/orgs/${scene.cell.org}/me/card`);
    expect(await page.locator('.work-card-number').textContent()).toMatch(/^\d{4} \d{4}$/);
    await look(page, `gate-card-${open === newPhone ? 'phone' : 'desk'}`);
    expect(troubles).toEqual([]);
    await context.close();
  }
});

test('a site that wants witness photos says so before it takes one, and who declines clocks without', async () => {
  const { makeSitePolicy, zSitePolicy } = await import('../../src/employer/site-policy.ts');
  const rules = zSitePolicy.parse({ witnessPhoto: true, photoDays: 14 });
  const policy = { id: newId(), siteId: scene.siteId, effectiveOn: '2026-11-01' as never, rules };
  await scene.cell.store.commit((tx) => makeSitePolicy(tx, { kind: 'system' }, policy, scene.cell.at()));
  const invited = await scene.put(scene.owner, `/kiosk-invitations/${newId()}`, {
    siteId: scene.siteId,
    name: '南门',
  });
  const { page, context, troubles } = await seatOf(newPhone, '', 'zh-CN');
  await fakeCamera(context);
  await page.goto(`/orgs/${scene.cell.org}/kiosk#set-up=${invited.body.code}`);
  await page.getByText('Gate · 南门').waitFor();
  expect(page.url()).not.toContain('set-up');
  await page.getByRole('button', { name: '打开摄像头' }).click();
  await look(page, 'gate-kiosk-ready-phone');
  const clock = async (name: '上班打卡' | '下班打卡', decline: boolean) => {
    await page.getByLabel('或输入工牌编号').fill((await cardShown(3)).number);
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByText('主管可查看 14 天').waitFor();
    if (decline) await page.getByLabel('不拍照打卡').check();
    else await look(page, 'gate-kiosk-photo-phone');
    await page.getByRole('button', { name }).click();
    await page.getByText(`Worker 3 已${name}`).waitFor();
    await page.getByRole('button', { name: '下一位' }).click();
  };
  await clock('上班打卡', false);
  expect(scene.count('witness_photos')).toBe(1);
  await clock('下班打卡', true);
  expect(scene.count('witness_photos')).toBe(1);
  const desk = await seatOf(newDesk, scene.owner);
  await desk.page.goto(`/orgs/${scene.cell.org}/timesheets/${scene.people[3]?.engagementId}/2026-11-02`);
  await desk.page.getByRole('link', { name: /Photo of/ }).waitFor();
  await desk.page.getByText('the card’s number was typed').first().waitFor();
  await look(desk.page, 'gate-signals-desk');
  expect([...troubles, ...desk.troubles]).toEqual([]);
  await context.close();
  await desk.context.close();
});
