/** Where somebody who opens their employer lands: members at what happens and waits, workers at their home. */
import type { FC } from 'hono/jsx';
import type { DayHours } from '../attendance/daily-hours.ts';
import { type EmployerState, employerState } from '../employer/employer.ts';
import { consoleFrame } from '../employer/frame.ts';
import { readerOf } from '../employer/reader.ts';
import { hasRole, requirePerson, type Standing } from '../employer/standing.ts';
import { hoursText } from '../hours/hours-text.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { type Locale, refuse } from '../kernel/refusal.ts';
import { formatCivilDate } from '../kernel/time.ts';
import { Card, Notice, Stats, Table } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { type FirstStepName, type Office, type Overview, overviewOf } from './overview.ts';
import { overviewWords, stepWords } from './overview-words.ts';

export const overviewPages = router<CellEnv>();

overviewPages.get('/', (c) => {
  const standing = requirePerson(c);
  const { org, db, locale, at } = readerOf(c);
  if (standing.roles.length === 0)
    return standing.workerId ? c.redirect(`/orgs/${org}/me`) : refuse('not-found');
  const say = overviewWords(locale);
  const overview = overviewOf(db, standing, at);
  const worked = overview.days.some(({ seconds }) => seconds > 0);
  const isNew = overview.office?.steps.some(({ done }) => !done) ?? false;
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={say('title')}
      lead={say('lead')}
      frame={consoleFrame(c)}
      section="overview"
      scripts={worked ? ['chart'] : []}
      styles={worked ? ['uplot'] : []}
    >
      {overview.office ? (
        <Unverified state={employerState(db)} standing={standing} org={org} locale={locale} />
      ) : null}
      <Stats items={nowStats(overview, org, locale)} />
      <Stats items={waitingStats(overview, org, locale)} />
      {overview.office && isNew ? (
        <FirstSteps office={overview.office} standing={standing} org={org} locale={locale} />
      ) : null}
      <HoursByDay days={overview.days} locale={locale} />
    </ConsolePage>,
  );
});

const Unverified: FC<{ state: EmployerState; standing: Standing; org: string; locale: Locale }> = ({
  state: { verified, licence, review },
  standing,
  org,
  locale,
}) => {
  if (verified) return null;
  const say = overviewWords(locale);
  const refused = licence && review?.decision === 'refused';
  return (
    <Notice tone={licence && !refused ? 'info' : 'warn'} title={say('unverifiedTitle')}>
      {refused
        ? say('licenceRefused', { reason: sentenceOf(review.reason) })
        : say(licence ? 'licenceWaiting' : 'licenceMissing')}{' '}
      {licence && !refused ? null : hasRole(standing, 'owner') ? (
        <a href={`/orgs/${org}/settings#licence`}>{say('toSettings')}</a>
      ) : (
        say('askOwner')
      )}
    </Notice>
  );
};

/** People leave the full stop out; the next sentence follows. */
function sentenceOf(reason: string): string {
  return /[.!?。！？]$/.test(reason) ? reason : `${reason}${/[\u3400-\u9fff]$/.test(reason) ? '。' : '.'}`;
}

interface Stat {
  readonly label: string;
  readonly value: string;
  readonly href: string;
  readonly tone?: 'good' | 'warn' | 'bad';
}

function nowStats({ atWork, covered, forgotten, office }: Overview, org: string, locale: Locale): Stat[] {
  const say = overviewWords(locale);
  const attendance = `/orgs/${org}/attendance`;
  const missing: Stat = { label: say('forgotten'), value: String(forgotten), href: attendance, tone: 'bad' };
  return [
    {
      label: say('atWork'),
      value: String(atWork),
      href: attendance,
      ...(atWork > 0 ? { tone: 'good' as const } : {}),
    },
    {
      label: say('covered'),
      value: String(covered),
      href: office ? `/orgs/${org}/guarantees` : attendance,
      ...(covered < atWork ? { tone: 'warn' as const } : {}),
    },
    ...(forgotten > 0 ? [missing] : []),
    ...(office ? [nextRunStat(office, org, locale)] : []),
  ];
}

