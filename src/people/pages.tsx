/** The front door's pages: start, set-up, registration, card check. */
import { Hono } from 'hono';
import type { FC } from 'hono/jsx';
import { localeOf } from '../http/locale.ts';
import { countries } from '../kernel/country.ts';
import { sameSecret } from '../kernel/digest.ts';
import type { Locale } from '../kernel/refusal.ts';
import { decode } from '../kernel/signing.ts';
import { zoneNames } from '../kernel/time.ts';
import { ApiForm, Empty, Field, Group, Notice, Row, SelectField } from '../web/components.tsx';
import { PublicPage, page } from '../web/page.tsx';
import { askCell, type FrontEnv, type FrontRequest } from './context.ts';
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

/** Names in the reader's language, China's first: most who read this are there. */
function choices(
  codes: readonly string[],
  first: string,
  nameOf: (code: string) => string,
  locale: Locale,
): (readonly [string, string])[] {
  const named = codes.filter((code) => code !== first).map((code) => [code, nameOf(code)] as const);
  return [[first, nameOf(first)], ...named.sort((a, b) => a[1].localeCompare(b[1], locale))];
}

const EmployerForm: FC<{ locale: Locale; token: string; ownerName: string }> = ({
  locale,
  token,
  ownerName,
}) => {
  const say = words(locale);
  const regions = new Intl.DisplayNames(locale, { type: 'region' });
  const moneys = new Intl.DisplayNames(locale, { type: 'currency' });
  return (
    <ApiForm action="/api/orgs/{id}" next="/orgs/{id}" submit={say('register')}>
      <Field name="token" label="" kind="hidden" value={token} />
      <Field name="name" label={say('name')} required autocomplete="organization" />
      <SelectField
        name="country"
        label={say('country')}
        required
        options={choices(countries, 'CN', (code) => regions.of(code) ?? code, locale)}
      />
      <Field
        name="registrationCode"
        label={say('registrationCode')}
        hint={say('registrationCodeHint')}
        required
      />
      <Field name="address" label={say('companyAddress')} required />
      <Field name="representative" label={say('representative')} required />
      <SelectField
        name="payerKind"
        label={say('payerKind')}
        hint={say('payerKindHint')}
        options={[
          ['ordinary', say('ordinary')],
          ['platform', say('platform')],
        ]}
      />
      <SelectField
        name="currency"
        label={say('currency')}
        required
        options={choices(
          Intl.supportedValuesOf('currency'),
          'CNY',
          (code) => `${moneys.of(code) ?? code} (${code})`,
          locale,
        )}
      />
      <SelectField
        name="zone"
        label={say('zone')}
        required
        options={choices(zoneNames(), 'Asia/Shanghai', (zone) => zone, locale)}
      />
      <Field name="ownerName" label={say('displayName')} value={ownerName} required autocomplete="name" />
    </ApiForm>
  );
};

/** Said before anybody makes a key or fills in a form that would be refused at its end. */
async function isOpen(c: FrontRequest, kind: 'setup' | 'registration', token: string): Promise<boolean> {
  const { front } = c.env;
  if (kind === 'registration' || !c.var.session) return isGateOpen(front, { kind, token });
  return (
    sameSecret(token, front.secrets.setupToken) &&
    front.directory.call('deployment', 'isOperator', { personId: c.var.session.personId })
  );
}

async function nameOf(c: FrontRequest): Promise<string> {
  const personId = c.var.session?.personId ?? '';
  return (await c.env.front.directory.call(personId, 'accountOf', { personId }))?.displayName ?? '';
}

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
    const title = say(kind === 'setup' ? 'setupTitle' : 'registerTitle');
    if (!(await isOpen(c, kind, token)))
      return page(
        c,
        <PublicPage locale={locale} title={title}>
          <Empty title={say('registerClosed')}>
            {say(kind === 'setup' ? 'setupClosedMeans' : 'registerClosedMeans')}
            <p>
              <a class="button button-primary" href="/">
                {say(c.var.session ? 'home' : 'signIn')}
              </a>
            </p>
          </Empty>
        </PublicPage>,
      );
    return page(
      c,
      <PublicPage locale={locale} title={title} scripts={['passkey', 'device']}>
        {c.var.session ? (
          <EmployerForm locale={locale} token={token} ownerName={await nameOf(c)} />
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
