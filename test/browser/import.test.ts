/** A table from another system: chosen, looked at, mended, imported, taken back. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeBrowser, newDesk } from './support/browser.ts';
import { hire, lookAtPages, openScene, openSite, type Scene, signedIn } from './support/scene.ts';

let scene: Scene;
let importPath = '';
beforeAll(async () => {
  scene = await openScene('2026-10-20T01:00:00.000Z');
  const siteId = await openSite(scene);
  await openSite(scene, '城西仓');
  for (const name of ['李小明', 'Aigul Bekova']) await hire(scene, name, siteId);
});
afterAll(async () => {
  await scene.close();
  await closeBrowser();
});

const table = [
  '姓名,日期,上班,下班,地点',
  '李小明,2026-10-12,08:00,17:30,城东物流园',
  'Aigul Bekova,2026-10-12,22:00,06:00,城东物流园',
  '李四,2026-10-12,08:00,17:00,城东物流园',
  '李小明,2026-10-13,8点30分,17:30,城西仓',
  '李小明,2026-10-35,08:00,17:30,城东物流园',
].join('\r\n');

test('a table is looked at before anything happens, imported with visible progress, and its hours stand in the timesheets', async () => {
  const { origin } = scene.product;
  const { context, page, troubles } = await newDesk({ origin, locale: 'en' });
  await signedIn(context, origin, scene.owner);
  await page.goto(`/orgs/${scene.org}/imports`);
  await page.setInputFiles('input[type=file]', {
    name: '旧考勤.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`\uFEFF${table}`),
  });
  await page.getByRole('button', { name: 'Read this table' }).click();
  await page.waitForURL(/imports\/[0-9a-f-]{36}$/);
  importPath = new URL(page.url()).pathname;
  await page.getByText('Nobody engaged here goes by this.').first().waitFor();
  expect(await page.locator('.stat').allTextContents()).toEqual([
    '6New punches',
    '0Known already',
    '2Marked',
    '2Rows left out',
  ]);
  await page.getByLabel('Where it comes from').fill('Old system, October');
  await page.getByRole('button', { name: 'Import 6 punches' }).click();
  await page.getByRole('button', { name: 'Take this import back' }).waitFor();
  expect((await page.locator('.stat').allTextContents())[0]).toBe('6New punches');
  await page.goto(`/orgs/${scene.org}/timesheets?payPeriod=monthly&startsOn=2026-10-01`);
  await page.getByRole('link', { name: 'Aigul Bekova' }).waitFor();
  expect(await page.getByText('8:00').count()).toBeGreaterThan(0);
  expect(troubles).toEqual([]);
  await context.close();
});

test('a file that is no table is refused where it was chosen', async () => {
  const { origin } = scene.product;
  const { context, page } = await newDesk({ origin, locale: 'en' });
  await signedIn(context, origin, scene.owner);
  await page.goto(`/orgs/${scene.org}/imports`);
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]);
  await page.setInputFiles('input[type=file]', { name: 'x.csv', mimeType: 'text/csv', buffer: png });
  await page.getByRole('button', { name: 'Read this table' }).click();
  await page.getByText('This is no CSV file.').waitFor();
  await context.close();
});

test('imports are readable on a phone and at a desk', async () => {
  const fresh = await uploaded();
  const base = `/orgs/${scene.org}`;
  await lookAtPages(scene, scene.owner, {
    imports: `${base}/imports`,
    'import-check': `${base}/imports/${fresh}`,
    'import-made': importPath,
  });
});

test('an import is taken back as a whole', async () => {
  const { origin } = scene.product;
  const { context, page } = await newDesk({ origin, locale: 'en' });
  await signedIn(context, origin, scene.owner);
  await page.goto(importPath);
  await page.getByLabel('Reason').fill('Wrong month');
  await page.getByRole('button', { name: 'Take this import back' }).click();
  await page.locator('dialog [value=yes]').click();
  await page.getByText('6 punches are voided: Wrong month').waitFor();
  await context.close();
});

/** Uploaded, not decided. */
async function uploaded(): Promise<string> {
  const { origin } = scene.product;
  const { context, page } = await newDesk({ origin, locale: 'en' });
  await signedIn(context, origin, scene.owner);
  await page.goto(`/orgs/${scene.org}/imports`);
  await page.setInputFiles('input[type=file]', {
    name: 'x.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(table),
  });
  await page.getByRole('button', { name: 'Read this table' }).click();
  await page.waitForURL(/imports\/[0-9a-f-]{36}$/);
  const id = page.url().split('/').at(-1) ?? '';
  await context.close();
  return id;
}
