/** The owner's page: the employer as registered, its licence, and who has to look at a pay run. */
import type { FC } from 'hono/jsx';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import type { Locale } from '../kernel/refusal.ts';
import { ApiForm, Badge, Card, Facts, Field, FileField, SelectField, Table } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import {
  accountCoolDownHours,
  type Employer,
  type EmployerState,
  employerOf,
  employerState,
  needsSecondApprover,
  settingHistory,
  settingValues,
} from './employer.ts';
import { fileKindOf } from './file-kind.ts';
import { consoleFrame } from './frame.ts';
import { actorNames } from './member.ts';
import { type Reader, readerOf, shownAt } from './reader.ts';
import { settingsWords } from './settings-words.ts';
import { requireRole } from './standing.ts';

export const settingsPages = router<CellEnv>();

settingsPages.get('/settings', async (c) => {
  requireRole(c, 'owner');
  const reader = readerOf(c);
  const { db, locale } = reader;
  const state = employerState(db);
  const bytes = state.licence && (await c.env.cell.files.get(state.licence.fileId));
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={settingsWords(locale)('title')}
      frame={consoleFrame(c)}
      section="settings"
    >
      <About employer={employerOf(db)} reader={reader} />
      <Licence
        state={state}
        isPicture={bytes !== undefined && fileKindOf(bytes)?.startsWith('image/') === true}
        reader={reader}
      />
      <SecondApprover reader={reader} />
      <AccountCoolDown reader={reader} />
      {employerOf(db).payerKind === 'platform' ? <GapMonths reader={reader} /> : null}
      <Card title={settingsWords(locale)('providers')}>
        <p>
          <a href={`/orgs/${reader.org}/payout-settings`}>{settingsWords(locale)('providersOpen')}</a>
        </p>
      </Card>
    </ConsolePage>,
  );
});

const About: FC<{ employer: Employer; reader: Reader }> = ({ employer, reader }) => {
  const { locale } = reader;
  const say = settingsWords(locale);
  const country = new Intl.DisplayNames(locale, { type: 'region' }).of(employer.country);
  return (
    <Card title={say('facts')}>
      <p>{say('factsMeans')}</p>
      <Facts
        items={[
          [say('name'), employer.name],
          [say('registrationCode'), employer.registrationCode],
          [say('address'), employer.address],
          [say('representative'), employer.representative],
          [say('country'), country ?? employer.country],
          [say('payerKind'), say(employer.payerKind)],
          [say('currency'), employer.currency],
          [say('zone'), employer.zone],
          [say('registered'), shownAt(reader, employer.at)],
        ]}
      />
    </Card>
  );
};

const Licence: FC<{ state: EmployerState; isPicture: boolean; reader: Reader }> = ({
  state: { licence, review },
  isPicture,
  reader,
}) => {
  const { org, locale } = reader;
  const say = settingsWords(locale);
  const accepted = review?.decision === 'accepted';
  const tone = accepted ? 'good' : review ? 'bad' : 'warn';
  const word = accepted
    ? 'licenceAccepted'
    : review
      ? 'licenceRefused'
      : licence
        ? 'licenceWaiting'
        : 'licenceNone';
  const document = `/api/orgs/${org}/licence/document`;
  return (
    <Card title={say('licence')} id="licence" actions={<Badge tone={tone}>{say(word)}</Badge>}>
      {accepted ? null : <p>{say('licenceMeans')}</p>}
      {licence ? (
        <>
          <Facts
            items={[
              [say('given'), shownAt(reader, licence.at)],
              ...(review
                ? [
                    [say('decided'), shownAt(reader, review.at)] as const,
                    [say('reason'), review.reason] as const,
                  ]
                : []),
            ]}
          />
          {isPicture ? (
            <div class="photos">
              <img src={document} alt={say('picture')} />
            </div>
          ) : null}
          <a href={document} target="_blank" rel="noopener">
            {say('view')}
          </a>
        </>
      ) : null}
      {licence && review?.decision !== 'refused' ? (
        <details class="fold">
          <summary>{say('again')}</summary>
          <p>{say('againMeans')}</p>
          <GiveLicence org={org} locale={locale} />
        </details>
      ) : (
        <GiveLicence org={org} locale={locale} />
      )}
    </Card>
  );
};

