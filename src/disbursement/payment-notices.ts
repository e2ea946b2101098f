/** What the worker is told of a payment: that it waits for them, that it was refused, or that it came back. */
import { eq } from 'drizzle-orm';
import { type PaymentEventKind, workers } from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { formatMoney } from '../kernel/money.ts';
import type { Instant } from '../kernel/time.ts';
import { sendNotice } from '../notice/notice.ts';
import type { NoticeKind } from '../notice/notice-kinds.ts';
import type { Tx } from '../store/commit.ts';
import type { Payment } from './payment.ts';
import { explainReason } from './reason.ts';

const noticeKinds: { readonly [K in PaymentEventKind]?: NoticeKind } = {
  'wait-user-confirm': 'payment-to-confirm',
  rejected: 'payment-refused',
  returned: 'payment-refused',
};

/** Once a payment and kind; nothing for what needs nobody's eye. */
export function tellWorker(
  tx: Tx,
  { id, workerId, amountMinor, currency }: Payment,
  said: { readonly kind: PaymentEventKind; readonly code: string | null; readonly reason: string | null },
  at: Instant,
): void {
  const kind = noticeKinds[said.kind];
  const worker = kind && tx.select().from(workers).where(eq(workers.id, workerId)).get();
  if (!kind || !worker) return;
  const { id: org, name: employer } = employerOf(tx);
  const money = (locale: string) => formatMoney(amountMinor, currency, locale);
  const why = (locale: 'en' | 'zh-CN') => explainReason(said.code, said.reason, locale).text;
  sendNotice(
    tx,
    {
      id: `${id}.${said.kind}`,
      personId: worker.personId,
      kind,
      params: {
        employer,
        'amount.en': money('en'),
        'amount.zh-CN': money('zh-CN'),
        'why.en': why('en'),
        'why.zh-CN': why('zh-CN'),
      },
      link: `/orgs/${org}/me/payments/${id}`,
    },
    at,
  );
}
