/** The console's pages of sites: all on one map, each with its circles, and the clients whose places they are. */
import type { FC } from 'hono/jsx';
import type { CellEnv, CellRequest } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { type Locale, refuse } from '../kernel/refusal.ts';
import { civilDateAt, zoneNames } from '../kernel/time.ts';
import { ApiForm, Card, Empty, Field, Group, Row, SelectField, Table } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { type Employer, employerOf } from './employer.ts';
import { FenceFields } from './fence-fields.tsx';
import { FenceHistory, fenceText } from './fence-text.tsx';
import { consoleFrame } from './frame.ts';
import { actorNames } from './member.ts';
import { readerOf } from './reader.ts';
import { clientsOf, drawingOf, fenceOf, fencesOf, sitesOf } from './site.ts';
import { SiteGate } from './site-gate.tsx';
import { placeOf, SiteMap } from './site-map.tsx';
import { PolicySummary } from './site-policy-pages.tsx';
import { siteWords } from './site-words.ts';
import { hasRole, requireRole, seesSite } from './standing.ts';

export const sitePages = router<CellEnv>();

/** The sites that the reader may see, each with the circle that counts. */
function seenSites(c: CellRequest) {
  const standing = requireRole(c, 'owner', 'hr', 'supervisor');
  const { db } = c.env.cell.store;
  const seen = sitesOf(db)
    .filter((site) => seesSite(standing, site))
    .map((site) => ({ ...site, fence: fenceOf(db, site.id) }));
  return { seen, mayEdit: hasRole(standing, 'owner', 'hr') };
}
type SeenSite = ReturnType<typeof seenSites>['seen'][number];

const placesOf = (org: string, seen: readonly SeenSite[]) =>
  seen.flatMap(({ id, name, fence }) =>
    fence ? [{ ...placeOf(fence, name), href: `/orgs/${org}/sites/${id}` }] : [],
  );

sitePages.get('/sites', (c) => {
  const { seen, mayEdit } = seenSites(c);
  const { org, db, locale } = readerOf(c);
  const { tileUrl } = c.env.cell;
  const say = siteWords(locale);
  const addHref = `/orgs/${org}/sites/new`;
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={say('title')}
      lead={say('lead')}
      frame={consoleFrame(c)}
      section="sites"
      scripts={seen.length > 0 ? ['site-map'] : []}
      styles={seen.length > 0 ? ['leaflet'] : []}
      actions={
        mayEdit && seen.length > 0 ? (
          <a class="button button-primary" href={addHref}>
            {say('add')}
          </a>
        ) : null
      }
    >
      {seen.length === 0 ? (
        <NoSites mayEdit={mayEdit} addHref={addHref} locale={locale} />
      ) : (
        <>
          <SiteMap locale={locale} label={say('map')} places={placesOf(org, seen)} tileUrl={tileUrl} />
          <SiteTable seen={seen} org={org} locale={locale} />
        </>
      )}
      {mayEdit ? <Clients clients={clientsOf(db)} seen={seen} org={org} locale={locale} /> : null}
    </ConsolePage>,
  );
});

const NoSites: FC<{ mayEdit: boolean; addHref: string; locale: Locale }> = ({ mayEdit, addHref, locale }) => {
  const say = siteWords(locale);
  return mayEdit ? (
    <Empty title={say('none')} href={addHref} action={say('add')}>
      {say('noneMeans')}
    </Empty>
  ) : (
    <Empty title={say('noneOfYours')}>{say('noneOfYoursMeans')}</Empty>
  );
};

const SiteTable: FC<{ seen: readonly SeenSite[]; org: string; locale: Locale }> = ({ seen, org, locale }) => {
  const say = siteWords(locale);
  return (
    <Table
      caption={say('title')}
      rows={seen}
      columns={[
        { head: say('name'), cell: ({ id, name }) => <a href={`/orgs/${org}/sites/${id}`}>{name}</a> },
        { head: say('address'), cell: ({ address }) => address },
        { head: say('client'), cell: ({ clientName }) => clientName ?? say('own') },
        { head: say('zone'), cell: ({ zone }) => zone },
        {
          head: say('fence'),
          cell: ({ fence }) => (fence ? fenceText(drawingOf(fence), locale) : '—'),
        },
      ]}
    />
  );
};

