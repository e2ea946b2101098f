/** Made-up payments to see a format by, while there is no run yet. */
import { employerOf } from '../employer/employer.ts';
import { minor, zero } from '../kernel/money.ts';
import type { CivilDate, Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { endToEndId } from './end-to-end-id.ts';
import type { PayFileContent, Payment } from './files/content.ts';

const runId = '00000000-0000-7000-8000-000000000000';
const people = [
  ['李小明', '6222600260001072444', 352_801],
  ['阿依古丽·买买提', '6228480402564890018', 79_981],
  ['José Núñez', 'DE89370400440532013000', 120_000],
] as const;

export function sampleContent(db: Db, at: Instant, today: CivilDate): PayFileContent {
  const { name, registrationCode, currency, zone } = employerOf(db);
  const payments = people.map(paymentOf);
  return {
    run: { id: runId, startsOn: today, endsOn: today, paysOn: today, approvedAt: at },
    employer: { name, registrationCode, currency, zone },
    payments,
    days: payments.map(({ workerId }) => ({
      workerId,
      day: today,
      seconds: 28_800,
      project: 'Harbour',
      code: 'hours',
    })),
    lines: [],
    totals: [],
    warnings: [],
    notes: [],
  };
}

function paymentOf([name, number, net]: (typeof people)[number], index: number): Payment {
  const workerId = `00000000-0000-7000-8000-00000000000${index + 1}`;
  return {
    number: index + 1,
    workerId,
    endToEndId: endToEndId({ runId, workerId, attempt: 1 }),
    name,
    documentKind: 'passport',
    documentNumber: `P000000${index}`,
    account: {
      kind: 'bank',
      holderName: name,
      bankName: '示例银行 Sample Bank',
      number,
      bic: 'COBADEFFXXX',
      routingNumber: '021000021',
      accountType: 'checking',
      branchCode: '102290024433',
    },
    grossMinor: minor(net),
    withheldMinor: zero,
    deductedMinor: zero,
    netMinor: minor(net),
    regularSeconds: 576_000,
    overtimeSeconds: 14_400,
    outsideNumbers: { adp: '1001', gusto: 'ab12cd', quickbooks: 'Q-1', xero: 'x-1' },
  };
}
