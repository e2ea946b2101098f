/** Column mappings: what a preset writes, what it refuses, and that whatever is written is read back the same. */
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { joined } from '../../src/http/sheet.ts';
import { civilDate } from '../../src/kernel/time.ts';
import type { PayFileContent } from '../../src/pay/files/content.ts';
import { badTemplates, cellsOfLine, mappedFormat } from '../../src/pay/files/mapped.ts';
import { type MappedColumn, type Mapping, type Separator, separators } from '../../src/pay/files/mapping.ts';
import { presets } from '../../src/pay/files/presets.ts';
import { accountOf, content } from './file-content.ts';
import { expectGolden } from './golden.ts';
import { anyNames, paymentTo, withPayments } from './transfers.ts';

const payer = {
  accountName: '港湾物流有限公司',
  accountNumber: '1001244319001234567',
  bankName: '工商银行上海分行',
  agreementNumber: 'DF2026001',
};
const today = civilDate('2026-11-20');
const presetOf = (id: string) => presets.find((one) => one.id === id)?.mapping as Mapping;

function partsOf(mapping: Mapping, of: PayFileContent) {
  const parts: { name: string; bytes: Uint8Array; rows: number; amountMinor: number }[] = [];
  for (const { name, pieces, totals } of mappedFormat('test', '1', mapping, payer).parts(of)) {
    const bytes = joined([...pieces]);
    parts.push({ name, bytes, ...totals() });
  }
  return parts;
}
function codesOf(mapping: Mapping, of: PayFileContent, from: typeof payer | null = payer): string[] {
  return [...mappedFormat('test', '1', mapping, from).problems(of, today)].map(
    ({ code, stops, field }) => `${stops ? 'stops' : 'look'} ${code}${field ? ` ${field}` : ''}`,
  );
}
const textOf = (bytes: Uint8Array | undefined, encoding = 'utf-8') =>
  new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);

const numbers = { adp: '123', gusto: 'ab12cd', quickbooks: 'Q-7', xero: 'x-9' };
const payroll: PayFileContent = {
  ...content,
  payments: [...content.payments].map((payment) => ({ ...payment, outsideNumbers: numbers })),
};
const mainland = withPayments('CNY', [
  paymentTo(1, accountOf('李小明', '6222600260001072444'), 352_801),
  paymentTo(2, accountOf('阿依古丽•买买提', '6228480402564890018'), 79_981),
  paymentTo(3, accountOf('张䶮', '6217000010001234567'), 0),
]);

describe('the presets', () => {
  test.each(presets.map(({ id, mapping }) => [id, mapping] as const))(
    '%s, byte for byte',
    async (id, mapping) => {
      const [part] = partsOf(mapping, mapping.group === 'bank' ? mainland : payroll);
      await expectGolden(`${id}.${part?.name.split('.').pop()}`, part?.bytes ?? new Uint8Array());
    },
  );

  test.each(presets.map(({ id, mapping }) => [id, mapping] as const))(
    '%s says where its layout is from, and reads',
    (_, mapping) => {
      expect(mapping.source.en.length).toBeGreaterThan(20);
      expect(mapping.source.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(badTemplates(mapping)).toEqual([]);
    },
  );

  test('CCB’s text is GB 18030 with CRLF, and its names are read back', () => {
    const [part] = partsOf(presetOf('ccb'), mainland);
    const lines = textOf(part?.bytes, 'gb18030').split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[2]).toMatch(/^2\|6228480402564890018\|阿依古丽·买买提\|799\.81\|0\|/);
    expect(part).toMatchObject({ rows: 2, amountMinor: 432_782 });
    expect(codesOf(presetOf('ccb'), mainland)).toEqual(['look zero-left-out', 'look transliterated 户名']);
  });

  test('ICBC’s workbook keeps accounts as text and amounts as numbers of two decimals', () => {
    const [part] = partsOf(presetOf('icbc'), mainland);
    const sheet = strFromU8(
      unzipSync(part?.bytes ?? new Uint8Array())['xl/worksheets/sheet1.xml'] ?? new Uint8Array(),
    );
    expect(sheet).toContain('>6222600260001072444<');
    expect(sheet).toContain('<v>3528.01</v>');
    expect(codesOf(presetOf('icbc'), mainland, null)).toContain('stops payer-missing 付款账号开户行');
  });

  test('ADP’s hours have two decimals, half up, and a File # of six digits', () => {
    const [part] = partsOf(presetOf('adp'), payroll);
    expect(textOf(part?.bytes).split('\r\n').slice(0, 3)).toEqual([
      'Co Code,Batch ID,File #,Reg Hours,O/T Hours,Hours 3 Code,Hours 3 Amount,Earnings 3 Code,Earnings 3 Amount',
      'ABC,WC1105,000123,168.00,0.00,,,,',
      'ABC,WC1105,000123,168.00,1.50,,,,',
    ]);
    expect(codesOf(presetOf('adp'), content)).toContain('stops value-missing File #');
  });

  test('Xero’s rows are days, and name no payment of zero hours', () => {
    const [part] = partsOf(presetOf('xero'), payroll);
    const rows = Papa.parse<string[]>(textOf(part?.bytes), { skipEmptyLines: true }).data;
    expect(rows).toHaveLength(9);
    expect(rows[1]).toEqual(['x-9', '2026-10-01', '2026-10-31', '2026-10-05', '', '8.00']);
    expect(part?.rows).toBe(8);
  });
});