const Clients: FC<{
  clients: ReturnType<typeof clientsOf>;
  seen: readonly SeenSite[];
  org: string;
  locale: Locale;
}> = ({ clients, seen, org, locale }) => {
  const say = siteWords(locale);
  return (
    <Card title={say('clients')}>
      <p>{say('clientsMeans')}</p>
      {clients.length === 0 ? (
        <p>{say('noClients')}</p>
      ) : (
        <Table
          caption={say('clients')}
          rows={clients}
          columns={[
            {
              head: say('client'),
              cell: ({ id, name }) => <a href={`/orgs/${org}/clients/${id}`}>{name}</a>,
            },
            {
              head: say('siteCount'),
              cell: ({ id }) => String(seen.filter(({ clientId }) => clientId === id).length),
              numeric: true,
            },
          ]}
        />
      )}
      <ApiForm action={`/api/orgs/${org}/clients/{id}`} submit={say('addClient')} tone="plain">
        <Field name="name" label={say('clientName')} required autocomplete="off" />
      </ApiForm>
    </Card>
  );
};

sitePages.get('/sites/new', (c) => {
  requireRole(c, 'owner', 'hr');
  const { seen } = seenSites(c);
  const { org, db, locale } = readerOf(c);
  const { tileUrl } = c.env.cell;
  const say = siteWords(locale);
  const employer = employerOf(db);
  const neighbours = placesOf(org, seen).map((place) => ({ ...place, quiet: true }));
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={say('add')}
      lead={say('addLead')}
      frame={consoleFrame(c)}
      section="sites"
      scripts={['site-map']}
      styles={['leaflet']}
    >
      <Card>
        <ApiForm
          action={`/api/orgs/${org}/sites/{id}`}
          next={`/orgs/${org}/sites/{id}`}
          submit={say('add')}
          id="site"
        >
          <Field name="name" label={say('name')} required autocomplete="off" />
          <Field name="address" label={say('address')} required autocomplete="off" />
          <SelectField
            name="clientId"
            label={say('client')}
            hint={say('clientHint')}
            options={[['', say('own')], ...clientsOf(db).map(({ id, name }) => [id, name] as const)]}
          />
          <ZoneField employer={employer} locale={locale} />
          <SiteMap
            locale={locale}
            label={say('mapPick')}
            places={neighbours}
            tileUrl={tileUrl}
            country={employer.country}
            picks
          />
          <FenceFields prefix="fence." locale={locale} country={employer.country} />
        </ApiForm>
      </Card>
    </ConsolePage>,
  );
});

const ZoneField: FC<{ employer: Employer; locale: Locale }> = ({ employer, locale }) => {
  const say = siteWords(locale);
  const zones = [...new Set([employer.zone, ...zoneNames()])];
  return (
    <SelectField
      name="zone"
      label={say('zone')}
      hint={say('zoneHint')}
      value={employer.zone}
      options={zones.map((zone) => [zone, zone] as const)}
    />
  );
};

sitePages.get('/sites/:id', (c) => {
  const { seen, mayEdit } = seenSites(c);
  const site = seen.find(({ id }) => id === c.req.param('id')) ?? refuse('not-found');
  const { org, db, locale, at } = readerOf(c);
  const today = civilDateAt(at, site.zone);
  const { tileUrl } = c.env.cell;
  const say = siteWords(locale);
  const fences = fencesOf(db, site.id);
  const place = site.fence ? [placeOf(site.fence, site.name)] : [];
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={site.name}
      lead={site.address}
      frame={consoleFrame(c)}
      section="sites"
      scripts={['site-map']}
      styles={['leaflet']}
    >
      {mayEdit ? null : <SiteMap locale={locale} label={say('mapOfOne')} places={place} tileUrl={tileUrl} />}
      <Group title={say('facts')}>
        <Row label={say('client')} value={site.clientName ?? say('own')} />
        <Row label={say('zone')} value={site.zone} />
        <Row label={say('fence')} value={site.fence ? fenceText(drawingOf(site.fence), locale) : '—'} />
      </Group>
      <PolicySummary db={db} org={org} siteId={site.id} today={today} locale={locale} />
      <SiteGate org={org} siteId={site.id} locale={locale} />
      {mayEdit ? (
        <Card title={say('redraw')}>
          <p>{say('redrawMeans')}</p>
          <ApiForm action={`/api/orgs/${org}/sites/${site.id}/geofences/{id}`} submit={say('save')}>
            <SiteMap locale={locale} label={say('mapPick')} places={[]} tileUrl={tileUrl} picks />
            <FenceFields
              prefix=""
              locale={locale}
              {...(site.fence ? { drawing: drawingOf(site.fence) } : {})}
            />
          </ApiForm>
        </Card>
      ) : null}
      <Card title={say('history')}>
        <p>{say('historyMeans')}</p>
        <FenceHistory fences={fences} zone={site.zone} nameOf={actorNames(db)} locale={locale} />
      </Card>
    </ConsolePage>,
  );
});
