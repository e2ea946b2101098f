/** Payments: released once a run and worker, told about by banks, providers and people, and tried again only when the try before is over. */
import { and, asc, desc, eq, inArray, max } from 'drizzle-orm';
import {
  type PaymentChannel,
  type PaymentEventKind,
  paymentEvents,
  payments,
  payRunPayments,
  payRuns,
} from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { type PayoutAccount, payoutAccountOf } from '../identity/payout-account.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { idOf } from '../kernel/id.ts';
import type { Minor } from '../kernel/money.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import { endToEndId } from '../pay/end-to-end-id.ts';
import { type Db, newestFirst, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { tellWorker } from './payment-notices.ts';
import { mayReissue, type PaymentState, stateOf, tellingKinds } from './payment-state.ts';

export type Payment = typeof payments.$inferSelect;
export type PaymentEvent = typeof paymentEvents.$inferSelect;

export interface PaymentView {
  readonly payment: Payment;
  readonly state: PaymentState;
  /** The event that the state rests on. */
  readonly telling?: PaymentEvent;
  readonly events: readonly PaymentEvent[];
}

/** The first try of a worker in a run; one that is there already stays as it is. Answers whether it is new. */
export function releasePayment(
  tx: Tx,
  input: {
    readonly runId: string;
    readonly workerId: string;
    readonly amountMinor: Minor;
    readonly accountAt: Instant;
  },
  by: string,
  at: Instant,
): boolean {
  const { runId, workerId, amountMinor, accountAt } = input;
  const id = idOf(`payment ${runId} ${workerId} 1`);
  if (findPayment(tx, id)) return false;
  const account = payoutAccountOf(tx, workerId, accountAt);
  insertPayment(tx, { id, runId, workerId, attempt: 1, amountMinor, replacesId: null }, account, by, at);
  return true;
}

function insertPayment(
  tx: Tx,
  input: Pick<Payment, 'id' | 'runId' | 'workerId' | 'attempt' | 'amountMinor' | 'replacesId'>,
  account: PayoutAccount | undefined,
  by: string,
  at: Instant,
): Payment {
  const row: Payment = {
    ...input,
    currency: employerOf(tx).currency,
    endToEndId: endToEndId(input),
    channel: channelOf(account),
    accountId: account?.id ?? null,
    bankName: account?.bankName ?? null,
    holderName: account?.holderName ?? null,
    numberMasked: account?.numberMasked ?? null,
    at,
    by,
  };
  record(tx, 'payment-released', row, by, at);
  return row;
}

function channelOf(account: PayoutAccount | undefined): PaymentChannel {
  return account?.kind === 'wechat' || account?.kind === 'alipay' ? account.kind : 'bank-file';
}

/**
 * The next try of a payment that was rejected, cancelled or came back, into the account in force now and under a new
 * end-to-end id. Refuses `payment-not-over` for any other; a repetition answers the same payment.
 */
export function reissuePayment(
  tx: Tx,
  actor: Actor,
  input: { readonly id: string; readonly paymentId: string },
  at: Instant,
): Payment {
  const by = actorText(actor);
  const known = findPayment(tx, input.id);
  if (known) return known.replacesId === input.paymentId ? known : refuse('id-reused');
  const { payment, state } = paymentView(tx, input.paymentId);
  const { runId, workerId, amountMinor, attempt } = payment;
  if (!mayReissue(state) || attempt !== lastAttempt(tx, payment)) refuse('payment-not-over');
  if (isPaidAlready(tx, payment)) refuse('payment-paid-already');
  const account = payoutAccountOf(tx, workerId, at);
  const next = { id: input.id, runId, workerId, amountMinor, attempt: attempt + 1, replacesId: payment.id };
  return insertPayment(tx, next, account, by, at);
}

export function lastAttempt(db: Db, { runId, workerId }: Pick<Payment, 'runId' | 'workerId'>): number {
  return (
    db
      .select({ n: max(payments.attempt) })
      .from(payments)
      .where(and(eq(payments.runId, runId), eq(payments.workerId, workerId)))
      .get()?.n ?? 0
  );
}

export interface Told {
  readonly kind: PaymentEventKind;
  readonly code?: string | undefined;
  readonly reason?: string | undefined;
  readonly source: string;
}

/** Writes down what was said of a payment. The same thing said again, by whom and how often, is known already. */
export function tellPayment(tx: Tx, paymentId: string, told: Told, by: string, at: Instant): boolean {
  const code = told.code ?? null;
  const id = eventId(paymentId, told);
  if (tx.select({ id: paymentEvents.id }).from(paymentEvents).where(eq(paymentEvents.id, id)).get())
    return false;
  const reason = told.reason?.slice(0, 500) ?? null;
  const { kind, source } = told;
  record(tx, 'payment-told', { id, paymentId, kind, code, reason, source, at, by }, by, at);
  const payment = findPayment(tx, paymentId);
  if (payment) tellWorker(tx, payment, { kind, code, reason }, at);
  return true;
}

export function eventId(paymentId: string, { kind, code }: Pick<Told, 'kind' | 'code'>): string {
  return idOf(`payment event ${paymentId} ${kind} ${code ?? ''}`);
}

export function findPayment(db: Db, id: string): Payment | undefined {
  return db.select().from(payments).where(eq(payments.id, id)).get();
}

export function paymentByName(db: Db, name: string): Payment | undefined {
  return db.select().from(payments).where(eq(payments.endToEndId, name)).get();
}

/** Refuses `not-found` when there is none. */
export function paymentView(db: Db, id: string): PaymentView {
  const [view] = viewsOf(db, [findPayment(db, id) ?? refuse('not-found')]);
  return view as PaymentView;
}

/** A worker's payments, newest first. */
export function paymentsOfWorker(db: Db, workerId: string, limit = 100): PaymentView[] {
  const rows = db
    .select()
    .from(payments)
    .where(eq(payments.workerId, workerId))
    .orderBy(newestFirst(payments))
    .limit(limit)
    .all();
  return viewsOf(db, rows);
}

/** A worker's tries in a run, the last one first. */
export function triesOf(db: Db, runId: string, workerId: string): PaymentView[] {
  const rows = db
    .select()
    .from(payments)
    .where(and(eq(payments.runId, runId), eq(payments.workerId, workerId)))
    .orderBy(desc(payments.attempt))
    .all();
  return viewsOf(db, rows);
}

/** Another try of the same pay turned out to be paid after all, or may be: this one must not go. */
export function isPaidAlready(db: Db, { id, runId, workerId }: Payment): boolean {
  return triesOf(db, runId, workerId).some(
    ({ payment, state }) => payment.id !== id && (state === 'paid' || state === 'disputed'),
  );
}

export function viewsOf(db: Db, rows: readonly Payment[]): PaymentView[] {
  const events = new Map<string, PaymentEvent[]>();
  const ids = rows.map(({ id }) => id);
  for (let start = 0; start < ids.length; start += 90) {
    const some = db
      .select()
      .from(paymentEvents)
      .where(inArray(paymentEvents.paymentId, ids.slice(start, start + 90)))
      .orderBy(asc(paymentEvents.at), asc(paymentEvents.id))
      .all();
    for (const event of some) events.set(event.paymentId, [...(events.get(event.paymentId) ?? []), event]);
  }
  const said = saidPaidRuns(db, [...new Set(rows.map(({ runId }) => runId))]);
  return rows.map((payment) => viewOf(payment, events.get(payment.id) ?? [], isSaidPaid(payment, said)));
}

function viewOf(payment: Payment, events: readonly PaymentEvent[], saidPaid: boolean): PaymentView {
  const state = stateOf(new Set(events.map(({ kind }) => kind)), saidPaid);
  const telling = tellingKinds[state].flatMap((kind) => events.filter((event) => event.kind === kind)).at(0);
  return { payment, state, events, ...(telling ? { telling } : {}) };
}

function saidPaidRuns(db: Db, runIds: readonly string[]): Map<string, Instant> {
  const found = new Map<string, Instant>();
  for (let start = 0; start < runIds.length; start += 90)
    for (const { id, at } of db
      .select({ id: payRunPayments.id, at: payRunPayments.at })
      .from(payRunPayments)
      .where(inArray(payRunPayments.id, runIds.slice(start, start + 90)))
      .all())
      found.set(id, at);
  return found;
}

/** HR's word on a whole run is about what lay with the bank then: the first tries, and later ones made before it. */
function isSaidPaid({ runId, channel, attempt, at }: Payment, said: ReadonlyMap<string, Instant>): boolean {
  const saidAt = said.get(runId);
  return saidAt !== undefined && channel === 'bank-file' && (attempt === 1 || at <= saidAt);
}

export function runOfPayment(db: Db, { runId }: Payment) {
  return db.select().from(payRuns).where(eq(payRuns.id, runId)).get() ?? refuse('not-found');
}
