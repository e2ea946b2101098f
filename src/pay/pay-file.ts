/** Pay files: an approved run as bytes that a bank or a bookkeeper takes. Written once a format, kept, and each download recorded. */
import { and, asc, eq } from 'drizzle-orm';
import { payFileDownloads, payFiles } from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { memberNameOf } from '../employer/member.ts';
import type { CellContext, CellKeys } from '../http/env.ts';
import { type FileRow, fileTypes } from '../http/sheet.ts';
import { type IdentityClaim, provenIdentityOf } from '../identity/claim.ts';
import { workerNameOf } from '../identity/name.ts';
import { numberOf, payoutAccountOf } from '../identity/payout-account.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { openText, sha256 } from '../kernel/digest.ts';
import { newId } from '../kernel/id.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import type { RunLine } from './calculate.ts';
import { csvOf } from './files/csv.ts';
import type { PayFileContent } from './files/sheet.ts';
import { xlsxOf } from './files/xlsx.ts';
import { approvedLines, type Calculation, type PayRun, type RunApproval, runView } from './pay-run.ts';
import { notesOf as runNotesOf, totalsOf } from './run-fold.ts';
import { explain, shortRun } from './why.ts';
import { payWords } from './words.ts';

export type PayFile = typeof payFiles.$inferSelect;
export const payFileFormats = ['csv', 'xlsx'] as const;
export type PayFileFormat = (typeof payFileFormats)[number];
export const mediaTypes: Readonly<Record<PayFileFormat, string>> = fileTypes;

const writers: Readonly<
  Record<PayFileFormat, (content: PayFileContent) => Promise<Uint8Array<ArrayBuffer>>>
> = {
  csv: async (content) => csvOf(content),
  xlsx: xlsxOf,
};

/** Once a format: a repetition answers the file that was written first. Refuses a run that is not approved. */
export async function writePayFile(
  cell: CellContext,
  actor: Actor,
  runId: string,
  format: PayFileFormat,
  at: Instant,
): Promise<PayFile> {
  const known = payFileOf(cell.store.db, runId, format);
  if (known) return known;
  const content = contentOf(cell.store.db, cell.keys, runId);
  const bytes = await writers[format](content);
  const fileId = await cell.files.put(bytes);
  const { run } = runView(cell.store.db, runId);
  const name = `${employerOf(cell.store.db).name} ${run.startsOn}_${run.endsOn} ${shortRun(runId)}.${format}`;
  const by = actorText(actor);
  return cell.store.commit((tx) => {
    const first = payFileOf(tx, runId, format);
    if (first) return first;
    const rows = content.payments.length;
    const row: PayFile = { id: newId(), runId, format, name, fileId, digest: sha256(bytes), rows, at, by };
    record(tx, 'pay-file-written', row, by, at);
    return row;
  });
}

export function payFileOf(db: Db, runId: string, format: PayFileFormat): PayFile | undefined {
  return db
    .select()
    .from(payFiles)
    .where(and(eq(payFiles.runId, runId), eq(payFiles.format, format)))
    .get();
}

export function payFilesOf(db: Db, runId: string): PayFile[] {
  return db.select().from(payFiles).where(eq(payFiles.runId, runId)).orderBy(asc(payFiles.format)).all();
}

/** Account and document numbers leave the house in it: who took it, and when, is written before it goes. */
export function recordDownload(tx: Tx, actor: Actor, payFileId: string, at: Instant): void {
  const by = actorText(actor);
  record(tx, 'pay-file-downloaded', { id: newId(), payFileId, at, by }, by, at);
}

export function downloadsOf(db: Db, payFileId: string): { at: Instant; byName: string }[] {
  return db
    .select()
    .from(payFileDownloads)
    .where(eq(payFileDownloads.payFileId, payFileId))
    .orderBy(asc(payFileDownloads.at))
    .all()
    .map(({ at, by }) => ({ at, byName: memberNameOf(db, by) }));
}

