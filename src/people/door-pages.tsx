/** The ways in: sign-in, invitation, and face to face. */
import { Hono } from 'hono';
import type { FC } from 'hono/jsx';
import { localeOf } from '../http/locale.ts';
import { type Locale, refuse } from '../kernel/refusal.ts';
import { ApiForm, Empty, Field, Group, Notice, Row } from '../web/components.tsx';
import { PublicPage, page, shellWords } from '../web/page.tsx';
import { QrCode } from '../web/qr.tsx';
import { mayVouch } from './account-routes.ts';
import { actorOf, askCell, type FrontEnv } from './context.ts';
import { words } from './words.ts';

export const doorPages = new Hono<FrontEnv>();

/** Making an account with a passkey; the client module does the ceremony and goes on to `next`. */
const PasskeyForm: FC<{ locale: Locale; gate: object; next: string }> = ({ locale, gate, next }) => {
  const say = words(locale);
  return (
    <form class="api-form" data-passkey="sign-up" data-gate={JSON.stringify(gate)} data-next={next}>
      <Field name="displayName" label={say('displayName')} required autocomplete="name" />
      <p class="form-problem" role="alert" hidden />
      <button type="submit" class="button button-primary">
        {say('createPasskey')}
      </button>
    </form>
  );
};

interface Ways {
  readonly locale: Locale;
  readonly next: string;
}

/** Hidden by the page itself in browsers that have none. */
const PasskeySignIn: FC<Ways & { tone: 'primary' | 'plain' }> = ({ locale, next, tone }) => (
  <form class="api-form" data-passkey="sign-in" data-next={next}>
    <p class="form-problem" role="alert" hidden />
    <button type="submit" class={`button button-${tone}`}>
      {words(locale)('signInPasskey')}
    </button>
  </form>
);

/** Shown only on a phone that keeps a key of somebody's. */
const DeviceSignIn: FC<Ways> = ({ locale, next }) => (
  <form class="api-form" data-device-sign-in data-next={next} hidden>
    <p class="form-problem" role="alert" hidden />
    <button type="submit" class="button button-plain" data-template={words(locale)('signInDevice')}>
      {words(locale)('signInDevice')}
    </button>
  </form>
);

/** With a gate somebody new is let in, too, and so is asked for a name. */
const CodeSignIn: FC<Ways & { channels: readonly string[]; gate?: object }> = ({
  locale,
  next,
  channels,
  gate,
}) => {
  const say = words(locale);
  return (
    <Group title={say('byCode')} note={gate ? '' : say('codeKnownOnly')}>
      <form
        class="api-form"
        data-code-sign-in
        data-channels={channels.join(' ')}
        {...(gate ? { 'data-gate': JSON.stringify(gate) } : {})}
        data-next={next}
      >
        {gate ? <Field name="displayName" label={say('displayName')} autocomplete="name" /> : null}
        <Field name="address" label={say(addressLabel(channels))} autocomplete="username" />
        <div data-code hidden>
          <Field name="code" label={say('code')} inputmode="numeric" autocomplete="one-time-code" />
        </div>
        <p class="form-problem" role="alert" hidden />
        <button type="submit" class="button button-plain" data-then={say('signInCode')}>
          {say('sendCode')}
        </button>
      </form>
    </Group>
  );
};

function addressLabel(channels: readonly string[]): 'address' | 'phoneNumber' | 'email' {
  if (channels.length > 1) return 'address';
  return channels[0] === 'sms' ? 'phoneNumber' : 'email';
}

/** For a phone that has no passkeys and gets no code: a supervisor looks at the person and scans the phone. */
const FaceToFace: FC<{ locale: Locale; org: string; token: string }> = ({ locale, org, token }) => {
  const say = words(locale);
  return (
    <Group title={say('faceToFace')} note={say('faceToFaceMeans')}>
      <form class="api-form" data-enrol data-org={org} data-invite={token}>
        <Field name="displayName" label={say('displayName')} autocomplete="name" required />
        <p class="form-problem" role="alert" hidden />
        <button type="submit" class="button button-plain">
          {say('showToSupervisor')}
        </button>
      </form>
    </Group>
  );
};

/** Through a gate: a new account by passkey or code, or, unless it has to be new, the one that somebody has. */
export const WaysIn: FC<Ways & { channels: readonly string[]; gate: object; onlyNew?: boolean }> = ({
  onlyNew = false,
  ...ways
}) => (
  <>
    <PasskeyForm locale={ways.locale} gate={ways.gate} next={ways.next} />
    {ways.channels.length > 0 ? <CodeSignIn {...ways} /> : null}
    {onlyNew ? null : (
      <Group title={words(ways.locale)('haveAccount')}>
        <PasskeySignIn locale={ways.locale} next={ways.next} tone="plain" />
        <DeviceSignIn locale={ways.locale} next={ways.next} />
      </Group>
    )}
  </>
);

/** Only a path of ours: a link that carried a foreign address would send people there after signing in. */
function ownPath(text: string | undefined): string {
  // Browsers read a backslash as a slash and drop tabs and line ends: `/<tab>/evil.example` would lead there.
  return text !== undefined && /^\/(?!\/)[^\\\p{Cc}]*$/u.test(text) ? text : '/';
}

