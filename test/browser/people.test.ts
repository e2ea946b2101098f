/** The console's pages about people, as an owner sees them on a phone and at a desk. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Crew, gatherCrew, openCrew, residentId } from '../journey/crew.ts';
import type { Person } from '../support/person.ts';
import {
  axeSerious,
  closeBrowser,
  newDesk,
  newPhone,
  overflow,
  type SeatOptions,
  screenshot,
  virtualAuthenticator,
} from './support/browser.ts';
import { type Product, serveProduct } from './support/server.ts';

let product: Product;
let crew: Crew;
let people: Awaited<ReturnType<typeof gatherCrew>>;
beforeAll(async () => {
  product = await serveProduct();
  crew = await openCrew({
    send: (request) => fetch(request),
    origin: product.origin,
    setupToken: product.service.secrets.setupToken,
    today: new Date().toISOString().slice(0, 10),
  });
  people = await gatherCrew(crew);
});
afterAll(async () => {
  await product.close();
  await closeBrowser();
});

async function signIn(context: BrowserContext, person: Person): Promise<void> {
  const [name = '', value = ''] = (await person.cookie()).split('=');
  await context.addCookies([{ name, value, url: product.origin }]);
}

async function seat(kind: 'phone' | 'desk', options: Partial<SeatOptions> = {}, person = crew.owner) {
  const open = kind === 'phone' ? newPhone : newDesk;
  const seated = await open({ origin: product.origin, ...options });
  await signIn(seated.context, person);
  return seated;
}

/** Readable, and no wider than the screen: English, the longer language, where there is least room. */
async function lookAt(paths: Readonly<Record<string, string>>): Promise<void> {
  for (const [kind, dark, locale] of [
    ['phone', true, 'en'],
    ['desk', false, 'zh-CN'],
  ] as const) {
    const { context, page, troubles } = await seat(kind, { dark, locale });
    for (const [name, path] of Object.entries(paths)) {
      await page.goto(`${crew.console}${path}`);
      await settled(page);
      expect(await axeSerious(page), `${path} ${kind}`).toEqual([]);
      expect(await overflow(page), `${path} ${kind}`).toBe(0);
      await screenshot(page, `people-${name}-${kind}`);
    }
    expect(troubles).toEqual([]);
    await context.close();
  }
}

async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
}

test('people, invitations and the team are readable on both screens', async () => {
  await lookAt({
    workers: '/people',
    invitations: '/people?show=invitations',
    members: '/people?show=members',
    invitation: `/invitations/${people.asking.id}`,
  });
});

test('an owner invites a group, and the next page is its code with the link to copy', async () => {
  const { context, page, troubles } = await seat('phone', { locale: 'en' });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`${crew.console}/people?show=invitations`);
  const form = page.locator('.card', { has: page.getByRole('heading', { name: 'Invite a group' }) });
  await form.getByLabel('What is it for?').fill('Night shift');
  await form.getByLabel('How many people').fill('12');
  await form.getByRole('button', { name: 'Make the link' }).click();
  await page.waitForURL(/\/invitations\/[0-9a-f-]{36}$/);
  await page.getByRole('img', { name: 'QR code of the invitation link' }).waitFor();
  await page.getByRole('button', { name: 'Copy the link' }).click();
  await page.getByText('Copied').waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(
    new RegExp(`^${product.origin}/join/${crew.org}/`),
  );
  expect(await page.getByText('0 of 12').count()).toBe(1);
  // On paper there is the code and what it is, and nothing of who may use it.
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('img', { name: 'QR code of the invitation link' }).isVisible()).toBe(true);
  expect(await page.getByText('0 of 12').isVisible()).toBe(false);
  // The menu is gone, and so is its column: the code is as wide as the paper lets it.
  await page.setViewportSize({ width: 1000, height: 1400 });
  expect((await page.locator('.poster').boundingBox())?.width).toBeGreaterThan(800);
  await screenshot(page, 'people-invitation-print');
  expect(troubles).toEqual([]);
  await context.close();
});

