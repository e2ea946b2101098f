/** Two texts of a contract against each other, for whoever signs the newer one. */
import type { FC } from 'hono/jsx';
import type { Locale } from '../kernel/refusal.ts';
import type { Clause } from '../template/clause.ts';
import { Badge } from '../web/components.tsx';
import { type ClauseChange, redline } from './redline.ts';
import { contractWords } from './words.ts';

const tones = { same: 'quiet', changed: 'warn', added: 'good', removed: 'bad' } as const;

export const Redline: FC<{
  before: readonly Clause[];
  after: readonly Clause[];
  href: string;
  locale: Locale;
}> = ({ before, after, href, locale }) => {
  const say = contractWords(locale);
  const changes = redline(before, after, locale === 'en' ? 'en' : 'zh');
  const differing = changes.filter(({ kind }) => kind !== 'same');
  return (
    <details class="as-text redline" open>
      <summary>{say('redline', { count: differing.length })}</summary>
      <p class="aside">
        {say('redlineMeans')} <a href={href}>{say('before')}</a>
      </p>
      {differing.map((change) => (
        <ChangedClause change={change} locale={locale} />
      ))}
    </details>
  );
};

const ChangedClause: FC<{ change: ClauseChange; locale: Locale }> = ({ change, locale }) => (
  <section>
    <h3>
      {change.title} <Badge tone={tones[change.kind]}>{contractWords(locale)(`clause-${change.kind}`)}</Badge>
    </h3>
    {change.paragraphs.map((paragraph) => (
      <p>
        {paragraph.map(({ kind, text }) =>
          kind === 'same' ? text : kind === 'added' ? <ins>{text}</ins> : <del>{text}</del>,
        )}
      </p>
    ))}
  </section>
);
