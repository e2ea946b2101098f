/** The console's contracts: what waits for the employer first, what is stuck and why, and every other one. */
import type { FC } from 'hono/jsx';
import { consoleFrame } from '../employer/frame.ts';
import { type Reader, readerOf, shownAt } from '../employer/reader.ts';
import { requireRole, type Standing } from '../employer/standing.ts';
import { engagementOf } from '../engagement/engagement.ts';
import type { CellEnv, CellRequest } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { Badge, Card, Empty, Stats, Table } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { ContractBadge, kindText, validityText } from './contract-badge.tsx';
import { contractList, shelves } from './contract-list.ts';
import type { ContractView } from './contract-view.ts';
import { listWords } from './list-words.ts';

export const contractPages = router<CellEnv>();

interface MemberReader extends Reader {
  readonly standing: Standing;
}

const memberReader = (c: CellRequest): MemberReader => ({
  standing: requireRole(c, 'owner', 'hr'),
  ...readerOf(c),
});

const roleOf = ({ db }: MemberReader, { contract }: ContractView) =>
  engagementOf(db, contract.engagementId)?.roleTitle ?? '';

contractPages.get('/contracts', (c) => {
  const reader = memberReader(c);
  const { org, db, locale } = reader;
  const say = listWords(locale);
  const shelf = shelves.find((one) => one === c.req.query('state'));
  const pageNumber = Math.max(0, Number(c.req.query('page')) || 0);
  const list = contractList(db, reader.at, { shelf, page: pageNumber });
  const mine = shelf === undefined ? contractList(db, reader.at, { shelf: 'mine', size: 50 }).views : [];
  const here = `/orgs/${org}/contracts`;
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={say('contracts')}
      lead={say('lead')}
      frame={consoleFrame(c)}
      section="contracts"
      actions={
        <>
          <a class="button button-plain" href={`/orgs/${org}/sealing`}>
            {say('sealing')}
          </a>
          <a class="button button-plain" href={`${here}/bulk`}>
            {say('offerMany')}
          </a>{' '}
          <a class="button button-plain" href={`/orgs/${org}/templates`}>
            {say('templates')}
          </a>
        </>
      }
    >
      {list.total === 0 ? (
        <Empty title={say('none')} href={`/orgs/${org}/people`} action={say('people')}>
          {say('noneMeans')}
        </Empty>
      ) : (
        <>
          {mine.length > 0 ? <ToSign views={mine} reader={reader} /> : null}
          <Stats
            items={shelves.map((one) => ({
              label: say(`shelf-${one}`),
              value: String(list.counts[one]),
              href: one === shelf ? here : `${here}?state=${one}`,
              ...((one === 'mine' || one === 'stuck') && list.counts[one] > 0
                ? { tone: 'warn' as const }
                : {}),
            }))}
          />
          {shelf ? (
            <p>
              <a href={here}>{say('all')}</a>
            </p>
          ) : null}
          {list.views.length > 0 ? (
            <ContractTable views={list.views} reader={reader} />
          ) : (
            <Empty title={say('noneSuch')}>{say('noneSuchMeans')}</Empty>
          )}
          {list.matching > (pageNumber + 1) * 100 ? (
            <p>
              <a href={`${here}?${shelf ? `state=${shelf}&` : ''}page=${pageNumber + 1}`}>{say('older')}</a>
            </p>
          ) : null}
        </>
      )}
    </ConsolePage>,
  );
});

const ToSign: FC<{ views: readonly ContractView[]; reader: MemberReader }> = ({ views, reader }) => {
  const { org, locale, standing } = reader;
  const say = listWords(locale);
  return (
    <Card
      title={`${say('toSign')} · ${views.length}`}
      actions={
        views.length > 1 ? (
          <a class="button button-plain" href={`/orgs/${org}/contracts/batch`}>
            {say('signMany')}
          </a>
        ) : null
      }
    >
      <ul class="list">
        {views.map((view) => (
          <li class="decide">
            <div>
              <strong>{view.workerName}</strong>
              <small class="aside">{` ${roleOf(reader, view)} · ${signedAt(view, reader)}`}</small>
            </div>
            {view.contract.workerId === standing.workerId ? (
              <span class="aside">{say('own')}</span>
            ) : (
              <a class="button button-primary" href={`/orgs/${org}/contracts/${view.contract.id}`}>
                {say('readAndSign')}
              </a>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
};

function signedAt({ signatures }: ContractView, reader: MemberReader): string {
  const first = signatures[0];
  return first ? listWords(reader.locale)('signedAt', { at: shownAt(reader, first.at) }) : '';
}

const ContractTable: FC<{ views: readonly ContractView[]; reader: MemberReader }> = ({ views, reader }) => {
  const { org, locale } = reader;
  const say = listWords(locale);
  return (
    <Table
      caption={say('contracts')}
      columns={[
        {
          head: say('worker'),
          cell: (view: ContractView) => (
            <a href={`/orgs/${org}/contracts/${view.contract.id}`}>{view.workerName}</a>
          ),
        },
        { head: say('work'), cell: (view) => roleOf(reader, view) },
        { head: say('kind'), cell: (view) => kindText(view, locale) },
        { head: say('state'), cell: (view) => <StateCell view={view} reader={reader} /> },
        { head: say('validity'), cell: (view) => validityText(view, locale) },
        { head: say('offered'), cell: ({ contract }) => shownAt(reader, contract.at) },
        {
          head: say('signatures'),
          cell: ({ signatures }) => (
            <span class="badges">
              {signatures.map(({ role, grade }) => (
                <Badge tone={grade === 'A' ? 'good' : 'info'}>{`${say(role)} ${grade}`}</Badge>
              ))}
            </span>
          ),
        },
      ]}
      rows={views}
    />
  );
};

/** The state, and what is waited for or to be done. */
const StateCell: FC<{ view: ContractView; reader: MemberReader }> = ({ view, reader }) => {
  const say = listWords(reader.locale);
  const { state, open, facts, declined } = view;
  const why =
    open.length > 0
      ? say('waits', { who: open.map(({ role }) => say(role)).join('、') })
      : declined
        ? declined.reason
        : state === 'expired' && facts.signBy
          ? say('expiredAt', { at: shownAt(reader, facts.signBy) })
          : '';
  return (
    <>
      <ContractBadge state={state} locale={reader.locale} />
      {why ? <small class="aside"> {why}</small> : null}
    </>
  );
};
