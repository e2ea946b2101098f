/** What the golden pay files are written from: names in several scripts, a formula in a name, awkward amounts. */
import type { FileRow } from '../../src/http/sheet.ts';
import { minor } from '../../src/kernel/money.ts';
import type { PayFileContent } from '../../src/pay/files/sheet.ts';

const run = {
  currency: 'CNY',
  period: '2026-10-01 – 2026-10-31',
  paysOn: '2026-11-05',
  runId: '0192f000-0000-7000-8000-000000000001',
  notes: '',
};
const people: readonly (readonly [string, string, string, number, number])[] = [
  ['李小明', '11010519491231002X', '6222600260001072444', 420_001, 67_200],
  ['Maria "Mia" Ñuñez, Jr.', '440524188001010014', '6228480402564890018', 80_001, 20],
  ['=HYPERLINK("http://example.com")', 'E12345678', 'DE89370400440532013000', 1, 0],
  ['محمد علي', 'P0000001', '001234567890123456', 3_000_000, 520_000],
];

function payment(
  [name, documentNumber, accountNumber, gross, withheld]: (typeof people)[number],
  index: number,
): FileRow {
  const documentKind = /^\d/.test(documentNumber) ? '居民身份证 Resident ID' : '护照 Passport';
  const money = { grossMinor: gross, withheldMinor: withheld, netMinor: gross - withheld };
  return {
    number: index + 1,
    name,
    documentKind,
    documentNumber,
    bankName: '交通银行 BoCom',
    holderName: name,
    accountNumber,
    ...money,
    ...run,
  };
}

const total = (column: 3 | 4) => minor(people.reduce((sum, person) => sum + person[column], 0));

export const content: PayFileContent = {
  currency: 'CNY',
  payments: people.map(payment),
  lines: people.flatMap(([name, , , gross, withheld], index) => [
    {
      number: index * 2 + 1,
      name,
      kind: '工时报酬 Earnings',
      project: 'Harbour',
      period: run.period,
      seconds: 604_801,
      rateMinor: 2500,
      amountMinor: gross,
      whyZh: '168:00:01 小时 × 25.00',
      whyEn: '168:00:01 h × 25.00',
      approval: 'Olivia',
    },
    {
      number: index * 2 + 2,
      name,
      kind: '预扣税款 Withholding',
      project: 'Harbour',
      period: '2026-11',
      seconds: null,
      rateMinor: null,
      amountMinor: -withheld,
      whyZh: '税额',
      whyEn: 'tax',
      approval: null,
    },
  ]),
  totals: [
    { label: '人数 Workers', value: people.length, kind: 'integer' },
    { label: '应发合计 Gross', value: total(3), kind: 'money' },
    { label: '预扣合计 Withheld', value: total(4), kind: 'money' },
    { label: '实发合计 Net', value: minor(total(3) - total(4)), kind: 'money' },
  ],
  notes: ['由一人计算并批准。 Approved by one person.'],
};
