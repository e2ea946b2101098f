/** WeChat Pay: signed both ways, one name for good, and nobody paid twice whatever gets lost. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reissuePayment, releasePayment, triesOf } from '../../src/disbursement/payment.ts';
import { payoutsDue } from '../../src/disbursement/payout.ts';
import { statePayment } from '../../src/disbursement/statement.ts';
import { newId } from '../../src/kernel/id.ts';
import { minor } from '../../src/kernel/money.ts';
import type { Store } from '../../src/store/commit.ts';
import { record, verifyJournal } from '../../src/store/journal.ts';
import { done, slugOf } from '../pay/payroll.ts';
import { appSecret, stranger, type Weather } from './fake-wechat.ts';
import { openPaying, wechatSettings } from './paying.ts';

describe('a payment through WeChat Pay', () => {
  test('waits until the provider is set up and somebody lets the run go', async () => {
    const { board, order, setUp, tick, fake, runId, put } = await openPaying();
    expect((await board()).payments[0]).toMatchObject({ channel: 'wechat', state: 'released' });
    expect(await slugOf(order())).toBe('payout-not-set-up');
    await setUp();
    await tick();
    expect(fake.bills.size).toBe(0);
    await done(order());
    await done(order());
    await tick();
    expect(fake.faults).toEqual([]);
    expect([...fake.bills.values()]).toMatchObject([{ name: '李小明', transfer_amount: 20_000 }]);
    expect((await board()).payments[0]?.state).toBe('accepted');
    // HR's word about what lies with the bank says nothing about what lies with WeChat.
    await done(put(`/pay-runs/${runId}/payment`, { paidOn: '2026-11-02' }));
    expect((await board()).payments[0]?.state).toBe('accepted');
  });

  test('waits for its worker, is confirmed, and is paid by the word of a callback that comes twice', async () => {
    const { payroll, workers, board, order, setUp, tick, fake, callback } = await openPaying();
    await setUp();
    fake.first = 'WAIT_USER_CONFIRM';
    await done(order());
    await tick();
    const [bill] = fake.bills.values();
    const [payment] = (await board()).payments;
    if (!bill || !workers[0] || !payment) throw new Error('no bill');
    expect(payment.state).toBe('waiting');
    const me = payroll.cell.as(workers[0].personId);
    const page = await me('GET', `/orgs/${payroll.cell.org}/me/payments/${payment.id}`);
    expect(await page.text()).toContain(`package-of-${bill.out_bill_no}`);
    bill.state = 'TRANSFERING';
    payroll.cell.forward(3600);
    await tick();
    expect((await board()).payments[0]?.state).toBe('accepted');
    bill.state = 'SUCCESS';
    expect((await callback(bill)).status).toBe(204);
    expect((await callback(bill)).status).toBe(204);
    expect((await board()).payments[0]?.state).toBe('paid');
    expect(verifyJournal(payroll.cell.store.db)).toMatchObject({ ok: true });
  });

  test('that nobody confirms is closed after a day, and paid again under another name', async () => {
    const { payroll, board, order, setUp, tick, fake, put, runId } = await openPaying();
    await setUp();
    fake.first = 'WAIT_USER_CONFIRM';
    await done(order());
    await tick();
    const [bill] = fake.bills.values();
    if (!bill) throw new Error('no bill');
    Object.assign(bill, { state: 'FAIL', fail_reason: 'OVERDUE_CLOSE' });
    payroll.cell.forward(25 * 3600);
    await tick();
    const [payment] = (await board()).payments;
    expect(payment).toMatchObject({
      state: 'rejected',
      code: 'OVERDUE_CLOSE',
      why: { text: 'The worker did not confirm within 24 hours.' },
    });
    await done(put(`/pay-runs/${runId}/reissues/${newId()}`, { paymentIds: [payment?.id ?? ''] }));
    await tick();
    expect(fake.bills.size).toBe(2);
  });

  test('is cancelled at the provider when it may be there, and at once when it never went', async () => {
    const { payroll, board, order, setUp, tick, fake, say } = await openPaying(2);
    await setUp();
    const [first] = (await board()).payments;
    await done(say(first?.id ?? '', 'cancelled'));
    expect((await board()).payments.find(({ id }) => id === first?.id)?.state).toBe('cancelled');
    fake.first = 'WAIT_USER_CONFIRM';
    await done(order());
    await tick();
    expect(fake.bills.size).toBe(1);
    const second = (await board()).payments.find(({ id }) => id !== first?.id);
    await done(say(second?.id ?? '', 'cancelled'));
    for (let round = 0; round < 2; round += 1) {
      await tick();
      payroll.cell.forward(3600);
    }
    expect((await board()).payments.map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
  });

  test('that never arrived is sent again under the same name', async () => {
    const { payroll, board, order, setUp, tick, fake } = await openPaying();
    await setUp();
    fake.weather = 'down';
    await done(order());
    await tick();
    expect((await board()).payments[0]?.state).toBe('released');
    fake.weather = 'fine';
    payroll.cell.forward(60);
    await tick();
    expect(fake.bills.size).toBe(1);
  });
});

describe('a message', () => {
  test('that is forged, stale, a probe, of another key or about another amount changes nothing', async () => {
    const { payroll, board, order, setUp, tick, fake, callback } = await openPaying();
    await setUp();
    await done(order());
    await tick();
    const [bill] = fake.bills.values();
    if (!bill) throw new Error('no bill');
    const paid = { ...bill, state: 'SUCCESS' };
    const refused = async (answer: Promise<Response>) => {
      const said = await answer;
      expect(said.status).toBe(401);
      expect(await slugOf(Promise.resolve(said))).toBe('payout-callback-refused');
    };
    await refused(callback(paid, { key: stranger.privateKey }));
    await refused(callback(paid, { at: Date.parse(payroll.cell.at()) - 301_000 }));
    await refused(callback(paid, { serial: 'PUB_KEY_ID_999' }));
    await refused(
      callback(paid, { body: '{"event_type":"MCHTRANSFER.BILL.FINISHED","resource":{"ciphertext":"AA"}}' }),
    );
    await refused(callback({ ...paid, transfer_amount: 1 }));
    expect((await board()).payments[0]?.state).toBe('accepted');
    // An order of somebody else's, truly signed: nothing here, and no reason to send it again.
    expect((await callback({ ...paid, out_bill_no: 'ELSEWHERE1' })).status).toBe(204);
  });
});

describe('settings', () => {
  test('name the key that cannot be read, keep secrets, and are tried', async () => {
    const { owner, payroll, fake } = await openPaying();
    const put = (change: object) => owner(`/payout-settings/${newId()}`, { ...wechatSettings, ...change });
    const bad = await put({
      privateKeyPem: '-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----',
    });
    expect(await bad.json()).toMatchObject({
      slug: 'payout-key-invalid',
      errors: [{ pointer: '/privateKeyPem' }],
    });
    expect(await slugOf(put({ apiV3Key: 'short' }))).toBe('payout-key-invalid');
    await done(put({}));
    const { privateKeyPem: _, apiV3Key: __, ...without } = wechatSettings;
    await done(owner(`/payout-settings/${newId()}`, { ...without, remark: '工资' }));
    const trial = () => owner(`/payout-trials/${newId()}`, { provider: 'wechat' });
    expect(await done(trial())).toEqual({ trouble: '' });
    fake.weather = 'unsigned';
    expect(await done(trial())).toMatchObject({ trouble: expect.stringContaining('UNSIGNED') });
    const page = await payroll.cell.as(payroll.owner)('GET', `/orgs/${payroll.cell.org}/payout-settings`);
    const text = await page.text();
    expect(text).toContain(wechatSettings.mchId);
    expect(text).not.toContain('PRIVATE KEY-----\nMII');
    expect(text).not.toContain(wechatSettings.apiV3Key);
  });
});

test('a worker names their own WeChat by a tap; a code of somebody else’s, or a spent one, names nothing', async () => {
  const { payroll, workers, owner, fake } = await openPaying();
  const { cell } = payroll;
  const me = cell.as(workers[0]?.personId ?? '');
  const page = (path: string) => me('GET', `/orgs/${cell.org}/me/wechat${path}`);
  expect((await page('')).status).toBe(404);
  await done(owner(`/payout-settings/${newId()}`, { ...wechatSettings, appSecret }));
  const asked = await page('');
  const question = new URL(asked.headers.get('location') ?? '');
  expect([asked.status, question.origin]).toEqual([302, 'https://open.weixin.qq.com']);
  const state = question.searchParams.get('state') ?? '';
  const answer = await page(`/return?code=good-code&state=${state}`);
  expect(await answer.text()).toContain('oUpF8uMuAJO_M2pxb1Q9zNjWeSnew');
  expect(await slugOf(page('/return?code=good-code&state=other'))).toBe('link-expired');
  expect(await slugOf(page(`/return?code=spent&state=${state}`))).toBe('link-expired');
  expect(fake.faults).toEqual([]);
});

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('tick' as const), crashIn: fc.integer({ min: -1, max: 6 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('weather' as const),
      weather: fc.constantFrom<Weather>('fine', 'lost', 'down', 'unsigned', 'hang-up'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('provider' as const),
      state: fc.constantFrom('PROCESSING', 'WAIT_USER_CONFIRM', 'SUCCESS', 'FAIL', 'CANCELLED'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('callback' as const, 'reissue' as const, 'cancel' as const) }),
  },
);

test('nobody is paid twice, whatever is lost, repeated or cut off, and everybody is paid in the end', async () => {
  const { payroll, workers, fake, setUp, callback } = await openPaying();
  await setUp();
  const { cell, hr } = payroll;
  const { store } = cell;
  const workerId = workers[0]?.workerId ?? '';
  const actor = { kind: 'person', personId: hr, signedInBy: 'A' } as const;
  let crashIn = -1;
  const commit = (async (work: never) => {
    crashIn -= 1;
    if (crashIn === 0) throw new Error('crash before the disk has it');
    const result = await store.commit(work);
    crashIn -= 1;
    if (crashIn === 0) throw new Error('crash after the disk has it');
    return result;
  }) as Store['commit'];
  const context = { ...cell.context, store: { ...store, commit } };
  const turn = () => payoutsDue(context, cell.at()).catch(() => undefined);
  const final = /SUCCESS|FAIL|CANCELLED/;
  const moved = (state: string) => {
    for (const bill of fake.bills.values())
      if (!final.test(bill.state))
        Object.assign(bill, { state, ...(state === 'FAIL' ? { fail_reason: 'NAME_NOT_CORRECT' } : {}) });
  };
  const successes = () => [...fake.bills.values()].filter(({ state }) => state === 'SUCCESS').length;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const runId = newId();
      fake.bills.clear();
      fake.weather = 'fine';
      await store.commit((tx) => {
        const owed = { runId, workerId, amountMinor: minor(20_000), accountAt: cell.at() };
        releasePayment(tx, owed, 'system', cell.at());
        const order = { id: newId(), runId, provider: 'wechat' as const, at: cell.at(), by: 'hr' };
        record(tx, 'payout-ordered', order, 'hr', cell.at());
      });
      const last = () => triesOf(store.db, runId, workerId)[0];
      const id = () => last()?.payment.id ?? '';
      // What is refused is refused; what matters is what the provider is made to do.
      const cancel = () =>
        store
          .commit((tx) =>
            statePayment(tx, actor, { paymentId: id(), kind: 'cancelled', reason: 'x' }, cell.at()),
          )
          .catch(() => undefined);
      const reissue = () =>
        store
          .commit((tx) => reissuePayment(tx, actor, { id: newId(), paymentId: id() }, cell.at()))
          .catch(() => undefined);
      for (const one of steps) {
        cell.forward(700);
        if (one.do === 'tick') {
          crashIn = one.crashIn;
          await turn();
          crashIn = -1;
        } else if (one.do === 'weather') fake.weather = one.weather;
        else if (one.do === 'provider') moved(one.state);
        else if (one.do === 'callback') for (const bill of fake.bills.values()) await callback(bill);
        else await { cancel, reissue }[one.do]();
        expect(successes()).toBeLessThanOrEqual(1);
      }
      fake.weather = 'fine';
      for (let round = 0; round < 12 && last()?.state !== 'paid'; round += 1) {
        await reissue();
        cell.forward(4000);
        await turn();
        moved('SUCCESS');
      }
      expect(successes()).toBe(1);
      expect(last()?.state).toBe('paid');
    }),
    { numRuns: 15 },
  );
  expect(fake.faults).toEqual([]);
}, 60_000);
