/** The screen that shows a site's code: for a tablet on the wall or a supervisor's phone held up. */
import { readerOf } from '../employer/reader.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { PublicPage, page } from '../web/page.tsx';
import { requireSupervisor } from './supervising.ts';
import { gateWords } from './words.ts';

export const siteCodePages = router<CellEnv>();

siteCodePages.get('/sites/:id/code', (c) => {
  const { site } = requireSupervisor(c, c.req.param('id'));
  const { org, locale } = readerOf(c);
  return page(
    c,
    <PublicPage
      locale={locale}
      title={site.name}
      back={`/orgs/${org}/sites/${site.id}`}
      scripts={['site-code']}
      styles={['gate']}
      wide
    >
      <SiteCodeScreen source={`/api/orgs/${org}/sites/${site.id}/code`} locale={locale} />
    </PublicPage>,
  );
});

/** No code stands in the page itself: what a browser keeps of it can never be an old one. */
const SiteCodeScreen = ({ source, locale }: { source: string; locale: 'zh-CN' | 'en' }) => {
  const say = gateWords(locale);
  return (
    <section
      class="site-code"
      data-site-code={source}
      data-say-seconds={say('codeSeconds', { seconds: '#' })}
      data-say-waiting={say('codeWaiting')}
      data-say-lost={say('codeLost')}
      data-say-refused={say('codeRefused')}
      data-say-sleep={say('codeSleep')}
      data-say-qr={say('codeQr')}
    >
      <h2>{say('code')}</h2>
      <p class="site-code-digits" data-digits aria-live="off" />
      <div class="site-code-side">
        <div class="qr" data-qr />
        <svg class="site-code-ring" viewBox="0 0 40 40" aria-hidden="true">
          <circle cx="20" cy="20" r="17" />
          <circle cx="20" cy="20" r="17" pathLength="1" data-ring />
        </svg>
        <p data-seconds />
      </div>
      <p class="site-code-note" role="status" data-note>
        {say('codeWaiting')}
      </p>
      <p class="site-code-lead">{say('codeLead')}</p>
    </section>
  );
};
