/** Reminders, derived at each look: which hours wait for the worker's word, and which for an approver's, since when. */
import { eq, sql } from 'drizzle-orm';
import { engagements, timesheetApprovals, timesheetReopenings, timesheetSubmissions } from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { siteOf } from '../employer/site.ts';
import type { Standing } from '../employer/standing.ts';
import { engagementsOfWorker, lastDayOf, siteIdsOf } from '../engagement/engagement.ts';
import { addDays, type CivilDate, epochMs, type Instant, instantOf, startOfDay } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { isOver, maySee, type Timesheet, timesheetOf } from './timesheet.ts';
import { periodReaders } from './timesheet-facts.ts';
import { periodsOf } from './timesheet-list.ts';

/** From when on nobody can work in it any more: its last day, or the engagement's, is over at every site. */
export function overAt(db: Db, { engagement, period }: Pick<Timesheet, 'engagement' | 'period'>): Instant {
  const last = lastDayOf(db, engagement);
  const day = last !== null && last < period.endsOn ? last : period.endsOn;
  const employersZone = employerOf(db).zone;
  const zones = siteIdsOf(db, engagement.id).map((id) => siteOf(db, id)?.zone ?? employersZone);
  const ends = [employersZone, ...zones].map((zone) => epochMs(startOfDay(addDays(day, 1), zone)));
  return instantOf(Math.max(...ends));
}

/** The worker's hours of periods that are over and that nobody has spoken of since they last changed; the oldest first. */
export function hoursToSubmit(db: Db, workerId: string, at: Instant): Timesheet[] {
  const readerOf = periodReaders(db);
  return engagementsOfWorker(db, workerId)
    .flatMap((engagement) =>
      periodsOf(db, engagement, at, 3).map(({ startsOn }) =>
        timesheetOf(db, engagement.id, startsOn, at, readerOf),
      ),
    )
    .filter(
      (sheet) =>
        (sheet.state === 'open' || sheet.state === 'reopened') &&
        sheet.entries.length > 0 &&
        isOver(db, sheet, at),
    )
    .sort((a, b) => (a.period.startsOn < b.period.startsOn ? -1 : 1));
}

export interface WaitingSheet {
  readonly sheet: Timesheet;
  /** Since when somebody could have decided. */
  readonly since: Instant;
}

/** Since when a timesheet waits for its approver: submitted or reopened, and over. */
export function waitsSince(db: Db, sheet: Timesheet): Instant {
  const over = overAt(db, sheet);
  const said = sheet.state === 'reopened' ? sheet.reopening?.at : sheet.submission?.at;
  return said !== undefined && said > over ? said : over;
}

/** What was submitted or reopened and can be approved now, where this member may; the longest waiting first. */
export function hoursToApprove(db: Db, standing: Standing, at: Instant): WaitingSheet[] {
  const readerOf = periodReaders(db);
  return [...spokenOf(db).values()]
    .map(({ engagementId, startsOn }) => timesheetOf(db, engagementId, startsOn, at, readerOf))
    .filter(
      (sheet) =>
        (sheet.state === 'submitted' || sheet.state === 'reopened') &&
        sheet.entries.length > 0 &&
        sheet.engagement.workerId !== standing.workerId &&
        maySee(db, standing, sheet) &&
        isOver(db, sheet, at),
    )
    .map((sheet) => ({ sheet, since: waitsSince(db, sheet) }))
    .sort((a, b) => (a.since < b.since ? -1 : 1));
}

interface SheetKey {
  readonly engagementId: string;
  readonly startsOn: CivilDate;
}

/** As a condition on a submission or an approval: its timesheet has no approval in force. */
export const noApproval = (key: typeof timesheetSubmissions | typeof timesheetApprovals) =>
  sql`NOT EXISTS (SELECT 1 FROM timesheet_approvals AS held LEFT JOIN timesheet_reopenings AS taken ON taken.id = held.id WHERE held.engagement_id = ${key.engagementId} AND held.starts_on = ${key.startsOn} AND taken.id IS NULL)`;

/** Timesheets that were submitted or reopened and have no approval in force. */
function spokenOf(db: Db): Map<string, SheetKey> {
  const submitted = db
    .selectDistinct({
      engagementId: timesheetSubmissions.engagementId,
      startsOn: timesheetSubmissions.startsOn,
    })
    .from(timesheetSubmissions)
    .innerJoin(engagements, eq(engagements.id, timesheetSubmissions.engagementId))
    .where(noApproval(timesheetSubmissions))
    .all();
  const reopened = db
    .selectDistinct({ engagementId: timesheetApprovals.engagementId, startsOn: timesheetApprovals.startsOn })
    .from(timesheetApprovals)
    .innerJoin(timesheetReopenings, eq(timesheetReopenings.id, timesheetApprovals.id))
    .where(noApproval(timesheetApprovals))
    .all();
  return new Map([...submitted, ...reopened].map((key) => [`${key.engagementId} ${key.startsOn}`, key]));
}
