/** The console's pages of sites: all on one map, each with its circles, and the clients whose places they are. */
import type { FC } from 'hono/jsx';
import type { CellEnv, CellRequest } from '../http/env.ts';
import { router } from '../http/problem.ts';
import type { Degrees } from '../kernel/geo.ts';
import { statedDatums } from '../kernel/geo.ts';
import { type Locale, refuse } from '../kernel/refusal.ts';
import type { Drawing } from '../kernel/shape.ts';
import { civilDateAt, formatInstant, zoneNames } from '../kernel/time.ts';
import { ApiForm, Card, Empty, Field, Group, Row, SelectField, Table } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { type Employer, employerOf } from './employer.ts';
import { consoleFrame } from './frame.ts';
import { actorNames } from './member.ts';
import { readerOf } from './reader.ts';
import { clientsOf, drawingOf, fenceOf, fencesOf, type Geofence, sitesOf } from './site.ts';
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
            { head: say('client'), cell: ({ name }) => name },
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

/** Empty for a new site. In China people copy numbers out of a map app, which are not WGS-84. */
const FenceFields: FC<{ prefix: string; locale: Locale; country?: string; fence?: Geofence }> = ({
  prefix,
  locale,
  country,
  fence,
}) => {
  const say = siteWords(locale);
  const drawing = fence ? drawingOf(fence) : undefined;
  const at = drawing?.shapes[0]?.kind === 'circle' ? drawing.shapes[0] : undefined;
  return (
    <>
      <Field
        name={`${prefix}lat`}
        label={say('lat')}
        kind="decimal"
        required
        {...(at ? { value: at.lat } : {})}
      />
      <Field
        name={`${prefix}lng`}
        label={say('lng')}
        kind="decimal"
        required
        {...(at ? { value: at.lng } : {})}
      />
      <SelectField
        name={`${prefix}datum`}
        label={say('datum')}
        hint={say('datumHint')}
        value={drawing?.datum ?? (country === 'CN' ? 'gcj02' : 'wgs84')}
        options={statedDatums.map((datum) => [datum, say(datum)] as const)}
      />
      <Field
        name={`${prefix}radiusMetres`}
        label={say('radius')}
        hint={say('radiusHint')}
        kind="number"
        value={at?.radiusMetres ?? 150}
        required
      />
    </>
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
            <FenceFields prefix="" locale={locale} {...(site.fence ? { fence: site.fence } : {})} />
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

const FenceHistory: FC<{
  fences: readonly Geofence[];
  zone: string;
  nameOf: (actor: string) => string | undefined;
  locale: Locale;
}> = ({ fences, zone, nameOf, locale }) => {
  const say = siteWords(locale);
  const when = (at: Geofence['at']) => formatInstant(at, zone, locale);
  return (
    <Table
      caption={say('history')}
      rows={fences.map((fence, index) => ({ ...fence, until: fences[index - 1]?.at }))}
      columns={[
        { head: say('since'), cell: ({ at }) => when(at) },
        { head: say('until'), cell: ({ until }) => (until ? when(until) : say('now')) },
        { head: say('fence'), cell: (fence) => <DrawnAs drawing={drawingOf(fence)} locale={locale} /> },
        { head: say('datum'), cell: (fence) => say(drawingOf(fence).datum) },
        { head: say('by'), cell: ({ by }) => nameOf(by) ?? by },
      ]}
    />
  );
};

/** Every shape with its numbers, as given. */
const DrawnAs: FC<{ drawing: Drawing; locale: Locale }> = ({ drawing, locale }) => {
  const say = siteWords(locale);
  return (
    <ul class="plain">
      {drawing.shapes.map((shape) => (
        <li>
          {shape.kind === 'circle'
            ? say('circleAt', { n: shape.radiusMetres, at: pointText(shape) })
            : say('polygonFrom', { n: shape.points.length, at: pointText(firstOf(shape.points)) })}
        </li>
      ))}
    </ul>
  );
};

const firstOf = ([[lat, lng] = [0, 0]]: readonly (readonly [number, number])[]) => ({ lat, lng });
const pointText = ({ lat, lng }: Degrees) => `${lat.toFixed(6)}, ${lng.toFixed(6)}`;

/** In a few words: a circle of 200 m, an area with 5 corners. */
function fenceText({ shapes }: Drawing, locale: Locale): string {
  const say = siteWords(locale);
  const texts = shapes.map((shape) =>
    shape.kind === 'circle'
      ? say('circleOf', { n: shape.radiusMetres })
      : say('polygonOf', { n: shape.points.length }),
  );
  return texts.length > 3 ? say('shapesOf', { n: texts.length }) : texts.join(locale === 'en' ? ', ' : '、');
}
