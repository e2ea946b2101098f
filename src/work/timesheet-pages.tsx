/** The console's timesheets: a period at a glance with what needs a person first, and one timesheet with all its facts. */
import type { FC } from 'hono/jsx';
import { consoleFrame } from '../employer/frame.ts';
import { type Reader, readerOf } from '../employer/reader.ts';
import { siteOf } from '../employer/site.ts';
import { hasRole, requireRole, type Standing, seesSite } from '../employer/standing.ts';
import type { CellEnv, CellRequest } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { workerNameOf } from '../identity/name.ts';
import { newId } from '../kernel/id.ts';
import { type Locale, refuse } from '../kernel/refusal.ts';
import {
  addDays,
  type CivilDate,
  formatCivilDate,
  formatInstant,
  type Instant,
  type PayPeriodKind,
  parseCivilDate,
  payPeriodOf,
} from '../kernel/time.ts';
import { collectInTurns } from '../store/turns.ts';
import {
  ApiForm,
  Badge,
  Card,
  type Column,
  Empty,
  Field,
  Notice,
  SelectField,
  Stats,
  Table,
} from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { type CorrectionView, correctionsOf } from './correction.ts';
import { siteIdsOf } from './engagement.ts';
import type { Entry } from './entries.ts';
import { RiskSignals, WitnessPhotos } from './risk-parts.tsx';
import { signalsOf } from './risk-signals.ts';
import {
  isOver,
  maySee,
  nameBehind,
  type RecordedPunch,
  recordedPunches,
  type Timesheet,
  timesheetOf,
  zonesOf,
} from './timesheet.ts';
import { periodsInUse, timesheetChunks } from './timesheet-list.ts';
import { DayChart, Exceptions, StateBadge, Verdict } from './timesheet-parts.tsx';
import { exceptionWords, hoursText, timesheetWords } from './timesheet-words.ts';

export const timesheetPages = router<CellEnv>();

interface MemberReader extends Reader {
  readonly standing: Standing;
}

const memberReader = (c: CellRequest): MemberReader => ({
  standing: requireRole(c, 'owner', 'hr', 'supervisor', 'approver'),
  ...readerOf(c),
});

type Named = Timesheet & { readonly workerName: string };
const kinds: readonly PayPeriodKind[] = ['weekly', 'semi-monthly', 'monthly'];
const blockingOf = (sheet: Timesheet) => sheet.exceptions.filter(({ blocking }) => blocking).length;
/** What needs a person first: to be mended, to be looked at, to be approved, done. */
const urgency = (sheet: Timesheet) =>
  sheet.changedSinceApproval
    ? 0
    : sheet.approval
      ? 4
      : blockingOf(sheet) > 0
        ? 1
        : sheet.exceptions.length > 0
          ? 2
          : 3;

timesheetPages.get('/timesheets', async (c) => {
  const reader = memberReader(c);
  const say = timesheetWords(reader.locale);
  const inUse = periodsInUse(reader.db, reader.standing, c.var.at);
  const payPeriod =
    kinds.find((kind) => kind === c.req.query('payPeriod')) ?? inUse[0]?.payPeriod ?? 'monthly';
  const chosen =
    parseCivilDate(c.req.query('startsOn') ?? '') ??
    inUse.find((one) => one.payPeriod === payPeriod)?.startsOn;
  const period = payPeriodOf(payPeriod, chosen ?? (c.var.at.slice(0, 10) as CivilDate));
  const site = c.req.query('site') ?? '';
  const state = c.req.query('state') ?? '';
  const all = await collectInTurns(
    timesheetChunks(reader.db, reader.standing, payPeriod, period.startsOn, c.var.at),
  );
  const shown = all
    .filter((sheet) => site === '' || siteIdsOf(reader.db, sheet.engagement.id).includes(site))
    .filter((sheet) => state === '' || sheet.state === state)
    .sort((a, b) => urgency(a) - urgency(b));
  const link = (startsOn: CivilDate, kind = payPeriod) =>
    `/orgs/${reader.org}/timesheets?payPeriod=${kind}&startsOn=${startsOn}`;
  return page(
    c,
    <ConsolePage
      locale={reader.locale}
      title={`${say('timesheets')} · ${period.startsOn} – ${period.endsOn}`}
      lead={say('timesheetsLead')}
      frame={consoleFrame(c)}
      section="timesheets"
      actions={
        <>
          <a
            class="button button-plain"
            href={link(payPeriodOf(payPeriod, addDays(period.startsOn, -1)).startsOn)}
          >
            ‹ {say('previousPeriod')}
          </a>{' '}
          <a class="button button-plain" href={link(addDays(period.endsOn, 1))}>
            {say('nextPeriod')} ›
          </a>
        </>
      }
    >
      {inUse.length > 1 ? (
        <nav class="pills" aria-label={say('period')}>
          {inUse.map((one) => (
            <a
              href={link(one.startsOn, one.payPeriod)}
              {...(one.payPeriod === payPeriod ? { 'aria-current': 'page' } : {})}
            >
              {say(one.payPeriod)}
            </a>
          ))}
        </nav>
      ) : null}
      <Counts sheets={all} reader={reader} />
      <Filter
        reader={reader}
        sheets={all}
        payPeriod={payPeriod}
        startsOn={period.startsOn}
        site={site}
        state={state}
      />
      {shown.length > 0 ? (
        <SheetList sheets={shown} reader={reader} />
      ) : (
        <Empty title={say('noSheets')}>{say('noSheetsMeans')}</Empty>
      )}
    </ConsolePage>,
  );
});

