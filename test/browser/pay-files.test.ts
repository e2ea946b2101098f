/** Pay files as HR sees them: what stops a file before it is written, and a layout that is made beside what it writes. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { closeBrowser, newDesk } from './support/browser.ts';
import { hire, lookAtPages, openScene, openSite, punch, type Scene, signedIn } from './support/scene.ts';

let scene: Scene;
let runId: string;

beforeAll(async () => {
  scene = await openScene('2026-10-05T00:00:00.000Z');
  const { owner, api } = scene;
  const siteId = await openSite(scene);
  await owner.ok('PUT', `${api}/settings/${newId()}`, {
    name: 'second-approver',
    value: 'off',
    reason: 'one person',
  });
  const worker = await hire(scene, '阿依古丽•买买提', siteId);
  await worker.person.ok('PUT', `${api}/me/consents/${newId()}`, { purpose: 'bank-account' });
  await worker.person.ok('PUT', `${api}/me/payout-accounts/${newId()}`, {
    kind: 'bank-card',
    bankName: '交通银行',
    holderName: '阿依古丽•买买提',
    number: '6222600260001072444',
  });
  await punch(scene, worker, siteId, 'in', '2026-10-20T00:00:00.000Z');
  await punch(scene, worker, siteId, 'out', '2026-10-20T08:00:00.000Z');
  scene.moveTo('2026-11-02T02:00:00.000Z');
  const sheet = `${api}/engagements/${worker.engagementId}/timesheets/2026-10-01`;
  const { digest } = await owner.ok('GET', sheet);
  await owner.ok('PUT', `${sheet}/approval`, { digest });
  runId = newId();
  const calculationId = newId();
  const period = { startsOn: '2026-10-01', endsOn: '2026-10-31', paysOn: '2026-11-05' };
  await owner.ok('PUT', `${api}/pay-runs/${runId}`, { payPeriod: 'monthly', ...period });
  const calculated = await owner.ok('PUT', `${api}/pay-runs/${runId}/calculations/${calculationId}`, {});
  const seen = { calculationId, digest: String(calculated.digest) };
  expect((await owner.approvePayRun(scene.org, runId, seen)).status).toBe(200);
});
afterAll(async () => {
  await scene.close();
  await closeBrowser();
});

test('a layout is made beside its preview, a file is stopped by name, mended, written and taken', async () => {
  const { origin } = scene.product;
  const at = `/orgs/${scene.org}`;
  const desk = await newDesk({ origin, locale: 'en' });
  await signedIn(desk.context, origin, scene.owner);
  const { page } = desk;
  await page.goto(`${at}/pay-file-formats/new`);
  await page.locator('#preview').getByText('阿依古丽·买买提', { exact: true }).waitFor();
  await page.locator('[name="name"]').fill('Bank of the quay');
  await page.locator('[name="columns.3.value"]').fill('{net|fen}');
  await page.locator('#preview').getByText('20000', { exact: true }).waitFor();
  await page.locator('[name="columns.3.value"]').fill('{nett}');
  await page.locator('#preview').getByText('nett').waitFor();
  await page.locator('[name="columns.3.value"]').fill('{net}');
  await page.getByRole('button', { name: 'Keep this version' }).click();
  await page.getByText('A version is never changed.').waitFor();

  await page.goto(`${at}/pay-runs/${runId}/files/icbc`);
  await page.getByText('Say first where you pay from').waitFor();
  await page.goto(`${at}/pay-file-formats`);
  const payer = page.locator('form[data-action*="/payer-accounts/"]');
  await payer.locator('[name="accountNumber"]').fill('1001 2443 1900 1234 567');
  await payer.locator('[name="bankName"]').fill('工商银行上海分行');
  await payer.getByRole('button', { name: 'Save' }).click();
  await page.getByText('**** 4567').waitFor();

  await page.goto(`${at}/pay-runs/${runId}`);
  await page.getByRole('link', { name: 'CCB payroll' }).click();
  await page.getByText('is written as').waitFor();
  await page.getByRole('button', { name: 'Write the file' }).click();
  const taken = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download' }).click();
  const text = new TextDecoder('gb18030').decode(await readFile(await (await taken).path()));
  expect(text).toContain('1|6222600260001072444|阿依古丽·买买提|200.00|');
  expect(desk.troubles).toEqual([]);
  await desk.context.close();
});

test('the pages are readable on a phone and at a desk', async () => {
  const at = `/orgs/${scene.org}`;
  await lookAtPages(scene, scene.owner, {
    'pay-file-ccb': `${at}/pay-runs/${runId}/files/ccb`,
    'pay-format-edit': `${at}/pay-file-formats/cmb`,
  });
});
