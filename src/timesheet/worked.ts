/** Everybody's work on some days, whatever their pay periods: entries and exceptions, chunk by chunk (see store/turns.ts). */
import { and, asc, eq, gte, lt, sql } from 'drizzle-orm';
import { engagements, punches, workers } from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { siteOf } from '../employer/site.ts';
import { hasRole, type Standing, seesSite } from '../employer/standing.ts';
import { type Engagement, lastDayOf, siteIdsOf } from '../engagement/engagement.ts';
import type { Entry } from '../hours/entries.ts';
import type { TimesheetException } from '../hours/exceptions.ts';
import { workerName } from '../identity/name.ts';
import {
  addDays,
  type CivilDate,
  type CivilRange,
  type Instant,
  instantsOf,
  payPeriodOf,
} from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { chunksOf } from './hours-of-period.ts';
import { maySee, type Timesheet, timesheetOf } from './timesheet.ts';
import { periodReaders } from './timesheet-facts.ts';

export interface WorkFilter {
  /** Only work at these; undefined: anywhere. */
  readonly siteIds?: readonly string[] | undefined;
  readonly workerId?: string | undefined;
  /** How the worker's name begins. */
  readonly name?: string | undefined;
}
export interface NamedEngagement {
  readonly engagement: Engagement;
  readonly workerName: string;
}
/** One engagement's work on the days that were asked for. */
export interface Worked extends NamedEngagement {
  readonly sheets: readonly Timesheet[];
  readonly entries: readonly Entry[];
  readonly exceptions: readonly TimesheetException[];
  readonly seconds: number;
}

/** Engagements that ran on these days or were punched for, by the worker's name. */
export function engagementsOn(
  db: Db,
  standing: Standing,
  range: CivilRange,
  filter: WorkFilter,
): NamedEngagement[] {
  const { from, before } = instantsOf(range, employerOf(db).zone);
  const wanted = nameStart(filter.name ?? '');
  const inRange = and(
    eq(punches.engagementId, engagements.id),
    gte(punches.effectiveAt, from),
    lt(punches.effectiveAt, before),
  );
  return db
    .select({
      engagement: engagements,
      workerName,
      punchedAt: sql<
        string | null
      >`(SELECT group_concat(DISTINCT ${punches.siteId}) FROM ${punches} WHERE ${inRange})`,
    })
    .from(engagements)
    .innerJoin(workers, eq(workers.id, engagements.workerId))
    .where(filter.workerId ? eq(engagements.workerId, filter.workerId) : undefined)
    .orderBy(workerName, asc(engagements.startsOn), asc(engagements.id))
    .all()
    .filter(
      ({ engagement, workerName: name, punchedAt }) =>
        nameStart(name).startsWith(wanted) &&
        (punchedAt !== null || isLive(db, engagement, range)) &&
        isAt(db, standing, [...siteIdsOf(db, engagement.id), ...(punchedAt?.split(',') ?? [])], filter),
    );
}

/** Width and case make no other name. */
function nameStart(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

function isLive(db: Db, engagement: Engagement, { startsOn, endsOn }: CivilRange): boolean {
  const last = lastDayOf(db, engagement);
  return engagement.startsOn <= endsOn && (last === null || last >= startsOn);
}

/** A member of some sites sees who may work, or did work, at one of them; what they worked is judged again, sheet by sheet. */
function isAt(db: Db, standing: Standing, places: readonly string[], { siteIds }: WorkFilter): boolean {
  if (hasRole(standing, 'owner', 'hr') && siteIds === undefined) return true;
  return places.some((id) => {
    const site = siteOf(db, id);
    return site !== undefined && seesSite(standing, site) && (siteIds === undefined || siteIds.includes(id));
  });
}

export function* workedChunks(
  db: Db,
  standing: Standing,
  range: CivilRange,
  list: readonly NamedEngagement[],
  filter: WorkFilter,
  at: Instant,
): Generator<Worked[]> {
  const readerOf = periodReaders(db);
  for (const chunk of chunksOf(list))
    yield chunk.map((one) => {
      const sheets = periodsWithin(one.engagement, range)
        .map((period) => timesheetOf(db, one.engagement.id, period.startsOn, at, readerOf))
        .filter((sheet) => maySee(db, standing, sheet));
      return { ...one, sheets, ...onDays(sheets, range, filter) };
    });
}

function periodsWithin({ payPeriod }: Engagement, { startsOn, endsOn }: CivilRange): CivilRange[] {
  const periods: CivilRange[] = [];
  for (let day: CivilDate = startsOn; day <= endsOn; ) {
    const period = payPeriodOf(payPeriod, day);
    periods.push(period);
    day = addDays(period.endsOn, 1);
  }
  return periods;
}

function onDays(sheets: readonly Timesheet[], { startsOn, endsOn }: CivilRange, { siteIds }: WorkFilter) {
  const isWithin = ({ day }: { day: CivilDate }) => day >= startsOn && day <= endsOn;
  const entries = sheets
    .flatMap((sheet) => sheet.entries)
    .filter(isWithin)
    .filter(
      ({ intervals }) => siteIds === undefined || intervals.some(({ siteId }) => siteIds.includes(siteId)),
    );
  return {
    entries,
    exceptions: sheets.flatMap((sheet) => sheet.exceptions).filter(isWithin),
    seconds: entries.reduce((total, { seconds }) => total + seconds, 0),
  };
}
