/** The console's page of one site's rules: what holds, the form that changes it, and every version before. */
import type { FC } from 'hono/jsx';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { type Locale, refuse } from '../kernel/refusal.ts';
import { type CivilDate, civilDateAt, formatInstant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { ApiForm, Card, CheckField, Facts, Field, SelectField, Table } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { blankOf, Rows } from '../web/rows.tsx';
import { consoleFrame } from './frame.ts';
import { actorNames } from './member.ts';
import { readerOf } from './reader.ts';
import { regionOptions } from './region.ts';
import { siteOf } from './site.ts';
import { BackToSite } from './site-gate.tsx';
import { policyOn, type SitePolicy, sitePoliciesOf, usualPolicy } from './site-policy.ts';
import { minutesOf, policyDifferences, policyLines } from './site-policy-text.ts';
import { sitePolicyWords } from './site-policy-words.ts';
import { hasRole, requireRole, seesSite } from './standing.ts';

export const sitePolicyPages = router<CellEnv>();

sitePolicyPages.get('/sites/:id/policy', (c) => {
  const standing = requireRole(c, 'owner', 'hr', 'supervisor');
  const { org, db, locale, at } = readerOf(c);
  const site = siteOf(db, c.req.param('id')) ?? refuse('not-found');
  if (!seesSite(standing, site)) refuse('not-found');
  const say = sitePolicyWords(locale);
  const today = civilDateAt(at, site.zone);
  const rules = policyOn(sitePoliciesOf(db, site.id), today);
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={say('title', { site: site.name })}
      lead={say('lead')}
      frame={consoleFrame(c)}
      section="sites"
      actions={<BackToSite org={org} site={site} />}
    >
      <Card title={say('inForce')}>
        <Facts items={policyLines(rules, locale)} />
      </Card>
      {hasRole(standing, 'owner', 'hr') ? (
        <Card title={say('change')} id="change">
          <PolicyForm
            action={`/api/orgs/${org}/sites/${site.id}/policies/{id}`}
            rules={rules}
            today={today}
            locale={locale}
          />
        </Card>
      ) : null}
      <History db={db} siteId={site.id} zone={site.zone} locale={locale} />
    </ConsolePage>,
  );
});

/** On the page of the site: what differs from the usual, and the way to all of it. */
export const PolicySummary: FC<{
  db: Db;
  org: string;
  siteId: string;
  today: CivilDate;
  locale: Locale;
}> = ({ db, org, siteId, today, locale }) => {
  const say = sitePolicyWords(locale);
  const rules = policyOn(sitePoliciesOf(db, siteId), today);
  const others = policyDifferences(rules, usualPolicy, locale).filter(([rule]) => rule !== say('place'));
  return (
    <Card
      title={say('card')}
      actions={
        <a class="button button-plain" href={`/orgs/${org}/sites/${siteId}/policy`}>
          {say('rules')}
        </a>
      }
    >
      <Facts items={[[say('place'), say(`place-${rules.place}`)], ...others]} />
      {others.length === 0 && rules.place === usualPolicy.place ? <p>{say('usual')}</p> : null}
    </Card>
  );
};

interface FormPart {
  readonly rules: SitePolicy;
  readonly locale: Locale;
}

const PolicyForm: FC<FormPart & { action: string; today: CivilDate }> = ({
  action,
  rules,
  today,
  locale,
}) => {
  const say = sitePolicyWords(locale);
  return (
    <ApiForm action={action} submit={say('save')}>
      <Field
        name="effectiveOn"
        label={say('effectiveOn')}
        hint={say('effectiveOnHint')}
        kind="date"
        value={today}
        required
      />
      <PlaceFields rules={rules} locale={locale} />
      <HoursFields rules={rules} locale={locale} />
      <BreakRows rules={rules} locale={locale} />
      <DeskFields rules={rules} locale={locale} />
    </ApiForm>
  );
};

const PlaceFields: FC<FormPart> = ({ rules, locale }) => {
  const say = sitePolicyWords(locale);
  return (
    <>
      <SelectField
        name="rules.place"
        label={say('place')}
        hint={say('placeHint')}
        value={rules.place}
        options={(['record', 'flag', 'require-proof'] as const).map(
          (one) => [one, say(`place-${one}`)] as const,
        )}
      />
      <Field
        name="rules.accurateMetres"
        label={say('accurateMetres')}
        hint={say('accurateMetresHint')}
        kind="number"
        value={rules.accurateMetres}
        required
      />
    </>
  );
};

