/** The risk signals of a timesheet: read from the worker's punches whenever a supervisor looks, stored nowhere. */
import { and, eq, gte, inArray, isNull, lt, sql } from 'drizzle-orm';
import { engagements, geofences, punches, punchVoids, sites, workerDevices } from '../../db/cell.ts';
import { drawingOf } from '../employer/site.ts';
import { type Coordinates, toCoordinates } from '../kernel/geo.ts';
import { shapesOf } from '../kernel/shape.ts';
import { addDays, type CivilRange, civilDateAt, type Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { type RiskSignal, riskSignals, type WatchedPunch } from './risk.ts';

/** Coordinates that repeat are looked for this far back. */
const lookBackDays = 31;

export interface ShownSignal extends RiskSignal {
  readonly at: Instant;
  readonly zone: string;
}

/** For punches of one engagement in a period; the worker's others here are what they are compared with. */
export function signalsOf(
  db: Db,
  engagement: { readonly id: string; readonly workerId: string },
  period: CivilRange,
): ShownSignal[] {
  const rows = punchesAround(db, engagement.workerId, period);
  const centres = centresOf(db, [...new Set(rows.map(({ punch }) => punch.siteId))]);
  const sharers = sharersOf(db, [...new Set(rows.flatMap(({ punch }) => punch.deviceId ?? []))]);
  const watched = rows.map(({ punch, zone }): WatchedPunch => {
    const { id, latE7, lngE7, accuracyMetres, positionSalt } = punch;
    const isExact = latE7 !== null && lngE7 !== null && positionSalt !== null;
    return {
      id,
      at: punch.effectiveAt,
      day: civilDateAt(punch.effectiveAt, zone),
      position: isExact ? { latE7, lngE7, accuracyMetres: accuracyMetres ?? 0 } : null,
      centres: centres.get(punch.siteId) ?? [],
      workersOfPhone: sharers.get(punch.deviceId ?? '') ?? 1,
      flags: punch.flags === null ? [] : (JSON.parse(punch.flags) as string[]),
    };
  });
  const ours = new Map(
    rows
      .filter(({ punch, zone }) => {
        const day = civilDateAt(punch.effectiveAt, zone);
        return punch.engagementId === engagement.id && day >= period.startsOn && day <= period.endsOn;
      })
      .map(({ punch, zone }) => [punch.id, { at: punch.effectiveAt, zone }]),
  );
  return riskSignals(watched).flatMap((signal) => {
    const punch = ours.get(signal.punchId);
    return punch ? [{ ...signal, ...punch }] : [];
  });
}

function punchesAround(db: Db, workerId: string, { startsOn, endsOn }: CivilRange) {
  return db
    .select({ punch: punches, zone: sites.zone })
    .from(punches)
    .innerJoin(engagements, eq(engagements.id, punches.engagementId))
    .innerJoin(sites, eq(sites.id, punches.siteId))
    .leftJoin(punchVoids, eq(punchVoids.id, punches.id))
    .where(
      and(
        eq(engagements.workerId, workerId),
        isNull(punchVoids.id),
        gte(punches.effectiveAt, addDays(startsOn, -lookBackDays) as string as Instant),
        lt(punches.effectiveAt, addDays(endsOn, 2) as string as Instant),
      ),
    )
    .all();
}

/** Of every fence that a site has had: a copied centre may be an old one's. */
function centresOf(db: Db, siteIds: readonly string[]): Map<string, Coordinates[]> {
  const centres = new Map<string, Coordinates[]>();
  if (siteIds.length === 0) return centres;
  const rows = db
    .select()
    .from(geofences)
    .where(inArray(geofences.siteId, siteIds.slice(0, 90)))
    .all();
  for (const fence of rows) {
    const { siteId, wgsShapes } = fence;
    const drawn = drawingOf(fence).shapes.flatMap((shape) =>
      shape.kind === 'circle' ? [toCoordinates(shape)] : [],
    );
    const inWgs = shapesOf(wgsShapes).flatMap((shape) => (shape.kind === 'circle' ? [shape] : []));
    centres.set(siteId, [...(centres.get(siteId) ?? []), ...drawn, ...inWgs]);
  }
  return centres;
}

/** How many workers have a device in the browser that each of these lies in. */
function sharersOf(db: Db, deviceIds: readonly string[]): Map<string, number> {
  if (deviceIds.length === 0) return new Map();
  const rows = db
    .select({
      id: workerDevices.id,
      workers: sql<number>`(SELECT count(DISTINCT other.worker_id) FROM ${workerDevices} AS other WHERE other.installation = ${workerDevices.installation})`,
    })
    .from(workerDevices)
    .where(inArray(workerDevices.id, deviceIds.slice(0, 90)))
    .all();
  return new Map(rows.map(({ id, workers }) => [id, workers]));
}
