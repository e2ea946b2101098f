/** The editor of a column mapping, and what it writes. */
import type { Child, FC, PropsWithChildren } from 'hono/jsx';
import type { Reader } from '../employer/reader.ts';
import {
  ApiForm,
  Badge,
  Card,
  CheckField,
  Field,
  LongField,
  Notice,
  SelectField,
  When,
} from '../web/components.tsx';
import { blankOf, Rows } from '../web/rows.tsx';
import type { FilePreview } from './file-preview.ts';
import { fileWords, problemText } from './file-words.ts';
import { characterSets } from './files/characters.ts';
import { encodings } from './files/encoding.ts';
import { dayFields } from './files/fields.ts';
import { type MappedColumn, type Mapping, separators } from './files/mapping.ts';
import { apiOf } from './reader.tsx';

interface FormProps {
  readonly format: string;
  readonly mapping: Mapping;
  readonly reader: Reader;
}

/** The preview, its child, is drawn anew by the client module `pay-format` while somebody types. */
export const MappingForm: FC<PropsWithChildren<FormProps>> = ({ format, mapping, reader, children }) => {
  const say = fileWords(reader.locale);
  return (
    <div class="mapping-editor">
      <Card title={say('layout')}>
        <ApiForm
          action={`${apiOf(reader)}/pay-file-formats/${format}/versions/{id}`}
          next={`/orgs/${reader.org}/pay-file-formats/{format}`}
          submit={say('saveVersion')}
          id="mapping"
        >
          <Names mapping={mapping} reader={reader} />
          <Columns columns={mapping.columns} reader={reader} />
          <Around mapping={mapping} reader={reader} />
          <Bytes mapping={mapping} reader={reader} />
        </ApiForm>
      </Card>
      <div class="mapping-preview">
        <Card title={say('preview')}>
          <div
            id="preview"
            data-preview={`${apiOf(reader)}/pay-file-previews`}
            data-of="mapping"
            data-wait={say('previewWait')}
            aria-live="polite"
          >
            {children}
          </div>
        </Card>
        <Card title={say('placeholders')}>
          <p>{say('placeholdersMeans')}</p>
          <p>{say('formatsOfFields')}</p>
          <p class="placeholders">
            {Object.keys(dayFields).map((field) => (
              <code>{`{${field}}`}</code>
            ))}
          </p>
        </Card>
      </div>
    </div>
  );
};

const choices = <T extends string>(values: readonly T[], say: (key: T) => string) =>
  values.map((value) => [value, say(value)] as const);

type Part = FC<{ mapping: Mapping; reader: Reader }>;

const Names: Part = ({ mapping, reader }) => {
  const say = fileWords(reader.locale);
  const { name, source } = mapping;
  return (
    <>
      <Field name="name" label={say('name')} value={name.en} required />
      <Field name="nameZh" label={say('nameZh')} value={name.zh} />
      <Field name="source" label={say('sourceOf')} value={reader.locale === 'en' ? source.en : source.zh} />
      <SelectField
        name="group"
        label={say('group')}
        value={mapping.group}
        options={[
          ['bank', say('groupBank')],
          ['payroll', say('groupPayroll')],
        ]}
      />
      <SelectField
        name="rows"
        label={say('rows')}
        value={mapping.rows}
        options={choices(['payments', 'days'], say)}
      />
    </>
  );
};

const Columns: FC<{ columns: readonly MappedColumn[]; reader: Reader }> = ({ columns, reader }) => {
  const say = fileWords(reader.locale);
  const fields = (name: string, column?: MappedColumn): Child => (
    <>
      <Field name={`${name}.head`} label={say('columnHead')} value={column?.head ?? ''} />
      <Field name={`${name}.value`} label={say('columnValue')} value={column?.value ?? ''} />
      <Field
        name={`${name}.longest`}
        label={say('columnLongest')}
        kind="number"
        {...(column?.longest ? { value: column.longest } : {})}
      />
      <CheckField
        name={`${name}.required`}
        label={say('columnRequired')}
        checked={column?.required ?? false}
      />
    </>
  );
  return (
    <Rows
      name="columns"
      label={say('columns')}
      rows={columns.map((column, index) => fields(`columns.${index}`, column))}
      kinds={[{ kind: 'column', add: say('addColumn'), blank: fields(blankOf('columns')) }]}
      remove={say('remove')}
      max={80}
    />
  );
};

