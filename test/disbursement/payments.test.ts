/** An approved run becomes payments; banks, HR and time say what became of them; the rest is paid again, once. */
import { describe, expect, test } from 'vitest';
import { payoutCalls } from '../../db/cell.ts';
import { releasesDue } from '../../src/disbursement/release.ts';
import { newId } from '../../src/kernel/id.ts';
import { noticesOf } from '../../src/notice/notice.ts';
import { verifyJournal } from '../../src/store/journal.ts';
import { done, slugOf } from '../pay/payroll.ts';
import { camt054, nachaReturns, pain002 } from './answers.ts';
import { names, openReleased, tick } from './released.ts';

describe('a run that is approved', () => {
  test('becomes one payment a worker with a positive net, however often tick comes by', async () => {
    const { payroll, board, runId } = await openReleased();
    await tick(payroll);
    await releasesDue(payroll.cell.store, payroll.cell.at());
    const { payments, counts, releasing } = await board();
    expect(payments.map(({ workerName }) => workerName).sort()).toEqual([...names].sort());
    expect(counts).toEqual([{ state: 'released', payments: 3, amountMinor: 3 * 20_000 }]);
    expect(new Set(payments.map(({ endToEndId }) => endToEndId)).size).toBe(3);
    expect(releasing).toBe(false);
    await done(payroll.cell.as(payroll.hr)('PUT', `/pay-runs/${runId}/release`, {}));
    expect((await board()).payments).toHaveLength(3);
    expect(verifyJournal(payroll.cell.store.db)).toMatchObject({ ok: true });
  });

  test('is paid by hand as a whole, which needs nothing', async () => {
    const { put, board, runId } = await openReleased();
    await done(put(`/pay-runs/${runId}/payment`, { paidOn: '2026-11-02' }));
    expect((await board()).counts).toEqual([{ state: 'paid', payments: 3, amountMinor: 60_000 }]);
  });

  test('or line by line; a bank’s rejection outweighs HR’s word', async () => {
    const { say, board, importText } = await openReleased();
    const [first, second] = (await board()).payments;
    if (!first || !second) throw new Error('no payments');
    await done(say(first.id, 'said-paid'));
    await done(say(first.id, 'said-paid'));
    await done(say(second.id, 'said-paid'));
    await importText(pain002([{ name: second.endToEndId, status: 'RJCT', code: 'AC04' }]));
    const { payments } = await board();
    const of = (id: string) => payments.find((one) => one.id === id);
    expect(of(first.id)?.state).toBe('paid');
    expect(of(second.id)).toMatchObject({
      state: 'rejected',
      code: 'AC04',
      why: { text: 'The account is closed. as told', remedy: expect.stringContaining('another account') },
    });
  });
});

