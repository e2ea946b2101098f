/** The month grid: a line for each engagement, a cell for each day, what a person must look at marked. */
import { sitesOf } from '../employer/site.ts';
import type { Standing } from '../employer/standing.ts';
import type { TimesheetException } from '../hours/exceptions.ts';
import type { CivilDate, CivilRange, Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { collectInTurns } from '../store/turns.ts';
import { engagementsOn, type Worked, workedChunks } from '../timesheet/worked.ts';

export const linesPerPage = 50;

export interface GridFilter {
  readonly siteId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly name?: string | undefined;
  readonly onlyExceptions: boolean;
  /** From 1. */
  readonly page: number;
}
export interface GridCell {
  readonly day: CivilDate;
  readonly seconds: number;
  readonly exceptions: readonly TimesheetException[];
  /** Where the day's timesheet begins. */
  readonly startsOn: CivilDate | undefined;
}
export interface GridLine {
  readonly worked: Worked;
  readonly cells: readonly GridCell[];
}
export interface Grid {
  readonly lines: readonly GridLine[];
  /** Of all lines that the filter lets through. */
  readonly count: number;
  readonly page: number;
  readonly pages: number;
}

/** Only the lines of one page are derived, unless each must be looked at to know whether it is one. */
export async function gridOf(
  db: Db,
  standing: Standing,
  month: CivilRange,
  days: readonly CivilDate[],
  asked: GridFilter,
  at: Instant,
): Promise<Grid> {
  const filter = { name: asked.name, siteIds: sitesAsked(db, asked) };
  const list = engagementsOn(db, standing, month, filter);
  const derive = (some: typeof list) => collectInTurns(workedChunks(db, standing, month, some, filter, at));
  const page = <T>(all: readonly T[]) => {
    const pages = Math.max(1, Math.ceil(all.length / linesPerPage));
    const number = Math.min(Math.max(1, asked.page), pages);
    return { part: all.slice((number - 1) * linesPerPage, number * linesPerPage), pages, page: number };
  };
  if (asked.onlyExceptions) {
    const found = (await derive(list)).filter(({ exceptions }) => exceptions.length > 0);
    const { part, ...place } = page(found);
    return { lines: part.map((worked) => lineOf(worked, days)), count: found.length, ...place };
  }
  const { part, ...place } = page(list);
  return { lines: (await derive(part)).map((worked) => lineOf(worked, days)), count: list.length, ...place };
}

function sitesAsked(db: Db, { siteId, clientId }: GridFilter): readonly string[] | undefined {
  if (siteId === undefined && clientId === undefined) return undefined;
  return sitesOf(db)
    .filter((site) => (siteId ? site.id === siteId : true) && (clientId ? site.clientId === clientId : true))
    .map(({ id }) => id);
}

export function lineOf(worked: Worked, days: readonly CivilDate[]): GridLine {
  const entries = new Map(worked.entries.map((entry) => [entry.day, entry.seconds]));
  return {
    worked,
    cells: days.map((day) => ({
      day,
      seconds: entries.get(day) ?? 0,
      exceptions: worked.exceptions.filter((one) => one.day === day),
      startsOn: worked.sheets.find(({ period }) => period.startsOn <= day && day <= period.endsOn)?.period
        .startsOn,
    })),
  };
}
