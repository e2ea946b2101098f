/** Whether a bank can pay on the day that a file asks for. */
import type { CivilDate } from '../../kernel/time.ts';
import { type Problem, stop } from './format.ts';
import { type Calendar, settlementDaysAround, settles } from './settlement-days.ts';

export function* dayProblems(day: CivilDate, today: CivilDate, calendar: Calendar): Generator<Problem> {
  if (day < today) yield stop(undefined, { code: 'day-in-past', values: { day } });
  if (settles(day, calendar)) return;
  yield stop(undefined, {
    code: 'day-not-settlement',
    values: { day, ...settlementDaysAround(day, calendar) },
  });
}
