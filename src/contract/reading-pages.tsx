/** Reading and signing: the worker's contracts, and the one view of a contract that both parties sign in. */
import type { FC } from 'hono/jsx';
import { employerOf } from '../employer/employer.ts';
import { requireWorker } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import type { Locale } from '../kernel/refusal.ts';
import { formatInstant } from '../kernel/time.ts';
import type { Clause } from '../template/clause.ts';
import { ApiForm, Badge, CheckField, Empty, Group, LongField, Notice, Row } from '../web/components.tsx';
import { localeOf, page, WorkerPage } from '../web/page.tsx';
import { type ContractState, type ContractView, contractsOfWorker, textOf, viewOf } from './contract.ts';
import { readableContract } from './routes.ts';
import { consentText, type SignerRole } from './signature.ts';
import { contractWords } from './words.ts';

export const contractReadingPages = router<CellEnv>();

const tones = {
  offered: 'warn',
  'signed-by-worker': 'info',
  signed: 'info',
  sealed: 'good',
  declined: 'bad',
} as const satisfies Record<ContractState, string>;

export const ContractBadge: FC<{ state: ContractState; locale: Locale }> = ({ state, locale }) => (
  <Badge tone={tones[state]}>{contractWords(locale)(state)}</Badge>
);

export function validityText({ contract }: ContractView, locale: Locale): string {
  const say = contractWords(locale);
  return contract.validUntil
    ? say('until', { from: contract.validFrom, until: contract.validUntil })
    : say('openEnded', { from: contract.validFrom });
}

contractReadingPages.get('/me/contracts', (c) => {
  const { workerId } = requireWorker(c);
  const locale = localeOf(c.req.raw);
  const say = contractWords(locale);
  const { org, store } = c.env.cell;
  const mine = contractsOfWorker(store.db, workerId);
  return page(
    c,
    <WorkerPage locale={locale} title={say('contracts')} org={org} tab="contracts">
      {mine.length === 0 ? (
        <Empty title={say('none')}>{say('noneMeans')}</Empty>
      ) : (
        <Group>
          {mine.map((view) => (
            <Row
              label={validityText(view, locale)}
              sub={say('offeredOn', {
                on: formatInstant(view.contract.at, employerOf(store.db).zone, locale),
              })}
              value={<ContractBadge state={view.state} locale={locale} />}
              href={`/orgs/${org}/me/contracts/${view.contract.id}`}
            />
          ))}
        </Group>
      )}
    </WorkerPage>,
  );
});

