/** Sheets for the tax authority over the approved runs that pay in a month, or in a quarter. */
import { and, asc, desc, eq, gte, lt, sql } from 'drizzle-orm';
import {
  engagementEnds,
  engagements,
  payRunApprovals,
  payRunLines,
  payRuns,
  taxFiles,
} from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import type { CellContext, CellKeys } from '../http/env.ts';
import { joined } from '../http/sheet.ts';
import { provenIdentityOf } from '../identity/claim.ts';
import { workerNameOf } from '../identity/name.ts';
import { numberOf, payoutAccountOf } from '../identity/payout-account.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { openText, sha256 } from '../kernel/digest.ts';
import { newId } from '../kernel/id.ts';
import { type Minor, minor, zero } from '../kernel/money.ts';
import { refuse } from '../kernel/refusal.ts';
import type { CivilDate, Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { letOthersIn } from '../store/turns.ts';
import type { LineFacts } from './calculate.ts';
import {
  type IncomeKind,
  incomesOf,
  layoutOf,
  type TaxIncome,
  type TaxSheetKind,
  taxProblems,
  taxSheetPieces,
} from './files/tax-client.ts';

export type TaxFile = typeof taxFiles.$inferSelect;

/** The first day, and the day after the last; undefined when the text is neither a month nor a quarter. */
export function spanOf(period: string): { from: CivilDate; before: CivilDate } | undefined {
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period);
  const month = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(period);
  if (!quarter && !month) return undefined;
  const year = Number((quarter ?? month)?.[1]);
  const first = quarter ? (Number(quarter[2]) - 1) * 3 + 1 : Number(month?.[2]);
  const next = first + (quarter ? 3 : 1);
  const day = (y: number, m: number) => `${y}-${String(m).padStart(2, '0')}-01` as CivilDate;
  return { from: day(year, first), before: next > 12 ? day(year + 1, next - 12) : day(year, next) };
}

const kindOfRule: Readonly<Record<string, IncomeKind>> = {
  'cn-labour-remuneration': 'labour',
  'cn-platform-cumulative': 'labour-cumulative',
  'cn-intern-cumulative': 'labour-cumulative',
  'cn-wages-cumulative': 'wages',
  'cn-sole-trader': 'sole-trader',
};

interface Sum {
  readonly workerId: string;
  readonly kind: IncomeKind;
  readonly engagementIds: Set<string>;
  readonly runIds: Set<string>;
  gross: number;
  withheld: number;
}

/** Person by person and kind by kind, in the order of the workers' ids. One row, however many runs paid. */
export function taxIncomes(db: Db, keys: CellKeys, period: string): TaxIncome[] {
  const span = spanOf(period) ?? refuse('period-unknown', { period });
  const sums = new Map<string, Sum>();
  for (const { line, runId } of withholdings(db, span)) {
    const facts = JSON.parse(line.why) as LineFacts;
    const kind = kindOfRule[line.code];
    if (facts.of !== 'withholding' || !kind) continue;
    const key = `${line.workerId} ${kind}`;
    const sum = sums.get(key) ?? {
      workerId: line.workerId,
      kind,
      engagementIds: new Set<string>(),
      runIds: new Set<string>(),
      gross: 0,
      withheld: 0,
    };
    sum.engagementIds.add(line.engagementId);
    sum.runIds.add(runId);
    sum.gross += facts.withholding.grossMinor;
    sum.withheld -= line.amountMinor;
    sums.set(key, sum);
  }
  return [...sums.values()]
    .sort((a, b) => (`${a.workerId} ${a.kind}` < `${b.workerId} ${b.kind}` ? -1 : 1))
    .map((sum) => incomeOf(db, keys, sum, span));
}

function withholdings(db: Db, { from, before }: { from: CivilDate; before: CivilDate }) {
  return db
    .select({ line: payRunLines, runId: payRuns.id })
    .from(payRunLines)
    .innerJoin(payRunApprovals, eq(payRunApprovals.calculationId, payRunLines.calculationId))
    .innerJoin(payRuns, eq(payRuns.id, payRunApprovals.id))
    .where(and(eq(payRunLines.kind, 'withholding'), gte(payRuns.paysOn, from), lt(payRuns.paysOn, before)))
    .orderBy(asc(payRuns.paysOn), asc(payRuns.id), asc(payRunLines.line))
    .all();
}

