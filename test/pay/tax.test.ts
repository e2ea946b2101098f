/** Sheets for the tax authority: a row a person and kind of income, whatever runs paid it, with every column that the client asks for. */
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { joined } from '../../src/http/sheet.ts';
import { minor } from '../../src/kernel/money.ts';
import { civilDate } from '../../src/kernel/time.ts';
import {
  incomesOf,
  layoutOf,
  type TaxIncome,
  type TaxSheetKind,
  taxProblems,
  taxSheetKinds,
  taxSheetLayouts,
  taxSheetPieces,
} from '../../src/pay/files/tax-client.ts';
import { spanOf } from '../../src/pay/tax-file.ts';
import { expectGolden } from './golden.ts';
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
  slugOf,
  work,
} from './payroll.ts';

const income: TaxIncome = {
  workerId: '0192f000-0000-7000-8000-0000000000a1',
  name: '李小明',
  documentKind: 'resident-id',
  documentNumber: '11010519491231002X',
  country: 'CN',
  birthOn: civilDate('1949-12-31'),
  relationship: 'service',
  roleTitle: '装卸工',
  engagedOn: civilDate('2026-10-01'),
  leftOn: null,
  bankName: '交通银行',
  accountNumber: '6222600260001072444',
  kind: 'labour',
  grossMinor: minor(420_001),
  withheldMinor: minor(67_200),
  payments: 2,
  standing: 'new',
};
const incomes: readonly TaxIncome[] = [
  income,
  {
    ...income,
    workerId: 'b',
    name: '王芳',
    documentNumber: '440524188001010014',
    kind: 'wages',
    relationship: 'labour',
  },
  {
    ...income,
    workerId: 'c',
    name: '阿依古丽·买买提',
    kind: 'labour-cumulative',
    relationship: 'intern',
    standing: 'ended',
    leftOn: civilDate('2026-10-20'),
  },
  {
    ...income,
    workerId: 'd',
    name: '个体户',
    kind: 'sole-trader',
    relationship: 'sole-trader',
    withheldMinor: minor(0),
    standing: 'there',
  },
];
const head = { period: '2026-10', employerName: '港湾物流', registrationCode: '91110000802100433B' };
const bytesOf = (kind: TaxSheetKind) => joined([...taxSheetPieces(kind, head, incomes)]);
function cellsOf(kind: TaxSheetKind): string[][] {
  const sheet = strFromU8(unzipSync(bytesOf(kind))['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
  return [...sheet.matchAll(/<row [^>]*>(.*?)<\/row>/g)].map(([, row = '']) =>
    [...row.matchAll(/<(?:t xml:space="preserve"|v)>([^<]*)</g)].map(([, text = '']) => text),
  );
}

test.each(taxSheetKinds)('%s, byte for byte', (kind) => expectGolden(`tax-${kind}.xlsx`, bytesOf(kind)));

test('the client’s columns: 51 of a person, 29 or 30 of wages', () => {
  const count = (kind: TaxSheetKind) => layoutOf(kind).columns.length;
  expect([count('personnel'), count('wages'), count('wages-30'), count('labour')]).toEqual([51, 29, 30, 13]);
  for (const { source, columns } of taxSheetLayouts) {
    expect(source.zh).toMatch(/[\u4e00-\u9fff]/);
    expect(new Set(columns.map((column) => column.head)).size).toBe(columns.length);
  }
});

test('numbers that are names are text, income is a number', () => {
  const [, row] = cellsOf('labour');
  expect(row).toEqual([
    '1',
    '李小明',
    '居民身份证',
    '11010519491231002X',
    '一般劳务报酬所得',
    '4200.01',
    '0',
  ]);
  expect(cellsOf('labour-cumulative')[1]).toContain('其他连续劳务报酬');
});

test('a person of the personnel sheet has a sex from the resident number, a country and a kind of employment', () => {
  expect(
    cellsOf('personnel')
      .slice(1)
      .map((row) => row.slice(1, 8)),
  ).toEqual([
    ['李小明', '居民身份证', '11010519491231002X', '中国', '女', '1949-12-31', '其他'],
    ['王芳', '居民身份证', '440524188001010014', '中国', '男', '1949-12-31', '雇员'],
    [
      '阿依古丽·买买提',
      '居民身份证',
      '11010519491231002X',
      '中国',
      '女',
      '1949-12-31',
      '实习学生（全日制学历教育）',
    ],
  ]);
});

test('a platform reports everybody but employees, new and ended ones by name', () => {
  const rows = cellsOf('platform-report').slice(1);
  expect(rows.map((row) => row.at(-1))).toEqual(['新增', '退出', '存续']);
  expect(rows[2]).toContain('经营所得');
});

test.each([
  ['no proven document', { documentNumber: null }, ['tax-identity-missing']],
  [
    'a passport, which does not say the sex',
    { documentKind: 'passport', documentNumber: 'E1' },
    ['tax-sex-unknown'],
  ],
  ['an income below zero', { grossMinor: minor(-1) }, ['tax-income-negative']],
  ['nothing', {}, []],
])('%s stops the sheet', (_, change, codes) => {
  expect(taxProblems('personnel', [{ ...income, ...change }]).map(({ code }) => code)).toEqual(codes);
});

test('one who earns wages and remuneration is one person and two incomes', () => {
  const both = [income, { ...income, kind: 'wages' as const }];
  expect(incomesOf('personnel', both)).toHaveLength(1);
  expect(incomesOf('wages', both)).toHaveLength(1);
  expect(incomesOf('labour', both)).toHaveLength(1);
});

test.each([
  ['2026-10', '2026-10-01', '2026-11-01'],
  ['2026-12', '2026-12-01', '2027-01-01'],
  ['2026-Q4', '2026-10-01', '2027-01-01'],
  ['2026-Q1', '2026-01-01', '2026-04-01'],
])('%s is from %s to before %s', (period, from, before) => {
  expect(spanOf(period)).toEqual({ from, before });
});

describe('through the door', () => {
  let payroll: Payroll;
  beforeAll(async () => {
    payroll = await openPayroll();
    const worker = await addWorker(payroll, '李小明');
    const engagementId = await engage(payroll, worker);
    await work(payroll, worker, engagementId, '2026-10-05T01:00:00.000Z', '2026-10-05T09:00:00.000Z');
    payroll.cell.moveTo('2026-11-02T00:00:00.000Z');
    await approveHours(payroll, engagementId, '2026-10-01');
    await done(approveRun(payroll, await openAndCalculate(payroll, october)));
  });

  test('a sheet is of the month of payment, is written once from the same facts, and each download is recorded', async () => {
    const hr = payroll.cell.as(payroll.hr);
    const first = await done(hr('PUT', '/tax-files/2026-11/labour', {}));
    expect(first).toMatchObject({ rows: 1, kind: 'labour', period: '2026-11' });
    expect(await done(hr('PUT', '/tax-files/2026-11/labour', {}))).toEqual(first);
    expect(await done(hr('PUT', '/tax-files/2026-10/labour', {}))).toMatchObject({ rows: 0 });
    const file = await hr('GET', `/tax-files/${first.id}`);
    const sheet = strFromU8(
      unzipSync(new Uint8Array(await file.arrayBuffer()))['xl/worksheets/sheet1.xml'] ?? new Uint8Array(),
    );
    expect(sheet).toContain('<v>200</v>');
    const page = await (await hr('GET', `/orgs/${payroll.cell.context.org}/tax-files?period=2026-11`)).text();
    expect(page).toContain('Hannah HR');
  });

  test('a quarter holds its months, and what is no month is refused as period-unknown', async () => {
    const hr = payroll.cell.as(payroll.hr);
    expect(await done(hr('PUT', '/tax-files/2026-Q4/platform-report', {}))).toMatchObject({ rows: 1 });
    expect(await slugOf(hr('PUT', '/tax-files/2026-13/labour', {}))).toBe('period-unknown');
  });
});
