/** Alipay: certificate mode, signed both ways, yuan as text, and money that comes back later. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { payoutsDue } from '../../src/disbursement/payout.ts';
import { newId } from '../../src/kernel/id.ts';
import { payouts } from '../../src/provider/payouts.ts';
import { done, slugOf } from '../pay/payroll.ts';
import { issued, openFakeAlipay, type Transfer } from './fake-alipay.ts';
import { openReleased } from './released.ts';

const [app, own, root, stranger] = await Promise.all([
  issued('0a1b'),
  issued('1000'),
  issued('2000'),
  issued('3000'),
]);

async function open() {
  let now = () => Date.now();
  const fake = await openFakeAlipay(app, own, root, () => now());
  onTestFinished(() => fake.close());
  const released = await openReleased(1, { kind: 'alipay', payouts: payouts({ alipay: fake.url }) });
  const { payroll, put, runId } = released;
  const { cell, owner } = payroll;
  now = () => Date.parse(cell.at());
  const settings = {
    provider: 'alipay',
    on: true,
    appId: '2021000000000001',
    privateKeyPem: app.keyPem,
    appCertPem: app.certPem,
    alipayCertPem: own.certPem,
    // The real file holds roots in SM2, too, which RSA knows nothing of.
    rootCertPem: `${root.certPem}\n-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n`,
    remark: '劳务报酬',
  };
  await done(cell.as(owner)('PUT', `/payout-settings/${newId()}`, settings));
  await done(put(`/pay-runs/${runId}/payout-orders/${newId()}`, { provider: 'alipay' }));
  const notify = (transfer: Transfer, key?: string) => {
    const body = fake.notice(transfer, key);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const path = `http://localhost:8787/api/orgs/${cell.org}/payout-callbacks/alipay`;
    return cell.send(new Request(path, { method: 'POST', body, headers }), { kind: 'visitor' });
  };
  const tick = () => payoutsDue(cell.context, cell.at());
  const state = async () => (await released.board()).payments[0];
  return { ...released, fake, settings, notify, tick, state, cell, owner };
}

describe('a payment through Alipay', () => {
  test('is sent in yuan, asked about until it is paid, and may come back from the receiving bank', async () => {
    const { fake, tick, state, notify, cell } = await open();
    await tick();
    expect(fake.faults).toEqual([]);
    const [transfer] = fake.transfers.values();
    if (!transfer) throw new Error('nothing was sent');
    expect(transfer).toMatchObject({ trans_amount: '200.00', payee: '13800138000' });
    expect((await state())?.state).toBe('accepted');
    transfer.status = 'SUCCESS';
    cell.forward(3600);
    await tick();
    expect((await state())?.state).toBe('paid');
    const answer = await notify({ ...transfer, status: 'REFUND' });
    expect([answer.status, await answer.text()]).toEqual([200, 'success']);
    expect(await state()).toMatchObject({ state: 'returned', code: 'REFUND' });
  });

  test('to nobody known there is rejected when nothing can be on its way any more, and its worker is told', async () => {
    const { fake, tick, state, cell } = await open();
    fake.refusal = 'PAYEE_NOT_EXIST';
    await tick();
    cell.forward(60);
    await tick();
    expect((await state())?.state).toBe('released');
    cell.forward(700);
    await tick();
    expect(await state()).toMatchObject({
      state: 'rejected',
      why: { text: 'There is no such Alipay account.' },
    });
    expect(fake.transfers.size).toBe(0);
  });

  test('is believed to be paid only under the key of Alipay’s certificate', async () => {
    const { tick, state, notify, fake } = await open();
    await tick();
    const [transfer] = fake.transfers.values();
    if (!transfer) throw new Error('nothing was sent');
    expect(await slugOf(notify({ ...transfer, status: 'SUCCESS' }, stranger.keyPem))).toBe(
      'payout-callback-refused',
    );
    expect((await state())?.state).toBe('accepted');
  });
});

test('a certificate that cannot be read is refused beside its field, and a trial moves no money', async () => {
  const { cell, owner, settings, fake } = await open();
  const put = (change: object) =>
    cell.as(owner)('PUT', `/payout-settings/${newId()}`, { ...settings, ...change });
  expect(await (await put({ appCertPem: 'x' })).json()).toMatchObject({
    slug: 'payout-key-invalid',
    errors: [{ pointer: '/appCertPem' }],
  });
  const trial = () => cell.as(owner)('PUT', `/payout-trials/${newId()}`, { provider: 'alipay' });
  expect(await done(trial())).toEqual({ trouble: '' });
  await done(put({ alipayCertPem: stranger.certPem }));
  expect(await done(trial())).toMatchObject({ trouble: 'UNSIGNED' });
  expect(fake.transfers.size).toBe(0);
});
