/** What proves a place beside the position: a supervisor who saw the worker's card. Read, never written into the punch. */
import { and, asc, eq, gte, isNull, lt } from 'drizzle-orm';
import { punches, punchProofs, punchVoids } from '../../db/cell.ts';
import { addSeconds, type Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';

export type PunchProof = typeof punchProofs.$inferSelect;
export interface ProvablePunch {
  readonly id: string;
  readonly engagementId: string;
  readonly siteId: string;
  readonly effectiveAt: Instant;
}

/** A scan without a punch speaks for the next one there, if it comes this soon. */
export const nextPunchSeconds = 600;

/**
 * The punches that proofs speak for. `uncertain`, `no-position` and `proof-missing` of such a punch need nobody's look
 * any more; `outside` stays what the position said, with the proof beside it.
 */
export function provenPunches(
  proofs: readonly PunchProof[],
  candidates: readonly ProvablePunch[],
): ReadonlyMap<string, PunchProof> {
  const proven = new Map<string, PunchProof>();
  const inOrder = [...candidates].sort((a, b) => (a.effectiveAt < b.effectiveAt ? -1 : 1));
  for (const proof of proofs) {
    const punchId = proof.punchId ?? inOrder.find((punch) => isNext(proof, punch))?.id;
    if (punchId !== undefined) proven.set(punchId, proof);
  }
  return proven;
}

function isNext(proof: PunchProof, punch: ProvablePunch): boolean {
  return (
    punch.engagementId === proof.engagementId &&
    punch.siteId === proof.siteId &&
    punch.effectiveAt >= proof.at &&
    punch.effectiveAt <= addSeconds(proof.at, nextPunchSeconds)
  );
}

/** Every punch of an engagement that a proof speaks for. */
export function provenPunchesOf(db: Db, engagementId: string): ReadonlyMap<string, PunchProof> {
  const proofs = proofsOf(db, engagementId);
  return proofs.length === 0 ? new Map() : provenPunches(proofs, waitingFor(db, proofs));
}

/** Of all engagements at once, for proofs given in [from, before). */
export function provenPunchesBetween(
  db: Db,
  from: Instant,
  before: Instant,
): ReadonlyMap<string, PunchProof> {
  const proofs = db
    .select()
    .from(punchProofs)
    .where(and(gte(punchProofs.at, from), lt(punchProofs.at, before)))
    .orderBy(asc(punchProofs.at))
    .all();
  return provenPunches(proofs, waitingFor(db, proofs));
}

export function proofsOf(db: Db, engagementId: string): PunchProof[] {
  return db
    .select()
    .from(punchProofs)
    .where(eq(punchProofs.engagementId, engagementId))
    .orderBy(asc(punchProofs.at))
    .all();
}

/** The few punches that count and that scans without one may speak for. */
function waitingFor(db: Db, proofs: readonly PunchProof[]): ProvablePunch[] {
  return proofs
    .filter(({ punchId }) => punchId === null)
    .flatMap(({ engagementId, at }) =>
      db
        .select({
          id: punches.id,
          engagementId: punches.engagementId,
          siteId: punches.siteId,
          effectiveAt: punches.effectiveAt,
        })
        .from(punches)
        .leftJoin(punchVoids, eq(punchVoids.id, punches.id))
        .where(
          and(
            eq(punches.engagementId, engagementId),
            isNull(punchVoids.id),
            gte(punches.effectiveAt, at),
            lt(punches.effectiveAt, addSeconds(at, nextPunchSeconds + 1)),
          ),
        )
        .all(),
    );
}
