/** The worker's home: one big clock button, what is missing before work, cover, hours and pay at a glance. */
import type { FC } from 'hono/jsx';
import { cardWords } from '../card/words.ts';
import { cardOfWorker } from '../card/work-card.ts';
import { type ClockOwner, clockSceneOf } from '../clock/clock.ts';
import { isAtWork, lastPunchOf, type Punch, zoneOfPunch } from '../clock/punch.ts';
import { sayVerdict } from '../clock/verdict-words.ts';
import { employerOf, employerState } from '../employer/employer.ts';
import { type Reader, readerOf } from '../employer/reader.ts';
import { sitePolicyOn } from '../employer/site-policy.ts';
import { requireWorker } from '../employer/standing.ts';
import {
  type Engagement,
  engagementState,
  engagementsOfWorker,
  lastDayOf,
} from '../engagement/engagement.ts';
import { coversOfWorker, isCovered } from '../guarantee/cover.ts';
import { isInsured, policyOn } from '../guarantee/policy.ts';
import { minutesText } from '../hours/hours-text.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { formatMoney, minor } from '../kernel/money.ts';
import { civilDateAt, formatInstant } from '../kernel/time.ts';
import { earnedSoFar } from '../pay/payslip.ts';
import { myNextShifts } from '../shift/my-shifts.ts';
import { changesFor } from '../shift/shift-change.ts';
import { openShiftsFor } from '../shift/shift-claim.ts';
import { shiftWords, spanText } from '../shift/shift-words.ts';
import { ToSubmit } from '../timesheet/hours-pages.tsx';
import { myDayWords } from '../timesheet/my-day-words.ts';
import { Verdict } from '../timesheet/timesheet-parts.tsx';
import { Badge, Group, Notice, Row } from '../web/components.tsx';
import { page, WorkerPage } from '../web/page.tsx';
import { homeWords, stepKey, stepWords } from './home-words.ts';
import { readinessOf, type Step, type StepName } from './readiness.ts';

export const homePages = router<CellEnv>();

interface WorkerReader extends Reader, ClockOwner {}

homePages.get('/me', (c) => {
  const { workerId, personId, displayName } = requireWorker(c);
  const reader: WorkerReader = { ...readerOf(c), workerId, personId, displayName };
  const { org, db, locale } = reader;
  const say = homeWords(locale);
  const engagements = engagementsOfWorker(db, workerId);
  const live = engagements.filter(
    (one) => engagementState(db, one, reader.today) === 'live' || isAtWork(lastPunchOf(db, one.id), c.var.at),
  );
  const shown = live.find(({ id }) => id === c.req.query('engagement')) ?? live[0];
  const steps = readinessOf(db, workerId, c.var.at);
  return page(
    c,
    <WorkerPage locale={locale} title={employerOf(db).name} org={org} tab="home" scripts={['clock']}>
      {employerState(db).verified ? null : <Notice tone="warn">{say('unverified')}</Notice>}
      <Clock reader={reader} />
      {shown && !isReady(steps) ? <Notice tone="warn">{say('keptAnyway')}</Notice> : null}
      <ToSubmit workerId={workerId} reader={reader} />
      {shown ? <Now reader={reader} last={lastPunchOf(db, shown.id)} /> : null}
      {!shown && engagements[0] ? <NotLive engagement={engagements[0]} reader={reader} /> : null}
      {isReady(steps) ? null : <Steps steps={steps} reader={reader} />}
      <Glance reader={reader} />
    </WorkerPage>,
  );
});

const isReady = (steps: readonly Step[]) => steps.every(({ turn }) => turn === 'done');

/** The button is drawn by its module, which draws the same one without a network. */
const Clock: FC<{ reader: WorkerReader }> = ({ reader: { org, db, at, ...owner } }) => (
  <form class="clock" data-clock data-scene={JSON.stringify(clockSceneOf(db, org, owner, at))} />
);

function clockText({ db, locale }: WorkerReader, punch: Punch, style: string): string {
  return formatInstant(punch.effectiveAt, zoneOfPunch(db, punch), locale, style);
}

/** What the last punch came to, and what covers the worker now. */
const Now: FC<{ reader: WorkerReader; last: Punch | undefined }> = ({ reader, last }) => {
  const { locale } = reader;
  const say = homeWords(locale);
  return (
    <Group>
      {last ? (
        <Row
          label={`${say('lastPunch')} · ${clockText(reader, last, 'MM-dd HH:mm')}`}
          sub={verdictText(reader, last)}
          value={<Verdict punch={last} locale={locale} />}
        />
      ) : null}
      <CoverRow reader={reader} />
    </Group>
  );
};

function verdictText({ db, locale }: WorkerReader, punch: Punch): string {
  if (punch.correctionId !== null) return homeWords(locale)('saidBySupervisor');
  const day = civilDateAt(punch.effectiveAt, zoneOfPunch(db, punch));
  const { place } = sitePolicyOn(db, punch.siteId, day);
  return sayVerdict(punch, locale, { kind: punch.kind, place, moment: 'after' });
}

