/** Punches: one raw clock event each, kept as received and judged once. This is the hot path: prepared statements only. */
import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import {
  consents,
  consentWithdrawals,
  contractSignatures,
  contracts,
  engagementEnds,
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
import { type Geofence, siteOf } from '../employer/site.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { digestOf, randomToken, sha256 } from '../kernel/digest.ts';
import { toCoordinates } from '../kernel/geo.ts';
import { refuse } from '../kernel/refusal.ts';
import type { SigningKey } from '../kernel/signing.ts';
import { type CivilDate, civilDateAt, epochMs, type Instant } from '../kernel/time.ts';
import { type Db, prepared, type Tx } from '../store/commit.ts';
import { appendEntry, entriesOf, type JournalEntry } from '../store/journal.ts';
import { earlier, stateOn } from './engagement.ts';
import { type Judgement, judge, type NoPosition, type Position, withoutPosition } from './geofence.ts';

export type Punch = typeof punches.$inferSelect;
export type PunchKind = 'in' | 'out';
/** What a person should see; nothing of it stops a punch. */
export type PunchFlag =
  | 'contract-missing'
  | 'identity-missing'
  | 'engagement-not-live'
  | 'site-unexpected'
  | 'clock-differs';

export interface PunchInput {
  readonly id: string;
  readonly engagementId: string;
  readonly siteId: string;
  readonly kind: PunchKind;
  readonly deviceAt: Instant;
  readonly position?: Position | undefined;
  readonly noPosition?: NoPosition | undefined;
}
export interface Punched {
  readonly punch: Punch;
  readonly entry: JournalEntry;
  /** False when the same punch had been recorded before. */
  readonly fresh: boolean;
}
/** What else happens in the commit of a fresh punch, e.g. cover. */
export type OnPunch = (tx: Tx, punch: Punch) => void;

/** Two clocks this far apart are worth a person's look. */
const clockDiffersSeconds = 120;

/**
 * Records the caller's own punch. A repetition answers the first; the same id with another body is refused. Outside
 * the fence, without a contract, after the end: kept and flagged. A position without its owner's consent is neither
 * judged nor kept (PIPL Art. 28, 29); the punch is.
 */
export function recordPunch(
  tx: Tx,
  actor: Actor & { kind: 'person' },
  input: PunchInput,
  at: Instant,
  hooks: readonly OnPunch[],
): Punched {
  const scene = statements(tx).scene.get({
    engagementId: input.engagementId,
    personId: actor.personId,
    siteId: input.siteId,
  });
  if (!scene) refuse('not-found');
  const bodyDigest = digestOf(input);
  const known = statements(tx).one.get({ id: input.id });
  if (known) return repeated(tx, known, bodyDigest);
  if (scene.zone === null) refuse('not-found');
  const allowed = input.position && !scene.placeAllowed ? withoutPlace(input) : input;
  const punch = insertPunch(tx, allowed, judgeAt(scene.fence, allowed), {
    bodyDigest,
    flags: flagsOf({ ...scene, zone: scene.zone }, input, at),
    receivedAt: at,
    effectiveAt: at,
    correctionId: null,
    by: actorText(actor),
  });
  const entry = appendEntry(tx, 'punch-recorded', punch, punch.by, at);
  for (const hook of hooks) hook(tx, punch);
  return { punch, entry, fresh: true };
}

function withoutPlace({ position: _, ...input }: PunchInput): PunchInput {
  return { ...input, noPosition: 'denied' };
}

function repeated(tx: Tx, punch: Punch, bodyDigest: string): Punched {
  if (punch.bodyDigest !== bodyDigest) refuse('id-reused');
  const entry = entriesOf(tx, punch.id).find(({ kind }) => kind === 'punch-recorded');
  return { punch, entry: entry ?? refuse('not-found'), fresh: false };
}

type Fence = Pick<Geofence, 'wgsLatE7' | 'wgsLngE7' | 'radiusMetres'>;

function judgeAt(fence: Fence | null, input: PunchInput): Judgement {
  if (!input.position) return withoutPosition(input.noPosition ?? 'unavailable');
  if (!fence) return { verdict: 'uncertain', metres: null, judgedAs: null };
  return judge(input.position, {
    lat: fence.wgsLatE7 / 1e7,
    lng: fence.wgsLngE7 / 1e7,
    radiusMetres: fence.radiusMetres,
  });
}

interface Reception {
  readonly bodyDigest: string;
  readonly flags: readonly string[];
  readonly receivedAt: Instant;
  readonly effectiveAt: Instant;
  readonly correctionId: string | null;
  readonly by: string;
}

/** The row of a punch. The position is committed to by a salted digest, so that it can be erased while the chain holds. */
export function insertPunch(tx: Tx, input: PunchInput, judgement: Judgement, reception: Reception): Punch {
  const position = input.position;
  const coordinates = position ? toCoordinates(position) : { latE7: null, lngE7: null };
  const salt = position ? randomToken() : null;
  const accuracyMetres = position ? Math.round(position.accuracyMetres) : null;
  const datum = position?.datum ?? null;
  const punch: Punch = {
    id: input.id,
    engagementId: input.engagementId,
    siteId: input.siteId,
    kind: input.kind,
    deviceAt: input.deviceAt,
    ...reception,
    flags: reception.flags.length > 0 ? JSON.stringify(reception.flags) : null,
    ...judgement,
    positionDigest:
      salt && sha256(`${salt}\n${coordinates.latE7} ${coordinates.lngE7} ${accuracyMetres} ${datum}`),
    ...coordinates,
    accuracyMetres,
    datum,
    positionSalt: salt,
    deviceId: null,
    seq: null,
    previousDigest: null,
    recordDigest: null,
    signature: null,
    proof: null,
    evidence: null,
    offsetMs: null,
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

function flagsOf(scene: Scene, input: PunchInput, at: Instant): PunchFlag[] {
  const flags: PunchFlag[] = [];
  const lastDay = earlier(scene.endedOn, scene.endsOn);
  if (stateOn(civilDateAt(at, scene.zone), scene.startsOn, lastDay) !== 'live')
    flags.push('engagement-not-live');
  if (!scene.siteAgreed) flags.push('site-unexpected');
  if (!scene.contractSigned) flags.push('contract-missing');
  if (!scene.identityAccepted) flags.push('identity-missing');
  if (Math.abs(epochMs(input.deviceAt) - epochMs(at)) > clockDiffersSeconds * 1000)
    flags.push('clock-differs');
  return flags;
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
   * circle, and what a person should know of them.
   */
  scene: db
    .select({
      startsOn: engagements.startsOn,
      endsOn: engagements.endsOn,
      endedOn: engagementEnds.endsOn,
      zone: sites.zone,
      fence: {
        wgsLatE7: geofences.wgsLatE7,
        wgsLngE7: geofences.wgsLngE7,
        radiusMetres: geofences.radiusMetres,
      },
      siteAgreed: sql<number>`EXISTS (SELECT 1 FROM ${engagementSites} WHERE ${eq(engagementSites.engagementId, engagements.id)} AND ${eq(engagementSites.siteId, sites.id)})`,
      contractSigned: sql<number>`EXISTS (SELECT 1 FROM ${contracts} JOIN ${contractSignatures} ON ${eq(contractSignatures.contractId, contracts.id)} WHERE ${eq(contracts.engagementId, engagements.id)} AND ${eq(contractSignatures.role, 'employer')})`,
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
    // Rows are only ever added, so the newest circle has the greatest rowid.
    .leftJoin(
      geofences,
      sql`${geofences}.rowid = (SELECT max(g.rowid) FROM ${geofences} AS g WHERE g.site_id = ${sites.id})`,
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

/** What the phone keeps: signed by the cell, with the journal entry that holds the punch. */
export async function receiptOf(org: string, { punch, entry }: Punched, key: SigningKey) {
  const said = {
    org,
    punch: punch.id,
    kind: punch.kind,
    siteId: punch.siteId,
    effectiveAt: punch.effectiveAt,
    receivedAt: punch.receivedAt,
    verdict: punch.verdict,
    metres: punch.metres,
    flags: punch.flags === null ? [] : (JSON.parse(punch.flags) as PunchFlag[]),
    journal: { seq: entry.seq, hash: entry.hash },
  };
  return { ...said, receipt: await key.signBeside('workcard-receipt+jwt', said) };
}

export function zoneOfPunch(db: Db, punch: Punch): string {
  return siteOf(db, punch.siteId)?.zone ?? employerOf(db).zone;
}
