/** The console's pages of offers from a table: the table to fill in, a look before anything happens, and the progress. */
import type { FC } from 'hono/jsx';
import { consoleFrame } from '../employer/frame.ts';
import { type Reader, readerOf, shownAt } from '../employer/reader.ts';
import { requireRole } from '../employer/standing.ts';
import type { CellContext, CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { type Locale, refuse } from '../kernel/refusal.ts';
import { ownTemplates } from '../template/own-template.ts';
import { shipped } from '../template/shipped.ts';
import type { Template } from '../template/template.ts';
import { ApiForm, Badge, Card, Empty, Field, Stats, Table, UploadForm } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import {
  type BulkLook,
  type BulkOffer,
  bulkFileOf,
  bulkOf,
  bulkProgress,
  bulkReader,
  bulksOf,
  bulkTable,
  type CoverOf,
  formRows,
  lookAtBulk,
} from './bulk-offer.ts';
import { asksInTable, type RowFault } from './bulk-table.ts';
import { bulkWords } from './bulk-words.ts';

const faultsShownMax = 200;

export function bulkPages(cover: CoverOf) {
  const pages = router<CellEnv>();

  pages.get('/contracts/bulk', (c) => {
    requireRole(c, 'owner', 'hr');
    const reader = readerOf(c);
    const { db, locale } = reader;
    const say = bulkWords(locale);
    const templates = bulkTemplates(reader);
    const chosen = templates.find(({ id }) => id === c.req.query('template')) ?? templates[0];
    return page(
      c,
      <ConsolePage
        locale={locale}
        title={say('title')}
        lead={say('lead')}
        frame={consoleFrame(c)}
        section="contracts"
        scripts={['import']}
      >
        <Card title={say('one')}>
          <nav class="pills" aria-label={say('one')}>
            {templates.map((one) => (
              <a href={`?template=${one.id}`} {...(one.id === chosen?.id ? { 'aria-current': 'page' } : {})}>
                {titleOf(one, locale)}
              </a>
            ))}
          </nav>
        </Card>
        {chosen ? <FillIn template={chosen} cell={c.env.cell} reader={reader} /> : null}
        <Earlier bulks={bulksOf(db)} reader={reader} />
      </ConsolePage>,
    );
  });

  pages.get('/contracts/bulk/:id', async (c) => {
    requireRole(c, 'owner', 'hr');
    const reader = readerOf(c);
    const { db, locale } = reader;
    const say = bulkWords(locale);
    const id = c.req.param('id');
    const bulk = bulkOf(db, id);
    const file = bulkFileOf(db, id) ?? refuse('not-found');
    const table = await bulkTable(c.env.cell, id);
    const look = bulk
      ? undefined
      : await lookAtBulk(c.env.cell, bulkReader(db, file, table), table, cover, c.var.at);
    return page(
      c,
      <ConsolePage
        locale={locale}
        title={file.name || say('title')}
        frame={consoleFrame(c)}
        section="contracts"
        scripts={['live']}
      >
        {bulk ? <Made bulk={bulk} reader={reader} /> : null}
        {look ? <Look look={look} id={id} reader={reader} /> : null}
      </ConsolePage>,
    );
  });
  return pages;
}

const titleOf = ({ title }: Template, locale: Locale) => (locale === 'en' ? title.en : title.zh);

/** The employer's own first. */
function bulkTemplates({ db }: Reader): Template[] {
  const own = ownTemplates(db)
    .filter(({ isRetired }) => !isRetired)
    .map(({ template }) => template);
  return [...own, ...shipped.map(({ template }) => template)].filter(
    (template) => template.kind === 'contract' && asksInTable(template),
  );
}

const FillIn: FC<{ template: Template; cell: CellContext; reader: Reader }> = ({
  template,
  cell,
  reader,
}) => {
  const { org, locale, at } = reader;
  const say = bulkWords(locale);
  const count = formRows(cell, template, at).length;
  return (
    <>
      <Card title={say('two')}>
        <p>{count > 0 ? say('twoMeans', { count }) : say('nobody')}</p>
        {count > 0 ? (
          <p>
            <a class="button button-plain" href={`/api/orgs/${org}/bulk-offers/form/${template.id}`}>
              {say('download')}
            </a>
          </p>
        ) : null}
      </Card>
      <Card title={say('three')}>
        <UploadForm
          action={`/api/orgs/${org}/bulk-offers`}
          next={`/orgs/${org}/contracts/bulk`}
          query={`&template=${encodeURIComponent(template.id)}`}
          accept=".csv,.txt,.tsv,text/csv,text/plain"
          label={say('file')}
          submit={say('upload')}
        />
      </Card>
    </>
  );
};

const Earlier: FC<{ bulks: ReturnType<typeof bulksOf>; reader: Reader }> = ({ bulks, reader }) => {
  const { org, locale } = reader;
  const say = bulkWords(locale);
  if (bulks.length === 0) return <Empty title={say('none')}>{say('noneMeans')}</Empty>;
  return (
    <Card title={say('earlier')}>
      <Table
        caption={say('earlier')}
        rows={bulks}
        columns={[
          {
            head: say('name'),
            cell: ({ id, name }) => <a href={`/orgs/${org}/contracts/bulk/${id}`}>{name || id}</a>,
          },
          { head: say('at'), cell: ({ at }) => shownAt(reader, at) },
          { head: say('rows'), cell: ({ rows }) => String(rows), numeric: true },
          { head: say('offered'), cell: ({ progress }) => String(progress.offered), numeric: true },
          { head: say('refused'), cell: ({ progress }) => String(progress.faults.length), numeric: true },
          {
            head: say('state'),
            cell: ({ rows, progress }) =>
              progress.upTo >= rows ? (
                <Badge tone="good">{say('done')}</Badge>
              ) : (
                <Badge tone="info">{say('progress', { upTo: progress.upTo, rows })}</Badge>
              ),
          },
        ]}
      />
    </Card>
  );
};

const Look: FC<{ look: BulkLook; id: string; reader: Reader }> = ({ look, id, reader }) => {
  const { org, locale } = reader;
  const say = bulkWords(locale);
  const comma = locale === 'en' ? ', ' : '、';
  const more = look.fresh > look.names.length ? ` ${say('others')}` : '';
  return (
    <>
      <Card title={say('look')}>
        <Stats
          items={[
            { label: say('fresh'), value: String(look.fresh), tone: 'good' },
            { label: say('known'), value: String(look.known) },
            {
              label: say('refused'),
              value: String(look.faults.length),
              ...(look.faults.length > 0 ? { tone: 'bad' as const } : {}),
            },
          ]}
        />
        {look.names.length > 0 ? (
          <p>
            {say('forWhom')} {look.names.join(comma)}
            {more}
          </p>
        ) : null}
      </Card>
      <Faults faults={look.faults} locale={locale} />
      {look.fresh > 0 ? (
        <Card title={say('go', { count: look.fresh })}>
          <ApiForm
            action={`/api/orgs/${org}/bulk-offers/${id}`}
            next={`/orgs/${org}/contracts/bulk/${id}`}
            submit={say('go', { count: look.fresh })}
          >
            <Field name="signBy" label={say('signBy')} hint={say('signByHint')} kind="instant" />
          </ApiForm>
        </Card>
      ) : null}
    </>
  );
};

const Faults: FC<{ faults: readonly RowFault[]; locale: Locale }> = ({ faults, locale }) => {
  const say = bulkWords(locale);
  if (faults.length === 0) return null;
  return (
    <Card title={say('faults')}>
      <p>{say('faultsMean')}</p>
      {faults.length > faultsShownMax ? <p>{say('faultsMore', { count: faultsShownMax })}</p> : null}
      <Table
        caption={say('faults')}
        rows={faults.slice(0, faultsShownMax)}
        columns={[
          { head: say('row'), cell: ({ row }) => String(row), numeric: true },
          { head: say('column'), cell: ({ column }) => column ?? '' },
          { head: say('why'), cell: ({ text }) => (locale === 'en' ? text.en : text.zh) },
        ]}
      />
    </Card>
  );
};

/** While rows are offered, the page asks every other second. */
const Made: FC<{ bulk: BulkOffer; reader: Reader }> = ({ bulk, reader }) => {
  const { db, locale } = reader;
  const say = bulkWords(locale);
  const { upTo, offered, faults } = bulkProgress(db, bulk.id);
  return (
    <>
      {upTo < bulk.rows ? (
        <>
          <p class="as-of" role="status" data-live="2" data-stale={say('stale')}>
            {say('running')} {say('progress', { upTo, rows: bulk.rows })}
          </p>
          <progress class="progress" value={upTo} max={bulk.rows} aria-label={say('running')} />
        </>
      ) : null}
      <Stats
        items={[
          { label: say('offered'), value: String(offered), tone: 'good' },
          {
            label: say('refused'),
            value: String(faults.length),
            ...(faults.length > 0 ? { tone: 'bad' as const } : {}),
          },
          { label: say('rows'), value: String(bulk.rows) },
        ]}
      />
      <Faults faults={faults} locale={locale} />
    </>
  );
};
