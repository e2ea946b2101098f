/** The grid itself: the names stay where they are while the days scroll. */
import type { FC } from 'hono/jsx';
import { isTrouble, type TimesheetException } from '../hours/exceptions.ts';
import { minutesText } from '../hours/hours-text.ts';
import type { Locale } from '../kernel/refusal.ts';
import { type CivilDate, formatCivilDate } from '../kernel/time.ts';
import { exceptionWords, timesheetWords } from '../timesheet/timesheet-words.ts';
import type { GridCell, GridLine } from './grid.ts';
import { gridWords } from './grid-words.ts';

export const DayMark: FC<{ exceptions: readonly TimesheetException[]; locale: Locale }> = ({
  exceptions: all,
  locale,
}) => {
  const exceptions = all.filter(isTrouble);
  if (exceptions.length === 0) return null;
  const blocking = exceptions.some((one) => one.blocking);
  const kinds = [...new Set(exceptions.map(({ kind }) => kind))];
  return (
    <span
      class={blocking ? 'mark mark-bad' : 'mark'}
      title={kinds.map((kind) => exceptionWords(locale)(kind)).join(' ')}
    >
      <span aria-hidden="true">{blocking ? '!' : '?'}</span>
      <span class="visually-hidden">{gridWords(locale)(blocking ? 'mustMend' : 'worthALook')}</span>
    </span>
  );
};

export const GridTable: FC<{
  org: string;
  days: readonly CivilDate[];
  lines: readonly GridLine[];
  today: CivilDate;
  locale: Locale;
}> = ({ org, days, lines, today, locale }) => {
  const say = gridWords(locale);
  const total = lines.reduce((sum, { worked }) => sum + worked.seconds, 0);
  const ofDay = days.map((_, index) =>
    lines.reduce((sum, { cells }) => sum + (cells[index]?.seconds ?? 0), 0),
  );
  return (
    <section class="table-scroll grid-scroll" tabindex={0} aria-label={say('grid')}>
      <table class="table grid">
        <caption class="visually-hidden">{say('grid')}</caption>
        <thead>
          <tr>
            <th scope="col">{timesheetWords(locale)('worker')}</th>
            {days.map((day) => (
              <th scope="col" class={dayLook(day, today)}>
                {Number(day.slice(8))}
                <small>{formatCivilDate(day, locale, 'ccccc')}</small>
              </th>
            ))}
            <th scope="col" class="numeric">
              {say('total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ worked, cells }) => (
            <tr>
              <th scope="row">
                {worked.workerName} <small>{worked.engagement.roleTitle}</small>
              </th>
              {cells.map((cell) => (
                <td class={dayLook(cell.day, today)}>
                  <Cell
                    cell={cell}
                    href={`/orgs/${org}/timesheets/${worked.engagement.id}`}
                    locale={locale}
                  />
                </td>
              ))}
              <td class="numeric">{minutesText(worked.seconds)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td>{say('total')}</td>
            {ofDay.map((seconds) => (
              <td>{seconds > 0 ? minutesText(seconds) : ''}</td>
            ))}
            <td class="numeric">{minutesText(total)}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
};

function dayLook(day: CivilDate, today: CivilDate): string {
  const weekend = [0, 6].includes(new Date(day).getUTCDay());
  return `${weekend ? 'is-weekend' : ''} ${day === today ? 'is-today' : ''}`.trim();
}

const Cell: FC<{ cell: GridCell; href: string; locale: Locale }> = ({ cell, href, locale }) => {
  const { seconds, exceptions, startsOn } = cell;
  if (seconds === 0 && exceptions.length === 0) return null;
  const content = (
    <>
      {seconds > 0 ? minutesText(seconds) : ''}
      <DayMark exceptions={exceptions} locale={locale} />
    </>
  );
  return startsOn ? <a href={`${href}/${startsOn}`}>{content}</a> : content;
};
