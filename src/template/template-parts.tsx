/** A template as it would read, and what the law asks of it. */
import type { FC } from 'hono/jsx';
import type { Locale, Spoken } from '../kernel/refusal.ts';
import type { CivilDate } from '../kernel/time.ts';
import { Card, Table } from '../web/components.tsx';
import { exampleFacts, exampleValues } from './example.ts';
import { lawsFor } from './law.ts';
import { resolveDraft } from './resolve.ts';
import type { Template } from './template.ts';
import { templateWords } from './template-words.ts';

/** With made-up names and answers, both languages side by side. */
export const TemplateText: FC<{ template: Template; country: string; day: CivilDate }> = ({
  template,
  country,
  day,
}) => {
  const relationship = template.relationships[0] ?? 'service';
  const facts = exampleFacts(relationship);
  const { clauses } = resolveDraft(template, {
    facts,
    values: exampleValues(template, facts),
    currency: 'CNY',
    laws: lawsFor(template, relationship, country, day),
  });
  return (
    <ol class="clauses">
      {clauses.map(({ title, zh, en, table }) => (
        <li>
          <h3>
            <span lang="zh-CN">{title.zh}</span> <span lang="en">{title.en}</span>
          </h3>
          {zh.map((text, index) => (
            <div class="pair">
              <p lang="zh-CN">{text}</p>
              <p lang="en">{en[index]}</p>
            </div>
          ))}
          {table ? (
            <div class="pair">
              <ClauseTable rows={table.zh} lang="zh-CN" />
              <ClauseTable rows={table.en} lang="en" />
            </div>
          ) : null}
        </li>
      ))}
    </ol>
  );
};

/** A clause's table in one language; the first row is its head. */
export const ClauseTable: FC<{ rows: readonly (readonly string[])[]; lang: string }> = ({
  rows: [head = [], ...rows],
  lang,
}) => (
  <table class="clause-table" lang={lang}>
    <thead>
      <tr>
        {head.map((cell) => (
          <th scope="col">{cell}</th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <tr>
          {row.map((cell) => (
            <td>{cell}</td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);

interface Demand {
  readonly article: Spoken;
  readonly name: Spoken;
  readonly id: string;
}

/** Terms by the clause that says them, and limits, each with its article. */
export const LawCard: FC<{ template: Template; country: string; day: CivilDate; locale: Locale }> = ({
  template,
  country,
  day,
  locale,
}) => {
  const say = templateWords(locale);
  const hear = (text: Spoken) => (locale === 'zh-CN' ? text.zh : text.en);
  const laws = [...new Set(template.relationships.flatMap((one) => lawsFor(template, one, country, day)))];
  if (laws.length === 0) return null;
  const clauseOf = (id: string) =>
    template.clauses
      .filter(({ law }) => law.includes(id))
      .map(({ title }) => hear(title))
      .join(' · ');
  const article = { head: say('article'), cell: (row: Demand) => hear(row.article) };
  const limits = laws.flatMap((law) => law.limits as readonly Demand[]);
  return (
    <Card title={say('lawAsks')} id="law">
      <p>{laws.map(({ source }) => hear(source)).join(locale === 'zh-CN' ? '；' : '; ')}</p>
      <Table
        caption={say('terms')}
        columns={[
          { head: say('terms'), cell: (row: Demand) => hear(row.name) },
          article,
          { head: 'law:', cell: ({ id }) => <code>{id}</code> },
          { head: say('term'), cell: ({ id }) => clauseOf(id) || '—' },
        ]}
        rows={laws.flatMap(({ terms }) => terms)}
      />
      {limits.length > 0 ? (
        <Table
          caption={say('limits')}
          columns={[{ head: say('limits'), cell: (row: Demand) => hear(row.name) }, article]}
          rows={limits}
        />
      ) : null}
    </Card>
  );
};