function incomeOf(
  db: Db,
  keys: CellKeys,
  { workerId, kind, engagementIds, runIds, gross, withheld }: Sum,
  span: { from: CivilDate; before: CivilDate },
): TaxIncome {
  const claim = provenIdentityOf(db, workerId)?.claim;
  const account = payoutAccountOf(db, workerId);
  const mine = engagementsOf(db, workerId);
  const paid = mine.find(({ id }) => engagementIds.has(id)) ?? mine[0];
  const engagedOn = mine.map(({ startsOn }) => startsOn).sort()[0] ?? span.from;
  const ends = mine.map(({ lastOn }) => lastOn);
  const leftOn = ends.includes(null) ? null : (ends.sort().at(-1) ?? null);
  const isEnded = leftOn !== null && leftOn >= span.from && leftOn < span.before;
  return {
    workerId,
    name: claim?.legalName ?? workerNameOf(db, workerId),
    documentKind: claim?.documentKind ?? null,
    documentNumber: claim
      ? openText(keys.field, claim.documentNumberSealed, `identity_claims ${claim.id}`)
      : null,
    country: claim?.country ?? null,
    birthOn: claim?.birthOn ?? null,
    relationship: paid?.relationship ?? 'service',
    roleTitle: paid?.roleTitle ?? '',
    engagedOn,
    leftOn: leftOn !== null && leftOn < span.before ? leftOn : null,
    bankName: account?.bankName ?? null,
    accountNumber: account ? numberOf(keys, account) : null,
    kind,
    grossMinor: minor(gross),
    withheldMinor: minor(withheld) as Minor,
    payments: runIds.size,
    standing: isEnded ? 'ended' : engagedOn >= span.from ? 'new' : 'there',
  };
}

function engagementsOf(db: Db, workerId: string) {
  return db
    .select({ engagement: engagements, end: engagementEnds })
    .from(engagements)
    .leftJoin(engagementEnds, eq(engagementEnds.id, engagements.id))
    .where(eq(engagements.workerId, workerId))
    .orderBy(asc(engagements.startsOn))
    .all()
    .map(({ engagement, end }) => {
      const { id, startsOn, endsOn, relationship, roleTitle } = engagement;
      return { id, startsOn, relationship, roleTitle, lastOn: end?.endsOn ?? endsOn };
    });
}

/** The same facts give the same file, which is written once. Refuses while a row lacks what the tax client asks for. */
export async function writeTaxFile(
  cell: CellContext,
  actor: Actor,
  { kind, period }: { readonly kind: TaxSheetKind; readonly period: string },
  at: Instant,
): Promise<TaxFile> {
  const { db } = cell.store;
  const incomes = taxIncomes(db, cell.keys, period);
  const problems = taxProblems(kind, incomes);
  if (problems.length > 0) refuse('pay-file-has-problems', { count: problems.length });
  const { name: employerName, registrationCode } = employerOf(db);
  const pieces: Uint8Array[] = [];
  for (const piece of taxSheetPieces(kind, { period, employerName, registrationCode }, incomes)) {
    pieces.push(piece);
    if (pieces.length % 4 === 0) await letOthersIn();
  }
  const bytes = joined(pieces);
  const digest = sha256(bytes);
  const fileId = await cell.files.put(bytes);
  const by = actorText(actor);
  const name = `${layoutOf(kind).sheetName} ${period}.xlsx`;
  const rows = incomesOf(kind, incomes).length;
  return cell.store.commit((tx) => {
    const known = taxFilesOf(tx, period).find((file) => file.kind === kind && file.digest === digest);
    if (known) return known;
    const row: TaxFile = {
      id: newId(),
      kind,
      period,
      name,
      fileId,
      digest,
      bytes: bytes.length,
      rows,
      at,
      by,
    };
    record(tx, 'tax-file-written', row, by, at);
    return row;
  });
}

/** Newest first. */
export function taxFilesOf(db: Db, period: string): TaxFile[] {
  return db.select().from(taxFiles).where(eq(taxFiles.period, period)).orderBy(desc(sql`rowid`)).all();
}

export function taxFileOf(db: Db, id: string): TaxFile {
  return db.select().from(taxFiles).where(eq(taxFiles.id, id)).get() ?? refuse('not-found');
}

export const totalOf = (incomes: readonly TaxIncome[]): { gross: Minor; withheld: Minor } => ({
  gross: incomes.reduce((sum, { grossMinor }) => minor(sum + grossMinor), zero),
  withheld: incomes.reduce((sum, { withheldMinor }) => minor(sum + withheldMinor), zero),
});
