/**
 * What became of a payment, from the set of what was said of it: the order in which answers arrive, and how often, makes
 * no difference. Money that came back outweighs everything; a bank's word outweighs HR's; a person settles what
 * contradicts itself.
 */
import type { PaymentEventKind } from '../../db/cell.ts';

export const paymentStates = [
  'released',
  'accepted',
  'waiting',
  'paid',
  'rejected',
  'cancelled',
  'returned',
  /** Said to be paid and to be rejected, both by the bank or the provider: a person looks. */
  'disputed',
] as const;
export type PaymentState = (typeof paymentStates)[number];

/** `runSaidPaid`: HR recorded the whole run as paid by the bank. */
export function stateOf(kinds: ReadonlySet<PaymentEventKind>, runSaidPaid = false): PaymentState {
  if (kinds.has('returned')) return 'returned';
  if (kinds.has('decided-paid')) return 'paid';
  if (kinds.has('decided-unpaid')) return 'rejected';
  const refused = kinds.has('rejected') ? 'rejected' : kinds.has('cancelled') ? 'cancelled' : undefined;
  if (kinds.has('paid')) return refused ? 'disputed' : 'paid';
  if (refused) return refused;
  if (kinds.has('said-paid') || runSaidPaid) return 'paid';
  if (kinds.has('confirmed')) return 'accepted';
  if (kinds.has('wait-user-confirm')) return 'waiting';
  return kinds.has('accepted') ? 'accepted' : 'released';
}

/** The next try may be made. As the trigger `payments_once` says it. */
export function mayReissue(state: PaymentState): boolean {
  return state === 'rejected' || state === 'cancelled' || state === 'returned';
}

/** Nothing is said of it yet that ends it: an answer, or HR's word, is still to come. */
export function isOpen(state: PaymentState): boolean {
  return state === 'released' || state === 'accepted' || state === 'waiting';
}

/** The events that explain a state, the telling ones first. */
export const tellingKinds: Readonly<Record<PaymentState, readonly PaymentEventKind[]>> = {
  released: [],
  accepted: ['confirmed', 'accepted'],
  waiting: ['wait-user-confirm'],
  paid: ['decided-paid', 'paid', 'said-paid'],
  rejected: ['decided-unpaid', 'rejected'],
  cancelled: ['cancelled'],
  returned: ['returned'],
  disputed: ['rejected', 'cancelled', 'paid'],
};
