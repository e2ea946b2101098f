/** A run whose workers are paid through WeChat Pay, against the fake on loopback. */
import { onTestFinished } from 'vitest';
import { payoutsDue } from '../../src/disbursement/payout.ts';
import { releasesDue } from '../../src/disbursement/release.ts';
import { newId } from '../../src/kernel/id.ts';
import { payouts } from '../../src/provider/payouts.ts';
import { done } from '../pay/payroll.ts';
import {
  apiV3Key,
  type Bill,
  type FakeWechat,
  merchant,
  merchantFacts,
  openFakeWechat,
  platform,
} from './fake-wechat.ts';
import { openReleased } from './released.ts';

export const wechatSettings = {
  provider: 'wechat',
  on: true,
  ...merchantFacts,
  platformKeyPem: platform.publicKey,
  sceneId: '1005',
  jobType: '装卸工',
  payNote: '当日劳务报酬',
  remark: '劳务报酬',
  privateKeyPem: merchant.privateKey,
  apiV3Key,
} as const;

export async function openPaying(count = 1) {
  const fake = await openFakeWechat();
  onTestFinished(() => fake.close());
  const released = await openReleased(count, {
    kind: 'wechat',
    payouts: payouts({ wechat: fake.url, wechatApi: fake.url }),
  });
  const { payroll, runId } = released;
  const { cell } = payroll;
  fake.now = () => Date.parse(cell.at());
  const owner = (path: string, body: object) => cell.as(payroll.owner)('PUT', path, body);
  return {
    ...released,
    fake,
    owner,
    setUp: () => done(owner(`/payout-settings/${newId()}`, wechatSettings)),
    order: () => released.put(`/pay-runs/${runId}/payout-orders/${newId()}`, { provider: 'wechat' }),
    tick: async () => {
      await releasesDue(cell.store, cell.at());
      await payoutsDue(cell.context, cell.at());
    },
    callback: (bill: Bill, change?: Parameters<FakeWechat['callback']>[1]) => {
      const { body, headers } = fake.callback(bill, change);
      const path = `http://localhost:8787/api/orgs/${cell.org}/payout-callbacks/wechat`;
      return cell.send(new Request(path, { method: 'POST', body, headers }), { kind: 'visitor' });
    },
  };
}
