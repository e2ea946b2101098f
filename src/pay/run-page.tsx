/** The board of one run: checks first, then figures, lines, approval and files. */
import type { FC } from 'hono/jsx';
import { consoleFrame } from '../employer/frame.ts';
import { memberNameOf } from '../employer/member.ts';
import { type Reader, readerOf } from '../employer/reader.ts';
import { requireRole } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { workerNameOf } from '../identity/name.ts';
import { minor } from '../kernel/money.ts';
import { formatInstant } from '../kernel/time.ts';
import { ApiForm, Card, Field, Notice, Stats, Table } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import {
  type Change,
  linesOfOne,
  type RunBoard,
  rowsPerPage,
  runBoard,
  runChanges,
  type WorkerRow,
  workerRows,
} from './board.ts';
import { formatStates, RunFiles } from './file-pages.tsx';
import type { FormatState } from './file-parts.tsx';
import { runView } from './pay-run.ts';
import { apiOf, LineList, moneyOf } from './reader.tsx';
import { Checks } from './run-checks.tsx';
import { RunState } from './run-state.tsx';
import { clockText } from './why.ts';
import { BarChart } from './why-view.tsx';
import { payWords } from './words.ts';
import { isJump } from './worker-checks.ts';

export const runPages = router<CellEnv>();

runPages.get('/pay-runs/:id', async (c) => {
  const { personId } = requireRole(c, 'owner', 'hr');
  const reader = readerOf(c);
  const say = payWords(reader.locale);
  const board = runBoard(reader.db, c.req.param('id'), c.var.at);
  const { run, calculation, approval, underWay } = board;
  const mine = [run.by, calculation?.by].includes(`person:${personId}`);
  const chosen = c.req.query('worker');
  const states = approval ? await formatStates(c.env.cell, run.id, calculation?.workers ?? 0, reader) : [];
  return page(
    c,
    <ConsolePage
      locale={reader.locale}
      title={`${run.startsOn} – ${run.endsOn}`}
      lead={`${say(run.payPeriod)} · ${say('paysOn')} ${run.paysOn}${run.note ? ` · ${run.note}` : ''}`}
      frame={consoleFrame(c)}
      section="payRuns"
      actions={<RunState view={board} locale={reader.locale} />}
      scripts={underWay ? ['live'] : ['approve-run']}
    >
      {approval ? <Approved board={board} reader={reader} /> : <Checks board={board} reader={reader} />}
      {board.unconfigured ? (
        <Notice tone="warn">{say('nothingWithheld', { country: board.country })}</Notice>
      ) : null}
      {calculation ? <Totals board={board} reader={reader} /> : null}
      {calculation ? (
        <Workers
          board={board}
          reader={reader}
          after={c.req.query('after') ?? ''}
          search={c.req.query('name') ?? ''}
        />
      ) : null}
      {chosen && calculation ? (
        <Lines calculationId={calculation.id} workerId={chosen} reader={reader} />
      ) : null}
      {approval || !calculation || board.stale || underWay ? null : (
        <Approve board={board} reader={reader} mine={mine} />
      )}
      <Files board={board} states={states} reader={reader} />
    </ConsolePage>,
  );
});

const Approved: FC<{ board: RunBoard; reader: Reader }> = ({ board, reader }) => {
  const say = payWords(reader.locale);
  const { approval } = board;
  if (!approval) return null;
  const at = formatInstant(approval.at, reader.zone, reader.locale);
  return (
    <>
      <Notice tone="good">{say('approvedBy', { name: memberNameOf(reader.db, approval.by), at })}</Notice>
      {approval.fourEyes ? null : <Notice tone="warn">{say('approvedByOne')}</Notice>}
      <p class="field-hint">
        {say(approval.grade === 'A' ? 'signedByPasskey' : 'signedByDevice', { digest: approval.digest })}
      </p>
      <Paid board={board} reader={reader} />
      <p>
        <a class="button button-plain" href={`/orgs/${reader.org}/pay-runs/${board.run.id}/payments`}>
          {say('toPayments')}
        </a>
      </p>
    </>
  );
};