const plain: Mapping = {
  ...presetOf('ccb'),
  encoding: 'utf-8-bom',
  extension: 'csv',
  separator: 'comma',
  quoting: 'when-needed',
  characters: 'any',
  columns: [
    { head: 'Name', value: '{holderName}', required: true, longest: null },
    { head: 'Amount', value: '{net}', required: true, longest: null },
  ],
};
const columns = (...values: string[]): MappedColumn[] =>
  values.map((value) => ({ head: value, value, required: false, longest: null }));
const one = (name: string, amount = 123_450) =>
  withPayments('CNY', [paymentTo(7, accountOf(name, '6222600260001072444'), amount)]);
const row = (mapping: Mapping, of: PayFileContent) =>
  textOf(partsOf(mapping, of)[0]?.bytes).split('\r\n')[mapping.header ? 1 : 0];

test.each([
  ['{net}', '1234.50'],
  ['{net|fen}', '123450'],
  ['{net|plain}', '1234.50'],
  ['{paysOn|yyyyMMdd}', '20261105'],
  ['{paysOn|dd/MM/yy}', '05/11/26'],
  ['{number|pad:6}', '000007'],
  ['{accountNumber|last:4}', '2444'],
  ['{lastName}-{firstName}', '欧阳-小明'],
  ['RMB', 'RMB'],
  ['{holderName|cut:2}', '欧阳'],
  ['{regularHours}', '1.00'],
  ['{regularHours|minutes}', '60'],
  ['{outside.adp}', ''],
])('%s is written as %s', (value, written) => {
  const of = one('欧阳小明');
  const payments = [...of.payments].map((payment) => ({ ...payment, name: '欧阳小明' }));
  expect(row({ ...plain, columns: columns(value) }, { ...of, payments })).toBe(written);
});

test('lines above and below count and sum what lies between, part by part', () => {
  const many = withPayments(
    'CNY',
    [1, 2, 3, 4, 5].map((number) =>
      paymentTo(number, accountOf(`A${number}`, `622260026000107244${number}`), 100 * number),
    ),
  );
  const mapping: Mapping = {
    ...plain,
    header: false,
    rowsMax: 2,
    before: ['{part}/{parts}|{count}'],
    after: ['Total|{total|fen}'],
    fileName: 'pay {part}',
  };
  const parts = partsOf(mapping, many);
  expect(parts.map(({ name }) => name)).toEqual(['pay 1.csv', 'pay 2.csv', 'pay 3.csv']);
  expect(textOf(parts[1]?.bytes)).toBe('\uFEFF2/3,2\r\nA3,3.00\r\nA4,4.00\r\nTotal,700\r\n');
  expect(parts.map(({ amountMinor }) => amountMinor)).toEqual([300, 700, 500]);
});

