/** The operator's pages: which employers there are, their licences, and links for further ones. */
import { Hono } from 'hono';
import type { FC } from 'hono/jsx';
import { localeOf } from '../http/locale.ts';
import { isId } from '../kernel/id.ts';
import { type Locale, refuse } from '../kernel/refusal.ts';
import {
  ApiForm,
  Badge,
  Card,
  Empty,
  Facts,
  Field,
  Group,
  Notice,
  Stats,
  Table,
} from '../web/components.tsx';
import { PublicPage, page } from '../web/page.tsx';
import { QrCode } from '../web/qr.tsx';
import { askCell, type FrontEnv, type FrontRequest } from './context.ts';
import { registrationHash, registrationToken } from './gate.ts';
import { operatorWords } from './operator-words.ts';

export const operatorPages = new Hono<FrontEnv>();

/** Whoever is not the operator finds nothing here; a stranger is asked at the door first. */
operatorPages.use('/operator/*', async (c, next) => {
  const { session } = c.var;
  if (!session) return c.redirect(`/sign-in?next=${encodeURIComponent(c.req.path)}`);
  const { personId } = session;
  if (!(await c.env.front.directory.call('deployment', 'isOperator', { personId }))) refuse('not-found');
  await next();
});

interface Org {
  readonly orgId: string;
  readonly name: string;
  readonly registrationCode: string;
  readonly createdAt: string;
  readonly licenceAt: string | null;
  readonly reviewedAt: string | null;
  readonly verified: boolean;
}
type OrgState = 'verified' | 'toReview' | 'refused' | 'noLicence';

/** A licence that is newer than the last word on it waits. */
function stateOf({ verified, licenceAt, reviewedAt }: Org): OrgState {
  if (verified) return 'verified';
  if (!licenceAt) return 'noLicence';
  return reviewedAt && reviewedAt > licenceAt ? 'refused' : 'toReview';
}

const tones = { verified: 'good', toReview: 'warn', refused: 'bad', noLicence: 'quiet' } as const;
const order: readonly OrgState[] = ['toReview', 'noLicence', 'refused', 'verified'];

operatorPages.get('/operator', async (c) => {
  const locale = localeOf(c.req.raw);
  const say = operatorWords(locale);
  const orgs = (await c.env.front.directory.call('deployment', 'orgsOf', {}))
    .map((org) => ({ ...org, state: stateOf(org) }))
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  const count = (state: OrgState) => orgs.filter((org) => org.state === state).length;
  return page(
    c,
    <PublicPage locale={locale} title={say('title')} back="/" wide>
      <p>{say('lead')}</p>
      {orgs.length === 0 ? (
        <Empty title={say('none')}>{say('noneMeans')}</Empty>
      ) : (
        <>
          <Stats
            items={[
              { label: say('employers'), value: String(orgs.length) },
              {
                label: say('toReviewCount'),
                value: String(count('toReview')),
                ...(count('toReview') > 0 ? { tone: 'warn' as const } : {}),
              },
              { label: say('verifiedCount'), value: String(count('verified')) },
            ]}
          />
          <Orgs orgs={orgs} locale={locale} />
        </>
      )}
      <Group title={say('newLink')} note={say('newLinkMeans')}>
        <ApiForm
          action="/api/registrations/{id}"
          next="/operator/registrations/{id}"
          submit={say('makeLink')}
          tone="plain"
        >
          <Field name="label" label={say('label')} required />
        </ApiForm>
      </Group>
    </PublicPage>,
  );
});

const Orgs: FC<{ orgs: readonly (Org & { state: OrgState })[]; locale: Locale }> = ({ orgs, locale }) => {
  const say = operatorWords(locale);
  return (
    <Table
      caption={say('employers')}
      rows={orgs}
      columns={[
        { head: say('name'), cell: ({ orgId, name }) => <a href={`/operator/orgs/${orgId}`}>{name}</a> },
        { head: say('state'), cell: ({ state }) => <Badge tone={tones[state]}>{say(state)}</Badge> },
        { head: say('code'), cell: ({ registrationCode }) => <code>{registrationCode}</code> },
        { head: say('handedIn'), cell: ({ licenceAt }) => (licenceAt ? <When at={licenceAt} /> : '—') },
        { head: say('registered'), cell: ({ createdAt }) => <When at={createdAt} /> },
      ]}
    />
  );
};

/** In the reader's own zone, once their browser has said which. */
const When: FC<{ at: string }> = ({ at }) => (
  <time datetime={at} data-local>
    {at.slice(0, 10)}
  </time>
);

interface Licence {
  readonly employer: {
    readonly id: string;
    readonly name: string;
    readonly registrationCode: string;
    readonly address: string;
    readonly representative: string;
    readonly country: string;
    readonly at: string;
  };
  readonly verified: boolean;
  readonly licence?: { readonly id: string; readonly at: string };
  readonly review?: {
    readonly decision: 'accepted' | 'refused';
    readonly reason: string;
    readonly at: string;
  };
  readonly kind?: string;
}

