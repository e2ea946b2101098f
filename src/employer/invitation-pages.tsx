/** The console's page of one invitation: its code and link to send or to hang up, and who used it. */
import type { FC } from 'hono/jsx';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { type Locale, refuse } from '../kernel/refusal.ts';
import { formatInstant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { ApiForm, Badge, Card, Group, Notice, Row, Table } from '../web/components.tsx';
import { ConsolePage, localeOf, page } from '../web/page.tsx';
import { QrCode } from '../web/qr.tsx';
import { employerOf, employerState } from './employer.ts';
import { consoleFrame } from './frame.ts';
import { type Invitation, invitationOf, invitationUrl, type UseView, usesOf } from './invitation.ts';
import { LinkState, roleText } from './invitation-parts.tsx';
import { invitationWords } from './invitation-words.ts';
import type { RoleInput } from './member.ts';
import { clientsOf, sitesOf } from './site.ts';
import { requireRole } from './standing.ts';

export const invitationPages = router<CellEnv>();

invitationPages.get('/invitations/:id', (c) => {
  requireRole(c, 'owner', 'hr');
  const { cell } = c.env;
  const { db } = cell.store;
  const state = invitationOf(db, c.req.param('id'), c.var.at) ?? refuse('not-found');
  const { invitation } = state;
  // A member's link gives roles to whoever opens it: only who may give them sees it.
  if (invitation.kind === 'member') requireRole(c, 'owner');
  const locale = localeOf(c.req.raw);
  const say = invitationWords(locale);
  const { zone, name } = employerOf(db);
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={invitation.label}
      lead={say(invitation.kind === 'worker' ? 'kindWorker' : 'kindMember')}
      frame={consoleFrame(c)}
      section="people"
      actions={
        <a class="button button-plain" href={`/orgs/${cell.org}/people?show=invitations`}>
          {say('back')}
        </a>
      }
    >
      <div class="columns">
        <Poster
          invitation={invitation}
          employerName={name}
          verified={employerState(db).verified}
          url={state.why ? undefined : invitationUrl(cell, invitation.id)}
          locale={locale}
        />
        <div class="screen-only">
          <Group note={state.why ? '' : say('linkIsSecret')}>
            <Row label={say('state')} value={<LinkState state={state} locale={locale} />} />
            <Row label={say('used')} value={say('usedOf', { used: state.used, cap: invitation.cap })} />
            <Row
              label={say('expires')}
              value={formatInstant(invitation.expiresAt, zone, locale)}
              sub={zone}
            />
            {invitation.kind === 'worker' ? (
              <Row
                label={say('approval')}
                value={say(invitation.approvalRequired ? 'approvalAsked' : 'approvalNone')}
              />
            ) : (
              <Row label={say('role')} value={rolesText(db, invitation, locale)} />
            )}
          </Group>
          {state.why ? null : (
            <ApiForm
              action={`/api/orgs/${cell.org}/invitations/${invitation.id}/revocation`}
              submit={say('revoke')}
              confirm={say('revokeAsk')}
              tone="warn"
            />
          )}
        </div>
      </div>
      <div class="screen-only">
        <Card title={say('usedBy')}>
          <Uses
            invitation={invitation}
            uses={usesOf(db, invitation.id)}
            org={cell.org}
            zone={zone}
            locale={locale}
          />
        </Card>
      </div>
    </ConsolePage>,
  );
});

const Poster: FC<{
  invitation: Invitation;
  employerName: string;
  verified: boolean;
  url: string | undefined;
  locale: Locale;
}> = ({ invitation, employerName, verified, url, locale }) => {
  const say = invitationWords(locale);
  return (
    <section class="card poster">
      <h2>{employerName}</h2>
      {verified ? null : <Notice tone="warn">{say('unverified')}</Notice>}
      {url ? (
        <>
          <p>{say(invitation.kind === 'worker' ? 'scanWorker' : 'scanMember')}</p>
          <QrCode text={url} title={say('qrTitle')} />
          <p>{say('scan')}</p>
          <p class="mono" id="invitation-link">
            {url}
          </p>
          <p class="poster-actions">
            <button type="button" class="button button-primary" data-copy="#invitation-link">
              {say('copy')}
            </button>
            <button type="button" class="button button-plain" data-print>
              {say('print')}
            </button>
          </p>
        </>
      ) : (
        <p>{say('whyrevoked')}</p>
      )}
    </section>
  );
};

function rolesText(db: Db, invitation: Invitation, locale: Locale): string {
  const places = new Map([...sitesOf(db), ...clientsOf(db)].map(({ id, name }) => [id, name]));
  return (JSON.parse(invitation.roles) as RoleInput[])
    .map(({ role, siteId, clientId }) =>
      roleText(locale, { role, place: places.get(siteId ?? clientId ?? '') }),
    )
    .join(', ');
}

const Uses: FC<{
  invitation: Invitation;
  uses: readonly UseView[];
  org: string;
  zone: string;
  locale: Locale;
}> = ({ invitation, uses, org, zone, locale }) => {
  const say = invitationWords(locale);
  if (uses.length === 0) return <p>{say('usedByNobody')}</p>;
  return (
    <Table
      caption={say('usedBy')}
      columns={[
        {
          head: say('displayName'),
          cell: ({ use, workerId }: UseView) =>
            workerId ? <a href={`/orgs/${org}/people/${workerId}`}>{use.displayName}</a> : use.displayName,
        },
        { head: say('since'), cell: ({ use }) => formatInstant(use.at, zone, locale) },
        {
          head: say('state'),
          cell: ({ workerId, refusal }) =>
            refusal !== null && !workerId ? (
              <>
                <Badge tone="bad">{say('refused')}</Badge> {refusal}
              </>
            ) : workerId || invitation.kind === 'member' ? (
              <Badge tone="good">{say('joined')}</Badge>
            ) : (
              <Badge tone="warn">{say('waiting')}</Badge>
            ),
        },
      ]}
      rows={uses}
    />
  );
};
