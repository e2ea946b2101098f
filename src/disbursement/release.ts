/** What an approved run owes becomes payments: in slices, so that nobody waits, and carried on after a crash. */
import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import { paymentReleases, payRunApprovals, payRunLines } from '../../db/cell.ts';
import { type Minor, sum } from '../kernel/money.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import type { Db, Store, Tx } from '../store/commit.ts';
import { collectInTurns } from '../store/turns.ts';
import { releasePayment } from './payment.ts';

type Approval = typeof payRunApprovals.$inferSelect;
interface Owed {
  readonly workerId: string;
  readonly netMinor: Minor;
}

const linesPerRead = 2000;
const paymentsPerCommit = 100;

/** Approved runs whose payments do not all exist yet. */
export async function releasesDue(store: Store, at: Instant): Promise<void> {
  const waiting = store.db
    .select({ approval: payRunApprovals })
    .from(payRunApprovals)
    .leftJoin(paymentReleases, eq(paymentReleases.id, payRunApprovals.id))
    .where(isNull(paymentReleases.id))
    .orderBy(asc(payRunApprovals.at))
    .all();
  for (const { approval } of waiting) await releaseRun(store, approval, at);
}

async function releaseRun(store: Store, approval: Approval, at: Instant): Promise<void> {
  const owed = owedOf(await collectInTurns(linesOf(store.db, approval.calculationId)));
  for (let start = 0; start < owed.length; start += paymentsPerCommit) {
    const some = owed.slice(start, start + paymentsPerCommit);
    await store.commit((tx) => releaseSome(tx, approval, some, at));
  }
  await store.commit((tx) => {
    tx.insert(paymentReleases)
      .values({ id: approval.id, payments: owed.length, at })
      .onConflictDoNothing()
      .run();
  });
}

/** Into the accounts that were in force at the approval: every file of the run pays into the same ones. */
function releaseSome(tx: Tx, approval: Approval, some: readonly Owed[], at: Instant): void {
  for (const { workerId, netMinor } of some)
    releasePayment(
      tx,
      { runId: approval.id, workerId, amountMinor: netMinor, accountAt: approval.at },
      approval.by,
      at,
    );
}

/** As tick does, for who does not want to wait. Refuses a run that is not approved. */
export async function releaseRunNow(store: Store, runId: string, at: Instant): Promise<void> {
  const approval = store.db.select().from(payRunApprovals).where(eq(payRunApprovals.id, runId)).get();
  await releaseRun(store, approval ?? refuse('run-not-approved'), at);
}

interface OwedLine {
  readonly workerId: string;
  readonly amountMinor: Minor;
}

function* linesOf(db: Db, calculationId: string): Iterable<OwedLine[]> {
  for (let line = 0; ; ) {
    const some = db
      .select({
        line: payRunLines.line,
        workerId: payRunLines.workerId,
        amountMinor: payRunLines.amountMinor,
      })
      .from(payRunLines)
      .where(and(eq(payRunLines.calculationId, calculationId), gt(payRunLines.line, line)))
      .orderBy(asc(payRunLines.line))
      .limit(linesPerRead)
      .all();
    yield some;
    const last = some.at(-1);
    if (!last || some.length < linesPerRead) return;
    line = last.line;
  }
}

/** Who is owed something; a net of zero, or below, is no payment. */
function owedOf(lines: readonly OwedLine[]): Owed[] {
  const nets = new Map<string, Minor>();
  for (const { workerId, amountMinor } of lines)
    nets.set(workerId, sum([nets.get(workerId) ?? (0 as Minor), amountMinor]));
  return [...nets]
    .filter(([, netMinor]) => netMinor > 0)
    .map(([workerId, netMinor]) => ({ workerId, netMinor }));
}
