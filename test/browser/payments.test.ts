/** HR imports the bank's answer, reads why a payment was refused and pays it again; its worker reads the same on the phone. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  paymentReleases,
  payments,
  payoutCalls,
  payoutSettings,
  payRunApprovals,
  payRuns,
} from '../../db/cell.ts';
import { releasePayment, tellPayment } from '../../src/disbursement/payment.ts';
import { newId } from '../../src/kernel/id.ts';
import { minor } from '../../src/kernel/money.ts';
import { civilDate, type Instant } from '../../src/kernel/time.ts';
import { openNodeStore } from '../../src/store/node.ts';
import { pain002 } from '../disbursement/answers.ts';
import { closeBrowser, newDesk } from './support/browser.ts';
import { type Hired, hire, lookAtPages, openScene, openSite, type Scene, signedIn } from './support/scene.ts';

const at = '2026-11-05T02:00:00.000Z' as Instant;
const amounts = [512_340, 398_000, 87_550];
let scene: Scene;
let workers: Hired[];
let runId: string;
let waitingId: string;

/** An approved run of three, the last of whom is paid through WeChat and has not confirmed yet. */
async function release(): Promise<void> {
  const { product, org } = scene;
  const store = openNodeStore(join(product.folder, 'cells', `${org}.sqlite`));
  runId = newId();
  await store.commit((tx) => {
    const period = { startsOn: civilDate('2026-10-01'), endsOn: civilDate('2026-10-31') };
    const run = { id: runId, payPeriod: 'monthly' as const, ...period, paysOn: civilDate('2026-11-05') };
    tx.insert(payRuns)
      .values({ ...run, note: '', at, by: 'hr' })
      .run();
    const approval = { id: runId, calculationId: newId(), digest: '', fourEyes: true, grade: 'A' as const };
    tx.insert(payRunApprovals)
      .values({ ...approval, record: '', proof: '', at, by: 'hr' })
      .run();
    for (const [index, { workerId }] of workers.entries())
      releasePayment(
        tx,
        { runId, workerId, amountMinor: minor(amounts[index] ?? 0), accountAt: at },
        'hr',
        at,
      );
    const third = tx
      .select()
      .from(payments)
      .all()
      .find(({ workerId }) => workerId === workers[2]?.workerId);
    waitingId = third?.id ?? '';
    tellPayment(
      tx,
      waitingId,
      { kind: 'wait-user-confirm', code: 'WAIT_USER_CONFIRM', source: 'wechat' },
      'system',
      at,
    );
    const call = { id: waitingId, provider: 'wechat' as const, tries: 1, cancelAsked: false };
    tx.insert(payoutCalls)
      .values({ ...call, confirmation: 'package-1' })
      .run();
    const facts = JSON.stringify({ mchId: '1900000001', appId: 'wx0123456789abcdef', remark: '劳务报酬' });
    const settings = { id: newId(), provider: 'wechat' as const, on: false, facts };
    tx.insert(payoutSettings)
      .values({ ...settings, secretsSealed: '', at, by: 'hr' })
      .run();
    tx.insert(paymentReleases).values({ id: runId, payments: 3, at }).run();
  });
  store.close();
}

async function account({ person }: Hired, body: object): Promise<void> {
  await person.ok('PUT', `${scene.api}/me/consents/${newId()}`, { purpose: 'bank-account' });
  await person.ok('PUT', `${scene.api}/me/payout-accounts/${newId()}`, body);
}

beforeAll(async () => {
  scene = await openScene('2026-11-01T02:00:00.000Z');
  const siteId = await openSite(scene);
  workers = [];
  for (const name of ['李小明', '王芳', '阿不都热合曼·买买提']) workers.push(await hire(scene, name, siteId));
  const [first, second, third] = workers as [Hired, Hired, Hired];
  await account(first, { bankName: '交通银行', holderName: '李小明', number: '6222600260001072444' });
  await account(second, { bankName: '中国农业银行', holderName: '王芳', number: '6228480402564890018' });
  await account(third, {
    kind: 'wechat',
    holderName: '阿不都热合曼·买买提',
    number: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  });
  scene.moveTo(at);
  await release();
});
afterAll(async () => {
  await scene.close();
  await closeBrowser();
});

test('a refused payment is imported, understood and paid again', async () => {
  const { product, org, owner, api } = scene;
  const { payments: listed } = (await owner.ok('GET', `${api}/pay-runs/${runId}/payments`)) as unknown as {
    payments: { endToEndId: string; workerId: string }[];
  };
  const nameOf = (index: number) =>
    listed.find(({ workerId }) => workerId === workers[index]?.workerId)?.endToEndId ?? '';
  const answer = pain002([
    { name: nameOf(0), status: 'ACSC', amount: '5123.40' },
    { name: nameOf(1), status: 'RJCT', code: 'AC04' },
    { name: 'WC0000000000000000000000000001', status: 'RJCT', code: 'AC01' },
  ]).replaceAll('AddtlInf>as told<', 'AddtlInf><');
  const desk = await newDesk({ origin: product.origin, locale: 'en' });
  await signedIn(desk.context, product.origin, owner);
  const { page } = desk;
  await page.goto(`/orgs/${org}/payment-answers`);
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'answer.xml', mimeType: 'text/xml', buffer: Buffer.from(answer) });
  await page.getByRole('button', { name: 'Look at it' }).click();
  await page.getByText('No such payment').first().waitFor();
  await page.getByRole('button', { name: 'Import 2 results' }).click();
  await page.getByText('Imported').first().waitFor();
  await page.goto(`/orgs/${org}/pay-runs/${runId}/payments`);
  await page.getByText('The account is closed.').waitFor();
  await lookAtPages(scene, owner, {
    'payment-board': `/orgs/${org}/pay-runs/${runId}/payments`,
    'payout-settings': `/orgs/${org}/payout-settings`,
  });
  await page.locator('#reissue input[type=checkbox]').first().check();
  await page.getByRole('button', { name: 'Pay the chosen ones again' }).click();
  await page.getByText('2. try').waitFor();
  expect(desk.troubles).toEqual([]);
  await desk.context.close();
  const [, second, third] = workers as [Hired, Hired, Hired];
  const mine = (await second.person.ok('GET', `${api}/me/payments`)) as unknown as {
    payments: { id: string; state: string }[];
  };
  expect(mine.payments.map(({ state }) => state)).toEqual(['released', 'rejected']);
  await lookAtPages(scene, third.person, { 'my-payment-confirm': `/orgs/${org}/me/payments/${waitingId}` });
});
