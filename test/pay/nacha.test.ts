/** NACHA PPD, read back column by column. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joined } from '../../src/http/sheet.ts';
import { civilDate } from '../../src/kernel/time.ts';
import { shortEndToEndId } from '../../src/pay/end-to-end-id.ts';
import type { PayFileContent } from '../../src/pay/files/content.ts';
import { type NachaOptions, nachaFormat } from '../../src/pay/files/nacha.ts';
import { readNacha } from './file-reading.ts';
import { expectGolden } from './golden.ts';
import {
  anyAmounts,
  anyNames,
  dollars,
  inAmerica,
  nachaPayer,
  paymentTo,
  withPayments,
} from './transfers.ts';

const options: NachaOptions = { payer: nachaPayer, executeOn: civilDate('2026-11-23') };
const today = civilDate('2026-11-20');

function textOf(content: PayFileContent): string {
  const [part] = [...nachaFormat(options).parts(content)];
  return new TextDecoder().decode(joined([...(part?.pieces ?? [])]));
}
function codesOf(content: PayFileContent, change: Partial<NachaOptions> = {}): string[] {
  return [...nachaFormat({ ...options, ...change }).problems(content, today)].map(
    ({ code, stops }) => `${stops ? 'stops' : 'look'} ${code}`,
  );
}

test('byte for byte', () => expectGolden('payroll.ach', new TextEncoder().encode(textOf(dollars))));

test('each record has 94 characters, and blocks have ten records', () => {
  const { records, file, description, effectiveOn } = readNacha(textOf(dollars));
  expect(new Set(records.map((record) => record.length))).toEqual(new Set([94]));
  expect(records.length % 10).toBe(0);
  expect(file.blocks).toBe(records.length / 10);
  expect(description).toBe('PAYROLL');
  expect(effectiveOn).toBe('261123');
});

test('hashes and totals are those of its entries', () => {
  const { entries, batch, file } = readNacha(textOf(dollars));
  expect(entries).toHaveLength(3);
  const hash = entries.reduce((sum, { routing }) => sum + BigInt(routing.slice(0, 8)), 0n) % 10_000_000_000n;
  const credits = entries.reduce((sum, { amount }) => sum + amount, 0n);
  expect([batch.hash, file.hash]).toEqual([hash, hash]);
  expect([batch.credits, file.credits]).toEqual([credits, credits]);
  expect([batch.count, file.count]).toEqual([3, 3]);
  expect(entries.map(({ code }) => code)).toEqual(['22', '32', '22']);
  const [first] = [...dollars.payments];
  expect(entries[0]?.id).toBe(shortEndToEndId(first?.endToEndId ?? ''));
  expect(entries[1]?.name).toBe('Maria de los Angeles H');
  expect(new Set(entries.map(({ trace }) => trace)).size).toBe(3);
});

test('whatever the names and amounts, no line is over its width and the sums are equal', () => {
  fc.assert(
    fc.property(anyAmounts, anyNames, (amounts, name) => {
      const content = withPayments(
        'USD',
        amounts.map((amount, index) => paymentTo(index + 1, inAmerica(name, '123456789'), amount)),
      );
      if (codesOf(content).some((code) => code.startsWith('stops'))) return;
      const { records, entries, file } = readNacha(textOf(content));
      for (const record of records) expect(record).toMatch(/^[\x20-\x7e]{94}$/);
      const total = amounts.reduce((sum, amount) => sum + BigInt(amount), 0n);
      expect(entries.reduce((sum, { amount }) => sum + amount, 0n)).toBe(total);
      expect(file.credits).toBe(total);
    }),
    { numRuns: 60 },
  );
});

describe('what stops it', () => {
  const one = (account = inAmerica('Ada', '123'), amount = 100) =>
    withPayments('USD', [paymentTo(1, account, amount)]);
  test.each([
    ['no account to pay from', one(), { payer: null }, 'stops payer-missing'],
    ['Thanksgiving', one(), { executeOn: civilDate('2026-11-26') }, 'stops day-not-settlement'],
    [
      'another currency',
      { ...one(), employer: { ...one().employer, currency: 'CNY' } },
      {},
      'stops currency-not-for-format',
    ],
    [
      'a routing number whose check digit is wrong',
      one(inAmerica('Ada', '123', '021000022')),
      {},
      'stops routing-number-wrong',
    ],
    [
      'an account of more than 17 signs',
      one(inAmerica('Ada', '1'.repeat(18))),
      {},
      'stops account-not-for-format',
    ],
    ['more than ten digits of cents', one(undefined, 10_000_000_000), {}, 'stops amount-too-large'],
    ['a name without a Latin form', one(inAmerica('محمد', '123')), {}, 'stops characters-refused'],
  ])('%s', (_, content, change, code) => {
    expect(codesOf(content, change)).toContain(code);
  });
});
