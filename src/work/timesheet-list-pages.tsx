/** The console's timesheets of a period: what needs a person first, the clean ones to approve in one go, then the rest. */
import type { FC } from 'hono/jsx';
import { consoleFrame } from '../employer/frame.ts';
import { siteOf } from '../employer/site.ts';
import { hasRole } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import {
  addDays,
  type CivilDate,
  civilDateAt,
  daysBetween,
  type PayPeriodKind,
  parseCivilDate,
  payPeriodOf,
} from '../kernel/time.ts';
import { collectInTurns } from '../store/turns.ts';
import { Badge, Card, type Column, Empty, Notice, SelectField, Stats, Table } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { requestsToDecide } from './correction-request.ts';
import { correctionWords } from './correction-words.ts';
import { siteIdsOf } from './engagement.ts';
import { waitsSince } from './reminder.ts';
import { isOver, type Timesheet } from './timesheet.ts';
import { periodsInUse, timesheetChunks } from './timesheet-list.ts';
import {
  Approve,
  blockingOf,
  type MemberReader,
  mayApprove,
  memberReader,
  sheetHref,
} from './timesheet-member.tsx';
import { StateBadge } from './timesheet-parts.tsx';
import { timesheetStates } from './timesheet-state.ts';
import { exceptionWords, hoursText, timesheetWords } from './timesheet-words.ts';

export const timesheetListPages = router<CellEnv>();

type Named = Timesheet & { readonly workerName: string };
const kinds: readonly PayPeriodKind[] = ['weekly', 'semi-monthly', 'monthly'];

timesheetListPages.get('/timesheets', async (c) => {
  const reader = memberReader(c);
  const { db, org, locale, standing } = reader;
  const say = timesheetWords(locale);
  const inUse = periodsInUse(db, standing, c.var.at);
  const payPeriod =
    kinds.find((kind) => kind === c.req.query('payPeriod')) ?? inUse[0]?.payPeriod ?? 'monthly';
  const chosen =
    parseCivilDate(c.req.query('startsOn') ?? '') ??
    inUse.find((one) => one.payPeriod === payPeriod)?.startsOn;
  const period = payPeriodOf(payPeriod, chosen ?? reader.today);
  const site = c.req.query('site') ?? '';
  const state = c.req.query('state') ?? '';
  const all = await collectInTurns(timesheetChunks(db, standing, payPeriod, period.startsOn, c.var.at));
  const shown = all
    .filter((sheet) => site === '' || siteIdsOf(db, sheet.engagement.id).includes(site))
    .filter((sheet) => state === '' || sheet.state === state);
  const link = (startsOn: CivilDate, kind = payPeriod) =>
    `/orgs/${org}/timesheets?payPeriod=${kind}&startsOn=${startsOn}`;
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={`${say('timesheets')} · ${period.startsOn} – ${period.endsOn}`}
      lead={say('timesheetsLead')}
      frame={consoleFrame(c)}
      section="timesheets"
      scripts={['bulk']}
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
      <Requests reader={reader} />
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
        <Sections sheets={shown} reader={reader} />
      ) : (
        <Empty title={say('noSheets')}>{say('noSheetsMeans')}</Empty>
      )}
    </ConsolePage>,
  );
});

/** Corrections that workers ask for come before their hours are approved. */
const Requests: FC<{ reader: MemberReader }> = ({ reader: { db, org, locale, standing, at } }) => {
  const waiting = hasRole(standing, 'owner', 'hr', 'supervisor') ? requestsToDecide(db, standing, at) : [];
  if (waiting.length === 0) return null;
  const say = correctionWords(locale);
  return (
    <Notice tone="warn" title={say('requests')}>
      <a href={`/orgs/${org}/corrections`}>{say('askedFor', { count: waiting.length })}</a>
    </Notice>
  );
};

const Counts: FC<{ sheets: readonly Named[]; reader: MemberReader }> = ({ sheets, reader }) => {
  const say = timesheetWords(reader.locale);
  const toMend = sheets.filter((sheet) => !sheet.approval && blockingOf(sheet) > 0).length;
  const toApprove = sheets.filter((sheet) => mayApprove(sheet, reader));
  const approved = sheets.filter(({ approval }) => approval).length;
  const oldest = Math.max(0, ...toApprove.map((sheet) => waitingDays(sheet, reader)));
  return (
    <Stats
      items={[
        { label: say('toMend'), value: String(toMend), ...(toMend > 0 ? { tone: 'bad' as const } : {}) },
        {
          label: oldest > 0 ? say('toApproveSince', { count: oldest }) : say('toApprove'),
          value: String(toApprove.length),
          ...(oldest > 0 ? { tone: 'warn' as const } : {}),
        },
        { label: say('approved'), value: String(approved), tone: 'good' },
        { label: say('totalHours'), value: hoursOf(sheets) },
      ]}
    />
  );
};

/** Whole days since somebody could have approved it. */
function waitingDays(sheet: Timesheet, { db, zone, today }: MemberReader): number {
  return Math.max(0, daysBetween(civilDateAt(waitsSince(db, sheet), zone), today));
}

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
  const states = timesheetStates.map((one) => [one, say(one)] as const);
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