/** Once the bank has paid, HR says so: timesheets show it. */
const Paid: FC<{ board: RunBoard; reader: Reader }> = ({ board: { run, payment }, reader }) => {
  const say = payWords(reader.locale);
  if (payment)
    return (
      <Notice tone="good">
        {say('paidBy', { name: memberNameOf(reader.db, payment.by), on: payment.paidOn })}
      </Notice>
    );
  return (
    <Card title={say('recordPayment')}>
      <p>{say('recordPaymentMeans')}</p>
      <ApiForm action={`${apiOf(reader)}/pay-runs/${run.id}/payment`} submit={say('recordPayment')}>
        <Field
          name="paidOn"
          label={say('paidOn')}
          kind="date"
          value={[run.paysOn, reader.today].sort()[0] ?? reader.today}
          required
        />
      </ApiForm>
    </Card>
  );
};

const Totals: FC<{ board: RunBoard; reader: Reader }> = ({ board, reader }) => {
  const say = payWords(reader.locale);
  const money = moneyOf(reader);
  const { calculation, bySite, byCode, run } = board;
  if (!calculation) return null;
  const { grossMinor, withheldMinor, deductedMinor, reimbursedMinor, netMinor, workers } = calculation;
  const kinds = byCode.map(({ code, amountMinor }) => ({ label: codeText(code, reader), amountMinor }));
  const sites = bySite.map(({ name, amountMinor }) => ({ label: name, amountMinor }));
  return (
    <>
      <Stats
        items={[
          { label: say('workers'), value: String(workers) },
          { label: say('gross'), value: money(grossMinor) },
          { label: say('withheld'), value: money(withheldMinor) },
          ...(deductedMinor === 0 ? [] : [{ label: say('deducted'), value: money(deductedMinor) }]),
          ...(reimbursedMinor === 0 ? [] : [{ label: say('reimbursed'), value: money(reimbursedMinor) }]),
          { label: say('net'), value: money(netMinor) },
        ]}
      />
      {workers > 0 ? (
        <Card
          title={say('bySite')}
          actions={
            <>
              <a href={`/orgs/${reader.org}/pay-runs/${run.id}/changes`}>{say('changes')}</a>{' '}
              <a href={`${apiOf(reader)}/pay-runs/${run.id}/manifest`}>{say('manifest')}</a>
            </>
          }
        >
          <Chart title={say('bySite')} bars={sites} reader={reader} />
          <Chart title={say('byKind')} bars={kinds} reader={reader} />
        </Card>
      ) : null}
    </>
  );
};

const Chart: FC<{
  title: string;
  bars: readonly { label: string; amountMinor: WorkerRow['netMinor'] }[];
  reader: Reader;
}> = ({ title, bars, reader }) => (
  <BarChart
    title={title}
    bars={bars.slice(0, 12).map((bar) => ({ ...bar, text: moneyOf(reader)(bar.amountMinor) }))}
  />
);

/** The words of a code, where it has some; a rule's code otherwise. */
function codeText(code: string, { locale }: Reader): string {
  const known = { hours: 'earning', correction: 'correction' } as const;
  if (code in known) return payWords(locale)(known[code as keyof typeof known]);
  return code.startsWith('cn-') ? `${payWords(locale)('withholding')} · ${code.slice(3)}` : code;
}

