/** The supervisor's page for scanning cards, face to face, with a phone. */
import type { FC } from 'hono/jsx';
import { consoleFrame } from '../employer/frame.ts';
import { type Reader, readerOf } from '../employer/reader.ts';
import type { Site } from '../employer/site.ts';
import { BackToSite } from '../employer/site-gate.tsx';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { formatInstant } from '../kernel/time.ts';
import { ApiForm, Card, Field, Table } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { CardReader } from './card-reader.tsx';
import { type SeenCard, scansAt } from './card-scan.ts';
import { requireSupervisor } from './supervising.ts';
import { gateWords } from './words.ts';

export const scanPages = router<CellEnv>();

scanPages.get('/sites/:id/scan', (c) => {
  const { site } = requireSupervisor(c, c.req.param('id'));
  const reader = readerOf(c);
  const say = gateWords(reader.locale);
  const seen = scansAt(reader.db, site, reader.at);
  return page(
    c,
    <ConsolePage
      locale={reader.locale}
      title={`${say('scan')} · ${site.name}`}
      lead={say('scanLead')}
      frame={consoleFrame(c)}
      section="sites"
      actions={<BackToSite org={reader.org} site={site} />}
      scripts={['card-scan']}
      styles={['gate']}
    >
      <Card>
        <div
          data-card-scan={`/api/orgs/${reader.org}/punch-proofs/`}
          data-site={site.id}
          data-zone={site.zone}
          data-say-seen={say('scanSeen', { name: '{name}', at: '{at}' })}
          data-say-next={say('scanNext', { name: '{name}' })}
          data-say-offline={say('scanOffline')}
        >
          <CardReader locale={reader.locale} />
          <div class="scan-results" role="log" aria-label={say('scan')} />
        </div>
        <ApiForm
          action={`/api/orgs/${reader.org}/punch-proofs/{id}`}
          submit={say('cardUse')}
          id="typed"
          tone="plain"
        >
          <Field name="siteId" label="" kind="hidden" value={site.id} />
          <Field
            name="card"
            label={say('cardNumber')}
            hint={say('cardNumberHint')}
            inputmode="numeric"
            autocomplete="off"
            required
          />
        </ApiForm>
      </Card>
      <Card title={say('scanRecent')}>
        {seen.length > 0 ? <SeenCards seen={seen} site={site} reader={reader} /> : <p>{say('scanNobody')}</p>}
      </Card>
    </ConsolePage>,
  );
});

const SeenCards: FC<{ seen: readonly SeenCard[]; site: Site; reader: Reader }> = ({ seen, site, reader }) => {
  const say = gateWords(reader.locale);
  const clock = (at: SeenCard['proof']['at']) => formatInstant(at, site.zone, reader.locale, 'HH:mm');
  return (
    <Table
      caption={say('scanRecent')}
      rows={seen}
      columns={[
        { head: say('worker'), cell: ({ name }) => name },
        { head: say('at'), cell: ({ proof }) => clock(proof.at) },
        {
          head: say('scanFor'),
          cell: ({ punchAt }) => (punchAt ? say('scanForPunch', { at: clock(punchAt) }) : say('scanForNext')),
        },
      ]}
    />
  );
};
