/** One contract in the console: as its reader shows it, to be signed, and what the office may do with it. */
import type { FC } from 'hono/jsx';
import { employerOf } from '../employer/employer.ts';
import { consoleFrame } from '../employer/frame.ts';
import { type Reader, readerOf, shownAt } from '../employer/reader.ts';
import { hasRole, type MemberStanding, requireRole } from '../employer/standing.ts';
import { engagementOf } from '../engagement/engagement.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { ApiForm, Card, Field, FixedField, LongField, Notice } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { textOf } from './contract.ts';
import { kindText } from './contract-badge.tsx';
import { beforeOf } from './contract-before.ts';
import { noticeRule } from './contract-end.ts';
import { ContractReader } from './contract-reader.tsx';
import { isOpen } from './contract-state.ts';
import { type ContractView, viewOf } from './contract-view.ts';
import { followWords } from './follow-words.ts';
import { listWords } from './list-words.ts';
import { readableContract } from './routes.ts';
import { fitsSlot } from './slot.ts';
import { contractWords } from './words.ts';

export const contractPage = router<CellEnv>();

contractPage.get('/contracts/:id', (c) => {
  // Whoever has a place in it may read it, too: supervisors approve, a client's approver witnesses.
  const standing = requireRole(c, 'owner', 'hr', 'supervisor', 'approver');
  const reader = readerOf(c);
  const { org, db, locale, zone } = reader;
  const say = listWords(locale);
  const { contract } = readableContract(c, c.req.param('id'));
  const view = viewOf(db, contract, reader.at);
  const isOffice = hasRole(standing, 'owner', 'hr');
  const own = contract.workerId === standing.workerId;
  const person = `/orgs/${org}/people/${contract.workerId}`;
  const place = view.open.find((slot) => slot.role !== 'worker' && fitsSlot(standing, slot, contract));
  const signed = view.signatures.some(({ personId }) => personId === standing.personId);
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={say('titleOf', { kind: kindText(view, locale), name: view.workerName })}
      lead={engagementOf(db, contract.engagementId)?.roleTitle ?? ''}
      frame={consoleFrame(c)}
      section="contracts"
      scripts={['contract']}
      actions={
        isOffice ? (
          <>
            <a class="button button-plain" href={person}>
              {say('person')}
            </a>
            <a class="button button-plain" href={`/orgs/${org}/contracts`}>
              {say('all')}
            </a>
          </>
        ) : null
      }
    >
      {own ? <Notice tone="warn">{say('ownMeans')}</Notice> : null}
      {isOffice && (view.state === 'declined' || view.state === 'cancelled') ? (
        <Notice>
          <a href={`${person}#offer`}>{say('offerAgain')}</a>
        </Notice>
      ) : null}
      <div class="sheet">
        <ContractReader
          org={org}
          view={view}
          clauses={textOf(c.env.cell, contract).clauses}
          employerName={employerOf(db).name}
          zone={zone}
          personId={standing.personId}
          before={beforeOf(c.env.cell, contract, '')}
          // Nobody signs for both sides: their own contract they read as its worker.
          place={own || signed ? undefined : place}
          locale={locale}
        />
        {place && !own && !signed && place.role !== 'employer' ? (
          <Decline view={view} reader={reader} />
        ) : null}
      </div>
      {isOffice ? <Office view={view} reader={reader} standing={standing} /> : null}
    </ConsolePage>,
  );
});

const Decline: FC<{ view: ContractView; reader: Reader }> = ({ view, reader: { org, locale } }) => {
  const say = contractWords(locale);
  return (
    <details class="decline">
      <summary>{say('decline')}</summary>
      <ApiForm
        action={`/api/orgs/${org}/contracts/${view.contract.id}/decline`}
        submit={say('decline')}
        tone="warn"
        confirm={say('declineConfirm')}
      >
        <LongField name="reason" label={say('declineReason')} required />
      </ApiForm>
    </details>
  );
};

/** What the office may do with it as it stands. */
const Office: FC<{ view: ContractView; reader: Reader; standing: MemberStanding }> = ({ view, reader }) => {
  const { state } = view;
  return (
    <>
      {isOpen(state) || state === 'expired' ? <MoreTime view={view} reader={reader} /> : null}
      {isOpen(state) || state === 'expired' ? <TakeBack view={view} reader={reader} /> : null}
      {(state === 'sealed' || state === 'signed') && view.facts.terminatedOn === null ? (
        <p>
          <a class="button button-plain" href={`/orgs/${reader.org}/contracts/${view.contract.id}/follow`}>
            {followWords(reader.locale)('open')}
          </a>
        </p>
      ) : null}
      {(state === 'sealed' || state === 'signed') &&
      view.facts.terminatedOn === null &&
      !view.contract.relation ? (
        <GiveNotice view={view} reader={reader} side="employer" />
      ) : null}
    </>
  );
};

const apiOf = ({ org }: Reader, { contract }: ContractView) => `/api/orgs/${org}/contracts/${contract.id}`;

const MoreTime: FC<{ view: ContractView; reader: Reader }> = ({ view, reader }) => {
  const say = listWords(reader.locale);
  const { signBy } = view.facts;
  return (
    <Card title={say('deadline')}>
      <p>{signBy ? say('signBy', { at: shownAt(reader, signBy) }) : say('noDeadline')}</p>
      <ApiForm action={`${apiOf(reader, view)}/deadlines/{id}`} submit={say('extend')} tone="plain">
        <Field name="signBy" label={say('newDeadline')} kind="instant" zone={reader.zone} required />
      </ApiForm>
    </Card>
  );
};

const TakeBack: FC<{ view: ContractView; reader: Reader }> = ({ view, reader }) => {
  const say = listWords(reader.locale);
  return (
    <Card title={say('takeBack')}>
      <p>{say('takeBackMeans')}</p>
      <ApiForm
        action={`${apiOf(reader, view)}/cancellation`}
        submit={say('takeBack')}
        tone="warn"
        confirm={say('takeBackConfirm')}
      >
        <LongField name="reason" label={say('reason')} required />
      </ApiForm>
    </Card>
  );
};

export const GiveNotice: FC<{ view: ContractView; reader: Reader; side: 'worker' | 'employer' }> = ({
  view,
  reader,
  side,
}) => {
  const say = listWords(reader.locale);
  const relationship = engagementOf(reader.db, view.contract.engagementId)?.relationship ?? '';
  const rule = noticeRule(relationship, side);
  return (
    <Card title={say('giveNotice')}>
      <p>
        {say(rule ? `noticeMeans-${side}` : 'noticeMeans', {
          days: rule?.days ?? 0,
          source: rule?.source ?? '',
        })}
      </p>
      <ApiForm
        action={`${apiOf(reader, view)}/notice`}
        submit={say('giveNotice')}
        tone="warn"
        confirm={say('noticeConfirm')}
      >
        <FixedField name="side" value={side} />
        <Field name="lastDay" label={say('lastDay')} kind="date" required />
        <LongField name="reason" label={say('reason')} required />
      </ApiForm>
    </Card>
  );
};
