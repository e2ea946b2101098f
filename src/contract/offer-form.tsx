/** The form that offers a contract: a template that fits the relationship, then its questions. */
import type { FC } from 'hono/jsx';
import { employerOf } from '../employer/employer.ts';
import type { Engagement } from '../engagement/engagement.ts';
import type { CellContext } from '../http/env.ts';
import type { Locale } from '../kernel/refusal.ts';
import { AskedFields } from '../template/asked-fields.tsx';
import { templatesFor } from '../template/shelf.ts';
import { ApiForm, Field, Notice } from '../web/components.tsx';
import { listWords } from './list-words.ts';
import { offerDefaults } from './offer-defaults.ts';

export const OfferForm: FC<{
  engagement: Engagement;
  cell: CellContext;
  locale: Locale;
  /** Of the templates that fit; without it the first. */
  chosen?: string | undefined;
}> = ({ engagement, cell, locale, chosen }) => {
  const { db } = cell.store;
  const say = listWords(locale);
  const fitting = templatesFor(db, engagement.relationship, 'contract');
  const template = fitting.find(({ id }) => id === chosen) ?? fitting[0];
  if (!template) return <Notice>{say('noTemplate')}</Notice>;
  const { currency } = employerOf(db);
  const name = (one: typeof template) => (locale === 'zh-CN' ? one.title.zh : one.title.en);
  return (
    <section id="offer" class="form-part">
      <h3>{say('offer')}</h3>
      <p>{say('offerMeans')}</p>
      {fitting.length > 1 ? (
        <nav class="pills" aria-label={say('chooseTemplate')}>
          {fitting.map((one) => (
            <a
              href={`?template=${one.id}#offer`}
              {...(one.id === template.id ? { 'aria-current': 'page' } : {})}
            >
              {`${name(one)} · ${one.version}`}
            </a>
          ))}
        </nav>
      ) : (
        <p>
          <strong>{name(template)}</strong>
        </p>
      )}
      <ApiForm
        action={`/api/orgs/${cell.org}/contracts/{id}`}
        next={`/orgs/${cell.org}/contracts/{id}`}
        submit={say('offer')}
      >
        <Field name="engagementId" label="" kind="hidden" value={engagement.id} />
        <Field name="template" label="" kind="hidden" value={template.id} />
        <AskedFields
          template={template}
          values={offerDefaults(cell, engagement, template)}
          known={{ relationship: engagement.relationship }}
          currency={currency}
          locale={locale}
        />
      </ApiForm>
    </section>
  );
};
