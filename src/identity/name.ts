/** By which name a worker goes here: the legal name that was accepted last, else the one they gave when they came. */
import { eq, inArray, sql } from 'drizzle-orm';
import { members, workers } from '../../db/cell.ts';
import type { Db } from '../store/commit.ts';

/** For any selection from `workers`, joined or not. Names are written out: drizzle shortens them where there is no join. */
export const workerName = sql<string>`coalesce((SELECT claim.legal_name FROM identity_claims AS claim JOIN identity_reviews AS review ON review.claim_id = claim.id AND review.decision = 'accepted' WHERE claim.worker_id = "workers"."id" ORDER BY claim.rowid DESC LIMIT 1), "workers"."display_name")`;

export function workerNameOf(db: Db, workerId: string): string {
  return (
    db.select({ name: workerName }).from(workers).where(eq(workers.id, workerId)).get()?.name ?? workerId
  );
}

/** Of at most 90 workers at once. */
export function workerNamesOf(db: Db, workerIds: readonly string[]): Map<string, string> {
  const rows = db
    .select({ id: workers.id, name: workerName })
    .from(workers)
    .where(inArray(workers.id, [...workerIds]))
    .all();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The name behind `person:…`, a member's or a worker's. */
export function nameBehind(db: Db, by: string): string {
  const personId = by.slice(by.indexOf(':') + 1);
  const member = db
    .select({ name: members.displayName })
    .from(members)
    .where(eq(members.personId, personId))
    .get();
  return (
    (member ?? db.select({ name: workerName }).from(workers).where(eq(workers.personId, personId)).get())
      ?.name ?? by
  );
}
