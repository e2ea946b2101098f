/** The main job in a real browser: a worker on a phone, from the link to the payslip, with passkeys and without. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { instantOf } from '../../src/kernel/time.ts';
import type { Message } from '../../src/provider/providers.ts';
import { agreedValues, agreedWork, company, promisedCover } from '../journey/facts.ts';
import { Person } from '../support/person.ts';
import {
  closeBrowser,
  newDesk,
  newPhone,
  type Seat,
  standAt,
  virtualAuthenticator,
  withoutPasskeys,
} from './support/browser.ts';
import { type Product, serveProduct } from './support/server.ts';
import { clockHere, look, photo, submit } from './support/walk.ts';

let product: Product;
const sent: Message[] = [];
let now = Date.parse('2026-10-05T00:55:00Z');
const site = { lat: 31.2304, lng: 121.4737 };
beforeAll(async () => {
  product = await serveProduct({
    clock: () => instantOf(now),
    messages: { channels: ['sms'], send: async (message) => void sent.push(message) },
  });
});
afterAll(async () => {
  await product.close();
  await closeBrowser();
});

async function moveTo(at: string, seats: readonly Seat[]): Promise<void> {
  now = Date.parse(at);
  for (const { page } of seats) await page.clock.setFixedTime(now);
}

interface House {
  readonly org: string;
  readonly api: string;
  readonly owner: Person;
  readonly hr: Person;
  readonly siteId: string;
}
let house: House | undefined;

/** The employer, by its API: its own pages are walked elsewhere. */
async function openHouse(): Promise<House> {
  if (house) return house;
  const person = (name: string) => new Person((request) => fetch(request), product.origin, name);
  const token = product.service.secrets.setupToken;
  const owner = await person('Li Na').signUp({ kind: 'setup', token });
  const org = newId();
  const api = `/api/orgs/${org}`;
  await owner.ok('PUT', api, { token, ...company });
  const siteId = newId();
  await owner.ok('PUT', `${api}/sites/${siteId}`, {
    name: '一号仓',
    address: '仓储路 1 号',
    fence: { ...site, datum: 'wgs84', radiusMetres: 150 },
  });
  await owner.ok('PUT', `${api}/guarantee-policies/${newId()}`, promisedCover);
  const { token: invite } = await invited(owner, api, 'member', [{ role: 'hr' }]);
  const hr = await person('Wang Fang').signUp({ kind: 'invitation', org, token: invite });
  await hr.ok('PUT', `${api}/invitations/by-token/${invite}/uses/${newId()}`, { displayName: '王芳' });
  house = { org, api, owner, hr, siteId };
  return house;
}

async function invited(by: Person, api: string, kind: string, roles: object[] = []) {
  return (await by.ok('PUT', `${api}/invitations/${newId()}`, {
    kind,
    label: '十月仓储',
    cap: 1,
    expiresAt: '2026-12-01T00:00:00Z',
    roles,
  })) as unknown as { token: string; url: string };
}

