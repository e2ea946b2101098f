/** Bill rates: what a client pays for an hour at its sites, from a day on; for one role, or for every role without its own. */
import { and, asc, eq } from 'drizzle-orm';
import { billRates, clients } from '../../db/cell.ts';
import { sameOr } from '../employer/repeat.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import type { Minor } from '../kernel/money.ts';
import { refuse } from '../kernel/refusal.ts';
import type { CivilDate, Instant } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';

export type BillRate = typeof billRates.$inferSelect;
export interface BillRateInput {
  readonly id: string;
  readonly clientId: string;
  /** As on the engagement; empty: every role without a rate of its own. */
  readonly roleTitle: string;
  readonly effectiveOn: CivilDate;
  readonly hourlyRateMinor: Minor;
}

/** Statements that were issued keep the rates they were made with. Refuses `bill-rate-known` for a second rate from the same day. */
export function agreeBillRate(tx: Tx, actor: Actor, input: BillRateInput, at: Instant): void {
  const row: BillRate = { ...input, at, by: actorText(actor) };
  const known = tx.select().from(billRates).where(eq(billRates.id, input.id)).get();
  if (known) return void sameOr(known, row);
  if (!tx.select().from(clients).where(eq(clients.id, input.clientId)).get()) refuse('not-found');
  const sameDay = and(
    eq(billRates.clientId, input.clientId),
    eq(billRates.roleTitle, input.roleTitle),
    eq(billRates.effectiveOn, input.effectiveOn),
  );
  if (tx.select().from(billRates).where(sameDay).get())
    refuse('bill-rate-known', { day: input.effectiveOn }, [{ pointer: '/effectiveOn', detail: '' }]);
  record(tx, 'bill-rate-agreed', row, row.by, at);
}

/** The earliest first. */
export function billRatesOf(db: Db, clientId: string): BillRate[] {
  return db
    .select()
    .from(billRates)
    .where(eq(billRates.clientId, clientId))
    .orderBy(asc(billRates.effectiveOn), asc(billRates.roleTitle))
    .all();
}

type Agreed = Pick<BillRate, 'roleTitle' | 'effectiveOn' | 'hourlyRateMinor'>;

/** The newest rate of the role in force on a day, else the newest of all roles. */
export function billRateOn(rates: readonly Agreed[], roleTitle: string, day: CivilDate): Agreed | undefined {
  const newest = (role: string) =>
    rates
      .filter((rate) => rate.roleTitle === role && rate.effectiveOn <= day)
      .reduce<Agreed | undefined>(
        (best, rate) => (best && best.effectiveOn > rate.effectiveOn ? best : rate),
        undefined,
      );
  return newest(roleTitle) ?? newest('');
}
