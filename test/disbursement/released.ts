/** An approved run with its payments released: three workers, each owed the pay of a day. */
import { tickCell } from '../../src/cell/tick.ts';
import { sha256 } from '../../src/kernel/digest.ts';
import { newId } from '../../src/kernel/id.ts';
import type { Payouts } from '../../src/provider/payouts.ts';
import {
  addWorker,
  approveHours,
  approveRun,
  done,
  engage,
  october,
  openAndCalculate,
  openPayroll,
  type Payroll,
  type PayrollWorker,
  work,
} from '../pay/payroll.ts';

export interface Listed {
  readonly id: string;
  readonly workerName: string;
  readonly workerId: string;
  readonly attempt: number;
  readonly amountMinor: number;
  readonly endToEndId: string;
  readonly channel: string;
  readonly state: string;
  readonly code: string | null;
  readonly why?: { readonly text: string; readonly remedy: string };
}

export const names = ['李小明', '王芳', 'Maria Nunez'] as const;
const accounts = ['6222600260001072444', '6228480402564890018', '6216261000000000018'];

export async function openReleased(
  count: number = names.length,
  through?: { readonly kind: 'wechat' | 'alipay'; readonly payouts: Payouts },
) {
  const payroll = await openPayroll();
  if (through) Object.assign(payroll.cell.context, { payouts: through.payouts });
  const workers: PayrollWorker[] = [];
  for (const [index, name] of names.slice(0, count).entries()) {
    const worker = await addWorker(payroll, name, { account: through ? null : (accounts[index] ?? null) });
    if (through) await giveWallet(payroll, worker, name, through.kind, index);
    const engagementId = await engage(payroll, worker);
    const day = `2026-10-0${5 + index}`;
    await work(payroll, worker, engagementId, `${day}T01:00:00.000Z`, `${day}T09:00:00.000Z`);
    workers.push(worker);
    payroll.cell.moveTo('2026-11-02T00:00:00.000Z');
    await approveHours(payroll, engagementId, '2026-10-01');
  }
  const run = await openAndCalculate(payroll, october);
  await done(approveRun(payroll, run));
  await tick(payroll);
  return { payroll, workers, runId: run.id, ...console_(payroll, run.id) };
}

export const tick = ({ cell }: Payroll) => tickCell(cell.context, cell.at());

function console_(payroll: Payroll, runId: string) {
  const { cell, hr } = payroll;
  const put = (path: string, body: object = {}) =>
    cell.as(hr)('PUT', path, body, { 'accept-language': 'en' });
  return {
    put,
    board: async () => {
      const answer = await cell.as(hr)('GET', `/pay-runs/${runId}/payments`, undefined, {
        'accept-language': 'en',
      });
      return (await answer.json()) as {
        payments: Listed[];
        counts: { state: string; payments: number; amountMinor: number }[];
        releasing: boolean;
      };
    },
    say: (paymentId: string, kind: string, reason = 'the bank said so on the phone') =>
      put(`/payment-statements/${newId()}`, { paymentIds: [paymentId], kind, reason }),
    upload: (id: string, bytes: Uint8Array<ArrayBuffer>, name = 'answer') =>
      putBytes(payroll, id, bytes, name),
    importText: async (text: string) => {
      const id = newId();
      await done(putBytes(payroll, id, new TextEncoder().encode(text), 'answer'));
      return (await done(put(`/payment-answers/${id}`))) as unknown as {
        counts: Record<string, number>;
        lines: { verdict: string; before: string | null; after: string | null }[];
      };
    },
  };
}

function putBytes({ cell, hr }: Payroll, id: string, bytes: Uint8Array<ArrayBuffer>, name: string) {
  const path = `/api/orgs/${cell.org}/payment-answers/${id}/files/${sha256(bytes)}?name=${name}`;
  const request = new Request(`http://localhost:8787${path}`, { method: 'PUT', body: bytes });
  return cell.send(request, { kind: 'person', personId: hr, signedInBy: 'A' });
}

async function giveWallet(
  { cell }: Payroll,
  { personId }: PayrollWorker,
  holderName: string,
  kind: 'wechat' | 'alipay',
  index: number,
): Promise<void> {
  const me = cell.as(personId);
  await done(me('PUT', `/me/consents/${newId()}`, { purpose: 'bank-account' }));
  const number = kind === 'wechat' ? `oUpF8uMuAJO_M2pxb1Q9zNjWeS6${index}` : `1380013800${index}`;
  await done(me('PUT', `/me/payout-accounts/${newId()}`, { kind, holderName, number }));
}
