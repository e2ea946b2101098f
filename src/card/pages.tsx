/** The card a worker shows at a gate. */
import { requireWorker } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import type { Locale } from '../kernel/refusal.ts';
import { Badge, Empty } from '../web/components.tsx';
import { localeOf, page, WorkerPage } from '../web/page.tsx';
import { QrCode } from '../web/qr.tsx';
import { cardWords } from './words.ts';
import { type CardView, cardOfWorker } from './work-card.ts';

export const cardPages = router<CellEnv>();

cardPages.get('/me/card', (c) => {
  const { workerId } = requireWorker(c);
  const locale = localeOf(c.req.raw);
  const say = cardWords(locale);
  const { org, store, publicUrl } = c.env.cell;
  const view = cardOfWorker(store.db, workerId, c.var.at);
  return page(
    c,
    <WorkerPage locale={locale} title={say('card')} org={org} tab="card">
      {view ? (
        <WorkCardFace view={view} url={`${publicUrl}/verify?t=${view.card.token}`} locale={locale} />
      ) : (
        <Empty title={say('none')} href={`/orgs/${org}/me/contracts`} action={say('toContracts')}>
          {say('noneMeans')}
        </Empty>
      )}
    </WorkerPage>,
  );
});

const WorkCardFace = ({ view, url, locale }: { view: CardView; url: string; locale: Locale }) => {
  const say = cardWords(locale);
  const { card, name, roleTitle, employerName, verified, trouble } = view;
  return (
    <article class={trouble ? 'work-card is-ended' : 'work-card'}>
      <header class="work-card-head">
        {say('card')}
        <strong>{employerName}</strong>
        {verified ? null : <Badge tone="warn">{say('unverified')}</Badge>}
      </header>
      <div class="work-card-body">
        <div class="work-card-name">{name}</div>
        <div class="work-card-role">
          {roleTitle} {trouble ? <Badge tone="bad">{say(trouble)}</Badge> : null}
        </div>
        <dl class="work-card-facts">
          <div>
            <dt>{say('validFrom')}</dt>
            <dd>{card.validFrom}</dd>
          </div>
          <div>
            <dt>{say('validUntil')}</dt>
            <dd>{card.validUntil}</dd>
          </div>
        </dl>
      </div>
      <footer class="work-card-qr">
        <QrCode text={url} title={say('qr')} />
        {say('scan')}
      </footer>
    </article>
  );
};
