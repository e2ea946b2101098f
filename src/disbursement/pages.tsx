/** All pages of payments. */
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { answerPages } from './answer-pages.tsx';
import { boardPages } from './board-pages.tsx';
import { myPaymentPages } from './my-pages.tsx';
import { payoutPages } from './payout-pages.tsx';
import { wechatPages } from './wechat-pages.tsx';

export const disbursementPages = router<CellEnv>();
for (const ours of [boardPages, answerPages, payoutPages, myPaymentPages, wechatPages])
  disbursementPages.route('/', ours);
