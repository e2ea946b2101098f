/** The run board: everything a person looks at before and after approving a run, in one reading. */
import { employerOf } from '../employer/employer.ts';
import { workerNameOf } from '../identity/name.ts';
import type { Minor } from '../kernel/money.ts';
import { addDays, type CivilDate, civilDateAt, type Instant, type PayPeriodKind } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import type { RunLine } from './calculate.ts';
import { type Check, checksOf } from './checks.ts';
import { downloadsOf, type PayFile, payFilesOf } from './pay-file.ts';
import {
  inputsOf,
  lastClosedPeriod,
  leftOutOf,
  linesOf,
  payPeriodsInUse,
  type RunView,
  runsOf,
  runView,
} from './pay-run.ts';
import { calculateRun, notesOf, totalsOf } from './run-fold.ts';

export interface WorkerRow {
  readonly workerId: string;
  readonly name: string;
  readonly seconds: number;
  readonly grossMinor: Minor;
  readonly withheldMinor: Minor;
  readonly netMinor: Minor;
  readonly lines: readonly RunLine[];
}
export interface RunBoard extends RunView {
  readonly currency: string;
  readonly country: string;
  /** Of the facts as they are now; empty once approved. */
  readonly checks: readonly Check[];
  /** The facts have changed since the last calculation. */
  readonly stale: boolean;
  readonly unconfigured: boolean;
  readonly rows: readonly WorkerRow[];
  readonly lines: readonly RunLine[];
  readonly files: readonly (PayFile & { readonly downloads: readonly { at: Instant; byName: string }[] })[];
}

export function runBoard(db: Db, runId: string, at: Instant): RunBoard {
  const view = runView(db, runId);
  const { currency, country } = employerOf(db);
  const lines = view.calculation ? linesOf(db, view.calculation.id) : [];
  const leftOut = leftOutOf(view.calculation);
  const now = view.approval ? undefined : calculateRun(inputsOf(db, view.run, leftOut));
  return {
    ...view,
    currency,
    country,
    checks: now ? checksOf(db, view.run, now, leftOut, at) : [],
    stale: now !== undefined && view.calculation !== undefined && now.digest !== view.calculation.digest,
    unconfigured: notesOf(lines).length > 0,
    rows: rowsOf(db, lines),
    lines,
    files: payFilesOf(db, runId).map((file) => ({ ...file, downloads: downloadsOf(db, file.id) })),
  };
}

function rowsOf(db: Db, lines: readonly RunLine[]): WorkerRow[] {
  return [...new Set(lines.map(({ workerId }) => workerId))].map((workerId) => {
    const mine = lines.filter((line) => line.workerId === workerId);
    const { grossMinor, withheldMinor, netMinor } = totalsOf(mine);
    const seconds = mine.reduce((total, line) => total + (line.seconds ?? 0), 0);
    return {
      workerId,
      name: workerNameOf(db, workerId),
      seconds,
      grossMinor,
      withheldMinor,
      netMinor,
      lines: mine,
    };
  });
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
