/**
 * The console's page of one worker. It lies where the rooms are put together, because it shows what each of them says of
 * a person: identity, engagement, hours, contract, card and cover; no room below knows all of these.
 */

import type { FC } from 'hono/jsx';
import { relationship } from '../../db/cell.ts';
import { type CardView, cardOfWorker } from '../card/work-card.ts';
import { DeviceRow } from '../clock/device-parts.tsx';
import { deviceWords } from '../clock/device-words.ts';
import { devicesOfWorker } from '../clock/worker-device.ts';
import { validityText } from '../contract/contract-badge.tsx';
import { isComplete, isOpen } from '../contract/contract-state.ts';
import { type ContractView, contractsOfWorker } from '../contract/contract-view.ts';
import { OfferForm } from '../contract/offer-form.tsx';
import { IdentityBadge, Next, OurContractBadge } from '../contract/people-parts.tsx';
import { type RosterRow, rosterOf } from '../contract/roster.ts';
import { employerOf } from '../employer/employer.ts';
import { consoleFrame } from '../employer/frame.ts';
import { type Reader as PageReader, readerOf as readerOfPage } from '../employer/reader.ts';
import { siteOf, sitesOf } from '../employer/site.ts';
import { requireRole } from '../employer/standing.ts';
import {
  type Engagement,
  engagementState,
  engagementsOfWorker,
  lastDayOf,
  payTermsOf,
  payTermsOn,
  siteIdsOf,
} from '../engagement/engagement.ts';
import { ChangeSites } from '../engagement/engagement-site-parts.tsx';
import { coversOfWorker } from '../guarantee/cover.ts';
import { hoursText } from '../hours/hours-text.ts';
import type { CellContext, CellEnv, CellRequest } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { type Identity, identityOf } from '../identity/claim.ts';
import { consentsOf } from '../identity/consent.ts';
import { isMinor } from '../identity/document.ts';
import { nameBehind } from '../identity/name.ts';
import { payoutAccountOf, waitingAccountOf } from '../identity/payout-account.ts';
import { identityWords, purposeWords } from '../identity/words.ts';
import { countryName } from '../kernel/country.ts';
import { formatMoney, type Minor, minorDigits } from '../kernel/money.ts';
import { type Locale, refuse } from '../kernel/refusal.ts';
import { type CivilDate, civilDateAt, formatInstant, type Instant } from '../kernel/time.ts';
import type { SignerKey } from '../provider/providers.ts';
import { type Timesheet, timesheetOf } from '../timesheet/timesheet.ts';
import { periodsOf } from '../timesheet/timesheet-list.ts';
import { StateBadge } from '../timesheet/timesheet-parts.tsx';
import { timesheetWords } from '../timesheet/timesheet-words.ts';
import {
  ApiForm,
  Badge,
  Card,
  ChoicesField,
  Field,
  Group,
  Notice,
  Row,
  SelectField,
  Table,
} from '../web/components.tsx';
import { ConsolePage, localeOf, page } from '../web/page.tsx';
import { personWords } from './person-words.ts';

export const personPages = router<CellEnv>();

interface Reader {
  readonly cell: CellContext;
  readonly locale: Locale;
  readonly at: Instant;
  readonly today: CivilDate;
  readonly currency: string;
  readonly zone: string;
  readonly row: RosterRow;
  readonly identity: Identity;
  /** Chosen for an offer. */
  readonly template: string | undefined;
}

function readerOf(c: CellRequest, workerId: string): Reader {
  requireRole(c, 'owner', 'hr');
  const { cell } = c.env;
  const { db } = cell.store;
  const { currency, zone } = employerOf(db);
  const at = c.var.at;
  return {
    cell,
    locale: localeOf(c.req.raw),
    at,
    today: civilDateAt(at, zone),
    currency,
    zone,
    row: rosterOf(db, at).find((one) => one.workerId === workerId) ?? refuse('not-found'),
    identity: identityOf(db, workerId),
    template: c.req.query('template'),
  };
}

const apiOf = ({ cell }: Reader) => `/api/orgs/${cell.org}`;
const moneyOf = ({ currency, locale }: Reader, amount: Minor) => formatMoney(amount, currency, locale);
const instantOf = ({ zone, locale }: Reader, at: Instant) => formatInstant(at, zone, locale);

