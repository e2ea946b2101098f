/** What a column mapping can ask for: of a payment, of a day of work, and of the file as a whole. */
import { shortEndToEndId } from '../end-to-end-id.ts';
import type { PayFileContent, Payment, WorkDay } from './content.ts';
import type { PartTotals } from './format.ts';
import type { FieldKind, FieldValues } from './placeholder.ts';

/** Where a mainland employer pays from. */
export interface MainlandPayer {
  readonly accountName: string;
  readonly accountNumber: string;
  readonly bankName: string;
  /** 代发协议编号. */
  readonly agreementNumber: string;
}

export const fileFields = {
  count: 'integer',
  total: 'money',
  part: 'integer',
  parts: 'integer',
  employerName: 'text',
  registrationCode: 'text',
  currency: 'text',
  startsOn: 'day',
  endsOn: 'day',
  paysOn: 'day',
  runId: 'text',
  'payer.accountName': 'text',
  'payer.accountNumber': 'text',
  'payer.bankName': 'text',
  'payer.agreementNumber': 'text',
} as const satisfies Readonly<Record<string, FieldKind>>;

export const paymentFields = {
  ...fileFields,
  number: 'integer',
  name: 'text',
  firstName: 'text',
  lastName: 'text',
  documentKind: 'text',
  documentNumber: 'text',
  holderName: 'text',
  bankName: 'text',
  accountNumber: 'text',
  bic: 'text',
  routingNumber: 'text',
  branchCode: 'text',
  gross: 'money',
  withheld: 'money',
  deducted: 'money',
  net: 'money',
  regularHours: 'seconds',
  overtimeHours: 'seconds',
  totalHours: 'seconds',
  endToEndId: 'text',
  shortId: 'text',
} as const satisfies Readonly<Record<string, FieldKind>>;

export const dayFields = {
  ...paymentFields,
  day: 'day',
  dayHours: 'seconds',
  project: 'text',
  code: 'text',
} as const satisfies Readonly<Record<string, FieldKind>>;

export function fileValues(
  { run, employer }: PayFileContent,
  payer: MainlandPayer | null,
  place: PartTotals & { readonly part: number; readonly parts: number },
): FieldValues {
  return {
    count: place.rows,
    total: place.amountMinor,
    part: place.part,
    parts: place.parts,
    employerName: employer.name,
    registrationCode: employer.registrationCode,
    currency: employer.currency,
    startsOn: run.startsOn,
    endsOn: run.endsOn,
    paysOn: run.paysOn,
    runId: run.id,
    'payer.accountName': payer?.accountName ?? null,
    'payer.accountNumber': payer?.accountNumber ?? null,
    'payer.bankName': payer?.bankName ?? null,
    'payer.agreementNumber': payer?.agreementNumber ?? null,
  };
}

export function paymentValues(payment: Payment, day?: WorkDay): FieldValues {
  const { account } = payment;
  const outside = Object.entries(payment.outsideNumbers).map(([system, value]) => [
    `outside.${system}`,
    value,
  ]);
  return {
    number: payment.number,
    name: payment.name,
    ...partsOfName(payment.name),
    documentKind: payment.documentKind,
    documentNumber: payment.documentNumber,
    holderName: account?.holderName ?? null,
    bankName: account?.bankName ?? null,
    accountNumber: account?.number ?? null,
    bic: account?.bic ?? null,
    routingNumber: account?.routingNumber ?? null,
    branchCode: account?.branchCode ?? null,
    gross: payment.grossMinor,
    withheld: payment.withheldMinor,
    deducted: payment.deductedMinor,
    net: payment.netMinor,
    regularHours: payment.regularSeconds,
    overtimeHours: payment.overtimeSeconds,
    totalHours: payment.regularSeconds + payment.overtimeSeconds,
    endToEndId: payment.endToEndId,
    shortId: shortEndToEndId(payment.endToEndId),
    ...Object.fromEntries(outside),
    ...(day ? { day: day.day, dayHours: day.seconds, project: day.project, code: day.code } : {}),
  };
}

/** Chinese names have the family name first and no space; others have it last. */
function partsOfName(name: string): { firstName: string; lastName: string } {
  const whole = name.trim();
  if (/^\p{Script=Han}+$/u.test(whole)) {
    const signs = [...whole];
    const family = signs.length > 3 ? 2 : 1;
    return { lastName: signs.slice(0, family).join(''), firstName: signs.slice(family).join('') };
  }
  const words = whole.split(/\s+/);
  return { firstName: words.slice(0, -1).join(' '), lastName: words.at(-1) ?? '' };
}
