/** The front door's pages: start, set-up, registration, card check. */
import { Hono } from 'hono';
import type { FC } from 'hono/jsx';
import { localeOf } from '../http/locale.ts';
import type { Locale } from '../kernel/refusal.ts';
import { decode } from '../kernel/signing.ts';
import { ApiForm, Empty, Field, Group, Notice, Row, SelectField } from '../web/components.tsx';
import { PublicPage, page } from '../web/page.tsx';
import { askCell, type FrontEnv } from './context.ts';
import { WaysIn } from './door-pages.tsx';
import { isGateOpen } from './gate.ts';
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
            <Row label={one.orgName} value={say(standingKey(one.standing))} href={`/orgs/${one.orgId}`} />
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

/** The directory's index keeps the word of whichever cell told it last. */
function standingKey(standing: string): 'owner' | 'hr' | 'supervisor' | 'approver' | 'worker' | 'member' {
  const known = (['owner', 'hr', 'supervisor', 'approver', 'worker'] as const).find(
    (one) => one === standing,
  );
  return known ?? 'member';
}

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
  frontPages.get(path, async (c) => {
    const locale = localeOf(c.req.raw);
    const say = words(locale);
    const { front } = c.env;
    const token = c.req.query('token') ?? '';
    const gate = { kind, token };
    const isOpen = c.var.session !== undefined || (await isGateOpen(front, gate));
    const title = say(kind === 'setup' ? 'setupTitle' : 'registerTitle');
    return page(
      c,
      <PublicPage locale={locale} title={title} scripts={['passkey', 'device']}>
        {!isOpen ? (
          <Empty title={say('linkClosed')} href="/sign-in" action={say('signIn')} />
        ) : c.var.session ? (
          <EmployerForm locale={locale} token={token} />
        ) : (
          <>
            <Notice>{say(kind === 'setup' ? 'setupLead' : 'registerLead')}</Notice>
            <WaysIn
              locale={locale}
              gate={gate}
              onlyNew={kind === 'setup'}
              channels={front.messages.channels}
              next={`${path}?token=${encodeURIComponent(token)}`}
            />
          </>
        )}
      </PublicPage>,
    );
  });
}

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
