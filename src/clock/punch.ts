/** Punches: one raw clock event each, kept as received and judged once. This is the hot path: prepared statements only. */
import { and, desc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import {
  consents,
  consentWithdrawals,
  contractCompletions,
  contracts,
  engagementEnds,
  engagementSiteChanges,
  engagementSites,
  engagements,
  geofences,
  identityClaims,
  identityReviews,
  punches,
  punchVoids,
  sites,
  workers,
} from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { siteOf } from '../employer/site.ts';
import { sitePolicyOn } from '../employer/site-policy.ts';
import { earlier, stateOn } from '../engagement/engagement.ts';
import { longShiftSeconds } from '../hours/pairing.ts';
import { randomToken, sha256 } from '../kernel/digest.ts';
import { toCoordinates } from '../kernel/geo.ts';
import { refuse } from '../kernel/refusal.ts';
import { shapesOf } from '../kernel/shape.ts';
import { type CivilDate, civilDateAt, type Instant, secondsBetween } from '../kernel/time.ts';
import { plannedSiteIds } from '../shift/planned-shift.ts';
import { type Db, prepared, type Tx } from '../store/commit.ts';
import { appendEntry, entriesOf, type JournalEntry } from '../store/journal.ts';
import type { Arrival, PunchInput, Signed } from './arrival.ts';
import type { TimeFlag } from './effective-time.ts';
import { type Judgement, judge, withoutFence, withoutPosition } from './geofence.ts';
import type { WorkKeys } from './keys.ts';
import { positionText } from './punch-record.ts';
import { serverTimeToken } from './server-time.ts';

export type Punch = typeof punches.$inferSelect;
/** What a person should see; nothing of it stops a punch. */
export type PunchFlag =
  | 'contract-missing'
  | 'identity-missing'
  | 'engagement-not-live'
  | 'site-unexpected'
  | TimeFlag
  | 'unsigned'
  | 'device-revoked'
  | 'proof-given'
  | 'proof-missing'
  | 'card-static'
  | 'card-typed'
  | 'card-not-valid';

export interface Punched {
  readonly punch: Punch;
  readonly entry: JournalEntry;
  /** False when the same punch had been recorded before. */
  readonly fresh: boolean;
}
/** With what a reader is told of it. */
export interface RecordedPunch {
  readonly punch: Punch;
  readonly siteName: string;
  readonly zone: string;
  /** Why it does not count, when it was voided. */
  readonly voided: string | null;
}
/** What else happens in the commit of a fresh punch, e.g. cover. */
export type OnPunch = (tx: Tx, punch: Punch) => void;

/**
 * Records a punch of the person who signed it, or who is signed in. A repetition answers the first; the same id with
 * another body is refused. Outside the fence, without a contract, after the end: kept and flagged. A position without
 * its owner's consent is neither judged nor kept (PIPL Art. 28, 29); the punch is.
 */
export function recordPunch(tx: Tx, arrival: Arrival, at: Instant, hooks: readonly OnPunch[]): Punched {
  const { input, signed, time } = arrival;
  const scene = statements(tx).scene.get({
    engagementId: input.engagementId,
    personId: arrival.personId,
    siteId: input.siteId,
    effectiveAt: time.effectiveAt,
  });
  if (!scene) refuse('not-found');
  const known = statements(tx).one.get({ id: input.id });
  if (known) return repeated(tx, known, arrival.bodyDigest);
  if (scene.zone === null) refuse('not-found');
  // Of a phone that was taken away: what it signed before counts, what it signs now does not.
  if (signed?.revokedAt && time.effectiveAt > signed.revokedAt) refuse('device-revoked');
  const allowed = input.position && !scene.placeAllowed ? withoutPlace(input) : input;
  const judgement = proven(judgeAt(scene.wgsShapes, allowed), arrival);
  const punch = insertPunch(tx, allowed, judgement, {
    bodyDigest: arrival.bodyDigest,
    flags: flagsOf(tx, { ...scene, zone: scene.zone }, arrival, judgement),
    receivedAt: at,
    effectiveAt: time.effectiveAt,
    offsetMs: time.offsetMs,
    evidence: arrival.evidence,
    signed,
    correctionId: null,
    by: arrival.vouched?.by ?? `person:${arrival.personId}`,
  });
  const entry = appendEntry(tx, 'punch-recorded', punch, punch.by, at);
  for (const hook of hooks) hook(tx, punch);
  return { punch, entry, fresh: true };
}

/** The site's code stands for a position that is missing or not exact; it does not move one that is elsewhere. */
function proven(judgement: Judgement, { proven, vouched }: Arrival): Judgement {
  const { verdict, metres } = judgement;
  if (vouched) return { verdict: 'inside', metres, judgedAs: vouched.judgedAs };
  return proven && (verdict === 'uncertain' || verdict === 'no-position')
    ? { verdict: 'inside', metres, judgedAs: 'site-code' }
    : judgement;
}

function withoutPlace({ position: _, ...input }: PunchInput): PunchInput {
  return { ...input, noPosition: 'denied' };
}

function repeated(tx: Tx, punch: Punch, bodyDigest: string): Punched {
  if (punch.bodyDigest !== bodyDigest) refuse('id-reused');
  const entry = entriesOf(tx, punch.id).find(({ kind }) => kind === 'punch-recorded');
  return { punch, entry: entry ?? refuse('not-found'), fresh: false };
}

function judgeAt(wgsShapes: string | null, input: PunchInput): Judgement {
  if (!input.position) return withoutPosition(input.noPosition ?? 'unavailable');
  return wgsShapes === null ? withoutFence : judge(input.position, shapesOf(wgsShapes));
}

interface Reception {
  readonly bodyDigest: string;
  readonly flags: readonly string[];
  readonly receivedAt: Instant;
  readonly effectiveAt: Instant;
  readonly correctionId: string | null;
  readonly by: string;
  readonly offsetMs?: number | null;
  readonly evidence?: string | null;
  readonly signed?: Signed | null;
}

/** The row of a punch. The position is committed to by a salted digest, so that it can be erased while the chain holds. */
export function insertPunch(tx: Tx, input: PunchInput, judgement: Judgement, reception: Reception): Punch {
  const { position } = input;
  const { signed = null, flags, ...received } = reception;
  const salt = position ? (signed ? signed.salt : randomToken()) : null;
  const punch: Punch = {
    id: input.id,
    engagementId: input.engagementId,
    siteId: input.siteId,
    kind: input.kind,
    deviceAt: input.deviceAt,
    offsetMs: null,
    evidence: null,
    ...received,
    flags: flags.length > 0 ? JSON.stringify(flags) : null,
    ...judgement,
    positionDigest: signed
      ? signed.positionDigest
      : position && salt
        ? sha256(positionText(salt, position))
        : null,
    ...(position ? toCoordinates(position) : { latE7: null, lngE7: null }),
    accuracyMetres: position ? Math.round(position.accuracyMetres) : null,
    datum: position?.datum ?? null,
    positionSalt: salt,
    deviceId: signed?.deviceId ?? null,
    seq: signed?.seq ?? null,
    previousDigest: signed?.previousDigest ?? null,
    recordDigest: signed?.recordDigest ?? null,
    signature: signed?.signature ?? null,
    proof: input.proof ?? null,
  };
  statements(tx).insert.run(punch);
  return punch;
}

/** What a punch is judged by. */
interface Scene {
  readonly startsOn: CivilDate;
  readonly endsOn: CivilDate | null;
  readonly endedOn: CivilDate | null;
  readonly zone: string;
  readonly siteAgreed: number;
  readonly contractSigned: number;
  readonly identityAccepted: number;
}

function flagsOf(tx: Tx, scene: Scene, arrival: Arrival, judgement: Judgement): PunchFlag[] {
  const { input, signed, time } = arrival;
  const flags: PunchFlag[] = [...time.flags, ...(arrival.vouched?.flags ?? [])];
  const day = civilDateAt(time.effectiveAt, scene.zone);
  if (stateOn(day, scene.startsOn, earlier(scene.endedOn, scene.endsOn)) !== 'live')
    flags.push('engagement-not-live');
  if (!scene.siteAgreed && !plannedSiteIds(tx, input.engagementId, day).includes(input.siteId))
    flags.push('site-unexpected');
  if (!scene.contractSigned) flags.push('contract-missing');
  if (!scene.identityAccepted) flags.push('identity-missing');
  if (!signed) flags.push('unsigned');
  if (signed?.revokedAt) flags.push('device-revoked');
  if (arrival.proven) flags.push('proof-given');
  else if (needsProof(tx, input, judgement, day)) flags.push('proof-missing');
  return flags;
}

/** Clocking out is never held up. */
function needsProof(tx: Tx, { kind, siteId }: PunchInput, { verdict }: Judgement, day: CivilDate): boolean {
  return kind === 'in' && verdict !== 'inside' && sitePolicyOn(tx, siteId, day).place === 'require-proof';
}

const placeholders = <K extends string>(...names: K[]) =>
  Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as unknown as Record<
    K,
    ReturnType<typeof sql.placeholder>
  >;

const statements = prepared((db) => ({
  one: db
    .select()
    .from(punches)
    .where(eq(punches.id, sql.placeholder('id')))
    .prepare(),
  insert: db
    .insert(punches)
    .values(
      placeholders(
        'id',
        'engagementId',
        'siteId',
        'kind',
        'deviceAt',
        'receivedAt',
        'effectiveAt',
        'bodyDigest',
        'verdict',
        'metres',
        'judgedAs',
        'positionDigest',
        'latE7',
        'lngE7',
        'accuracyMetres',
        'datum',
        'positionSalt',
        'flags',
        'deviceId',
        'seq',
        'previousDigest',
        'recordDigest',
        'signature',
        'proof',
        'evidence',
        'offsetMs',
        'correctionId',
        'by',
      ),
    )
    .prepare(),
  /**
   * Asked in one go, as each question costs as much as an answer: the caller's own engagement, the place and its
   * fence, and what a person should know of them.
   */
  scene: db
    .select({
      startsOn: engagements.startsOn,
      endsOn: engagements.endsOn,
      endedOn: engagementEnds.endsOn,
      zone: sites.zone,
      wgsShapes: geofences.wgsShapes,
      siteAgreed: sql<number>`EXISTS (SELECT 1 FROM ${engagementSites} WHERE ${eq(engagementSites.engagementId, engagements.id)} AND ${eq(engagementSites.siteId, sites.id)})
        OR EXISTS (SELECT 1 FROM ${engagementSiteChanges} WHERE ${eq(engagementSiteChanges.engagementId, engagements.id)} AND ${eq(engagementSiteChanges.siteId, sites.id)} AND ${eq(engagementSiteChanges.change, 'removed')} AND ${gt(engagementSiteChanges.at, sql.placeholder('effectiveAt'))})`,
      contractSigned: sql<number>`EXISTS (SELECT 1 FROM ${contracts} JOIN ${contractCompletions} ON ${eq(contractCompletions.id, contracts.id)} WHERE ${eq(contracts.engagementId, engagements.id)})`,
      identityAccepted: sql<number>`EXISTS (SELECT 1 FROM ${identityClaims} JOIN ${identityReviews} ON ${eq(identityReviews.claimId, identityClaims.id)} WHERE ${eq(identityClaims.workerId, engagements.workerId)} AND ${eq(identityReviews.decision, 'accepted')})`,
      placeAllowed: sql<number>`EXISTS (SELECT 1 FROM ${consents} WHERE ${eq(consents.workerId, engagements.workerId)} AND ${eq(consents.purpose, 'location-at-punch')} AND NOT EXISTS (SELECT 1 FROM ${consentWithdrawals} WHERE ${eq(consentWithdrawals.id, consents.id)}))`,
    })
    .from(engagements)
    .innerJoin(
      workers,
      and(eq(workers.id, engagements.workerId), eq(workers.personId, sql.placeholder('personId'))),
    )
    .leftJoin(engagementEnds, eq(engagementEnds.id, engagements.id))
    .leftJoin(sites, eq(sites.id, sql.placeholder('siteId')))
    // The fence of that moment; the first one, for whatever came before it. Rows are only ever added.
    .leftJoin(
      geofences,
      sql`${geofences}.rowid = (SELECT ifnull(max(CASE WHEN g.at <= ${sql.placeholder('effectiveAt')} THEN g.rowid END), min(g.rowid)) FROM ${geofences} AS g WHERE g.site_id = ${sites.id})`,
    )
    .where(eq(engagements.id, sql.placeholder('engagementId')))
    .prepare(),
  last: db
    .select({ punch: punches })
    .from(punches)
    .leftJoin(punchVoids, eq(punchVoids.id, punches.id))
    .where(and(eq(punches.engagementId, sql.placeholder('engagementId')), isNull(punchVoids.id)))
    .orderBy(desc(punches.effectiveAt), desc(punches.id))
    .limit(1)
    .prepare(),
}));

/** The newest punch that counts. */
export function lastPunchOf(db: Db, engagementId: string): Punch | undefined {
  return statements(db).last.get({ engagementId })?.punch;
}

/** In, and not so long ago that the clock-out was forgotten. */
export function isAtWork(last: Punch | undefined, at: Instant): boolean {
  return last?.kind === 'in' && secondsBetween(last.effectiveAt, at) <= longShiftSeconds;
}

export function punchOf(db: Db, id: string): Punch | undefined {
  return statements(db).one.get({ id });
}

export function punchesOf(db: Db, ids: readonly string[]): Punch[] {
  const found: Punch[] = [];
  for (let start = 0; start < ids.length; start += 90) {
    found.push(
      ...db
        .select()
        .from(punches)
        .where(inArray(punches.id, ids.slice(start, start + 90)))
        .all(),
    );
  }
  return found;
}

/** What the phone keeps: signed by the cell, with the journal entry that holds the punch and our time. */
export async function receiptOf(org: string, { punch, entry }: Punched, keys: WorkKeys, at: Instant) {
  const flags = punch.flags === null ? [] : (JSON.parse(punch.flags) as PunchFlag[]);
  const said = {
    org,
    punch: punch.id,
    kind: punch.kind,
    siteId: punch.siteId,
    effectiveAt: punch.effectiveAt,
    receivedAt: punch.receivedAt,
    late: flags.includes('late') ? secondsBetween(punch.effectiveAt, punch.receivedAt) : null,
    offsetMs: punch.offsetMs,
    verdict: punch.verdict,
    metres: punch.metres,
    flags,
    journal: { seq: entry.seq, hash: entry.hash },
  };
  return {
    ...said,
    receipt: await keys.receipts.signBeside('workcard-receipt+jwt', said),
    serverTime: serverTimeToken(keys.serverTime, at),
  };
}

export function zoneOfPunch(db: Db, punch: Punch): string {
  return siteOf(db, punch.siteId)?.zone ?? employerOf(db).zone;
}
