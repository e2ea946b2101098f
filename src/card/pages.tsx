/** The card a worker shows at a gate. */
import { requireWorker } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import type { Locale } from '../kernel/refusal.ts';
import { Badge, Empty } from '../web/components.tsx';
import { localeOf, page, WorkerPage } from '../web/page.tsx';
import { QrCode } from '../web/qr.tsx';
import { type Presentation, presentationOf } from './presentation.ts';
import { cardWords } from './words.ts';
import { type CardView, cardOfWorker } from './work-card.ts';

export const cardPages = router<CellEnv>();

cardPages.get('/me/card', (c) => {
  const { workerId } = requireWorker(c);
  const locale = localeOf(c.req.raw);
  const say = cardWords(locale);
  const { org, store } = c.env.cell;
  const view = cardOfWorker(store.db, workerId, c.var.at);
  return page(
    c,
    <WorkerPage locale={locale} title={say('card')} org={org} tab="card" scripts={['live']}>
      {view ? (
        <WorkCardFace view={view} shown={presentationOf(c.env.cell, view.card, c.var.at)} locale={locale} />
      ) : (
        <Empty title={say('none')} href={`/orgs/${org}/me/contracts`} action={say('toContracts')}>
          {say('noneMeans')}
        </Empty>
      )}
    </WorkerPage>,
  );
});

const WorkCardFace = ({ view, shown, locale }: { view: CardView; shown: Presentation; locale: Locale }) => {
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
        <QrCode text={shown.url} title={say('qr')} />
        <strong class="work-card-number">{`${shown.number.slice(0, 4)} ${shown.number.slice(4)}`}</strong>
        {say('scan')}
        {/* A gate's tablet believes a code of this half minute more than a picture of an old one. */}
        <span class="as-of" data-live="20" data-stale={say('stale')}>
          {say('rotates')}
        </span>
      </footer>
    </article>
  );
};
