/** The console's page of a client's billing: rates beside pay, the statement as it stands, and those issued. */
import type { FC } from 'hono/jsx';
import { consoleFrame } from '../employer/frame.ts';
import { memberNameOf } from '../employer/member.ts';
import { type Reader, readerOf, shownAt } from '../employer/reader.ts';
import { hasRole, requireRole } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { durationText } from '../http/sheet.ts';
import { formatMoney, type Minor, minorDigits } from '../kernel/money.ts';
import { refuse } from '../kernel/refusal.ts';
import { addDays, type CivilRange, parseCivilDate, payPeriodOf } from '../kernel/time.ts';
import { ApiForm, Badge, Card, Empty, Field, Notice, Stats, Table } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { type BillRate, billRatesOf } from './bill-rate.ts';
import {
  clientOf,
  type DraftStatement,
  draftStatement,
  type IssuedView,
  statementsOfClient,
} from './client-statement.ts';
import { payRangeAt } from './pay-beside.ts';
import type { StatementLine } from './statement.ts';
import { billingWords } from './words.ts';

export const billingPages = router<CellEnv>();

billingPages.get('/clients/:id', async (c) => {
  const standing = requireRole(c, 'owner', 'hr', 'approver');
  const reader = readerOf(c);
  const { db, locale, org } = reader;
  const say = billingWords(locale);
  const client = clientOf(db, c.req.param('id')) ?? refuse('not-found');
  const bills = hasRole(standing, 'owner', 'hr');
  const isTheirs = standing.roles.some(({ role, clientId }) => role === 'approver' && clientId === client.id);
  if (!bills && !isTheirs) refuse('not-found');
  const period = periodAsked(reader, c.req.query('startsOn'), c.req.query('endsOn'));
  const draft = bills ? await draftStatement(db, client.id, period, c.var.at) : undefined;
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={`${client.name} · ${say('title')}`}
      lead={say('lead')}
      frame={consoleFrame(c)}
      section={bills ? 'sites' : 'timesheets'}
      actions={
        bills ? (
          <a class="button button-plain" href={`/orgs/${org}/sites`}>
            {say('back')}
          </a>
        ) : null
      }
    >
      {draft ? <Draft draft={draft} clientId={client.id} period={period} reader={reader} /> : null}
      <Issued statements={statementsOfClient(db, client.id)} reader={reader} />
      {bills ? <Rates clientId={client.id} reader={reader} /> : null}
    </ConsolePage>,
  );
});

/** Last month, unless other days were asked for. */
function periodAsked({ today }: Reader, startsOn = '', endsOn = ''): CivilRange {
  const lastMonth = payPeriodOf('monthly', addDays(payPeriodOf('monthly', today).startsOn, -1));
  const from = parseCivilDate(startsOn) ?? lastMonth.startsOn;
  const to = parseCivilDate(endsOn) ?? lastMonth.endsOn;
  return from <= to ? { startsOn: from, endsOn: to } : lastMonth;
}

const moneyOf =
  ({ currency, locale }: Reader) =>
  (amount: Minor) =>
    formatMoney(amount, currency, locale);

interface DraftProps {
  readonly draft: DraftStatement;
  readonly clientId: string;
  readonly period: CivilRange;
  readonly reader: Reader;
}

const Draft: FC<DraftProps> = ({ draft, clientId, period, reader }) => {
  const { org, locale } = reader;
  const say = billingWords(locale);
  const { statement } = draft.content;
  const mayIssue = statement.lines.length > 0 && statement.withoutRate.length === 0;
  return (
    <Card title={`${say('statement')} · ${period.startsOn} – ${period.endsOn}`}>
      <form class="filter" method="get">
        <Field name="startsOn" label={say('startsOn')} kind="date" value={period.startsOn} required />
        <Field name="endsOn" label={say('endsOn')} kind="date" value={period.endsOn} required />
        <button type="submit" class="button button-plain">
          {say('show')}
        </button>
      </form>
      {statement.withoutRate.map(({ roleTitle, on }) => (
        <Notice tone="bad">{say('withoutRate', { role: roleTitle, day: on })}</Notice>
      ))}
      {draft.waiting.length > 0 ? (
        <Notice tone="warn" title={say('waiting')}>
          {draft.waiting
            .map(({ workerName, seconds }) => `${workerName} ${durationText(seconds)}`)
            .join(locale === 'en' ? ', ' : '，')}
        </Notice>
      ) : null}
      {statement.lines.length > 0 ? (
        <>
          <Totals draft={draft} reader={reader} />
          <Lines lines={statement.lines} reader={reader} />
          <p>{say('statementMeans')}</p>
        </>
      ) : (
        <Empty title={say('nothing')} href={`/orgs/${org}/timesheets`} action={say('toTimesheets')}>
          {say('nothingMeans')}
        </Empty>
      )}
      {mayIssue ? (
        <>
          <p>{say('issueMeans')}</p>
          <ApiForm action={`/api/orgs/${org}/client-statements/{id}`} submit={say('issue')}>
            <Field name="clientId" label="" kind="hidden" value={clientId} />
            <Field name="startsOn" label="" kind="hidden" value={period.startsOn} />
            <Field name="endsOn" label="" kind="hidden" value={period.endsOn} />
            <Field name="digest" label="" kind="hidden" value={draft.digest} />
          </ApiForm>
        </>
      ) : null}
    </Card>
  );
};

