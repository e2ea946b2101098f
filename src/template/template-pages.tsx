/** The console's shelf of contract templates: the employer's own, those that ship, each to read, and an own one to edit. */
import type { FC, PropsWithChildren } from 'hono/jsx';
import { employerOf } from '../employer/employer.ts';
import { consoleFrame } from '../employer/frame.ts';
import { actorNames } from '../employer/member.ts';
import { type Reader, readerOf, shownAt } from '../employer/reader.ts';
import { requireRole } from '../employer/standing.ts';
import type { CellEnv, CellRequest } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { newId } from '../kernel/id.ts';
import { type Locale, refuse, type Spoken } from '../kernel/refusal.ts';
import { Badge, Card, Notice, Table } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import {
  type OwnTemplate,
  ownTemplate,
  ownTemplates,
  type TemplateVersion,
  versionOf,
  versionsOf,
} from './own-template.ts';
import { shipped } from './shipped.ts';
import type { Template } from './template.ts';
import { Editor, RetireForm } from './template-editor.tsx';
import { LawCard, TemplateText } from './template-parts.tsx';
import { templateWords } from './template-words.ts';

export const templatePages = router<CellEnv>();

const hear = (text: Spoken, locale: Locale) => (locale === 'zh-CN' ? text.zh : text.en);

const countryOf = (c: CellRequest) => employerOf(c.env.cell.store.db).country;

function hrReader(c: CellRequest): Reader {
  requireRole(c, 'owner', 'hr');
  return readerOf(c);
}

templatePages.get('/templates', (c) => {
  const reader = hrReader(c);
  const { db, locale, org } = reader;
  const say = templateWords(locale);
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={say('title')}
      lead={say('lead')}
      frame={consoleFrame(c)}
      section="contracts"
    >
      <Own rows={ownTemplates(db)} reader={reader} />
      <Card title={say('shipped')}>
        <p>{say('shippedMeans')}</p>
        <Table
          caption={say('shipped')}
          columns={[
            {
              head: say('name'),
              cell: (row: Template) => (
                <a href={`/orgs/${org}/templates/${row.id}`}>{hear(row.title, locale)}</a>
              ),
            },
            { head: say('kind'), cell: ({ kind }) => say(`kind-${kind}`) },
            { head: say('fits'), cell: (row) => fitsText(row, locale) },
            { head: say('version'), cell: ({ version }) => version },
            { head: '', cell: ({ id }) => <a href={`/orgs/${org}/templates/${id}/copy`}>{say('copy')}</a> },
          ]}
          rows={shipped.map(({ template }) => template)}
        />
      </Card>
    </ConsolePage>,
  );
});

function fitsText({ relationships }: Template, locale: Locale): string {
  const say = templateWords(locale);
  if (relationships.length === 6) return say('fit-any');
  return relationships.map((one) => say(`fit-${one}`)).join(locale === 'zh-CN' ? '、' : ', ');
}

const Own: FC<{ rows: readonly OwnTemplate[]; reader: Reader }> = ({ rows, reader }) => {
  const { db, locale, org } = reader;
  const say = templateWords(locale);
  const nameOf = actorNames(db);
  return (
    <Card title={say('own')}>
      {rows.length === 0 ? (
        <p>{say('ownNone')}</p>
      ) : (
        <Table
          caption={say('own')}
          columns={[
            {
              head: say('name'),
              cell: ({ template, isRetired }: OwnTemplate) => (
                <>
                  <a href={`/orgs/${org}/templates/${template.id}`}>{hear(template.title, locale)}</a>{' '}
                  {isRetired ? <Badge>{say('retired')}</Badge> : null}
                </>
              ),
            },
            { head: say('kind'), cell: ({ template }) => say(`kind-${template.kind}`) },
            { head: say('fits'), cell: ({ template }) => fitsText(template, locale) },
            { head: say('version'), cell: ({ version }) => String(version.number), numeric: true },
            { head: say('savedAt'), cell: ({ version }) => shownAt(reader, version.at) },
            { head: say('savedBy'), cell: ({ version }) => nameOf(version.by) ?? '—' },
          ]}
          rows={rows}
        />
      )}
    </Card>
  );
};

