/** A worker's lines, added up as files state them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { minor } from '../../src/kernel/money.ts';
import { amountsOf } from '../../src/pay/payment-amounts.ts';

const line = (kind: string, code: string, amount: number, seconds: number | null = null) => ({
  kind,
  code,
  seconds,
  amountMinor: minor(amount),
});

test('what is deducted and advanced is no tax, and hours above the ordinary rate are overtime', () => {
  const lines = [
    line('earning', 'hours', 20_000, 28_800),
    line('earning', 'hours-overtime', 7_500, 7200),
    line('earning', 'hours-holiday', 6_000, 3600),
    line('deduction', 'damage', -1_000),
    line('advance', 'advance', -5_000),
    line('withholding', 'cn-labour-remuneration', -540),
  ];
  expect(amountsOf(lines)).toEqual({
    grossMinor: 33_500,
    withheldMinor: 540,
    deductedMinor: 6_000,
    netMinor: 26_960,
    regularSeconds: 28_800,
    overtimeSeconds: 10_800,
  });
});

test('expenses given back are no income: they raise what is paid, not the gross', () => {
  const lines = [line('earning', 'hours', 20_000, 28_800), line('reimbursement', 'expenses', 3_000)];
  expect(amountsOf(lines)).toMatchObject({ grossMinor: 20_000, deductedMinor: -3_000, netMinor: 23_000 });
});

test('gross less withheld less deducted is net, whatever the lines', () => {
  const kinds = fc.constantFrom('earning', 'correction', 'allowance', 'deduction', 'advance', 'withholding');
  const lines = fc.array(fc.tuple(kinds, fc.integer({ min: -1_000_000, max: 1_000_000 })));
  fc.assert(
    fc.property(lines, (all) => {
      const amounts = amountsOf(all.map(([kind, amount]) => line(kind, 'x', amount)));
      expect(amounts.grossMinor - amounts.withheldMinor - amounts.deductedMinor).toBe(amounts.netMinor);
    }),
  );
});