describe('a payment', () => {
  test('is paid again only when it is over, into the account in force then, under a new id, once', async () => {
    const { payroll, put, say, board, runId } = await openReleased(1);
    const [first] = (await board()).payments;
    if (!first) throw new Error('no payment');
    const reissue = (id: string) => put(`/pay-runs/${runId}/reissues/${id}`, { paymentIds: [first.id] });
    expect(await slugOf(reissue(newId()))).toBe('payment-not-over');
    await done(say(first.id, 'rejected'));
    const id = newId();
    await done(reissue(id));
    await done(reissue(id));
    expect(await slugOf(reissue(newId()))).toBe('payment-not-over');
    const { payments } = await board();
    expect(payments).toHaveLength(1);
    expect(payments[0]).toMatchObject({ attempt: 2, state: 'released', amountMinor: first.amountMinor });
    expect(payments[0]?.endToEndId).not.toBe(first.endToEndId);
    const list = await payroll.cell.as(payroll.hr)('GET', `/pay-runs/${runId}/open-payments/csv`);
    expect(await list.text()).toContain(payments[0]?.endToEndId ?? '-');
    const book = await payroll.cell.as(payroll.hr)('GET', `/pay-runs/${runId}/open-payments/xlsx`);
    expect(book.status).toBe(200);
  });

  test('that a bank paid after rejecting it is for a person to decide', async () => {
    const { put, say, board, importText, runId } = await openReleased(1);
    const [first] = (await board()).payments;
    if (!first) throw new Error('no payment');
    expect(await slugOf(say(first.id, 'decided-paid'))).toBe('payment-not-disputed');
    await importText(pain002([{ name: first.endToEndId, status: 'RJCT', code: 'MS03' }]));
    await importText(pain002([{ name: first.endToEndId, status: 'ACSC' }]));
    expect((await board()).payments[0]?.state).toBe('disputed');
    expect(await slugOf(put(`/pay-runs/${runId}/reissues/${newId()}`, { paymentIds: [first.id] }))).toBe(
      'payment-not-over',
    );
    await done(say(first.id, 'decided-paid'));
    expect((await board()).payments[0]?.state).toBe('paid');
    expect(await slugOf(say(first.id, 'cancelled'))).toBe('payment-not-open');
  });

  test('that turns out to be paid while its next try waits is shown beside it, and the next try does not go', async () => {
    const { payroll, put, say, board, importText, runId } = await openReleased(1);
    const [first] = (await board()).payments;
    if (!first) throw new Error('no payment');
    await importText(pain002([{ name: first.endToEndId, status: 'RJCT', code: 'MS03' }]));
    await done(put(`/pay-runs/${runId}/reissues/${newId()}`, { paymentIds: [first.id] }));
    await importText(pain002([{ name: first.endToEndId, status: 'ACSC' }]));
    const { payments } = await board();
    expect(payments.map(({ attempt, state }) => [attempt, state])).toEqual([
      [1, 'disputed'],
      [2, 'released'],
    ]);
    const second = payments[1]?.id ?? '';
    expect(await slugOf(say(second, 'said-paid'))).toBe('payment-paid-already');
    const list = await payroll.cell.as(payroll.hr)('GET', `/pay-runs/${runId}/open-payments/csv`);
    expect(await list.text()).not.toContain(payments[1]?.endToEndId ?? '-');
    await done(say(second, 'cancelled'));
    await done(say(first.id, 'decided-paid'));
    expect((await board()).payments.map(({ state }) => state)).toEqual(['cancelled', 'paid']);
    expect(await slugOf(put(`/pay-runs/${runId}/reissues/${newId()}`, { paymentIds: [second] }))).toBe(
      'payment-paid-already',
    );
  });

  test('comes back later and is paid again; what was never paid cannot come back', async () => {
    const { say, board, importText } = await openReleased(2);
    const [first, second] = (await board()).payments;
    if (!first || !second) throw new Error('no payments');
    expect(await slugOf(say(second.id, 'returned'))).toBe('payment-not-paid');
    const entry = { name: first.endToEndId, status: 'BOOK', amount: '200.00' };
    await importText(camt054([{ ...entry, back: false }]));
    await importText(camt054([{ ...entry, back: true, code: 'AC06' }]));
    const { payments } = await board();
    expect(payments.find(({ id }) => id === first.id)).toMatchObject({ state: 'returned', code: 'AC06' });
  });

  test('that a provider may have is cancelled there, and nobody says by hand that it is paid', async () => {
    const { payroll, say, board } = await openReleased(1);
    const [first] = (await board()).payments;
    if (!first) throw new Error('no payment');
    const { store } = payroll.cell;
    await store.commit((tx) =>
      tx.insert(payoutCalls).values({ id: first.id, provider: 'wechat', tries: 1, cancelAsked: false }).run(),
    );
    expect(await slugOf(say(first.id, 'said-paid'))).toBe('payment-with-provider');
    await done(say(first.id, 'cancelled'));
    expect((await board()).payments[0]?.state).toBe('released');
    expect(store.db.select().from(payoutCalls).get()).toMatchObject({ cancelAsked: true });
  });

  test('is told to its worker, with the reason in their own words', async () => {
    const { payroll, workers, say, board } = await openReleased(1);
    const [first] = (await board()).payments;
    if (!first || !workers[0]) throw new Error('no payment');
    await done(say(first.id, 'rejected', '户名不符'));
    const mine = await done(
      payroll.cell.as(workers[0].personId)('GET', '/me/payments', undefined, { 'accept-language': 'zh-CN' }),
    );
    expect(mine).toMatchObject({ payments: [{ state: 'rejected', why: { text: '户名不符' } }] });
    const [notice] = noticesOf(payroll.cell.store.db, workers[0].personId);
    expect(notice).toMatchObject({ kind: 'payment-refused', params: { 'why.zh-CN': '户名不符' } });
  });
});

test('NACHA returns find their payments by the fifteen characters that they carry', async () => {
  const { board, importText } = await openReleased(1);
  const [first] = (await board()).payments;
  if (!first) throw new Error('no payment');
  const name = `${first.endToEndId.slice(2, 14)}${first.endToEndId.slice(-3)}`;
  const made = await importText(
    nachaReturns([
      { name, code: 'R03', cents: 20_000 },
      { name: 'ABCDEFGHJKMN001', code: 'R02', cents: 100 },
    ]),
  );
  expect(made.counts).toEqual({ fresh: 1, unknown: 1 });
  expect((await board()).payments[0]).toMatchObject({ state: 'returned', code: 'R03' });
});
