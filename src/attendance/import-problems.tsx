/** Rows that an import leaves out: which, in which column, what is wrong, and what stands there. */
import type { FC } from 'hono/jsx';
import type { Locale } from '../kernel/refusal.ts';
import { type Column, Table } from '../web/components.tsx';
import type { RowProblem } from './import-row.ts';
import { importWords, rowFaultWords } from './import-words.ts';

export const Problems: FC<{ problems: readonly RowProblem[]; heads: readonly string[]; locale: Locale }> = ({
  problems,
  heads,
  locale,
}) => {
  const say = importWords(locale);
  const sayFault = rowFaultWords(locale);
  const columns: Column<RowProblem>[] = [
    { head: say('row'), cell: ({ row }) => String(row), numeric: true },
    { head: say('column'), cell: ({ column }) => heads[column] ?? say('none') },
    { head: say('what'), cell: ({ fault }) => sayFault(fault) },
    {
      head: say('stands'),
      cell: ({ value }) => (value === '' ? say('none') : <code>{value.slice(0, 60)}</code>),
    },
  ];
  return <Table caption={say('problems')} columns={columns} rows={problems} />;
};
