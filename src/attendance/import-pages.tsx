/** The console's imports: choose a table, say which column is which, see what would happen, then let it happen. */
import type { FC } from 'hono/jsx';
import { consoleFrame } from '../employer/frame.ts';
import { type Reader, readerOf, shownAt } from '../employer/reader.ts';
import { sitesOf } from '../employer/site.ts';
import { type MemberStanding, requireRole } from '../employer/standing.ts';
import type { CellEnv, CellRequest } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { formatInstant } from '../kernel/time.ts';
import { timesheetWords } from '../timesheet/timesheet-words.ts';
import { Badge, Card, type Column, Empty, Stats, Table, UploadForm } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { AttendanceNav } from './attendance-nav.tsx';
import {
  type DryRun,
  dryRun,
  type ImportView,
  importOf,
  importsOf,
  importTable,
  problemsShownMax,
} from './import.ts';
import { Commit, MappingForm } from './import-form.tsx';
import { guessMapping, lackOf, mappingFrom } from './import-mapping.ts';
import { Problems } from './import-problems.tsx';
import { Made } from './import-result.tsx';
import type { RowPunch } from './import-row.ts';
import { importWords, rowFlagWords } from './import-words.ts';

export const importPages = router<CellEnv>();

interface ImportReader extends Reader {
  readonly standing: MemberStanding;
}
const importReader = (c: CellRequest): ImportReader => ({
  standing: requireRole(c, 'owner', 'hr'),
  ...readerOf(c),
});

importPages.get('/imports', (c) => {
  const reader = importReader(c);
  const { org, locale, db, standing } = reader;
  const say = importWords(locale);
  const made = importsOf(db);
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={say('imports')}
      lead={say('importsLead')}
      frame={consoleFrame(c)}
      section="attendance"
      scripts={['import']}
    >
      <AttendanceNav org={org} standing={standing} locale={locale} here="imports" />
      <Card title={say('newImport')}>
        <UploadForm
          action={`/api/orgs/${org}/punch-imports`}
          next={`/orgs/${org}/imports`}
          accept=".csv,.txt,.tsv,text/csv,text/plain"
          label={say('file')}
          submit={say('upload')}
        />
      </Card>
      {made.length > 0 ? (
        <Card title={say('done')}>
          <Imports made={made} reader={reader} />
        </Card>
      ) : (
        <Empty title={say('noImports')}>{say('noImportsMeans')}</Empty>
      )}
    </ConsolePage>,
  );
});

const Imports: FC<{ made: readonly ImportView[]; reader: ImportReader }> = ({ made, reader }) => {
  const say = importWords(reader.locale);
  const columns: Column<ImportView>[] = [
    {
      head: say('note'),
      cell: ({ made: { id, note }, name }) => (
        <>
          <a href={`/orgs/${reader.org}/imports/${id}`}>{note}</a> <small>{name}</small>
        </>
      ),
    },
    { head: say('at'), cell: (view) => shownAt(reader, view.made.at) },
    { head: say('rows'), cell: (view) => String(view.made.rows), numeric: true },
    { head: say('fresh'), cell: ({ progress }) => String(progress.recorded), numeric: true },
    { head: say('known'), cell: ({ progress }) => String(progress.skipped), numeric: true },
    { head: say('refusedRows'), cell: ({ progress }) => String(progress.refused), numeric: true },
    { head: say('state'), cell: (view) => <ImportState view={view} reader={reader} /> },
  ];
  return <Table caption={say('imports')} columns={columns} rows={made} />;
};

const ImportState: FC<{ view: ImportView; reader: ImportReader }> = ({ view, reader }) => {
  const say = importWords(reader.locale);
  if (view.undo) return <Badge tone="warn">{say('undone')}</Badge>;
  if (view.progress.done) return <Badge tone="good">{say('done')}</Badge>;
  return <Badge tone="info">{say('progress', { upTo: view.progress.upTo, rows: view.made.rows })}</Badge>;
};

