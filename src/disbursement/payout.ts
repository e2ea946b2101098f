/**
 * Payments through a provider. An order keeps one name for good: after anything but a clear answer the provider is asked
 * what became of it, and only a name that it does not know is sent again. A crash between two steps repeats a step.
 */
import { and, asc, eq, isNotNull, isNull, lt, lte, min, ne } from 'drizzle-orm';
import { payments, payoutAccounts, payoutCalls, payoutOrders } from '../../db/cell.ts';
import type { CellContext } from '../http/env.ts';
import { numberOf } from '../identity/payout-account.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { refuse } from '../kernel/refusal.ts';
import { addSeconds, epochMs, type Instant } from '../kernel/time.ts';
import { approvalOfRun, runOf } from '../pay/pay-run.ts';
import {
  type PayoutAnswer,
  type PayoutCallback,
  type PayoutOrder,
  type PayoutProvider,
  PayoutUnclear,
} from '../provider/payout.ts';
import type { PayoutProviderKind } from '../provider/payouts.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import {
  isPaidAlready,
  type Payment,
  type PaymentView,
  paymentByName,
  paymentView,
  tellPayment,
} from './payment.ts';
import { isOpen } from './payment-state.ts';
import { activeSettings, configOf, openProvider, providerNames, settingsOf } from './payout-settings.ts';

export type PayoutCall = typeof payoutCalls.$inferSelect;

/** Lets a run's payments of one provider go. Once; refuses while the provider is not set up. */
export function orderPayouts(
  tx: Tx,
  actor: Actor,
  input: { readonly id: string; readonly runId: string; readonly provider: PayoutProviderKind },
  at: Instant,
): void {
  const run = runOf(tx, input.runId);
  if (!approvalOfRun(tx, run.id)) refuse('run-not-approved');
  const row = { ...input, at, by: actorText(actor) };
  if (orderOf(tx, input.runId, input.provider)) return;
  activeSettings(tx, input.provider);
  record(tx, 'payout-ordered', row, row.by, at);
}

export function orderOf(db: Db, runId: string, provider: PayoutProviderKind) {
  return db
    .select()
    .from(payoutOrders)
    .where(and(eq(payoutOrders.runId, runId), eq(payoutOrders.provider, provider)))
    .get();
}

const callsPerTurn = 25;
/** So long a request may still be on its way, whatever the provider says meanwhile. */
const inFlightSeconds = 600;

/** Sends what was ordered and asks what became of what was sent. One that fails holds up no other. */
export async function payoutsDue(cell: CellContext, at: Instant): Promise<void> {
  const { store } = cell;
  while ((await store.commit((tx) => queueCalls(tx, at))) > 0);
  const due = store.db
    .select()
    .from(payoutCalls)
    .where(and(isNotNull(payoutCalls.dueAt), lte(payoutCalls.dueAt, at)))
    .orderBy(asc(payoutCalls.dueAt))
    .limit(callsPerTurn)
    .all();
  const open = openedOnce(cell);
  for (const call of due) {
    const provider = await open(call.provider);
    if (provider) await carryOn(cell, provider, call, at);
    else await later(cell, call.id, 'NOT_SET_UP', at);
  }
  if (due.length === callsPerTurn) cell.wake();
}

/** Payments of runs that were let go and have no call yet. */
function queueCalls(tx: Tx, at: Instant): number {
  const fresh = tx
    .select({ payment: payments })
    .from(payments)
    .innerJoin(
      payoutOrders,
      and(eq(payoutOrders.runId, payments.runId), eq(payoutOrders.provider, payments.channel)),
    )
    .leftJoin(payoutCalls, eq(payoutCalls.id, payments.id))
    .where(and(ne(payments.channel, 'bank-file'), isNull(payoutCalls.id)))
    .limit(100)
    .all();
  for (const { payment } of fresh)
    tx.insert(payoutCalls)
      .values({
        id: payment.id,
        provider: payment.channel as PayoutProviderKind,
        tries: 0,
        dueAt: at,
        cancelAsked: false,
      })
      .run();
  return fresh.length;
}

