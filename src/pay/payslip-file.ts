/** A payslip as PDF, in both languages: every line with its sum in words, adding up by hand. */
import { drawReport, type ReportCell } from '../document/document.ts';
import { employerOf } from '../employer/employer.ts';
import type { CellContext } from '../http/env.ts';
import { workerNameOf } from '../identity/name.ts';
import { decimalText, type Minor, minor } from '../kernel/money.ts';
import type { Spoken } from '../kernel/refusal.ts';
import type { Db } from '../store/commit.ts';
import { type Payslip, payslipOf } from './payslip.ts';
import { explain, lineName } from './why.ts';
import { payWords } from './words.ts';

const spoken = (zh: string, en: string): Spoken => ({ zh, en });
type Word = Parameters<ReturnType<typeof payWords>>[0];
const word = (name: Word): Spoken => spoken(payWords('zh-CN')(name), payWords('en')(name));

/** Refuses `not-found` when the run is not approved or paid this worker nothing. */
export function payslipPdf(
  cell: CellContext,
  workerId: string,
  runId: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const { db } = cell.store;
  const slip = payslipOf(db, workerId, runId);
  const { name, registrationCode } = employerOf(db);
  const { run, approval, currency } = slip;
  const money = (amount: Minor) => decimalText(amount, currency);
  return drawReport(
    {
      title: word('payslip'),
      about: `${word('payslip').zh} Payslip ${run.id} · SHA-256 ${approval.digest}`,
      facts: [
        { label: word('employer'), value: `${name} · ${registrationCode}` },
        { label: spoken('姓名', 'Worker'), value: workerNameOf(db, workerId) },
        { label: word('period'), value: `${run.startsOn} – ${run.endsOn}` },
        { label: word('paysOn'), value: run.paysOn },
        { label: spoken('币种', 'Currency'), value: currency },
      ],
      tables: [
        {
          title: spoken('明细', 'Lines'),
          columns: [spoken('项目', 'Line'), spoken('计算', 'How'), spoken('金额', 'Amount')],
          rows: slip.lines.map((line) => lineRow(db, line, money(line.amountMinor))),
          total: [`${word('net').zh} ${word('net').en}`, '', money(slip.netMinor)],
          shares: [3, 10, 3],
        },
        {
          title: spoken('合计', 'In sum'),
          columns: [spoken('项目', 'What'), spoken('金额', 'Amount')],
          rows: [
            [both(word('gross')), money(slip.grossMinor)],
            [both(word('withheld')), money(minor(-slip.withheldMinor))],
            ...restRows(slip, money),
          ],
          total: [both(word('net')), money(slip.netMinor)],
        },
      ],
      notes: approval.fourEyes ? [] : [word('approvedByOne')],
      at: approval.at,
    },
    cell.renderer,
  );
}

const both = ({ zh, en }: Spoken) => `${zh} ${en}`;

function lineRow(db: Db, line: Payslip['lines'][number], amount: string): ReportCell[] {
  const [zh, en] = (['zh-CN', 'en'] as const).map((locale) => explain(db, line, locale));
  const how = spoken((zh?.formula ?? []).join('\n'), (en?.formula ?? []).join('\n'));
  return [spoken(lineName(line, 'zh-CN'), lineName(line, 'en')), how, amount];
}

/** What is taken and given besides income and its tax, where there is any. */
function restRows(slip: Payslip, money: (amount: Minor) => string): string[][] {
  const rows: [Spoken, Minor][] = [
    [spoken('扣款与预支', 'Deducted and advanced'), minor(-slip.deductedMinor)],
    [spoken('报销', 'Expenses given back'), slip.reimbursedMinor],
  ];
  return rows.flatMap(([label, amount]) => (amount === 0 ? [] : [[both(label), money(amount)]]));
}