importPages.get('/imports/:id', async (c) => {
  const reader = importReader(c);
  const { org, locale, db, standing } = reader;
  const id = c.req.param('id');
  const say = importWords(locale);
  const made = importOf(db, id);
  const table = await importTable(c.env.cell, id);
  const mapping = mappingFrom(c.req.query(), guessMapping(table));
  const found =
    made || lackOf(mapping)
      ? undefined
      : await dryRun(c.env.cell, table, mapping, standing.personId, c.var.at);
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={made ? made.note : say('newImport')}
      lead={say('encoding', { rows: table.rows.length, encoding: table.encoding })}
      frame={consoleFrame(c)}
      section="attendance"
      scripts={['live']}
    >
      <AttendanceNav org={org} standing={standing} locale={locale} here="imports" />
      {made ? (
        <Made reader={reader} id={id} heads={table.heads} />
      ) : (
        <>
          <Card title={say('chooseColumns')}>
            <MappingForm mapping={mapping} table={table} sites={sitesOf(db)} locale={locale} />
          </Card>
          {found ? (
            <Found found={found} heads={table.heads} reader={reader} />
          ) : (
            <Empty title={say('check')}>{say('lacking')}</Empty>
          )}
          {found && found.fresh > 0 ? (
            <Commit org={org} id={id} mapping={mapping} count={found.fresh} locale={locale} />
          ) : null}
        </>
      )}
    </ConsolePage>,
  );
});

const Found: FC<{ found: DryRun; heads: readonly string[]; reader: ImportReader }> = ({
  found,
  heads,
  reader,
}) => {
  const say = importWords(reader.locale);
  return (
    <>
      <Stats
        items={[
          { label: say('fresh'), value: String(found.fresh), tone: 'good' },
          { label: say('known'), value: String(found.known) },
          {
            label: say('flagged'),
            value: String(found.flagged),
            ...(found.flagged > 0 ? { tone: 'warn' as const } : {}),
          },
          {
            label: say('refusedRows'),
            value: String(found.refusedRows),
            ...(found.refusedRows > 0 ? { tone: 'bad' as const } : {}),
          },
        ]}
      />
      {found.flagged > 0 ? <p class="aside">{say('flaggedMeans')}</p> : null}
      {found.problems.length > 0 ? (
        <Card title={say('problems')}>
          <p>{say('problemsMeans')}</p>
          {found.problems.length >= problemsShownMax ? (
            <p class="aside">{say('problemsMore', { count: problemsShownMax })}</p>
          ) : null}
          <Problems problems={found.problems} heads={heads} locale={reader.locale} />
        </Card>
      ) : null}
      {found.preview.length > 0 ? (
        <Card title={say('preview')}>
          <Preview rows={found.preview} reader={reader} />
        </Card>
      ) : null}
    </>
  );
};

const Preview: FC<{ rows: readonly RowPunch[]; reader: ImportReader }> = ({ rows, reader: { locale } }) => {
  const say = importWords(locale);
  const sayFlag = rowFlagWords(locale);
  const words = timesheetWords(locale);
  const columns: Column<RowPunch>[] = [
    { head: say('row'), cell: ({ row }) => String(row), numeric: true },
    { head: words('worker'), cell: ({ engagement }) => engagement.workerName },
    { head: words('kind'), cell: ({ kind }) => words(kind) },
    {
      head: words('at'),
      cell: ({ at, site }) => formatInstant(at, site.zone, locale, 'yyyy-MM-dd ccc HH:mm:ss'),
    },
    { head: words('site'), cell: ({ site }) => site.name },
    {
      head: '',
      cell: ({ known, flags }) => (
        <span class="badges">
          {known ? <Badge tone="quiet">{say('known')}</Badge> : null}
          {flags.map((flag) => (
            <Badge tone="warn">{sayFlag(flag)}</Badge>
          ))}
        </span>
      ),
    },
  ];
  return <Table caption={say('preview')} columns={columns} rows={rows} />;
};
