/** The console's page of identity reviews: one claim at a time, large, and the next one after each decision. */

import type { FC } from 'hono/jsx';
import { consoleFrame } from '../employer/frame.ts';
import { workerOf } from '../employer/invitation.ts';
import { memberNameOf } from '../employer/member.ts';
import { type Reader, readerOf, shownAt } from '../employer/reader.ts';
import { requireRole, type Standing } from '../employer/standing.ts';
import type { CellEnv, CellRequest } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { countryName } from '../kernel/country.ts';
import { ageOn } from '../kernel/time.ts';
import { ApiForm, Badge, Card, Empty, Field, LongField, Notice, Table } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import {
  claimOf,
  claimsToReview,
  type DecidedClaim,
  decidedClaims,
  type IdentityClaim,
  reviewOf,
  sameDocument,
  shownSides,
} from './claim.ts';
import { isMinor } from './document.ts';
import { reviewWords } from './review-words.ts';

export const reviewPages = router<CellEnv>();

interface MemberReader extends Reader {
  readonly standing: Standing;
}

const memberReader = (c: CellRequest): MemberReader => ({
  standing: requireRole(c, 'owner', 'hr'),
  ...readerOf(c),
});

reviewPages.get('/reviews', (c) => {
  const reader = memberReader(c);
  const { db, org, locale } = reader;
  const say = reviewWords(locale);
  const waiting = claimsToReview(db);
  const asked = c.req.query('claim');
  const claim = asked ? claimOf(db, asked) : waiting[0];
  const decided = decidedClaims(db);
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={say('reviews')}
      lead={say('lead')}
      frame={consoleFrame(c)}
      section="reviews"
      scripts={['reveal']}
    >
      {waiting.length > 1 ? <Queue waiting={waiting} now={claim} reader={reader} /> : null}
      {claim ? (
        <OneClaim claim={claim} reader={reader} withPhotos={c.req.query('photos') !== undefined} />
      ) : (
        <Empty title={say('none')} href={`/orgs/${org}/people?show=invitations`} action={say('people')}>
          {say('noneMeans')}
        </Empty>
      )}
      {decided.length > 0 ? <Decided rows={decided} reader={reader} /> : null}
    </ConsolePage>,
  );
});

const Queue: FC<{
  waiting: readonly IdentityClaim[];
  now: IdentityClaim | undefined;
  reader: MemberReader;
}> = ({ waiting, now, reader: { org, locale } }) => (
  <nav class="pills" aria-label={reviewWords(locale)('next')}>
    {waiting.slice(0, 30).map(({ id, legalName }) => (
      <a href={`/orgs/${org}/reviews?claim=${id}`} {...(id === now?.id ? { 'aria-current': 'page' } : {})}>
        {legalName}
      </a>
    ))}
    {waiting.length > 30 ? <span class="aside">+{waiting.length - 30}</span> : null}
  </nav>
);

const OneClaim: FC<{ claim: IdentityClaim; reader: MemberReader; withPhotos: boolean }> = ({
  claim,
  reader,
  withPhotos,
}) => {
  const { db, org, locale, standing } = reader;
  const say = reviewWords(locale);
  const review = reviewOf(db, claim.id);
  const own = claim.workerId === standing.workerId;
  return (
    <Card
      title={say('title', { name: claim.legalName })}
      actions={
        <Badge tone={review ? (review.decision === 'accepted' ? 'good' : 'bad') : 'warn'}>
          {say(review?.decision ?? 'waiting')}
        </Badge>
      }
    >
      <Warnings claim={claim} reader={reader} />
      {review ? (
        <p>
          {say('decidedAs', {
            name: memberNameOf(db, review.by),
            at: shownAt(reader, review.at),
            reason: review.reason,
          })}
        </p>
      ) : null}
      {review && !withPhotos ? (
        <p>
          <a class="button button-plain" href={`/orgs/${org}/reviews?claim=${claim.id}&photos`}>
            {say('photosShow')}
          </a>{' '}
          <span class="aside">{say('photosShowMeans')}</span>
        </p>
      ) : (
        <Photos claim={claim} reader={reader} />
      )}
      <Facts claim={claim} reader={reader} />
      <Reveal claim={claim} reader={reader} />
      {own ? <Notice tone="warn">{say('own')}</Notice> : null}
      {review || own ? null : <Decide claim={claim} reader={reader} />}
    </Card>
  );
};

const Warnings: FC<{ claim: IdentityClaim; reader: MemberReader }> = ({ claim, reader }) => {
  const { db, org, locale, today } = reader;
  const say = reviewWords(locale);
  const same = sameDocument(db, claim);
  const before = decidedClaims(db, 5, claim.workerId).filter(
    ({ claim: one, review }) => one.id !== claim.id && review.decision === 'refused',
  );
  return (
    <>
      {same.length > 0 ? (
        <Notice tone="bad" title={say('same')}>
          {same.map(({ workerId, displayName }) => (
            <>
              <a href={`/orgs/${org}/people/${workerId}`}>{displayName}</a>{' '}
            </>
          ))}
          {say('sameMeans')}
        </Notice>
      ) : null}
      {isMinor(claim.birthOn, today) ? (
        <Notice tone="warn" title={say('minor')}>
          {say('minorMeans')}
        </Notice>
      ) : null}
      {before.map(({ review }) => (
        <Notice>{say('refusedBefore', { reason: review.reason })}</Notice>
      ))}
    </>
  );
};

