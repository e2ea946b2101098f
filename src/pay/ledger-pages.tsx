/** A person's tax ledger of a year, for HR. */
import { consoleFrame } from '../employer/frame.ts';
import { readerOf } from '../employer/reader.ts';
import { requireRole } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { workerNameOf } from '../identity/name.ts';
import { Card, Empty, Notice, Table } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { moneyOf } from './reader.tsx';
import { type LedgerEntry, taxLedger } from './tax-ledger.ts';
import { payWords } from './words.ts';

export const ledgerPages = router<CellEnv>();

ledgerPages.get('/tax-ledgers/:worker', (c) => {
  requireRole(c, 'owner', 'hr');
  const reader = readerOf(c);
  const say = payWords(reader.locale);
  const money = moneyOf(reader);
  const asked = c.req.query('year') ?? '';
  const year = /^\d{4}$/.test(asked) ? asked : reader.today.slice(0, 4);
  const workerId = c.req.param('worker');
  const entries = taxLedger(reader.db, workerId, year);
  const path = `/orgs/${reader.org}/tax-ledgers/${workerId}`;
  const before = String(Number(year) - 1);
  return page(
    c,
    <ConsolePage
      locale={reader.locale}
      title={say('taxLedger', { name: workerNameOf(reader.db, workerId) })}
      lead={year}
      frame={consoleFrame(c)}
      section="payRuns"
      actions={
        <a class="button button-plain" href={`${path}?year=${before}`}>
          {before}
        </a>
      }
    >
      <Notice>{say('taxLedgerMeans')}</Notice>
      {entries.length === 0 ? (
        <Empty title={say('noLedger')}>{say('noLedgerMeans')}</Empty>
      ) : (
        <Card>
          <Table
            caption={year}
            columns={[
              {
                head: say('paysOn'),
                cell: ({ runId, paysOn }: LedgerEntry) => (
                  <a href={`/orgs/${reader.org}/pay-runs/${runId}?worker=${workerId}#lines`}>{paysOn}</a>
                ),
              },
              { head: say('rule'), cell: ({ code, project }) => `${code} · ${project}` },
              { head: say('gross'), cell: ({ grossMinor }) => money(grossMinor), numeric: true },
              { head: say('withheld'), cell: ({ withheldMinor }) => money(withheldMinor), numeric: true },
              {
                head: say('spanSoFar'),
                cell: ({ span, spanGrossMinor, spanWithheldMinor }) =>
                  `${span}: ${money(spanGrossMinor)} / ${money(spanWithheldMinor)}`,
                numeric: true,
              },
              { head: say('carried'), cell: ({ carriedMinor }) => money(carriedMinor), numeric: true },
              {
                head: say('yearSoFar'),
                cell: ({ yearGrossMinor, yearWithheldMinor }) =>
                  `${money(yearGrossMinor)} / ${money(yearWithheldMinor)}`,
                numeric: true,
              },
            ]}
            rows={entries}
          />
        </Card>
      )}
    </ConsolePage>,
  );
});
