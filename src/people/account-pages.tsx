/** A person's own account: the keys that open it, and how to add and remove them. */
import { Hono } from 'hono';
import type { FC } from 'hono/jsx';
import { localeOf } from '../http/locale.ts';
import type { Session } from '../http/session.ts';
import type { Locale } from '../kernel/refusal.ts';
import { ApiForm, Group, Row } from '../web/components.tsx';
import { PublicPage, page } from '../web/page.tsx';
import { accountWords } from './account-words.ts';
import type { FrontEnv } from './context.ts';
import type { devicesOf } from './device.ts';
import type { passkeysOf } from './passkey.ts';

export const accountPages = new Hono<FrontEnv>();

type Passkey = ReturnType<typeof passkeysOf>[number];
type Device = ReturnType<typeof devicesOf>[number];

accountPages.get('/account', async (c) => {
  const { session } = c.var;
  if (!session) return c.redirect('/sign-in?next=/account');
  const locale = localeOf(c.req.raw);
  const say = accountWords(locale);
  const { personId } = session;
  const { directory } = c.env.front;
  const [account, passkeys, devices] = await Promise.all([
    directory.call(personId, 'accountOf', { personId }),
    directory.call(personId, 'passkeysOf', { personId }),
    directory.call(personId, 'devicesOf', { personId }),
  ]);
  return page(
    c,
    <PublicPage locale={locale} title={say('title')} scripts={['passkey', 'sign-out']} back="/">
      <Group>
        <Row label={say('name')} value={account?.displayName} />
        <Row label={say('signedInBy')} value={say(session.grade)} />
      </Group>
      <Passkeys passkeys={passkeys} session={session} locale={locale} />
      {devices.length > 0 ? <Devices devices={devices} locale={locale} /> : null}
      <Group note={say('signOutNote')}>
        <ApiForm action="/api/sign-out" method="POST" next="/sign-in" submit={say('signOut')} tone="plain" />
      </Group>
    </PublicPage>,
  );
});

const Passkeys: FC<{ passkeys: readonly Passkey[]; session: Session; locale: Locale }> = ({
  passkeys,
  session,
  locale,
}) => {
  const say = accountWords(locale);
  return (
    <Group title={say('passkeys')} note={say('passkeysNote')}>
      {passkeys.length === 0 ? <p>{say('noPasskeys')}</p> : null}
      {passkeys.map((key) => (
        <div class="key">
          <Row
            label={say(kindOf(key))}
            sub={
              <>
                {say('added', { on: day(key.createdAt) })} ·{' '}
                {key.usedAt ? say('used', { on: day(key.usedAt) }) : say('neverUsed')}
              </>
            }
          />
          <Removal
            action={`/api/passkeys/${encodeURIComponent(key.credentialId)}`}
            label={say('removePasskey', { on: day(key.createdAt) })}
            ask={say(passkeys.length === 1 ? 'askLast' : 'askPasskey')}
            locale={locale}
          />
        </div>
      ))}
      {session.grade === 'A' ? (
        <form class="api-form" data-passkey="add" data-next="/account">
          <p class="form-problem" role="alert" hidden />
          <button type="submit" class="button button-primary">
            {say('add')}
          </button>
        </form>
      ) : (
        <p>{say('addWeak')}</p>
      )}
    </Group>
  );
};

const day = (at: string) => at.slice(0, 10);

/** A key that travels between devices, one that stays on its device, or one on a keyring. */
function kindOf({ backedUp, transports }: Passkey): 'synced' | 'single' | 'securityKey' {
  if (backedUp) return 'synced';
  return /"(usb|nfc|ble)"/.test(transports) ? 'securityKey' : 'single';
}

const Devices: FC<{ devices: readonly Device[]; locale: Locale }> = ({ devices, locale }) => {
  const say = accountWords(locale);
  return (
    <Group title={say('devices')} note={say('devicesNote')}>
      {devices.map(({ deviceId, label, boundBy, createdAt }) => (
        <div class="key">
          <Row label={label} sub={`${say('added', { on: day(createdAt) })} · ${say(`by-${boundBy}`)}`} />
          <Removal
            action={`/api/devices/${deviceId}`}
            label={say('removeDevice', { label })}
            ask={say('askDevice')}
            locale={locale}
          />
        </div>
      ))}
    </Group>
  );
};

/** The button says which key to whoever cannot see the row it stands in. */
const Removal: FC<{ action: string; label: string; ask: string; locale: Locale }> = ({
  action,
  label,
  ask,
  locale,
}) => (
  <form
    class="api-form"
    data-action={action}
    data-method="DELETE"
    data-confirm={ask}
    data-next="/account"
    novalidate
  >
    <p class="form-problem" role="alert" hidden />
    <button type="submit" class="button button-warn">
      {accountWords(locale)('remove')}
      <span class="visually-hidden"> · {label}</span>
    </button>
  </form>
);
