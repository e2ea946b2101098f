/** A statement as files: a workbook for the client's office, and a PDF to sign off. */
import type { FileColumn, FileRow } from '../http/sheet.ts';
import { headCell, tableSheet, xlsxCell, xlsxOf } from '../http/xlsx.ts';
import type { Assets } from '../provider/providers.ts';
import type { IssuedStatement, StatementContent } from './client-statement.ts';
import type { StatementLine } from './statement.ts';

export interface StatementFile {
  readonly content: StatementContent;
  readonly issued: IssuedStatement;
  readonly assets: Assets;
}

const lineColumns: readonly FileColumn[] = [
  { key: 'site', head: '地点 Site', kind: 'text', width: 24 },
  { key: 'worker', head: '工人 Worker', kind: 'text', width: 20 },
  { key: 'role', head: '岗位 Role', kind: 'text', width: 16 },
  { key: 'seconds', head: '工时 Hours', kind: 'duration', width: 12 },
  { key: 'rateMinor', head: '单价 Per hour', kind: 'money', width: 14 },
  { key: 'amountMinor', head: '金额 Amount', kind: 'money', width: 16 },
  { key: 'approvals', head: '批准 Approved', kind: 'prose', width: 44 },
];
const dayColumns: readonly FileColumn[] = [
  { key: 'on', head: '日期 Day', kind: 'text', width: 14 },
  ...lineColumns.slice(0, 4),
  { key: 'amountMinor', head: '金额 Amount', kind: 'money', width: 16 },
];

const approvalsText = ({ approvals }: StatementLine) =>
  approvals.map(({ at, byName }) => `${byName} ${at.slice(0, 10)}`).join('; ');

function lineRow(line: StatementLine): FileRow {
  const { siteName: site, workerName: worker, roleTitle: role, seconds, rateMinor, amountMinor } = line;
  return { site, worker, role, seconds, rateMinor, amountMinor, approvals: approvalsText(line) };
}

const dayRows = ({ siteName: site, workerName: worker, roleTitle: role, days }: StatementLine): FileRow[] =>
  days.map(({ on, seconds, amountMinor }) => ({ on, site, worker, role, seconds, amountMinor }));

export function statementXlsx({ content, issued }: StatementFile): Uint8Array<ArrayBuffer> {
  const { employer, client, currency, statement } = content;
  const text = (head: string, value: string) => [headCell(head), xlsxCell('text', value, currency)];
  return xlsxOf([
    {
      name: '结算单 Statement',
      rows: [
        text('供方 Supplier', employer.name),
        text('登记号码 Registration', employer.registrationCode),
        text('客户 Client', client.name),
        text('期间 Days', `${issued.startsOn} – ${issued.endsOn}`),
        text('币种 Currency', currency),
        [headCell('工时 Hours'), xlsxCell('duration', statement.seconds, currency)],
        [headCell('金额 Amount'), xlsxCell('money', statement.amountMinor, currency)],
        text('编号 Number', issued.id),
        text('内容摘要 Digest (SHA-256)', issued.digest),
      ],
      widths: [30, 60],
    },
    tableSheet('明细 Lines', lineColumns, statement.lines.map(lineRow), currency),
    tableSheet('每日 Days', dayColumns, statement.lines.flatMap(dayRows), currency),
  ]);
}