templatePages.get('/templates/:id/copy', (c) => {
  const reader = hrReader(c);
  const { locale } = reader;
  const source = shipped.find(({ template }) => template.id === c.req.param('id')) ?? refuse('not-found');
  const say = templateWords(locale);
  return page(
    c,
    <EditorPage c={c} reader={reader} title={say('copyTitle', { name: hear(source.template.title, locale) })}>
      <Editor
        reader={reader}
        country={countryOf(c)}
        // An own copy is named and numbered by where it is kept.
        text={source.text.replace(/^(id|version): .*\n/gm, '')}
        templateId={newId()}
        after={0}
        copiedFrom={source.template.id}
      />
      <LawCard template={source.template} country={countryOf(c)} day={reader.today} locale={locale} />
    </EditorPage>,
  );
});

templatePages.get('/templates/:id', (c) => {
  const reader = hrReader(c);
  const { db, locale, org, today } = reader;
  const say = templateWords(locale);
  const id = c.req.param('id');
  const number = Number(c.req.query('version'));
  const own = number ? (versionOf(db, id, number) ?? refuse('not-found')) : ownTemplate(db, id);
  const country = countryOf(c);
  if (own && !own.isRetired && !number)
    return page(
      c,
      <EditorPage c={c} reader={reader} title={hear(own.template.title, locale)}>
        <Editor
          reader={reader}
          country={country}
          text={own.version.body}
          templateId={id}
          after={own.version.number}
          copiedFrom=""
        />
        <Versions own={own} reader={reader} />
        <LawCard template={own.template} country={country} day={today} locale={locale} />
      </EditorPage>,
    );
  const template =
    own?.template ?? shipped.find((one) => one.template.id === id)?.template ?? refuse('not-found');
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={hear(template.title, locale)}
      lead={`${say('version')} ${template.version} · ${fitsText(template, locale)}`}
      frame={consoleFrame(c)}
      section="contracts"
      styles={['template']}
      actions={
        own ? null : (
          <a class="button button-primary" href={`/orgs/${org}/templates/${id}/copy`}>
            {say('copy')}
          </a>
        )
      }
    >
      {own?.isRetired ? <Notice tone="warn">{say('retiredMeans')}</Notice> : null}
      <Card title={say('preview')}>
        <p>{say('previewMeans')}</p>
        <TemplateText template={template} country={country} day={today} />
      </Card>
      <LawCard template={template} country={country} day={today} locale={locale} />
    </ConsolePage>,
  );
});

const EditorPage: FC<PropsWithChildren<{ c: CellRequest; reader: Reader; title: string }>> = ({
  c,
  reader: { locale },
  title,
  children,
}) => (
  <ConsolePage
    locale={locale}
    title={title}
    frame={consoleFrame(c)}
    section="contracts"
    scripts={['template']}
    styles={['template']}
  >
    {children}
  </ConsolePage>
);

const Versions: FC<{ own: OwnTemplate; reader: Reader }> = ({ own, reader }) => {
  const { db, locale, org } = reader;
  const say = templateWords(locale);
  const nameOf = actorNames(db);
  const { id } = own.template;
  return (
    <Card title={say('versions')}>
      <p>{`${say('copiedFrom')}: ${own.version.copiedFrom}`}</p>
      <Table
        caption={say('versions')}
        columns={[
          {
            head: say('version'),
            cell: ({ number }: TemplateVersion) => (
              <a href={`/orgs/${org}/templates/${id}?version=${number}`}>{number}</a>
            ),
          },
          { head: say('savedAt'), cell: ({ at }) => shownAt(reader, at) },
          { head: say('savedBy'), cell: ({ by }) => nameOf(by) ?? '—' },
        ]}
        rows={versionsOf(db, id)}
      />
      <RetireForm id={id} reader={reader} />
    </Card>
  );
};