const Around: Part = ({ mapping, reader }) => {
  const say = fileWords(reader.locale);
  return (
    <>
      <CheckField name="header" label={say('header')} checked={mapping.header} />
      <LongField
        name="before"
        label={say('before')}
        hint={say('linesHint')}
        value={mapping.before.join('\n')}
      />
      <LongField name="after" label={say('after')} value={mapping.after.join('\n')} />
      <Field
        name="fileName"
        label={say('fileName')}
        hint={say('fileNameHint')}
        value={mapping.fileName}
        required
      />
      <Field
        name="rowsMax"
        label={say('rowsMax')}
        kind="number"
        {...(mapping.rowsMax ? { value: mapping.rowsMax } : {})}
      />
    </>
  );
};

const Bytes: Part = ({ mapping, reader }) => {
  const say = fileWords(reader.locale);
  const isText = mapping.file === 'text';
  return (
    <>
      <SelectField
        name="file"
        label={say('file')}
        value={mapping.file}
        options={choices(['text', 'xlsx'], say)}
      />
      <When field="file" is="xlsx" now={!isText}>
        <Field name="sheetName" label={say('sheetName')} value={mapping.sheetName} />
      </When>
      <When field="file" is="text" now={isText}>
        <SelectField
          name="extension"
          label={say('extension')}
          value={mapping.extension}
          options={[
            ['csv', '.csv'],
            ['txt', '.txt'],
          ]}
        />
        <SelectField
          name="encoding"
          label={say('encoding')}
          value={mapping.encoding}
          options={encodings.map((encoding) => [encoding, encodingNames[encoding]] as const)}
        />
        <SelectField
          name="separator"
          label={say('separator')}
          value={mapping.separator}
          options={choices(Object.keys(separators) as (keyof typeof separators)[], say)}
        />
        <SelectField
          name="quoting"
          label={say('quoting')}
          value={mapping.quoting}
          options={choices(['when-needed', 'always', 'never'], say)}
        />
      </When>
      <SelectField
        name="characters"
        label={say('characters')}
        value={mapping.characters}
        options={choices(characterSets, say)}
      />
      <SelectField
        name="outside"
        label={say('outside')}
        value={mapping.outside}
        options={choices(['refuse', 'transliterate'], say)}
      />
    </>
  );
};

const encodingNames = {
  'utf-8': 'UTF-8',
  'utf-8-bom': 'UTF-8 (BOM)',
  gb18030: 'GB 18030',
  gbk: 'GBK',
} as const;

export const PreviewTable: FC<{ preview: FilePreview; reader: Reader }> = ({ preview, reader }) => {
  const say = fileWords(reader.locale);
  const { rows, fileName, isSample, problems } = preview;
  return (
    <>
      <p>{say(isSample ? 'previewOfSample' : 'previewOfRun')}</p>
      <p>
        <code>{fileName}</code>
      </p>
      <section class="table-scroll" tabindex={0} aria-label={say('preview')}>
        <table class="table">
          <tbody>
            {rows.map((cells) => (
              <tr>
                {cells.map((cell) => (
                  <td>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <ul class="checks">
        {problems.map((problem) => (
          <li>
            <Badge tone={problem.stops ? 'bad' : 'warn'}>{say(problem.stops ? 'stops' : 'look')}</Badge>{' '}
            {problem.name ? `${problem.name}: ` : ''}
            {problemText(problem, reader.locale)}
          </li>
        ))}
      </ul>
      {preview.bad.map(({ what }) => (
        <Notice tone="bad">{what}</Notice>
      ))}
    </>
  );
};
