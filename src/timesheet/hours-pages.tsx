/** The worker's hours: this period with its days, what waits for an answer, and the periods before. */
import type { FC } from 'hono/jsx';
import { type Reader, readerOf } from '../employer/reader.ts';
import { requireWorker } from '../employer/standing.ts';
import { engagementsOfWorker } from '../engagement/engagement.ts';
import { hoursText } from '../hours/hours-text.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { newId } from '../kernel/id.ts';
import { type CivilDate, formatCivilDate, formatInstant, parseCivilDate } from '../kernel/time.ts';
import { ApiForm, Empty, Field, Group, Notice, Row, Stats } from '../web/components.tsx';
import { page, WorkerPage } from '../web/page.tsx';
import { correctionsOf, waitsForAnswer } from './correction.ts';
import { requestsOf } from './correction-request.ts';
import { correctionWords, historyWords } from './correction-words.ts';
import { MyRequests } from './my-correction-pages.tsx';
import { Answer, MyCorrections } from './my-corrections.tsx';
import { hoursToSubmit } from './reminder.ts';
import { type Timesheet, zonesOf } from './timesheet.ts';
import { History } from './timesheet-history.tsx';
import { timesheetsOfWorker } from './timesheet-list.ts';
import { DayChart, Exceptions, PaidHours, StateBadge } from './timesheet-parts.tsx';
import { timesheetWords } from './timesheet-words.ts';
import { MyUnits } from './unit-parts.tsx';

export const hoursPages = router<CellEnv>();

hoursPages.get('/me/hours', (c) => {
  const { workerId } = requireWorker(c);
  const reader = readerOf(c);
  const { db } = reader;
  const say = timesheetWords(reader.locale);
  const sheets = timesheetsOfWorker(db, workerId, c.var.at);
  const asked = parseCivilDate(c.req.query('startsOn') ?? '');
  const sheet =
    sheets.find(
      ({ engagement, period }) => period.startsOn === asked && engagement.id === c.req.query('engagement'),
    ) ?? sheets[0];
  const waiting = engagementsOfWorker(db, workerId)
    .flatMap(({ id }) => correctionsOf(db, id))
    .filter(waitsForAnswer);
  const requests = engagementsOfWorker(db, workerId)
    .flatMap(({ id }) => requestsOf(db, id, c.var.at))
    .slice(0, 10);
  return page(
    c,
    <WorkerPage locale={reader.locale} title={say('myHours')} org={reader.org} tab="hours">
      {c.req.query('startsOn') === undefined ? <ToSubmit workerId={workerId} reader={reader} /> : null}
      {waiting.length > 0 ? <Notice tone="warn">{say('waitingMeans')}</Notice> : null}
      {waiting.map((view) => (
        <Answer view={view} reader={reader} />
      ))}
      {sheet ? (
        <Sheet sheet={sheet} reader={reader} />
      ) : (
        <Empty title={say('noEngagement')}>{say('noEngagementMeans')}</Empty>
      )}
      {requests.length > 0 ? <MyRequests requests={requests} reader={reader} /> : null}
      {sheets.length > 1 ? (
        <Group title={say('allPeriods')}>
          {sheets
            .filter((one) => one !== sheet)
            .map((one) => (
              <Row
                href={`/orgs/${reader.org}/me/hours?engagement=${one.engagement.id}&startsOn=${one.period.startsOn}`}
                label={`${one.period.startsOn} – ${one.period.endsOn}`}
                sub={one.engagement.roleTitle}
                value={
                  <>
                    {hoursText(one.seconds)} <StateBadge sheet={one} locale={reader.locale} />
                  </>
                }
              />
            ))}
        </Group>
      ) : null}
    </WorkerPage>,
  );
});

/** From the period's end on, until the worker has said something. */
export const ToSubmit: FC<{ workerId: string; reader: Reader }> = ({ workerId, reader }) => {
  const { db, org, locale, at } = reader;
  const say = timesheetWords(locale);
  return (
    <>
      {hoursToSubmit(db, workerId, at).map(({ engagement, period, state }) => (
        <Notice tone="warn">
          {say(state === 'reopened' ? 'toSubmitAgain' : 'toSubmit', { ...period })}{' '}
          <a href={`/orgs/${org}/me/hours?engagement=${engagement.id}&startsOn=${period.startsOn}`}>
            {say('toSubmitLink')}
          </a>
        </Notice>
      ))}
    </>
  );
};

const Sheet: FC<{ sheet: Timesheet; reader: Reader }> = ({ sheet, reader }) => {
  const { locale, org, db, today } = reader;
  const say = timesheetWords(locale);
  const { engagement, period } = sheet;
  const zones = zonesOf(db);
  const dayHref = (day: CivilDate) => `/orgs/${org}/me/hours/${engagement.id}/${day}`;
  // Today, or the end of the period that is nearer to it.
  const [, inPeriod = today] = [period.startsOn, today, period.endsOn].sort();
  const maySubmit = sheet.state === 'open' || sheet.state === 'reopened';
  const clock = (at: Timesheet['entries'][number]['intervals'][number]['startsAt'], siteId: string) =>
    formatInstant(at, zones.get(siteId) ?? 'UTC', locale, 'HH:mm');
  return (
    <>
      <Stats
        items={[
          {
            label: `${engagement.roleTitle} · ${period.startsOn} – ${period.endsOn}`,
            value: hoursText(sheet.seconds),
          },
        ]}
      />
      <Group title={say('chart')}>
        <DayChart sheet={sheet} locale={locale} />
        <Row label={say('state')} value={<StateBadge sheet={sheet} locale={locale} />} />
      </Group>
      {sheet.exceptions.length > 0 ? (
        <Group title={say('exceptions')}>
          <Exceptions list={sheet.exceptions} locale={locale} mine={({ day }) => dayHref(day)} />
        </Group>
      ) : null}
      {sheet.entries.length > 0 ? (
        <Group title={say('days')}>
          {sheet.entries.map((entry) => (
            <Row
              href={dayHref(entry.day)}
              label={formatCivilDate(entry.day, locale)}
              sub={entry.intervals
                .map(({ startsAt, endsAt, siteId }) => `${clock(startsAt, siteId)}–${clock(endsAt, siteId)}`)
                .join(' · ')}
              value={<PaidHours entry={entry} locale={locale} />}
            />
          ))}
        </Group>
      ) : (
        <Empty title={say('noHours')}>{say('noHoursMeans')}</Empty>
      )}
      <MyUnits sheet={sheet} shown={reader} />
      <a class="button button-plain" href={dayHref(inPeriod)}>
        {correctionWords(locale)('added')}
      </a>
      {maySubmit && sheet.entries.length > 0 ? (
        <Group title={say('submit')} note={say('submitMeans')}>
          <ApiForm
            action={`/api/orgs/${org}/engagements/${engagement.id}/timesheets/${period.startsOn}/submission`}
            submit={say('submit')}
          >
            <Field name="id" label="" kind="hidden" value={newId()} />
            <Field name="digest" label="" kind="hidden" value={sheet.digest} />
            <Field name="note" label={say('note')} />
          </ApiForm>
        </Group>
      ) : null}
      <MyCorrections sheet={sheet} reader={reader} />
      {sheet.submission || sheet.approval || sheet.reopening ? (
        <Group title={historyWords(locale)('title')}>
          <History sheet={sheet} reader={reader} />
        </Group>
      ) : null}
    </>
  );
};