operatorPages.get('/operator/orgs/:org', async (c) => {
  const locale = localeOf(c.req.raw);
  const say = operatorWords(locale);
  const found = await licenceOf(c, c.req.param('org'));
  const { employer, licence, review } = found;
  return page(
    c,
    <PublicPage locale={locale} title={employer.name} back="/operator" wide>
      <div class="columns">
        <Card title={say('facts')}>
          <Facts
            items={[
              [say('name'), employer.name],
              [say('code'), <code>{employer.registrationCode}</code>],
              [say('representative'), employer.representative],
              [say('address'), employer.address],
              [
                say('country'),
                new Intl.DisplayNames(locale, { type: 'region' }).of(employer.country) ?? employer.country,
              ],
              [say('registered'), <When at={employer.at} />],
            ]}
          />
          {licence ? <p>{say('compare')}</p> : null}
        </Card>
        <LicenceCard found={found} locale={locale} />
      </div>
      {licence && !review ? <Decision org={employer.id} licenceId={licence.id} locale={locale} /> : null}
      {licence && review ? (
        <details class="fold">
          <summary>{say('decideAgain')}</summary>
          <Decision org={employer.id} licenceId={licence.id} locale={locale} />
        </details>
      ) : null}
    </PublicPage>,
  );
});

async function licenceOf(c: FrontRequest, org: string): Promise<Licence> {
  const personId = c.var.session?.personId ?? refuse('sign-in-required');
  const found = await askCell<Licence>(c.env.front, org, '/licence', { kind: 'operator', personId });
  return found ?? refuse('not-found');
}

const LicenceCard: FC<{ found: Licence; locale: Locale }> = ({
  found: { employer, verified, licence, review, kind },
  locale,
}) => {
  const say = operatorWords(locale);
  const state: OrgState = verified ? 'verified' : review ? 'refused' : licence ? 'toReview' : 'noLicence';
  const document = `/api/orgs/${employer.id}/licence/document`;
  return (
    <Card title={say('licence')} actions={<Badge tone={tones[state]}>{say(state)}</Badge>}>
      {licence ? (
        <>
          {kind?.startsWith('image/') ? (
            <div class="photos">
              <img src={document} alt={say('picture')} />
            </div>
          ) : null}
          <a href={document} target="_blank" rel="noopener">
            {say('open')}
          </a>
          <Facts
            items={[
              [say('handedIn'), <When at={licence.at} />],
              ...(review
                ? [
                    [say('decided'), <When at={review.at} />] as const,
                    [say('reason'), review.reason] as const,
                  ]
                : []),
            ]}
          />
        </>
      ) : (
        <p>{say('waiting')}</p>
      )}
    </Card>
  );
};

const Decision: FC<{ org: string; licenceId: string; locale: Locale }> = ({ org, licenceId, locale }) => {
  const say = operatorWords(locale);
  return (
    <div class="columns">
      {(['accept', 'refuse'] as const).map((which) => (
        <Card title={say(which)}>
          <p>{say(`${which}Means`)}</p>
          <ApiForm
            action={`/api/orgs/${org}/reviews/{id}`}
            submit={say(which)}
            tone={which === 'accept' ? 'primary' : 'warn'}
          >
            <Field name="licenceId" label="" kind="hidden" value={licenceId} />
            <Field
              name="decision"
              label=""
              kind="hidden"
              value={which === 'accept' ? 'accepted' : 'refused'}
            />
            <Field name="reason" label={say(`${which}Reason`)} required />
          </ApiForm>
        </Card>
      ))}
    </div>
  );
};

/** The link is derived from the registration's id, so that the operator can come back to it. */
operatorPages.get('/operator/registrations/:id', async (c) => {
  const locale = localeOf(c.req.raw);
  const say = operatorWords(locale);
  const { front } = c.env;
  const id = c.req.param('id');
  if (!isId(id)) refuse('not-found');
  const token = registrationToken(front, id);
  const row = await front.directory.call('deployment', 'registrationOf', {
    tokenHash: registrationHash(front, token),
  });
  const url = `${front.publicUrl}/register?token=${token}`;
  return page(
    c,
    <PublicPage locale={locale} title={say('linkTitle')} back="/operator">
      {row && row.usedBy === null ? (
        <Card title={row.label}>
          <p>{say('linkMeans')}</p>
          <QrCode text={url} title={say('qr')} />
          <p class="mono" id="link">
            {url}
          </p>
          <button type="button" class="button button-primary" data-copy="#link">
            {say('copy')}
          </button>
        </Card>
      ) : (
        <Notice tone="warn">{say('linkSpent')}</Notice>
      )}
    </PublicPage>,
  );
});
