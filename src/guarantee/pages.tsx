/** The console's page of guarantees: policies and who stands for each, who is covered now, and who was. */
import type { FC } from 'hono/jsx';
import { consoleFrame } from '../employer/frame.ts';
import { type Reader, readerOf } from '../employer/reader.ts';
import { requireRole } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { formatMoney, minorDigits } from '../kernel/money.ts';
import type { Locale } from '../kernel/refusal.ts';
import { formatInstant, type Instant } from '../kernel/time.ts';
import {
  ApiForm,
  Badge,
  Card,
  type Column,
  Facts,
  Field,
  LongField,
  Notice,
  SelectField,
  Table,
  When,
} from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { type CoverView, openCovers, type PastCover, pastCovers } from './cover.ts';
import { type GuaranteePolicy, isInsured, policiesOf, policyOn, policyState } from './policy.ts';
import { guaranteeWords } from './words.ts';

export const guaranteePages = router<CellEnv>();

guaranteePages.get('/guarantees', (c) => {
  requireRole(c, 'owner', 'hr');
  const reader = readerOf(c);
  const { db, locale } = reader;
  const say = guaranteeWords(locale);
  const policies = policiesOf(db);
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={say('title')}
      lead={say('lead')}
      frame={consoleFrame(c)}
      section="guarantees"
      actions={
        policies.length > 0 ? (
          <a class="button button-primary" href="#add">
            {say('add')}
          </a>
        ) : null
      }
    >
      {policyOn(db, reader.today) ? null : (
        <Notice tone="warn" title={say('nobody')}>
          {say('nobodyMeans')}
        </Notice>
      )}
      {policies.length > 0 ? (
        <div class="columns">
          {policies.map((policy) => (
            <Policy policy={policy} reader={reader} />
          ))}
        </div>
      ) : (
        <AddPolicy reader={reader} />
      )}
      <Covered covers={openCovers(db)} reader={reader} />
      <Past covers={pastCovers(db)} reader={reader} />
      {policies.length > 0 ? <AddPolicy reader={reader} /> : null}
    </ConsolePage>,
  );
});

const tones = { 'in-force': 'good', coming: 'info', expired: 'quiet', ended: 'quiet' } as const;

const Policy: FC<{ policy: GuaranteePolicy & { ended: boolean }; reader: Reader }> = ({ policy, reader }) => {
  const { org, locale, currency, today } = reader;
  const say = guaranteeWords(locale);
  const state = policyState(policy, today);
  const { effectiveOn: from, expiresOn: to } = policy;
  return (
    <Card title={policy.name} actions={<Badge tone={tones[state]}>{say(state)}</Badge>}>
      <Facts
        items={[
          [say('whoStands'), <WhoStands policy={policy} locale={locale} />],
          ...(isInsured(policy) ? [[say('policyNumber'), policy.policyNumber] as const] : []),
          [say('limit'), formatMoney(policy.limitMinor, currency, locale)],
          [say('inForce'), to ? say('fromTo', { from, to }) : say('from', { from })],
          [say('terms'), <span class="pre-line">{policy.terms}</span>],
        ]}
      />
      {state === 'ended' || state === 'expired' ? null : (
        <details class="fold">
          <summary>{say('end')}</summary>
          <p>{say('endMeans')}</p>
          <ApiForm
            action={`/api/orgs/${org}/guarantee-policies/${policy.id}/end`}
            submit={say('end')}
            tone="warn"
            confirm={say('endAsk', { name: policy.name })}
          >
            <Field name="reason" label={say('reason')} required />
          </ApiForm>
        </details>
      )}
    </Card>
  );
};

/** An insurer by name, or a promise called a promise. */
const WhoStands: FC<{ policy: GuaranteePolicy; locale: Locale }> = ({ policy, locale }) => {
  const say = guaranteeWords(locale);
  return isInsured(policy) ? (
    <Badge tone="good">{say('insured', { insurer: policy.insurerName ?? '' })}</Badge>
  ) : (
    <>
      <Badge tone="info">{say('promise')}</Badge> <small>{say('promiseMeans')}</small>
    </>
  );
};

