/** The worker's contracts: what waits for them first, then everything they ever signed. */
import type { FC } from 'hono/jsx';
import { employerOf } from '../employer/employer.ts';
import { readerOf } from '../employer/reader.ts';
import { requireWorker } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import type { Locale } from '../kernel/refusal.ts';
import { formatInstant } from '../kernel/time.ts';
import { ApiForm, Empty, Group, LongField, Row } from '../web/components.tsx';
import { localeOf, page, WorkerPage } from '../web/page.tsx';
import { textOf } from './contract.ts';
import { ContractBadge, kindText, validityText } from './contract-badge.tsx';
import { beforeOf } from './contract-before.ts';
import { GiveNotice } from './contract-page.tsx';
import { ContractReader } from './contract-reader.tsx';
import { isComplete, isOpen } from './contract-state.ts';
import { type ContractView, contractsOfWorker, viewOf } from './contract-view.ts';
import { listWords } from './list-words.ts';
import { readableContract } from './routes.ts';
import { fitsSlot } from './slot.ts';
import { contractWords } from './words.ts';

export const contractReadingPages = router<CellEnv>();

contractReadingPages.get('/me/contracts', (c) => {
  const { workerId } = requireWorker(c);
  const locale = localeOf(c.req.raw);
  const say = contractWords(locale);
  const { org, store } = c.env.cell;
  const mine = contractsOfWorker(store.db, workerId, c.var.at);
  const { zone } = employerOf(store.db);
  const shelf = (title: string, views: readonly ContractView[], note?: string) =>
    views.length > 0 ? (
      <Group title={title} {...(note ? { note } : {})}>
        {views.map((view) => (
          <ContractRow org={org} view={view} zone={zone} locale={locale} />
        ))}
      </Group>
    ) : null;
  return page(
    c,
    <WorkerPage locale={locale} title={say('contracts')} org={org} tab="contracts">
      {mine.length === 0 ? (
        <Empty title={say('none')}>{say('noneMeans')}</Empty>
      ) : (
        <>
          {shelf(
            say('toSign'),
            mine.filter(({ state }) => isOpen(state)),
          )}
          {shelf(
            say('signedOnes'),
            mine.filter(({ state }) => isComplete(state)),
            say('mineForGood'),
          )}
          {shelf(
            say('others'),
            mine.filter(({ state }) => !isOpen(state) && !isComplete(state)),
          )}
        </>
      )}
    </WorkerPage>,
  );
});

const ContractRow: FC<{ org: string; view: ContractView; zone: string; locale: Locale }> = ({
  org,
  view,
  zone,
  locale,
}) => (
  <Row
    label={`${kindText(view, locale)} · ${validityText(view, locale)}`}
    sub={contractWords(locale)('offeredOn', { on: formatInstant(view.contract.at, zone, locale) })}
    value={<ContractBadge state={view.state} locale={locale} />}
    href={`/orgs/${org}/me/contracts/${view.contract.id}`}
  />
);

/** In force, and nobody has ended it yet. */
const mayLeave = ({ state, facts, contract }: ContractView) =>
  (state === 'signed' || state === 'sealed') &&
  facts.terminatedOn === null &&
  contract.relation !== 'amends' &&
  contract.relation !== 'terminates';

contractReadingPages.get('/me/contracts/:id', (c) => {
  const worker = requireWorker(c);
  const { contract } = readableContract(c, c.req.param('id'));
  const locale = localeOf(c.req.raw);
  const say = contractWords(locale);
  const { cell } = c.env;
  const view = viewOf(cell.store.db, contract, c.var.at);
  const employer = employerOf(cell.store.db);
  const place = view.open.find((slot) => slot.role === 'worker' && fitsSlot(worker, slot, contract));
  return page(
    c,
    <WorkerPage
      locale={locale}
      title={kindText(view, locale)}
      org={cell.org}
      back={`/orgs/${cell.org}/me/contracts`}
      scripts={['contract']}
    >
      <ContractReader
        org={cell.org}
        view={view}
        clauses={textOf(cell, contract).clauses}
        employerName={employer.name}
        zone={employer.zone}
        personId={worker.personId}
        before={beforeOf(cell, contract, '/me')}
        place={place}
        locale={locale}
      />
      {mayLeave(view) ? (
        <details class="decline">
          <summary>{listWords(locale)('giveNotice')}</summary>
          <GiveNotice view={view} reader={readerOf(c)} side="worker" />
        </details>
      ) : null}
      {place ? (
        <details class="decline">
          <summary>{say('decline')}</summary>
          <ApiForm
            action={`/api/orgs/${cell.org}/contracts/${contract.id}/decline`}
            submit={say('decline')}
            tone="warn"
            confirm={say('declineConfirm')}
          >
            <LongField name="reason" label={say('declineReason')} required />
          </ApiForm>
        </details>
      ) : null}
    </WorkerPage>,
  );
});
