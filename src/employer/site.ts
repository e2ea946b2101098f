/** Sites and clients: where the work is, whose place it is, and the circle around it. */
import { asc, eq, sql } from 'drizzle-orm';
import { clients, geofences, sites } from '../../db/cell.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { type Datum, isOnEarth, toCoordinates, toWgs84 } from '../kernel/geo.ts';
import { newId } from '../kernel/id.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import { type Db, prepared, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { sameOr } from './repeat.ts';

export type Site = typeof sites.$inferSelect;
export type Geofence = typeof geofences.$inferSelect;
export interface FenceInput {
  /** Degrees in `datum`. */
  readonly lat: number;
  readonly lng: number;
  readonly datum: Exclude<Datum, 'unstated'>;
  readonly radiusMetres: number;
}

export function addClient(tx: Tx, actor: Actor, client: { id: string; name: string }, at: Instant): void {
  const row = { ...client, at, by: actorText(actor) };
  const known = tx.select().from(clients).where(eq(clients.id, client.id)).get();
  if (known) return void sameOr(known, row);
  record(tx, 'client-added', row, row.by, at);
}

export function addSite(
  tx: Tx,
  actor: Actor,
  site: {
    id: string;
    name: string;
    address: string;
    zone: string;
    clientId?: string | undefined;
    fence: FenceInput;
  },
  at: Instant,
): void {
  const { fence, ...rest } = site;
  const row: Site = { ...rest, clientId: site.clientId ?? null, at, by: actorText(actor) };
  if (row.clientId && !tx.select().from(clients).where(eq(clients.id, row.clientId)).get())
    refuse('not-found');
  const known = siteOf(tx, site.id);
  const drawn = fenceRow({ ...fence, id: newId(), siteId: site.id }, row.by, at);
  if (known) {
    sameOr(known, row);
    // The circle it was added with; others may have been drawn since.
    const first = firstFenceOf(tx, site.id);
    return void (first && sameOr(first, { ...drawn, id: first.id }));
  }
  record(tx, 'site-added', row, row.by, at);
  record(tx, 'geofence-drawn', drawn, row.by, at);
}

function firstFenceOf(db: Db, siteId: string): Geofence | undefined {
  return db
    .select()
    .from(geofences)
    .where(eq(geofences.siteId, siteId))
    .orderBy(asc(sql`${geofences}.rowid`))
    .limit(1)
    .get();
}

/** The newest circle of a site counts from now on; punches before keep the verdict they had. */
export function drawGeofence(
  tx: Tx,
  actor: Actor,
  fence: FenceInput & { id: string; siteId: string },
  at: Instant,
): void {
  if (!siteOf(tx, fence.siteId)) refuse('not-found');
  const row = fenceRow(fence, actorText(actor), at);
  const known = tx.select().from(geofences).where(eq(geofences.id, fence.id)).get();
  if (known) return void sameOr(known, row);
  record(tx, 'geofence-drawn', row, row.by, at);
}

function fenceRow(fence: FenceInput & { id: string; siteId: string }, by: string, at: Instant): Geofence {
  const point = { lat: fence.lat, lng: fence.lng };
  if (!isOnEarth(point)) refuse('body-invalid', {}, [{ pointer: '/lat', detail: '±90, ±180' }]);
  const wgs = toCoordinates(toWgs84(point, fence.datum));
  return {
    id: fence.id,
    siteId: fence.siteId,
    ...toCoordinates(point),
    datum: fence.datum,
    wgsLatE7: wgs.latE7,
    wgsLngE7: wgs.lngE7,
    radiusMetres: fence.radiusMetres,
    at,
    by,
  };
}

const statements = prepared((db) => ({
  site: db
    .select()
    .from(sites)
    .where(eq(sites.id, sql.placeholder('id')))
    .prepare(),
  fence: db
    .select()
    .from(geofences)
    .where(eq(geofences.siteId, sql.placeholder('siteId')))
    // Rows are only ever added, so the newest has the greatest rowid, which the index on the site holds in order.
    .orderBy(sql`${geofences}.rowid DESC`)
    .limit(1)
    .prepare(),
}));

export function siteOf(db: Db, id: string): Site | undefined {
  return statements(db).site.get({ id });
}

export function fenceOf(db: Db, siteId: string): Geofence | undefined {
  return statements(db).fence.get({ siteId });
}

/** Every circle a site has had, the one that counts first. */
export function fencesOf(db: Db, siteId: string): Geofence[] {
  return db
    .select()
    .from(geofences)
    .where(eq(geofences.siteId, siteId))
    .orderBy(sql`${geofences}.rowid DESC`)
    .all();
}

export function sitesOf(db: Db): (Site & { clientName: string | null })[] {
  return db
    .select({ site: sites, clientName: clients.name })
    .from(sites)
    .leftJoin(clients, eq(clients.id, sites.clientId))
    .orderBy(sites.name)
    .all()
    .map(({ site, clientName }) => ({ ...site, clientName }));
}

export function clientsOf(db: Db) {
  return db.select().from(clients).orderBy(clients.name).all();
}
