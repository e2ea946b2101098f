/** The console's contracts: what waits for the employer first, and one contract as its reader shows it, to be signed. */
import type { FC } from 'hono/jsx';
import { employerOf } from '../employer/employer.ts';
import { consoleFrame } from '../employer/frame.ts';
import { type Reader, readerOf, shownAt } from '../employer/reader.ts';
import { requireRole, type Standing } from '../employer/standing.ts';
import { engagementOf } from '../engagement/engagement.ts';
import type { CellEnv, CellRequest } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { Badge, Card, Empty, Notice, Stats, Table } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { type ContractState, type ContractView, contractsOf, textOf, viewOf } from './contract.ts';
import { listWords } from './list-words.ts';
import { OurContractBadge } from './people-parts.tsx';
import { ContractReader, validityText } from './reading-pages.tsx';
import { readableContract } from './routes.ts';

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

/** What a reader picks from: states that mean the same to them are one. */
const shelves = {
  mine: ['signed-by-worker'],
  theirs: ['offered'],
  done: ['signed', 'sealed'],
  declined: ['declined'],
} as const satisfies Record<string, readonly ContractState[]>;
type Shelf = keyof typeof shelves;
const on = (shelf: Shelf, { state }: ContractView) =>
  (shelves[shelf] as readonly ContractState[]).includes(state);

contractPages.get('/contracts', (c) => {
  const reader = memberReader(c);
  const { org, db, locale } = reader;
  const say = listWords(locale);
  const all = contractsOf(db);
  const shelf = (Object.keys(shelves) as Shelf[]).find((one) => one === c.req.query('state'));
  const mine = all.filter((view) => on('mine', view));
  const shown = shelf ? all.filter((view) => on(shelf, view)) : all;
  const here = `/orgs/${org}/contracts`;
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={say('contracts')}
      lead={say('lead')}
      frame={consoleFrame(c)}
      section="contracts"
    >
      {all.length === 0 ? (
        <Empty title={say('none')} href={`/orgs/${org}/people`} action={say('people')}>
          {say('noneMeans')}
        </Empty>
      ) : (
        <>
          {mine.length > 0 && shelf === undefined ? <ToSign views={mine} reader={reader} /> : null}
          <Stats
            items={(Object.keys(shelves) as Shelf[]).map((one) => {
              const count = all.filter((view) => on(one, view)).length;
              return {
                label: say(`shelf-${one}`),
                value: String(count),
                href: one === shelf ? here : `${here}?state=${one}`,
                ...(one === 'mine' && count > 0 ? { tone: 'warn' as const } : {}),
              };
            })}
          />
          {shelf ? (
            <p>
              <a href={here}>{say('all')}</a>
            </p>
          ) : null}
          {shown.length > 0 ? (
            <ContractTable views={shown} reader={reader} />
          ) : (
            <Empty title={say('noneSuch')}>{say('noneSuchMeans')}</Empty>
          )}
        </>
      )}
    </ConsolePage>,
  );
});

const ToSign: FC<{ views: readonly ContractView[]; reader: MemberReader }> = ({ views, reader }) => {
  const { org, locale, standing } = reader;
  const say = listWords(locale);
  return (
    <Card title={`${say('toSign')} · ${views.length}`}>
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
        { head: say('state'), cell: ({ state }) => <OurContractBadge state={state} locale={locale} /> },
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

// ---- one contract

contractPages.get('/contracts/:id', (c) => {
  const reader = memberReader(c);
  const { org, db, locale, zone, standing } = reader;
  const say = listWords(locale);
  const { cell } = c.env;
  const { contract } = readableContract(c, c.req.param('id'));
  const view = viewOf(db, contract);
  const own = contract.workerId === standing.workerId;
  const person = `/orgs/${org}/people/${contract.workerId}`;
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={say('titleOf', { name: view.workerName })}
      lead={roleOf(reader, view)}
      frame={consoleFrame(c)}
      section="contracts"
      scripts={['contract']}
      actions={
        <>
          <a class="button button-plain" href={person}>
            {say('person')}
          </a>
          <a class="button button-plain" href={`/orgs/${org}/contracts`}>
            {say('all')}
          </a>
        </>
      }
    >
      {own ? <Notice tone="warn">{say('ownMeans')}</Notice> : null}
      {view.state === 'declined' ? (
        <Notice>
          <a href={`${person}#offer`}>{say('offerAgain')}</a>
        </Notice>
      ) : null}
      <div class="sheet">
        <ContractReader
          org={org}
          view={view}
          clauses={textOf(cell, contract).clauses}
          employerName={employerOf(db).name}
          zone={zone}
          // Nobody signs for both sides: their own contract they read as its worker.
          party={own ? 'worker' : 'employer'}
          locale={locale}
        />
      </div>
    </ConsolePage>,
  );
});
