/** The console's page of a run's payments: what is paid, what is not and why, and what HR does about it. */
import type { FC } from 'hono/jsx';
import { consoleFrame } from '../employer/frame.ts';
import { type Reader, readerOf } from '../employer/reader.ts';
import { requireRole } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { type Minor, sum } from '../kernel/money.ts';
import { approvalOfRun, runOf } from '../pay/pay-run.ts';
import { moneyOf } from '../pay/reader.tsx';
import {
  ApiForm,
  Card,
  ChoicesField,
  type Column,
  Empty,
  Field,
  Notice,
  SelectField,
  Stats,
  Table,
} from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { type BoardRow, type PaymentBoard, paymentBoard, rowsShownMax } from './board.ts';
import { openListFormats } from './open-list.ts';
import { reasonOf, StateBadge } from './payment-parts.tsx';
import { isOpen, mayReissue, type PaymentState, paymentStates } from './payment-state.ts';
import { callOf, orderOf } from './payout.ts';
import { payoutProviders, settingsOf } from './payout-settings.ts';
import { statementKinds } from './statement.ts';
import { paymentWords } from './words.ts';

export const boardPages = router<CellEnv>();

interface BoardReader extends Reader {
  readonly runId: string;
}

boardPages.get('/pay-runs/:id/payments', (c) => {
  requireRole(c, 'owner', 'hr');
  const run = runOf(readerOf(c).db, c.req.param('id'));
  const reader: BoardReader = { ...readerOf(c), runId: run.id };
  const { org, db, locale } = reader;
  const say = paymentWords(locale);
  const only = paymentStates.find((state) => state === c.req.query('state'));
  const board = paymentBoard(db, run.id, only);
  const approved = approvalOfRun(db, run.id) !== undefined;
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={`${say('payments')} · ${run.startsOn} – ${run.endsOn}`}
      lead={say('lead')}
      frame={consoleFrame(c)}
      section="payRuns"
      actions={
        <>
          <a class="button button-plain" href={`/orgs/${org}/pay-runs/${run.id}`}>
            {say('toRun')}
          </a>
          <a class="button button-plain" href={`/orgs/${org}/payment-answers`}>
            {say('importAnswer')}
          </a>
        </>
      }
    >
      {approved ? (
        <Board board={board} only={only} reader={reader} />
      ) : (
        <Empty title={say('notApproved')} href={`/orgs/${org}/pay-runs/${run.id}`} action={say('toRun')}>
          {say('notApprovedMeans')}
        </Empty>
      )}
    </ConsolePage>,
  );
});

const Board: FC<{ board: PaymentBoard; only: PaymentState | undefined; reader: BoardReader }> = ({
  board,
  only,
  reader,
}) => {
  const say = paymentWords(reader.locale);
  const money = moneyOf(reader);
  return (
    <>
      {board.releasing ? <Notice>{say('releasing')}</Notice> : null}
      <Stats
        items={board.counts.map(({ state, payments, amountMinor }) => ({
          label: `${say(state)} · ${money(amountMinor)}`,
          value: String(payments),
          href: `?state=${state}`,
          ...toneOf(state),
        }))}
      />
      {board.counts.some(({ state }) => state === 'disputed') ? (
        <Notice tone="bad">{say('disputedMeans')}</Notice>
      ) : null}
      <Providers board={board} reader={reader} />
      <Card
        title={only ? say(only) : say('payments')}
        actions={only ? <a href="?">{say('all')}</a> : <span />}
      >
        {board.rows.length > 0 ? <Payments rows={board.rows} reader={reader} /> : <p>{say('nothingHere')}</p>}
        {board.more ? <p class="aside">{say('more', { count: rowsShownMax })}</p> : null}
      </Card>
      <Reissue rows={board.rows} reader={reader} />
      <Mark rows={board.rows} reader={reader} />
      <OpenList board={board} reader={reader} />
    </>
  );
};

function toneOf(state: PaymentState): { tone?: 'good' | 'warn' | 'bad' } {
  if (state === 'paid') return { tone: 'good' };
  if (state === 'waiting') return { tone: 'warn' };
  return state === 'rejected' || state === 'returned' || state === 'disputed' ? { tone: 'bad' } : {};
}

const Payments: FC<{ rows: readonly BoardRow[]; reader: BoardReader }> = ({ rows, reader }) => {
  const { locale, org } = reader;
  const say = paymentWords(locale);
  const money = moneyOf(reader);
  const columns: Column<BoardRow>[] = [
    {
      head: say('worker'),
      cell: ({ name, payment }) => <a href={`/orgs/${org}/people/${payment.workerId}`}>{name}</a>,
    },
    { head: say('state'), cell: ({ state }) => <StateBadge state={state} locale={locale} /> },
    { head: say('amount'), cell: ({ payment }) => money(payment.amountMinor), numeric: true },
    {
      head: say('account'),
      cell: ({ payment }) => (
        <>
          {payment.bankName ?? say('noAccount')} {payment.numberMasked}
          {payment.attempt > 1 ? <small> {say('attempt', { n: payment.attempt })}</small> : null}
        </>
      ),
    },
    { head: say('why'), cell: (row) => <Why row={row} reader={reader} /> },
  ];
  return <Table caption={say('payments')} columns={columns} rows={rows} />;
};

