/** What a person says of a payment: paid by the bank, rejected, back again, not to be paid, or which of two answers is right. */
import { eq } from 'drizzle-orm';
import { payoutCalls } from '../../db/cell.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import type { Tx } from '../store/commit.ts';
import { eventId, isPaidAlready, type PaymentView, paymentView, tellPayment } from './payment.ts';
import { isOpen } from './payment-state.ts';

export const statementKinds = [
  'said-paid',
  'rejected',
  'returned',
  'cancelled',
  'decided-paid',
  'decided-unpaid',
] as const;
export type StatementKind = (typeof statementKinds)[number];

/** Code of what a person said, so that it is never the same event as a bank's. */
const byHand = 'HAND';

/** Once a payment and kind; a repetition is answered the same. Refuses what does not fit the state that the payment is in. */
export function statePayment(
  tx: Tx,
  actor: Actor,
  input: { readonly paymentId: string; readonly kind: StatementKind; readonly reason: string },
  at: Instant,
): PaymentView {
  const { paymentId, kind, reason } = input;
  const view = paymentView(tx, paymentId);
  const code = byHand;
  const known = view.events.some(({ id }) => id === eventId(paymentId, { kind, code }));
  if (known) return view;
  if (kind === 'cancelled' && isWithProvider(tx, paymentId)) return askToCancel(tx, view, at);
  refuseUnfit(tx, view, kind);
  tellPayment(tx, paymentId, { kind, code, reason, source: 'hand' }, actorText(actor), at);
  return paymentView(tx, paymentId);
}

function refuseUnfit(tx: Tx, { payment, state, events }: PaymentView, kind: StatementKind): void {
  const isOurWord = state === 'paid' && !events.some((event) => /^(decided-)?paid$/.test(event.kind));
  switch (kind) {
    case 'said-paid':
    case 'rejected':
      if (!isOpen(state) && !(kind === 'rejected' && isOurWord)) refuse('payment-not-open');
      if (isWithProvider(tx, payment.id)) refuse('payment-with-provider');
      if (kind === 'said-paid' && isPaidAlready(tx, payment)) refuse('payment-paid-already');
      return;
    case 'cancelled':
      if (!isOpen(state)) refuse('payment-not-open');
      return;
    case 'returned':
      if (state !== 'paid') refuse('payment-not-paid');
      return;
    case 'decided-paid':
    case 'decided-unpaid':
      if (state !== 'disputed') refuse('payment-not-disputed');
  }
}

/** It was sent, or is about to be: only the provider can say that it is not paid. */
export function isWithProvider(tx: Tx, paymentId: string): boolean {
  const call = tx.select().from(payoutCalls).where(eq(payoutCalls.id, paymentId)).get();
  return call !== undefined && call.tries > 0;
}

function askToCancel(tx: Tx, view: PaymentView, at: Instant): PaymentView {
  if (!isOpen(view.state)) refuse('payment-not-open');
  tx.update(payoutCalls)
    .set({ cancelAsked: true, dueAt: at })
    .where(eq(payoutCalls.id, view.payment.id))
    .run();
  return view;
}
