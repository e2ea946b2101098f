/** pain.001.001.09: what a bank's gateway accepts, read back by other code, and held against the schema where it lies. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joined } from '../../src/http/sheet.ts';
import { civilDate } from '../../src/kernel/time.ts';
import type { PayFileContent } from '../../src/pay/files/content.ts';
import { addressOf, type Pain001Options, pain001Format } from '../../src/pay/files/pain-001.ts';
import { accountOf } from './file-content.ts';
import { readPain001 } from './file-reading.ts';
import { expectGolden } from './golden.ts';
import { anyAmounts, anyNames, euros, paymentTo, sepaPayer, withPayments } from './transfers.ts';

const options: Pain001Options = { payer: sepaPayer, executeOn: civilDate('2026-11-23') };
const today = civilDate('2026-11-20');

function xmlOf(content: PayFileContent, change: Partial<Pain001Options> = {}): string {
  const [part] = [...pain001Format({ ...options, ...change }).parts(content)];
  return new TextDecoder().decode(joined([...(part?.pieces ?? [])]));
}
function codesOf(content: PayFileContent, change: Partial<Pain001Options> = {}): string[] {
  return [...pain001Format({ ...options, ...change }).problems(content, today)].map(
    ({ code, stops }) => `${stops ? 'stops' : 'look'} ${code}`,
  );
}

/** ISO's schema is not ours to ship: the README says where to get it. */
const schema = join(process.env.WORKCARD_XSD ?? '../shared/xsd', 'pain.001.001.09.xsd');
const canValidate = existsSync(schema) && hasXmllint();

