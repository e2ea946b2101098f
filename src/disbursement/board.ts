/** The payments of a run at a glance: how many are in which state, and those that need somebody first. */
import { and, asc, eq, sql } from 'drizzle-orm';
import { paymentEvents, paymentReleases, payments, payRunPayments, workers } from '../../db/cell.ts';
import { workerName } from '../identity/name.ts';
import type { Minor } from '../kernel/money.ts';
import type { Db } from '../store/commit.ts';
import { isPaidAlready, type Payment, type PaymentView, viewsOf } from './payment.ts';
import { type PaymentState, paymentStates } from './payment-state.ts';

export interface StateCount {
  readonly state: PaymentState;
  readonly payments: number;
  readonly amountMinor: Minor;
}
export interface BoardRow extends PaymentView {
  readonly name: string;
}
export interface PaymentBoard {
  /** Not all payments exist yet. */
  readonly releasing: boolean;
  /** Of the last try of each worker, and of earlier ones that are not over after all. */
  readonly counts: readonly StateCount[];
  readonly rows: readonly BoardRow[];
  readonly more: boolean;
}

export const rowsShownMax = 200;

/** What needs somebody comes first. */
const urgency: readonly PaymentState[] = [
  'disputed',
  'returned',
  'rejected',
  'cancelled',
  'waiting',
  'released',
  'accepted',
  'paid',
];

const has = (...kinds: readonly string[]) =>
  sql`EXISTS (SELECT 1 FROM ${paymentEvents} AS e WHERE e.payment_id = "payments"."id" AND e.kind IN (${sql.join(
    kinds.map((kind) => sql`${kind}`),
    sql`, `,
  )}))`;

/** `stateOf`, said in SQL for lists that are too long to read whole. */
export const stateInSql = sql<PaymentState>`CASE
  WHEN ${has('returned')} THEN 'returned'
  WHEN ${has('decided-paid')} THEN 'paid'
  WHEN ${has('decided-unpaid')} THEN 'rejected'
  WHEN ${has('paid')} THEN CASE WHEN ${has('rejected', 'cancelled')} THEN 'disputed' ELSE 'paid' END
  WHEN ${has('rejected')} THEN 'rejected'
  WHEN ${has('cancelled')} THEN 'cancelled'
  WHEN ${has('said-paid')} OR ("payments"."channel" = 'bank-file' AND EXISTS (SELECT 1 FROM ${payRunPayments} AS s
    WHERE s.id = "payments"."run_id" AND ("payments"."attempt" = 1 OR "payments"."at" <= s.at))) THEN 'paid'
  WHEN ${has('confirmed')} THEN 'accepted'
  WHEN ${has('wait-user-confirm')} THEN 'waiting'
  WHEN ${has('accepted')} THEN 'accepted'
  ELSE 'released' END`;

/** The last try of each worker, and any before it that turned out to be paid, or to be contradicted, after all. */
const isShown = sql`(NOT EXISTS (SELECT 1 FROM "payments" AS later WHERE later.replaces_id = "payments"."id") OR ${stateInSql} IN ('paid', 'disputed'))`;

export function paymentBoard(db: Db, runId: string, only?: PaymentState): PaymentBoard {
  const ofRun = and(eq(payments.runId, runId), isShown);
  const counted = db
    .select({
      state: stateInSql,
      payments: sql<number>`count(*)`,
      amountMinor: sql<Minor>`sum(${payments.amountMinor})`,
    })
    .from(payments)
    .where(ofRun)
    .groupBy(sql`1`)
    .all();
  const rank = sql`CASE ${stateInSql} ${sql.join(
    urgency.map((state, index) => sql`WHEN ${state} THEN ${sql.raw(String(index))}`),
    sql` `,
  )} END`;
  const found = db
    .select({ payment: payments, name: workerName })
    .from(payments)
    .innerJoin(workers, eq(workers.id, payments.workerId))
    .where(only ? and(ofRun, sql`${stateInSql} = ${only}`) : ofRun)
    .orderBy(only ? asc(payments.id) : rank, asc(payments.id))
    .limit(rowsShownMax + 1)
    .all();
  const shown = found.slice(0, rowsShownMax);
  const views = viewsOf(
    db,
    shown.map(({ payment }) => payment),
  );
  return {
    releasing: !db.select().from(paymentReleases).where(eq(paymentReleases.id, runId)).get(),
    counts: paymentStates.flatMap((state) => counted.filter((one) => one.state === state)),
    rows: views.map((view, index) => ({ ...view, name: shown[index]?.name ?? '' })),
    more: found.length > rowsShownMax,
  };
}

/** Payments into accounts of banks that nobody has answered yet, for a list that HR gives to its bank. */
export function openBankPayments(db: Db, runId: string): (Payment & { readonly name: string })[] {
  return db
    .select({ payment: payments, name: workerName })
    .from(payments)
    .innerJoin(workers, eq(workers.id, payments.workerId))
    .where(
      and(eq(payments.runId, runId), eq(payments.channel, 'bank-file'), sql`${stateInSql} IN ('released')`),
    )
    .orderBy(asc(payments.id))
    .all()
    .filter(({ payment }) => payment.attempt === 1 || !isPaidAlready(db, payment))
    .map(({ payment, name }) => ({ ...payment, name }));
}
