/** Payout accounts: forms of their numbers, and a change that nobody makes unseen. */
import { describe, expect, test } from 'vitest';
import { accountFault, isIban, isRoutingNumber, looksMistyped } from '../../src/identity/account-number.ts';
import { payoutAccountOf } from '../../src/identity/payout-account.ts';
import { newId } from '../../src/kernel/id.ts';
import { noticesOf } from '../../src/notice/notice.ts';
import { addWorker, done, openPayroll, slugOf } from '../pay/payroll.ts';

describe('a number', () => {
  test.each([
    ['DE89370400440532013000', true],
    ['GB82WEST12345698765432', true],
    ['FR1420041010050500013M02606', true],
    ['DE89370400440532013001', false],
    ['DE89', false],
    ['89370400440532013000', false],
  ])('IBAN %s leaves 1 modulo 97: %s', (number, holds) => expect(isIban(number)).toBe(holds));

  test.each([
    ['021000021', true],
    ['076401251', true],
    ['021000022', false],
    ['000000000', false],
    ['21000021', false],
  ])('ABA routing number %s weighs 3 7 1: %s', (number, holds) =>
    expect(isRoutingNumber(number)).toBe(holds),
  );

  test('a card that fails Luhn is doubted and taken', () => {
    expect(looksMistyped('6222600260001072444')).toBe(false);
    expect(looksMistyped('6222600260001072445')).toBe(true);
    expect(accountFault({ kind: 'bank-card', number: '6222600260001072445' })).toBeUndefined();
  });

  test.each([
    ['aba', 'ACCT1234', undefined, 'routingCode'],
    ['aba', 'ACCT1234', '021000021', undefined],
    ['wechat', 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o', undefined, undefined],
    ['wechat', 'wx', undefined, 'number'],
    ['alipay', '13800138000', undefined, undefined],
    ['alipay', 'zhang@example.com', undefined, undefined],
    ['alipay', '12345', undefined, 'number'],
    ['iban', 'DE89370400440532013000', 'COBADEFFXXX', undefined],
    ['iban', 'DE89370400440532013000', 'NOPE', 'routingCode'],
    ['bank-card', '622', undefined, 'number'],
  ] as const)('%s %s with %s: %s', (kind, number, routingCode, fault) =>
    expect(accountFault({ kind, number, routingCode })).toBe(fault),
  );
});

describe('a change', () => {
  async function open() {
    const payroll = await openPayroll();
    const worker = await addWorker(payroll, '李小明');
    const { cell } = payroll;
    const me = cell.as(worker.personId);
    await done(me('PUT', `/me/consents/${newId()}`, { purpose: 'bank-account' }));
    const give = (id: string, number: string, more = {}) =>
      me('PUT', `/me/payout-accounts/${id}`, { bankName: 'ICBC', holderName: '李小明', number, ...more });
    const paidTo = () => payoutAccountOf(cell.store.db, worker.workerId, cell.at())?.numberMasked;
    return { payroll, cell, me, give, paidTo, personId: worker.personId };
  }

  test('waits for the cool-down, in which the old account is paid to', async () => {
    const { cell, give, paidTo, personId } = await open();
    const before = paidTo();
    const id = newId();
    const given = await done(give(id, '6228480402564890018'));
    expect(given).toMatchObject({ effectiveAt: '2026-10-03T00:00:00.000Z', holderDiffers: false });
    expect(paidTo()).toBe(before);
    expect(noticesOf(cell.store.db, personId)).toMatchObject([
      {
        kind: 'payout-account-changed',
        params: { account: 'ICBC **** 0018', 'from.en': '2026-10-03 08:00' },
      },
    ]);
    cell.forward(48 * 3600);
    expect(paidTo()).toBe('**** 0018');
    expect((await give(id, '6228480402564890018')).status).toBe(200);
  });

  test('is taken back while it waits, and not after', async () => {
    const { cell, me, give, paidTo } = await open();
    const before = paidTo();
    const [stolen, own] = [newId(), newId()];
    await done(give(stolen, '6228480402564890018'));
    await done(me('PUT', `/me/payout-accounts/${stolen}/withdrawal`, {}));
    await done(me('PUT', `/me/payout-accounts/${stolen}/withdrawal`, {}));
    await done(give(own, 'zhang@example.com', { kind: 'alipay' }));
    cell.forward(48 * 3600);
    expect(paidTo()).not.toBe(before);
    expect(await slugOf(me('PUT', `/me/payout-accounts/${own}/withdrawal`, {}))).toBe('account-in-force');
  });

  test('waits as long as the employer says', async () => {
    const { payroll, cell, give, paidTo } = await open();
    const setting = { name: 'account-cool-down', reason: 'daily pay' };
    const put = (value: string) =>
      cell.as(payroll.owner)('PUT', `/settings/${newId()}`, { ...setting, value });
    expect(await slugOf(put('5'))).toBe('body-invalid');
    await done(put('0'));
    await done(give(newId(), '6228480402564890018'));
    expect(paidTo()).toBe('**** 0018');
  });

  test('to what is no account is refused beside its field', async () => {
    const { give } = await open();
    const refused = await give(newId(), 'DE89370400440532013001', { kind: 'iban' });
    expect(await refused.json()).toMatchObject({ slug: 'account-invalid', errors: [{ pointer: '/number' }] });
  });
});