const Workers: FC<{ board: RunBoard; reader: Reader; after: string; search: string }> = ({
  board: { calculation, run },
  reader,
  after,
  search,
}) => {
  if (!calculation) return null;
  const say = payWords(reader.locale);
  const money = moneyOf(reader);
  const rows = workerRows(reader.db, calculation.id, { after, search });
  const path = `/orgs/${reader.org}/pay-runs/${run.id}`;
  const { grossMinor, withheldMinor, netMinor, workers } = calculation;
  const total = [say('total'), '', money(grossMinor), money(withheldMinor), money(netMinor)];
  return (
    <Card title={say('byWorker')}>
      {workers > rowsPerPage ? (
        <form method="get" class="filter" action={path}>
          <label class="field">
            <span class="field-label">{say('worker')}</span>
            <input class="field-input" name="name" value={search} />
          </label>
          <button type="submit" class="button button-plain">
            {say('find')}
          </button>
        </form>
      ) : null}
      <Table
        caption={say('byWorker')}
        columns={[
          {
            head: say('worker'),
            cell: (row: WorkerRow) => <a href={`${path}?worker=${row.workerId}#lines`}>{row.name}</a>,
          },
          {
            head: say('hours'),
            cell: (row) => (row.seconds > 0 ? clockText(row.seconds) : '—'),
            numeric: true,
          },
          { head: say('gross'), cell: (row) => money(row.grossMinor), numeric: true },
          { head: say('withheld'), cell: (row) => money(row.withheldMinor), numeric: true },
          { head: say('net'), cell: (row) => money(row.netMinor), numeric: true },
        ]}
        rows={rows}
        {...(rows.length < rowsPerPage && after === '' && search === '' ? { total } : {})}
      />
      {rows.length === rowsPerPage ? (
        <a
          class="button button-plain"
          href={`${path}?after=${rows.at(-1)?.workerId}&name=${encodeURIComponent(search)}`}
        >
          {say('nextPage')}
        </a>
      ) : null}
    </Card>
  );
};

const Lines: FC<{ calculationId: string; workerId: string; reader: Reader }> = ({
  calculationId,
  workerId,
  reader,
}) => (
  <div id="lines">
    <Card
      title={payWords(reader.locale)('linesOf', { name: workerNameOf(reader.db, workerId) })}
      actions={
        <a href={`/orgs/${reader.org}/tax-ledgers/${workerId}`}>
          {payWords(reader.locale)('taxLedger', { name: workerNameOf(reader.db, workerId) })}
        </a>
      }
    >
      <LineList lines={linesOfOne(reader.db, calculationId, workerId)} reader={reader} />
    </Card>
  </div>
);

/** The signature is the form's script: it shows that what is signed is what the page showed. */
const Approve: FC<{ board: RunBoard; reader: Reader; mine: boolean }> = ({ board, reader, mine }) => {
  const say = payWords(reader.locale);
  const { calculation, run, checks } = board;
  if (!calculation) return null;
  const oneMay = checks.some(({ kind }) => kind === 'second-approver-off');
  const { netMinor, workers, digest } = calculation;
  const figures = { net: moneyOf(reader)(netMinor), workers, digest: digest.slice(0, 12) };
  return (
    <Card title={say('approveRun')}>
      <p>{say('approveMeans', figures)}</p>
      {mine && !oneMay ? (
        <Notice>{say('approveByOther')}</Notice>
      ) : (
        <form
          data-approve-run={run.id}
          data-org={reader.org}
          data-calculation={calculation.id}
          data-digest={digest}
          data-net={String(netMinor)}
          data-say-differs={say('approveDiffers')}
        >
          <p>{say('approveSigns')}</p>
          <p class="form-problem" role="alert" hidden />
          <button type="submit" class="button button-primary">
            {say('approve')}
          </button>
        </form>
      )}
    </Card>
  );
};

const Files: FC<{ board: RunBoard; states: readonly FormatState[]; reader: Reader }> = ({
  board,
  states,
  reader,
}) => {
  const say = payWords(reader.locale);
  return (
    <Card title={say('files')}>
      {board.approval ? (
        <>
          <p>{say('fileWarning')}</p>
          {['csv', 'xlsx'].map((format) => (
            <OneFile format={format} board={board} reader={reader} />
          ))}
          <RunFiles runId={board.run.id} states={states} reader={reader} />
        </>
      ) : (
        <p>{say('filesLater')}</p>
      )}
    </Card>
  );
};