const Sections: FC<{ sheets: readonly Named[]; reader: MemberReader }> = ({ sheets, reader }) => {
  const say = timesheetWords(reader.locale);
  const needsLook = (sheet: Named) =>
    sheet.changedSinceApproval || (!sheet.approval && sheet.exceptions.length > 0);
  const look = sheets.filter(needsLook).sort((a, b) => blockingOf(b) - blockingOf(a));
  const clean = sheets.filter((sheet) => !needsLook(sheet) && mayApprove(sheet, reader));
  const rest = sheets.filter((sheet) => !look.includes(sheet) && !clean.includes(sheet));
  return (
    <>
      {look.length > 0 ? (
        <Card title={`${say('lookFirst')} (${look.length})`}>
          <SheetTable sheets={look} reader={reader} caption={say('lookFirst')} />
        </Card>
      ) : null}
      {clean.length > 0 ? <Bulk sheets={clean} reader={reader} /> : null}
      {rest.length > 0 ? (
        <Card title={look.length + clean.length > 0 ? say('others') : say('timesheets')}>
          <SheetTable sheets={rest} reader={reader} caption={say('others')} />
        </Card>
      ) : null}
    </>
  );
};

const columnsOf = (reader: MemberReader): Column<Named>[] => {
  const say = timesheetWords(reader.locale);
  return [
    { head: say('worker'), cell: (sheet) => <a href={sheetHref(reader, sheet)}>{sheet.workerName}</a> },
    { head: say('role'), cell: ({ engagement }) => engagement.roleTitle },
    {
      head: say('state'),
      cell: (sheet) => (
        <>
          <StateBadge sheet={sheet} locale={reader.locale} />
          <Age sheet={sheet} reader={reader} />
        </>
      ),
    },
    { head: say('exceptions'), cell: (sheet) => <ExceptionKinds sheet={sheet} reader={reader} /> },
    { head: say('days'), cell: ({ entries }) => String(entries.length), numeric: true },
    { head: say('hours'), cell: ({ seconds }) => hoursText(seconds), numeric: true },
  ];
};

const Age: FC<{ sheet: Timesheet; reader: MemberReader }> = ({ sheet, reader }) => {
  if (sheet.approval || sheet.entries.length === 0 || !isOver(reader.db, sheet, reader.at)) return null;
  const days = waitingDays(sheet, reader);
  return days > 0 ? (
    <small class="aside"> {timesheetWords(reader.locale)('forDays', { count: days })}</small>
  ) : null;
};

const SheetTable: FC<{ sheets: readonly Named[]; reader: MemberReader; caption: string }> = ({
  sheets,
  reader,
  caption,
}) => (
  <Table
    caption={caption}
    columns={[
      ...columnsOf(reader),
      {
        head: '',
        cell: (sheet: Named) =>
          mayApprove(sheet, reader) ? <Approve sheet={sheet} reader={reader} /> : null,
      },
    ]}
    rows={sheets}
    total={[timesheetWords(reader.locale)('total'), '', '', '', '', hoursOf(sheets), '']}
  />
);

const hoursOf = (sheets: readonly Named[]) =>
  hoursText(sheets.reduce((total, { seconds }) => total + seconds, 0));

/** Each says what to do; the link leads to where it is done. */
const ExceptionKinds: FC<{ sheet: Timesheet; reader: MemberReader }> = ({ sheet, reader }) => {
  const say = exceptionWords(reader.locale);
  const byKind = new Map(sheet.exceptions.map((one) => [one.kind, one]));
  return (
    <span class="badges is-wrapping">
      {[...byKind.values()].map(({ kind, blocking }) => (
        <a href={`${sheetHref(reader, sheet)}#exceptions`}>
          <Badge tone={blocking ? 'bad' : 'warn'}>{say(kind)}</Badge>
        </a>
      ))}
    </span>
  );
};

/** Clean hours, each by the digest that is shown; the client module `bulk` sends the chosen ones and shows each answer. */
const Bulk: FC<{ sheets: readonly Named[]; reader: MemberReader }> = ({ sheets, reader }) => {
  const say = timesheetWords(reader.locale);
  const { org } = reader;
  const [first] = sheets;
  const period = `payPeriod=${first?.engagement.payPeriod}&startsOn=${first?.period.startsOn}`;
  const sheetsHref = `/orgs/${org}/timesheets?${period}`;
  const columns: Column<Named>[] = [
    {
      head: say('choose'),
      cell: ({ engagement, period, digest, workerName }) => (
        <input
          type="checkbox"
          class="bulk-choice"
          checked
          aria-label={`${workerName} · ${engagement.roleTitle}`}
          data-engagement={engagement.id}
          data-starts-on={period.startsOn}
          data-digest={digest}
        />
      ),
    },
    // On a phone what is approved, whose and how much, stands before what scrolls away.
    ...(['worker', 'hours', 'days', 'state', 'role'] as const).flatMap((name) =>
      columnsOf(reader).filter(({ head }) => head === say(name)),
    ),
    { head: '', cell: ({ engagement }) => <span role="status" data-result={engagement.id} /> },
  ];
  return (
    <Card title={`${say('clean')} (${sheets.length})`}>
      <p>{say('cleanMeans')}</p>
      <form
        class="bulk"
        data-bulk={`/api/orgs/${org}/timesheet-approvals/`}
        data-say-approved={say('approved')}
        data-say-submit={say('approveMany', { count: '{{count}}' })}
      >
        <Table
          caption={say('clean')}
          columns={columns}
          rows={sheets}
          total={[say('total'), '', hoursOf(sheets), '', '', '', '']}
        />
        <p class="form-problem" role="alert" hidden />
        <p hidden data-again>
          <a href={sheetsHref}>{say('lookAgain')}</a>
        </p>
        <button type="submit" class="button button-primary">
          {say('approveMany', { count: sheets.length })}
        </button>
      </form>
    </Card>
  );
};
