/** The console's page of pay runs, and the forms to open one. */
import type { FC } from 'hono/jsx';
import { employerOf } from '../employer/employer.ts';
import { consoleFrame } from '../employer/frame.ts';
import { type Reader, readerOf } from '../employer/reader.ts';
import { requireRole } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { ApiForm, Card, Empty, Field, Notice, Table } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { type RunDefaults, runDefaults } from './board.ts';
import { filePages } from './file-pages.tsx';
import { fileWords } from './file-words.ts';
import { formatPages } from './format-pages.tsx';
import { ledgerPages } from './ledger-pages.tsx';
import { myPayPages } from './my-pages.tsx';
import { type RunView, runsOf } from './pay-run.ts';
import { apiOf, moneyOf } from './reader.tsx';
import { runPages } from './run-page.tsx';
import { RunState } from './run-state.tsx';
import { taxPages } from './tax-pages.tsx';
import { payWords } from './words.ts';

export const payPages = router<CellEnv>();
for (const ours of [myPayPages, filePages, formatPages, taxPages, runPages, ledgerPages])
  payPages.route('/', ours);

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
