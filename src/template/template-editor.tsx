/** The editor of an own template: the text, what is wrong with it beside it, and how it would read. The client module `template` keeps both up to date. */
import type { FC } from 'hono/jsx';
import type { Reader } from '../employer/reader.ts';
import { ApiForm, Card, Field, FixedField, Table } from '../web/components.tsx';
import { type Fact, facts, sourceText } from './fact.ts';
import { templateWords } from './template-words.ts';

export const Editor: FC<{
  reader: Reader;
  country: string;
  text: string;
  templateId: string;
  /** The version that is open; 0 for a new copy. */
  after: number;
  copiedFrom: string;
}> = ({ reader, country, text, templateId, after, copiedFrom }) => {
  const { locale, org, today, currency } = reader;
  const say = templateWords(locale);
  return (
    <div
      class="template-editor"
      data-template-editor
      data-country={country}
      data-day={today}
      data-currency={currency}
    >
      <Card>
        <ApiForm
          action={`/api/orgs/${org}/templates/${templateId}/versions/{id}`}
          next={`/orgs/${org}/templates/${templateId}`}
          submit={say('save', { number: after + 1 })}
        >
          <FixedField name="after" value={after} />
          {copiedFrom ? <Field name="copiedFrom" label="" kind="hidden" value={copiedFrom} /> : null}
          <div class="field">
            <label>
              <span class="field-label">{say('text')}</span>
              <textarea class="form-control template-text" name="text" rows={28} spellcheck={false} required>
                {text}
              </textarea>
            </label>
            <span class="field-hint">{say('textHint', { open: '{{', close: '}}' })}</span>
            <span class="field-problem" data-problem="text" />
          </div>
        </ApiForm>
        <details>
          <summary>{say('fieldsKnown')}</summary>
          <p>{say('fieldsKnownMeans')}</p>
          <Table
            caption={say('fieldsKnown')}
            columns={[
              { head: say('field'), cell: ({ name }: Fact) => <code>{`{{${name}}}`}</code> },
              { head: say('meaning'), cell: ({ label }) => (locale === 'zh-CN' ? label.zh : label.en) },
              {
                head: say('from'),
                cell: ({ source }) => (locale === 'zh-CN' ? sourceText(source).zh : sourceText(source).en),
              },
            ]}
            rows={[...facts.values()]}
          />
        </details>
      </Card>
      <div class="template-aside">
        <Card title={say('problems')}>
          <div data-template-problems role="status" />
        </Card>
        <Card
          title={say('preview')}
          actions={<select class="form-select" data-template-relationship aria-label={say('previewFor')} />}
        >
          <p>{say('previewMeans')}</p>
          <section class="template-preview" data-template-preview tabindex={0} aria-label={say('preview')} />
        </Card>
      </div>
    </div>
  );
};

export const RetireForm: FC<{ id: string; reader: Reader }> = ({ id, reader: { org, locale } }) => {
  const say = templateWords(locale);
  return (
    <ApiForm
      action={`/api/orgs/${org}/templates/${id}/retirement`}
      next={`/orgs/${org}/templates`}
      submit={say('retire')}
      confirm={say('retireAsk')}
      tone="plain"
    />
  );
};
