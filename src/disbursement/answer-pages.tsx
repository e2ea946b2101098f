/** The console's imports of banks' answers: choose a file, see what would change, then let it change. */
import type { FC } from 'hono/jsx';
import { consoleFrame } from '../employer/frame.ts';
import { memberNameOf } from '../employer/member.ts';
import { type Reader, readerOf, shownAt } from '../employer/reader.ts';
import { requireRole } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import type { ImportTable } from '../http/table-file.ts';
import { workerNameOf } from '../identity/name.ts';
import { moneyOf } from '../pay/reader.tsx';
import {
  ApiForm,
  Badge,
  Card,
  type Column,
  Empty,
  Notice,
  SelectField,
  Stats,
  Table,
  UploadForm,
} from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import {
  type AnswerImportView,
  answerFileOf,
  answerImportOf,
  answerImports,
  answerOf,
  linesUnder,
  type MatchedLine,
  matchAnswer,
  type Verdict,
} from './answer-import.ts';
import { StateBadge } from './payment-parts.tsx';
import { type AnswerMapping, answerColumns, answerLack, mappingFromQuery } from './table-answer.ts';
import { paymentWords } from './words.ts';

export const answerPages = router<CellEnv>();

answerPages.get('/payment-answers', (c) => {
  requireRole(c, 'owner', 'hr');
  const reader = readerOf(c);
  const { org, locale, db } = reader;
  const say = paymentWords(locale);
  const made = answerImports(db);
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={say('answers')}
      lead={say('answersLead')}
      frame={consoleFrame(c)}
      section="payRuns"
      scripts={['import']}
    >
      <Card>
        <UploadForm
          action={`/api/orgs/${org}/payment-answers`}
          next={`/orgs/${org}/payment-answers`}
          accept=".xml,.csv,.txt,.tsv,.xlsx,.ach"
          label={say('file')}
          submit={say('upload')}
        />
      </Card>
      {made.length > 0 ? (
        <Card title={say('answers')}>
          <Imports made={made} reader={reader} />
        </Card>
      ) : (
        <Empty title={say('noAnswers')}>{say('noAnswersMeans')}</Empty>
      )}
    </ConsolePage>,
  );
});

const Imports: FC<{ made: readonly AnswerImportView[]; reader: Reader }> = ({ made, reader }) => {
  const say = paymentWords(reader.locale);
  const columns: Column<AnswerImportView>[] = [
    {
      head: say('file'),
      cell: ({ id, name }) => <a href={`/orgs/${reader.org}/payment-answers/${id}`}>{name}</a>,
    },
    { head: say('format'), cell: ({ format }) => format },
    { head: say('lines'), cell: ({ lines }) => String(lines), numeric: true },
    { head: say('unknown'), cell: ({ unknown }) => String(unknown), numeric: true },
    { head: say('at'), cell: ({ at }) => shownAt(reader, at) },
    { head: say('who'), cell: ({ by }) => memberNameOf(reader.db, by) },
  ];
  return <Table caption={say('answers')} columns={columns} rows={made} />;
};

answerPages.get('/payment-answers/:id', async (c) => {
  requireRole(c, 'owner', 'hr');
  const reader = readerOf(c);
  const { org, locale, db } = reader;
  const say = paymentWords(locale);
  const id = c.req.param('id');
  const file = answerFileOf(db, id);
  const made = answerImportOf(db, id);
  const read = await answerOf(c.env.cell, id);
  const mapping =
    read.format === 'table'
      ? made?.mapping
        ? (JSON.parse(made.mapping) as AnswerMapping)
        : mappingFromQuery(c.req.query(), read.mapping)
      : undefined;
  const lacks = mapping !== undefined && answerLack(mapping) !== undefined;
  const matched = lacks ? [] : await matchAnswer(c.env.cell, linesUnder(db, read, mapping));
  const fresh = matched.filter(({ verdict }) => verdict === 'fresh').length;
  const importedBy = made && {
    at: shownAt(reader, made.at),
    name: memberNameOf(db, made.by),
  };
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={file.name || say('answers')}
      lead={read.format === 'table' ? `CSV / XLSX · ${read.table.rows.length}` : read.format}
      frame={consoleFrame(c)}
      section="payRuns"
    >
      {importedBy ? <Notice tone="good">{say('imported', importedBy)}</Notice> : null}
      {read.format === 'table' && mapping && !made ? (
        <Card title={say('columns')}>
          <MappingForm table={read.table} mapping={mapping} reader={reader} />
        </Card>
      ) : null}
      {lacks ? (
        <Empty title={say('check')}>{say('lacking')}</Empty>
      ) : (
        <Found matched={matched} reader={reader} />
      )}
      {fresh > 0 ? (
        <Card>
          <ApiForm action={`/api/orgs/${org}/payment-answers/${id}`} submit={say('commit', { count: fresh })}>
            {mapping
              ? answerColumns.map((column) => (
                  <input
                    type="hidden"
                    name={`mapping.${column}`}
                    data-kind="number"
                    value={String(mapping[column])}
                  />
                ))
              : null}
          </ApiForm>
        </Card>
      ) : null}
    </ConsolePage>,
  );
});

