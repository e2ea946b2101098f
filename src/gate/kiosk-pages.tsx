/** The tablet's own screen, which nobody signs in to, and the console's page of a site's tablets. */
import type { FC } from 'hono/jsx';
import { consoleFrame } from '../employer/frame.ts';
import { type Reader, readerOf, shownAt } from '../employer/reader.ts';
import { BackToSite } from '../employer/site-gate.tsx';
import { sitePolicyOn } from '../employer/site-policy.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import type { Locale } from '../kernel/refusal.ts';
import { civilDateAt } from '../kernel/time.ts';
import { ApiForm, Badge, Card, Empty, Field, Notice, Table } from '../web/components.tsx';
import { ConsolePage, localeOf, PublicPage, page } from '../web/page.tsx';
import { QrCode } from '../web/qr.tsx';
import { CardReader } from './card-reader.tsx';
import { type KioskInvitation, type KioskRow, kiosksAt, openInvitations, setUpCode } from './kiosk.ts';
import { kioskWords } from './kiosk-words.ts';
import { requireSupervisor } from './supervising.ts';
import { gateWords } from './words.ts';

export const kioskPages = router<CellEnv>();

kioskPages.get('/kiosk', (c) => {
  const locale = localeOf(c.req.raw);
  const say = kioskWords(locale);
  return page(
    c,
    <PublicPage locale={locale} title={say('title')} scripts={['kiosk']} styles={['gate']} wide>
      <Screen org={c.env.cell.org} locale={locale} />
    </PublicPage>,
  );
});

/** All of the tablet's faces; the client module `kiosk` shows one at a time. `#` stands for what it fills in. */
const Screen: FC<{ org: string; locale: Locale }> = ({ org, locale }) => {
  const say = kioskWords(locale);
  return (
    <section
      class="kiosk"
      data-kiosk={org}
      data-say-unknown={say('unknown')}
      data-say-offline={say('offline')}
      data-say-waiting={say('waiting', { count: '#' })}
      data-say-last-in={say('lastIn', { at: '#' })}
      data-say-last-out={say('lastOut')}
      data-say-done-in={say('doneIn', { name: '#' })}
      data-say-done-out={say('doneOut', { name: '#' })}
      data-say-done-at={say('doneAt', { at: '#' })}
      data-say-kept={say('kept')}
      data-say-refused={say('refused')}
      data-say-photo={say('photoNotice', { days: '#' })}
      data-say-sleep={gateWords(locale)('codeSleep')}
      data-say-qr={gateWords(locale)('codeQr')}
    >
      <div class="kiosk-bar">
        <strong data-place />
        <span class="kiosk-now" data-now />
      </div>
      <p class="kiosk-note" role="status" data-note />
      <SetUpFace locale={locale} />
      <ReadyFace locale={locale} />
      <ChooseFace locale={locale} />
      <div class="kiosk-face kiosk-done" data-face="done" role="alert" hidden>
        <h2 data-done>—</h2>
        <p data-done-at />
        <button type="button" class="button button-plain" data-next>
          {say('nextPerson')}
        </button>
      </div>
      <div class="kiosk-face" data-face="revoked" hidden>
        <Notice tone="bad">{say('revoked')}</Notice>
      </div>
    </section>
  );
};

const SetUpFace: FC<{ locale: Locale }> = ({ locale }) => {
  const say = kioskWords(locale);
  return (
    <form class="kiosk-face" data-face="set-up" hidden>
      <h2>{say('setUp')}</h2>
      <p>{say('setUpMeans')}</p>
      <Field
        name="code"
        label={say('code')}
        hint={say('codeHint')}
        inputmode="numeric"
        autocomplete="one-time-code"
        required
      />
      <button type="submit" class="button button-primary">
        {say('setUpNow')}
      </button>
    </form>
  );
};

const ReadyFace: FC<{ locale: Locale }> = ({ locale }) => {
  const say = kioskWords(locale);
  return (
    <div class="kiosk-face" data-face="ready" hidden>
      <h2>{say('ready')}</h2>
      <CardReader locale={locale} />
      <form class="kiosk-number" data-number>
        <Field
          name="number"
          label={say('orNumber')}
          hint={gateWords(locale)('cardNumberHint')}
          inputmode="numeric"
          autocomplete="off"
        />
        <button type="submit" class="button button-plain">
          {say('next')}
        </button>
      </form>
      <aside class="kiosk-site-code" data-site-code hidden>
        <div class="qr" data-site-code-qr />
        <div>
          <h3>{gateWords(locale)('code')}</h3>
          <p class="kiosk-code" data-site-code-digits aria-live="off" />
          <p class="aside">{gateWords(locale)('codeLead')}</p>
        </div>
      </aside>
    </div>
  );
};

