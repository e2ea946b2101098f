/**
 * The console's page of people: workers, invitations, the team. It lies in this room because it is the first that knows
 * of all it shows: identity, engagement, punches, and whether a contract binds.
 */
import type { FC } from 'hono/jsx';
import { consoleFrame } from '../employer/frame.ts';
import { type InvitationState, invitationsOf, waitingAdmissions } from '../employer/invitation.ts';
import { LinkState, roleText } from '../employer/invitation-parts.tsx';
import { invitationWords } from '../employer/invitation-words.ts';
import { type MemberView, membersOf } from '../employer/member.ts';
import { type Reader, readerOf } from '../employer/reader.ts';
import { clientsOf, sitesOf } from '../employer/site.ts';
import { hasRole, requireRole } from '../employer/standing.ts';
import type { CellEnv, CellRequest } from '../http/env.ts';
import { router } from '../http/problem.ts';
import type { Locale } from '../kernel/refusal.ts';
import { addSeconds, formatInstant } from '../kernel/time.ts';
import {
  ApiForm,
  Badge,
  Card,
  CheckField,
  Empty,
  Field,
  Notice,
  SelectField,
  Stats,
  Table,
  When,
} from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { IdentityBadge, Next, OurContractBadge } from './people-parts.tsx';
import { peopleWords } from './people-words.ts';
import { isOurs, lastPunchOf, type RosterRow, rosterOf } from './roster.ts';

export const peoplePages = router<CellEnv>();

interface MemberReader extends Reader {
  readonly isOwner: boolean;
}

const memberReader = (c: CellRequest): MemberReader => ({
  isOwner: hasRole(requireRole(c, 'owner', 'hr'), 'owner'),
  ...readerOf(c),
});

const parts = ['workers', 'invitations', 'members'] as const;
type Part = (typeof parts)[number];

peoplePages.get('/people', (c) => {
  const reader = memberReader(c);
  const { org, locale } = reader;
  const say = peopleWords(locale);
  const part = parts.find((one) => one === c.req.query('show')) ?? 'workers';
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={say('people')}
      lead={say('peopleLead')}
      frame={consoleFrame(c)}
      section="people"
      actions={
        part === 'invitations' ? null : (
          <a class="button button-primary" href={`/orgs/${org}/people?show=invitations`}>
            {say('invite')}
          </a>
        )
      }
    >
      <nav class="pills" aria-label={say('people')}>
        {parts.map((one) => (
          <a
            href={`/orgs/${org}/people${one === 'workers' ? '' : `?show=${one}`}`}
            {...(one === part ? { 'aria-current': 'page' } : {})}
          >
            {say(one)}
          </a>
        ))}
      </nav>
      <Shown
        part={part}
        reader={reader}
        search={c.req.query('q')?.trim() ?? ''}
        only={c.req.query('only') ?? ''}
      />
    </ConsolePage>,
  );
});

const Shown: FC<{ part: Part; reader: MemberReader; search: string; only: string }> = ({
  part,
  reader,
  search,
  only,
}) => {
  if (part === 'invitations') return <Invitations reader={reader} />;
  if (part === 'members') return <Members reader={reader} />;
  return (
    <>
      <Waiting reader={reader} />
      <Workers reader={reader} search={search} only={only} />
    </>
  );
};

// ---- workers

const Waiting: FC<{ reader: MemberReader }> = ({ reader: { db, org, locale, zone } }) => {
  const say = peopleWords(locale);
  const waiting = waitingAdmissions(db);
  if (waiting.length === 0) return null;
  const api = `/api/orgs/${org}/admissions`;
  return (
    <Card title={`${say('waiting')} · ${waiting.length}`}>
      <p>{say('waitingMeans')}</p>
      <ul class="list">
        {waiting.map(({ id, displayName, label, at }) => (
          <li class="decide">
            <div>
              <strong>{displayName}</strong>
              <small class="aside">{` ${label} · ${formatInstant(at, zone, locale)}`}</small>
            </div>
            <ApiForm action={`${api}/${id}`} submit={say('admit')} />
            <details>
              <summary class="button button-plain">{say('refuse')}…</summary>
              <ApiForm action={`${api}/${id}/refusal`} submit={say('refuse')} tone="warn">
                <Field name="reason" label={say('reason')} hint={say('reasonSeen')} required />
              </ApiForm>
            </details>
          </li>
        ))}
      </ul>
    </Card>
  );
};