const GiveLicence: FC<{ org: string; locale: Locale }> = ({ org, locale }) => {
  const say = settingsWords(locale);
  return (
    <ApiForm
      action={`/api/orgs/${org}/licences/{id}`}
      next={`/orgs/${org}/settings#licence`}
      submit={say('give')}
    >
      <FileField
        name="fileId"
        label={say('file')}
        hint={say('fileHint')}
        org={org}
        accept="image/*,application/pdf"
        required
      />
    </ApiForm>
  );
};

const SecondApprover: FC<{ reader: Reader }> = ({ reader }) => {
  const { org, db, locale } = reader;
  const say = settingsWords(locale);
  const on = needsSecondApprover(db);
  const history = settingHistory(db, 'second-approver');
  const nameOf = actorNames(db);
  return (
    <Card
      title={say('approver')}
      id="second-approver"
      actions={<Badge tone={on ? 'good' : 'warn'}>{say(on ? 'on' : 'off')}</Badge>}
    >
      <p>{say(on ? 'approverOn' : 'approverOff')}</p>
      <ApiForm
        action={`/api/orgs/${org}/settings/{id}`}
        next={`/orgs/${org}/settings#second-approver`}
        submit={say(on ? 'turnOff' : 'turnOn')}
        tone={on ? 'warn' : 'primary'}
        {...(on ? { confirm: say('askOff') } : {})}
      >
        <Field name="name" label="" kind="hidden" value="second-approver" />
        <Field name="value" label="" kind="hidden" value={on ? 'off' : 'on'} />
        <Field name="reason" label={say('why')} hint={say('whyHint')} required />
      </ApiForm>
      {history.length > 0 ? (
        <Table
          caption={say('history')}
          rows={history}
          columns={[
            { head: say('when'), cell: ({ at }) => shownAt(reader, at) },
            { head: say('who'), cell: ({ by }) => nameOf(by) ?? by },
            { head: say('value'), cell: ({ value }) => say(value === 'off' ? 'off' : 'on') },
            { head: say('why'), cell: ({ reason }) => reason },
          ]}
        />
      ) : (
        <p>{say('historyNone')}</p>
      )}
    </Card>
  );
};

const GapMonths: FC<{ reader: Reader }> = ({ reader }) => {
  const { org, db, locale } = reader;
  const say = settingsWords(locale);
  const [first] = settingHistory(db, 'gap-months');
  return (
    <Card title={say('gapMonths')} id="gap-months">
      <p>{say('gapMonthsMeans')}</p>
      <ApiForm
        action={`/api/orgs/${org}/settings/{id}`}
        next={`/orgs/${org}/settings#gap-months`}
        submit={say('change')}
        tone="plain"
      >
        <Field name="name" label="" kind="hidden" value="gap-months" />
        <SelectField
          name="value"
          label={say('gapMonths')}
          value={first?.value ?? 'count-from-first'}
          options={settingValues['gap-months'].map((value) => [value, say(value)] as const)}
        />
        <Field name="reason" label={say('why')} hint={say('whyHint')} required />
      </ApiForm>
    </Card>
  );
};

const AccountCoolDown: FC<{ reader: Reader }> = ({ reader }) => {
  const { org, db, locale } = reader;
  const say = settingsWords(locale);
  const hours = accountCoolDownHours(db);
  return (
    <Card
      title={say('coolDown')}
      id="account-cool-down"
      actions={<Badge tone={hours > 0 ? 'good' : 'warn'}>{say('hours', { hours })}</Badge>}
    >
      <p>{say('coolDownMeans')}</p>
      <ApiForm
        action={`/api/orgs/${org}/settings/{id}`}
        next={`/orgs/${org}/settings#account-cool-down`}
        submit={say('change')}
        tone="plain"
      >
        <Field name="name" label="" kind="hidden" value="account-cool-down" />
        <SelectField
          name="value"
          label={say('coolDown')}
          value={String(hours)}
          options={settingValues['account-cool-down'].map(
            (value) => [value, say('hours', { hours: value })] as const,
          )}
        />
        <Field name="reason" label={say('why')} hint={say('whyHint')} required />
      </ApiForm>
    </Card>
  );
};
