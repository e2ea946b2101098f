/** The forms of an import: which column says what, and the decision. */
import type { FC } from 'hono/jsx';
import type { ImportTable } from '../http/table-file.ts';
import type { Locale } from '../kernel/refusal.ts';
import { ApiForm, Card, Field, SelectField } from '../web/components.tsx';
import { type ImportMapping, whoKinds } from './import-mapping.ts';
import { dateOrders } from './import-time.ts';
import { importWords } from './import-words.ts';

/** As spreadsheets letter them. */
function letterOf(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : `${letterOf(Math.floor(column / 26) - 1)}${last}`;
}

export const MappingForm: FC<{
  mapping: ImportMapping;
  table: ImportTable;
  sites: readonly { readonly id: string; readonly name: string }[];
  locale: Locale;
}> = ({ mapping, table, sites, locale }) => {
  const say = importWords(locale);
  const columns = [
    ['-1', say('none')] as const,
    ...table.heads.map((head, index) => {
      const example = table.rows[0]?.fields[index] ?? '';
      const shown = example === '' ? head : `${head} (${example.slice(0, 24)})`;
      return [String(index), say('columnOf', { letter: letterOf(index), head: shown })] as const;
    }),
  ];
  const Column: FC<{
    name: 'who' | 'site' | 'date' | 'time' | 'kind' | 'inTime' | 'outTime';
    label: string;
  }> = ({ name, label }) => (
    <SelectField name={name} label={label} value={String(mapping[name])} options={columns} />
  );
  return (
    <form method="get" class="mapping">
      <Column name="who" label={say('who')} />
      <SelectField
        name="whoAs"
        label={say('whoAs')}
        value={mapping.whoAs}
        options={whoKinds.map((as) => [as, say(as)] as const)}
      />
      <Column name="site" label={say('siteColumn')} />
      <SelectField
        name="siteId"
        label={say('siteId')}
        value={mapping.siteId}
        options={[['', say('onlySite')], ...sites.map(({ id, name }) => [id, name] as const)]}
      />
      <SelectField
        name="shape"
        label={say('shape')}
        value={mapping.shape}
        options={[
          ['one', say('one')],
          ['two', say('two')],
        ]}
      />
      <Column name="date" label={say('date')} />
      {mapping.shape === 'one' ? (
        <>
          <Column name="time" label={say('time')} />
          <Column name="kind" label={say('kind')} />
        </>
      ) : (
        <>
          <Column name="inTime" label={say('inTime')} />
          <Column name="outTime" label={say('outTime')} />
        </>
      )}
      <SelectField
        name="order"
        label={say('order')}
        value={mapping.order}
        options={dateOrders.map((order) => [order, say(order)] as const)}
      />
      <button type="submit" class="button button-plain">
        {say('again')}
      </button>
    </form>
  );
};

export const Commit: FC<{
  org: string;
  id: string;
  mapping: ImportMapping;
  count: number;
  locale: Locale;
}> = ({ org, id, mapping, count, locale }) => {
  const say = importWords(locale);
  return (
    <Card>
      <ApiForm
        action={`/api/orgs/${org}/punch-imports/${id}`}
        submit={say('commit', { count })}
        next={`/orgs/${org}/imports/${id}`}
      >
        {Object.entries(mapping).map(([key, value]) => (
          <input
            type="hidden"
            name={`mapping.${key}`}
            data-kind={typeof value === 'number' ? 'number' : 'hidden'}
            value={String(value)}
          />
        ))}
        <Field name="note" label={say('note')} required />
      </ApiForm>
    </Card>
  );
};