const shownAtMost = 200;

const Workers: FC<{ reader: MemberReader; search: string; only: string }> = ({ reader, search, only }) => {
  const { db, org, locale, at } = reader;
  const say = peopleWords(locale);
  const all = rosterOf(db, at);
  const here = `/orgs/${org}/people`;
  if (all.length === 0) {
    return (
      <Empty title={say('noWorkers')} href={`${here}?show=invitations`} action={say('invite')}>
        {say('noWorkersMeans')}
      </Empty>
    );
  }
  const todo = all.filter(({ next }) => isOurs(next));
  const ready = all.filter(({ next }) => next === 'ready');
  const chosen = only === 'todo' ? todo : only === 'ready' ? ready : all;
  const found = chosen.filter(({ displayName, legalName }) =>
    `${displayName}\n${legalName ?? ''}`.toLowerCase().includes(search.toLowerCase()),
  );
  return (
    <>
      <Stats
        items={[
          { label: say('workers'), value: String(all.length), href: here },
          {
            label: say('todo'),
            value: String(todo.length),
            href: `${here}?only=todo`,
            ...(todo.length > 0 ? { tone: 'warn' as const } : {}),
          },
          { label: say('ready'), value: String(ready.length), href: `${here}?only=ready`, tone: 'good' },
        ]}
      />
      {all.length > 10 ? (
        <form class="filter" method="get">
          <div class="field">
            <label>
              <span class="field-label">{say('name')}</span>
              <input class="form-control" type="search" name="q" value={search} />
            </label>
          </div>
          {only ? <input type="hidden" name="only" value={only} /> : null}
          <button type="submit" class="button button-plain">
            {say('find')}
          </button>
        </form>
      ) : null}
      {found.length > shownAtMost ? (
        <Notice>{say('onlyFirst', { shown: shownAtMost, all: found.length })}</Notice>
      ) : null}
      {found.length > 0 ? (
        <WorkerTable rows={found.slice(0, shownAtMost)} reader={reader} />
      ) : (
        <Empty title={say('nobodyFound')} href={here} action={say('all')}>
          {say('nobodyFoundMeans')}
        </Empty>
      )}
    </>
  );
};

const WorkerTable: FC<{ rows: readonly RosterRow[]; reader: MemberReader }> = ({ rows, reader }) => {
  const { org, locale } = reader;
  const say = peopleWords(locale);
  return (
    <Table
      caption={say('workers')}
      columns={[
        {
          head: say('name'),
          cell: ({ workerId, displayName, legalName }: RosterRow) => (
            <>
              <a href={`/orgs/${org}/people/${workerId}`}>{legalName ?? displayName}</a>
              {legalName && legalName !== displayName ? <small class="aside"> {displayName}</small> : null}
            </>
          ),
        },
        { head: say('next'), cell: (row) => <Next row={row} org={org} locale={locale} /> },
        {
          head: say('identity'),
          cell: ({ identity }) => <IdentityBadge state={identity} locale={locale} />,
        },
        {
          head: say('engagement'),
          cell: ({ engagement }) =>
            engagement ? (
              <>
                {engagement.roleTitle}{' '}
                {engagement.state === 'live' ? null : <Badge>{say(`engagement-${engagement.state}`)}</Badge>}
              </>
            ) : (
              '—'
            ),
        },
        {
          head: say('contract'),
          cell: ({ contract }) =>
            contract ? (
              <a href={`/orgs/${org}/contracts/${contract.id}`}>
                <OurContractBadge state={contract.state} locale={locale} />
              </a>
            ) : (
              '—'
            ),
        },
        {
          head: say('account'),
          cell: ({ hasAccount }) => (
            <Badge tone={hasAccount ? 'good' : 'quiet'}>
              {say(hasAccount ? 'ownAccountThere' : 'ownAccountMissing')}
            </Badge>
          ),
        },
        { head: say('lastPunch'), cell: ({ engagement }) => lastPunch(reader, engagement?.id) },
      ]}
      rows={rows}
    />
  );
};