function hasXmllint(): boolean {
  try {
    execFileSync('xmllint', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function validate(xml: string): void {
  const file = join(mkdtempSync(join(tmpdir(), 'pain-')), 'pain.xml');
  writeFileSync(file, xml);
  execFileSync('xmllint', ['--noout', '--schema', schema, file], { stdio: 'pipe' });
}

test('byte for byte', () => expectGolden('pain.001.xml', new TextEncoder().encode(xmlOf(euros))));

test.skipIf(!canValidate)('ISO’s schema accepts it (skipped without xmllint or the schema)', () => {
  validate(xmlOf(euros));
  const hybrid = { ...sepaPayer, bic: null, customerId: 'K-4711' };
  validate(
    xmlOf(euros, {
      payer: {
        ...hybrid,
        address: {
          street: null,
          building: null,
          postCode: null,
          town: 'Hamburg',
          country: 'DE',
          lines: ['Kai 7', 'Tor B'],
        },
      },
    }),
  );
  validate(xmlOf(euros, { payer: { ...hybrid, address: null } }));
  const francs = withPayments('CHF', [
    paymentTo(1, { ...accountOf('Ada', '1234567890'), bic: 'UBSWCHZH80A' }, 5),
  ]);
  validate(xmlOf(francs));
});

test('control sums and counts are those of its transfers, and a payment of zero is none', () => {
  const read = readPain001(xmlOf(euros));
  expect(read.counts).toEqual([3, 3]);
  expect(read.sums).toEqual([100_000_123_456n, 100_000_123_456n]);
  expect(read.transfers.map(({ amount }) => amount)).toEqual([123_456n, 1n, 99_999_999_999n]);
  expect(read.transfers.map(({ name }) => name)).toEqual([
    'Max Mustermann',
    'Jose Nunez + Fils',
    'Giorgos Papadopoylos',
  ]);
  expect(codesOf(euros)).toEqual(['look zero-left-out', 'look transliterated', 'look transliterated']);
});

test('whatever the names and amounts, the sums are equal and every sign lies in the set', () => {
  fc.assert(
    fc.property(anyAmounts, anyNames, (amounts, name) => {
      const content = withPayments(
        'EUR',
        amounts.map((amount, index) =>
          paymentTo(index + 1, accountOf(name, 'DE89370400440532013000'), amount),
        ),
      );
      if (codesOf(content).some((code) => code.startsWith('stops'))) return;
      const { sums, transfers, counts } = readPain001(xmlOf(content));
      const total = amounts.reduce((sum, amount) => sum + BigInt(amount), 0n);
      expect(sums).toEqual([total, total]);
      expect(counts[0]).toBe(transfers.length);
      for (const one of transfers) expect(one.name).toMatch(/^[A-Za-z0-9/\-?:().,'+ ]+$/);
    }),
    { numRuns: 60 },
  );
});

describe('the address', () => {
  const address = { street: null, building: null, postCode: null, town: 'Hamburg', country: 'DE', lines: [] };
  test.each([
    ['none', null, ''],
    [
      'structured',
      { ...address, postCode: '20457' },
      '<PstlAdr><PstCd>20457</PstCd><TwnNm>Hamburg</TwnNm><Ctry>DE</Ctry></PstlAdr>',
    ],
    [
      'hybrid, two lines at most',
      { ...address, lines: ['A', 'B', 'C'] },
      '<PstlAdr><TwnNm>Hamburg</TwnNm><Ctry>DE</Ctry><AdrLine>A</AdrLine><AdrLine>B</AdrLine></PstlAdr>',
    ],
  ])('%s', (_, given, xml) => {
    expect(addressOf(given)).toBe(xml);
  });
});

describe('what stops it', () => {
  const one = (account = accountOf('Ada', 'DE89370400440532013000'), amount = 100) =>
    withPayments('EUR', [paymentTo(1, account, amount)]);
  test.each([
    ['no account to pay from', one(), { payer: null }, 'stops payer-missing'],
    [
      'a day on which TARGET is closed',
      one(),
      { executeOn: civilDate('2026-12-25') },
      'stops day-not-settlement',
    ],
    ['a day that is over', one(), { executeOn: civilDate('2026-11-19') }, 'stops day-in-past'],
    [
      'an account that is no IBAN',
      one(accountOf('Ada', 'DE89370400440532013001')),
      {},
      'stops account-not-iban',
    ],
    ['more than SEPA moves', one(undefined, 100_000_000_000), {}, 'stops amount-too-large'],
    [
      'a name without a Latin form',
      one(accountOf('李小明', 'DE89370400440532013000')),
      {},
      'stops characters-refused',
    ],
    ['a negative amount', one(undefined, -1), {}, 'stops amount-negative'],
    ['nothing to pay', one(undefined, 0), {}, 'stops nothing-to-pay'],
    [
      'a name of more than 70 signs',
      one(accountOf('A'.repeat(71), 'DE89370400440532013000')),
      {},
      'stops too-long',
    ],
  ])('%s', (_, content, change, code) => {
    expect(codesOf(content, change)).toContain(code);
  });

  test('the same payment twice', () => {
    const payment = paymentTo(1, accountOf('Ada', 'DE89370400440532013000'), 100);
    expect(codesOf(withPayments('EUR', [payment, payment]))).toEqual([
      'stops duplicate-payment',
      'look duplicate-account',
    ]);
  });

  test('nothing stops a worker who is paid into a wallet, and the file leaves them out', () => {
    const wallet = { ...accountOf('Ada', '13800000000'), kind: 'wallet' as const };
    const content = withPayments('EUR', [
      paymentTo(1, wallet, 100),
      paymentTo(2, accountOf('Bob', 'DE89370400440532013000'), 5),
    ]);
    expect(codesOf(content)).toEqual(['look wallet-left-out']);
    expect(readPain001(xmlOf(content)).transfers.map(({ name }) => name)).toEqual(['Bob']);
  });

  test('no account at all, and outside of the euro no BIC', () => {
    const payment = paymentTo(1, accountOf('Ada', '12345'), 100);
    expect(codesOf(withPayments('EUR', [{ ...payment, account: null }]))).toEqual(['stops account-missing']);
    expect(codesOf(withPayments('USD', [payment]))).toEqual(['stops bic-missing']);
  });
});
