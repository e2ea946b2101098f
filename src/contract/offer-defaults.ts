/** What an offer's form is filled with at first: what was said to the same worker last, else to anybody, else what is usual. */
import { eq } from 'drizzle-orm';
import { contracts } from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import type { Engagement } from '../engagement/engagement.ts';
import type { CellContext } from '../http/env.ts';
import { newestFirst } from '../store/commit.ts';
import type { FieldValues } from '../template/template.ts';
import { type Contract, templateOf, textOf } from './contract.ts';

/** Of one worker's contract alone: nobody else's address or contact is offered. */
const personal = ['workerAddress', 'workerContact'];

/** A value for every field that the template asks; empty where nobody can know it. */
export function offerDefaults(cell: CellContext, engagement: Engagement, template: string): FieldValues {
  const own = newestValues(cell, template, engagement.workerId);
  const anybody = newestValues(cell, template);
  const usual = usualValues(engagement, employerOf(cell.store.db).country);
  return Object.fromEntries(
    templateOf(template).asked.map((name) => [
      name,
      own[name] ??
        (personal.includes(name) || name === 'taskDescription' ? undefined : anybody[name]) ??
        usual[name] ??
        '',
    ]),
  );
}

function newestValues(cell: CellContext, template: string, workerId?: string): FieldValues {
  const newest: Contract | undefined = cell.store.db
    .select()
    .from(contracts)
    .where(workerId === undefined ? undefined : eq(contracts.workerId, workerId))
    .orderBy(newestFirst(contracts))
    .get();
  return newest?.template === template ? textOf(cell, newest).values : {};
}

/** In both languages, because each value stands in both texts. */
function usualValues({ roleTitle, project }: Engagement, country: string): FieldValues {
  return {
    taskDescription: `${roleTitle}，按现场安排完成“${project}”的相关工作 / ${roleTitle}: the tasks of “${project}” as assigned on site`,
    acceptance: '当日完成、当日核对 / checked at the end of each day',
    schedule: '工作时间按双方确认的排班 / hours by shifts that both agree',
    settlementDays: '5',
    ...(country === 'CN'
      ? { disputeForum: '提交甲方所在地人民法院 / the people’s court at Party A’s seat' }
      : {}),
  };
}
