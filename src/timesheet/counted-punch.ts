/** Punches that count, read for hours: of one engagement around a period, with what their phone's chain says. */
import { and, asc, eq, gte, isNull, lt, sql } from 'drizzle-orm';
import { punches, punchVoids } from '../../db/cell.ts';
import { provenPunchesBetween } from '../clock/punch-proof.ts';
import { employerOf } from '../employer/employer.ts';
import { siteOf } from '../employer/site.ts';
import { type ChainFault, type ChainLink, chainFaults } from '../hours/chain.ts';
import type { CountedPunch } from '../hours/pairing.ts';
import { addDays, type CivilRange, type Instant, instantsOf } from '../kernel/time.ts';
import { type Db, prepared } from '../store/commit.ts';

const noFlags: readonly string[] = [];

/** Read as plain columns, in this order: a month of everybody is close to a million rows. */
type Row = [
  id: string,
  kind: CountedPunch['kind'],
  at: Instant,
  siteId: string,
  verdict: CountedPunch['verdict'],
  flags: string | null,
  deviceId: string | null,
  seq: number | null,
  previousDigest: string | null,
  recordDigest: string | null,
  deviceAt: Instant,
];

const statements = prepared((db) => ({
  counted: db
    .select({
      id: punches.id,
      kind: punches.kind,
      at: punches.effectiveAt,
      siteId: punches.siteId,
      verdict: punches.verdict,
      flags: punches.flags,
      deviceId: punches.deviceId,
      seq: punches.seq,
      previousDigest: punches.previousDigest,
      recordDigest: punches.recordDigest,
      deviceAt: punches.deviceAt,
    })
    .from(punches)
    .leftJoin(punchVoids, eq(punchVoids.id, punches.id))
    .where(
      and(
        eq(punches.engagementId, sql.placeholder('engagementId')),
        gte(punches.effectiveAt, sql.placeholder('from')),
        lt(punches.effectiveAt, sql.placeholder('before')),
        isNull(punchVoids.id),
      ),
    )
    .orderBy(asc(punches.effectiveAt))
    .prepare(),
  linkCount: db
    .select({ count: sql<number>`count(*)` })
    .from(punches)
    .where(
      and(
        eq(punches.deviceId, sql.placeholder('deviceId')),
        gte(punches.seq, sql.placeholder('first')),
        lt(punches.seq, sql.placeholder('after')),
      ),
    )
    .prepare(),
  links: db
    .select({
      punchId: punches.id,
      deviceId: punches.deviceId,
      seq: punches.seq,
      previousDigest: punches.previousDigest,
      recordDigest: punches.recordDigest,
      deviceAt: punches.deviceAt,
      late: sql<boolean>`coalesce(${punches.flags} LIKE '%"late"%', 0)`,
    })
    .from(punches)
    .where(
      and(
        eq(punches.deviceId, sql.placeholder('deviceId')),
        gte(punches.seq, sql.placeholder('first')),
        lt(punches.seq, sql.placeholder('after')),
      ),
    )
    .prepare(),
}));

/** What is the same for every engagement of a period, asked once. */
export interface PunchReader {
  readonly from: Instant;
  readonly before: Instant;
  readonly zoneOf: (siteId: string) => string;
  /** Punches that a supervisor's scan of the card speaks for. */
  readonly provenIds: () => ReadonlyMap<string, unknown>;
}

/** Punches that can matter to a period: days on either side, for shifts over midnight. */
export function punchReader(db: Db, period: CivilRange): PunchReader {
  const employerZone = employerOf(db).zone;
  const zones = new Map<string, string>();
  const range = { startsOn: addDays(period.startsOn, -2), endsOn: addDays(period.endsOn, 3) };
  const around = instantsOf(range, employerZone);
  let proven: ReadonlyMap<string, unknown> | undefined;
  return {
    ...around,
    provenIds: () => {
      proven ??= provenPunchesBetween(db, around.from, around.before);
      return proven;
    },
    zoneOf: (siteId) => {
      const known = zones.get(siteId);
      if (known) return known;
      const zone = siteOf(db, siteId)?.zone ?? employerZone;
      zones.set(siteId, zone);
      return zone;
    },
  };
}

export function countedPunches(
  db: Db,
  engagement: { readonly id: string },
  period: CivilRange,
  reader = punchReader(db, period),
): CountedPunch[] {
  const { from, before, zoneOf, provenIds } = reader;
  const rows = statements(db).counted.values({ engagementId: engagement.id, from, before }) as Row[];
  const faults = faultsOf(db, rows);
  return rows.map(([id, kind, at, siteId, verdict, flags]) => {
    const punch = {
      id,
      kind,
      at,
      siteId,
      zone: zoneOf(siteId),
      verdict,
      flags: provenIds().has(id) ? withProof(flags) : flagList(flags),
    };
    const chain = faults?.get(id);
    return chain ? { ...punch, chain } : punch;
  });
}

const flagList = (flags: string | null) => (flags === null ? noFlags : (JSON.parse(flags) as string[]));

/** The punch itself never changes: a scan that came after it stands beside its flags. */
function withProof(flags: string | null): readonly string[] {
  return [...flagList(flags).filter((flag) => flag !== 'proof-missing'), 'proof-given'];
}

/** Undefined when every signed punch follows the one before it. */
function faultsOf(db: Db, rows: readonly Row[]): Map<string, ChainFault> | undefined {
  const byDevice = new Map<string, ChainLink[]>();
  for (const [punchId, , , , , flags, deviceId, seq, previousDigest, recordDigest, deviceAt] of rows) {
    if (deviceId === null || seq === null || recordDigest === null) continue;
    const late = flags?.includes('"late"') ?? false;
    const link = { punchId, deviceId, seq, previousDigest, recordDigest, deviceAt, late };
    const known = byDevice.get(deviceId);
    if (known) known.push(link);
    else byDevice.set(deviceId, [link]);
  }
  const faults = [...byDevice.values()].flatMap((ours) => [...chainFaults(wholeChain(db, ours))]);
  return faults.length > 0 ? new Map(faults) : undefined;
}

/** A phone's links from the first to the last of ours, and the one before. Read again only when some are not ours. */
function wholeChain(db: Db, ours: readonly ChainLink[]): readonly ChainLink[] {
  const deviceId = ours[0]?.deviceId ?? '';
  let [first, last] = [Number.MAX_SAFE_INTEGER, 0];
  for (const { seq } of ours) {
    first = Math.min(first, seq);
    last = Math.max(last, seq);
  }
  const read = (from: number, after: number) =>
    statements(db).links.all({ deviceId, first: from, after }) as ChainLink[];
  const all = statements(db).linkCount.get({ deviceId, first, after: last + 1 })?.count ?? 0;
  return all === ours.length ? [...ours, ...read(first - 1, first)] : read(first - 1, last + 1);
}
