/** The generic table of payments and lines: columns as data, and what stands in them. */

import layout from '../../../templates/pay-files/generic.json' with { type: 'json' };
import type { FileColumn, FileRow } from '../../http/sheet.ts';
import type { PayFileContent, Payment } from './content.ts';

export const paymentColumns = layout.payments as readonly FileColumn[];
export const lineColumns = layout.lines as readonly FileColumn[];

export const tableVersion = layout.version;

export function tableName({ employer, run }: PayFileContent, extension: string): string {
  return `${employer.name} ${run.startsOn}_${run.endsOn} ${run.id.slice(-8)}.${extension}`;
}

export function* paymentRows(content: PayFileContent): Generator<FileRow> {
  const { run, employer, warnings } = content;
  const ofRun = {
    currency: employer.currency,
    period: `${run.startsOn} – ${run.endsOn}`,
    paysOn: run.paysOn,
    runId: run.id,
    notes: warnings.join(' '),
  };
  for (const payment of content.payments) yield { ...paymentRow(payment), ...ofRun };
}

const documentNames: Readonly<Record<string, string>> = {
  'resident-id': '居民身份证 Resident ID',
  passport: '护照 Passport',
};

function paymentRow(payment: Payment): FileRow {
  const { number, name, documentKind, documentNumber, account, endToEndId } = payment;
  const { grossMinor, withheldMinor, deductedMinor, netMinor } = payment;
  return {
    number,
    name,
    documentKind: documentKind && (documentNames[documentKind] ?? documentKind),
    documentNumber,
    bankName: account?.bankName ?? null,
    holderName: account?.holderName ?? null,
    accountNumber: account?.number ?? null,
    grossMinor,
    withheldMinor,
    deductedMinor,
    netMinor,
    endToEndId,
  };
}
