/** A worker's own day: when they worked, what is planned, each punch, and what of their hours somebody still has to settle. */
import { and, asc, eq, gte, lt } from 'drizzle-orm';
import { engagements, punches, punchVoids, sites } from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { engagementsOfWorker } from '../engagement/engagement.ts';
import type { TimesheetException } from '../hours/exceptions.ts';
import {
  addDays,
  type CivilDate,
  type Instant,
  payPeriodOf,
  secondsBetween,
  startOfDay,
} from '../kernel/time.ts';
import { plannedShiftsOfWorkers } from '../shift/planned-shift.ts';
import type { Db } from '../store/commit.ts';
import { type CorrectionView, correctionsOf, waitsForAnswer } from '../timesheet/correction.ts';
import { type RequestView, requestsOf } from '../timesheet/correction-request.ts';
import { type Timesheet, timesheetOf } from '../timesheet/timesheet.ts';
import type { SeenPunch } from './attendance.ts';

/** A piece of the day; `open` while nobody has clocked out. */
export interface Stretch {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly open: boolean;
}
export interface DayPunch {
  readonly punch: SeenPunch;
  readonly siteName: string;
  readonly zone: string;
  readonly voided: string | null;
}
export interface MyDay {
  readonly day: CivilDate;
  /** Midnight to midnight: 23 or 25 hours twice a year in some places. */
  readonly from: Instant;
  readonly before: Instant;
  readonly worked: readonly Stretch[];
  readonly planned: readonly Stretch[];
  readonly seconds: number;
  readonly punches: readonly DayPunch[];
  /** The running period of each engagement. */
  readonly sheets: readonly Timesheet[];
  readonly exceptions: readonly TimesheetException[];
  /** Corrections that they dispute, or that wait for their word. */
  readonly corrections: readonly CorrectionView[];
  /** What they asked for and nobody has decided. */
  readonly requests: readonly RequestView[];
}

/** The day that it is where the employer is. */
export function myDayOf(db: Db, workerId: string, day: CivilDate, at: Instant): MyDay {
  const { zone } = employerOf(db);
  const [from, before] = [startOfDay(day, zone), startOfDay(addDays(day, 1), zone)];
  const mine = engagementsOfWorker(db, workerId);
  const sheetOf = (id: string, startsOn: CivilDate) => timesheetOf(db, id, startsOn, at);
  const sheets = mine.map(({ id, payPeriod }) => sheetOf(id, payPeriodOf(payPeriod, day).startsOn));
  // A shift of the evening before may be in the period before.
  const evenings = mine
    .filter(({ payPeriod }) => payPeriodOf(payPeriod, day).startsOn === day)
    .map(({ id, payPeriod }) => sheetOf(id, payPeriodOf(payPeriod, addDays(day, -1)).startsOn));
  const made = punchesBetween(db, workerId, from, before);
  const within = (stretches: readonly Stretch[]) => clipped(stretches, from, before);
  const worked = within([
    ...intervalsOf([...evenings, ...sheets]),
    ...openStretches(db, [...evenings, ...sheets], at),
  ]);
  return {
    day,
    from,
    before,
    worked,
    planned: within(
      plannedShiftsOfWorkers(db, [workerId], addDays(day, -1), addDays(day, 1)).map(
        ({ startsAt, endsAt }) => ({ startsAt, endsAt, open: false }),
      ),
    ),
    seconds: worked.reduce((sum, { startsAt, endsAt }) => sum + secondsBetween(startsAt, endsAt), 0),
    punches: made,
    sheets: sheets.filter(({ entries, exceptions }) => entries.length + exceptions.length > 0),
    exceptions: sheets.flatMap(({ exceptions }) => exceptions).filter((one) => one.day === day),
    corrections: mine
      .flatMap(({ id }) => correctionsOf(db, id))
      .filter((view) => waitsForAnswer(view) || isDisputed(view, sheets)),
    requests: mine
      .flatMap(({ id }) => requestsOf(db, id, at))
      .filter(({ state }) => state === 'waiting' || state === 'escalated'),
  };
}

/** While the timesheet still says so: a later correction settles it. */
function isDisputed({ answer, punch }: CorrectionView, sheets: readonly Timesheet[]): boolean {
  if (answer?.answer !== 'disputed') return false;
  return sheets.some(({ exceptions }) =>
    exceptions.some(({ kind, punchIds }) => kind === 'disputed' && punchIds.includes(punch?.id ?? '')),
  );
}

function intervalsOf(sheets: readonly Timesheet[]): Stretch[] {
  return sheets
    .flatMap(({ entries }) => entries)
    .flatMap(({ intervals }) => intervals)
    .map(({ startsAt, endsAt }) => ({ startsAt, endsAt, open: false }));
}

/** From the clock-in of who is at work until now. */
function openStretches(db: Db, sheets: readonly Timesheet[], at: Instant): Stretch[] {
  return sheets
    .flatMap(({ exceptions }) => exceptions)
    .filter(({ kind }) => kind === 'at-work')
    .flatMap(({ punchIds }) => punchIds)
    .flatMap((id) => {
      const punch = db.select().from(punches).where(eq(punches.id, id)).get();
      return punch ? [{ startsAt: punch.effectiveAt, endsAt: at, open: true }] : [];
    });
}

function clipped(stretches: readonly Stretch[], from: Instant, before: Instant): Stretch[] {
  return stretches
    .map(({ startsAt, endsAt, open }) => ({
      startsAt: startsAt > from ? startsAt : from,
      endsAt: endsAt < before ? endsAt : before,
      open,
    }))
    .filter(({ startsAt, endsAt }) => startsAt < endsAt)
    .sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
}

/** Voided ones too: nothing that happened is hidden from who did it. */
function punchesBetween(db: Db, workerId: string, from: Instant, before: Instant): DayPunch[] {
  return db
    .select({ punch: punches, siteName: sites.name, zone: sites.zone, voided: punchVoids.reason })
    .from(engagements)
    .crossJoin(punches)
    .innerJoin(sites, eq(sites.id, punches.siteId))
    .leftJoin(punchVoids, eq(punchVoids.id, punches.id))
    .where(
      and(
        eq(engagements.workerId, workerId),
        eq(punches.engagementId, engagements.id),
        gte(punches.effectiveAt, from),
        lt(punches.effectiveAt, before),
      ),
    )
    .orderBy(asc(punches.effectiveAt), asc(punches.id))
    .all();
}
