/** The console's month grid: a table at a desk, a list of people on a phone, and one person's month as a calendar. */
import type { FC } from 'hono/jsx';
import { consoleFrame } from '../employer/frame.ts';
import { type Reader, readerOf } from '../employer/reader.ts';
import { clientsOf } from '../employer/site.ts';
import { type MemberStanding, requireRole } from '../employer/standing.ts';
import { engagementOf } from '../engagement/engagement.ts';
import { isTrouble } from '../hours/exceptions.ts';
import { minutesText } from '../hours/hours-text.ts';
import type { CellEnv, CellRequest } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { refuse } from '../kernel/refusal.ts';
import {
  addDays,
  type CivilDate,
  type CivilRange,
  datesOf,
  formatCivilDate,
  monthOf,
  parseCivilDate,
  payPeriodOf,
} from '../kernel/time.ts';
import { Exceptions } from '../timesheet/timesheet-parts.tsx';
import { timesheetWords } from '../timesheet/timesheet-words.ts';
import { engagementsOn, workedChunks } from '../timesheet/worked.ts';
import { Card, CheckField, Empty, Field, Group, Row, SelectField, Stats } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { watchedSites } from './attendance.ts';
import { AttendanceNav } from './attendance-nav.tsx';
import { attendanceWords } from './attendance-words.ts';
import { type Grid, type GridFilter, gridOf, lineOf } from './grid.ts';
import { DayMark, GridTable } from './grid-table.tsx';
import { gridWords } from './grid-words.ts';

export const gridPages = router<CellEnv>();

interface GridReader extends Reader {
  readonly standing: MemberStanding;
  readonly month: CivilRange;
}

function gridReader(c: CellRequest): GridReader {
  const standing = requireRole(c, 'owner', 'hr', 'supervisor', 'approver');
  const reader = readerOf(c);
  const day = parseCivilDate(`${c.req.query('month') ?? ''}-01`) ?? reader.today;
  return { ...reader, standing, month: payPeriodOf('monthly', day) };
}

gridPages.get('/grid', async (c) => {
  const reader = gridReader(c);
  const { org, db, locale, standing, month } = reader;
  const say = gridWords(locale);
  const query = c.req.query();
  const filter: GridFilter = {
    siteId: query.site || undefined,
    clientId: query.client || undefined,
    name: query.name || undefined,
    onlyExceptions: query.only !== undefined,
    page: Math.trunc(Number(query.page)) || 1,
  };
  const days = datesOf(month);
  const grid = await gridOf(db, standing, month, days, filter, c.var.at);
  const link = (changes: Record<string, string>) =>
    `/orgs/${org}/grid?${new URLSearchParams({ ...query, month: monthOf(month.startsOn), ...changes })}`;
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={`${say('grid')} · ${monthOf(month.startsOn)}`}
      lead={say('gridLead')}
      frame={consoleFrame(c)}
      section="attendance"
      actions={<Months month={month} link={link} reader={reader} />}
    >
      <AttendanceNav org={org} standing={standing} locale={locale} here="grid" />
      <Filter reader={reader} filter={filter} />
      {grid.lines.length > 0 ? (
        <>
          <GridTable org={org} days={days} lines={grid.lines} today={reader.today} locale={locale} />
          <People grid={grid} reader={reader} />
          <Pages grid={grid} link={link} reader={reader} />
        </>
      ) : (
        <Empty title={say('nobody')}>{say('nobodyMeans')}</Empty>
      )}
    </ConsolePage>,
  );
});

type Link = (changes: Record<string, string>) => string;

const Months: FC<{ month: CivilRange; link: Link; reader: GridReader }> = ({ month, link, reader }) => {
  const say = gridWords(reader.locale);
  const at = (day: CivilDate) => link({ month: monthOf(day), page: '1' });
  return (
    <>
      <a class="button button-plain" href={at(addDays(month.startsOn, -1))}>
        ‹ {say('previousMonth')}
      </a>{' '}
      <a class="button button-plain" href={at(addDays(month.endsOn, 1))}>
        {say('nextMonth')} ›
      </a>
    </>
  );
};