function lastPunch({ db, locale }: MemberReader, engagementId: string | undefined): string {
  const punch = engagementId === undefined ? undefined : lastPunchOf(db, engagementId);
  if (!punch) return '—';
  const say = peopleWords(locale);
  return `${formatInstant(punch.at, punch.zone, locale, 'MM-dd HH:mm')} ${say(punch.kind)} · ${punch.siteName}`;
}

// ---- invitations

const daySeconds = 86_400;

const Invitations: FC<{ reader: MemberReader }> = ({ reader }) => {
  const { db, at, locale, isOwner } = reader;
  const say = peopleWords(locale);
  const made = invitationsOf(db, at);
  return (
    <>
      <div class="columns columns-narrow">
        <InviteOne reader={reader} />
        <InviteGroup reader={reader} />
        {isOwner ? <InviteMember reader={reader} /> : null}
      </div>
      {made.length > 0 ? (
        <InvitationTable rows={made} reader={reader} />
      ) : (
        <Empty title={say('noInvitations')}>{say('noInvitationsMeans')}</Empty>
      )}
    </>
  );
};

const Expiry: FC<{ reader: MemberReader; days: number }> = ({ reader: { at, zone, locale }, days }) => (
  <Field
    name="expiresAt"
    label={peopleWords(locale)('expires')}
    kind="instant"
    zone={zone}
    hint={zone}
    value={formatInstant(addSeconds(at, days * daySeconds), zone, 'en', "yyyy-MM-dd'T'HH:mm")}
    required
  />
);

const makeLink = ({ org, locale }: MemberReader) => ({
  action: `/api/orgs/${org}/invitations/{id}`,
  next: `/orgs/${org}/invitations/{id}`,
  submit: peopleWords(locale)('makeLink'),
});

const InviteOne: FC<{ reader: MemberReader }> = ({ reader }) => {
  const say = peopleWords(reader.locale);
  return (
    <Card title={say('inviteOne')}>
      <p>{say('inviteOneMeans')}</p>
      <ApiForm {...makeLink(reader)}>
        <Field name="kind" label="" kind="hidden" value="worker" />
        <Field name="label" label={say('label')} hint={say('labelOneHint')} required />
        <Expiry reader={reader} days={7} />
      </ApiForm>
    </Card>
  );
};

const InviteGroup: FC<{ reader: MemberReader }> = ({ reader }) => {
  const say = peopleWords(reader.locale);
  return (
    <Card title={say('inviteGroup')}>
      <p>{say('inviteGroupMeans')}</p>
      <ApiForm {...makeLink(reader)}>
        <Field name="kind" label="" kind="hidden" value="worker" />
        <Field name="label" label={say('label')} hint={say('labelGroupHint')} required />
        <Field
          name="cap"
          label={say('allowed')}
          hint={say('allowedHint')}
          kind="number"
          value={20}
          required
        />
        <Expiry reader={reader} days={3} />
        <CheckField name="approvalRequired" label={say('approvalAsk')} hint={say('approvalHint')} checked />
      </ApiForm>
    </Card>
  );
};

const InviteMember: FC<{ reader: MemberReader }> = ({ reader }) => {
  const say = peopleWords(reader.locale);
  return (
    <Card title={say('inviteMember')}>
      <p>{say('inviteMemberMeans')}</p>
      <ApiForm {...makeLink(reader)}>
        <Field name="kind" label="" kind="hidden" value="member" />
        <Field name="label" label={say('label')} hint={say('labelMemberHint')} required />
        <RoleFields reader={reader} prefix="roles.0." />
        <Expiry reader={reader} days={7} />
      </ApiForm>
    </Card>
  );
};

/** A supervisor is of a site, an approver of a client: asked for only then. */
const RoleFields: FC<{ reader: MemberReader; prefix?: string }> = ({
  reader: { db, org, locale },
  prefix = '',
}) => {
  const say = peopleWords(locale);
  const sites = sitesOf(db).map(({ id, name }) => [id, name] as const);
  const clients = clientsOf(db).map(({ id, name }) => [id, name] as const);
  const roles = (['hr', 'supervisor', 'approver', 'owner'] as const).map(
    (role) => [role, invitationWords(locale)(role)] as const,
  );
  const missing = (text: string) => (
    <Notice tone="warn">
      <a href={`/orgs/${org}/sites`}>{text}</a>
    </Notice>
  );
  return (
    <>
      <SelectField name={`${prefix}role`} label={say('role')} options={roles} required />
      <When field={`${prefix}role`} is="supervisor">
        {sites.length > 0 ? (
          <SelectField name={`${prefix}siteId`} label={say('site')} options={sites} required />
        ) : (
          missing(say('siteNeeded'))
        )}
      </When>
      <When field={`${prefix}role`} is="approver">
        {clients.length > 0 ? (
          <SelectField name={`${prefix}clientId`} label={say('client')} options={clients} required />
        ) : (
          missing(say('clientNeeded'))
        )}
      </When>
    </>
  );
};

