/** Bonuses, reimbursements, deductions and advances as somebody entered them, with a reason that the worker reads. */
import { and, asc, eq, inArray, lte } from 'drizzle-orm';
import { payAdjustments, payAdjustmentWithdrawals, payRunApprovals, payRunLines } from '../../db/cell.ts';
import { sameOr } from '../employer/repeat.ts';
import type { Standing } from '../employer/standing.ts';
import { engagementOf } from '../engagement/engagement.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { type Minor, minor } from '../kernel/money.ts';
import { refuse } from '../kernel/refusal.ts';
import type { CivilDate, Instant } from '../kernel/time.ts';
import { type AsOf, asNow } from '../store/as-of.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import type { Adjustment } from './settlement.ts';

export type AdjustmentRow = typeof payAdjustments.$inferSelect;

/** Nobody enters their own: the run's approver could not tell. Money leaves only by an approved run. */
export function makeAdjustment(
  tx: Tx,
  actor: Actor,
  standing: Pick<Standing, 'workerId'>,
  input: Omit<AdjustmentRow, 'at' | 'by'>,
  at: Instant,
): void {
  const engagement = engagementOf(tx, input.engagementId) ?? refuse('not-found');
  const row: AdjustmentRow = { ...input, at, by: actorText(actor) };
  const known = tx.select().from(payAdjustments).where(eq(payAdjustments.id, input.id)).get();
  if (known) return void sameOr(known, row);
  if (engagement.workerId === standing.workerId) refuse('own-adjustment');
  if (input.effectiveOn < engagement.startsOn)
    refuse('dates-reversed', {}, [{ pointer: '/effectiveOn', detail: '' }]);
  record(tx, 'pay-adjustment-made', row, row.by, at);
}

/** Only while no approved run has paid or taken any of it. */
export function withdrawAdjustment(
  tx: Tx,
  actor: Actor,
  _: unknown,
  input: { id: string; reason: string },
  at: Instant,
): void {
  if (!tx.select().from(payAdjustments).where(eq(payAdjustments.id, input.id)).get()) refuse('not-found');
  const row = { ...input, at, by: actorText(actor) };
  const known = tx
    .select()
    .from(payAdjustmentWithdrawals)
    .where(eq(payAdjustmentWithdrawals.id, input.id))
    .get();
  if (known) return void sameOr(known, row);
  if (settledOf(tx, [input.id]).size > 0) refuse('adjustment-settled');
  record(tx, 'pay-adjustment-withdrawn', row, row.by, at);
}

/** What approved runs have paid or taken of each, as positive amounts. */
function settledOf(db: Db, ids: readonly string[]): Map<string, Minor> {
  const settled = new Map<string, Minor>();
  if (ids.length === 0) return settled;
  const lines = db
    .select({ sourceId: payRunLines.sourceId, amountMinor: payRunLines.amountMinor })
    .from(payRunLines)
    .innerJoin(payRunApprovals, eq(payRunApprovals.calculationId, payRunLines.calculationId))
    .where(inArray(payRunLines.sourceId, ids.slice(0, 90)))
    .all();
  for (const { sourceId, amountMinor } of lines)
    if (sourceId) settled.set(sourceId, minor((settled.get(sourceId) ?? 0) + Math.abs(amountMinor)));
  return settled;
}

export interface AdjustmentView {
  readonly row: AdjustmentRow;
  readonly doneMinor: Minor;
  readonly withdrawn: typeof payAdjustmentWithdrawals.$inferSelect | null;
}

/** Of some engagements, the newest first. */
export function adjustmentsOf(db: Db, engagementIds: readonly string[], limit = 100): AdjustmentView[] {
  if (engagementIds.length === 0) return [];
  const rows = db
    .select({ row: payAdjustments, withdrawn: payAdjustmentWithdrawals })
    .from(payAdjustments)
    .leftJoin(payAdjustmentWithdrawals, eq(payAdjustmentWithdrawals.id, payAdjustments.id))
    .where(inArray(payAdjustments.engagementId, engagementIds.slice(0, 90)))
    .orderBy(asc(payAdjustments.effectiveOn), asc(payAdjustments.id))
    .all()
    .slice(-limit)
    .reverse();
  const done = settledOf(
    db,
    rows.slice(0, 90).map(({ row }) => row.id),
  );
  return rows.map(({ row, withdrawn }) => ({ row, withdrawn, doneMinor: done.get(row.id) ?? minor(0) }));
}

/** What a run that pays on a day may take up, by engagement; `done` is what approved runs have settled, by source. */
export function openAdjustments(
  db: Db,
  engagementIds: readonly string[],
  paysOn: CivilDate,
  done: ReadonlyMap<string, Minor>,
  then: AsOf = asNow,
): Adjustment[] {
  const found: Adjustment[] = [];
  for (let start = 0; start < engagementIds.length; start += 90)
    for (const { row, withdrawn } of db
      .select({ row: payAdjustments, withdrawn: payAdjustmentWithdrawals.id })
      .from(payAdjustments)
      .leftJoin(
        payAdjustmentWithdrawals,
        and(eq(payAdjustmentWithdrawals.id, payAdjustments.id), then('pay-adjustment-withdrawn')),
      )
      .where(
        and(
          inArray(payAdjustments.engagementId, engagementIds.slice(start, start + 90)),
          lte(payAdjustments.effectiveOn, paysOn),
          then('pay-adjustment-made'),
        ),
      )
      .orderBy(asc(payAdjustments.effectiveOn), asc(payAdjustments.id))
      .all()) {
      const { id, engagementId, kind, amountMinor, effectiveOn } = row;
      const doneMinor = done.get(id) ?? minor(0);
      if (withdrawn === null && doneMinor < amountMinor)
        found.push({ id, engagementId, kind, amountMinor, effectiveOn, doneMinor });
    }
  return found;
}
