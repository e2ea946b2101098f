/** What the golden pay files are written from: names in several scripts, a formula in a name, awkward amounts. */
import { minor, zero } from '../../src/kernel/money.ts';
import { civilDate, type Instant } from '../../src/kernel/time.ts';
import { endToEndId } from '../../src/pay/end-to-end-id.ts';
import type { PayeeAccount, PayFileContent, Payment } from '../../src/pay/files/content.ts';

const run = {
  id: '0192f000-0000-7000-8000-000000000001',
  startsOn: civilDate('2026-10-01'),
  endsOn: civilDate('2026-10-31'),
  paysOn: civilDate('2026-11-05'),
  approvedAt: '2026-11-03T02:00:00.000Z' as Instant,
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
): Payment {
  const workerId = `0192f000-0000-7000-8000-0000000000a${index}`;
  return {
    number: index + 1,
    workerId,
    endToEndId: endToEndId({ runId: run.id, workerId, attempt: 1 }),
    name,
    documentKind: /^\d/.test(documentNumber) ? 'resident-id' : 'passport',
    documentNumber,
    account: accountOf(name, accountNumber),
    grossMinor: minor(gross),
    withheldMinor: minor(withheld),
    deductedMinor: zero,
    netMinor: minor(gross - withheld),
    regularSeconds: 604_801,
    overtimeSeconds: index * 5400,
    outsideNumbers: {},
  };
}

export const accountOf = (holderName: string, number: string): PayeeAccount => ({
  kind: 'bank',
  holderName,
  bankName: '交通银行 BoCom',
  number,
  bic: null,
  routingNumber: null,
  accountType: null,
  branchCode: null,
});

const total = (column: 3 | 4) => minor(people.reduce((sum, person) => sum + person[column], 0));

const payments = people.map(payment);

export const content: PayFileContent = {
  run,
  employer: {
    name: '港湾物流 Harbour Logistics',
    registrationCode: '91110000802100433B',
    currency: 'CNY',
    zone: 'Asia/Shanghai',
  },
  payments,
  days: payments.flatMap(({ workerId, regularSeconds }) =>
    ['2026-10-05', '2026-10-06'].map((day, index) => ({
      workerId,
      day: civilDate(day),
      seconds: index === 0 ? 28_800 : regularSeconds - 28_800,
      project: 'Harbour',
      code: 'hours',
    })),
  ),
  lines: people.flatMap(([name, , , gross, withheld], index) => [
    {
      number: index * 2 + 1,
      name,
      kind: '工时报酬 Earnings',
      project: 'Harbour',
      period: `${run.startsOn} – ${run.endsOn}`,
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
  warnings: [],
  notes: ['由一人计算并批准。 Approved by one person.'],
};
