/** The whole way in the browser, both sides: an owner and HR at their desks, a worker on a phone, from set-up to the pay file. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { instantOf } from '../../src/kernel/time.ts';
import {
  closeBrowser,
  newDesk,
  newPhone,
  type Seat,
  standAt,
  virtualAuthenticator,
} from './support/browser.ts';
import { type Product, serveProduct } from './support/server.ts';
import { clockHere, look, photo, submit } from './support/walk.ts';

let product: Product;
let now = Date.parse('2026-10-05T00:30:00Z');
const site = { lat: 31.2304, lng: 121.4737 };

beforeAll(async () => {
  product = await serveProduct({ clock: () => instantOf(now) });
});
afterAll(async () => {
  await product.close();
  await closeBrowser();
});

async function moveTo(at: string, seats: readonly Seat[]): Promise<void> {
  now = Date.parse(at);
  for (const { page } of seats) await page.clock.setFixedTime(now);
}

async function fill(page: Page, form: string, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const field = page.locator(`${form} [name="${name}"]`);
    const tag = await field.first().evaluate((element) => element.tagName);
    if (tag === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
}

/** Makes an account with a passkey from a link, and accepts it. */
async function join({ page }: Seat, url: string, name: string): Promise<void> {
  await page.goto(url);
  await page.locator('[data-passkey=sign-up] [name=displayName]').fill(name);
  await page.locator('[data-passkey=sign-up] [type=submit]').click();
  await page.locator('form[data-action*="/uses/"]').waitFor();
  await submit(page, 'form[data-action*="/uses/"]', /\/uses\//);
}

test('from set-up to the pay file, in the browser alone', async () => {
  const owner = await newDesk({ origin: product.origin });
  const hr = await newDesk({ origin: product.origin, locale: 'en', dark: true });
  const phone = await newPhone({ origin: product.origin, position: site });
  const seats = [owner, hr, phone];
  for (const { page } of seats) await virtualAuthenticator(page);
  await moveTo('2026-10-05T00:30:00Z', seats);

  // The owner sets up the employer, a site and its cover.
  const desk = owner.page;
  await desk.goto(product.service.setupUrl() ?? '');
  const door = desk.locator('form[data-passkey=sign-up]');
  await door.locator('input[name=displayName]').fill('李娜');
  await door.locator('[type=submit]').click();
  const registration = 'form[data-action="/api/orgs/{id}"]';
  await desk.locator(registration).waitFor();
  await fill(desk, registration, {
    name: '上海晨光劳务有限公司',
    registrationCode: '9144030071526726XG',
    address: '上海市浦东新区 1 号',
    representative: '李娜',
    ownerName: '李娜',
  });
  await submit(desk, registration, /\/api\/orgs\/[0-9a-f-]+$/);
  await desk.waitForURL(/\/orgs\/[0-9a-f-]{36}/);
  const org = /orgs\/([0-9a-f-]{36})/.exec(desk.url())?.[1] ?? '';
  const at = `/orgs/${org}`;
  await look(desk, 'walk-overview-first');
  await desk.goto(`${at}/sites/new`);
  await fill(desk, 'form[data-action*="/sites/"]', {
    name: '一号仓',
    address: '仓储路 1 号',
    'fence.shapes.0.lat': String(site.lat),
    'fence.shapes.0.lng': String(site.lng),
    'fence.datum': 'wgs84',
  });
  await look(desk, 'walk-site');
  await submit(desk, 'form[data-action*="/sites/"]', /\/sites\//);
  await desk.goto(`${at}/guarantees`);
  const policy = 'form[data-action*="/guarantee-policies/{id}"]';
  await fill(desk, policy, {
    name: '日结保障',
    standsFor: 'employer',
    limitMinor: '50000',
    terms: '工作期间意外。',
  });
  await submit(desk, policy, /guarantee-policies/);
  await look(desk, 'walk-guarantees');

  // They invite HR, and HR invites a worker: each by a link that is also a code to scan.
  const linkAfter = async (page: Page, form: string) => {
    const { url = '' } = await submit(page, form, /\/invitations\//);
    await page.locator('.qr').first().waitFor();
    return url;
  };
  await desk.goto(`${at}/people?show=invitations`);
  const member = 'form:has([name=kind][value=member])';
  await fill(desk, member, { label: '人事' });
  const hrLink = await linkAfter(desk, member);
  await look(desk, 'walk-invitation');
  await join(hr, hrLink, '王芳');
  await hr.page.goto(`${at}/people?show=invitations`);
  const one = 'form:has([name=kind][value=worker]):not(:has([name=approvalRequired]))';
  await fill(hr.page, one, { label: '十月仓储' });
  const workerLink = await linkAfter(hr.page, one);

  // The worker joins on a phone, agrees, shows a document and says where to pay.
  const { page } = phone;
  await join(phone, workerLink, '张三');
  await page.goto(`${at}/me/identity`);
  for (const purpose of ['identity-document', 'location-at-punch', 'bank-account'])
    await submit(page, `form:has([value="${purpose}"])`, /\/me\/consents\//);
  await fill(page, 'form[data-action*="identity-claims"]', {
    legalName: '张三丰',
    documentNumber: '110105199003070017',
  });
  const picture = await photo(page);
  for (const side of [0, 1, 2]) await page.locator(`[name="photos.${side}.fileId"]`).setInputFiles(picture);
  await submit(page, 'form[data-action*="identity-claims"]', /identity-claims/);
  await fill(page, 'form[data-action*="payout-accounts"]', {
    bankName: '工商银行',
    number: '6222 6002 6000 1072 444',
  });
  await submit(page, 'form[data-action*="payout-accounts"]', /payout-accounts/);

  // HR compares, engages the worker and offers the contract.
  await hr.page.goto(`${at}/reviews`);
  await hr.page.locator('img').first().waitFor();
  await hr.page.locator('form[data-action*="/reveals/"] [type=submit]').click();
  await hr.page.getByText('110105199003070017').waitFor();
  await look(hr.page, 'walk-review');
  await submit(hr.page, 'form[data-action*="/review"]:has([value=accepted])', /\/review$/);
  await hr.page.goto(`${at}/people`);
  await hr.page.getByRole('link', { name: '张三丰' }).click();
  const engage = 'form[data-action*="/engagements/{id}"]';
  await fill(hr.page, engage, {
    roleTitle: '分拣员',
    project: '十月仓储',
    hourlyRateMinor: '25.00',
    payPeriod: 'monthly',
    startsOn: '2026-10-01',
  });
  await hr.page.locator(`${engage} [name=siteIds]`).first().check();
  await submit(hr.page, engage, /\/engagements\//);
  await look(hr.page, 'walk-person');
  const offer = 'form[data-action*="/contracts/{id}"]';
  for (const field of await hr.page.locator(`${offer} :is(input, textarea)[required]`).all())
    if ((await field.inputValue()) === '') await field.fill('上海市浦东新区');
  await submit(hr.page, offer, /\/contracts\/[0-9a-f-]+$/);

  // Both sign what their page has shown them.
  await page.goto(`${at}/me`);
  await page.locator('a.button-primary').click();
  await page.locator('[data-shown]').waitFor();
  await page.locator('[name=consent]').check();
  await submit(page, 'form[data-sign]', /\/signatures\//);
  await desk.goto(`${at}/contracts`);
  await desk.locator('main a.button-primary[href*="/contracts/"]').first().click();
  await desk.locator('[data-shown]').waitFor();
  await look(desk, 'walk-contract');
  await desk.locator('[name=consent]').check();
  await submit(desk, 'form[data-sign]', /\/signatures\//);
  await expect
    .poll(
      async () => {
        await page.goto(`${at}/me/card`);
        return page.locator('.work-card').count();
      },
      { timeout: 15_000 },
    )
    .toBe(1);

  // Work: in and out where the work is.
  for (const when of ['2026-10-05T01:00:00Z', '2026-10-05T09:30:00Z']) {
    await moveTo(when, seats);
    await standAt(phone.context, site);
    await page.goto(`${at}/me`);
    await clockHere(page, 'walk-found');
    await desk.goto(`${at}/attendance`);
    await look(desk, `walk-attendance-${when.slice(11, 13)}`);
  }

  // The month is over: the worker submits, HR approves, the run is calculated by one and approved by the other.
  await moveTo('2026-11-01T02:00:00Z', seats);
  await page.goto(`${at}/me/hours`);
  await page.locator('a[href*="startsOn=2026-10-01"]').first().click();
  await submit(page, 'form[data-action*="/submission"]', /\/submission/);
  await hr.page.goto(`${at}/timesheets?payPeriod=monthly&startsOn=2026-10-01`);
  await look(hr.page, 'walk-timesheets');
  await submit(hr.page, 'form[data-bulk]', /\/timesheet-approvals\//);
  await hr.page.goto(`${at}/pay-runs`);
  const monthly = 'form[data-action*="/pay-runs/{id}"]:has([value=monthly])';
  await fill(hr.page, monthly, { startsOn: '2026-10-01', endsOn: '2026-10-31', paysOn: '2026-11-05' });
  await submit(hr.page, monthly, /\/pay-runs\//);
  await submit(hr.page, 'form[data-action*="/calculations/"]', /\/calculations\//);
  await look(hr.page, 'walk-run');
  const run = new URL(hr.page.url()).pathname;
  await desk.goto(run);
  await submit(desk, 'form[data-approve-run]', /\/approval$/);
  await submit(desk, 'form[data-action*="/files/csv"]', /\/files\/csv/);
  const [download] = await Promise.all([
    desk.waitForEvent('download'),
    desk.locator('a[download][href*="/files/csv"]').click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toMatch(/张三丰.*6222600260001072444.*212\.50/);
  await look(desk, 'walk-run-approved');
  await page.goto(`${at}/me/pay`);
  await look(page, 'walk-pay');
  expect(await page.locator('main').textContent()).toContain('212.50');
  await desk.goto(`${at}/journal`);
  await look(desk, 'walk-journal');
  await desk.goto(at);
  await look(desk, 'walk-overview');
  for (const { troubles, context } of seats) {
    expect(troubles).toEqual([]);
    await context.close();
  }
}, 120_000);