const Why: FC<{ row: BoardRow; reader: BoardReader }> = ({ row, reader: { db, locale } }) => {
  const say = paymentWords(locale);
  const why = reasonOf(row, locale);
  if (why)
    return (
      <>
        {why.text} <small>{why.remedy}</small>
      </>
    );
  const trouble = isOpen(row.state) ? callOf(db, row.payment.id)?.lastError : undefined;
  if (!trouble) return null;
  return <small>{trouble === 'GONE' ? say('gone') : say('trouble', { trouble })}</small>;
};

/** Payments into wallets go when somebody lets them go. */
const Providers: FC<{ board: PaymentBoard; reader: BoardReader }> = ({ board, reader }) => (
  <>
    {payoutProviders.map((provider) => {
      const rows = board.rows.filter(
        ({ payment, state }) => payment.channel === provider && state === 'released',
      );
      return rows.length > 0 ? <Provider provider={provider} rows={rows} reader={reader} /> : null;
    })}
  </>
);

const Provider: FC<{
  provider: (typeof payoutProviders)[number];
  rows: readonly BoardRow[];
  reader: BoardReader;
}> = ({ provider, rows, reader }) => {
  const { org, db, locale, runId } = reader;
  const say = paymentWords(locale);
  const amount: Minor = sum(rows.map(({ payment }) => payment.amountMinor));
  const values = { provider: say(provider), count: rows.length, amount: moneyOf(reader)(amount) };
  if (orderOf(db, runId, provider)) return <Notice>{say('sent', values)}</Notice>;
  if (!settingsOf(db, provider)?.on)
    return (
      <Notice tone="warn">
        {say('notSetUp', values)} <a href={`/orgs/${org}/payout-settings`}>{say('providers')}</a>
      </Notice>
    );
  return (
    <Card title={say('letGo', values)}>
      <p>{say('letGoMeans', values)}</p>
      <ApiForm
        action={`/api/orgs/${org}/pay-runs/${runId}/payout-orders/{id}`}
        submit={say('letGo', values)}
        confirm={say('letGoAsk')}
      >
        <Field name="provider" label="" kind="hidden" value={provider} />
      </ApiForm>
    </Card>
  );
};

const optionOf = (row: BoardRow, reader: BoardReader) => {
  const { payment, state, name } = row;
  const say = paymentWords(reader.locale);
  return [payment.id, `${name} · ${moneyOf(reader)(payment.amountMinor)} · ${say(state)}`] as const;
};

const Reissue: FC<{ rows: readonly BoardRow[]; reader: BoardReader }> = ({ rows, reader }) => {
  const { org, locale, runId } = reader;
  const say = paymentWords(locale);
  const over = rows.filter(({ state }) => mayReissue(state));
  if (over.length === 0) return null;
  return (
    <Card title={say('reissueTitle')} id="reissue">
      <p>{say('reissueMeans')}</p>
      <ApiForm
        action={`/api/orgs/${org}/pay-runs/${runId}/reissues/{id}`}
        submit={say('reissue')}
        next={`/orgs/${org}/pay-runs/${runId}/payments`}
      >
        <ChoicesField
          name="paymentIds"
          label={say('choose')}
          options={over.map((row) => optionOf(row, reader))}
          required
        />
      </ApiForm>
    </Card>
  );
};

const statementWords = {
  'said-paid': 'said-paid',
  rejected: 'say-rejected',
  returned: 'say-returned',
  cancelled: 'say-cancelled',
  'decided-paid': 'decided-paid',
  'decided-unpaid': 'decided-unpaid',
} as const;

const Mark: FC<{ rows: readonly BoardRow[]; reader: BoardReader }> = ({ rows, reader }) => {
  const { org, locale, runId } = reader;
  const say = paymentWords(locale);
  const markable = rows.filter(({ state }) => !mayReissue(state));
  if (markable.length === 0) return null;
  const disputed = markable.some(({ state }) => state === 'disputed');
  const kinds = statementKinds.filter((kind) => disputed || !kind.startsWith('decided-'));
  return (
    <Card title={say('markTitle')} id="mark">
      <p>{say('markMeans')}</p>
      <ApiForm
        action={`/api/orgs/${org}/payment-statements/{id}`}
        submit={say('record')}
        tone="plain"
        next={`/orgs/${org}/pay-runs/${runId}/payments`}
      >
        <ChoicesField
          name="paymentIds"
          label={say('which')}
          options={markable.map((row) => optionOf(row, reader))}
          required
        />
        <SelectField
          name="kind"
          label={say('what')}
          options={kinds.map((kind) => [kind, say(statementWords[kind])] as const)}
          required
        />
        <Field name="reason" label={say('reason')} required />
      </ApiForm>
    </Card>
  );
};

const OpenList: FC<{ board: PaymentBoard; reader: BoardReader }> = ({ board, reader }) => {
  const { org, locale, runId } = reader;
  const say = paymentWords(locale);
  if (!board.rows.some(({ state, payment }) => state === 'released' && payment.channel === 'bank-file'))
    return null;
  return (
    <Card title={say('openList')}>
      <p>{say('openListMeans')}</p>
      <p>
        {openListFormats.map((format) => (
          <>
            <a
              class="button button-plain"
              href={`/api/orgs/${org}/pay-runs/${runId}/open-payments/${format}`}
              download
            >
              {say('download', { format: format.toUpperCase() })}
            </a>{' '}
          </>
        ))}
      </p>
    </Card>
  );
};