const OneFile: FC<{ format: string; board: RunBoard; reader: Reader }> = ({ format, board, reader }) => {
  const say = payWords(reader.locale);
  const path = `${apiOf(reader)}/pay-runs/${board.run.id}/files/${format}`;
  const file = board.files.find((one) => one.format === format);
  const name = format.toUpperCase();
  if (!file) return <ApiForm action={path} submit={say('writeFile', { format: name })} tone="plain" />;
  const at = (when: (typeof file.downloads)[number]['at']) => formatInstant(when, reader.zone, reader.locale);
  return (
    <div class="pay-file">
      <a class="button button-primary" href={path} download>
        {say('download', { format: name })}
      </a>
      <p>
        {file.name} · {say('fileHolds', { rows: file.rows, digest: file.digest })}
      </p>
      <ul>
        {file.downloads.map((one) => (
          <li>{say('downloadedBy', { name: one.byName, at: at(one.at) })}</li>
        ))}
      </ul>
    </div>
  );
};

runPages.get('/pay-runs/:id/changes', (c) => {
  requireRole(c, 'owner', 'hr');
  const reader = readerOf(c);
  const say = payWords(reader.locale);
  const { run } = runView(reader.db, c.req.param('id'));
  const { beforeRunId, changes } = runChanges(reader.db, run.id, c.req.query('after'));
  const path = `/orgs/${reader.org}/pay-runs/${run.id}`;
  return page(
    c,
    <ConsolePage
      locale={reader.locale}
      title={say('changes')}
      lead={`${run.startsOn} – ${run.endsOn}`}
      frame={consoleFrame(c)}
      section="payRuns"
      actions={
        <a class="button button-plain" href={path}>
          {say('backToRun')}
        </a>
      }
    >
      {beforeRunId ? null : <Notice>{say('nothingBefore')}</Notice>}
      <Card>
        <Table caption={say('changes')} columns={changeColumns(reader, path)} rows={changes} />
        {changes.length === rowsPerPage ? (
          <a class="button button-plain" href={`${path}/changes?after=${changes.at(-1)?.workerId}`}>
            {say('nextPage')}
          </a>
        ) : null}
      </Card>
    </ConsolePage>,
  );
});

function changeColumns(reader: Reader, path: string) {
  const say = payWords(reader.locale);
  const money = moneyOf(reader);
  const pair = (before: string | undefined, now: string) =>
    before === undefined || before === now ? now : `${before} → ${now}`;
  const rates = (all: Change['rates']) => (all.length > 0 ? all.map(money).join(' / ') : '—');
  return [
    {
      head: say('worker'),
      cell: ({ name, workerId, now, before }: Change) => (
        <>
          <a href={`${path}?worker=${workerId}#lines`}>{name}</a>{' '}
          {before && isJump(now.grossMinor, before.grossMinor) ? <strong>{say('jump')}</strong> : null}
        </>
      ),
    },
    {
      head: say('hours'),
      cell: ({ now, before }: Change) => pair(before && clockText(before.seconds), clockText(now.seconds)),
      numeric: true,
    },
    {
      head: say('rate'),
      cell: ({ rates: now, ratesBefore, before }: Change) => pair(before && rates(ratesBefore), rates(now)),
      numeric: true,
    },
    {
      head: say('gross'),
      cell: ({ now, before }: Change) => pair(before && money(before.grossMinor), money(now.grossMinor)),
      numeric: true,
    },
    {
      head: say('net'),
      cell: ({ now, before }: Change) => pair(before && money(before.netMinor), money(now.netMinor)),
      numeric: true,
    },
    {
      head: say('difference'),
      cell: ({ now, before }: Change) => money(minor(now.netMinor - (before?.netMinor ?? 0))),
      numeric: true,
    },
  ];
}
