/** The console's page of one timesheet: what it says, what happened to it, and every fact behind it. */
import type { FC } from 'hono/jsx';
import type { RecordedPunch } from '../clock/punch.ts';
import { RiskSignals, WitnessPhotos } from '../clock/risk-parts.tsx';
import { signalsOf } from '../clock/risk-signals.ts';
import { consoleFrame } from '../employer/frame.ts';
import { siteOf } from '../employer/site.ts';
import { hasRole, seesSite } from '../employer/standing.ts';
import { siteIdsOf } from '../engagement/engagement.ts';
import type { Entry } from '../hours/entries.ts';
import { hoursText } from '../hours/hours-text.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { nameBehind, workerNameOf } from '../identity/name.ts';
import { newId } from '../kernel/id.ts';
import { type Locale, refuse } from '../kernel/refusal.ts';
import { formatCivilDate, formatInstant, type Instant, parseCivilDate } from '../kernel/time.ts';
import {
  ApiForm,
  Badge,
  Card,
  type Column,
  Field,
  Notice,
  SelectField,
  Stats,
  Table,
} from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { type CorrectionView, correctionsOf } from './correction.ts';
import { TwoSides } from './correction-parts.tsx';
import { requestsOf } from './correction-request.ts';
import { correctionWords, historyWords } from './correction-words.ts';
import { isOver, maySee, recordedPunches, type Timesheet, timesheetOf, zonesOf } from './timesheet.ts';
import { History, stepText } from './timesheet-history.tsx';
import {
  Approve,
  type MemberReader,
  mayApprove,
  memberReader,
  sheetApi,
  toMendOf,
  troublesOf,
} from './timesheet-member.tsx';
import { DayChart, Exceptions, mattersOf, PaidHours, StateBadge, Verdict } from './timesheet-parts.tsx';
import { historyOf } from './timesheet-state.ts';
import { timesheetWords } from './timesheet-words.ts';
import { UnitReports } from './unit-parts.tsx';

export const timesheetPages = router<CellEnv>();

timesheetPages.get('/timesheets/:engagementId/:startsOn', (c) => {
  const reader = memberReader(c);
  const { db, locale, standing } = reader;
  const say = timesheetWords(locale);
  const startsOn = parseCivilDate(c.req.param('startsOn')) ?? refuse('not-found');
  const sheet = timesheetOf(db, c.req.param('engagementId'), startsOn, c.var.at);
  if (!maySee(db, standing, sheet)) refuse('not-found');
  const recorded = recordedPunches(db, sheet.engagement, sheet.period);
  const mayCorrect =
    sheet.engagement.workerId !== standing.workerId && hasRole(standing, 'owner', 'hr', 'supervisor');
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={workerNameOf(db, sheet.engagement.workerId)}
      lead={`${sheet.engagement.roleTitle} · ${say(sheet.engagement.payPeriod)} · ${sheet.period.startsOn} – ${sheet.period.endsOn}`}
      frame={consoleFrame(c)}
      section="timesheets"
      actions={<StateBadge sheet={sheet} locale={locale} />}
    >
      <Stats
        items={[
          { label: say('hours'), value: hoursText(sheet.seconds) },
          { label: say('days'), value: String(sheet.entries.length) },
          {
            label: say('exceptions'),
            value: String(mattersOf(troublesOf(sheet)).length),
            ...(toMendOf(sheet) > 0 ? { tone: 'bad' as const } : {}),
          },
        ]}
      />
      <Decide sheet={sheet} reader={reader} />
      {sheet.submission || sheet.approval || sheet.reopening ? (
        <Card title={historyWords(locale)('title')}>
          <History sheet={sheet} reader={reader} />
        </Card>
      ) : null}
      {sheet.exceptions.length > 0 ? (
        <Card title={say('exceptions')} id="exceptions">
          <Blocked sheet={sheet} locale={locale} />
          <Exceptions list={sheet.exceptions} locale={locale} />
        </Card>
      ) : null}
      <Card title={say('chart')}>
        <DayChart sheet={sheet} locale={locale} />
        <Days sheet={sheet} reader={reader} />
      </Card>
      <Card title={say('inOut')}>
        <Punches recorded={recorded} reader={reader} sheet={sheet} mayCorrect={mayCorrect} />
      </Card>
      {hasRole(standing, 'owner', 'hr', 'supervisor') ? (
        <>
          <RiskSignals signals={signalsOf(db, sheet.engagement, sheet.period)} locale={locale} />
          <WitnessPhotos recorded={recorded} org={reader.org} db={db} locale={locale} />
        </>
      ) : null}
      <Asked sheet={sheet} reader={reader} />
      <UnitReports sheet={sheet} mayDecide={mayCorrect} shown={reader} />
      <Corrections sheet={sheet} recorded={recorded} reader={reader} />
      {mayCorrect && sheet.approval ? <Notice>{correctionWords(locale)('approvedAlready')}</Notice> : null}
      {mayCorrect ? <AddPunch sheet={sheet} reader={reader} /> : null}
    </ConsolePage>,
  );
});

