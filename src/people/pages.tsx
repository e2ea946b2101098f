/** The front door's pages: start, set-up, registration, sign-in, invitation, enrolment, account, operator, card check. */
import { Hono } from 'hono';
import type { FC } from 'hono/jsx';
import { localeOf } from '../http/locale.ts';
import { type Locale, refuse } from '../kernel/refusal.ts';
import { decode } from '../kernel/signing.ts';
import { ApiForm, Badge, Empty, Field, Group, Notice, Row, SelectField } from '../web/components.tsx';
import { PublicPage, page } from '../web/page.tsx';
import { mayVouch } from './account-routes.ts';
import { askCell, type FrontEnv } from './context.ts';
import { words } from './words.ts';

export const frontPages = new Hono<FrontEnv>();

frontPages.get('/', async (c) => {
  const locale = localeOf(c.req.raw);
  const say = words(locale);
  const session = c.var.session;
  if (!session) return c.redirect('/sign-in');
  const { personId } = session;
  const { directory } = c.env.front;
  const memberships = await directory.call(personId, 'membershipsOf', { personId });
  const operator = await directory.call('deployment', 'isOperator', { personId });
  return page(
    c,
    <PublicPage locale={locale} title={say('home')}>
      {memberships.length === 0 ? (
        <Empty title={say('home')}>{say('homeEmpty')}</Empty>
      ) : (
        <Group title={say('employers')}>
          {memberships.map((one) => (
            <Row label={one.orgName} value={one.standing} href={`/orgs/${one.orgId}`} />
          ))}
        </Group>
      )}
      <Group>
        <Row label={say('account')} href="/account" />
        {operator ? <Row label={say('operator')} href="/operator" /> : null}
      </Group>
    </PublicPage>,
  );
});

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

const EmployerForm: FC<{ locale: Locale; token: string }> = ({ locale, token }) => {
  const say = words(locale);
  return (
    <ApiForm action="/api/orgs/{id}" next="/orgs/{id}" submit={say('register')}>
      <Field name="token" label="" kind="hidden" value={token} />
      <Field name="name" label={say('name')} required autocomplete="organization" />
      <Field name="country" label={say('country')} value="CN" required />
      <Field name="registrationCode" label={say('registrationCode')} required />
      <Field name="address" label={say('companyAddress')} required />
      <Field name="representative" label={say('representative')} required />
      <SelectField
        name="payerKind"
        label={say('payerKind')}
        options={[
          ['ordinary', say('ordinary')],
          ['platform', say('platform')],
        ]}
      />
      <Field name="currency" label={say('currency')} value="CNY" required />
      <Field name="zone" label={say('zone')} value="Asia/Shanghai" required />
      <Field name="ownerName" label={say('displayName')} required autocomplete="name" />
    </ApiForm>
  );
};

for (const [path, kind] of [
  ['/setup', 'setup'],
  ['/register', 'registration'],
] as const) {
  frontPages.get(path, (c) => {
    const locale = localeOf(c.req.raw);
    const say = words(locale);
    const token = c.req.query('token') ?? '';
    const title = say(kind === 'setup' ? 'setupTitle' : 'registerTitle');
    return page(
      c,
      <PublicPage locale={locale} title={title} scripts={['passkey']}>
        {c.var.session ? (
          <EmployerForm locale={locale} token={token} />
        ) : (
          <>
            <Notice>{say('setupLead')}</Notice>
            <PasskeyForm
              locale={locale}
              gate={{ kind, token }}
              next={`${path}?token=${encodeURIComponent(token)}`}
            />
          </>
        )}
      </PublicPage>,
    );
  });
}

/** Signing in: by passkey, by a code when a channel is set up, by this phone's key when it has one. */
const SignInWays: FC<{ locale: Locale; next: string; channels: readonly string[]; gate?: object }> = ({
  locale,
  next,
  channels,
  gate,
}) => {
  const say = words(locale);
  const gateText = gate ? { 'data-gate': JSON.stringify(gate) } : {};
  return (
    <>
      <form class="api-form" data-passkey="sign-in" data-next={next}>
        <p class="form-problem" role="alert" hidden />
        <button type="submit" class="button button-primary">
          {say('signInPasskey')}
        </button>
      </form>
      {channels.length > 0 ? (
        <form
          class="api-form"
          data-code-sign-in
          data-channels={channels.join(' ')}
          {...gateText}
          data-next={next}
        >
          {gate ? <Field name="displayName" label={say('displayName')} autocomplete="name" /> : null}
          <Field name="address" label={say('address')} autocomplete="username" />
          <div data-code hidden>
            <Field name="code" label={say('code')} inputmode="numeric" autocomplete="one-time-code" />
          </div>
          <p class="form-problem" role="alert" hidden />
          <button type="submit" class="button button-plain" data-then={say('signInCode')}>
            {say('sendCode')}
          </button>
        </form>
      ) : null}
    </>
  );
};

/** Only a path of ours: a link that carried a foreign address would send people there after signing in. */
function ownPath(text: string | undefined): string {
  return text?.startsWith('/') && !text.startsWith('//') && !text.includes('\\') ? text : '/';
}

frontPages.get('/sign-in', (c) => {
  const locale = localeOf(c.req.raw);
  const next = ownPath(c.req.query('next'));
  if (c.var.session) return c.redirect(next);
  return page(
    c,
    <PublicPage locale={locale} title={words(locale)('signIn')} scripts={['passkey']}>
      <SignInWays locale={locale} next={next} channels={c.env.front.messages.channels} />
    </PublicPage>,
  );
});

interface Invitation {
  readonly kind: 'worker' | 'member';
  readonly label: string;
  readonly open: boolean;
  readonly employerName: string;
  readonly verified: boolean;
}

