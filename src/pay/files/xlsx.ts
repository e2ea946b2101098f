/** A pay run as XLSX: payments, lines with their reasons, totals and notes. */
import { fileTypes } from '../../http/sheet.ts';
import { headCell, tableSheet, xlsxCell, xlsxPieces } from '../../http/xlsx.ts';
import type { PayFileContent } from './content.ts';
import { type PayFormat, Tally } from './format.ts';
import { lineColumns, paymentColumns, paymentRows, tableName, tableVersion } from './sheet.ts';

export const xlsxFormat: PayFormat = {
  id: 'xlsx',
  group: 'table',
  name: {
    en: 'Workbook: payments, lines with reasons, totals (XLSX)',
    zh: '工作簿：发放、明细及说明、合计（XLSX）',
  },
  extension: 'xlsx',
  mediaType: fileTypes.xlsx,
  inputs: tableVersion,
  problems: () => [],
  *parts(content) {
    const tally = new Tally();
    const pieces = xlsxOf({ ...content, payments: tally.of(content.payments) });
    yield { name: tableName(content, 'xlsx'), pieces, totals: () => tally.totals };
  },
};

export function xlsxOf(content: PayFileContent): Generator<Uint8Array> {
  const { currency } = content.employer;
  return xlsxPieces([
    tableSheet('发放 Payments', paymentColumns, paymentRows(content), currency),
    tableSheet('明细 Lines', lineColumns, content.lines, currency),
    {
      name: '合计 Totals',
      rows: content.totals.map(({ label, value, kind }) => [
        headCell(label),
        xlsxCell(kind, value, currency),
      ]),
      widths: [34, 48],
    },
    {
      name: '说明 Notes',
      rows: content.notes.map((note) => [xlsxCell('prose', note, currency)]),
      widths: [110],
    },
  ]);
}