function coverColumns({ locale, zone }: Reader): Column<CoverView>[] {
  const say = guaranteeWords(locale);
  return [
    { head: say('worker'), cell: ({ workerName }) => workerName },
    { head: say('policy'), cell: ({ policy }) => policy.name },
    { head: say('whoStands'), cell: ({ policy }) => standsText(policy, locale) },
    { head: say('since'), cell: ({ cover }) => shortInstant(cover.startsAt, zone, locale) },
  ];
}

function standsText(policy: GuaranteePolicy, locale: Locale): string {
  const say = guaranteeWords(locale);
  return isInsured(policy) ? say('insured', { insurer: policy.insurerName ?? '' }) : say('promise');
}

const shortInstant = (at: Instant, zone: string, locale: Locale) =>
  formatInstant(at, zone, locale, 'MM-dd HH:mm');

const Covered: FC<{ covers: readonly CoverView[]; reader: Reader }> = ({ covers, reader }) => {
  const say = guaranteeWords(reader.locale);
  return (
    <Card title={`${say('now')} · ${covers.length}`}>
      {covers.length > 0 ? (
        <Table caption={say('now')} columns={coverColumns(reader)} rows={covers} />
      ) : (
        <p>{say('noneNow')}</p>
      )}
    </Card>
  );
};

const Past: FC<{ covers: readonly PastCover[]; reader: Reader }> = ({ covers, reader }) => {
  const { locale, zone } = reader;
  const say = guaranteeWords(locale);
  const ended: Column<PastCover>[] = [
    { head: say('until'), cell: ({ endsAt }) => shortInstant(endsAt, zone, locale) },
    {
      head: say('how'),
      cell: ({ forgotten, followed }) =>
        forgotten ? (
          <Badge tone="warn">{say('forgotten')}</Badge>
        ) : (
          say(followed ? 'clockedInAgain' : 'clockOut')
        ),
    },
  ];
  return (
    <Card title={say('past')}>
      {covers.length > 0 ? (
        <Table caption={say('past')} columns={[...coverColumns(reader), ...ended]} rows={covers} />
      ) : (
        <p>{say('nonePast')}</p>
      )}
    </Card>
  );
};

const AddPolicy: FC<{ reader: Reader }> = ({ reader: { org, locale, currency, today } }) => {
  const say = guaranteeWords(locale);
  return (
    <Card title={say('add')} id="add">
      <p>{say('addMeans')}</p>
      <ApiForm action={`/api/orgs/${org}/guarantee-policies/{id}`} submit={say('add')}>
        <Field name="kind" label="" kind="hidden" value="day-cover" />
        <Field name="name" label={say('name')} hint={say('nameHint')} required autocomplete="off" />
        <SelectField
          name="standsFor"
          label={say('whoStands')}
          hint={say('standsHint')}
          value="insurer"
          options={[
            ['insurer', say('insurer')],
            ['employer', say('employer')],
          ]}
        />
        <When field="standsFor" is="insurer" now>
          <Field name="insurerName" label={say('insurerName')} required />
          <Field name="policyNumber" label={say('policyNumber')} required />
        </When>
        <Field
          name="limitMinor"
          label={`${say('limit')} (${currency})`}
          kind="money"
          currencyDigits={minorDigits(currency)}
          required
        />
        <Field name="effectiveOn" label={say('effectiveOn')} kind="date" value={today} required />
        <Field name="expiresOn" label={say('expiresOn')} hint={say('expiresHint')} kind="date" />
        <div class="field-wide">
          <LongField name="terms" label={say('terms')} hint={say('termsHint')} rows={4} required />
        </div>
      </ApiForm>
    </Card>
  );
};