const HoursFields: FC<FormPart> = ({ rules, locale }) => {
  const say = sitePolicyWords(locale);
  return (
    <>
      <SelectField
        name="rules.rounding.toMinutes"
        label={say('rounding')}
        hint={say('roundingHint')}
        value={rules.rounding.toMinutes}
        numeric
        options={[
          ['0', say('rounding-0')],
          ...[5, 6, 15].map((n) => [String(n), say('rounding-n', { n })] as const),
        ]}
      />
      <SelectField
        name="rules.rounding.favour"
        label={say('favour')}
        value={rules.rounding.favour}
        options={(['worker', 'employer', 'nearest'] as const).map(
          (one) => [one, say(`favour-${one}`)] as const,
        )}
      />
      <Field
        name="rules.earlySeconds"
        label={say('early')}
        hint={say('edgeHint')}
        kind="minutes"
        value={minutesOf(rules.earlySeconds)}
        required
      />
      <Field
        name="rules.lateSeconds"
        label={say('late')}
        hint={say('edgeHint')}
        kind="minutes"
        value={minutesOf(rules.lateSeconds)}
        required
      />
    </>
  );
};

const breaksName = 'rules.breaks';

const BreakRows: FC<FormPart> = ({ rules, locale }) => {
  const say = sitePolicyWords(locale);
  return (
    <Rows
      name={breaksName}
      label={say('breaks')}
      hint={say('breaksHint')}
      remove={say('removeBreak')}
      max={5}
      rows={rules.breaks.map((one, index) => (
        <BreakFields at={`${breaksName}.${index}`} one={one} locale={locale} />
      ))}
      kinds={[
        {
          kind: 'break',
          add: say('addBreak'),
          blank: <BreakFields at={blankOf(breaksName)} locale={locale} />,
        },
      ]}
    />
  );
};

const BreakFields: FC<{ at: string; one?: SitePolicy['breaks'][number]; locale: Locale }> = ({
  at,
  one,
  locale,
}) => {
  const say = sitePolicyWords(locale);
  return (
    <>
      <Field
        name={`${at}.afterSeconds`}
        label={say('after')}
        kind="minutes"
        required
        {...(one ? { value: minutesOf(one.afterSeconds) } : {})}
      />
      <Field
        name={`${at}.seconds`}
        label={say('length')}
        kind="minutes"
        required
        {...(one ? { value: minutesOf(one.seconds) } : {})}
      />
      <CheckField name={`${at}.paid`} label={say('paid')} checked={one?.paid ?? false} />
      <CheckField name={`${at}.automatic`} label={say('automatic')} checked={one?.automatic ?? false} />
    </>
  );
};

/** What becomes of timesheets, pictures and positions afterwards. */
const DeskFields: FC<FormPart> = ({ rules, locale }) => {
  const say = sitePolicyWords(locale);
  const auto = rules.autoApproveSeconds;
  return (
    <>
      <Field
        name="rules.autoApproveSeconds"
        label={say('autoApprove')}
        hint={say('autoApproveHint')}
        kind="minutes"
        {...(auto === null ? {} : { value: minutesOf(auto) })}
      />
      <Field
        name="rules.correctionHours"
        label={say('correctionHours')}
        hint={say('correctionHoursHint')}
        kind="number"
        value={rules.correctionHours}
        required
      />
      <CheckField
        name="rules.witnessPhoto"
        label={say('witnessPhoto')}
        hint={say('witnessPhotoHint')}
        checked={rules.witnessPhoto}
      />
      <Field name="rules.photoDays" label={say('photoDays')} kind="number" value={rules.photoDays} required />
      <SelectField
        name="rules.region"
        label={say('region')}
        hint={say('regionHint')}
        value={rules.region ?? ''}
        options={[['', say('regionNone')], ...regionOptions(locale)]}
      />
      <SelectField
        name="rules.wageTier"
        label={say('wageTier')}
        value={rules.wageTier}
        numeric
        options={['1', '2', '3', '4'].map((tier) => [tier, tier] as const)}
      />
      <Field
        name="rules.coarsenDays"
        label={say('coarsenDays')}
        hint={say('coarsenDaysHint')}
        kind="number"
        value={rules.coarsenDays}
        required
      />
    </>
  );
};

const History: FC<{ db: Db; siteId: string; zone: string; locale: Locale }> = ({
  db,
  siteId,
  zone,
  locale,
}) => {
  const say = sitePolicyWords(locale);
  const policies = sitePoliciesOf(db, siteId);
  const nameOf = actorNames(db);
  return (
    <Card title={say('history')}>
      {policies.length === 0 ? (
        <p>{say('usual')}</p>
      ) : (
        <Table
          caption={say('history')}
          rows={policies}
          columns={[
            { head: say('from'), cell: ({ effectiveOn }) => effectiveOn },
            { head: say('differs'), cell: ({ rules }) => <Differences rules={rules} locale={locale} /> },
            { head: say('made'), cell: ({ at }) => formatInstant(at, zone, locale) },
            { head: say('by'), cell: ({ by }) => nameOf(by) ?? by },
          ]}
        />
      )}
    </Card>
  );
};

const Differences: FC<FormPart> = ({ rules, locale }) => {
  const lines = policyDifferences(rules, usualPolicy, locale);
  if (lines.length === 0) return <>{sitePolicyWords(locale)('none')}</>;
  return (
    <ul class="plain">
      {lines.map(([rule, value]) => (
        <li>{`${rule}: ${value}`}</li>
      ))}
    </ul>
  );
};
