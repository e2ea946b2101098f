/** The worker's page of who they are: consents one by one, the document with photos, the account they are paid to. */
import type { FC } from 'hono/jsx';
import { payoutAccountKinds } from '../../db/cell.ts';
import { accountCoolDownHours } from '../employer/employer.ts';
import { type Reader, readerOf } from '../employer/reader.ts';
import { requireWorker } from '../employer/standing.ts';
import type { CellEnv, CellKeys } from '../http/env.ts';
import { router } from '../http/problem.ts';
import type { Locale } from '../kernel/refusal.ts';
import { formatInstant } from '../kernel/time.ts';
import {
  ApiForm,
  Badge,
  Field,
  FileField,
  Group,
  Notice,
  Row,
  SelectField,
  When,
} from '../web/components.tsx';
import { page, WorkerPage } from '../web/page.tsx';
import { isWallet, looksMistyped } from './account-number.ts';
import { type Identity, identityOf, isExpired } from './claim.ts';
import { type ConsentPurpose, consentPurposes, consentsOf, notices } from './consent.ts';
import { type DocumentKind, documentKinds } from './document.ts';
import {
  isOfAnother,
  numberOf,
  type PayoutAccount,
  payoutAccountOf,
  waitingAccountOf,
} from './payout-account.ts';
import { identityWords, purposeWords } from './words.ts';

export const identityPages = router<CellEnv>();

interface WorkerReader extends Reader {
  readonly keys: CellKeys;
  readonly workerId: string;
  readonly kind: DocumentKind;
}

identityPages.get('/me/identity', (c) => {
  const { workerId } = requireWorker(c);
  const reader: WorkerReader = {
    ...readerOf(c),
    keys: c.env.cell.keys,
    workerId,
    kind: documentKinds.find((kind) => kind === c.req.query('kind')) ?? 'resident-id',
  };
  const { org, db, locale } = reader;
  const given = new Set(consentsOf(db, workerId).map(({ purpose }) => purpose));
  return page(
    c,
    <WorkerPage locale={locale} title={identityWords(locale)('title')} org={org} back={`/orgs/${org}/me`}>
      <Consents reader={reader} />
      <Document reader={reader} agreed={given.has('identity-document')} />
      <Bank reader={reader} agreed={given.has('bank-account')} />
    </WorkerPage>,
  );
});

const Consents: FC<{ reader: WorkerReader }> = ({ reader }) => {
  const { db, workerId, locale, org, zone } = reader;
  const say = identityWords(locale);
  const given = consentsOf(db, workerId);
  return (
    <Group title={`1 · ${say('stepConsent')}`}>
      {consentPurposes.map((purpose) => {
        const consent = given.find((one) => one.purpose === purpose);
        return consent ? (
          <details class="cell-details">
            <summary class="cell weui-cell">
              <span class="cell-label weui-cell__bd">
                {purposeWords(locale)(purpose)}
                <small>
                  {say('agreedOn', { on: formatInstant(consent.at, zone, locale, 'yyyy-MM-dd') })}
                </small>
              </span>
              <Badge tone="good">✓</Badge>
            </summary>
            <p class="notice-text">{noticeText(purpose, locale)}</p>
            <ApiForm
              action={`/api/orgs/${org}/me/consents/${consent.id}/withdrawal`}
              submit={say('withdraw')}
              tone="plain"
              confirm={say('withdrawConfirm')}
            />
          </details>
        ) : (
          <div class="consent">
            <h3>{purposeWords(locale)(purpose)}</h3>
            <p class="notice-text">{noticeText(purpose, locale)}</p>
            <ApiForm action={`/api/orgs/${org}/me/consents/{id}`} submit={say('agree')}>
              <Field name="purpose" label="" kind="hidden" value={purpose} />
            </ApiForm>
          </div>
        );
      })}
    </Group>
  );
};

const noticeText = (purpose: ConsentPurpose, locale: Locale) => notices[purpose][locale === 'en' ? 0 : 1];

const tones = { none: 'quiet', claimed: 'info', accepted: 'good', refused: 'bad' } as const;

export const IdentityBadge: FC<{ state: Identity['state']; locale: Locale }> = ({ state, locale }) => (
  <Badge tone={tones[state]}>{identityWords(locale)(state)}</Badge>
);

const Document: FC<{ reader: WorkerReader; agreed: boolean }> = ({ reader, agreed }) => {
  const { db, workerId, locale, org, today } = reader;
  const say = identityWords(locale);
  const { state, claim, review } = identityOf(db, workerId);
  const expired = state === 'accepted' && claim !== undefined && isExpired(claim, today);
  const open = state === 'none' || state === 'refused' || expired;
  return (
    <>
      {state === 'refused' ? (
        <Notice tone="bad">{say('refusedBecause', { reason: review?.reason ?? '' })}</Notice>
      ) : null}
      {expired ? <Notice tone="warn">{say('expired', { on: claim.expiresOn ?? '' })}</Notice> : null}
      <Group
        title={`2 · ${say('stepDocument')}`}
        {...(state === 'claimed' ? { note: say('claimedMeans') } : {})}
      >
        {claim && !open ? (
          <>
            <Row
              label={claim.legalName}
              sub={`${say(claim.documentKind === 'passport' ? 'passport' : 'residentId')} ${claim.documentMasked}`}
              value={<IdentityBadge state={state} locale={locale} />}
            />
            <div class="photos photos-small">
              {(JSON.parse(claim.photos) as { side: 'front' | 'back' | 'face' }[]).map(({ side }) => (
                <img
                  src={`/api/orgs/${org}/identity-claims/${claim.id}/photos/${side}`}
                  alt={say(side)}
                  loading="lazy"
                />
              ))}
            </div>
          </>
        ) : agreed ? (
          <ClaimForm reader={reader} />
        ) : (
          <p class="notice-text">{say('needsConsent')}</p>
        )}
      </Group>
    </>
  );
};

