/** Pages of the office: guarantees and settings, as a person sets them up and reads them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeBrowser, newDesk, screenshot } from './support/browser.ts';
import { hire, lookAtPages, openScene, openSite, punch, type Scene, signedIn } from './support/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene('2026-10-05T00:00:00.000Z');
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

test('a policy is added; an insurer without its number is refused beside the field; ending asks first', async () => {
  await lookAtPages(scene, scene.owner, { 'guarantees-none': `/orgs/${scene.org}/guarantees` });
  const { context, page, troubles } = await deskOfOwner();
  await page.goto(`/orgs/${scene.org}/guarantees`);
  const add = page.locator('#add');
  await add.locator('[name=name]').fill('Day cover');
  await add.locator('[name=limitMinor]').fill('200,000');
  await add.locator('[name=terms]').fill('Costs of treatment up to the limit.');
  await add.getByRole('button').click();
  await add.locator('[name=policyNumber][aria-invalid=true]').waitFor();
  await add.locator('[name=insurerName]').fill('中国人寿');
  await add.locator('[name=policyNumber]').fill('P-2026-77');
  await Promise.all([page.waitForEvent('load'), add.getByRole('button').click()]);
  expect(await page.getByText('Insured by 中国人寿').count()).toBe(1);
  const siteId = await openSite(scene);
  const one = await hire(scene, '李小明', siteId);
  const two = await hire(scene, 'Aigul Bekova', siteId);
  await punch(scene, one, siteId, 'in', '2026-10-06T00:00:00.000Z');
  await punch(scene, one, siteId, 'out', '2026-10-06T09:00:00.000Z');
  await punch(scene, two, siteId, 'in', '2026-10-06T09:30:00.000Z');
  await page.reload();
  await page.getByText('End this policy').first().click();
  await page.locator('form [name=reason]').fill('A better one');
  await page.getByRole('button', { name: 'End this policy' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  expect(await page.getByText('In force', { exact: true }).count()).toBeGreaterThan(0);
  expect(troubles).toEqual([]);
  await context.close();
  await lookAtPages(scene, scene.owner, { guarantees: `/orgs/${scene.org}/guarantees` });
});

test('a licence is handed in as a picture and shown, and the second approver is switched off with a reason', async () => {
  const { context, page, troubles } = await deskOfOwner();
  const path = `/orgs/${scene.org}/settings`;
  await page.goto(path);
  const picture = await page.locator('.console-side').screenshot();
  await page
    .locator('#licence input[type=file]')
    .setInputFiles({ name: 'licence.png', mimeType: 'image/png', buffer: picture });
  await page.locator('#licence .file-preview').waitFor();
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Hand it in' }).click()]);
  await page.locator('#licence').getByText('With the operator').waitFor();
  const shown = await page.evaluate(
    "document.querySelector('#licence img').decode().then(() => document.querySelector('#licence img').naturalWidth)",
  );
  expect(shown).toBeGreaterThan(100);
  const approver = page.locator('#second-approver');
  await approver.locator('[name=reason]').fill('I am the only one here');
  await approver.getByRole('button', { name: 'Switch it off' }).click();
  await screenshot(page, 'settings-ask');
  await Promise.all([
    page.waitForEvent('load'),
    page.getByRole('dialog').getByRole('button', { name: 'Switch it off' }).click(),
  ]);
  await approver.getByText('I am the only one here').waitFor();
  expect(troubles).toEqual([]);
  await context.close();
  await lookAtPages(scene, scene.owner, { settings: path });
});