const Counts: FC<{ sheets: readonly Named[]; reader: MemberReader }> = ({ sheets, reader }) => {
  const say = timesheetWords(reader.locale);
  const toMend = sheets.filter((sheet) => !sheet.approval && blockingOf(sheet) > 0).length;
  const approved = sheets.filter(({ approval }) => approval).length;
  return (
    <Stats
      items={[
        { label: say('toMend'), value: String(toMend), ...(toMend > 0 ? { tone: 'bad' as const } : {}) },
        {
          label: say('toApprove'),
          value: String(sheets.filter((sheet) => mayApprove(sheet, reader)).length),
        },
        { label: say('approved'), value: String(approved), tone: 'good' },
        { label: say('totalHours'), value: hoursText(sheets.reduce((sum, { seconds }) => sum + seconds, 0)) },
      ]}
    />
  );
};

const Filter: FC<{
  reader: MemberReader;
  sheets: readonly Named[];
  payPeriod: string;
  startsOn: string;
  site: string;
  state: string;
}> = ({ reader, sheets, payPeriod, startsOn, site, state }) => {
  const say = timesheetWords(reader.locale);
  const ids = new Set(sheets.flatMap(({ engagement }) => siteIdsOf(reader.db, engagement.id)));
  const options = [...ids].map((id) => [id, siteOf(reader.db, id)?.name ?? id] as const);
  const states = (['open', 'submitted', 'approved'] as const).map((one) => [one, say(one)] as const);
  return (
    <form class="filter" method="get">
      <input type="hidden" name="payPeriod" value={payPeriod} />
      <input type="hidden" name="startsOn" value={startsOn} />
      <SelectField name="site" label={say('bySite')} value={site} options={[['', say('all')], ...options]} />
      <SelectField
        name="state"
        label={say('byState')}
        value={state}
        options={[['', say('all')], ...states]}
      />
      <button type="submit" class="button button-plain">
        {say('filter')}
      </button>
    </form>
  );
};

const SheetList: FC<{ sheets: readonly Named[]; reader: MemberReader }> = ({ sheets, reader }) => {
  const say = timesheetWords(reader.locale);
  const columns: Column<Named>[] = [
    {
      head: say('worker'),
      cell: (sheet) => (
        <a href={`/orgs/${reader.org}/timesheets/${sheet.engagement.id}/${sheet.period.startsOn}`}>
          {sheet.workerName}
        </a>
      ),
    },
    { head: say('role'), cell: ({ engagement }) => engagement.roleTitle },
    { head: say('state'), cell: (sheet) => <StateBadge sheet={sheet} locale={reader.locale} /> },
    { head: say('exceptions'), cell: (sheet) => <ExceptionKinds sheet={sheet} locale={reader.locale} /> },
    { head: say('days'), cell: ({ entries }) => String(entries.length), numeric: true },
    { head: say('hours'), cell: ({ seconds }) => hoursText(seconds), numeric: true },
    {
      head: '',
      cell: (sheet) => (mayApprove(sheet, reader) ? <Approve sheet={sheet} reader={reader} /> : null),
    },
  ];
  const total = hoursText(sheets.reduce((sum, { seconds }) => sum + seconds, 0));
  return (
    <Table
      caption={say('timesheets')}
      columns={columns}
      rows={sheets}
      total={[say('total'), '', '', '', '', total, '']}
    />
  );
};