const CoverRow: FC<{ reader: WorkerReader }> = ({ reader: { db, workerId, locale, at, today } }) => {
  const say = homeWords(locale);
  const open = coversOfWorker(db, workerId).find((one) => isCovered(one, at));
  const policy = open?.policy ?? policyOn(db, today);
  if (!policy) return <Row label={say('notCovered')} />;
  const by = isInsured(policy)
    ? say('insuredBy', { insurer: policy.insurerName ?? '', policy: policy.policyNumber ?? '' })
    : say('ownPromise');
  return (
    <Row label={policy.name} sub={by} value={open ? <Badge tone="good">{say('coverNow')}</Badge> : null} />
  );
};

const NotLive: FC<{ engagement: Engagement; reader: WorkerReader }> = ({
  engagement,
  reader: { db, locale, today },
}) => {
  const say = homeWords(locale);
  return engagementState(db, engagement, today) === 'coming' ? (
    <Notice title={say('coming', { on: engagement.startsOn })}>{engagement.roleTitle}</Notice>
  ) : (
    <Notice title={say('ended', { on: lastDayOf(db, engagement) ?? '' })}>{say('endedMeans')}</Notice>
  );
};

const Steps: FC<{ steps: readonly Step[]; reader: WorkerReader }> = ({ steps, reader: { org, locale } }) => {
  const say = homeWords(locale);
  const sayStep = stepWords(locale);
  const next = steps.find(({ turn }) => turn === 'worker');
  return (
    <>
      {next ? (
        <a class="button button-primary" href={hrefOf(next, org)}>
          {say('nextStep', { step: sayStep(stepKey(next)) })}
        </a>
      ) : null}
      <Group title={say('beforeWork')}>
        <ol class="steps">
          {steps.map((step) => (
            <li data-state={step.turn === 'done' ? 'done' : step === next ? 'now' : 'later'}>
              <strong>{sayStep(step.name)}</strong>
              <br />
              {step.turn === 'done' ? (
                sayStep('done')
              ) : step.turn === 'worker' ? (
                <a href={hrefOf(step, org)}>{sayStep(stepKey(step))}</a>
              ) : (
                sayStep(stepKey(step))
              )}
              {step.reason ? <p class="field-problem">{step.reason}</p> : null}
            </li>
          ))}
        </ol>
      </Group>
    </>
  );
};

function hrefOf({ name, contractId }: Step, org: string): string {
  const identity = `/orgs/${org}/me/identity`;
  const pages: Record<StepName, string> = {
    identity,
    position: identity,
    account: identity,
    engagement: `/orgs/${org}/me`,
    contract: contractId ? `/orgs/${org}/me/contracts/${contractId}` : `/orgs/${org}/me/contracts`,
  };
  return pages[name];
}

const Glance: FC<{ reader: WorkerReader }> = ({ reader }) => {
  const { org, db, workerId, locale, at } = reader;
  const say = homeWords(locale);
  const { currency } = employerOf(db);
  const [earned] = earnedSoFar(db, workerId, at);
  const card = cardOfWorker(db, workerId, at);
  return (
    <Group>
      <Row label={myDayWords(locale)('today')} href={`/orgs/${org}/me/today`} />
      <Row
        label={say('thisPeriod')}
        value={minutesText(earned?.seconds ?? 0)}
        href={`/orgs/${org}/me/hours`}
      />
      {earned ? (
        <Row
          label={say('earned')}
          value={formatMoney(minor(earned.openMinor + earned.approvedMinor), currency, locale)}
          href={`/orgs/${org}/me/pay`}
        />
      ) : null}
      <ShiftRow reader={reader} />
      <Row
        label={say('card')}
        value={card ? (card.trouble ? cardWords(locale)(card.trouble) : card.card.validUntil) : '—'}
        href={`/orgs/${org}/me/card`}
      />
      <Row label={say('identity')} href={`/orgs/${org}/me/identity`} />
      <Row label={say('devices')} href={`/orgs/${org}/me/devices`} />
      <Row label={say('account')} href="/account" />
    </Group>
  );
};

/** When they work next, and whether something of it waits for their word. */
const ShiftRow: FC<{ reader: WorkerReader }> = ({ reader: { org, db, workerId, locale, at } }) => {
  const say = shiftWords(locale);
  const [next] = myNextShifts(db, workerId, at);
  const changes = changesFor(db, workerId, at).length;
  const open = openShiftsFor(db, workerId, at).filter(({ obstacle }) => !obstacle).length;
  const waits =
    changes > 0 ? say('changesWait', { count: changes }) : open > 0 ? say('openCount', { count: open }) : '';
  return (
    <Row
      label={say('nextShift')}
      {...(waits ? { sub: waits } : {})}
      value={next ? spanText(next, next.zone, locale) : '—'}
      href={`/orgs/${org}/me/shifts`}
    />
  );
};
