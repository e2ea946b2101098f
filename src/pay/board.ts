/** The run board: everything a person looks at before and after approving a run, in one reading. */
import { and, asc, eq, gt, inArray, lt, sql } from 'drizzle-orm';
import { payRunLines, payRunWorkers, sites, workers } from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { workerName } from '../identity/name.ts';
import type { Minor } from '../kernel/money.ts';
import { addDays, type CivilDate, civilDateAt, type Instant, type PayPeriodKind } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import type { RunLine } from './calculate.ts';
import { type CalculationProgress, calculationUnderWay } from './calculation.ts';
import { type Checked, checksBefore, checksOf } from './checks.ts';
import { downloadsOf, type PayFile, payFilesOf } from './pay-file.ts';
import {
  lastClosedPeriod,
  lineOf,
  payPeriodsInUse,
  type RunView,
  runBefore,
  runsOf,
  runView,
} from './pay-run.ts';
import type { RunNote, RunSummary, SummarySum } from './run-fold.ts';
import { isStale } from './staleness.ts';

export interface WorkerRow {
  readonly workerId: string;
  readonly name: string;
  readonly seconds: number;
  readonly grossMinor: Minor;
  readonly withheldMinor: Minor;
  readonly netMinor: Minor;
}
export interface RunBoard extends RunView, Checked {
  readonly currency: string;
  readonly country: string;
  readonly underWay: CalculationProgress | undefined;
  /** The facts have changed since the last calculation. */
  readonly stale: boolean;
  readonly unconfigured: boolean;
  readonly bySite: readonly (SummarySum & { readonly name: string })[];
  readonly byCode: readonly (SummarySum & { readonly code: string })[];
  readonly files: readonly (PayFile & { readonly downloads: readonly { at: Instant; byName: string }[] })[];
}

const nothing: Checked = { checks: [], more: {} };

export function runBoard(db: Db, runId: string, at: Instant): RunBoard {
  const view = runView(db, runId);
  const { run, calculation, approval } = view;
  const { currency, country } = employerOf(db);
  const checked = approval
    ? nothing
    : calculation
      ? checksOf(db, run, calculation, at)
      : checksBefore(db, run, at);
  const summary = JSON.parse(calculation?.summary ?? '{"bySite":{},"byCode":{}}') as RunSummary;
  return {
    ...view,
    ...checked,
    currency,
    country,
    underWay: approval ? undefined : calculationUnderWay(db, runId),
    stale: !approval && calculation !== undefined && isStale(db, calculation),
    unconfigured: (JSON.parse(calculation?.notes ?? '[]') as RunNote[]).length > 0,
    bySite: namedSites(db, summary.bySite),
    byCode: Object.entries(summary.byCode).map(([code, one]) => ({ code, ...one })),
    files: payFilesOf(db, runId).map((file) => ({ ...file, downloads: downloadsOf(db, file.id) })),
  };
}

function namedSites(db: Db, bySite: RunSummary['bySite']): RunBoard['bySite'] {
  const names = new Map<string, string>();
  const ids = Object.keys(bySite);
  for (let start = 0; start < ids.length; start += 90)
    for (const { id, name } of db
      .select()
      .from(sites)
      .where(inArray(sites.id, ids.slice(start, start + 90)))
      .all())
      names.set(id, name);
  return Object.entries(bySite)
    .map(([id, one]) => ({ name: names.get(id) ?? '—', ...one }))
    .sort((a, b) => b.amountMinor - a.amountMinor);
}

export const rowsPerPage = 100;

/** Workers of a calculation, a page at a time; `search` in their names. */
export function workerRows(
  db: Db,
  calculationId: string,
  { after = '', search = '' }: { after?: string; search?: string } = {},
): WorkerRow[] {
  return db
    .select({
      workerId: payRunWorkers.workerId,
      name: workerName,
      seconds: payRunWorkers.seconds,
      grossMinor: payRunWorkers.grossMinor,
      withheldMinor: payRunWorkers.withheldMinor,
      netMinor: payRunWorkers.netMinor,
    })
    .from(payRunWorkers)
    .innerJoin(workers, eq(workers.id, payRunWorkers.workerId))
    .where(
      and(
        eq(payRunWorkers.calculationId, calculationId),
        gt(payRunWorkers.workerId, after),
        gt(payRunWorkers.lines, 0),
        search === '' ? undefined : sql`instr(${workerName}, ${search}) > 0`,
      ),
    )
    .orderBy(asc(payRunWorkers.workerId))
    .limit(rowsPerPage)
    .all();
}

export function linesOfOne(db: Db, calculationId: string, workerId: string): RunLine[] {
  return db
    .select()
    .from(payRunLines)
    .where(and(eq(payRunLines.calculationId, calculationId), eq(payRunLines.workerId, workerId)))
    .orderBy(asc(payRunLines.line))
    .all()
    .map(({ calculationId: _, ...line }) => lineOf(line));
}

