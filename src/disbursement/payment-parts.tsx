/** What several pages show of payments. */
import type { FC } from 'hono/jsx';
import type { Locale } from '../kernel/refusal.ts';
import { Badge } from '../web/components.tsx';
import type { PaymentView } from './payment.ts';
import type { PaymentState } from './payment-state.ts';
import { type ExplainedReason, explainReason } from './reason.ts';
import { paymentWords } from './words.ts';

const tones = {
  released: 'quiet',
  accepted: 'info',
  waiting: 'warn',
  paid: 'good',
  rejected: 'bad',
  cancelled: 'quiet',
  returned: 'bad',
  disputed: 'bad',
} as const satisfies Readonly<Record<PaymentState, string>>;

export const StateBadge: FC<{ state: PaymentState; locale: Locale }> = ({ state, locale }) => (
  <Badge tone={tones[state]}>{paymentWords(locale)(state)}</Badge>
);

/** Why a payment is not paid, where somebody said why. */
export function reasonOf({ state, telling }: PaymentView, locale: Locale): ExplainedReason | undefined {
  const ended = state === 'rejected' || state === 'cancelled' || state === 'returned' || state === 'disputed';
  return ended && telling ? explainReason(telling.code, telling.reason, locale) : undefined;
}
