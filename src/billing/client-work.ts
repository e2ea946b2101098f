/** What was worked at a client's sites: approved days, and who still waits for approval. */
import { memberNameOf } from '../employer/member.ts';
import { sitesOf } from '../employer/site.ts';
import type { Standing } from '../employer/standing.ts';
import type { Entry } from '../hours/entries.ts';
import type { CivilRange, Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { letOthersIn } from '../store/turns.ts';
import type { Timesheet } from '../timesheet/timesheet.ts';
import { engagementsOn, type Worked, workedChunks } from '../timesheet/worked.ts';
import { shareSeconds, type WorkedAt } from './statement.ts';

export interface WaitingHours {
  readonly engagementId: string;
  readonly workerName: string;
  readonly startsOn: string;
  readonly seconds: number;
}
export interface ClientWork {
  readonly approved: readonly WorkedAt[];
  /** Not approved yet, or reopened: they come with a later statement. */
  readonly waiting: readonly WaitingHours[];
}

type SiteNames = ReadonlyMap<string, string>;

// A statement is of the whole client; who may ask for it is decided before.
const everySite: Standing = { roles: [{ role: 'hr', siteId: null, clientId: null }] };

export async function clientWorkOf(
  db: Db,
  clientId: string,
  period: CivilRange,
  at: Instant,
): Promise<ClientWork> {
  const sites = sitesOf(db).filter((site) => site.clientId === clientId);
  const names = new Map(sites.map(({ id, name }) => [id, name]));
  const filter = { siteIds: [...names.keys()] };
  const engaged = engagementsOn(db, everySite, period, filter);
  const approved: WorkedAt[] = [];
  const waiting: WaitingHours[] = [];
  for (const chunk of workedChunks(db, everySite, period, engaged, filter, at)) {
    for (const one of chunk)
      for (const sheet of one.sheets) {
        const days = daysOf(db, one, sheet, names).filter(
          ({ on }) => on >= period.startsOn && on <= period.endsOn,
        );
        if (sheet.approval) approved.push(...days);
        else if (days.length > 0) waiting.push(waitingOf(one, sheet, days));
      }
    await letOthersIn();
  }
  return { approved, waiting };
}

function waitingOf({ workerName }: Worked, sheet: Timesheet, days: readonly WorkedAt[]): WaitingHours {
  return {
    engagementId: sheet.engagement.id,
    workerName,
    startsOn: sheet.period.startsOn,
    seconds: days.reduce((total, { seconds }) => total + seconds, 0),
  };
}

/** Of an approved sheet the hours as approved, whatever came after. */
function daysOf(db: Db, { engagement, workerName }: Worked, sheet: Timesheet, names: SiteNames): WorkedAt[] {
  const { approval } = sheet;
  const entries = approval ? (JSON.parse(approval.entries) as Entry[]) : sheet.entries;
  const seen = {
    id: approval?.id ?? '',
    digest: approval?.digest ?? '',
    at: approval?.at ?? sheet.engagement.at,
    byName: approval ? memberNameOf(db, approval.by) : '',
  };
  return entries.flatMap((entry) =>
    bySite(entry).flatMap(([siteId, seconds]) => {
      const siteName = names.get(siteId);
      if (siteName === undefined) return [];
      const who = { engagementId: engagement.id, workerName, roleTitle: engagement.roleTitle };
      return [{ ...who, siteId, siteName, on: entry.day, seconds, approval: seen }];
    }),
  );
}

/** A day's paid seconds by the sites it was worked at. */
function bySite({ intervals, seconds }: Entry): [siteId: string, seconds: number][] {
  const worked = new Map<string, number>();
  for (const one of intervals) worked.set(one.siteId, (worked.get(one.siteId) ?? 0) + one.seconds);
  const shares = shareSeconds(seconds, [...worked.values()]);
  return [...worked.keys()].map((siteId, index) => [siteId, shares[index] ?? 0]);
}
