/** Sites and clients: where the work is, whose place it is, and the fence around it. */
import { asc, eq, sql } from 'drizzle-orm';
import { clients, geofences, sites } from '../../db/cell.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { canonicalJson } from '../kernel/digest.ts';
import { newId } from '../kernel/id.ts';
import { refuse } from '../kernel/refusal.ts';
import { type Drawing, toWgsShapes } from '../kernel/shape.ts';
import { shapeFault } from '../kernel/shape-rules.ts';
import type { Instant } from '../kernel/time.ts';
import { type Db, prepared, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { sameOr } from './repeat.ts';

export type Site = typeof sites.$inferSelect;
export type Geofence = typeof geofences.$inferSelect;

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
    fence: Drawing;
  },
  at: Instant,
): void {
  const { fence, ...rest } = site;
  const row: Site = { ...rest, clientId: site.clientId ?? null, at, by: actorText(actor) };
  if (row.clientId && !tx.select().from(clients).where(eq(clients.id, row.clientId)).get())
    refuse('not-found');
  const known = siteOf(tx, site.id);
  const drawn = fenceRow({ id: newId(), siteId: site.id, drawing: fence }, row.by, at, '/fence');
  if (known) {
    sameOr(known, row);
    // The fence it was added with; others may have been drawn since.
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

/** The newest fence of a site counts from now on; punches before keep the verdict they had. */
export function drawGeofence(tx: Tx, actor: Actor, fence: FenceInput, at: Instant): void {
  if (!siteOf(tx, fence.siteId)) refuse('not-found');
  const row = fenceRow(fence, actorText(actor), at);
  const known = tx.select().from(geofences).where(eq(geofences.id, fence.id)).get();
  if (known) return void sameOr(known, row);
  record(tx, 'geofence-drawn', row, row.by, at);
}

interface FenceInput {
  readonly id: string;
  readonly siteId: string;
  readonly drawing: Drawing;
}

/** `within` is where the drawing lies in the request. */
function fenceRow({ id, siteId, drawing }: FenceInput, by: string, at: Instant, within = ''): Geofence {
  const wgsShapes = toWgsShapes(drawing);
  wgsShapes.forEach((shape, index) => {
    const fault = shapeFault(shape);
    if (fault)
      refuse(fault, { shape: index + 1 }, [{ pointer: `${within}/shapes/${index}/points`, detail: '' }]);
  });
  return { id, siteId, shapes: canonicalJson(drawing), wgsShapes: canonicalJson(wgsShapes), at, by };
}

/** As it was drawn. */
export function drawingOf(fence: Geofence): Drawing {
  return JSON.parse(fence.shapes) as Drawing;
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

/** Every fence a site has had, the one that counts first. */
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
