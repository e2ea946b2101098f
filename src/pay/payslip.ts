/** Payslips: what approved runs paid one worker. They stay readable when the work is over. */
import { asc, desc, eq } from 'drizzle-orm';
import { payRunApprovals, payRuns } from '../../db/cell.ts';
import { payDataNow } from '../earning/datum.ts';
import { earningsOf } from '../earning/earning.ts';
import { type EarningPart, incomeOf } from '../earning/earning-part.ts';
import type { PayData } from '../earning/pay-data.ts';
import { termsOf } from '../earning/pay-terms.ts';
import { asksForShifts, placesOf, shiftsWorked, siteIdsIn } from '../earning/worked-facts.ts';
import { employerOf } from '../employer/employer.ts';
import { type Engagement, engagementsOfWorker } from '../engagement/engagement.ts';
import type { Entry } from '../hours/entries.ts';
import { type Minor, sum, zero } from '../kernel/money.ts';
import { refuse } from '../kernel/refusal.ts';
import type { CivilDate, CivilRange, Instant } from '../kernel/time.ts';
import { civilDateAt, payPeriodOf } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { timesheetOf } from '../timesheet/timesheet.ts';
import type { RunLine } from './calculate.ts';
import { leftOutOf, linesOfWorker, type PayRun, type RunApproval, runsOf } from './pay-run.ts';
import { totalsOf } from './run-fold.ts';

export interface Payslip {
  readonly run: PayRun;
  readonly approval: RunApproval;
  readonly currency: string;
  readonly lines: readonly RunLine[];
  readonly grossMinor: Minor;
  readonly withheldMinor: Minor;
  readonly deductedMinor: Minor;
  readonly reimbursedMinor: Minor;
  readonly netMinor: Minor;
}

/** Newest first. */
export function payslipsOf(db: Db, workerId: string): Payslip[] {
  const approved = db
    .select({ run: payRuns, approval: payRunApprovals })
    .from(payRunApprovals)
    .innerJoin(payRuns, eq(payRuns.id, payRunApprovals.id))
    .orderBy(desc(payRuns.paysOn), desc(payRunApprovals.at))
    .all();
  const ids = approved.map(({ approval }) => approval.calculationId);
  const lines = linesOfWorker(db, ids, workerId);
  const { currency } = employerOf(db);
  return approved.flatMap(({ run, approval }) => {
    const mine = lines.get(approval.calculationId);
    return mine ? [slipOf(run, approval, currency, mine)] : [];
  });
}

/** Refuses `not-found` when the run is not approved or paid this worker nothing. */
export function payslipOf(db: Db, workerId: string, runId: string): Payslip {
  const found = db
    .select({ run: payRuns, approval: payRunApprovals })
    .from(payRunApprovals)
    .innerJoin(payRuns, eq(payRuns.id, payRunApprovals.id))
    .where(eq(payRuns.id, runId))
    .get();
  if (!found) refuse('not-found');
  const mine = linesOfWorker(db, [found.approval.calculationId], workerId).get(found.approval.calculationId);
  if (!mine) refuse('not-found');
  return slipOf(found.run, found.approval, employerOf(db).currency, mine);
}

export interface WaitingPay {
  readonly runId: string;
  readonly startsOn: CivilDate;
  readonly endsOn: CivilDate;
  readonly engagementId: string;
  readonly reason: string;
}

/** Where an approved run left this worker's hours for another one, and why; newest first. */
export function waitingPayOf(db: Db, workerId: string): WaitingPay[] {
  const mine = new Set(engagementsOfWorker(db, workerId).map(({ id }) => id));
  return runsOf(db)
    .filter(({ approval }) => approval !== undefined)
    .flatMap(({ run: { id: runId, startsOn, endsOn }, calculation }) =>
      leftOutOf(calculation)
        .filter(({ engagementId }) => mine.has(engagementId))
        .map((left) => ({ runId, startsOn, endsOn, ...left })),
    );
}

function slipOf(run: PayRun, approval: RunApproval, currency: string, lines: readonly RunLine[]): Payslip {
  const { workers: _, ...totals } = totalsOf(lines);
  return { run, approval, currency, lines, ...totals };
}

/** Hours of the period that is running, at today's rates, before anything is withheld. */
export interface Earned {
  readonly startsOn: CivilDate;
  readonly endsOn: CivilDate;
  readonly approvedMinor: Minor;
  readonly openMinor: Minor;
  readonly seconds: number;
}

/** What a worker has earned in the current periods, one a pay period kind; nothing of it is promised before approval. */
export function earnedSoFar(db: Db, workerId: string, at: Instant): Earned[] {
  const today = civilDateAt(at, employerOf(db).zone);
  const periods = new Map<string, Earned>();
  const data = payDataNow(db);
  for (const engagement of engagementsOfWorker(db, workerId)) {
    const period = payPeriodOf(engagement.payPeriod, today);
    const sheet = timesheetOf(db, engagement.id, period.startsOn, at);
    if (sheet.entries.length === 0) continue;
    const amount = incomeOf(partsSoFar(db, engagement, period, sheet.entries, data));
    const key = `${period.startsOn} ${period.endsOn}`;
    const known = periods.get(key);
    const approved = sheet.approval !== undefined;
    periods.set(key, {
      ...period,
      approvedMinor: sum([known?.approvedMinor ?? zero, approved ? amount : zero]),
      openMinor: sum([known?.openMinor ?? zero, approved ? zero : amount]),
      seconds: (known?.seconds ?? 0) + sheet.seconds,
    });
  }
  return [...periods.values()];
}

/** One engagement's work by itself: what other work uses up of a limit, the run knows. */
function partsSoFar(
  db: Db,
  { id: engagementId, relationship }: Engagement,
  { startsOn, endsOn }: CivilRange,
  entries: readonly Entry[],
  data: PayData,
): readonly EarningPart[] {
  const terms = termsOf(db, engagementId);
  const places = placesOf(db, siteIdsIn(entries));
  const shifts = asksForShifts(terms)
    ? { shifts: shiftsWorked(db, engagementId, entries, startsOn, endsOn) }
    : {};
  return earningsOf({ engagementId, relationship, startsOn, endsOn, entries, terms, places, ...shifts }, data)
    .parts;
}

/** The next day of payment that anybody has set: of the earliest run that is open or approved and not yet due. */
export function nextPayDay(db: Db, at: Instant): CivilDate | undefined {
  const today = civilDateAt(at, employerOf(db).zone);
  return db
    .select({ paysOn: payRuns.paysOn })
    .from(payRuns)
    .orderBy(asc(payRuns.paysOn))
    .all()
    .map(({ paysOn }) => paysOn)
    .find((paysOn) => paysOn >= today);
}
