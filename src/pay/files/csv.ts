/** The payments of a run as CSV. */
import { csvTable } from '../../http/csv.ts';
import { type PayFileContent, paymentColumns } from './sheet.ts';

export function csvOf(content: PayFileContent): Uint8Array<ArrayBuffer> {
  return csvTable(paymentColumns, content.payments, content.currency);
}