/** Settings that are off still answer for what was sent under them. */
function openedOnce(cell: CellContext) {
  const opened = new Map<PayoutProviderKind, PayoutProvider | undefined>();
  return async (kind: PayoutProviderKind) => {
    if (!opened.has(kind)) {
      const settings = settingsOf(cell.store.db, kind);
      opened.set(kind, settings && (await openProvider(cell, configOf(cell.keys, settings))));
    }
    return opened.get(kind);
  };
}

/** One step of one payment: told apart by what the rows say, so that it may be repeated. */
async function carryOn(
  cell: CellContext,
  provider: PayoutProvider,
  { id }: PayoutCall,
  at: Instant,
): Promise<void> {
  const { store } = cell;
  const begun = await store.commit((tx) => beginStep(tx, id, at));
  if (begun === 'done') return;
  const { view, call } = begun;
  try {
    const { endToEndId: name } = view.payment;
    if (call.tries > 1) {
      const found = await provider.query(name);
      if (found) return await answered(cell, provider, begun, found, at);
      const next = await store.commit((tx) => settleUnknown(tx, begun, at));
      if (next !== 'send') return;
    }
    const answer = await provider.send(orderFor(cell, view.payment));
    await store.commit((tx) => writeAnswer(tx, view.payment, answer, call.tries, at));
  } catch (error) {
    if (!(error instanceof PayoutUnclear)) throw error;
    await later(cell, id, error.message, at);
  }
}

interface Begun {
  readonly view: PaymentView;
  readonly call: PayoutCall;
}

/** Before anything is sent it is written that it may have been. What is over, or must not go, ends here. */
function beginStep(tx: Tx, id: string, at: Instant): Begun | 'done' {
  const call = tx.select().from(payoutCalls).where(eq(payoutCalls.id, id)).get();
  const view = paymentView(tx, id);
  if (!call?.dueAt || call.dueAt > at) return 'done';
  const neverSent = call.tries === 0;
  if (isOpen(view.state) && neverSent && (call.cancelAsked || isPaidAlready(tx, view.payment))) {
    const code = call.cancelAsked ? 'MCH_CANCEL' : 'EARLIER_PAID';
    tellPayment(tx, id, { kind: 'cancelled', code, source: call.provider }, 'system', at);
    tx.update(payoutCalls).set({ dueAt: null }).where(eq(payoutCalls.id, id)).run();
    return 'done';
  }
  if (!isOpen(view.state)) {
    tx.update(payoutCalls).set({ dueAt: null }).where(eq(payoutCalls.id, id)).run();
    return 'done';
  }
  const tries = call.tries + 1;
  const sentAt = call.sentAt ?? at;
  const next = { tries, sentAt, dueAt: addSeconds(at, waitSeconds(tries)) };
  tx.update(payoutCalls).set(next).where(eq(payoutCalls.id, id)).run();
  return { view, call: { ...call, ...next } };
}

/** 15 seconds, doubling to an hour. */
function waitSeconds(tries: number): number {
  return Math.min(3600, 15 * 2 ** Math.max(0, tries - 1));
}

/** Codes that speak of the payee: sending again changes nothing until somebody mends it. */
const payeeCodes =
  /^(PAYEE_NOT_EXIST|PAYEE_USER_INFO_ERROR|PERMIT_CHECK_PERM_LIMITED|OPENID_INVALID|NAME_NOT_CORRECT|USER_ERROR|ACCOUNT_ERROR)\b/;

/** The provider says that it knows no such order. Only then, and when nothing is on its way any more, it is surely not paid. */
function settleUnknown(tx: Tx, { view, call }: Begun, at: Instant): 'send' | 'wait' {
  const { id } = view.payment;
  if (view.events.length > 0) {
    // It had the order once: it forgets after 30 days, and what it forgot may be paid.
    tx.update(payoutCalls).set({ dueAt: null, lastError: 'GONE' }).where(eq(payoutCalls.id, id)).run();
    return 'wait';
  }
  const code = payeeCodes.exec(call.lastError ?? '')?.[1];
  const stops = call.cancelAsked || code !== undefined || isPaidAlready(tx, view.payment);
  if (!stops) return 'send';
  if (epochMs(at) - epochMs(call.sentAt ?? at) < inFlightSeconds * 1000) return 'wait';
  const kind = code !== undefined && !call.cancelAsked ? 'rejected' : 'cancelled';
  const told = { kind, code: kind === 'rejected' ? code : 'NOT_FOUND', source: call.provider } as const;
  tellPayment(tx, id, told, 'system', at);
  tx.update(payoutCalls).set({ dueAt: null }).where(eq(payoutCalls.id, id)).run();
  return 'wait';
}