/** What stands in the files of an approved run. */
export function contentOf(db: Db, keys: CellKeys, runId: string): PayFileContent {
  const view = runView(db, runId);
  const { run, calculation, approval } = view;
  if (!approval || !calculation) refuse('run-not-approved');
  const { currency } = employerOf(db);
  const lines = approvedLines(db, view);
  const notes = notesOf(db, run, calculation, approval, lines);
  const workers = [...new Set(lines.map(({ workerId }) => workerId))];
  return {
    currency,
    payments: workers.map((workerId, index) => ({
      number: index + 1,
      ...payeeOf(db, keys, workerId, approval.at),
      ...totalsOf(lines.filter((line) => line.workerId === workerId)),
      currency,
      period: `${run.startsOn} – ${run.endsOn}`,
      paysOn: run.paysOn,
      runId,
      notes: notes.warnings.join(' '),
    })),
    lines: lines.map((line) => lineRow(db, line)),
    totals: fileTotals(calculation, workers.length),
    notes: [...notes.warnings, ...notes.facts],
  };
}

const documentNames: Readonly<Record<string, string>> = {
  'resident-id': '居民身份证 Resident ID',
  passport: '护照 Passport',
};

/** The account that was known at the approval: every format of a run pays into the same one. */
function payeeOf(db: Db, keys: CellKeys, workerId: string, approvedAt: Instant): FileRow {
  const claim = provenIdentityOf(db, workerId)?.claim;
  const account = payoutAccountOf(db, workerId, approvedAt);
  return {
    name: workerNameOf(db, workerId),
    documentKind: claim ? (documentNames[claim.documentKind] ?? claim.documentKind) : null,
    documentNumber: claim ? documentNumberOf(keys, claim) : null,
    bankName: account?.bankName ?? null,
    holderName: account?.holderName ?? null,
    accountNumber: account ? numberOf(keys, account) : null,
  };
}

function documentNumberOf(keys: CellKeys, claim: IdentityClaim): string {
  return openText(keys.field, claim.documentNumberSealed, `identity_claims ${claim.id}`);
}

const kindNames = {
  earning: '工时报酬 Earnings',
  correction: '更正 Correction',
  withholding: '预扣税款 Withholding',
} as const;

function lineRow(db: Db, line: RunLine): FileRow {
  const zh = explain(db, line, 'zh-CN');
  const en = explain(db, line, 'en');
  const { facts } = line;
  const rule = (why: typeof zh) => (why.rule ? [`${why.rule.name}: ${why.rule.source}`] : []);
  return {
    number: line.line,
    name: zh.workerName,
    kind: kindNames[line.kind],
    project: zh.project,
    period:
      facts.of === 'withholding'
        ? facts.withholding.span
        : `${facts.period.startsOn} – ${facts.period.endsOn}`,
    seconds: line.seconds,
    rateMinor: line.rateMinor,
    amountMinor: line.amountMinor,
    whyZh: [...zh.formula, ...rule(zh)].join('；'),
    whyEn: [...en.formula, ...rule(en)].join('; '),
    approval: zh.approval ? `${zh.approval.byName} ${zh.approval.at} ${zh.approval.digest}` : null,
  };
}

function fileTotals(calculation: Calculation, workers: number): PayFileContent['totals'] {
  return [
    { label: '人数 Workers', value: workers, kind: 'integer' },
    { label: '应发合计 Gross', value: calculation.grossMinor, kind: 'money' },
    { label: '预扣合计 Withheld', value: calculation.withheldMinor, kind: 'money' },
    { label: '实发合计 Net', value: calculation.netMinor, kind: 'money' },
    { label: '计算摘要 Digest (SHA-256)', value: calculation.digest, kind: 'text' },
    { label: '规则版本 Rules', value: calculation.rulesVersion, kind: 'text' },
  ];
}

/** Warnings stand in every row too, because a CSV has nowhere else to say them. */
function notesOf(
  db: Db,
  run: PayRun,
  calculation: Calculation,
  approval: RunApproval,
  lines: readonly RunLine[],
) {
  const both = (key: 'approvedByOne' | 'nothingWithheld', values = {}) =>
    `${payWords('zh-CN')(key, values)} ${payWords('en')(key, values)}`;
  const warnings: string[] = [];
  if (!approval.fourEyes) warnings.push(both('approvedByOne'));
  if (runNotesOf(lines).length > 0)
    warnings.push(both('nothingWithheld', { country: employerOf(db).country }));
  const facts = [
    `发薪编号 Run: ${run.id}`,
    `批准人 Approved by: ${memberNameOf(db, approval.by)} ${approval.at}`,
    `计算人 Calculated by: ${memberNameOf(db, calculation.by)} ${calculation.at}`,
    ...(run.note ? [`附言 Note: ${run.note}`] : []),
  ];
  return { warnings, facts };
}
