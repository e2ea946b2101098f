/** The worker's own payments: what became of each, why, and the confirmation that WeChat asks of them. */
import type { FC } from 'hono/jsx';
import { type Reader, readerOf, shownAt } from '../employer/reader.ts';
import { requireWorker } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { refuse } from '../kernel/refusal.ts';
import { moneyOf } from '../pay/reader.tsx';
import type { WechatFacts } from '../provider/payouts.ts';
import { Empty, Group, Notice, Row } from '../web/components.tsx';
import { page, WorkerPage } from '../web/page.tsx';
import { QrCode } from '../web/qr.tsx';
import { type PaymentView, paymentsOfWorker, paymentView, runOfPayment } from './payment.ts';
import { reasonOf, StateBadge } from './payment-parts.tsx';
import { callOf } from './payout.ts';
import { settingsOf, wechatApp } from './payout-settings.ts';
import { paymentWords } from './words.ts';

export const myPaymentPages = router<CellEnv>();

myPaymentPages.get('/me/payments', (c) => {
  const { workerId } = requireWorker(c);
  const reader = readerOf(c);
  const { org, locale, db } = reader;
  const say = paymentWords(locale);
  const mine = paymentsOfWorker(db, workerId);
  return page(
    c,
    <WorkerPage locale={locale} title={say('myPayments')} org={org} tab="pay" back={`/orgs/${org}/me/pay`}>
      {mine.length > 0 ? (
        <Group>
          {mine.map((view) => (
            <PaymentRow
              view={view}
              again={mine.some(({ payment }) => payment.replacesId === view.payment.id)}
              reader={reader}
            />
          ))}
        </Group>
      ) : (
        <Empty title={say('notApproved')}>{say('notApprovedMeans')}</Empty>
      )}
      {wechatApp(db, c.env.cell.keys) ? (
        <Group>
          <Row label={say('myWechat')} href={`/orgs/${org}/me/wechat`} />
        </Group>
      ) : null}
    </WorkerPage>,
  );
});

const PaymentRow: FC<{ view: PaymentView; again: boolean; reader: Reader }> = ({ view, again, reader }) => {
  const { org, locale, db } = reader;
  const { startsOn, endsOn } = runOfPayment(db, view.payment);
  return (
    <Row
      href={`/orgs/${org}/me/payments/${view.payment.id}`}
      label={moneyOf(reader)(view.payment.amountMinor)}
      sub={`${startsOn} – ${endsOn}${again ? ` · ${paymentWords(locale)('paidAgain')}` : ''}`}
      value={<StateBadge state={view.state} locale={locale} />}
    />
  );
};

myPaymentPages.get('/me/payments/:id', (c) => {
  const { workerId } = requireWorker(c);
  const reader = readerOf(c);
  const { org, locale, db } = reader;
  const say = paymentWords(locale);
  const view = paymentView(db, c.req.param('id'));
  const { payment, state, telling } = view;
  if (payment.workerId !== workerId) refuse('not-found');
  const { startsOn, endsOn } = runOfPayment(db, payment);
  const why = reasonOf(view, locale);
  const confirming = state === 'waiting' && payment.channel === 'wechat';
  return page(
    c,
    <WorkerPage
      locale={locale}
      title={say('myPayment')}
      org={org}
      tab="pay"
      back={`/orgs/${org}/me/payments`}
      scripts={confirming ? ['confirm-transfer'] : []}
    >
      <Group>
        <Row label={say('amount')} value={<strong>{moneyOf(reader)(payment.amountMinor)}</strong>} />
        <Row label={say('state')} value={<StateBadge state={state} locale={locale} />} />
        <Row label={say('into')} value={`${payment.bankName ?? ''} ${payment.numberMasked ?? ''}`} />
        <Row label={say('period')} value={`${startsOn} – ${endsOn}`} />
        {telling ? <Row label={say('since')} value={shownAt(reader, telling.at)} /> : null}
      </Group>
      {why ? (
        <>
          <Notice tone={state === 'cancelled' ? 'info' : 'bad'}>
            {why.text} {say('notLost')}
          </Notice>
          <Group>
            <Row label={say('toAccount')} href={`/orgs/${org}/me/identity`} />
          </Group>
        </>
      ) : null}
      {confirming ? <Confirm view={view} reader={reader} url={c.env.cell.publicUrl} /> : null}
    </WorkerPage>,
  );
});

/** WeChat's own window opens only inside WeChat; elsewhere the page says how to get there. */
const Confirm: FC<{ view: PaymentView; reader: Reader; url: string }> = ({
  view: { payment },
  reader,
  url,
}) => {
  const { org, db, locale } = reader;
  const say = paymentWords(locale);
  const confirmation = callOf(db, payment.id)?.confirmation;
  const settings = settingsOf(db, 'wechat');
  if (!confirmation || !settings) return null;
  const { mchId, appId } = JSON.parse(settings.facts) as WechatFacts;
  const here = `${url}/orgs/${org}/me/payments/${payment.id}`;
  return (
    <section
      class="confirm-transfer"
      data-mch-id={mchId}
      data-app-id={appId}
      data-package={confirmation}
      data-done={say('confirmDone')}
      data-failed={say('confirmFailed', { why: '' })}
    >
      <Notice tone="warn" title={say('confirmTitle')}>
        {say('confirmMeans')}
      </Notice>
      <button type="button" class="button button-primary" hidden>
        {say('confirm')}
      </button>
      <p role="status" class="confirm-said" />
      <div class="confirm-elsewhere">
        <p>{say('confirmElsewhere')}</p>
        <QrCode text={here} title={here} size={200} />
      </div>
    </section>
  );
};
