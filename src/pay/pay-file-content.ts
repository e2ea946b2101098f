/** What stands in the files of an approved run, read from the cell in slices. */
import { and, asc, eq, gt } from 'drizzle-orm';
import { payRunLines } from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { memberNameOf } from '../employer/member.ts';
import { engagementOf } from '../engagement/engagement.ts';
import type { CellKeys } from '../http/env.ts';
import type { FileRow } from '../http/sheet.ts';
import { isWallet } from '../identity/account-number.ts';
import { type IdentityClaim, provenClaimsOf } from '../identity/claim.ts';
import { workerNamesOf } from '../identity/name.ts';
import { numberOf, type PayoutAccount, payoutAccountsOf } from '../identity/payout-account.ts';
import { openText } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import type { LineFacts, RunLine } from './calculate.ts';
import { endToEndId } from './end-to-end-id.ts';
import type { PayeeAccount, PayFileContent, Payment, WorkDay } from './files/content.ts';
import { outsideNumbersOfAll } from './outside-number.ts';
import { type Calculation, lineOf, type PayRun, type RunApproval, runView } from './pay-run.ts';
import { amountsOf } from './payment-amounts.ts';
import type { RunNote } from './run-fold.ts';
import { explain, lineName } from './why.ts';
import { payWords } from './words.ts';

/** Refuses a run that is not approved. Who writes a file of it calls `checkApproved` first. */
export function contentOf(db: Db, keys: CellKeys, runId: string): PayFileContent {
  const view = runView(db, runId);
  const { run, calculation, approval } = view;
  if (!approval || !calculation) refuse('run-not-approved');
  const isUnconfigured = (JSON.parse(calculation.notes ?? '[]') as RunNote[]).length > 0;
  const { name, registrationCode, currency, zone } = employerOf(db);
  const { warnings, facts } = notesOf(db, run, calculation, approval, isUnconfigured);
  const { id, startsOn, endsOn, paysOn } = run;
  return {
    run: { id, startsOn, endsOn, paysOn, approvedAt: approval.at },
    employer: { name, registrationCode, currency, zone },
    payments: { [Symbol.iterator]: () => paymentsOf(db, keys, id, calculation.id, approval.at) },
    days: { [Symbol.iterator]: () => daysOf(db, calculation.id) },
    lines: { [Symbol.iterator]: () => lineRowsOf(db, calculation.id) },
    totals: fileTotals(calculation),
    warnings,
    notes: [...warnings, ...facts],
  };
}

const sliceLines = 500;

function* linesInSlices(db: Db, calculationId: string): Generator<RunLine> {
  for (let last = 0; ; ) {
    const slice = db
      .select()
      .from(payRunLines)
      .where(and(eq(payRunLines.calculationId, calculationId), gt(payRunLines.line, last)))
      .orderBy(asc(payRunLines.line))
      .limit(sliceLines)
      .all();
    for (const { calculationId: _, ...line } of slice) yield lineOf(line);
    last = slice.at(-1)?.line ?? last;
    if (slice.length < sliceLines) return;
  }
}

function* lineRowsOf(db: Db, calculationId: string): Generator<FileRow> {
  for (const line of linesInSlices(db, calculationId)) yield lineRow(db, line);
}

function payeeOf(keys: CellKeys, account: PayoutAccount): PayeeAccount {
  const { kind, holderName, bankName, routingCode } = account;
  return {
    kind: isWallet(kind) ? 'wallet' : 'bank',
    holderName,
    bankName,
    number: numberOf(keys, account),
    bic: kind === 'iban' ? routingCode : null,
    routingNumber: kind === 'aba' ? routingCode : null,
    accountType: null,
    branchCode: kind === 'bank-card' ? routingCode : null,
  };
}

function* daysOf(db: Db, calculationId: string): Generator<WorkDay> {
  for (const { workerId, engagementId, code, facts } of linesInSlices(db, calculationId)) {
    if (facts.of !== 'earning' || facts.part.kind !== 'earning' || facts.part.basis !== 'seconds') continue;
    const project = engagementOf(db, engagementId)?.project ?? '';
    for (const { on, quantity } of facts.part.days)
      yield { workerId, day: on, seconds: quantity, project, code };
  }
}

interface WorkerLines {
  readonly workerId: string;
  readonly lines: RunLine[];
}

/** A worker's lines follow each other. */
function* byWorker(lines: Iterable<RunLine>): Generator<WorkerLines> {
  let mine: WorkerLines | undefined;
  for (const line of lines) {
    if (mine?.workerId !== line.workerId) {
      if (mine) yield mine;
      mine = { workerId: line.workerId, lines: [] };
    }
    mine.lines.push(line);
  }
  if (mine) yield mine;
}

const sliceWorkers = 90;