const Decide: FC<{ sheet: Timesheet; reader: MemberReader }> = ({ sheet, reader }) => {
  const { locale, db, standing } = reader;
  const say = timesheetWords(locale);
  const { approval, submission } = sheet;
  if (!approval) {
    return (
      <>
        {submission?.note ? <Notice>{say('submittedNote', { note: submission.note })}</Notice> : null}
        {sheet.reopening ? <Notice tone="warn">{reopeningText(sheet, reader)}</Notice> : null}
        {submission && submission.digest !== sheet.digest ? (
          <Notice tone="warn">{say('stale')}</Notice>
        ) : null}
        {submission ? null : <Notice>{say('notSubmitted')}</Notice>}
        {sheet.engagement.workerId === standing.workerId ? <Notice tone="warn">{say('own')}</Notice> : null}
        {isOver(db, sheet, reader.at) ? null : (
          <Notice>{say('notOver', { endsOn: sheet.period.endsOn })}</Notice>
        )}
        {mayApprove(sheet, reader) ? <Approve sheet={sheet} reader={reader} /> : null}
      </>
    );
  }
  const zone = zonesOf(db).get(siteIdsOf(db, sheet.engagement.id)[0] ?? '') ?? 'UTC';
  const values = {
    name: nameBehind(db, approval.by),
    at: formatInstant(approval.at, zone, locale),
    clock: hoursText(approval.seconds),
    digest: approval.digest,
  };
  return (
    <Card title={say(sheet.state)}>
      <p>{say('approvedBy', values)}</p>
      {submission ? null : <Notice>{say('notSubmittedApproved')}</Notice>}
      {sheet.changedSinceApproval ? <Notice tone="warn">{say('changedSince')}</Notice> : null}
      {sheet.engagement.workerId === standing.workerId ? null : (
        <ApiForm action={`${sheetApi(reader, sheet)}/reopening`} submit={say('reopen')} tone="warn">
          <Field name="approvalId" label="" kind="hidden" value={approval.id} />
          <Field name="reason" label={say('reason')} required />
        </ApiForm>
      )}
    </Card>
  );
};

/** What to do first. Who is at work has only to clock out, which nobody does for them. */
const Blocked: FC<{ sheet: Timesheet; locale: Locale }> = ({ sheet, locale }) => {
  const say = timesheetWords(locale);
  const kinds = sheet.exceptions.filter(({ blocking }) => blocking).map(({ kind }) => kind);
  const byPunches = kinds.some((kind) => kind !== 'units-unconfirmed' && kind !== 'at-work');
  return (
    <>
      {byPunches ? <Notice tone="warn">{say('blocked')}</Notice> : null}
      {kinds.includes('units-unconfirmed') ? <Notice tone="warn">{say('blockedUnits')}</Notice> : null}
    </>
  );
};

/** Why there is no approval in force any more. */
function reopeningText(sheet: Timesheet, reader: MemberReader): string {
  const steps = historyOf(reader.db, sheet.engagement.id, sheet.period.startsOn);
  const last = steps.filter(({ what }) => what === 'reopened').at(-1);
  return last ? stepText(last, reader) : '';
}

/** What the worker asks for in this period, both words beside each other. */
const Asked: FC<{ sheet: Timesheet; reader: MemberReader }> = ({ sheet, reader }) => {
  const { db, org, locale, at } = reader;
  const say = correctionWords(locale);
  const { startsOn, endsOn } = sheet.period;
  const asked = requestsOf(db, sheet.engagement.id, at).filter(({ day }) => day >= startsOn && day <= endsOn);
  if (asked.length === 0) return null;
  return (
    <Card title={say('requests')} actions={<a href={`/orgs/${org}/corrections`}>{say('decideTitle')}</a>}>
      {asked.map((view) => (
        <TwoSides view={view} reader={reader} />
      ))}
    </Card>
  );
};

const Days: FC<{ sheet: Timesheet; reader: MemberReader }> = ({ sheet, reader: { db, locale } }) => {
  const say = timesheetWords(locale);
  const zones = zonesOf(db);
  const clock = (at: Instant, siteId: string) =>
    formatInstant(at, zones.get(siteId) ?? 'UTC', locale, 'HH:mm');
  const columns: Column<Entry>[] = [
    { head: say('day'), cell: ({ day }) => formatCivilDate(day, locale) },
    {
      head: say('inOut'),
      cell: ({ intervals }) =>
        intervals
          .map(({ startsAt, endsAt, siteId }) => `${clock(startsAt, siteId)}–${clock(endsAt, siteId)}`)
          .join(' · '),
    },
    {
      head: say('site'),
      cell: ({ intervals }) =>
        [...new Set(intervals.map(({ siteId }) => siteOf(db, siteId)?.name ?? ''))].join(' · '),
    },
    { head: say('hours'), cell: (entry) => <PaidHours entry={entry} locale={locale} />, numeric: true },
  ];
  return (
    <Table
      caption={say('days')}
      columns={columns}
      rows={sheet.entries}
      total={[say('total'), '', '', hoursText(sheet.seconds)]}
    />
  );
};

