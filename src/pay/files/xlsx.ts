/** A pay run as XLSX: payments, lines with their reasons, totals and notes. */
import { headCell, tableSheet, xlsxCell, xlsxOf as xlsxFile } from '../../http/xlsx.ts';
import { lineColumns, type PayFileContent, paymentColumns } from './sheet.ts';

export function xlsxOf(content: PayFileContent): Promise<Uint8Array<ArrayBuffer>> {
  const { currency } = content;
  return xlsxFile([
    tableSheet('发放 Payments', paymentColumns, content.payments, currency),
    tableSheet('明细 Lines', lineColumns, content.lines, currency),
    {
      name: '合计 Totals',
      cells: content.totals.map(({ label, value, kind }) => [
        headCell(label),
        xlsxCell(kind, value, currency),
      ]),
      widths: [34, 48],
    },
    {
      name: '说明 Notes',
      cells: content.notes.map((note) => [{ value: note, type: String, wrap: true }]),
      widths: [110],
    },
  ]);
}
