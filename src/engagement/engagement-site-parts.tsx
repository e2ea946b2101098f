/** Where somebody may work, changed on the person's page: add a site, remove one, and who did so before. */
import type { FC } from 'hono/jsx';
import { actorNames } from '../employer/member.ts';
import { sitesOf } from '../employer/site.ts';
import type { Locale } from '../kernel/refusal.ts';
import { formatInstant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { ApiForm, Field, SelectField, Table } from '../web/components.tsx';
import { type SiteChange, siteChangesOf, siteIdsOf } from './engagement.ts';
import { engagementSiteWords } from './engagement-site-words.ts';

export interface SiteListReader {
  readonly db: Db;
  readonly org: string;
  readonly locale: Locale;
  readonly zone: string;
}

export const ChangeSites: FC<{ engagementId: string; reader: SiteListReader }> = ({
  engagementId,
  reader,
}) => {
  const { db, locale } = reader;
  const say = engagementSiteWords(locale);
  const listed = siteIdsOf(db, engagementId);
  const options = sitesOf(db).map(({ id, name, clientName }) => ({
    id,
    text: clientName ? `${name} · ${clientName}` : name,
  }));
  const [here, elsewhere] = [true, false].map((is) => options.filter(({ id }) => listed.includes(id) === is));
  return (
    <details>
      <summary class="button button-plain">{say('change')}…</summary>
      <div class="stack">
        <p>{say('means')}</p>
        {elsewhere && elsewhere.length > 0 ? (
          <ChangeForm engagementId={engagementId} change="added" options={elsewhere} reader={reader} />
        ) : null}
        {here && here.length > 1 ? (
          <ChangeForm engagementId={engagementId} change="removed" options={here} reader={reader} />
        ) : null}
        <Changes changes={siteChangesOf(db, engagementId)} reader={reader} />
      </div>
    </details>
  );
};

const ChangeForm: FC<{
  engagementId: string;
  change: SiteChange['change'];
  options: readonly { id: string; text: string }[];
  reader: SiteListReader;
}> = ({ engagementId, change, options, reader: { org, locale } }) => {
  const say = engagementSiteWords(locale);
  const isRemoval = change === 'removed';
  return (
    <ApiForm
      action={`/api/orgs/${org}/engagements/${engagementId}/site-changes/{id}`}
      submit={say(isRemoval ? 'remove' : 'add')}
      tone={isRemoval ? 'warn' : 'plain'}
      {...(isRemoval ? { confirm: say('removeAsk') } : {})}
    >
      <Field name="change" label="" kind="hidden" value={change} />
      <SelectField
        name="siteId"
        label={say('site')}
        options={options.map(({ id, text }) => [id, text] as const)}
        required
      />
      <Field name="reason" label={say('reason')} required autocomplete="off" />
    </ApiForm>
  );
};

const Changes: FC<{ changes: readonly SiteChange[]; reader: SiteListReader }> = ({ changes, reader }) => {
  const { db, locale, zone } = reader;
  const say = engagementSiteWords(locale);
  if (changes.length === 0) return null;
  const names = new Map(sitesOf(db).map(({ id, name }) => [id, name]));
  const nameOf = actorNames(db);
  return (
    <Table
      caption={say('changes')}
      rows={changes}
      columns={[
        { head: say('when'), cell: ({ at }) => formatInstant(at, zone, locale) },
        { head: say('site'), cell: ({ siteId }) => names.get(siteId) ?? '' },
        { head: say('what'), cell: ({ change }) => say(change) },
        { head: say('reason'), cell: ({ reason }) => reason },
        { head: say('by'), cell: ({ by }) => nameOf(by) ?? by },
      ]}
    />
  );
};
