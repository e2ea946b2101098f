/** The console's pages of formats: all of them, the editor of one, accounts to pay from, numbers in other systems. */
import type { FC } from 'hono/jsx';
import { employerOf } from '../employer/employer.ts';
import { consoleFrame } from '../employer/frame.ts';
import { actorNames } from '../employer/member.ts';
import { type Reader, readerOf, shownAt } from '../employer/reader.ts';
import { hasRole, requireRole } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { workerNameOf } from '../identity/name.ts';
import { refuse } from '../kernel/refusal.ts';
import { ApiForm, Badge, Card, Empty, Field, SelectField, Table } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { wordingOf } from './file-parts.tsx';
import { previewOf } from './file-preview.ts';
import { fileWords } from './file-words.ts';
import type { Mapping } from './files/mapping.ts';
import { presets } from './files/presets.ts';
import { MappingForm, PreviewTable } from './mapping-form.tsx';
import { currentNumbers, workersToNumber } from './outside-number.ts';
import { type KnownMapping, mappingOf, mappingsOf, mappingVersions } from './pay-file-formats.ts';
import { PayerCards } from './payer-parts.tsx';
import { apiOf } from './reader.tsx';

export const formatPages = router<CellEnv>();

formatPages.get('/pay-file-formats', (c) => {
  const standing = requireRole(c, 'owner', 'hr');
  const reader = readerOf(c);
  const say = fileWords(reader.locale);
  return page(
    c,
    <ConsolePage
      locale={reader.locale}
      title={say('formats')}
      lead={say('formatsLead')}
      frame={consoleFrame(c)}
      section="payRuns"
      actions={
        <a class="button button-primary" href={`/orgs/${reader.org}/pay-file-formats/new`}>
          {say('newFormat')}
        </a>
      }
    >
      <Card>
        <Formats mappings={mappingsOf(reader.db)} reader={reader} />
      </Card>
      <PayerCards isOwner={hasRole(standing, 'owner')} reader={reader} />
      <Card title={say('numbers')}>
        <p>{say('numbersMeans')}</p>
        <a href={`/orgs/${reader.org}/pay-file-formats/numbers`}>{say('numbers')}</a>
      </Card>
    </ConsolePage>,
  );
});

const Formats: FC<{ mappings: readonly KnownMapping[]; reader: Reader }> = ({ mappings, reader }) => {
  const say = fileWords(reader.locale);
  return (
    <Table
      caption={say('formats')}
      rows={mappings}
      columns={[
        {
          head: say('format'),
          cell: ({ format, mapping }) => (
            <a href={`/orgs/${reader.org}/pay-file-formats/${format}`}>{wordingOf(mapping.name, reader)}</a>
          ),
        },
        { head: say('group'), cell: ({ mapping }) => say(mapping.group) },
        { head: say('layout'), cell: (known) => <Origin known={known} reader={reader} /> },
        {
          head: say('source'),
          cell: ({ made, mapping }) => (made ? shownAt(reader, made.at) : say(mapping.confidence)),
        },
      ]}
    />
  );
};

const Origin: FC<{ known: KnownMapping; reader: Reader }> = ({ known: { format, made }, reader }) => {
  const say = fileWords(reader.locale);
  if (!made) return <Badge>{say('asShipped')}</Badge>;
  const isPreset = presets.some(({ id }) => id === format);
  return <Badge tone="info">{say(isPreset ? 'changedHere' : 'ownFormat')}</Badge>;
};

const blank: Mapping = {
  name: { en: '', zh: '' },
  group: 'bank',
  rows: 'payments',
  file: 'text',
  extension: 'txt',
  sheetName: 'Sheet1',
  encoding: 'gb18030',
  separator: 'comma',
  quoting: 'when-needed',
  header: true,
  before: [],
  after: [],
  columns: [
    { head: '序号', value: '{number}', required: true, longest: null },
    { head: '账号', value: '{accountNumber}', required: true, longest: null },
    { head: '户名', value: '{holderName}', required: true, longest: null },
    { head: '金额', value: '{net}', required: true, longest: null },
    { head: '备注', value: '{endToEndId}', required: false, longest: null },
  ],
  fileName: '{employerName}_{paysOn|yyyyMMdd}',
  rowsMax: null,
  characters: 'middle-dot',
  outside: 'transliterate',
  source: { en: '', zh: '' },
  confidence: 'medium',
  verifiedOn: '',
};
const blankAbroad: Mapping = {
  ...blank,
  extension: 'csv',
  encoding: 'utf-8',
  characters: 'any',
  outside: 'refuse',
  columns: [
    { head: 'Name', value: '{holderName}', required: true, longest: null },
    { head: 'Account', value: '{accountNumber}', required: true, longest: null },
    { head: 'Amount', value: '{net}', required: true, longest: null },
    { head: 'Reference', value: '{endToEndId}', required: false, longest: null },
  ],
};

