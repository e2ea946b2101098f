/** Many timesheets: of a period, of a worker, and the periods to look at. */
import { asc, eq } from 'drizzle-orm';
import { engagements, punches, workers } from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import type { Standing } from '../employer/standing.ts';
import { type Engagement, engagementsOfWorker, engagementsPaid } from '../engagement/engagement.ts';
import { workerName } from '../identity/name.ts';
import { refuse } from '../kernel/refusal.ts';
import {
  addDays,
  type CivilDate,
  type CivilRange,
  civilDateAt,
  type Instant,
  type PayPeriodKind,
  payPeriodOf,
} from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { chunksOf } from './hours-of-period.ts';
import { approvalsFor, maySee, type Timesheet, timesheetOf } from './timesheet.ts';
import { periodReaders } from './timesheet-facts.ts';

export type NamedTimesheet = Timesheet & { readonly workerName: string };

/**
 * Every engagement's timesheet of a period that has work, an exception or an approval, with the worker's name. Chunk by
 * chunk: who serves people meanwhile awaits between two (see store/turns.ts).
 */
export function* timesheetChunks(
  db: Db,
  standing: Standing,
  payPeriod: PayPeriodKind,
  startsOn: CivilDate,
  at: Instant,
): Generator<NamedTimesheet[]> {
  const period = payPeriodOf(payPeriod, startsOn);
  if (period.startsOn !== startsOn) refuse('not-found');
  const readerOf = periodReaders(db);
  const all = db
    .select({ id: engagements.id, workerName })
    .from(engagements)
    .innerJoin(workers, eq(workers.id, engagements.workerId))
    .where(eq(engagements.payPeriod, payPeriod))
    .orderBy(workerName)
    .all();
  for (const chunk of chunksOf(all)) {
    yield chunk
      .map(({ id, workerName }) => ({ ...timesheetOf(db, id, startsOn, at, readerOf), workerName }))
      .filter((sheet) => hasSomething(sheet) && maySee(db, standing, sheet));
  }
}

const hasSomething = ({ entries, exceptions, approval }: Timesheet) =>
  entries.length > 0 || exceptions.length > 0 || approval !== undefined;

/** All of them in one go, where nobody may write in between. */
export function timesheetsOf(
  db: Db,
  standing: Standing,
  payPeriod: PayPeriodKind,
  startsOn: CivilDate,
  at: Instant,
): NamedTimesheet[] {
  return [...timesheetChunks(db, standing, payPeriod, startsOn, at)].flat();
}

/** One engagement's periods from its first punch (or its start) to today, the newest first: `limit` of them at most. */
export function periodsOf(db: Db, engagement: Engagement, at: Instant, limit = 24): CivilRange[] {
  const zone = employerOf(db).zone;
  const first = db
    .select({ at: punches.effectiveAt })
    .from(punches)
    .where(eq(punches.engagementId, engagement.id))
    .orderBy(asc(punches.effectiveAt))
    .limit(1)
    .get();
  const punched = first ? civilDateAt(first.at, zone) : engagement.startsOn;
  const periods: CivilRange[] = [];
  let day = civilDateAt(at, zone);
  while (periods.length < limit) {
    const period = payPeriodOf(engagement.payPeriod, day);
    if (period.endsOn < engagement.startsOn && period.endsOn < punched) break;
    periods.push(period);
    day = addDays(period.startsOn, -1);
  }
  return periods;
}

/** The kinds of pay period that engagements here have, and the period to look at first: the last closed one while it waits for approval. */
export function periodsInUse(
  db: Db,
  standing: Standing,
  at: Instant,
): { payPeriod: PayPeriodKind; startsOn: CivilDate }[] {
  const today = civilDateAt(at, employerOf(db).zone);
  return db
    .selectDistinct({ payPeriod: engagements.payPeriod })
    .from(engagements)
    .orderBy(engagements.payPeriod)
    .all()
    .map(({ payPeriod }) => {
      const now = payPeriodOf(payPeriod, today);
      const closed = payPeriodOf(payPeriod, addDays(now.startsOn, -1));
      const waits = waitsForApproval(db, standing, payPeriod, closed, at);
      return { payPeriod, startsOn: waits ? closed.startsOn : now.startsOn };
    });
}

/** Whether any timesheet of a period is not approved yet. Stops at the first: each one is read from all its punches. */
function waitsForApproval(
  db: Db,
  standing: Standing,
  payPeriod: PayPeriodKind,
  period: CivilRange,
  at: Instant,
): boolean {
  const approved = new Set(approvalsFor(db, payPeriod, period).map(({ engagement }) => engagement.id));
  const readerOf = periodReaders(db);
  return engagementsPaid(db, payPeriod)
    .filter(({ id }) => !approved.has(id))
    .some(({ id }) => {
      const sheet = timesheetOf(db, id, period.startsOn, at, readerOf);
      return hasSomething(sheet) && maySee(db, standing, sheet);
    });
}

/** The newest timesheets of a worker over all engagements, those without work left out except the running one. */
export function timesheetsOfWorker(db: Db, workerId: string, at: Instant): Timesheet[] {
  const readerOf = periodReaders(db);
  return engagementsOfWorker(db, workerId)
    .flatMap((engagement) =>
      periodsOf(db, engagement, at, 12).map(({ startsOn }) =>
        timesheetOf(db, engagement.id, startsOn, at, readerOf),
      ),
    )
    .filter((sheet, index) => index === 0 || hasSomething(sheet));
}