doorPages.get('/sign-in', async (c) => {
  const locale = localeOf(c.req.raw);
  const next = ownPath(c.req.query('next'));
  if (c.var.session) return c.redirect(next);
  const { channels } = c.env.front.messages;
  const isSetUp = await c.env.front.directory.call('deployment', 'hasOperator', {});
  return page(
    c,
    <PublicPage locale={locale} title={words(locale)('signIn')} scripts={['passkey', 'device']}>
      {isSetUp ? null : (
        <Notice tone="warn" title={words(locale)('notSetUp')}>
          {words(locale)('notSetUpMeans')}
        </Notice>
      )}
      <div class="door">
        <h2>{shellWords(locale)('product')}</h2>
        <p>{words(locale)('signInLead')}</p>
      </div>
      <PasskeySignIn locale={locale} next={next} tone="primary" />
      <DeviceSignIn locale={locale} next={next} />
      {channels.length > 0 ? <CodeSignIn locale={locale} next={next} channels={channels} /> : null}
    </PublicPage>,
  );
});

interface Invitation {
  readonly kind: 'worker' | 'member';
  readonly label: string;
  readonly open: boolean;
  readonly approvalRequired: boolean;
  readonly employerName: string;
  readonly verified: boolean;
  /** What became of it, when the caller has used it. */
  readonly mine?: {
    readonly standing: 'worker' | 'member' | 'waiting' | 'refused';
    readonly reason?: string;
  };
}

doorPages.get('/join/:org/:token', async (c) => {
  const locale = localeOf(c.req.raw);
  const say = words(locale);
  const { org, token } = c.req.param();
  const { channels } = c.env.front.messages;
  const invitation = await askCell<Invitation>(
    c.env.front,
    org,
    `/invitations/by-token/${encodeURIComponent(token)}`,
    actorOf(c.var.session),
  );
  if (!invitation)
    return page(
      c,
      <PublicPage locale={locale} title={say('joinTitle')}>
        <Empty title={say('linkUnknown')}>{say('linkUnknownMeans')}</Empty>
      </PublicPage>,
      404,
    );
  const gate = { kind: 'invitation', org, token };
  const account =
    c.var.session &&
    (await c.env.front.directory.call(c.var.session.personId, 'accountOf', {
      personId: c.var.session.personId,
    }));
  return page(
    c,
    <PublicPage locale={locale} title={say('joinTitle')} scripts={['passkey', 'device']}>
      <div class="door">
        <h2>{invitation.employerName}</h2>
        <p>{say(invitation.kind === 'worker' ? 'linkWorker' : 'linkMember')}</p>
        <p>{invitation.label}</p>
      </div>
      {invitation.verified ? null : <Notice tone="warn">{say('unverified')}</Notice>}
      {invitation.approvalRequired && !invitation.mine ? <Notice>{say('approvalRequired')}</Notice> : null}
      {invitation.mine ? (
        <Outcome mine={invitation.mine} org={org} locale={locale} />
      ) : account && invitation.open ? (
        <ApiForm
          action={`/api/orgs/${org}/invitations/by-token/${token}/uses/{id}`}
          submit={say('accept')}
          // Who has to be admitted first finds out here.
          {...(invitation.approvalRequired ? {} : { next: `/orgs/${org}` })}
        >
          <Field name="displayName" label={say('displayName')} value={account.displayName} required />
        </ApiForm>
      ) : invitation.open ? (
        <>
          <WaysIn locale={locale} next={c.req.path} channels={channels} gate={gate} />
          {invitation.kind === 'worker' ? <FaceToFace locale={locale} org={org} token={token} /> : null}
        </>
      ) : (
        <Empty title={say('linkClosed')} />
      )}
    </PublicPage>,
  );
});

const Outcome: FC<{ mine: NonNullable<Invitation['mine']>; org: string; locale: Locale }> = ({
  mine,
  org,
  locale,
}) => {
  const say = words(locale);
  if (mine.standing === 'refused')
    return <Notice tone="bad">{say('admissionRefused', { reason: mine.reason ?? '' })}</Notice>;
  if (mine.standing === 'waiting') return <Notice title={say('waiting')}>{say('waitingMeans')}</Notice>;
  return (
    <a class="button button-primary" href={`/orgs/${org}`}>
      {say('goOn')}
    </a>
  );
};

doorPages.get('/enrol/:id', async (c) => {
  const locale = localeOf(c.req.raw);
  const say = words(locale);
  const session = c.var.session;
  if (!session) return c.redirect(`/sign-in?next=${encodeURIComponent(c.req.path)}`);
  const id = c.req.param('id');
  const row = await c.env.front.directory.call(id, 'enrolmentOf', { id });
  if (!row || !(await mayVouch(c.env.front, row.orgId, session.personId))) refuse('not-found');
  return page(
    c,
    <PublicPage locale={locale} title={say('enrolTitle')}>
      <Group>
        <Row label={say('displayName')} value={row.displayName} />
      </Group>
      <ApiForm action={`/api/enrolments/${id}/confirmation`} next="/" submit={say('confirm')}>
        <Field name="checkWord" label={say('checkDigits')} inputmode="numeric" required />
      </ApiForm>
    </PublicPage>,
  );
});

/** On the phone that waits: a code for the supervisor to scan, and the digits that both screens show. */
doorPages.get('/enrolling/:id', async (c) => {
  const locale = localeOf(c.req.raw);
  const say = words(locale);
  const id = c.req.param('id');
  const { front } = c.env;
  const row = (await front.directory.call(id, 'enrolmentOf', { id })) ?? refuse('not-found');
  return page(
    c,
    <PublicPage locale={locale} title={say('enrolTitle')} scripts={['device']}>
      <div
        class="door"
        data-enrolling={id}
        data-device={row.deviceId}
        data-next={`/join/${row.orgId}/${row.inviteToken}`}
      >
        <QrCode text={`${front.publicUrl}/enrol/${id}`} title={say('enrolQr')} />
        <p>{say('enrolDigits')}</p>
        <p class="big-code">{row.checkWord}</p>
        <p role="status" data-status>
          {say('enrolWaits')}
        </p>
      </div>
    </PublicPage>,
  );
});