function nextRunStat({ nextRun }: Office, org: string, locale: Locale): Stat {
  const say = overviewWords(locale);
  return {
    label: say('nextRun'),
    value: nextRun ? formatCivilDate(nextRun.paysOn, locale, 'MM-dd') : say('none'),
    href: `/orgs/${org}/pay-runs${nextRun?.runId ? `/${nextRun.runId}` : ''}`,
  };
}

function waitingStats({ office, timesheets, requests }: Overview, org: string, locale: Locale): Stat[] {
  const say = overviewWords(locale);
  const waiting = (label: string, n: number, path: string): Stat => ({
    label,
    value: String(n),
    href: `/orgs/${org}${path}`,
    ...(n > 0 ? { tone: 'warn' as const } : {}),
  });
  return [
    ...(office
      ? [
          waiting(say('admissions'), office.admissions, '/people'),
          waiting(say('reviews'), office.reviews, '/reviews'),
          waiting(say('contracts'), office.contracts, '/contracts'),
        ]
      : []),
    waiting(say('timesheets'), timesheets, '/timesheets'),
    ...(requests > 0 ? [waiting(say('requests'), requests, '/corrections')] : []),
  ];
}

const stepPaths: Readonly<Record<FirstStepName, string>> = {
  licence: '/settings#licence',
  site: '/sites/new',
  guarantee: '/guarantees',
  invitation: '/people',
  review: '/reviews',
  engagement: '/people',
  contract: '/contracts',
  punch: '/attendance',
};

const FirstSteps: FC<{ office: Office; standing: Standing; org: string; locale: Locale }> = ({
  office: { steps },
  standing,
  org,
  locale,
}) => {
  const say = overviewWords(locale);
  const step = stepWords(locale);
  const next = steps.find(({ done }) => !done)?.name;
  const done = steps.filter((one) => one.done).length;
  return (
    <Card title={say('stepsTitle')} actions={say('stepsLead', { done, all: steps.length })}>
      <ol class="steps steps-wide">
        {steps.map(({ name, done: isDone }) => (
          <li data-state={isDone ? 'done' : name === next ? 'now' : 'later'}>
            {isDone || (name === 'licence' && !hasRole(standing, 'owner')) ? (
              step(name)
            ) : (
              <a href={`/orgs/${org}${stepPaths[name]}`}>{step(name)}</a>
            )}
            {isDone ? null : <small>{step(`${name}Why`)}</small>}
          </li>
        ))}
      </ol>
    </Card>
  );
};

const HoursByDay: FC<{ days: readonly DayHours[]; locale: Locale }> = ({ days, locale }) => {
  const say = overviewWords(locale);
  const seconds = days.reduce((total, one) => total + one.seconds, 0);
  const whole = (one: number) => hoursText(one - (one % 60));
  if (seconds === 0)
    return (
      <Card title={say('chartTitle')}>
        <p>{say('chartNone')}</p>
      </Card>
    );
  const bars = {
    labels: days.map(({ day }) => formatCivilDate(day, locale, 'M-dd')),
    hours: days.map((one) => one.seconds / 3600),
    texts: days.map((one) => `${formatCivilDate(one.day, locale)} · ${whole(one.seconds)}`),
  };
  return (
    <Card title={say('chartTitle')}>
      <p>{say('chartLead', { hours: whole(seconds) })}</p>
      {/* The table below says the same to whoever does not see it. */}
      <div class="bars" data-bars={JSON.stringify(bars)} aria-hidden="true" />
      <details class="fold as-table">
        <summary>{say('asTable')}</summary>
        <Table
          caption={say('chartTitle')}
          rows={days}
          columns={[
            { head: say('day'), cell: ({ day }) => formatCivilDate(day, locale) },
            { head: say('shifts'), cell: ({ shifts }) => String(shifts), numeric: true },
            { head: say('hours'), cell: (one) => whole(one.seconds), numeric: true },
          ]}
          total={[
            say('total'),
            String(days.reduce((total, { shifts }) => total + shifts, 0)),
            whole(seconds),
          ]}
        />
      </details>
    </Card>
  );
};