/** The sides that a reviewer needs of each kind of document. */
const sides = {
  'resident-id': ['front', 'back', 'face'],
  passport: ['front', 'face'],
} as const satisfies Record<DocumentKind, readonly string[]>;

const ClaimForm: FC<{ reader: WorkerReader }> = ({ reader }) => {
  const { org, locale, kind } = reader;
  const say = identityWords(locale);
  const isPassport = kind === 'passport';
  return (
    <>
      <nav class="pills" aria-label={say('stepDocument')}>
        {documentKinds.map((one) => (
          <a href={`?kind=${one}`} {...(one === kind ? { 'aria-current': 'page' } : {})}>
            {say(one === 'passport' ? 'passport' : 'residentId')}
          </a>
        ))}
      </nav>
      <ApiForm action={`/api/orgs/${org}/me/identity-claims/{id}`} submit={say('send')}>
        <Field name="documentKind" label="" kind="hidden" value={kind} />
        <Field name="legalName" label={say('legalName')} autocomplete="name" required />
        <Field name="documentNumber" label={say('number')} required autocomplete="off" />
        {isPassport ? (
          <>
            <Field name="country" label={say('country')} required placeholder="FR" />
            <Field name="birthOn" label={say('birthOn')} kind="date" required autocomplete="bday" />
          </>
        ) : (
          <Field name="country" label="" kind="hidden" value="CN" />
        )}
        <Field name="expiresOn" label={say('expiresOn')} kind="date" hint={say('expiresHint')} />
        {sides[kind].map((side, index) => (
          <>
            <Field name={`photos.${index}.side`} label="" kind="hidden" value={side} />
            <FileField
              name={`photos.${index}.fileId`}
              label={say(isPassport && side === 'front' ? 'passportPage' : side)}
              {...(side === 'face' ? { hint: say('faceHint') } : {})}
              org={org}
              accept="image/*"
              capture
              required
            />
          </>
        ))}
      </ApiForm>
    </>
  );
};

const Bank: FC<{ reader: WorkerReader; agreed: boolean }> = ({ reader, agreed }) => {
  const { db, workerId, locale, keys, at } = reader;
  const say = identityWords(locale);
  const account = payoutAccountOf(db, workerId, at);
  const waiting = waitingAccountOf(db, workerId, at);
  const name = identityOf(db, workerId).claim?.legalName;
  const newest = waiting ?? account;
  return (
    <>
      {/* Only the owner of the number looks at this page, so it may be opened to be checked. */}
      {newest?.kind === 'bank-card' && looksMistyped(numberOf(keys, newest)) ? (
        <Notice tone="warn">{say('mistyped')}</Notice>
      ) : null}
      {newest && isOfAnother(db, newest) ? <Notice tone="warn">{say('otherHolder')}</Notice> : null}
      <Group title={`3 · ${say('stepBank')}`}>
        {account ? (
          <Row label={account.bankName} sub={account.holderName} value={account.numberMasked} />
        ) : null}
        {waiting ? <Waiting account={waiting} reader={reader} /> : null}
        {!agreed ? (
          <p class="notice-text">{say('needsConsent')}</p>
        ) : account ? (
          <details class="cell-details">
            <summary class="cell weui-cell">{say('changeAccount')}</summary>
            <p class="notice-text">{say('changeMeans', { hours: accountCoolDownHours(db) })}</p>
            <BankForm reader={reader} holder={account.holderName} />
          </details>
        ) : (
          <BankForm reader={reader} {...(name ? { holder: name } : {})} />
        )}
      </Group>
    </>
  );
};

/** A change of account, and how to stop it: whoever stole a session would make one. */
const Waiting: FC<{ account: PayoutAccount; reader: WorkerReader }> = ({ account, reader }) => {
  const { org, locale, zone } = reader;
  const say = identityWords(locale);
  return (
    <>
      <Row
        label={account.bankName}
        sub={say('paidFrom', { at: formatInstant(account.effectiveAt, zone, locale) })}
        value={account.numberMasked}
      />
      <ApiForm
        action={`/api/orgs/${org}/me/payout-accounts/${account.id}/withdrawal`}
        submit={say('takeBack')}
        tone="warn"
      />
    </>
  );
};

const BankForm: FC<{ reader: WorkerReader; holder?: string }> = ({ reader: { org, locale }, holder }) => {
  const say = identityWords(locale);
  const banks = payoutAccountKinds.filter((kind) => !isWallet(kind));
  return (
    <ApiForm action={`/api/orgs/${org}/me/payout-accounts/{id}`} submit={say('saveAccount')}>
      <SelectField
        name="kind"
        label={say('accountKind')}
        value="bank-card"
        options={payoutAccountKinds.map((kind) => [kind, say(kind)] as const)}
      />
      <When field="kind" is={banks.join('|')} now>
        <Field name="bankName" label={say('bankName')} required />
      </When>
      <Field
        name="holderName"
        label={say('holderName')}
        hint={say('holderHint')}
        required
        {...(holder ? { value: holder } : {})}
      />
      <When field="kind" is="aba">
        <Field name="routingCode" label={say('routingNumber')} inputmode="numeric" required />
      </When>
      <Field
        name="number"
        label={say('accountNumber')}
        hint={say('accountHint')}
        required
        autocomplete="off"
      />
    </ApiForm>
  );
};
