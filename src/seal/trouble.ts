/** What keeps a contract from its seal or its timestamp, who tries again when, and the words that mend it. */
import { and, eq, gt, sql } from 'drizzle-orm';
import { sealTroubles } from '../../db/cell.ts';
import { addSeconds, type Instant } from '../kernel/time.ts';
import type { Db, Store, Tx } from '../store/commit.ts';

export const problems = [
  'certificate-expired',
  'certificate-revoked',
  'certificate-not-yet',
  'offer-missing',
  'not-authentic',
  'authority-silent',
  'authority-garbage',
  'unexpected',
] as const;
export type Problem = (typeof problems)[number];
export type Trouble = typeof sealTroubles.$inferSelect;
type Step = Trouble['step'];

/** An expected reason why sealing or stamping cannot go on now. */
export class SealingTrouble extends Error {
  override readonly name = 'SealingTrouble';
  constructor(
    readonly problem: Problem,
    readonly detail: string,
  ) {
    super(`${problem}: ${detail}`);
  }
}

/** Half a minute, doubling to an hour. */
export function waitSeconds(failures: number): number {
  return Math.min(3600, 30 * 2 ** Math.max(0, failures - 1));
}

/** Those whose next try is not due yet. */
export function waiting(db: Db, step: Step, at: Instant): ReadonlySet<string> {
  const rows = db
    .select({ id: sealTroubles.id })
    .from(sealTroubles)
    .where(and(eq(sealTroubles.step, step), gt(sealTroubles.nextAt, at)))
    .all();
  return new Set(rows.map(({ id }) => id));
}

export function troublesOf(db: Db): Trouble[] {
  return db.select().from(sealTroubles).orderBy(sealTroubles.nextAt).limit(200).all();
}

export async function noteTrouble(
  store: Store,
  step: Step,
  id: string,
  error: unknown,
  at: Instant,
): Promise<void> {
  const { problem, detail } =
    error instanceof SealingTrouble
      ? error
      : { problem: 'unexpected' as const, detail: error instanceof Error ? error.message : String(error) };
  await store.commit((tx) => {
    const known = tx.select().from(sealTroubles).where(eq(sealTroubles.id, id)).get();
    const failures = known?.step === step ? known.failures + 1 : 1;
    const nextAt = addSeconds(at, waitSeconds(failures));
    const row = { step, problem, detail: detail.slice(0, 500), failures, nextAt, at };
    tx.insert(sealTroubles)
      .values({ id, ...row })
      .onConflictDoUpdate({ target: sealTroubles.id, set: row })
      .run();
  });
}

export function clearTrouble(tx: Tx, id: string): void {
  tx.delete(sealTroubles).where(eq(sealTroubles.id, id)).run();
}

/** Somebody has mended it: everything is due now. */
export function tryAgain(tx: Tx, at: Instant): void {
  tx.update(sealTroubles).set({ nextAt: at }).where(gt(sealTroubles.nextAt, at)).run();
}

export function nextTry(db: Db): Instant | undefined {
  return (
    db
      .select({ at: sql<Instant | null>`min(${sealTroubles.nextAt})` })
      .from(sealTroubles)
      .get()?.at ?? undefined
  );
}