const Photos: FC<{ claim: IdentityClaim; reader: MemberReader }> = ({ claim, reader: { org, locale } }) => {
  const say = reviewWords(locale);
  return (
    <div class="photos photos-large">
      {shownSides(claim).map((side) => {
        const address = `/api/orgs/${org}/identity-claims/${claim.id}/photos/${side}`;
        return (
          <figure>
            <a href={address} target="_blank" rel="noopener">
              <img src={address} alt={say('photoOf', { side: say(side) })} />
            </a>
            <figcaption>{say(side)}</figcaption>
          </figure>
        );
      })}
    </div>
  );
};

const Facts: FC<{ claim: IdentityClaim; reader: MemberReader }> = ({ claim, reader }) => {
  const { db, org, locale, today } = reader;
  const say = reviewWords(locale);
  const worker = workerOf(db, claim.workerId);
  const other = worker && worker.displayName !== claim.legalName ? worker.displayName : undefined;
  return (
    <dl class="facts">
      <Fact name={say('legalName')}>
        <a href={`/orgs/${org}/people/${claim.workerId}`}>{claim.legalName}</a>
        {other ? <small class="aside"> {say('alsoCalled', { name: other })}</small> : null}
      </Fact>
      <Fact name={say('document')}>{say(claim.documentKind === 'passport' ? 'passport' : 'residentId')}</Fact>
      <Fact name={say('number')}>
        <output class="mono" id="revealed">
          {claim.documentMasked}
        </output>
      </Fact>
      <Fact name={say('birthOn')}>
        {`${claim.birthOn} · ${say('age', { years: ageOn(claim.birthOn, today) })}`}
      </Fact>
      <Fact name={say('country')}>{countryName(claim.country, locale)}</Fact>
      <Fact name={say('expiresOn')}>{claim.expiresOn ?? say('longTerm')}</Fact>
      <Fact name={say('claimedAt')}>{shownAt(reader, claim.at)}</Fact>
    </dl>
  );
};

const Fact: FC<{ name: string; children?: unknown }> = ({ name, children }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const Reveal: FC<{ claim: IdentityClaim; reader: MemberReader }> = ({ claim, reader: { org, locale } }) => {
  const say = reviewWords(locale);
  return (
    <ApiForm
      id="reveal"
      action={`/api/orgs/${org}/identity-claims/${claim.id}/reveals/{id}`}
      submit={say('reveal')}
      tone="plain"
    >
      <Field name="what" label="" kind="hidden" value="number" />
      <Field name="reason" label={say('revealReason')} value={say('revealUsual')} required />
    </ApiForm>
  );
};

/** Both decisions lead to the next claim that waits. */
const Decide: FC<{ claim: IdentityClaim; reader: MemberReader }> = ({ claim, reader: { org, locale } }) => {
  const say = reviewWords(locale);
  const form = {
    action: `/api/orgs/${org}/identity-claims/${claim.id}/review`,
    next: `/orgs/${org}/reviews`,
  };
  return (
    <section class="form-part" aria-label={say('decide')}>
      <div class="columns">
        <ApiForm {...form} submit={say('accept')}>
          <Field name="decision" label="" kind="hidden" value="accepted" />
          <LongField name="reason" label={say('acceptReason')} value={say('acceptUsual')} rows={2} required />
        </ApiForm>
        <ApiForm {...form} submit={say('refuse')} tone="warn">
          <Field name="decision" label="" kind="hidden" value="refused" />
          <LongField name="reason" label={say('refuseReason')} hint={say('refuseSeen')} rows={2} required />
        </ApiForm>
      </div>
    </section>
  );
};

const Decided: FC<{ rows: readonly DecidedClaim[]; reader: MemberReader }> = ({ rows, reader }) => {
  const { db, org, locale } = reader;
  const say = reviewWords(locale);
  return (
    <Card title={say('decided')}>
      <Table
        caption={say('decided')}
        columns={[
          {
            head: say('legalName'),
            cell: ({ claim }: DecidedClaim) => (
              <a href={`/orgs/${org}/reviews?claim=${claim.id}`}>{claim.legalName}</a>
            ),
          },
          { head: say('number'), cell: ({ claim }) => <span class="mono">{claim.documentMasked}</span> },
          {
            head: say('state'),
            cell: ({ review }) => (
              <Badge tone={review.decision === 'accepted' ? 'good' : 'bad'}>{say(review.decision)}</Badge>
            ),
          },
          { head: say('reason'), cell: ({ review }) => review.reason },
          { head: say('by'), cell: ({ review }) => memberNameOf(db, review.by) },
          { head: say('when'), cell: ({ review }) => shownAt(reader, review.at) },
        ]}
        rows={rows}
      />
    </Card>
  );
};