const InvitationTable: FC<{ rows: readonly InvitationState[]; reader: MemberReader }> = ({
  rows,
  reader,
}) => {
  const { org, locale, zone, isOwner } = reader;
  const say = peopleWords(locale);
  const kindOf = ({ kind, cap }: InvitationState['invitation']) =>
    say(kind === 'member' ? 'kindMember' : cap > 1 ? 'kindGroup' : 'kindOne');
  return (
    <Card title={say('invitations')}>
      <Table
        caption={say('invitations')}
        columns={[
          {
            head: say('label'),
            cell: ({ invitation }: InvitationState) =>
              invitation.kind === 'worker' || isOwner ? (
                <a href={`/orgs/${org}/invitations/${invitation.id}`}>{invitation.label}</a>
              ) : (
                invitation.label
              ),
          },
          { head: say('of'), cell: ({ invitation }) => kindOf(invitation) },
          { head: say('used'), cell: ({ used, invitation }) => `${used} / ${invitation.cap}`, numeric: true },
          {
            head: say('expires'),
            cell: ({ invitation }) => formatInstant(invitation.expiresAt, zone, locale),
          },
          { head: say('state'), cell: (state) => <LinkState state={state} locale={locale} /> },
          {
            head: '',
            cell: ({ invitation, why }) =>
              why ? null : (
                <ApiForm
                  action={`/api/orgs/${org}/invitations/${invitation.id}/revocation`}
                  submit={say('revokeLink')}
                  confirm={say('revokeLinkAsk')}
                  tone="plain"
                />
              ),
          },
        ]}
        rows={rows}
      />
    </Card>
  );
};

// ---- the team

const Members: FC<{ reader: MemberReader }> = ({ reader }) => {
  const { db, locale, isOwner } = reader;
  const say = peopleWords(locale);
  const roles = ({ grants }: MemberView) =>
    grants.length > 0 ? (
      <span class="badges">
        {grants.map((grant) => (
          <Badge>{grantText(grant, locale)}</Badge>
        ))}
      </span>
    ) : (
      <span class="aside">{say('noRoles')}</span>
    );
  return (
    <>
      <p class="lead">{say('membersLead')}</p>
      <Table
        caption={say('members')}
        columns={[
          { head: say('name'), cell: ({ displayName }: MemberView) => displayName },
          { head: say('roles'), cell: roles },
          ...(isOwner
            ? [{ head: '', cell: (member: MemberView) => <ChangeRoles member={member} reader={reader} /> }]
            : []),
        ]}
        rows={membersOf(db)}
      />
    </>
  );
};

type Grant = MemberView['grants'][number];
const grantText = ({ role, siteName, clientName }: Grant, locale: Locale) =>
  roleText(locale, { role, place: siteName ?? clientName });

const ChangeRoles: FC<{ member: MemberView; reader: MemberReader }> = ({ member, reader }) => {
  const { org, locale } = reader;
  const say = peopleWords(locale);
  return (
    <details>
      <summary>{say('whoever')}</summary>
      <div class="stack">
        {member.grants.map((grant) => (
          <ApiForm
            action={`/api/orgs/${org}/grants/${grant.id}/revocation`}
            submit={`${say('revokeRole')}: ${grantText(grant, locale)}`}
            tone="warn"
          >
            <Field name="reason" label={say('reason')} required />
          </ApiForm>
        ))}
        <ApiForm
          action={`/api/orgs/${org}/members/${member.id}/grants/{id}`}
          submit={say('grant')}
          tone="plain"
        >
          <RoleFields reader={reader} />
        </ApiForm>
      </div>
    </details>
  );
};