/** Whom somebody may choose to leave out: of a large run, the first ones. */
export function engagedIn(db: Db, calculationId: string): string[] {
  return db
    .selectDistinct({ engagementId: payRunLines.engagementId })
    .from(payRunLines)
    .where(eq(payRunLines.calculationId, calculationId))
    .orderBy(asc(payRunLines.line))
    .limit(500)
    .all()
    .map(({ engagementId }) => engagementId);
}

export const linesPerAnswer = 2000;

/** Lines from a number on, as many as one answer holds. */
export function linesFrom(db: Db, calculationId: string, from: number): RunLine[] {
  return db
    .select()
    .from(payRunLines)
    .where(
      and(
        eq(payRunLines.calculationId, calculationId),
        gt(payRunLines.line, from - 1),
        lt(payRunLines.line, from + linesPerAnswer),
      ),
    )
    .orderBy(asc(payRunLines.line))
    .all()
    .map(({ calculationId: _, ...line }) => lineOf(line));
}

export interface Change {
  readonly workerId: string;
  readonly name: string;
  readonly now: WorkerRow;
  readonly before: WorkerRow | undefined;
  /** The different rates of its lines, lowest first. */
  readonly rates: readonly Minor[];
  readonly ratesBefore: readonly Minor[];
}
export interface RunChanges {
  readonly beforeRunId: string | undefined;
  readonly changes: readonly Change[];
}

/** Worker by worker against the last approved run of the same pay period. */
export function runChanges(db: Db, runId: string, after = ''): RunChanges {
  const { run, calculation } = runView(db, runId);
  const last = runBefore(db, run);
  if (!calculation) return { beforeRunId: last?.id, changes: [] };
  const rows = workerRows(db, calculation.id, { after });
  const ids = rows.map(({ workerId }) => workerId);
  const before = last ? rowsBefore(db, last.calculationId, ids) : new Map<string, WorkerRow>();
  const rates = ratesOf(db, calculation.id, ids);
  const ratesBefore = last ? ratesOf(db, last.calculationId, ids) : new Map<string, Minor[]>();
  return {
    beforeRunId: last?.id,
    changes: rows.map((now) => ({
      workerId: now.workerId,
      name: now.name,
      now,
      before: before.get(now.workerId),
      rates: rates.get(now.workerId) ?? [],
      ratesBefore: ratesBefore.get(now.workerId) ?? [],
    })),
  };
}

function rowsBefore(db: Db, calculationId: string, ids: readonly string[]): Map<string, WorkerRow> {
  const found = new Map<string, WorkerRow>();
  for (const row of ids.length > 0 ? inParts(ids, (part) => workersIn(db, calculationId, part)) : [])
    found.set(row.workerId, row);
  return found;
}

function workersIn(db: Db, calculationId: string, ids: readonly string[]): WorkerRow[] {
  return db
    .select()
    .from(payRunWorkers)
    .where(and(eq(payRunWorkers.calculationId, calculationId), inArray(payRunWorkers.workerId, [...ids])))
    .all()
    .map(({ workerId, seconds, grossMinor, withheldMinor, netMinor }) => ({
      workerId,
      name: '',
      seconds,
      grossMinor,
      withheldMinor,
      netMinor,
    }));
}

function ratesOf(db: Db, calculationId: string, ids: readonly string[]): Map<string, Minor[]> {
  const found = new Map<string, Minor[]>();
  const rows = inParts(ids, (part) =>
    db
      .selectDistinct({ workerId: payRunLines.workerId, rateMinor: payRunLines.rateMinor })
      .from(payRunLines)
      .where(and(eq(payRunLines.calculationId, calculationId), inArray(payRunLines.workerId, [...part])))
      .orderBy(asc(payRunLines.rateMinor))
      .all(),
  );
  for (const { workerId, rateMinor } of rows)
    if (rateMinor !== null) found.set(workerId, [...(found.get(workerId) ?? []), rateMinor]);
  return found;
}

function inParts<T>(ids: readonly string[], read: (part: readonly string[]) => readonly T[]): T[] {
  const all: T[] = [];
  for (let start = 0; start < ids.length; start += 90) all.push(...read(ids.slice(start, start + 90)));
  return all;
}

export interface RunDefaults {
  readonly payPeriod: PayPeriodKind;
  readonly startsOn: CivilDate;
  readonly endsOn: CivilDate;
  readonly paysOn: CivilDate;
  /** The newest run over that period, when there is one. */
  readonly runId?: string;
}

// A few days to check and approve; never in the past.
const daysToPay = 5;

/** For each pay period that somebody here is engaged by: its last closed period. */
export function runDefaults(db: Db, at: Instant): RunDefaults[] {
  const today = civilDateAt(at, employerOf(db).zone);
  return payPeriodsInUse(db).map((payPeriod) => {
    const period = lastClosedPeriod(payPeriod, today);
    const usual = addDays(period.endsOn, daysToPay);
    const [, paysOn = today] = [usual, today].sort();
    const run = runsOf(db).find(
      (one) => one.run.payPeriod === payPeriod && one.run.startsOn === period.startsOn,
    );
    return { payPeriod, ...period, paysOn, ...(run ? { runId: run.run.id } : {}) };
  });
}