personPages.get('/people/:workerId', async (c) => {
  const reader = readerOf(c, c.req.param('workerId'));
  const { row, locale, cell, identity } = reader;
  const { db } = cell.store;
  const say = personWords(locale);
  const engagements = engagementsOfWorker(db, row.workerId);
  const contracts = contractsOfWorker(db, row.workerId, reader.at);
  const keys = await cell.directory.keysOf(row.personId);
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={row.legalName ?? row.displayName}
      lead={say('joined', { on: instantOf(reader, row.since) })}
      frame={consoleFrame(c)}
      section="people"
      actions={<IdentityBadge state={identity.state} locale={locale} />}
    >
      <Notice tone={row.next === 'ready' ? 'good' : 'info'}>
        {say('next')}: <Next row={row} org={cell.org} locale={locale} />
      </Notice>
      <div class="columns">
        <WhoTheyAre reader={reader} />
        <WhatTheyHave reader={reader} keys={keys} />
      </div>
      {engagements.map((engagement) => (
        <OneEngagement
          engagement={engagement}
          contracts={contracts.filter(({ contract }) => contract.engagementId === engagement.id)}
          reader={reader}
        />
      ))}
      <Engage reader={reader} first={engagements.length === 0} />
      <Covers reader={reader} />
      <Phones reader={readerOfPage(c)} workerId={row.workerId} />
    </ConsolePage>,
  );
});

// ---- who they are and what they have

const WhoTheyAre: FC<{ reader: Reader }> = ({ reader }) => {
  const { identity, locale, cell, today } = reader;
  const say = personWords(locale);
  const their = identityWords(locale);
  const { claim, review } = identity;
  return (
    <Group title={say('identity')}>
      {claim && isMinor(claim.birthOn, today) ? <Notice tone="warn">{say('minor')}</Notice> : null}
      <Row
        label={say('state')}
        value={<IdentityBadge state={identity.state} locale={locale} />}
        {...(claim ? {} : { sub: their('none') })}
      />
      {claim ? (
        <>
          <Row label={say('legalName')} value={claim.legalName} />
          <Row
            label={their(claim.documentKind === 'passport' ? 'passport' : 'residentId')}
            value={<span class="mono">{claim.documentMasked}</span>}
            sub={`${say('country')} ${countryName(claim.country, locale)}`}
          />
          <Row label={say('birthOn')} value={claim.birthOn} />
          {claim.expiresOn ? (
            <Row
              label={say('expiresOn')}
              value={
                <>
                  {claim.expiresOn}{' '}
                  {claim.expiresOn < today ? <Badge tone="warn">{say('expired')}</Badge> : null}
                </>
              }
            />
          ) : null}
          {review ? (
            <Row
              label={say('decided')}
              value={say('decidedBy', {
                name: nameBehind(cell.store.db, review.by),
                at: instantOf(reader, review.at),
                reason: review.reason,
              })}
            />
          ) : null}
          <Row label={say('review')} href={`/orgs/${cell.org}/reviews?claim=${claim.id}`} />
        </>
      ) : null}
    </Group>
  );
};

const WhatTheyHave: FC<{ reader: Reader; keys: readonly SignerKey[] }> = ({ reader, keys }) => {
  const { cell, locale, row, at } = reader;
  const { db } = cell.store;
  const say = personWords(locale);
  const account = payoutAccountOf(db, row.workerId, at);
  const waiting = waitingAccountOf(db, row.workerId, at);
  const consents = consentsOf(db, row.workerId);
  const card = cardOfWorker(db, row.workerId, at);
  return (
    <div>
      <Group title={`${say('account')} · ${say('card')}`}>
        <Row
          label={say('account')}
          value={account ? `${account.bankName} ${account.numberMasked}` : '—'}
          sub={account ? account.holderName : say('accountNone')}
        />
        {waiting ? (
          <Row
            label={say('accountWaits')}
            value={`${waiting.bankName} ${waiting.numberMasked}`}
            sub={say('accountFrom', { at: instantOf(reader, waiting.effectiveAt) })}
          />
        ) : null}
        <CardRow card={card} locale={locale} />
        <Row
          label={say('consents')}
          value={
            [...new Set(consents.map(({ purpose }) => purpose))]
              .map((purpose) => purposeText(purpose, locale))
              .join(' · ') || say('consentsNone')
          }
        />
        <Row
          label={say('keys')}
          value={keys.length > 0 ? keys.map((key) => <div>{keyText(key, locale)}</div>) : say('key-none')}
        />
      </Group>
      {card && !card.trouble ? (
        <details>
          <summary class="button button-plain">{say('revokeCard')}…</summary>
          <ApiForm
            action={`${apiOf(reader)}/cards/${card.card.id}/revocation`}
            submit={say('revokeCard')}
            confirm={say('revokeCardAsk')}
            tone="warn"
          >
            <Field name="reason" label={say('reason')} required />
          </ApiForm>
        </details>
      ) : null}
    </div>
  );
};

