/** Hours by day over the last days: closed shifts only, each on the day it starts at its site. From rows alone. */
import { and, asc, eq, gte, isNull } from 'drizzle-orm';
import { punches, punchVoids, sites } from '../../db/cell.ts';
import { type Standing, seesSite } from '../employer/standing.ts';
import { type CountedPunch, pairPunches } from '../hours/pairing.ts';
import { addDays, addSeconds, type CivilDate, civilDateAt, type Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';

export interface DayHours {
  readonly day: CivilDate;
  readonly seconds: number;
  /** How many engagements had a shift that began on this day. */
  readonly shifts: number;
}

/** The last `days` days up to today in `zone`, oldest first, of the sites that a member may see. */
export function dailyHours(db: Db, standing: Standing, zone: string, at: Instant, days = 14): DayHours[] {
  const first = addDays(civilDateAt(at, zone), 1 - days);
  // Two days more than asked: a shift of the first day may have begun before midnight, in another zone.
  const byEngagement = punchesSince(db, standing, addSeconds(at, -(days + 2) * 86_400));
  const sums = new Map<CivilDate, { seconds: number; shifts: number }>();
  for (const punched of byEngagement.values()) {
    for (const { day, seconds } of pairPunches(punched, at).intervals) {
      const known = sums.get(day) ?? { seconds: 0, shifts: 0 };
      sums.set(day, { seconds: known.seconds + seconds, shifts: known.shifts + 1 });
    }
  }
  return Array.from({ length: days }, (_, index) => {
    const day = addDays(first, index);
    return { day, ...(sums.get(day) ?? { seconds: 0, shifts: 0 }) };
  });
}

type Row = [
  id: string,
  engagementId: string,
  kind: CountedPunch['kind'],
  at: Instant,
  verdict: CountedPunch['verdict'],
  siteId: string,
];

function punchesSince(db: Db, standing: Standing, since: Instant): Map<string, CountedPunch[]> {
  const seen = new Map(
    db
      .select()
      .from(sites)
      .all()
      .filter((site) => seesSite(standing, site))
      .map(({ id, zone }) => [id, zone]),
  );
  const rows = db
    .select({
      id: punches.id,
      engagementId: punches.engagementId,
      kind: punches.kind,
      at: punches.effectiveAt,
      verdict: punches.verdict,
      siteId: punches.siteId,
    })
    .from(punches)
    .leftJoin(punchVoids, eq(punchVoids.id, punches.id))
    .where(and(gte(punches.effectiveAt, since), isNull(punchVoids.id)))
    .orderBy(asc(punches.effectiveAt), asc(punches.id))
    .values() as Row[];
  const found = new Map<string, CountedPunch[]>();
  for (const [id, engagementId, kind, at, verdict, siteId] of rows) {
    const zone = seen.get(siteId);
    if (zone === undefined) continue;
    const punch = { id, kind, at, verdict, siteId, zone, flags: [] };
    const known = found.get(engagementId);
    if (known) known.push(punch);
    else found.set(engagementId, [punch]);
  }
  return found;
}
