/** A supervisor's scan of a work card, face to face: it speaks for the worker's place where the phone's position could not. */
import { and, desc, eq, gte, isNull } from 'drizzle-orm';
import { engagements, punches, punchProofs, punchVoids, workers } from '../../db/cell.ts';
import type { Punch } from '../clock/punch.ts';
import { nextPunchSeconds, type PunchProof, provenPunchesOf } from '../clock/punch-proof.ts';
import { sameOr } from '../employer/repeat.ts';
import type { Site } from '../employer/site.ts';
import type { Standing } from '../employer/standing.ts';
import { longShiftSeconds } from '../hours/pairing.ts';
import { workerName } from '../identity/name.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { refuse } from '../kernel/refusal.ts';
import { addSeconds, type Instant } from '../kernel/time.ts';
import { type Db, newestFirst, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import type { ShownCard } from './shown-card.ts';
import { supervisedSite } from './supervising.ts';

export interface ScanInput {
  readonly id: string;
  readonly siteId: string;
  readonly card: ShownCard;
}

/** Nobody vouches for themselves. A repetition answers what the first did. */
export function scanCard(
  tx: Tx,
  actor: Actor,
  standing: Standing,
  input: ScanInput,
  at: Instant,
): PunchProof {
  const site = supervisedSite(tx, standing, input.siteId);
  const { engagementId, workerId } = input.card;
  if (workerId === standing.workerId) refuse('own-approval');
  const by = actorText(actor);
  const known = tx.select().from(punchProofs).where(eq(punchProofs.id, input.id)).get();
  if (known) {
    return sameOr(known, { ...known, engagementId, siteId: site.id, by });
  }
  const punchId = provablePunch(tx, engagementId, site.id, at)?.id ?? null;
  const row: PunchProof = { id: input.id, engagementId, siteId: site.id, punchId, kind: 'card-scan', at, by };
  record(tx, 'punch-proof-given', row, by, at);
  return row;
}

/** The newest punch here, while the shift it began may last; a clock-out only just before, as the next would be another shift's. */
function provablePunch(db: Db, engagementId: string, siteId: string, at: Instant): Punch | undefined {
  const newest = db
    .select({ punch: punches })
    .from(punches)
    .leftJoin(punchVoids, eq(punchVoids.id, punches.id))
    .where(
      and(
        eq(punches.engagementId, engagementId),
        eq(punches.siteId, siteId),
        isNull(punchVoids.id),
        gte(punches.effectiveAt, addSeconds(at, -longShiftSeconds)),
      ),
    )
    .orderBy(desc(punches.effectiveAt))
    .limit(1)
    .get()?.punch;
  if (newest?.kind === 'out' && newest.effectiveAt < addSeconds(at, -nextPunchSeconds)) return undefined;
  return newest;
}

export interface SeenCard {
  readonly proof: PunchProof;
  readonly name: string;
  readonly roleTitle: string;
  /** The punch it speaks for; undefined while none came. */
  readonly punchAt: Instant | undefined;
}

/** Scans at a site in the last day, the newest first. */
export function scansAt(db: Db, site: Site, at: Instant): SeenCard[] {
  return db
    .select({ proof: punchProofs, name: workerName, roleTitle: engagements.roleTitle })
    .from(punchProofs)
    .innerJoin(engagements, eq(engagements.id, punchProofs.engagementId))
    .innerJoin(workers, eq(workers.id, engagements.workerId))
    .where(and(eq(punchProofs.siteId, site.id), gte(punchProofs.at, addSeconds(at, -86_400))))
    .orderBy(newestFirst(punchProofs))
    .limit(50)
    .all()
    .map((seen) => ({ ...seen, punchAt: punchTimeOf(db, seen.proof) }));
}

export function punchTimeOf(db: Db, proof: PunchProof): Instant | undefined {
  const [punchId] = [...provenPunchesOf(db, proof.engagementId)].find(([, { id }]) => id === proof.id) ?? [];
  const id = proof.punchId ?? punchId;
  if (id === undefined) return undefined;
  return db.select({ at: punches.effectiveAt }).from(punches).where(eq(punches.id, id)).get()?.at;
}