const CardRow: FC<{ card: CardView | undefined; locale: Locale }> = ({ card, locale }) => {
  const say = personWords(locale);
  if (!card) return <Row label={say('card')} value="—" sub={say('card-none')} />;
  return (
    <Row
      label={say('card')}
      value={<Badge tone={card.trouble ? 'bad' : 'good'}>{say(`card-${card.trouble ?? 'valid'}`)}</Badge>}
      sub={`${card.card.validFrom} – ${card.card.validUntil}`}
    />
  );
};

function purposeText(purpose: string, locale: Locale): string {
  return purposeWords(locale)(purpose as Parameters<ReturnType<typeof purposeWords>>[0]);
}

function keyText(key: SignerKey, locale: Locale): string {
  const say = personWords(locale);
  return key.grade === 'A' ? say('key-A') : say('key-B', { by: say(`by-${key.boundBy}`) });
}

// ---- engagements

const engagementTone = { coming: 'info', live: 'good', ended: 'quiet' } as const;

const OneEngagement: FC<{
  engagement: Engagement;
  contracts: readonly ContractView[];
  reader: Reader;
}> = ({ engagement, contracts, reader }) => {
  const { cell, locale, today } = reader;
  const { db } = cell.store;
  const say = personWords(locale);
  const state = engagementState(db, engagement, today);
  const last = lastDayOf(db, engagement);
  const terms = payTermsOf(db, engagement.id);
  const rate = payTermsOn(terms, today < engagement.startsOn ? engagement.startsOn : today);
  const places = siteIdsOf(db, engagement.id).map((id) => siteOf(db, id)?.name ?? '');
  return (
    <Card title={engagement.roleTitle} actions={<Badge tone={engagementTone[state]}>{say(state)}</Badge>}>
      <dl class="facts">
        <Fact name={say('relationship')}>{say(`relationship-${engagement.relationship}`)}</Fact>
        <Fact name={say('rate')}>
          {rate?.hourlyRateMinor ? `${moneyOf(reader, rate.hourlyRateMinor)} ${say('hourly')}` : '—'}
        </Fact>
        <Fact name={say('payPeriod')}>{timesheetWords(locale)(engagement.payPeriod)}</Fact>
        <Fact name={say('term')}>{`${engagement.startsOn} – ${last ?? say('open')}`}</Fact>
        <Fact name={say('project')}>{engagement.project}</Fact>
        <Fact name={say('sites')}>{places.join('、')}</Fact>
      </dl>
      {contracts.length > 0 ? <ContractList contracts={contracts} reader={reader} /> : null}
      <Sheets engagement={engagement} reader={reader} />
      {state === 'ended' ? null : (
        <>
          <Offer engagement={engagement} contracts={contracts} reader={reader} />
          <div class="decide">
            <NewTerms engagement={engagement} reader={reader} />
            <ChangeSites
              engagementId={engagement.id}
              reader={{ db, locale, org: cell.org, zone: reader.zone }}
            />
            <End engagement={engagement} reader={reader} />
          </div>
        </>
      )}
    </Card>
  );
};