const ChooseFace: FC<{ locale: Locale }> = ({ locale }) => {
  const say = kioskWords(locale);
  return (
    <div class="kiosk-face" data-face="choose" hidden>
      <h2 data-name>—</h2>
      <p data-last />
      <div class="kiosk-kinds">
        {(['in', 'out'] as const).map((kind) => (
          <button type="button" class="button" data-kind={kind}>
            {say(kind)}
          </button>
        ))}
      </div>
      <div data-photo hidden>
        <p data-photo-notice />
        <label class="choice">
          <input type="checkbox" data-photo-no /> <span>{say('photoNo')}</span>
        </label>
      </div>
      <button type="button" class="button button-plain" data-next>
        {say('notMe')}
      </button>
    </div>
  );
};

// ---- the console

kioskPages.get('/sites/:id/tablets', (c) => {
  const { site } = requireSupervisor(c, c.req.param('id'));
  const reader = readerOf(c);
  const { org, db, locale, at } = reader;
  const { cell } = c.env;
  const say = kioskWords(locale);
  const rows = kiosksAt(db, site.id);
  const open = openInvitations(db, site.id, at);
  const { witnessPhoto, photoDays } = sitePolicyOn(db, site.id, civilDateAt(at, site.zone));
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={`${say('tablets')} · ${site.name}`}
      lead={say('tabletsLead')}
      frame={consoleFrame(c)}
      section="sites"
      actions={<BackToSite org={org} site={site} />}
      styles={['gate']}
    >
      {witnessPhoto ? <Notice>{say('photosOn', { days: photoDays })}</Notice> : null}
      {open.map((invitation) => (
        <OpenInvitation
          invitation={invitation}
          code={setUpCode(cell.keys.index, invitation.id)}
          kioskUrl={`${cell.publicUrl}/orgs/${org}/kiosk`}
          reader={reader}
        />
      ))}
      <Card title={say('add')}>
        <ApiForm action={`/api/orgs/${org}/kiosk-invitations/{id}`} submit={say('make')}>
          <Field name="siteId" label="" kind="hidden" value={site.id} />
          <Field name="name" label={say('name')} hint={say('nameHint')} autocomplete="off" required />
        </ApiForm>
      </Card>
      {rows.length > 0 ? (
        <Card title={say('tablets')}>
          <Tablets rows={rows} reader={reader} />
        </Card>
      ) : (
        <Empty title={say('none')}>{say('noneMeans')}</Empty>
      )}
    </ConsolePage>,
  );
});

/** Shown until a tablet has used it or its hour is over. */
const OpenInvitation: FC<{ invitation: KioskInvitation; code: string; kioskUrl: string; reader: Reader }> = ({
  invitation,
  code,
  kioskUrl,
  reader,
}) => {
  const say = kioskWords(reader.locale);
  const url = `${kioskUrl}#set-up=${code}`;
  return (
    <Card title={`${invitation.name} · ${say('open')}`}>
      <div class="kiosk-invitation">
        <QrCode text={url} title={say('open')} size={220} />
        <div>
          <p class="kiosk-code">{code.replace(/(\d{4})(?=\d)/g, '$1 ')}</p>
          <p>{say('openMeans')}</p>
          <p class="aside">{say('until', { at: shownAt(reader, invitation.expiresAt, 'HH:mm') })}</p>
          <button type="button" class="button button-plain" data-copy={url}>
            {say('copy')}
          </button>
        </div>
      </div>
    </Card>
  );
};

const Tablets: FC<{ rows: readonly KioskRow[]; reader: Reader }> = ({ rows, reader }) => {
  const say = kioskWords(reader.locale);
  return (
    <Table
      caption={say('tablets')}
      rows={rows}
      columns={[
        { head: say('name'), cell: ({ kiosk }) => kiosk.name },
        { head: say('since'), cell: ({ kiosk }) => shownAt(reader, kiosk.at) },
        {
          head: say('lastPunch'),
          cell: ({ lastPunchAt }) => (lastPunchAt ? shownAt(reader, lastPunchAt) : '—'),
        },
        { head: say('punches'), cell: ({ punches }) => String(punches), numeric: true },
        {
          head: say('state'),
          cell: ({ revocation }) => (
            <Badge tone={revocation ? 'bad' : 'good'}>{say(revocation ? 'ended' : 'live')}</Badge>
          ),
        },
        {
          head: '',
          cell: ({ kiosk, revocation }) =>
            revocation ? (
              revocation.reason
            ) : (
              <details>
                <summary>{say('revoke')}</summary>
                <ApiForm
                  action={`/api/orgs/${reader.org}/kiosks/${kiosk.id}/revocation`}
                  submit={say('revoke')}
                  tone="warn"
                >
                  <Field name="reason" label={say('reason')} required />
                </ApiForm>
              </details>
            ),
        },
      ]}
    />
  );
};
