/** A statement as files: a workbook for the client's office, and a PDF to sign off. */
import { drawReport } from '../document/document.ts';
import { durationText, type FileColumn, type FileRow } from '../http/sheet.ts';
import { headCell, tableSheet, xlsxCell, xlsxOf } from '../http/xlsx.ts';
import { decimalText } from '../kernel/money.ts';
import type { Renderer } from '../provider/providers.ts';
import type { IssuedStatement, StatementContent } from './client-statement.ts';
import type { StatementLine } from './statement.ts';

export interface StatementFile {
  readonly content: StatementContent;
  readonly issued: IssuedStatement;
  readonly renderer: Renderer;
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

const spoken = (zh: string, en: string) => ({ zh, en });

export function statementPdf({ content, issued, renderer }: StatementFile): Promise<Uint8Array<ArrayBuffer>> {
  const { employer, client, currency, statement } = content;
  const money = (amount: StatementLine['amountMinor']) => decimalText(amount, currency);
  return drawReport(
    {
      title: spoken('结算单', 'Statement'),
      about: `结算单编号 Statement no. ${issued.id} · SHA-256 ${issued.digest}`,
      facts: [
        { label: spoken('供方', 'Supplier'), value: `${employer.name} · ${employer.registrationCode}` },
        { label: spoken('地址', 'Address'), value: employer.address },
        { label: spoken('客户', 'Client'), value: client.name },
        { label: spoken('期间', 'Days'), value: `${issued.startsOn} – ${issued.endsOn}` },
        { label: spoken('工时', 'Hours'), value: durationText(statement.seconds) },
        { label: spoken('金额', 'Amount'), value: `${money(statement.amountMinor)} ${currency}` },
      ],
      tables: [
        {
          title: spoken('明细', 'Lines'),
          columns: [
            spoken('地点', 'Site'),
            spoken('工人', 'Worker'),
            spoken('岗位', 'Role'),
            spoken('工时', 'Hours'),
            spoken('单价', 'Per hour'),
            spoken('金额', 'Amount'),
            spoken('批准', 'Approved'),
          ],
          rows: statement.lines.map((one) => [
            one.siteName,
            one.workerName,
            one.roleTitle,
            durationText(one.seconds),
            money(one.rateMinor),
            money(one.amountMinor),
            approvalsText(one),
          ]),
          total: [
            '合计 Total',
            '',
            '',
            durationText(statement.seconds),
            '',
            money(statement.amountMinor),
            '',
          ],
        },
      ],
      notes: [
        spoken(
          '工时精确到秒，每行只四舍五入一次；仅结算已批准的工时。每日明细见工作簿。',
          'Hours to the second, each line rounded once, half up; only approved hours are billed. Each day is in the workbook.',
        ),
      ],
      at: issued.at,
    },
    renderer,
  );
}
