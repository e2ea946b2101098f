/** The console's page of who is at work now. */
import type { FC } from 'hono/jsx';
import { consoleFrame } from '../employer/frame.ts';
import { type Reader, readerOf, shownAt } from '../employer/reader.ts';
import { requireRole } from '../employer/standing.ts';
import { minutesText } from '../hours/hours-text.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import type { Locale } from '../kernel/refusal.ts';
import { formatInstant, payPeriodOf } from '../kernel/time.ts';
import { Verdict } from '../timesheet/timesheet-parts.tsx';
import { timesheetWords } from '../timesheet/timesheet-words.ts';
import { Badge, Card, type Column, Empty, Stats, Table } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import {
  type AttendanceRow,
  attendanceOf,
  attendanceVersion,
  type Presence,
  watchedSites,
} from './attendance.ts';
import { AttendanceNav, SiteFilter } from './attendance-nav.tsx';
import { attendanceWords } from './attendance-words.ts';
import { type Late, lateOf } from './late.ts';

export const attendancePages = router<CellEnv>();

attendancePages.get('/attendance', (c) => {
  const standing = requireRole(c, 'owner', 'hr', 'supervisor', 'approver');
  const reader = readerOf(c);
  const { db, locale, at } = reader;
  const say = timesheetWords(locale);
  const siteId = c.req.query('site') || undefined;
  // Before the facts are read: what comes between is told at once.
  const version = attendanceVersion(db);
  const { onSite, forgotten, recent } = attendanceOf(db, standing, at, siteId);
  const late = lateOf(db, standing, at, siteId);
  const sayHere = attendanceWords(locale);
  const stats = [
    { label: say('onSite'), value: String(onSite.length), tone: 'good' as const },
    { label: say('notCovered'), value: String(onSite.filter(({ covered }) => !covered).length) },
    {
      label: sayHere('late'),
      value: String(late.length),
      ...(late.length > 0 ? { tone: 'warn' as const } : {}),
    },
    {
      label: say('forgotten'),
      value: String(forgotten.length),
      ...(forgotten.length > 0 ? { tone: 'bad' as const } : {}),
    },
  ];
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={say('attendance')}
      lead={say('attendanceLead')}
      frame={consoleFrame(c)}
      section="attendance"
      scripts={['live']}
    >
      <AttendanceNav org={reader.org} standing={standing} locale={locale} here="now" />
      <SiteFilter sites={watchedSites(db, standing)} siteId={siteId} locale={locale} />
      <AsOf reader={reader} version={version} />
      <Stats items={stats} />
      {late.length > 0 ? <Missing late={late} reader={reader} /> : null}
      {forgotten.length > 0 ? (
        <Card title={say('forgotten')}>
          <People title={say('forgotten')} rows={forgotten} reader={reader} />
        </Card>
      ) : null}
      {onSite.length > 0 ? (
        <Card title={say('onSite')}>
          <People title={say('onSite')} rows={onSite} reader={reader} />
        </Card>
      ) : (
        <Empty title={say('nobodyHere')}>{say('nobodyHereMeans')}</Empty>
      )}
      {recent.length > 0 ? (
        <Card title={say('recent')}>
          <Table
            caption={say('recent')}
            columns={[
              who(reader),
              { head: say('kind'), cell: ({ punch }) => say(punch.kind) },
              when(locale, say('at')),
              ...where(locale),
              ...work(locale),
            ]}
            rows={recent}
          />
        </Card>
      ) : null}
    </ConsolePage>,
  );
});

/** The client module `live` reads where it is told of changes, how often to ask without, and what to say when nothing comes. */
const AsOf: FC<{ reader: Reader; version: string }> = ({ reader, version }) => {
  const say = attendanceWords(reader.locale);
  const time = shownAt(reader, reader.at, 'HH:mm');
  return (
    <p
      class="as-of"
      data-live="30"
      data-events={`/api/orgs/${reader.org}/attendance/events?since=${version}`}
      data-stale={say('asOfStale', { time })}
    >
      {say('asOf', { time })}
    </p>
  );
};

const Missing: FC<{ late: readonly Late[]; reader: Reader }> = ({ late, reader }) => {
  const { locale } = reader;
  const say = attendanceWords(locale);
  const words = timesheetWords(locale);
  const columns: Column<Late>[] = [
    {
      head: words('worker'),
      cell: (one) => <Worker of={one} engagementId={one.shift.engagementId} reader={reader} />,
    },
    {
      head: say('planned'),
      cell: ({ shift, zone }) =>
        `${formatInstant(shift.startsAt, zone, locale, 'HH:mm')}–${formatInstant(shift.endsAt, zone, locale, 'HH:mm')}`,
    },
    {
      head: '',
      cell: ({ seconds }) => (
        <Badge tone="warn">{say('minutesLate', { minutes: Math.floor(seconds / 60) })}</Badge>
      ),
    },
    { head: words('role'), cell: ({ roleTitle }) => roleTitle },
    { head: words('site'), cell: ({ siteName }) => siteName },
  ];
  return (
    <Card title={say('late')}>
      <p class="aside">{say('lateMeans')}</p>
      <Table caption={say('late')} columns={columns} rows={late} />
    </Card>
  );
};

/** Where something is done about somebody: their timesheet of the running period. */
const Worker: FC<{
  of: Pick<AttendanceRow, 'workerName' | 'payPeriod'>;
  engagementId: string;
  reader: Reader;
}> = ({ of: { workerName, payPeriod }, engagementId, reader: { org, today } }) => {
  const { startsOn } = payPeriodOf(payPeriod, today);
  return <a href={`/orgs/${org}/timesheets/${engagementId}/${startsOn}`}>{workerName}</a>;
};

const who = (reader: Reader): Column<AttendanceRow> => ({
  head: timesheetWords(reader.locale)('worker'),
  cell: (row) => <Worker of={row} engagementId={row.punch.engagementId} reader={reader} />,
});
/** Behind what matters at once: on a phone it scrolls away. */
const work = (locale: Locale): Column<AttendanceRow>[] => [
  { head: timesheetWords(locale)('role'), cell: ({ roleTitle }) => roleTitle },
  { head: timesheetWords(locale)('site'), cell: ({ siteName }) => siteName },
];
const when = (locale: Locale, head: string): Column<AttendanceRow> => ({
  head,
  cell: ({ punch, zone }) => formatInstant(punch.effectiveAt, zone, locale, 'MM-dd HH:mm'),
});
const where = (locale: Locale): Column<AttendanceRow>[] => [
  { head: timesheetWords(locale)('place'), cell: ({ punch }) => <Verdict punch={punch} locale={locale} /> },
  { head: timesheetWords(locale)('metres'), cell: ({ punch }) => String(punch.metres ?? '—'), numeric: true },
];

const People: FC<{ title: string; rows: readonly Presence[]; reader: Reader }> = ({
  title,
  rows,
  reader,
}) => {
  const { locale } = reader;
  const say = timesheetWords(locale);
  const columns: Column<Presence>[] = [
    who(reader),
    when(locale, say('since')),
    { head: say('hours'), cell: ({ seconds }) => minutesText(seconds), numeric: true },
    ...where(locale),
    {
      head: say('covered'),
      cell: ({ covered }) => (
        <Badge tone={covered ? 'good' : 'warn'}>{say(covered ? 'covered' : 'notCovered')}</Badge>
      ),
    },
    ...work(locale),
  ];
  return <Table caption={title} columns={columns} rows={rows} />;
};