const Totals: FC<{ draft: DraftStatement; reader: Reader }> = ({ draft, reader }) => {
  const say = billingWords(reader.locale);
  const money = moneyOf(reader);
  const { statement } = draft.content;
  return (
    <Stats
      items={[
        { label: say('total'), value: money(statement.amountMinor) },
        { label: say('hours'), value: durationText(statement.seconds) },
        ...statement.sites.map(({ siteName, amountMinor }) => ({
          label: siteName,
          value: money(amountMinor),
        })),
      ]}
    />
  );
};

const Lines: FC<{ lines: readonly StatementLine[]; reader: Reader }> = ({ lines, reader }) => {
  const say = billingWords(reader.locale);
  const money = moneyOf(reader);
  return (
    <Table
      caption={say('statement')}
      rows={lines}
      columns={[
        { head: say('site'), cell: ({ siteName }) => siteName },
        { head: say('worker'), cell: ({ workerName }) => workerName },
        { head: say('role'), cell: ({ roleTitle }) => roleTitle },
        { head: say('hours'), cell: ({ seconds }) => durationText(seconds), numeric: true },
        { head: say('rate'), cell: ({ rateMinor }) => money(rateMinor), numeric: true },
        { head: say('amount'), cell: ({ amountMinor }) => money(amountMinor), numeric: true },
        {
          head: say('approvedBy'),
          cell: ({ approvals }) => [...new Set(approvals.map(({ byName }) => byName))].join(', '),
        },
      ]}
    />
  );
};

const Issued: FC<{ statements: readonly IssuedView[]; reader: Reader }> = ({ statements, reader }) => {
  const { db, org, locale } = reader;
  const say = billingWords(locale);
  const money = moneyOf(reader);
  return (
    <Card title={say('issued')}>
      {statements.length > 0 ? (
        <Table
          caption={say('issued')}
          rows={statements}
          columns={[
            { head: say('period'), cell: ({ startsOn, endsOn }) => `${startsOn} – ${endsOn}` },
            { head: say('amount'), cell: ({ amountMinor }) => money(amountMinor), numeric: true },
            {
              head: '',
              cell: ({ replaced, differenceMinor }) => (
                <>
                  <Badge tone={replaced ? 'quiet' : 'good'}>{say(replaced ? 'replaced' : 'current')}</Badge>
                  {differenceMinor === undefined ? null : (
                    <small> {say('difference', { amount: money(differenceMinor) })}</small>
                  )}
                </>
              ),
            },
            { head: say('issuedAt'), cell: ({ at }) => shownAt(reader, at) },
            { head: say('by'), cell: ({ by }) => memberNameOf(db, by) },
            {
              head: say('download'),
              cell: ({ id }) => (
                <>
                  <a href={`/api/orgs/${org}/client-statements/${id}/pdf`}>PDF</a>{' '}
                  <a href={`/api/orgs/${org}/client-statements/${id}/xlsx`}>XLSX</a>
                </>
              ),
            },
          ]}
        />
      ) : (
        <p>{say('noneIssued')}</p>
      )}
    </Card>
  );
};

const Rates: FC<{ clientId: string; reader: Reader }> = ({ clientId, reader }) => {
  const { db, org, locale, currency, today } = reader;
  const say = billingWords(locale);
  const money = moneyOf(reader);
  const rates = billRatesOf(db, clientId).reverse();
  const pay = (rate: BillRate) => {
    const range = payRangeAt(db, clientId, rate.roleTitle, today);
    if (!range) return '—';
    return range.leastMinor === range.mostMinor
      ? money(range.leastMinor)
      : `${money(range.leastMinor)} – ${money(range.mostMinor)}`;
  };
  return (
    <Card title={say('rates')} id="rates">
      <p>{say('ratesMean')}</p>
      {rates.length > 0 ? (
        <Table
          caption={say('rates')}
          rows={rates}
          columns={[
            { head: say('from'), cell: ({ effectiveOn }) => effectiveOn },
            { head: say('role'), cell: ({ roleTitle }) => roleTitle || say('everyRole') },
            { head: say('rate'), cell: ({ hourlyRateMinor }) => money(hourlyRateMinor), numeric: true },
            { head: say('payNow'), cell: pay, numeric: true },
          ]}
        />
      ) : (
        <Empty title={say('noRates')}>{say('noRatesMean')}</Empty>
      )}
      <ApiForm action={`/api/orgs/${org}/clients/${clientId}/bill-rates/{id}`} submit={say('addRate')}>
        <Field name="roleTitle" label={say('role')} hint={say('roleHint')} autocomplete="off" />
        <Field
          name="hourlyRateMinor"
          label={`${say('rate')} (${currency})`}
          kind="money"
          currencyDigits={minorDigits(currency)}
          required
        />
        <Field name="effectiveOn" label={say('from')} kind="date" value={today} required />
      </ApiForm>
    </Card>
  );
};
