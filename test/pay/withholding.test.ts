/** Withholding: the vectors of the announcements, and that splitting a payment never changes the tax. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Minor, minor, sum, zero } from '../../src/kernel/money.ts';
import { type CivilDate, civilDate } from '../../src/kernel/time.ts';
import {
  countedMonths,
  cumulativeTax,
  labourTax,
  type PastPayment,
  withhold,
} from '../../src/pay/withholding.ts';
import {
  type CumulativeRule,
  type MonthToDateRule,
  ruleFor,
  type WithholdingRule,
} from '../../src/pay/withholding-rules.ts';

const rule = (payer: 'ordinary' | 'platform', relationship: string, paysOn = '2026-03-10') => {
  const found = ruleFor('CN', payer, relationship, civilDate(paysOn));
  if (!found) throw new Error('no rule');
  return found;
};
const labour = rule('ordinary', 'service') as MonthToDateRule;
const platform = rule('platform', 'new-form') as CumulativeRule;
const yuan = (amount: number) => minor(Math.round(amount * 100));

describe('labour remuneration by an ordinary payer', () => {
  test.each([
    [800, 0],
    [801, 0.2],
    [3000, 440],
    [4000, 640],
    [4001, 640.16],
    [8000, 1280],
    [25_000, 4000],
    [30_000, 5200],
    [62_500, 13_000],
    [80_000, 18_600],
    [0, 0],
  ])('%d yuan in a month: %d yuan withheld', (gross, tax) => {
    expect(labourTax(yuan(gross), labour).taxMinor).toBe(yuan(tax));
  });

  test('four weekly payments withhold together what one monthly payment does', () => {
    const parts = [yuan(1500.01), yuan(2210.55), yuan(999.99), yuan(4870.2)];
    const days = ['2026-03-06', '2026-03-13', '2026-03-20', '2026-03-27'];
    const weekly = payOut(
      labour,
      parts.map((gross, index) => [days[index] as string, gross]),
    );
    expect(sum(weekly)).toBe(labourTax(sum(parts), labour).taxMinor);
  });

  test('a payment of another month starts again', () => {
    const months = payOut(labour, [
      ['2026-03-31', yuan(800)],
      ['2026-04-01', yuan(800)],
    ]);
    expect(months).toEqual([zero, zero]);
  });

  test('any split of a month’s payment withholds the same in the end', () => {
    const parts = fc.array(fc.integer({ min: 1, max: 3_000_000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(parts, (amounts) => {
        const held = payOut(
          labour,
          amounts.map((amount) => ['2026-03-15', minor(amount)]),
        );
        expect(sum(held)).toBe(labourTax(sum(amounts.map(minor)), labour).taxMinor);
        for (const [index, one] of held.entries()) {
          expect(one).toBeGreaterThanOrEqual(0);
          expect(one).toBeLessThanOrEqual(amounts[index] as number);
        }
      }),
    );
  });

  test('withheld too much after a correction downwards: nothing is withheld and the rest is carried in the month', () => {
    const past: PastPayment[] = [
      { runId: 'a', paysOn: civilDate('2026-03-06'), grossMinor: yuan(5000), withheldMinor: yuan(800) },
      { runId: 'b', paysOn: civilDate('2026-03-13'), grossMinor: yuan(-1500), withheldMinor: zero },
    ];
    const now = { paysOn: civilDate('2026-03-20'), past, engagedSince: civilDate('2026-01-01') };
    const first = withhold(labour, { ...now, grossMinor: yuan(500) });
    expect(first).toMatchObject({ withheldMinor: 0, carriedMinor: yuan(160), spanGrossMinor: yuan(4000) });
    const next = withhold(labour, { ...now, grossMinor: yuan(2500) });
    expect(next).toMatchObject({ withheldMinor: yuan(160), carriedMinor: 0 });
  });
});

describe('platform workers since October 2025', () => {
  test.each([
    ['15 000 a month', [15_000, 15_000, 15_000], [210, 210, 210]],
    ['8 000 a month', [8000, 8000], [42, 42]],
    ['changing months', [6000, 30_000, 10_000, 60_000], [0, 564, 90, 3306]],
    ['6 250 a month, where tax begins', [6250, 6250.01], [0, 0]],
  ])('%s', (_, gross, tax) => {
    const months = ['2026-01-10', '2026-02-10', '2026-03-10', '2026-04-10'];
    const held = payOut(
      platform,
      gross.map((amount, index) => [months[index] as string, yuan(amount)]),
    );
    expect(held).toEqual(tax.map(yuan));
  });

  test('a payment before the rule took effect follows the older rule and is not counted by the newer', () => {
    expect(rule('platform', 'service', '2025-09-30').code).toBe('cn-labour-remuneration');
    expect(rule('platform', 'service', '2025-10-01').code).toBe('cn-platform-cumulative');
    const past = [
      { runId: 'a', paysOn: civilDate('2025-09-30'), grossMinor: yuan(9000), withheldMinor: yuan(1440) },
    ];
    const payment = {
      grossMinor: yuan(15_000),
      paysOn: civilDate('2025-10-10'),
      past,
      engagedSince: civilDate('2025-01-01'),
    };
    expect(withhold(platform, payment).withheldMinor).toBe(yuan(210));
  });

  test('a new year starts again', () => {
    const held = payOut(platform, [
      ['2026-12-10', yuan(15_000)],
      ['2027-01-10', yuan(15_000)],
    ]);
    expect(held).toEqual([yuan(210), yuan(210)]);
  });

  test.each([
    ['count-from-first', [1, 2, 5], 5],
    ['reset', [1, 2, 5], 1],
    ['reset', [3, 4, 5], 3],
    ['count-from-first', [3, 5], 3],
  ] as const)('%s: paid in the months %j, %d months are deducted', (policy, months, counted) => {
    expect(countedMonths(months, policy)).toBe(counted);
  });
});

test('wages: 30 000 a month with 6 500 of deductions beside the 5 000 give 555, 625 and 1 850', () => {
  const wages = rule('ordinary', 'labour') as CumulativeRule;
  const cumulative = [1, 2, 3].map(
    (month) => cumulativeTax(yuan(30_000 * month), month, wages, yuan(6500 * month)).taxMinor,
  );
  const monthly = cumulative.map((tax, index) => tax - (cumulative[index - 1] ?? 0));
  expect(monthly).toEqual([yuan(555), yuan(625), yuan(1850)]);
});

test('from a sole trader nothing is withheld', () => {
  expect(payOut(rule('ordinary', 'sole-trader'), [['2026-03-10', yuan(90_000)]])).toEqual([zero]);
});

test('outside China there is no rule', () => {
  expect(ruleFor('DE', 'ordinary', 'service', civilDate('2026-03-10'))).toBeUndefined();
});

/** Pays one after the other, as approved runs would, and answers what each withheld. */
function payOut(by: WithholdingRule, payments: readonly (readonly [string, Minor])[]): Minor[] {
  const past: PastPayment[] = [];
  return payments.map(([day, grossMinor], index) => {
    const paysOn = day as CivilDate;
    const { withheldMinor } = withhold(by, {
      grossMinor,
      paysOn,
      past: [...past],
      engagedSince: civilDate('2026-01-01'),
    });
    past.push({ runId: `run ${index}`, paysOn, grossMinor, withheldMinor });
    return withheldMinor;
  });
}