const ExceptionKinds: FC<{ sheet: Timesheet; locale: Locale }> = ({ sheet, locale }) => {
  const say = exceptionWords(locale);
  const byKind = new Map(sheet.exceptions.map((one) => [one.kind, one]));
  return (
    <span class="badges is-wrapping">
      {[...byKind.values()].map(({ kind, blocking }) => (
        <Badge tone={blocking ? 'bad' : 'warn'}>{say(kind)}</Badge>
      ))}
    </span>
  );
};

function mayApprove(sheet: Timesheet, { db, standing, at }: MemberReader): boolean {
  return (
    !sheet.approval &&
    sheet.entries.length > 0 &&
    blockingOf(sheet) === 0 &&
    sheet.engagement.workerId !== standing.workerId &&
    isOver(db, sheet, at)
  );
}

const apiOf = ({ org }: MemberReader, { engagement, period }: Timesheet) =>
  `/api/orgs/${org}/engagements/${engagement.id}/timesheets/${period.startsOn}`;

const Approve: FC<{ sheet: Timesheet; reader: MemberReader }> = ({ sheet, reader }) => (
  <ApiForm action={`${apiOf(reader, sheet)}/approval`} submit={timesheetWords(reader.locale)('approve')}>
    <Field name="digest" label="" kind="hidden" value={sheet.digest} />
  </ApiForm>
);

// ---- one timesheet

timesheetPages.get('/timesheets/:engagementId/:startsOn', (c) => {
  const reader = memberReader(c);
  const { db, locale, standing } = reader;
  const say = timesheetWords(locale);
  const startsOn = parseCivilDate(c.req.param('startsOn')) ?? refuse('not-found');
  const sheet = timesheetOf(db, c.req.param('engagementId'), startsOn, c.var.at);
  if (!maySee(db, standing, sheet)) refuse('not-found');
  const recorded = recordedPunches(db, sheet.engagement, sheet.period);
  const mayCorrect =
    !sheet.approval &&
    sheet.engagement.workerId !== standing.workerId &&
    hasRole(standing, 'owner', 'hr', 'supervisor');
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
            value: String(sheet.exceptions.length),
            ...(blockingOf(sheet) > 0 ? { tone: 'bad' as const } : {}),
          },
        ]}
      />
      <Decide sheet={sheet} reader={reader} />
      {sheet.exceptions.length > 0 ? (
        <Card title={say('exceptions')}>
          {blockingOf(sheet) > 0 ? <Notice tone="warn">{say('blocked')}</Notice> : null}
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
      <Corrections sheet={sheet} recorded={recorded} reader={reader} />
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
        {submission && sheet.state === 'open' ? <Notice tone="warn">{say('stale')}</Notice> : null}
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
    <Card title={say('approved')}>
      <p>{say('approvedBy', values)}</p>
      {submission ? null : <Notice>{say('notSubmittedApproved')}</Notice>}
      {sheet.changedSinceApproval ? <Notice tone="warn">{say('changedSince')}</Notice> : null}
      <ApiForm action={`${apiOf(reader, sheet)}/reopening`} submit={say('reopen')} tone="warn">
        <Field name="reason" label={say('reason')} required />
      </ApiForm>
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
    { head: say('hours'), cell: ({ seconds }) => hoursText(seconds), numeric: true },
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
      cell: ({ punch, zone }) => formatInstant(punch.effectiveAt, zone, locale, 'MM-dd ccc HH:mm:ss'),
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
      cell: ({ answer }) => (
        <>
          <Badge tone={answer === null ? 'quiet' : answer.answer === 'accepted' ? 'good' : 'bad'}>
            {say(answer === null ? 'awaiting' : answer.answer === 'accepted' ? 'accepted' : 'disputedState')}
          </Badge>{' '}
          {answer?.reason}
        </>
      ),
    },
  ];
  return (
    <Card title={say('corrections')}>
      <Table caption={say('corrections')} columns={columns} rows={list} />
    </Card>
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
