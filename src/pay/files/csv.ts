/** The payments of a run as CSV, with everything that we know of them. */
import { csvPieces } from '../../http/csv.ts';
import { fileTypes } from '../../http/sheet.ts';
import type { PayFileContent } from './content.ts';
import { type PayFormat, Tally } from './format.ts';
import { paymentColumns, paymentRows, tableName, tableVersion } from './sheet.ts';

export const csvFormat: PayFormat = {
  id: 'csv',
  group: 'table',
  name: { en: 'Table of payments (CSV)', zh: '发放明细表（CSV）' },
  extension: 'csv',
  mediaType: fileTypes.csv,
  inputs: tableVersion,
  problems: () => [],
  *parts(content) {
    const tally = new Tally();
    const pieces = csvOf({ ...content, payments: tally.of(content.payments) });
    yield { name: tableName(content, 'csv'), pieces, totals: () => tally.totals };
  },
};

export function csvOf(content: PayFileContent): Generator<Uint8Array> {
  return csvPieces(paymentColumns, paymentRows(content), content.employer.currency);
}