test('an owner takes a role back with a reason, and the last owner stays', async () => {
  const link = await crew.invite({ kind: 'member', label: 'HR', cap: 1, roles: [{ role: 'hr' }] });
  await crew.join('周人事', link);
  const { context, page, troubles } = await seat('phone', { locale: 'en' });
  await page.goto(`${crew.console}/people?show=members`);
  const row = (name: string) => page.getByRole('row').filter({ hasText: name });
  await row('周人事').getByText('Change').click();
  await screenshot(page, 'people-members-open');
  expect(await axeSerious(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  const taking = row('周人事').locator('form', { hasText: 'Take back' });
  await taking.getByLabel('Reason').fill('left the team');
  await taking.getByRole('button').click();
  await row('周人事').getByText('No role').waitFor();
  await row('李娜').getByText('Change').click();
  const last = row('李娜').locator('form', { hasText: 'Take back' });
  await last.getByLabel('Reason').fill('x');
  await last.getByRole('button').click();
  await page.getByText('An employer needs at least one owner.').waitFor();
  expect(troubles).toEqual([]);
  await context.close();
});

test('a supervisor’s site is asked for only of a supervisor, and only then sent', async () => {
  const { context, page, troubles } = await seat('desk', { locale: 'en' });
  await page.goto(`${crew.console}/people?show=invitations`);
  const form = page.locator('.card', { has: page.getByRole('heading', { name: 'Invite a team member' }) });
  expect(await form.getByLabel('Site').isVisible()).toBe(false);
  await form.getByLabel('Role').selectOption('supervisor');
  await form.getByLabel('Site').waitFor();
  await form.getByLabel('What is it for?').fill('Sun');
  await form.getByRole('button', { name: 'Make the link' }).click();
  await page.waitForURL(/\/invitations\/[0-9a-f-]{36}$/);
  expect(await page.getByText('Supervisor · 松江仓').count()).toBe(1);
  await page.goBack();
  await form.getByLabel('Role').selectOption('hr');
  expect(await form.getByLabel('Site').isVisible()).toBe(false);
  await form.getByLabel('What is it for?').fill('Wang');
  await form.getByRole('button', { name: 'Make the link' }).click();
  await page.waitForURL(/\/invitations\/[0-9a-f-]{36}$/);
  expect(await page.getByText('HR', { exact: true }).count()).toBe(1);
  expect(troubles).toEqual([]);
  await context.close();
});

test('one worker’s page is readable at each step', async () => {
  await lookAt({
    'person-new': `/people/${people.fresh.workerId}`,
    'person-accepted': `/people/${people.accepted.workerId}`,
    'person-engaged': `/people/${people.engaged.workerId}`,
    'person-signing': `/people/${people.signing.workerId}`,
  });
});

test('an owner engages somebody, and offers the contract that the page has written', async () => {
  const { context, page, troubles } = await seat('desk', { locale: 'en' });
  await page.goto(`${crew.console}/people/${people.accepted.workerId}`);
  await page.getByRole('link', { name: 'Make an engagement' }).click();
  await page.getByLabel('Work', { exact: true }).fill('Loader');
  await page.getByLabel('Project').fill('Winter');
  await page.getByLabel('Rate an hour (CNY)').fill('31.50');
  await page.getByRole('button', { name: 'Make an engagement' }).click();
  await page.getByText('¥31.50 an hour').waitFor();
  await page.getByLabel('The worker’s address', { exact: true }).fill('上海市徐汇区 1 号');
  await page.getByLabel('The worker’s address for notices').fill('han@example.com');
  await page.getByRole('button', { name: 'Offer a contract' }).click();
  await page.waitForURL(/\/contracts\/[0-9a-f-]{36}$/);
  expect(troubles.filter((trouble) => !trouble.includes('404'))).toEqual([]);
  await context.close();
});

test('identity reviews show photos large on both screens', async () => {
  await lookAt({ reviews: '/reviews', 'reviews-decided': `/reviews?claim=${people.acceptedClaim}` });
});

test('a reviewer sees the full number for a reason, in the place of the masked one, then decides and is led on', async () => {
  const number = residentId('310115', '20090214', '333');
  const young = await crew.join('孙小妹', people.group);
  await crew.identify(young, { documentNumber: number });
  const { context, page, troubles } = await seat('desk', { locale: 'en' });
  await page.goto(`${crew.console}/reviews`);
  await page.getByRole('link', { name: '孙小妹' }).first().click();
  await page.getByRole('heading', { name: 'Review 孙小妹' }).waitFor();
  expect(await page.content()).not.toContain(number);
  await page.getByRole('button', { name: 'Show the full number' }).click();
  await page.locator('#revealed', { hasText: number }).waitFor();
  expect(await page.locator('#reveal').isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await page.getByRole('heading', { name: 'Review 阿依古丽·买买提' }).waitFor();
  expect(await page.content()).not.toContain(number);
  await page.getByRole('button', { name: 'Refuse', exact: true }).click();
  await page.getByText('Please fill this in.').waitFor();
  expect(troubles).toEqual([]);
  await context.close();
});

test('contracts are readable on both screens', async () => {
  await lookAt({ contracts: '/contracts', contract: `/contracts/${people.contractId}` });
});

test('an owner reads the pages that will be signed, and signs them for the employer with a passkey', async () => {
  const { context, page, troubles } = await seat('desk', { locale: 'en' });
  const authenticator = await virtualAuthenticator(page);
  const [passkey] = crew.owner.authenticator.credentials;
  if (!passkey) throw new Error('the owner has no passkey');
  await authenticator.hold(passkey);
  await page.goto(`${crew.console}/contracts`);
  await page.getByRole('link', { name: 'Read and sign' }).click();
  await page.getByText('These pages are the very file that is signed').waitFor();
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: /^Sign for / }).click();
  await page
    .getByText(/In force|Being sealed/)
    .first()
    .waitFor();
  const { signatures } = (await crew.owner.ok(
    'GET',
    `${crew.api}/contracts/${people.contractId}`,
  )) as unknown as { signatures: { role: string; grade: string }[] };
  expect(signatures.map(({ role, grade }) => `${role} ${grade}`)).toEqual(['worker A', 'employer A']);
  expect(troubles).toEqual([]);
  await context.close();
});

test('an owner signs two contracts with one word, after the browser has compared both', async () => {
  const engagementId = await crew.engage(people.signing);
  const ids = [await crew.offer(engagementId), await crew.offer(engagementId)];
  for (const id of ids) await people.signing.person.sign(crew.org, id, 'worker');
  await lookAt({ batch: '/contracts/batch' });
  const { context, page, troubles } = await seat('desk', { locale: 'en' });
  const authenticator = await virtualAuthenticator(page);
  const [passkey] = crew.owner.authenticator.credentials;
  if (!passkey) throw new Error('the owner has no passkey');
  await authenticator.hold(passkey);
  await page.goto(`${crew.console}/contracts/batch`);
  await page.locator('[name=consent]').check();
  await page.getByRole('button', { name: 'Sign 2 contracts' }).click();
  await page.waitForURL(/\/contracts$/);
  for (const id of ids) {
    const { signatures } = await crew.owner.ok('GET', `${crew.api}/contracts/${id}`);
    expect(signatures).toMatchObject([{ role: 'worker' }, { role: 'employer', grade: 'A' }]);
  }
  expect(troubles).toEqual([]);
  await context.close();
});
