/**
 * Positions made coarse: once a period is locked and the days in which it may be disputed are over, coordinates are
 * rounded to about 100 metres and their salts dropped. Verdicts, journal and signatures stay: they are over a digest
 * that nobody can open any more (PIPL Art. 19, 47).
 */
import { and, asc, eq, gte, isNotNull, isNull, lt, lte, sql } from 'drizzle-orm';
import {
  positionCoarsenings,
  punches,
  sitePolicies,
  sites,
  timesheetApprovals,
  timesheetLocks,
  timesheetReopenings,
} from '../../db/cell.ts';
import { sitePolicyOn, usualPolicy, zSitePolicy } from '../employer/site-policy.ts';
import { newId } from '../kernel/id.ts';
import { addDays, addSeconds, type CivilDate, civilDateAt, type Instant } from '../kernel/time.ts';
import { type Db, newestFirst, type Store, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';

/** 0.001°: 111 metres to the north, less to the east. */
const coarseE7 = 10_000;
const periodsATick = 50;
const daySeconds = 86_400;

export interface LockedPeriod {
  readonly engagementId: string;
  readonly startsOn: CivilDate;
  readonly endsOn: CivilDate;
  readonly lockedAt: Instant;
}

/** At most so many periods a time, the one locked first first. Answers when to come again; undefined when nothing waits. */
export async function coarsenDue(store: Store, at: Instant): Promise<Instant | undefined> {
  let done = 0;
  for (const period of waitingPeriods(store.db, fewestDays(store.db), at)) {
    if (done === periodsATick) return addSeconds(at, 1);
    if (await store.commit((tx) => coarsenPeriod(tx, period, at))) done += 1;
  }
  return nextCoarsening(store.db, at);
}

/** Of what waits the earliest that can be due; sites that wait longer are looked at again in an hour. */
export function nextCoarsening(db: Db, at: Instant): Instant | undefined {
  const [first] = waitingPeriods(db, undefined, at);
  if (!first) return undefined;
  looked.set(db, first.lockedAt);
  const due = addSeconds(first.lockedAt, fewestDays(db) * daySeconds);
  const soon = addSeconds(at, 3600);
  return due > soon ? due : soon;
}

/** Up to here all is coarse, as far as this process knows: years of locks are looked through once, not at each tick. */
const looked = new WeakMap<Db, Instant>();

/** Locked, and not made coarse since. `days`: only those locked at least so long ago. */
function waitingPeriods(db: Db, days: number | undefined, at: Instant): LockedPeriod[] {
  return db
    .select({
      engagementId: timesheetApprovals.engagementId,
      startsOn: timesheetApprovals.startsOn,
      endsOn: timesheetApprovals.endsOn,
      lockedAt: timesheetLocks.at,
    })
    .from(timesheetLocks)
    .innerJoin(timesheetApprovals, eq(timesheetApprovals.id, timesheetLocks.id))
    .leftJoin(timesheetReopenings, eq(timesheetReopenings.id, timesheetLocks.id))
    .leftJoin(
      positionCoarsenings,
      and(
        eq(positionCoarsenings.engagementId, timesheetApprovals.engagementId),
        eq(positionCoarsenings.startsOn, timesheetApprovals.startsOn),
        gte(positionCoarsenings.at, timesheetLocks.at),
      ),
    )
    .where(
      and(
        gte(timesheetLocks.at, looked.get(db) ?? ('' as Instant)),
        isNull(timesheetReopenings.id),
        isNull(positionCoarsenings.id),
        lte(timesheetLocks.at, addSeconds(at, -(days ?? 0) * daySeconds)),
      ),
    )
    .orderBy(asc(timesheetLocks.at))
    .limit(days === undefined ? 1 : 1000)
    .all();
}

/** The shortest wait that any site's rules name, past or present. */
function fewestDays(db: Db): number {
  const rules = db
    .select({ rules: sitePolicies.rules })
    .from(sitePolicies)
    .orderBy(newestFirst(sitePolicies));
  const days = rules.all().map((row) => zSitePolicy.parse(JSON.parse(row.rules)).coarsenDays);
  return Math.min(usualPolicy.coarsenDays, ...days);
}

/** Of a period's sites the longest wait counts. Answers false while it is not over, and when it was done already. */
function coarsenPeriod(tx: Tx, period: LockedPeriod, at: Instant): boolean {
  const { engagementId, startsOn, endsOn, lockedAt } = period;
  if (isCoarse(tx, period)) return false;
  const exact = exactPunches(tx, period);
  const siteIds = [...new Set(exact.map(({ siteId }) => siteId))];
  const days = siteIds.map((siteId) => sitePolicyOn(tx, siteId, endsOn).coarsenDays);
  const coarsenDays = days.length > 0 ? Math.max(...days) : 0;
  if (addSeconds(lockedAt, coarsenDays * daySeconds) > at) return false;
  for (const { id, latE7, lngE7 } of exact) {
    const coarse = { latE7: rounded(latE7), lngE7: rounded(lngE7), positionSalt: null };
    tx.update(punches).set(coarse).where(eq(punches.id, id)).run();
  }
  const rule = `rounded to 0.001 degrees and salts dropped, ${coarsenDays} days after the period was locked at ${lockedAt}`;
  const row = { id: newId(), engagementId, startsOn, endsOn, rule, punches: exact.length, at, by: 'system' };
  record(tx, 'positions-coarsened', row, 'system', at);
  return true;
}

function isCoarse(db: Db, { engagementId, startsOn, lockedAt }: LockedPeriod): boolean {
  const { at, engagementId: ofEngagement, startsOn: from } = positionCoarsenings;
  return (
    db
      .select()
      .from(positionCoarsenings)
      .where(and(eq(ofEngagement, engagementId), eq(from, startsOn), gte(at, lockedAt)))
      .get() !== undefined
  );
}

/** By the day at each punch's own site. */
function exactPunches(db: Db, { engagementId, startsOn, endsOn }: LockedPeriod) {
  return db
    .select({
      id: punches.id,
      siteId: punches.siteId,
      effectiveAt: punches.effectiveAt,
      latE7: punches.latE7,
      lngE7: punches.lngE7,
      zone: sites.zone,
    })
    .from(punches)
    .innerJoin(sites, eq(sites.id, punches.siteId))
    .where(
      and(
        eq(punches.engagementId, engagementId),
        isNotNull(punches.positionSalt),
        gte(punches.effectiveAt, addDays(startsOn, -1) as string as Instant),
        lt(punches.effectiveAt, addDays(endsOn, 2) as string as Instant),
      ),
    )
    .all()
    .filter(({ effectiveAt, zone }) => {
      const day = civilDateAt(effectiveAt, zone);
      return day >= startsOn && day <= endsOn;
    });
}

const rounded = (e7: number | null) => (e7 === null ? null : Math.round(e7 / coarseE7) * coarseE7);

export type CoarseningVerdict =
  | { readonly ok: true; readonly positions: number; readonly periods: number; readonly rules: string[] }
  /** This punch's salt is gone and no rule says why. */
  | { readonly ok: false; readonly punchId: string };

/** For inspectors: every position without its salt is one that a journaled rule made coarse. */
export function verifyCoarsening(db: Db): CoarseningVerdict {
  const unnamed = db
    .select({ id: punches.id })
    .from(punches)
    .where(
      sql`${punches.positionDigest} IS NOT NULL AND ${punches.positionSalt} IS NULL AND (${punches.latE7} % ${coarseE7} != 0 OR ${punches.lngE7} % ${coarseE7} != 0 OR NOT EXISTS (SELECT 1 FROM ${positionCoarsenings} WHERE ${eq(positionCoarsenings.engagementId, punches.engagementId)} AND ${punches.effectiveAt} >= date(${positionCoarsenings.startsOn}, '-1 day') AND ${punches.effectiveAt} < date(${positionCoarsenings.endsOn}, '+2 days')))`,
    )
    .limit(1)
    .get();
  if (unnamed) return { ok: false, punchId: unnamed.id };
  const rows = db.select().from(positionCoarsenings).all();
  return {
    ok: true,
    positions: rows.reduce((sum, row) => sum + row.punches, 0),
    periods: rows.length,
    rules: [...new Set(rows.map(({ rule }) => rule.replace(/ at \S+$/, '')))],
  };
}