const Punches: FC<{
  recorded: readonly RecordedPunch[];
  sheet: Timesheet;
  reader: MemberReader;
  mayCorrect: boolean;
}> = ({ recorded, sheet, reader, mayCorrect }) => {
  const { locale, db, org } = reader;
  const say = timesheetWords(locale);
  const columns: Column<RecordedPunch>[] = [
    {
      head: say('at'),
      cell: ({ punch, zone }) => formatInstant(punch.effectiveAt, zone, locale, 'MM-dd ccc HH:mm'),
    },
    { head: say('kind'), cell: ({ punch }) => say(punch.kind) },
    { head: say('site'), cell: ({ siteName }) => siteName },
    { head: say('place'), cell: ({ punch }) => <Verdict punch={punch} locale={locale} /> },
    { head: say('metres'), cell: ({ punch }) => String(punch.metres ?? '—'), numeric: true },
    {
      head: say('state'),
      cell: ({ punch, voided }) => (
        <>
          {punch.correctionId ? say('addedBy', { name: nameBehind(db, punch.by) }) : null}{' '}
          {voided === null ? null : <Badge tone="warn">{say('voided', { reason: voided })}</Badge>}
        </>
      ),
    },
    {
      head: '',
      cell: ({ punch, voided }) =>
        mayCorrect && voided === null ? (
          <details>
            <summary>{say('void')}</summary>
            <ApiForm action={`/api/orgs/${org}/corrections/{id}`} submit={say('void')} tone="warn">
              <Field name="kind" label="" kind="hidden" value="void" />
              <Field name="engagementId" label="" kind="hidden" value={sheet.engagement.id} />
              <Field name="punchId" label="" kind="hidden" value={punch.id} />
              <Field name="reason" label={say('reason')} required />
            </ApiForm>
          </details>
        ) : null,
    },
  ];
  return <Table caption={say('inOut')} columns={columns} rows={recorded} />;
};

const Corrections: FC<{ sheet: Timesheet; recorded: readonly RecordedPunch[]; reader: MemberReader }> = ({
  sheet,
  recorded,
  reader: { db, locale },
}) => {
  const say = timesheetWords(locale);
  const zones = zonesOf(db);
  const ours = new Set(recorded.map(({ punch }) => punch.id));
  const list = correctionsOf(db, sheet.engagement.id).filter(({ correction }) =>
    ours.has(correction.punchId),
  );
  if (list.length === 0) return null;
  const what = ({ correction, punch }: CorrectionView) =>
    punch &&
    say(correction.kind === 'add' ? 'correctedAdd' : 'correctedVoid', {
      name: nameBehind(db, correction.by),
      kind: say(punch.kind),
      at: formatInstant(punch.effectiveAt, zones.get(punch.siteId) ?? 'UTC', locale),
    });
  const columns: Column<CorrectionView>[] = [
    { head: say('corrections'), cell: what },
    { head: say('reason'), cell: ({ correction }) => correction.reason },
    {
      head: say('state'),
      cell: (view) => <Answered view={view} locale={locale} />,
    },
  ];
  return (
    <Card title={say('corrections')}>
      <Table caption={say('corrections')} columns={columns} rows={list} />
    </Card>
  );
};

const Answered: FC<{ view: CorrectionView; locale: Locale }> = ({ view: { correction, answer }, locale }) => {
  const say = timesheetWords(locale);
  if (answer === null) return <Badge>{say(correction.requestId === null ? 'awaiting' : 'wasAsked')}</Badge>;
  const accepted = answer.answer === 'accepted';
  return (
    <>
      <Badge tone={accepted ? 'good' : 'bad'}>{say(accepted ? 'accepted' : 'disputedState')}</Badge>{' '}
      {answer.reason}
    </>
  );
};

/** One form a site, because the time is meant in the site's zone. */
const AddPunch: FC<{ sheet: Timesheet; reader: MemberReader }> = ({
  sheet,
  reader: { db, locale, org, standing },
}) => {
  const say = timesheetWords(locale);
  const places = siteIdsOf(db, sheet.engagement.id).flatMap((id) => {
    const site = siteOf(db, id);
    return site && seesSite(standing, site) ? [site] : [];
  });
  return (
    <>
      {places.map((site) => (
        <Card title={`${say('add')} · ${site.name}`}>
          <ApiForm action={`/api/orgs/${org}/corrections/{id}`} submit={say('add')}>
            <Field name="kind" label="" kind="hidden" value="add" />
            <Field name="engagementId" label="" kind="hidden" value={sheet.engagement.id} />
            <Field name="punch.id" label="" kind="hidden" value={newId()} />
            <Field name="punch.siteId" label="" kind="hidden" value={site.id} />
            <SelectField
              name="punch.kind"
              label={say('kind')}
              options={[
                ['out', say('out')],
                ['in', say('in')],
              ]}
            />
            <Field
              name="punch.at"
              label={say('at')}
              kind="instant"
              zone={site.zone}
              hint={site.zone}
              required
            />
            <Field name="reason" label={say('reason')} required />
          </ApiForm>
        </Card>
      ))}
    </>
  );
};
