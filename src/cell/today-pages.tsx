/** The worker's day: it lies where the rooms are put together, because it says what the hours are worth, too. */
import type { FC } from 'hono/jsx';
import { type DayPunch, type MyDay, myDayOf } from '../attendance/my-day.ts';
import { type Reader, readerOf } from '../employer/reader.ts';
import { requireWorker } from '../employer/standing.ts';
import type { TimesheetException } from '../hours/exceptions.ts';
import { minutesText } from '../hours/hours-text.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { formatMoney, minor } from '../kernel/money.ts';
import { formatCivilDate, formatInstant } from '../kernel/time.ts';
import { earnedSoFar } from '../pay/payslip.ts';
import { DayPicture, type DayRow } from '../timesheet/day-picture.tsx';
import { myDayWords } from '../timesheet/my-day-words.ts';
import { Exceptions, Verdict } from '../timesheet/timesheet-parts.tsx';
import { timesheetWords } from '../timesheet/timesheet-words.ts';
import { Badge, Empty, Group, Row, Stats } from '../web/components.tsx';
import { page, WorkerPage } from '../web/page.tsx';

export const todayPages = router<CellEnv>();

todayPages.get('/me/today', (c) => {
  const { workerId } = requireWorker(c);
  const reader = readerOf(c);
  const { org, db, locale, today, at } = reader;
  const say = myDayWords(locale);
  const day = myDayOf(db, workerId, today, at);
  const isEmpty = day.punches.length === 0 && day.planned.length === 0 && day.worked.length === 0;
  const dayHref = (one: TimesheetException) => {
    const sheet = day.sheets.find(({ exceptions }) => exceptions.includes(one));
    return sheet && `/orgs/${org}/me/hours/${sheet.engagement.id}/${one.day}`;
  };
  return page(
    c,
    <WorkerPage
      locale={locale}
      title={say('today')}
      org={org}
      tab="home"
      back={`/orgs/${org}/me`}
      scripts={['live']}
    >
      {/* The bar of who is at work grows by time alone. */}
      <span hidden data-live="60" />
      <Stats
        items={[
          {
            label: `${say('worked')} · ${formatCivilDate(today, locale)}`,
            value: minutesText(day.seconds),
          },
        ]}
      />
      {isEmpty ? (
        <Empty title={say('nothingYet')}>{say('nothingYetMeans')}</Empty>
      ) : (
        <Group>
          <Picture day={day} reader={reader} />
        </Group>
      )}
      {day.punches.length > 0 ? (
        <Group title={say('punches')}>
          {day.punches.map((one) => (
            <Punched one={one} reader={reader} />
          ))}
        </Group>
      ) : null}
      {day.exceptions.length > 0 ? (
        <Group title={timesheetWords(locale)('exceptions')}>
          <Exceptions list={day.exceptions} locale={locale} mine={dayHref} />
        </Group>
      ) : null}
      <Unsettled day={day} reader={reader} />
      <Period day={day} reader={reader} workerId={workerId} />
    </WorkerPage>,
  );
});

/** What was planned above what was worked. */
const Picture: FC<{ day: MyDay; reader: Reader }> = ({ day, reader: { locale, zone } }) => {
  const say = myDayWords(locale);
  const marks = day.punches.map(({ punch: { effectiveAt, kind }, voided }) => ({
    at: effectiveAt,
    kind,
    gone: voided !== null,
  }));
  const rows: DayRow[] = [{ label: say('worked'), bars: day.worked, marks, tone: 'now' }];
  if (day.planned.length > 0)
    rows.unshift({ label: say('planned'), bars: day.planned, marks: [], tone: 'asked' });
  return <DayPicture title={say('picture')} day={day.day} zone={zone} rows={rows} locale={locale} />;
};

const Punched: FC<{ one: DayPunch; reader: Reader }> = ({ one, reader: { locale } }) => {
  const { punch, siteName, zone, voided } = one;
  return (
    <Row
      label={`${formatInstant(punch.effectiveAt, zone, locale, 'HH:mm')} · ${timesheetWords(locale)(punch.kind)}`}
      sub={voided === null ? siteName : myDayWords(locale)('voided', { reason: voided })}
      value={<Verdict punch={punch} locale={locale} />}
    />
  );
};

/** What somebody has still to say something about: they, or who supervises them. */
const Unsettled: FC<{ day: MyDay; reader: Reader }> = ({ day, reader: { org, locale } }) => {
  const say = myDayWords(locale);
  if (day.corrections.length + day.requests.length === 0) return null;
  return (
    <Group title={say('settle')}>
      {day.corrections.map(({ correction, answer }) => (
        <Row
          href={`/orgs/${org}/me/hours`}
          label={correction.reason}
          value={<Badge tone="warn">{say(answer ? 'disputed' : 'waits')}</Badge>}
        />
      ))}
      {day.requests.map(({ request }) => (
        <Row href={`/orgs/${org}/me/hours`} label={request.reason} value={<Badge>{say('askedFor')}</Badge>} />
      ))}
    </Group>
  );
};

const Period: FC<{ day: MyDay; reader: Reader; workerId: string }> = ({ day, reader, workerId }) => {
  const { org, db, locale, at, currency } = reader;
  const say = myDayWords(locale);
  const earned = earnedSoFar(db, workerId, at);
  if (day.sheets.length === 0) return null;
  return (
    <Group title={say('thisPeriod')}>
      {day.sheets.map(({ engagement, period, seconds }) => (
        <Row
          href={`/orgs/${org}/me/hours?engagement=${engagement.id}&startsOn=${period.startsOn}`}
          label={engagement.roleTitle}
          sub={`${period.startsOn} – ${period.endsOn}`}
          value={minutesText(seconds)}
        />
      ))}
      {earned.map(({ openMinor, approvedMinor, startsOn, endsOn }) => (
        <Row
          href={`/orgs/${org}/me/pay`}
          label={say('earned')}
          sub={`${startsOn} – ${endsOn}`}
          value={formatMoney(minor(openMinor + approvedMinor), currency, locale)}
        />
      ))}
    </Group>
  );
};
