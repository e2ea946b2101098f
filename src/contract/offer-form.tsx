/** The form that offers a contract: a template that fits the relationship, then its questions. */
import type { FC, PropsWithChildren } from 'hono/jsx';
import { employerOf } from '../employer/employer.ts';
import type { Engagement } from '../engagement/engagement.ts';
import type { CellContext } from '../http/env.ts';
import type { Locale } from '../kernel/refusal.ts';
import { AskedFields } from '../template/asked-fields.tsx';
import { templatesFor } from '../template/shelf.ts';
import type { Template, TemplateKind } from '../template/template.ts';
import { ApiForm, Field, Notice } from '../web/components.tsx';
import { listWords } from './list-words.ts';
import { offerDefaults } from './offer-defaults.ts';

interface Offering {
  readonly engagement: Engagement;
  readonly cell: CellContext;
  readonly locale: Locale;
}

export const OfferForm: FC<Offering & { chosen?: string | undefined }> = ({ chosen, ...offering }) => {
  const say = listWords(offering.locale);
  return (
    <section id="offer" class="form-part">
      <h3>{say('offer')}</h3>
      <p>{say('offerMeans')}</p>
      <TemplateForm
        {...offering}
        kind="contract"
        chosen={chosen}
        choose={(id) => `?template=${id}#offer`}
        submit={say('offer')}
      />
    </section>
  );
};

/** A template of this kind that fits, and its questions. `children`: what else is asked of the offer. */
export const TemplateForm: FC<
  PropsWithChildren<
    Offering & {
      kind: TemplateKind;
      /** Of the templates that fit; without it the first. */
      chosen?: string | undefined;
      choose: (templateId: string) => string;
      submit: string;
    }
  >
> = ({ engagement, cell, locale, kind, chosen, choose, submit, children }) => {
  const { db } = cell.store;
  const say = listWords(locale);
  const fitting = templatesFor(db, engagement.relationship, kind);
  const template = fitting.find(({ id }) => id === chosen) ?? fitting[0];
  if (!template) return <Notice>{say('noTemplate')}</Notice>;
  const name = ({ title }: Template) => (locale === 'zh-CN' ? title.zh : title.en);
  return (
    <>
      {fitting.length > 1 ? (
        <nav class="pills" aria-label={say('chooseTemplate')}>
          {fitting.map((one) => (
            <a href={choose(one.id)} {...(one.id === template.id ? { 'aria-current': 'page' } : {})}>
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
        submit={submit}
      >
        <Field name="engagementId" label="" kind="hidden" value={engagement.id} />
        <Field name="template" label="" kind="hidden" value={template.id} />
        {children}
        <AskedFields
          template={template}
          values={offerDefaults(cell, engagement, template)}
          known={{ relationship: engagement.relationship }}
          currency={employerOf(db).currency}
          locale={locale}
        />
      </ApiForm>
    </>
  );
};