const MappingForm: FC<{ table: ImportTable; mapping: AnswerMapping; reader: Reader }> = ({
  table,
  mapping,
  reader,
}) => {
  const say = paymentWords(reader.locale);
  const options = [
    ['-1', say('none')] as const,
    ...table.heads.map((head, index) => {
      const example = table.rows[0]?.fields[index] ?? '';
      return [String(index), example ? `${head} (${example.slice(0, 24)})` : head] as const;
    }),
  ];
  return (
    <form method="get" class="mapping">
      {answerColumns.map((column) => (
        <SelectField
          name={column}
          label={say(`column-${column}`)}
          value={String(mapping[column])}
          options={options}
        />
      ))}
      <button type="submit" class="button button-plain">
        {say('again')}
      </button>
    </form>
  );
};

const verdictTones = {
  fresh: 'good',
  known: 'quiet',
  unknown: 'bad',
  ambiguous: 'bad',
  'amount-differs': 'bad',
  noted: 'info',
  unread: 'warn',
} as const satisfies Readonly<Record<Verdict, string>>;
const shownMax = 200;

const Found: FC<{ matched: readonly MatchedLine[]; reader: Reader }> = ({ matched, reader }) => {
  const { locale, db } = reader;
  const say = paymentWords(locale);
  const money = moneyOf(reader);
  const verdicts = (Object.keys(verdictTones) as Verdict[])
    .map((verdict) => ({ verdict, count: matched.filter((one) => one.verdict === verdict).length }))
    .filter(({ count }) => count > 0);
  // What needs a person's eye comes before what is as expected.
  const order: readonly Verdict[] = [
    'ambiguous',
    'amount-differs',
    'unknown',
    'unread',
    'noted',
    'fresh',
    'known',
  ];
  const rows = [...matched]
    .sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))
    .slice(0, shownMax);
  const columns: Column<MatchedLine>[] = [
    { head: say('line'), cell: ({ line }) => String(line.line), numeric: true },
    {
      head: say('worker'),
      cell: ({ payment, line }) =>
        payment ? workerNameOf(db, payment.workerId) : (line.holder ?? line.name ?? '—'),
    },
    {
      head: say('amount'),
      cell: ({ line, payment }) => {
        const amount = line.amountMinor ?? payment?.amountMinor;
        return amount === undefined ? '—' : money(amount);
      },
      numeric: true,
    },
    {
      head: say('said'),
      cell: ({ line }) => [line.code, line.reason].filter(Boolean).join(' · '),
    },
    {
      head: say('verdict'),
      cell: ({ verdict }) => <Badge tone={verdictTones[verdict]}>{say(verdict)}</Badge>,
    },
    {
      head: say('change'),
      cell: ({ before, after, verdict }) =>
        before && after && verdict === 'fresh' && before !== after ? (
          <span class="badges">
            <StateBadge state={before} locale={locale} /> → <StateBadge state={after} locale={locale} />
          </span>
        ) : null,
    },
  ];
  return (
    <>
      <Stats
        items={verdicts.map(({ verdict, count }) => ({
          label: say(verdict),
          value: String(count),
          ...(verdictTones[verdict] === 'bad' ? { tone: 'bad' as const } : {}),
        }))}
      />
      <Card>
        <Table caption={say('answers')} columns={columns} rows={rows} />
        {matched.length > shownMax ? <p class="aside">{say('more', { count: shownMax })}</p> : null}
      </Card>
    </>
  );
};