contractReadingPages.get('/me/contracts/:id', (c) => {
  requireWorker(c);
  const { contract } = readableContract(c, c.req.param('id'));
  const locale = localeOf(c.req.raw);
  const say = contractWords(locale);
  const { cell } = c.env;
  const view = viewOf(cell.store.db, contract);
  const employer = employerOf(cell.store.db);
  return page(
    c,
    <WorkerPage
      locale={locale}
      title={say('contract')}
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
        party="worker"
        locale={locale}
      />
      {view.state === 'offered' ? (
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

interface Reading {
  readonly org: string;
  readonly view: ContractView;
  readonly clauses: readonly Clause[];
  readonly employerName: string;
  readonly zone: string;
  /** Whose eyes read: the form is shown when it is this party's turn. */
  readonly party: SignerRole;
  readonly locale: Locale;
}

/** State, the pages drawn from the very bytes, the clauses as text, and the form to sign with. Needs the client module `contract`. */
export const ContractReader: FC<Reading> = (reading) => {
  const { org, view, clauses, zone, party, locale } = reading;
  const say = contractWords(locale);
  const { contract, state } = view;
  const document = `/api/orgs/${org}/contracts/${contract.id}/document`;
  return (
    <>
      {contract.employerVerified ? null : <Notice tone="warn">{say('unverifiedThen')}</Notice>}
      <StateNotice view={view} party={party} locale={locale} />
      <Group>
        <Row label={say('contract')} value={<ContractBadge state={state} locale={locale} />} />
        <Row label={say('validity')} value={validityText(view, locale)} />
        {(['worker', 'employer'] as const).map((one) => (
          <Row label={say(one)} value={signatureText(reading, one)} />
        ))}
        {view.sealedAt ? (
          <Row label={say('sealedAt')} value={formatInstant(view.sealedAt, zone, locale)} />
        ) : null}
      </Group>
      <details class="as-text">
        <summary>{say('asText')}</summary>
        <Clauses clauses={clauses} locale={locale} />
      </details>
      <div
        class="pdf-pages"
        data-contract-pages
        data-document={`${document}?revision=offer`}
        data-digest={contract.documentDigest}
        data-state={state}
        data-say-drawing={say('drawing')}
        data-say-checked={say('checked', { digest: `${contract.documentDigest.slice(0, 12)}…` })}
        data-say-differs={say('differs')}
        data-say-unreadable={say('unreadable')}
      >
        <p class="pdf-progress" role="status">
          {say('loading')}
        </p>
      </div>
      <a class="button button-plain" href={`${document}?download`}>
        {say(state === 'sealed' ? 'download' : 'downloadOffer')}
      </a>
      {isTurnOf(party, state) ? <SignForm {...reading} /> : null}
    </>
  );
};

const isTurnOf = (party: SignerRole, state: ContractState) =>
  state === (party === 'worker' ? 'offered' : 'signed-by-worker');

function signatureText({ view, zone, locale }: Reading, role: SignerRole): string {
  const say = contractWords(locale);
  const signature = view.signatures.find((one) => one.role === role);
  if (!signature) return say('notSigned');
  const at = formatInstant(signature.at, zone, locale);
  return `${signature.signerName} · ${at} · ${say(signature.grade === 'A' ? 'gradeA' : 'gradeB')}`;
}

const StateNotice: FC<{ view: ContractView; party: SignerRole; locale: Locale }> = ({
  view,
  party,
  locale,
}) => {
  const say = contractWords(locale);
  if (view.declined)
    return <Notice tone="bad">{say('declinedBecause', { reason: view.declined.reason })}</Notice>;
  if (view.state === 'signed') return <Notice>{say('sealing')}</Notice>;
  if (view.state === 'signed-by-worker' && party === 'worker')
    return <Notice tone="good">{say('waitsForEmployer')}</Notice>;
  if (view.state === 'offered' && party === 'employer') return <Notice>{say('waitsForWorker')}</Notice>;
  return null;
};

/** Both languages: the reader's first, the other under each paragraph is one click away in the document itself. */
const Clauses: FC<{ clauses: readonly Clause[]; locale: Locale }> = ({ clauses, locale }) => {
  const language = locale === 'en' ? 'en' : 'zh';
  return (
    <div class="clauses">
      {clauses.map((clause) => (
        <section>
          <h3>{clause.title[language]}</h3>
          {clause[language].map((paragraph) => (
            <p>{paragraph}</p>
          ))}
        </section>
      ))}
    </div>
  );
};

const SignForm: FC<Reading> = ({ org, view, party, locale, employerName }) => {
  const say = contractWords(locale);
  return (
    <form
      class="api-form"
      data-sign
      data-org={org}
      data-contract={view.contract.id}
      data-role={party}
      novalidate
    >
      <CheckField name="consent" label={consentText[locale === 'en' ? 'en' : 'zh']} />
      <p class="form-problem" role="alert" hidden />
      <button
        type="submit"
        class="button button-primary"
        disabled
        data-ready={signText(say, party, employerName)}
      >
        {say('waitRead')}
      </button>
      <p class="field-hint">{say('signMeans')}</p>
    </form>
  );
};

function signText(say: ReturnType<typeof contractWords>, role: SignerRole, employer: string): string {
  return role === 'worker' ? say('sign') : say('signAsEmployer', { employer });
}
