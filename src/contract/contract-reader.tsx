/** The one view of a contract that everybody reads and signs in: state, the pages drawn from the very bytes, and the form. */
import type { FC } from 'hono/jsx';
import type { Locale } from '../kernel/refusal.ts';
import { formatInstant } from '../kernel/time.ts';
import type { Clause } from '../template/clause.ts';
import { ClauseTable } from '../template/template-parts.tsx';
import { CheckField, Group, Notice, Row } from '../web/components.tsx';
import type { Signature } from './contract.ts';
import { ContractBadge, validityText } from './contract-badge.tsx';
import type { ContractView } from './contract-view.ts';
import { Redline } from './redline-view.tsx';
import { backupFlags, consentText, type SignatureProof, type SigningRecord } from './signing-record.ts';
import type { Slot } from './slot.ts';
import { contractWords } from './words.ts';

export interface Reading {
  readonly org: string;
  readonly view: ContractView;
  readonly clauses: readonly Clause[];
  readonly employerName: string;
  readonly zone: string;
  /** Whose eyes read: theirs is the form when a place of theirs may be signed now. */
  readonly personId: string;
  readonly place?: Slot | undefined;
  /** The contract that this one follows. */
  readonly before?: { readonly clauses: readonly Clause[]; readonly href: string } | undefined;
  readonly locale: Locale;
}

/** Needs the client module `contract`. */
export const ContractReader: FC<Reading> = (reading) => {
  const { org, view, clauses, zone, locale } = reading;
  const say = contractWords(locale);
  const { contract, state, facts } = view;
  const document = `/api/orgs/${org}/contracts/${contract.id}/document`;
  return (
    <>
      {contract.employerVerified ? null : <Notice tone="warn">{say('unverifiedThen')}</Notice>}
      <StateNotice {...reading} />
      <Group>
        <Row label={say('contract')} value={<ContractBadge state={state} locale={locale} />} />
        <Row label={say('validity')} value={validityText(view, locale)} />
        {facts.signBy && view.open.length > 0 ? (
          <Row label={say('signBy')} value={formatInstant(facts.signBy, zone, locale)} />
        ) : null}
        {view.slots.map((slot) => (
          <PlaceRow slot={slot} reading={reading} />
        ))}
        {view.sealedAt ? (
          <Row label={say('sealedAt')} value={formatInstant(view.sealedAt, zone, locale)} />
        ) : null}
      </Group>
      {reading.before ? (
        <Redline before={reading.before.clauses} after={clauses} href={reading.before.href} locale={locale} />
      ) : null}
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
        {say(view.sealedAt ? 'download' : 'downloadOffer')}
      </a>
      <a class="button button-plain" href={document} target="_blank" rel="noopener">
        {say('print')}
      </a>
      {reading.place ? <SignForm {...reading} place={reading.place} /> : null}
    </>
  );
};

const PlaceRow: FC<{ slot: Slot; reading: Reading }> = ({ slot, reading }) => {
  const { view, zone, locale } = reading;
  const say = contractWords(locale);
  const signature = view.signatures.find(({ slotId }) => slotId === slot.id);
  if (!signature)
    return (
      <Row
        label={say(slot.role)}
        value={say(view.open.some(({ id }) => id === slot.id) ? 'next' : 'notSigned')}
      />
    );
  return (
    <Row
      label={say(slot.role)}
      value={`${signature.signerName} · ${formatInstant(signature.at, zone, locale)}`}
      sub={`${gradeText(signature, locale)} ${readingText(signature, locale)}`.trim()}
    />
  );
};

/** What the signature proves and what it does not, in one plain sentence. */
export function gradeText(signature: Signature, locale: Locale): string {
  const say = contractWords(locale);
  if (signature.grade === 'B') return say('gradeB');
  if (signature.grade === 'C') {
    const { code, witness } = JSON.parse(signature.record) as SigningRecord;
    return say('gradeC', { sentTo: code?.sentTo ?? '', witness: witness?.name ?? '' });
  }
  const flags = backupFlags(JSON.parse(signature.proof) as SignatureProof);
  return say(flags?.eligible ? 'gradeASynced' : 'gradeA');
}

/** How long it was read, as the signer's browser says. */
function readingText({ reading }: Signature, locale: Locale): string {
  if (!reading) return '';
  const { pages } = JSON.parse(reading) as { pages: readonly { seconds: number }[] };
  const seconds = pages.reduce((total, page) => total + page.seconds, 0);
  return contractWords(locale)('readFor', { pages: pages.length, seconds });
}

const StateNotice: FC<Reading> = ({ view, personId, place, locale }) => {
  const say = contractWords(locale);
  const { state, declined, cancelled, notice, facts, open } = view;
  if (declined) return <Notice tone="bad">{say('declinedBecause', { reason: declined.reason })}</Notice>;
  if (cancelled) return <Notice>{say('cancelledBecause', { reason: cancelled.reason })}</Notice>;
  if (notice)
    return (
      <Notice tone="warn">
        {say(`notice-${notice.side}`, { reason: notice.reason, on: notice.lastDay })}
      </Notice>
    );
  if (facts.terminatedOn) return <Notice>{say('terminatedMeans', { on: facts.terminatedOn })}</Notice>;
  if (facts.supersededOn) return <Notice>{say('supersededMeans', { on: facts.supersededOn })}</Notice>;
  if (state === 'expired') return <Notice tone="warn">{say('expiredMeans')}</Notice>;
  if (state === 'signed') return <Notice>{say('sealing')}</Notice>;
  if (place || open.length === 0) return null;
  if (view.signatures.some((one) => one.personId === personId))
    return <Notice tone="good">{say('youSigned')}</Notice>;
  return <Notice>{say('waitsFor', { who: open.map(({ role }) => say(role)).join('、') })}</Notice>;
};

/** The reader's language; the other stands beside it in the document itself. */
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
          {clause.table ? <ClauseTable rows={clause.table[language]} lang={locale} /> : null}
        </section>
      ))}
    </div>
  );
};

const SignForm: FC<Reading & { place: Slot }> = ({ org, view, place, locale, employerName }) => {
  const say = contractWords(locale);
  const ready = {
    worker: say('sign'),
    employer: say('signAsEmployer', { employer: employerName }),
    approver: say('signAsApprover'),
    witness: say('signAsWitness'),
  }[place.role];
  return (
    <form
      class="api-form"
      data-sign
      data-org={org}
      data-contract={view.contract.id}
      data-role={place.role}
      novalidate
    >
      <details class="pad">
        <summary>{say('draw')}</summary>
        <p class="field-hint">{say('drawMeans')}</p>
        <canvas data-pad role="img" aria-label={say('drawHere')} />
        <button type="button" class="button button-plain" data-clear-pad>
          {say('drawAgain')}
        </button>
      </details>
      <CheckField name="consent" label={consentText[locale === 'en' ? 'en' : 'zh']} />
      <p class="form-problem" role="alert" hidden />
      <button type="submit" class="button button-primary" disabled data-ready={ready}>
        {say('waitRead')}
      </button>
      <p class="field-hint">{say('signMeans')}</p>
    </form>
  );
};