formatPages.get('/pay-file-formats/numbers', (c) => {
  requireRole(c, 'owner', 'hr');
  const reader = readerOf(c);
  const say = fileWords(reader.locale);
  return page(
    c,
    <ConsolePage
      locale={reader.locale}
      title={say('numbers')}
      lead={say('numbersMeans')}
      frame={consoleFrame(c)}
      section="payRuns"
    >
      <Numbers reader={reader} />
    </ConsolePage>,
  );
});

const Numbers: FC<{ reader: Reader }> = ({ reader }) => {
  const say = fileWords(reader.locale);
  const known = currentNumbers(reader.db);
  const workers = workersToNumber(reader.db).map((id) => [id, workerNameOf(reader.db, id)] as const);
  const systems = ['adp', 'gusto', 'quickbooks', 'xero'].map((system) => [system, system] as const);
  return (
    <>
      <Card title={say('give')}>
        <ApiForm action={`${apiOf(reader)}/outside-numbers/{id}`} submit={say('give')}>
          <SelectField name="workerId" label={say('worker')} options={workers} required />
          <SelectField name="system" label={say('system')} options={systems} required />
          <Field name="value" label={say('number')} />
        </ApiForm>
      </Card>
      {known.length === 0 ? (
        <Empty title={say('noNumbers')}>{say('numbersMeans')}</Empty>
      ) : (
        <Card>
          <Table
            caption={say('numbers')}
            rows={known}
            columns={[
              { head: say('worker'), cell: ({ workerId }) => workerNameOf(reader.db, workerId) },
              { head: say('system'), cell: ({ system }) => system },
              { head: say('number'), cell: ({ value }) => value },
              { head: say('when'), cell: ({ at }) => shownAt(reader, at) },
            ]}
          />
        </Card>
      )}
    </>
  );
};

formatPages.get('/pay-file-formats/:format', (c) => {
  requireRole(c, 'owner', 'hr');
  const reader = readerOf(c);
  const say = fileWords(reader.locale);
  const format = c.req.param('format');
  const isNew = format === 'new';
  const known = isNew ? undefined : (mappingOf(reader.db, format) ?? refuse('not-found'));
  const start = employerOf(reader.db).currency === 'CNY' ? blank : blankAbroad;
  const mapping = known?.mapping ?? start;
  const { keys } = c.env.cell;
  return page(
    c,
    <ConsolePage
      locale={reader.locale}
      title={isNew ? say('newFormat') : wordingOf(mapping.name, reader)}
      lead={say('newFormatLead')}
      frame={consoleFrame(c)}
      section="payRuns"
      scripts={['pay-format']}
    >
      <MappingForm format={format} mapping={mapping} reader={reader}>
        <PreviewTable preview={previewOf(reader.db, keys, mapping, c.var.at, reader.today)} reader={reader} />
      </MappingForm>
      {isNew ? null : <Versions format={format} reader={reader} />}
    </ConsolePage>,
  );
});

const Versions: FC<{ format: string; reader: Reader }> = ({ format, reader }) => {
  const say = fileWords(reader.locale);
  const versions = mappingVersions(reader.db, format);
  if (versions.length === 0) return null;
  const nameOf = actorNames(reader.db);
  return (
    <Card title={say('versions')}>
      <p>{say('versionsMeans')}</p>
      <Table
        caption={say('versions')}
        rows={versions}
        columns={[
          { head: say('when'), cell: ({ at }) => shownAt(reader, at) },
          { head: say('who'), cell: ({ by }) => nameOf(by) ?? by },
          {
            head: say('columns'),
            cell: ({ mapping }) =>
              (JSON.parse(mapping) as Mapping).columns.map(({ head, value }) => head || value).join(' · '),
          },
        ]}
      />
    </Card>
  );
};