function* inSlices<T>(all: Iterable<T>, count: number): Generator<T[]> {
  let slice: T[] = [];
  for (const one of all) {
    slice.push(one);
    if (slice.length < count) continue;
    yield slice;
    slice = [];
  }
  if (slice.length > 0) yield slice;
}

/** The account that was known at the approval: every format of a run pays into the same one. */
function* paymentsOf(
  db: Db,
  keys: CellKeys,
  runId: string,
  calculationId: string,
  approvedAt: Instant,
): Generator<Payment> {
  let number = 0;
  for (const slice of inSlices(byWorker(linesInSlices(db, calculationId)), sliceWorkers)) {
    const ids = slice.map(({ workerId }) => workerId);
    const names = workerNamesOf(db, ids);
    const claims = provenClaimsOf(db, ids);
    const accounts = payoutAccountsOf(db, ids, approvedAt);
    const outside = outsideNumbersOfAll(db, ids);
    for (const { workerId, lines } of slice) {
      number += 1;
      const [claim, account] = [claims.get(workerId), accounts.get(workerId)];
      yield {
        number,
        workerId,
        endToEndId: endToEndId({ runId, workerId, attempt: 1 }),
        name: names.get(workerId) ?? workerId,
        documentKind: claim?.documentKind ?? null,
        documentNumber: claim ? documentNumberOf(keys, claim) : null,
        account: account ? payeeOf(keys, account) : null,
        ...amountsOf(lines),
        outsideNumbers: outside.get(workerId) ?? {},
      };
    }
  }
}

function documentNumberOf(keys: CellKeys, claim: IdentityClaim): string {
  return openText(keys.field, claim.documentNumberSealed, `identity_claims ${claim.id}`);
}

/** What a line is called, in both languages: an earning by its code. */
function kindName(line: RunLine): string {
  return `${lineName(line, 'zh-CN')} ${lineName(line, 'en')}`;
}

/** The days that a line is for. */
function spanOf(facts: LineFacts): string {
  if (facts.of === 'withholding') return facts.withholding.span;
  if (facts.of === 'adjustment' || facts.of === 'promise') return facts.part.days[0]?.on ?? '';
  return `${facts.period.startsOn} – ${facts.period.endsOn}`;
}

function lineRow(db: Db, line: RunLine): FileRow {
  const zh = explain(db, line, 'zh-CN');
  const en = explain(db, line, 'en');
  const rule = (why: typeof zh) => (why.rule ? [`${why.rule.name}: ${why.rule.source}`] : []);
  return {
    number: line.line,
    name: zh.workerName,
    kind: kindName(line),
    project: zh.project,
    period: spanOf(line.facts),
    seconds: line.seconds,
    rateMinor: line.rateMinor,
    amountMinor: line.amountMinor,
    whyZh: [...zh.formula, ...rule(zh)].join('；'),
    whyEn: [...en.formula, ...rule(en)].join('; '),
    approval: zh.approval ? `${zh.approval.byName} ${zh.approval.at} ${zh.approval.digest}` : null,
  };
}

function fileTotals(calculation: Calculation): PayFileContent['totals'] {
  return [
    { label: '人数 Workers', value: calculation.workers, kind: 'integer' },
    { label: '应发合计 Gross', value: calculation.grossMinor, kind: 'money' },
    { label: '预扣合计 Withheld', value: calculation.withheldMinor, kind: 'money' },
    ...(calculation.deductedMinor === 0
      ? []
      : [{ label: '扣款合计 Deducted', value: calculation.deductedMinor, kind: 'money' } as const]),
    ...(calculation.reimbursedMinor === 0
      ? []
      : [{ label: '报销合计 Reimbursed', value: calculation.reimbursedMinor, kind: 'money' } as const]),
    { label: '实发合计 Net', value: calculation.netMinor, kind: 'money' },
    { label: '计算摘要 Digest (SHA-256)', value: calculation.digest, kind: 'text' },
    { label: '规则版本 Rules', value: calculation.rulesVersion, kind: 'text' },
  ];
}

function notesOf(
  db: Db,
  run: PayRun,
  calculation: Calculation,
  approval: RunApproval,
  isUnconfigured: boolean,
) {
  const both = (key: 'approvedByOne' | 'nothingWithheld', values = {}) =>
    `${payWords('zh-CN')(key, values)} ${payWords('en')(key, values)}`;
  const warnings: string[] = [];
  if (!approval.fourEyes) warnings.push(both('approvedByOne'));
  if (isUnconfigured) warnings.push(both('nothingWithheld', { country: employerOf(db).country }));
  const facts = [
    `发薪编号 Run: ${run.id}`,
    `批准人 Approved by: ${memberNameOf(db, approval.by)} ${approval.at}`,
    `计算人 Calculated by: ${memberNameOf(db, calculation.by)} ${calculation.at}`,
    ...(run.note ? [`附言 Note: ${run.note}`] : []),
  ];
  return { warnings, facts };
}
