/** The console's pages of pay: runs, and the board of one. */
import type { FC, PropsWithChildren } from 'hono/jsx';
import { employerOf } from '../employer/employer.ts';
import { consoleFrame } from '../employer/frame.ts';
import { memberNameOf } from '../employer/member.ts';
import { type Reader, readerOf } from '../employer/reader.ts';
import { requireRole } from '../employer/standing.ts';
import { engagementOf } from '../engagement/engagement.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { workerNameOf } from '../identity/name.ts';
import { minor } from '../kernel/money.ts';
import type { Locale } from '../kernel/refusal.ts';
import { formatInstant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { ApiForm, Badge, Card, Empty, Field, Notice, SelectField, Stats, Table } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { type RunBoard, type RunDefaults, runBoard, runDefaults, type WorkerRow } from './board.ts';
import type { Check } from './checks.ts';
import { filePages, formatStates, RunFiles } from './file-pages.tsx';
import type { FormatState } from './file-parts.tsx';
import { fileWords } from './file-words.ts';
import { formatPages } from './format-pages.tsx';
import { myPayPages } from './my-pages.tsx';
import { leftOutOf, type RunView, runsOf } from './pay-run.ts';
import { apiOf, LineList, moneyOf } from './reader.tsx';
import type { LeftOut } from './run-fold.ts';
import { taxPages } from './tax-pages.tsx';
import { clockText } from './why.ts';
import { BarChart } from './why-view.tsx';
import { payWords } from './words.ts';

export const payPages = router<CellEnv>();
payPages.route('/', myPayPages);
payPages.route('/', filePages);
payPages.route('/', formatPages);
payPages.route('/', taxPages);

payPages.get('/pay-runs', (c) => {
  requireRole(c, 'owner', 'hr');
  const reader = readerOf(c);
  const say = payWords(reader.locale);
  const runs = runsOf(reader.db);
  const defaults = runDefaults(reader.db, c.var.at);
  return page(
    c,
    <ConsolePage
      locale={reader.locale}
      title={say('payRuns')}
      lead={say('payRunsLead')}
      frame={consoleFrame(c)}
      section="payRuns"
      actions={<ToFiles reader={reader} />}
    >
      {runs.length > 0 ? <RunList runs={runs} reader={reader} /> : null}
      {runs.length === 0 && defaults.length > 0 ? (
        <Empty title={say('noRuns')}>{say('noRunsMeans')}</Empty>
      ) : null}
      {defaults.length === 0 ? (
        <Empty title={say('nobodyEngaged')} href={`/orgs/${reader.org}/people`} action={say('people')}>
          {say('nobodyEngagedMeans')}
        </Empty>
      ) : null}
      {defaults.map((one) => (
        <OpenRun defaults={one} reader={reader} />
      ))}
    </ConsolePage>,
  );
});

const ToFiles: FC<{ reader: Reader }> = ({ reader }) => {
  const say = fileWords(reader.locale);
  const { country } = employerOf(reader.db);
  return (
    <>
      <a class="button button-plain" href={`/orgs/${reader.org}/pay-file-formats`}>
        {say('formats')}
      </a>
      {country === 'CN' ? (
        <a class="button button-plain" href={`/orgs/${reader.org}/tax-files`}>
          {say('taxFiles')}
        </a>
      ) : null}
    </>
  );
};

const RunList: FC<{ runs: readonly RunView[]; reader: Reader }> = ({ runs, reader }) => {
  const say = payWords(reader.locale);
  const money = moneyOf(reader);
  const amount = (pick: 'grossMinor' | 'withheldMinor' | 'netMinor') => (view: RunView) =>
    view.calculation ? money(view.calculation[pick]) : '—';
  return (
    <Table
      caption={say('payRuns')}
      columns={[
        {
          head: say('period'),
          cell: ({ run }) => (
            <a href={`/orgs/${reader.org}/pay-runs/${run.id}`}>
              {run.startsOn} – {run.endsOn}
            </a>
          ),
        },
        { head: '', cell: ({ run }) => say(run.payPeriod) },
        { head: say('paysOn'), cell: ({ run }) => run.paysOn },
        { head: say('state'), cell: (view) => <RunState view={view} locale={reader.locale} /> },
        { head: say('workers'), cell: (view) => String(view.calculation?.workers ?? '—'), numeric: true },
        { head: say('gross'), cell: amount('grossMinor'), numeric: true },
        { head: say('withheld'), cell: amount('withheldMinor'), numeric: true },
        { head: say('net'), cell: amount('netMinor'), numeric: true },
      ]}
      rows={runs}
    />
  );
};

const RunState: FC<{ view: RunView; locale: Locale }> = ({ view, locale }) => {
  const say = payWords(locale);
  if (view.approval) {
    return (
      <>
        <Badge tone="good">{say(view.payment ? 'statePaid' : 'stateApproved')}</Badge>
        {view.approval.fourEyes ? null : <Badge tone="warn">{say('approvedByOne')}</Badge>}
      </>
    );
  }
  return view.calculation ? (
    <Badge tone="info">{say('stateCalculated')}</Badge>
  ) : (
    <Badge>{say('stateOpen')}</Badge>
  );
};

const OpenRun: FC<{ defaults: RunDefaults; reader: Reader }> = ({ defaults, reader }) => {
  const say = payWords(reader.locale);
  const { payPeriod, startsOn, endsOn, paysOn, runId } = defaults;
  return (
    <Card title={`${say('openRun')} · ${say(payPeriod)}`}>
      {runId ? (
        <Notice>
          {say('runThere')} <a href={`/orgs/${reader.org}/pay-runs/${runId}`}>{say('toRun')}</a>
        </Notice>
      ) : null}
      <ApiForm
        action={`${apiOf(reader)}/pay-runs/{id}`}
        next={`/orgs/${reader.org}/pay-runs/{id}`}
        submit={say('openRun')}
      >
        <Field name="payPeriod" label={say('period')} kind="hidden" value={payPeriod} />
        <Field name="startsOn" label={say('startsOn')} kind="date" value={startsOn} required />
        <Field name="endsOn" label={say('endsOn')} kind="date" value={endsOn} required />
        <Field name="paysOn" label={say('paysOn')} kind="date" value={paysOn} required />
        <Field name="note" label={say('note')} />
      </ApiForm>
    </Card>
  );
};

payPages.get('/pay-runs/:id', async (c) => {
  const { personId } = requireRole(c, 'owner', 'hr');
  const reader = readerOf(c);
  const say = payWords(reader.locale);
  const board = runBoard(reader.db, c.req.param('id'), c.var.at);
  const { run, calculation, approval } = board;
  const chosen = board.rows.find(({ workerId }) => workerId === c.req.query('worker'));
  const mine = [run.by, calculation?.by].includes(`person:${personId}`);
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
    >
      {approval ? <Approved board={board} reader={reader} /> : <Checks board={board} reader={reader} />}
      {board.unconfigured ? (
        <Notice tone="warn">{say('nothingWithheld', { country: board.country })}</Notice>
      ) : null}
      {calculation ? <Totals board={board} reader={reader} /> : null}
      {chosen ? <Lines row={chosen} reader={reader} /> : null}
      {approval || !calculation || board.stale ? null : <Approve board={board} reader={reader} mine={mine} />}
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

const Checks: FC<{ board: RunBoard; reader: Reader }> = ({ board, reader }) => {
  const say = payWords(reader.locale);
  const { checks, calculation, run, stale } = board;
  return (
    <Card title={say('checks')}>
      {stale ? <Notice tone="warn">{say('stale')}</Notice> : null}
      {checks.length === 0 ? (
        <p>{say('allGood')}</p>
      ) : (
        <ul class="checks">
          {checks.map((check) => (
            <li>
              <Badge tone={check.blocking ? 'bad' : 'warn'}>{say(check.blocking ? 'stops' : 'look')}</Badge>{' '}
              <CheckLine check={check} reader={reader} />
            </li>
          ))}
        </ul>
      )}
      <Recalculate
        reader={reader}
        runId={run.id}
        leftOut={leftOutOf(calculation)}
        submit={say(calculation ? 'calculateAgain' : 'calculate')}
        tone={calculation && !stale ? 'plain' : 'primary'}
      />
      {calculation ? <LeaveOut board={board} reader={reader} /> : null}
    </Card>
  );
};

/** A calculation anew with these engagements left out; `children` ask for one more. */
const Recalculate: FC<
  PropsWithChildren<{
    reader: Reader;
    runId: string;
    leftOut: readonly LeftOut[];
    submit: string;
    tone: 'primary' | 'plain' | 'warn';
  }>
> = ({ reader, runId, leftOut, submit, tone, children }) => (
  <ApiForm action={`${apiOf(reader)}/pay-runs/${runId}/calculations/{id}`} submit={submit} tone={tone}>
    {leftOut.map(({ engagementId, reason }, index) => (
      <>
        <Field name={`leftOut.${index}.engagementId`} label="" kind="hidden" value={engagementId} />
        <Field name={`leftOut.${index}.reason`} label="" kind="hidden" value={reason} />
      </>
    ))}
    {children}
  </ApiForm>
);

/** Who waits for the next run, and why; and a form to let one more wait. */
const LeaveOut: FC<{ board: RunBoard; reader: Reader }> = ({ board, reader }) => {
  const say = payWords(reader.locale);
  const { run, rows, calculation } = board;
  const leftOut = leftOutOf(calculation);
  const engaged = new Set(rows.flatMap(({ lines }) => lines.map(({ engagementId }) => engagementId)));
  const options = [...engaged].map((id) => [id, engagedText(reader.db, id)] as const);
  const again = { reader, runId: run.id };
  return (
    <>
      {leftOut.map((one) => (
        <div class="decide">
          <span>{say('waits', { name: engagedText(reader.db, one.engagementId), reason: one.reason })}</span>
          <Recalculate
            {...again}
            leftOut={leftOut.filter((other) => other !== one)}
            submit={say('bringBack')}
            tone="plain"
          />
        </div>
      ))}
      {options.length > 0 ? (
        <details>
          <summary>{say('leaveOut')}</summary>
          <p>{say('leaveOutMeans')}</p>
          <Recalculate {...again} leftOut={leftOut} submit={say('leaveOut')} tone="warn">
            <SelectField
              name={`leftOut.${leftOut.length}.engagementId`}
              label={say('whom')}
              options={options}
              required
            />
            <Field name={`leftOut.${leftOut.length}.reason`} label={say('leaveOutReason')} required />
          </Recalculate>
        </details>
      ) : null}
    </>
  );
};

function engagedText(db: Db, engagementId: string): string {
  const engagement = engagementOf(db, engagementId);
  return engagement ? `${workerNameOf(db, engagement.workerId)} · ${engagement.project}` : engagementId;
}

const CheckLine: FC<{ check: Check; reader: Reader }> = ({ check, reader }) => {
  const text = payWords(reader.locale)(check.kind, {
    // Isolated (FSI … PDI): an Arabic name must not turn the numbers beside it around.
    name: check.workerName ? `\u2068${check.workerName}\u2069` : '',
    clock: clockText(check.seconds ?? 0),
    startsOn: check.startsOn ?? '',
    amount: moneyOf(reader)(minor(check.amountMinor ?? 0)),
  });
  const sheet =
    check.engagementId && check.startsOn ? `/timesheets/${check.engagementId}/${check.startsOn}` : undefined;
  const path = sheet ?? (check.workerId ? `/people/${check.workerId}` : undefined);
  return path ? <a href={`/orgs/${reader.org}${path}`}>{text}</a> : <span>{text}</span>;
};

const Totals: FC<{ board: RunBoard; reader: Reader }> = ({ board, reader }) => {
  const say = payWords(reader.locale);
  const money = moneyOf(reader);
  const { calculation, rows, run } = board;
  if (!calculation) return null;
  const { grossMinor, withheldMinor, netMinor, workers } = calculation;
  const bars = rows.map(({ name, netMinor: amountMinor }) => ({
    label: name,
    amountMinor,
    text: money(amountMinor),
  }));
  return (
    <>
      <Stats
        items={[
          { label: say('workers'), value: String(workers) },
          { label: say('gross'), value: money(grossMinor) },
          { label: say('withheld'), value: money(withheldMinor) },
          { label: say('net'), value: money(netMinor) },
        ]}
      />
      {rows.length > 0 ? (
        <Card title={say('chart')}>
          <BarChart title={say('chart')} bars={bars.slice(0, 40)} />
        </Card>
      ) : null}
      <Card title={say('byWorker')}>
        <Table
          caption={say('byWorker')}
          columns={[
            {
              head: say('worker'),
              cell: (row: WorkerRow) => (
                <a href={`/orgs/${reader.org}/pay-runs/${run.id}?worker=${row.workerId}#lines`}>{row.name}</a>
              ),
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
          total={[say('total'), '', money(grossMinor), money(withheldMinor), money(netMinor)]}
        />
      </Card>
    </>
  );
};

const Lines: FC<{ row: WorkerRow; reader: Reader }> = ({ row, reader }) => (
  <div id="lines">
    <Card title={payWords(reader.locale)('linesOf', { name: row.name })}>
      <LineList lines={row.lines} reader={reader} />
    </Card>
  </div>
);

const Approve: FC<{ board: RunBoard; reader: Reader; mine: boolean }> = ({ board, reader, mine }) => {
  const say = payWords(reader.locale);
  const { calculation, run, checks } = board;
  if (!calculation) return null;
  const oneMay = checks.some(({ kind }) => kind === 'second-approver-off');
  const figures = {
    net: moneyOf(reader)(calculation.netMinor),
    workers: calculation.workers,
    digest: calculation.digest.slice(0, 12),
  };
  return (
    <Card title={say('approveRun')}>
      <p>{say('approveMeans', figures)}</p>
      {mine && !oneMay ? (
        <Notice>{say('approveByOther')}</Notice>
      ) : (
        <ApiForm action={`${apiOf(reader)}/pay-runs/${run.id}/approval`} submit={say('approve')}>
          <Field name="calculationId" label="" kind="hidden" value={calculation.id} />
          <Field name="digest" label="" kind="hidden" value={calculation.digest} />
        </ApiForm>
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