async function answered(
  cell: CellContext,
  provider: PayoutProvider,
  { view, call }: Begun,
  answer: PayoutAnswer,
  at: Instant,
): Promise<void> {
  await cell.store.commit((tx) => writeAnswer(tx, view.payment, answer, call.tries, at));
  const mayCancel = answer.state === 'accepted' || answer.state === 'wait-user-confirm';
  if (call.cancelAsked && mayCancel) await provider.cancel(view.payment.endToEndId);
}

/** What the provider says becomes an event; while it is not the last word, it is asked again. */
export function writeAnswer(
  tx: Tx,
  payment: Payment,
  answer: PayoutAnswer,
  tries: number,
  at: Instant,
): void {
  const { state: kind, code, reason, ref, confirmation } = answer;
  const source = payment.channel;
  tellPayment(tx, payment.id, { kind, code, reason, source }, 'system', at);
  const isLast = !isOpen(paymentView(tx, payment.id).state);
  tx.update(payoutCalls)
    .set({
      lastError: null,
      dueAt: isLast ? null : addSeconds(at, waitSeconds(tries)),
      ...(ref ? { providerRef: ref } : {}),
      ...(confirmation ? { confirmation } : isLast ? { confirmation: null } : {}),
    })
    .where(eq(payoutCalls.id, payment.id))
    .run();
}

async function later({ store }: CellContext, id: string, lastError: string, at: Instant): Promise<void> {
  await store.commit((tx) => {
    const tries = callOf(tx, id)?.tries ?? 1;
    const dueAt = addSeconds(at, waitSeconds(tries));
    tx.update(payoutCalls)
      .set({ lastError: lastError.slice(0, 300), dueAt })
      .where(eq(payoutCalls.id, id))
      .run();
  });
}

function orderFor({ store: { db }, keys }: CellContext, payment: Payment): PayoutOrder {
  const account = db
    .select()
    .from(payoutAccounts)
    .where(eq(payoutAccounts.id, payment.accountId ?? ''))
    .get();
  if (!account) throw new Error(`payment ${payment.id} has no account`);
  const settings = settingsOf(db, payment.channel as PayoutProviderKind);
  const { remark } = JSON.parse(settings?.facts ?? '{}') as { remark?: string };
  return {
    name: payment.endToEndId,
    amountMinor: payment.amountMinor,
    payee: numberOf(keys, account),
    payeeName: payment.holderName ?? '',
    remark: remark ?? providerNames.wechat,
  };
}

/** A provider's message about one payment, verified by who reads it. One about somebody else's order changes nothing. */
export function receiveCallback(
  tx: Tx,
  provider: PayoutProviderKind,
  { name, amountMinor, answer }: PayoutCallback,
  at: Instant,
): void {
  const payment = paymentByName(tx, name);
  if (payment?.channel !== provider) return;
  if (amountMinor !== undefined && amountMinor !== payment.amountMinor) refuse('payout-callback-refused');
  writeAnswer(tx, payment, answer, callOf(tx, payment.id)?.tries ?? 1, at);
}

export function callOf(db: Db, id: string): PayoutCall | undefined {
  return db.select().from(payoutCalls).where(eq(payoutCalls.id, id)).get();
}

/** When a provider is to be asked next. */
export function nextPayout(db: Db): Instant | undefined {
  return (
    db
      .select({ at: min(payoutCalls.dueAt) })
      .from(payoutCalls)
      .where(lt(payoutCalls.tries, 10_000))
      .get()?.at ?? undefined
  );
}