/** The steps a worker takes before work, the same whatever key they hold; answers their id here. */
async function becomeReady({ page, context }: Seat, house: House, name: string): Promise<string> {
  const { org, api, hr, owner, siteId } = house;
  const { workerId = '' } = await submit(page, 'form[data-action*="/uses/"]', /\/uses\//);
  await page.waitForURL(`**/orgs/${org}/me`);
  await look(page, `journey-${name}-home-first`);
  await page.goto(`/orgs/${org}/me/identity`);
  await look(page, `journey-${name}-identity-first`);
  for (const purpose of ['identity-document', 'location-at-punch', 'bank-account'])
    await submit(page, `form:has([value="${purpose}"])`, /\/me\/consents\//);
  await page.locator('[name=legalName]').fill('张三');
  await page.locator('[name=documentNumber]').fill('110105199003070017');
  const picture = await photo(page);
  for (const side of [0, 1, 2]) await page.locator(`[name="photos.${side}.fileId"]`).setInputFiles(picture);
  await look(page, `journey-${name}-identity-filled`);
  const { id: claimId } = await submit(page, 'form[data-action*="identity-claims"]', /identity-claims/);
  await page.locator('[name=bankName]').fill('工商银行');
  await page.locator('[name=number]').fill('6222 6002 6000 1072 444');
  await submit(page, 'form[data-action*="payout-accounts"]', /payout-accounts/);
  await look(page, `journey-${name}-identity-claimed`);

  await hr.ok('PUT', `${api}/identity-claims/${claimId}/review`, { decision: 'accepted', reason: '一致' });
  const engagementId = newId();
  await hr.ok('PUT', `${api}/engagements/${engagementId}`, { workerId, siteIds: [siteId], ...agreedWork });
  const contractId = newId();
  await hr.ok('PUT', `${api}/contracts/${contractId}`, {
    engagementId,
    template: 'service-agreement',
    values: agreedValues,
  });
  await page.goto(`/orgs/${org}/me`);
  await page.locator('a.button-primary').click();
  await page.waitForURL(`**/me/contracts/${contractId}`);
  await page.locator('[data-shown]').waitFor();
  await look(page, `journey-${name}-contract`);
  await page.locator('[name=consent]').check();
  await submit(page, 'form[data-sign]', /\/signatures\//);
  await look(page, `journey-${name}-contract-signed`);
  expect((await owner.sign(org, contractId, 'employer')).status).toBe(200);
  await expect
    .poll(async () => (await owner.ok('GET', `${api}/contracts/${contractId}`)).state, { timeout: 15_000 })
    .toBe('sealed');
  await page.goto(`/orgs/${org}/me/card`);
  await look(page, `journey-${name}-card`);
  await standAt(context, site);
  return engagementId;
}

test('a worker with a passkey goes from the link to the payslip', async () => {
  const home = await openHouse();
  const { org, api, owner, hr } = home;
  const { url } = await invited(owner, api, 'worker');
  const seat = await newPhone({ origin: product.origin });
  const { page, context, troubles } = seat;
  await virtualAuthenticator(page);
  await moveTo('2026-10-05T00:55:00Z', [seat]);
  await page.goto(url);
  await look(page, 'journey-invitation');
  await page.locator('[data-passkey=sign-up] [name=displayName]').fill('张三');
  await page.locator('[data-passkey=sign-up] [type=submit]').click();
  await page.locator('form[data-action*="/uses/"]').waitFor();
  const engagementId = await becomeReady(seat, home, 'passkey');

  const punch = async (at: string, name: string) => {
    await moveTo(at, [seat]);
    await page.goto(`/orgs/${org}/me`);
    await look(page, `journey-${name}-before`);
    await clockHere(page, `journey-${name}-found`);
    await look(page, `journey-${name}`);
  };
  await punch('2026-10-05T01:00:00Z', 'clocked-in');
  await punch('2026-10-05T09:30:00Z', 'clocked-out');
  await standAt(context, { ...site, lat: 31.3 });
  await punch('2026-10-06T01:00:00Z', 'clocked-in-outside');
  await context.clearPermissions();
  await punch('2026-10-06T09:00:00Z', 'clocked-out-without-position');

  await moveTo('2026-11-01T02:00:00Z', [seat]);
  await page.goto(`/orgs/${org}/me/hours`);
  await look(page, 'journey-hours');
  const october = `${api}/engagements/${engagementId}/timesheets/2026-10-01`;
  await page.goto(`/orgs/${org}/me/hours?engagement=${engagementId}&startsOn=2026-10-01`);
  await submit(page, 'form[data-action*="/submission"]', /\/submission/);
  await look(page, 'journey-hours-submitted');
  await hr.signIn();
  await owner.signIn();
  const sheet = (await hr.ok('GET', october)) as unknown as { digest: string; seconds: number };
  expect(sheet.seconds).toBe(16.5 * 3600);
  await hr.ok('PUT', `${october}/approval`, { digest: sheet.digest });
  const runId = newId();
  await hr.ok('PUT', `${api}/pay-runs/${runId}`, {
    payPeriod: 'monthly',
    startsOn: '2026-10-01',
    endsOn: '2026-10-31',
    paysOn: '2026-11-05',
  });
  const calculationId = newId();
  await hr.ok('PUT', `${api}/pay-runs/${runId}/calculations/${calculationId}`, {});
  const { calculation } = (await owner.ok('GET', `${api}/pay-runs/${runId}`)) as unknown as {
    calculation: { digest: string };
  };
  const seen = { calculationId, digest: calculation.digest };
  expect((await owner.approvePayRun(org, runId, seen)).status).toBe(200);
  await hr.ok('PUT', `${api}/pay-runs/${runId}/files/csv`, {});
  expect(new TextDecoder().decode(await hr.bytes(`${api}/pay-runs/${runId}/files/csv`))).toContain('张三');
  await page.goto(`/orgs/${org}/me/pay`);
  await look(page, 'journey-pay');
  expect(await page.locator('main').textContent()).toContain('412.50');
  expect(troubles).toEqual([]);
  await context.close();
});

test('a worker whose browser has no passkeys signs in by code and signs with the phone’s own key, and it is said so', async () => {
  const home = await openHouse();
  const { org, api, owner } = home;
  const { url } = await invited(owner, api, 'worker');
  const seat = await newPhone({ origin: product.origin, locale: 'en', dark: true });
  const { page, context, troubles } = seat;
  await withoutPasskeys(context);
  await moveTo('2026-11-02T00:55:00Z', [seat]);
  await page.goto(url);
  await page.locator('[data-code-sign-in] [name=displayName]').fill('李四');
  await page.locator('[data-code-sign-in] [name=address]').fill('13912345678');
  await look(page, 'journey-code-invitation');
  await page.locator('[data-code-sign-in] [type=submit]').click();
  await expect.poll(() => sent.length).toBe(1);
  await page.locator('[data-code-sign-in] [name=code]').fill(sent[0]?.values.code ?? '');
  await page.locator('[data-code-sign-in] [type=submit]').click();
  await page.locator('form[data-action*="/uses/"]').waitFor();
  await becomeReady(seat, home, 'code');
  await page.goto(`/orgs/${org}/me/contracts`);
  await page.locator('a.cell-link').first().click();
  await page.locator('[data-shown]').waitFor();
  expect(await page.locator('main').textContent()).toContain('grade B');
  await look(page, 'journey-code-contract-sealed');
  expect(troubles).toEqual([]);
  await context.close();
});

test('a worker with neither passkey nor code is enrolled face to face, by a supervisor who compares the digits', async () => {
  const home = await openHouse();
  const { org, api, owner, hr } = home;
  const { url } = await invited(owner, api, 'worker');
  const seat = await newPhone({ origin: product.origin });
  const { page, context, troubles } = seat;
  await withoutPasskeys(context);
  await moveTo('2026-11-02T01:00:00Z', [seat]);
  await page.goto(url);
  await page.locator('[data-enrol] [name=displayName]').fill('王五');
  await page.locator('[data-enrol] [type=submit]').click();
  await page.waitForURL('**/enrolling/*');
  await look(page, 'journey-face-to-face');
  const digits = (await page.locator('.big-code').textContent()) ?? '';
  const desk = await newDesk({ origin: product.origin });
  await moveTo('2026-11-02T01:00:00Z', [seat, desk]);
  const [name = '', value = ''] = (await hr.cookie()).split('=', 2);
  await desk.context.addCookies([{ name, value, url: product.origin }]);
  await desk.page.goto(new URL(page.url()).pathname.replace('enrolling', 'enrol'));
  await desk.page.locator('[name=checkWord]').fill(digits);
  await look(desk.page, 'journey-face-to-face-supervisor');
  await desk.page.locator('[type=submit]').click();
  await page.locator('form[data-action*="/uses/"]').waitFor();
  await submit(page, 'form[data-action*="/uses/"]', /\/uses\//);
  await page.waitForURL(`**/orgs/${org}/me`);
  await page.goto('/account');
  await look(page, 'journey-face-to-face-account');
  expect([...troubles, ...desk.troubles]).toEqual([]);
  await context.close();
  await desk.context.close();
});