frontPages.get('/join/:org/:token', async (c) => {
  const locale = localeOf(c.req.raw);
  const say = words(locale);
  const { org, token } = c.req.param();
  const invitation = await askCell<Invitation>(
    c.env.front,
    org,
    `/invitations/by-token/${encodeURIComponent(token)}`,
    { kind: 'visitor' },
  );
  if (!invitation) refuse('not-found');
  const gate = { kind: 'invitation', org, token };
  const account =
    c.var.session &&
    (await c.env.front.directory.call(c.var.session.personId, 'accountOf', {
      personId: c.var.session.personId,
    }));
  return page(
    c,
    <PublicPage locale={locale} title={say('joinTitle')} scripts={['passkey']}>
      <Notice
        title={say(invitation.kind === 'worker' ? 'linkWorker' : 'linkMember', {
          employer: invitation.employerName,
          label: invitation.label,
        })}
      >
        {invitation.verified ? '' : say('unverified')}
      </Notice>
      {account ? (
        <ApiForm
          action={`/api/orgs/${org}/invitations/by-token/${token}/uses/{id}`}
          next={`/orgs/${org}`}
          submit={say('accept')}
        >
          <Field name="displayName" label={say('displayName')} value={account.displayName} required />
        </ApiForm>
      ) : invitation.open ? (
        <>
          <PasskeyForm locale={locale} gate={gate} next={c.req.path} />
          <SignInWays
            locale={locale}
            next={c.req.path}
            channels={c.env.front.messages.channels}
            gate={gate}
          />
        </>
      ) : (
        <Empty title={say('linkClosed')} />
      )}
    </PublicPage>,
  );
});

frontPages.get('/enrol/:id', async (c) => {
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

frontPages.get('/account', async (c) => {
  const locale = localeOf(c.req.raw);
  const say = words(locale);
  const session = c.var.session;
  if (!session) return c.redirect('/sign-in?next=/account');
  const { personId } = session;
  const [passkeys, devices] = await Promise.all([
    c.env.front.directory.call(personId, 'passkeysOf', { personId }),
    c.env.front.directory.call(personId, 'devicesOf', { personId }),
  ]);
  return page(
    c,
    <PublicPage locale={locale} title={say('account')} scripts={['passkey']}>
      <Group title={say('passkeys')}>
        {passkeys.map((key) => (
          <Row label={key.createdAt.slice(0, 10)} value={key.deviceType} />
        ))}
      </Group>
      <Group title={say('devices')}>
        {devices.map((device) => (
          <Row label={device.label} value={device.boundBy} />
        ))}
      </Group>
      <ApiForm action="/api/sign-out" method="POST" next="/sign-in" submit={say('signOut')} tone="plain" />
    </PublicPage>,
  );
});

frontPages.get('/operator', async (c) => {
  const locale = localeOf(c.req.raw);
  const say = words(locale);
  const session = c.var.session;
  if (!session) return c.redirect('/sign-in?next=/operator');
  const { directory } = c.env.front;
  if (!(await directory.call('deployment', 'isOperator', { personId: session.personId })))
    refuse('not-found');
  const orgs = await directory.call('deployment', 'orgsOf', {});
  return page(
    c,
    <PublicPage locale={locale} title={say('operator')}>
      <Group title={say('employer')}>
        {orgs.map((org) => (
          <Row
            label={org.name}
            sub={org.registrationCode}
            value={
              <Badge tone={org.verified ? 'good' : 'warn'}>
                {say(org.verified ? 'verified' : org.licenceAt ? 'toReview' : 'noLicence')}
              </Badge>
            }
          />
        ))}
      </Group>
      <ApiForm action="/api/registrations/{id}" submit={say('makeLink')}>
        <Field name="label" label={say('label')} required />
      </ApiForm>
    </PublicPage>,
  );
});

interface CardAnswer {
  readonly valid: boolean;
  readonly why?: 'not-yet' | 'over' | 'revoked' | 'unknown';
  readonly name?: string;
  readonly roleTitle?: string;
  readonly employerName?: string;
  readonly verified?: boolean;
  readonly validFrom?: string;
  readonly validUntil?: string;
}

const whyWords = {
  'not-yet': 'cardNot-yet',
  over: 'cardOver',
  revoked: 'cardRevoked',
  unknown: 'cardUnknown',
} as const;

frontPages.get('/verify', async (c) => {
  const locale = localeOf(c.req.raw);
  const say = words(locale);
  const token = c.req.query('t');
  const org = token ? String(decode(token.split('.')[1] ?? '')?.org ?? '') : '';
  const card = token
    ? ((await askCell<CardAnswer>(c.env.front, org, `/cards/${encodeURIComponent(token)}/verification`, {
        kind: 'visitor',
      })) ?? { valid: false, why: 'unknown' as const })
    : undefined;
  return page(
    c,
    <PublicPage locale={locale} title={say('verifyTitle')}>
      {card === undefined ? (
        <Empty title={say('verifyTitle')}>{say('verifyLead')}</Empty>
      ) : (
        <>
          <Notice tone={card.valid ? 'good' : 'bad'} title={say(card.valid ? 'cardGood' : 'cardBad')}>
            {card.valid ? '' : say(whyWords[card.why ?? 'unknown'])}
          </Notice>
          {card.name ? (
            <Group note={card.verified ? '' : say('unverified')}>
              <Row label={say('worker')} value={card.name} />
              <Row label={say('employer')} value={card.employerName} />
              <Row label={say('role')} value={card.roleTitle} />
              <Row label={say('validity')} value={`${card.validFrom} – ${card.validUntil}`} />
            </Group>
          ) : null}
        </>
      )}
    </PublicPage>,
  );
});