const Fact: FC<{ name: string; children?: unknown }> = ({ name, children }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const ContractList: FC<{ contracts: readonly ContractView[]; reader: Reader }> = ({ contracts, reader }) => {
  const { cell, locale } = reader;
  const say = personWords(locale);
  return (
    <Table
      caption={say('contracts')}
      columns={[
        {
          head: say('contracts'),
          cell: (view: ContractView) => (
            <a href={`/orgs/${cell.org}/contracts/${view.contract.id}`}>{validityText(view, locale)}</a>
          ),
        },
        { head: say('offered'), cell: ({ contract }) => instantOf(reader, contract.at) },
        { head: say('state'), cell: ({ state }) => <OurContractBadge state={state} locale={locale} /> },
      ]}
      rows={contracts}
    />
  );
};

const shownPeriods = 6;

const Sheets: FC<{ engagement: Engagement; reader: Reader }> = ({ engagement, reader }) => {
  const { cell, locale, at } = reader;
  const { db } = cell.store;
  const say = personWords(locale);
  const sheets = periodsOf(db, engagement, at, shownPeriods)
    .map(({ startsOn }) => timesheetOf(db, engagement.id, startsOn, at))
    .filter(({ seconds, exceptions }) => seconds > 0 || exceptions.length > 0);
  if (sheets.length === 0) return null;
  return (
    <Table
      caption={say('timesheets')}
      columns={[
        {
          head: say('timesheets'),
          cell: ({ period }: Timesheet) => (
            <a href={`/orgs/${cell.org}/timesheets/${engagement.id}/${period.startsOn}`}>
              {`${period.startsOn} – ${period.endsOn}`}
            </a>
          ),
        },
        { head: say('state'), cell: (sheet) => <StateBadge sheet={sheet} locale={locale} /> },
        { head: say('hours'), cell: ({ seconds }) => hoursText(seconds), numeric: true },
      ]}
      rows={sheets}
    />
  );
};

const Offer: FC<{
  engagement: Engagement;
  contracts: readonly ContractView[];
  reader: Reader;
}> = ({ engagement, contracts, reader }) => {
  const { cell, locale, identity } = reader;
  const say = personWords(locale);
  const standing = contracts.some(({ state }) => isOpen(state) || isComplete(state));
  if (standing) return null;
  if (identity.state !== 'accepted') return <Notice>{say('offerNeedsIdentity')}</Notice>;
  return <OfferForm engagement={engagement} cell={cell} locale={locale} chosen={reader.template} />;
};

const RateField: FC<{ reader: Reader }> = ({ reader: { currency, locale } }) => (
  <Field
    name="hourlyRateMinor"
    label={personWords(locale)('hourlyRate', { currency })}
    kind="money"
    currencyDigits={minorDigits(currency)}
    required
  />
);

const NewTerms: FC<{ engagement: Engagement; reader: Reader }> = ({ engagement, reader }) => {
  const { cell, locale, today } = reader;
  const say = personWords(locale);
  const terms = payTermsOf(cell.store.db, engagement.id);
  return (
    <details>
      <summary class="button button-plain">{say('newTerms')}…</summary>
      <div class="stack">
        <Table
          caption={say('payTerms')}
          columns={[
            { head: say('effectiveOn'), cell: ({ effectiveOn }: (typeof terms)[number]) => effectiveOn },
            {
              head: say('rate'),
              cell: ({ hourlyRateMinor }) =>
                hourlyRateMinor === null ? '—' : moneyOf(reader, hourlyRateMinor),
              numeric: true,
            },
          ]}
          rows={terms}
        />
        <p>{say('newTermsMeans')}</p>
        <ApiForm action={`${apiOf(reader)}/engagements/${engagement.id}/pay-terms/{id}`} submit={say('save')}>
          <Field name="effectiveOn" label={say('effectiveOn')} kind="date" value={today} required />
          <RateField reader={reader} />
        </ApiForm>
      </div>
    </details>
  );
};

const End: FC<{ engagement: Engagement; reader: Reader }> = ({ engagement, reader }) => {
  const { locale, today } = reader;
  const say = personWords(locale);
  return (
    <details>
      <summary class="button button-plain">{say('end')}…</summary>
      <div class="stack">
        <p>{say('endMeans')}</p>
        <ApiForm
          action={`${apiOf(reader)}/engagements/${engagement.id}/end`}
          submit={say('end')}
          confirm={say('endAsk')}
          tone="warn"
        >
          <Field name="endsOn" label={say('endsOn')} kind="date" value={today} required />
          <Field name="reason" label={say('reason')} required />
        </ApiForm>
      </div>
    </details>
  );
};

const Engage: FC<{ reader: Reader; first: boolean }> = ({ reader, first }) => {
  const { cell, locale } = reader;
  const say = personWords(locale);
  const sites = sitesOf(cell.store.db);
  if (sites.length === 0)
    return (
      <Notice tone="warn">
        <a href={`/orgs/${cell.org}/sites`}>{say('addSite')}</a>
      </Notice>
    );
  if (first)
    return (
      <div id="engage">
        <Card title={say('engage')}>
          <p>{say('engageMeans')}</p>
          <EngageForm reader={reader} />
        </Card>
      </div>
    );
  return (
    <details id="engage">
      <summary class="button button-plain">{say('engageAgain')}…</summary>
      <Card title={say('engageAgain')}>
        <EngageForm reader={reader} />
      </Card>
    </details>
  );
};

const EngageForm: FC<{ reader: Reader }> = ({ reader }) => {
  const { cell, locale, row, today } = reader;
  const say = personWords(locale);
  const period = timesheetWords(locale);
  const sites = sitesOf(cell.store.db);
  const only = sites.length === 1 ? sites.map(({ id }) => id) : [];
  return (
    <ApiForm action={`${apiOf(reader)}/engagements/{id}`} submit={say('engage')}>
      <Field name="workerId" label="" kind="hidden" value={row.workerId} />
      <Field name="roleTitle" label={say('role')} required />
      <SelectField
        name="relationship"
        label={say('relationship')}
        hint={say('relationshipHint')}
        options={relationship.map((one) => [one, say(`relationship-${one}`)] as const)}
        required
      />
      <Field name="project" label={say('project')} hint={say('projectHint')} required />
      <RateField reader={reader} />
      <SelectField
        name="payPeriod"
        label={say('payPeriod')}
        options={(['weekly', 'semi-monthly', 'monthly'] as const).map((one) => [one, period(one)] as const)}
        required
      />
      <Field name="startsOn" label={say('startsOn')} kind="date" value={today} required />
      <Field name="endsOn" label={say('endsOn')} hint={say('endsOnHint')} kind="date" />
      <ChoicesField
        name="siteIds"
        label={say('sites')}
        options={sites.map(
          ({ id, name, clientName }) => [id, clientName ? `${name} · ${clientName}` : name] as const,
        )}
        chosen={only}
        required
      />
    </ApiForm>
  );
};

// ---- cover

const Covers: FC<{ reader: Reader }> = ({ reader }) => {
  const { cell, locale, row } = reader;
  const say = personWords(locale);
  const covers = coversOfWorker(cell.store.db, row.workerId).slice(0, 10);
  return (
    <Card title={say('covers')}>
      {covers.length === 0 ? (
        <p>{say('coversNone')}</p>
      ) : (
        <Table
          caption={say('covers')}
          columns={[
            {
              head: say('since'),
              cell: ({ cover }: (typeof covers)[number]) => instantOf(reader, cover.startsAt),
            },
            {
              head: say('until'),
              cell: ({ endsAt }) =>
                endsAt === null ? <Badge tone="good">{say('coverNow')}</Badge> : instantOf(reader, endsAt),
            },
            { head: say('cover'), cell: ({ policy }) => policy.name },
          ]}
          rows={covers}
        />
      )}
    </Card>
  );
};

// ---- phones

const Phones: FC<{ reader: PageReader; workerId: string }> = ({ reader, workerId }) => {
  const say = deviceWords(reader.locale);
  const devices = devicesOfWorker(reader.db, workerId);
  if (devices.length === 0)
    return (
      <Card title={say('hrTitle')}>
        <p>{say('hrNone')}</p>
      </Card>
    );
  return (
    <Group title={say('hrTitle')} note={say('hrNote')}>
      {devices.map((device) => (
        <DeviceRow device={device} reader={reader} />
      ))}
    </Group>
  );
};
