/** What an offer's form is filled with at first: what was said to the same worker last, else to anybody, else the template's own default. */
import { and, eq } from 'drizzle-orm';
import { contracts } from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import type { Engagement } from '../engagement/engagement.ts';
import type { CellContext } from '../http/env.ts';
import { newestFirst } from '../store/commit.ts';
import { defaultText } from '../template/example.ts';
import type { FieldValues } from '../template/field.ts';
import type { Template } from '../template/template.ts';
import { textOf } from './contract.ts';

/** What is the same for everybody. Whatever else was said of one worker is offered to nobody else. */
const shared = [
  'employerContact',
  'disputeForum',
  'acceptance',
  'schedule',
  'settlementDays',
  'appealContact',
];

/** A value for every field that the template asks; none where nobody can know it. */
export function offerDefaults(cell: CellContext, engagement: Engagement, template: Template): FieldValues {
  const own = newestValues(cell, template.id, engagement.workerId);
  const anybody = newestValues(cell, template.id);
  const { roleTitle, project, relationship } = engagement;
  const { country } = employerOf(cell.store.db);
  return Object.fromEntries(
    template.fields.flatMap((field) => {
      const { name } = field;
      const value =
        own[name] ??
        (shared.includes(name) ? anybody[name] : undefined) ??
        // The shipped default is a court in China.
        (name === 'disputeForum' && country !== 'CN'
          ? undefined
          : defaultText(field, { roleTitle, project, relationship }));
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

function newestValues(cell: CellContext, template: string, workerId?: string): FieldValues {
  const newest = cell.store.db
    .select()
    .from(contracts)
    .where(
      and(
        eq(contracts.template, template),
        workerId === undefined ? undefined : eq(contracts.workerId, workerId),
      ),
    )
    .orderBy(newestFirst(contracts))
    .get();
  return newest ? textOf(cell, newest).values : {};
}
