/** What a person must look at, of everybody the reader sees, the pressing first; each line leads to its timesheet. */
import { consoleFrame } from '../employer/frame.ts';
import { readerOf } from '../employer/reader.ts';
import { requireRole } from '../employer/standing.ts';
import { isTrouble, type TimesheetException } from '../hours/exceptions.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import type { Locale } from '../kernel/refusal.ts';
import { addDays, type CivilDate, formatCivilDate } from '../kernel/time.ts';
import { collectInTurns } from '../store/turns.ts';
import { exceptionWords, timesheetWords } from '../timesheet/timesheet-words.ts';
import { engagementsOn, type Worked, workedChunks } from '../timesheet/worked.ts';
import { Badge, Card, type Column, Empty, Table } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { watchedSites } from './attendance.ts';
import { AttendanceNav, SiteFilter } from './attendance-nav.tsx';
import { attendanceWords } from './attendance-words.ts';

export const exceptionPages = router<CellEnv>();

const shownMax = 200;

/** One matter of one worker's period, with all the days that have it. */
interface Found extends Pick<TimesheetException, 'kind' | 'blocking'> {
  readonly worked: Worked;
  readonly startsOn: CivilDate;
  /** The newest first. */
  readonly days: readonly CivilDate[];
}

exceptionPages.get('/attendance/exceptions', async (c) => {
  const standing = requireRole(c, 'owner', 'hr', 'supervisor', 'approver');
  const { org, db, locale, today } = readerOf(c);
  const say = attendanceWords(locale);
  const words = timesheetWords(locale);
  const siteId = c.req.query('site') || undefined;
  const range = { startsOn: addDays(today, -31), endsOn: today };
  const filter = { siteIds: siteId ? [siteId] : undefined };
  const list = engagementsOn(db, standing, range, filter);
  const all = await collectInTurns(workedChunks(db, standing, range, list, filter, c.var.at));
  const found = all.flatMap(openExceptions).sort(pressingFirst);
  const columns: Column<Found>[] = [
    {
      head: words('worker'),
      cell: ({ worked, startsOn }) => (
        <a href={`/orgs/${org}/timesheets/${worked.engagement.id}/${startsOn}`}>{worked.workerName}</a>
      ),
    },
    {
      head: say('what'),
      cell: ({ kind, blocking }) => (
        <>
          <Badge tone={blocking ? 'bad' : 'warn'}>{words(blocking ? 'toMend' : 'exceptions')}</Badge>{' '}
          {exceptionWords(locale)(kind)}
        </>
      ),
    },
    { head: words('day'), cell: ({ days }) => daysText(days, locale) },
    { head: words('role'), cell: ({ worked }) => worked.engagement.roleTitle },
  ];
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={say('exceptions')}
      lead={say('exceptionsLead')}
      frame={consoleFrame(c)}
      section="attendance"
    >
      <AttendanceNav org={org} standing={standing} locale={locale} here="exceptions" />
      <SiteFilter sites={watchedSites(db, standing)} siteId={siteId} locale={locale} />
      {found.length > 0 ? (
        <Card>
          {found.length > shownMax ? (
            <p class="aside">{say('exceptionsMore', { shown: shownMax, count: found.length })}</p>
          ) : null}
          <Table caption={say('exceptions')} columns={columns} rows={found.slice(0, shownMax)} />
        </Card>
      ) : (
        <Empty title={say('noExceptions')}>{say('noExceptionsMeans')}</Empty>
      )}
    </ConsolePage>,
  );
});

/** Of sheets that somebody has still to approve. */
function openExceptions(worked: Worked): Found[] {
  const found = new Map<string, Found>();
  for (const { kind, blocking, day } of worked.exceptions) {
    const sheet = worked.sheets.find(({ period }) => period.startsOn <= day && day <= period.endsOn);
    if (!sheet || sheet.approval || !isTrouble({ kind })) continue;
    const { startsOn } = sheet.period;
    const key = `${startsOn} ${kind}`;
    const days = new Set([...(found.get(key)?.days ?? []), day]);
    found.set(key, { kind, blocking, worked, startsOn, days: [...days].sort().reverse() });
  }
  return [...found.values()];
}

function pressingFirst(a: Found, b: Found): number {
  const [newest = '', other = ''] = [a.days[0], b.days[0]];
  return Number(b.blocking) - Number(a.blocking) || (newest < other ? 1 : newest > other ? -1 : 0);
}

const daysMax = 3;

function daysText(days: readonly CivilDate[], locale: Locale): string {
  const shown = days.slice(0, daysMax).map((day) => formatCivilDate(day, locale, 'MM-dd ccc'));
  const more = days.length - shown.length;
  if (more > 0) shown.push(attendanceWords(locale)('moreDays', { count: more }));
  return shown.join(' · ');
}