test('parts with one name are told apart, and a name holds nothing that a folder would not', () => {
  const many = withPayments(
    'CNY',
    [1, 2].map((number) => paymentTo(number, accountOf('A', `${number}`), 1)),
  );
  const names = partsOf({ ...plain, rowsMax: 1, fileName: 'a/b:{currency}' }, many).map(({ name }) => name);
  expect(names).toEqual(['a_b_CNY.csv', 'a_b_CNY-2.csv']);
});

describe('what is refused', () => {
  test.each([
    ['a name that begins like a formula', plain, one('=1+1'), 'stops formula Name'],
    ['a line break in a name', plain, one('A\nB'), 'stops characters-refused Name'],
    [
      'the separator, where nothing is quoted',
      { ...plain, quoting: 'never' as const },
      one('A, B'),
      'stops characters-refused Name',
    ],
    [
      'a sign that the encoding lacks',
      { ...plain, encoding: 'gbk' as const },
      one('张𠮷'),
      'stops characters-refused Name',
    ],
    [
      'a sign outside of the profile’s set',
      { ...plain, characters: 'latin' as const, outside: 'refuse' as const },
      one('José'),
      'stops characters-refused Name',
    ],
    [
      'more than a column holds',
      { ...plain, columns: [{ head: 'Name', value: '{holderName}', required: true, longest: 2 }] },
      one('欧阳小明'),
      'stops too-long Name',
    ],
    ['nothing to pay', plain, one('A', 0), 'stops nothing-to-pay'],
    ['a negative amount', plain, one('A', -5), 'stops amount-negative'],
  ])('%s', (_, mapping, of, code) => {
    expect(codesOf(mapping, of)).toContain(code);
  });

  test('two workers paid into one account are shown to a person', () => {
    const of = withPayments(
      'CNY',
      [1, 2].map((number) => paymentTo(number, accountOf(`A${number}`, '62226'), 1)),
    );
    expect(codesOf(plain, of)).toEqual(['look duplicate-account accountNumber']);
  });
});

test.each([
  ['{nett}', 'field', 'nett'],
  ['{net', 'brace', '{net'],
  ['net}', 'brace', 'net}'],
  ['{net|yyyy}', 'format', 'yyyy'],
  ['{paysOn|fen}', 'format', 'fen'],
  ['{outside.A B}', 'field', 'outside.A B'],
])('%s cannot be read: %s', (value, reason, what) => {
  expect(badTemplates({ ...plain, columns: columns(value) })).toEqual([
    { pointer: 'columns/0/value', reason, what },
  ]);
});

test('a bar parts cells outside of braces only', () => {
  expect(cellsOfLine('a|{total|fen}|b')).toEqual(['a', '{total|fen}', 'b']);
});

test('whatever the names, a file that is written is read back the same', () => {
  fc.assert(
    fc.property(
      fc.array(anyNames, { minLength: 1, maxLength: 12 }),
      fc.constantFrom(...(Object.keys(separators) as Separator[])),
      fc.constantFrom('when-needed', 'always'),
      fc.constantFrom('utf-8', 'utf-8-bom', 'gb18030'),
      (names, separator, quoting, encoding) => {
        const mapping = { ...plain, separator, quoting, encoding } as Mapping;
        const of = withPayments(
          'CNY',
          names.map((name, index) => paymentTo(index + 1, accountOf(name, `62226${index}`), 100 + index)),
        );
        if (codesOf(mapping, of).some((code) => code.startsWith('stops'))) return;
        const [part] = partsOf(mapping, of);
        const decoded = textOf(part?.bytes, encoding === 'gb18030' ? 'gb18030' : 'utf-8').replace(
          /^\uFEFF/,
          '',
        );
        const rows = Papa.parse<string[]>(decoded, {
          delimiter: separators[separator],
          skipEmptyLines: true,
        }).data;
        expect(rows.slice(1)).toEqual(
          names.map((name, index) => [name, `1.${String(index).padStart(2, '0')}`]),
        );
      },
    ),
    { numRuns: 60 },
  );
});
