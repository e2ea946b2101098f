/** The operator decides on a licence, and a person keeps their keys in order, in a real browser. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sha256 } from '../../src/kernel/digest.ts';
import { newId } from '../../src/kernel/id.ts';
import { closeBrowser, newDesk, newPhone, virtualAuthenticator } from './support/browser.ts';
import { lookAtPages, openScene, type Scene, signedIn } from './support/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(async () => {
  await scene.close();
  await closeBrowser();
});

test('the operator reads the licence, refuses it with a reason, then accepts it', async () => {
  const { owner, api, org, product } = scene;
  const { context, page, troubles } = await newDesk({ origin: product.origin, locale: 'en' });
  await signedIn(context, product.origin, owner);
  await page.goto('/operator');
  const picture = new Uint8Array(await page.screenshot({ clip: { x: 0, y: 0, width: 640, height: 420 } }));
  const sent = await owner.putFile(`${api}/files/${sha256(picture)}`, picture);
  const { fileId } = (await sent.json()) as { fileId: string };
  await owner.ok('PUT', `${api}/licences/${newId()}`, { fileId });
  await page.goto(`/operator/orgs/${org}`);
  await page.locator('.photos img').waitFor();
  const path = `/operator/orgs/${org}`;
  await lookAtPages(scene, owner, { 'operator-org': path });
  const refuse = page.locator('section.card').filter({ hasText: 'Refuse the licence' });
  await refuse.locator('[name=reason]').fill('The seal cannot be read');
  await Promise.all([page.waitForEvent('load'), refuse.getByRole('button').click()]);
  await page.getByText('The seal cannot be read').waitFor();
  await page.getByText('Decide again').click();
  const accept = page.locator('section.card').filter({ hasText: 'Accept the licence' });
  await accept.locator('[name=reason]').fill('As in the register');
  await Promise.all([page.waitForEvent('load'), accept.getByRole('button').click()]);
  await page.getByText('Verified', { exact: true }).waitFor();
  expect(troubles).toEqual([]);
  await context.close();
});

test('a registration link is made, shown with its QR code, and listed employers lead to their licences', async () => {
  const { product, owner } = scene;
  const { context, page, troubles } = await newPhone({ origin: product.origin, locale: 'en' });
  await signedIn(context, product.origin, owner);
  await page.goto('/operator');
  await page.locator('[name=label]').fill('Harbour Logistics');
  await page.getByRole('button', { name: 'Make a registration link' }).click();
  await page.waitForURL(/\/operator\/registrations\//);
  expect(await page.locator('#link').textContent()).toContain('/register?token=');
  const link = new URL(page.url()).pathname;
  expect(troubles).toEqual([]);
  await context.close();
  await lookAtPages(scene, owner, { operator: '/operator', 'operator-link': link });
});

test('a second passkey is added and removed again, and asked about before', async () => {
  const { product } = scene;
  const { context, page, troubles } = await newPhone({ origin: product.origin, locale: 'en' });
  await virtualAuthenticator(page);
  await signedIn(context, product.origin, scene.owner);
  await page.goto('/account');
  const keys = page.locator('.key');
  expect(await keys.count()).toBe(1);
  await page.getByRole('button', { name: 'Add another passkey' }).click();
  await keys.nth(1).waitFor();
  await keys.nth(1).getByRole('button').click();
  await page.getByRole('dialog').getByText('It signs nothing any more').waitFor();
  await Promise.all([
    page.waitForEvent('load'),
    page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click(),
  ]);
  expect(await keys.count()).toBe(1);
  expect(troubles).toEqual([]);
  await context.close();
  await lookAtPages(scene, scene.owner, { account: '/account' });
});