const Filter: FC<{ reader: GridReader; filter: GridFilter }> = ({ reader, filter }) => {
  const { db, locale, standing, month } = reader;
  const say = gridWords(locale);
  const sites = watchedSites(db, standing);
  const clients = clientsOf(db).filter(({ id }) => sites.some(({ clientId }) => clientId === id));
  return (
    <form class="filter" method="get">
      <input type="hidden" name="month" value={monthOf(month.startsOn)} />
      {sites.length > 1 ? (
        <SelectField
          name="site"
          label={timesheetWords(locale)('site')}
          value={filter.siteId ?? ''}
          options={[
            ['', attendanceWords(locale)('all')],
            ...sites.map(({ id, name }) => [id, name] as const),
          ]}
        />
      ) : null}
      {clients.length > 0 ? (
        <SelectField
          name="client"
          label={say('client')}
          value={filter.clientId ?? ''}
          options={[['', say('allClients')], ...clients.map(({ id, name }) => [id, name] as const)]}
        />
      ) : null}
      <Field name="name" label={say('name')} value={filter.name ?? ''} />
      <CheckField name="only" label={say('onlyExceptions')} checked={filter.onlyExceptions} />
      <button type="submit" class="button button-plain">
        {say('show')}
      </button>
    </form>
  );
};

/** What the table is on a phone. */
const People: FC<{ grid: Grid; reader: GridReader }> = ({ grid, reader }) => {
  const { org, locale, month } = reader;
  const say = gridWords(locale);
  return (
    <div class="grid-people">
      <Group>
        {grid.lines.map(({ worked }) => {
          const count = worked.exceptions.filter(isTrouble).length;
          const { roleTitle, id } = worked.engagement;
          return (
            <Row
              href={`/orgs/${org}/grid/${id}?month=${monthOf(month.startsOn)}`}
              label={worked.workerName}
              sub={count > 0 ? `${roleTitle} · ${say('toLookAt', { count })}` : roleTitle}
              value={minutesText(worked.seconds)}
            />
          );
        })}
      </Group>
    </div>
  );
};

const Pages: FC<{ grid: Grid; link: Link; reader: GridReader }> = ({ grid, link, reader }) => {
  const say = gridWords(reader.locale);
  const { page: number, pages, count } = grid;
  return (
    <nav class="grid-pages" aria-label={say('pageOf', { page: number, pages })}>
      <span>{say('lines', { count })}</span>
      {pages > 1 ? <span>{say('pageOf', { page: number, pages })}</span> : null}
      {number > 1 ? (
        <a class="button button-plain" href={link({ page: String(number - 1) })}>
          ‹ {say('previousPage')}
        </a>
      ) : null}
      {number < pages ? (
        <a class="button button-plain" href={link({ page: String(number + 1) })}>
          {say('nextPage')} ›
        </a>
      ) : null}
    </nav>
  );
};

gridPages.get('/grid/:engagementId', (c) => {
  const reader = gridReader(c);
  const { org, db, locale, standing, month } = reader;
  const engagement = engagementOf(db, c.req.param('engagementId')) ?? refuse('not-found');
  const named = engagementsOn(db, standing, month, { workerId: engagement.workerId }).find(
    (one) => one.engagement.id === engagement.id,
  );
  const [worked] = named ? [...workedChunks(db, standing, month, [named], {}, c.var.at)].flat() : [];
  if (!worked) refuse('not-found');
  const line = lineOf(worked, datesOf(month));
  const say = gridWords(locale);
  // Monday first: so many empty places stand before the first.
  const before = (new Date(month.startsOn).getUTCDay() + 6) % 7;
  const link: Link = (changes) => `/orgs/${org}/grid/${engagement.id}?${new URLSearchParams(changes)}`;
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={worked.workerName}
      lead={`${engagement.roleTitle} · ${monthOf(month.startsOn)}`}
      frame={consoleFrame(c)}
      section="attendance"
      actions={<Months month={month} link={link} reader={reader} />}
    >
      <AttendanceNav org={org} standing={standing} locale={locale} here="grid" />
      <Stats
        items={[
          { label: timesheetWords(locale)('hours'), value: minutesText(worked.seconds) },
          { label: timesheetWords(locale)('days'), value: String(worked.entries.length) },
        ]}
      />
      <ol class="calendar" aria-label={say('grid')}>
        {Array.from({ length: before }, () => (
          <li class="calendar-gap" aria-hidden="true" />
        ))}
        {line.cells.map((cell) => (
          <li class={cell.day === reader.today ? 'is-today' : ''}>
            <a
              {...(cell.startsOn
                ? { href: `/orgs/${org}/timesheets/${engagement.id}/${cell.startsOn}` }
                : {})}
            >
              <small>
                {Number(cell.day.slice(8))} {formatCivilDate(cell.day, locale, 'ccccc')}
              </small>
              <span>{cell.seconds > 0 ? minutesText(cell.seconds) : ''}</span>
              <DayMark exceptions={cell.exceptions} locale={locale} />
            </a>
          </li>
        ))}
      </ol>
      {worked.exceptions.length > 0 ? (
        <Card title={timesheetWords(locale)('exceptions')}>
          <Exceptions list={worked.exceptions} locale={locale} />
        </Card>
      ) : null}
    </ConsolePage>,
  );
});
