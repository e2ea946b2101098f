/** What the pages of hours share: the chart of a period, exceptions in plain words, a punch's verdict. */
import type { FC } from 'hono/jsx';
import type { Punch } from '../clock/punch.ts';
import type { Entry } from '../hours/entries.ts';
import { isTrouble, type TimesheetException } from '../hours/exceptions.ts';
import { hoursText } from '../hours/hours-text.ts';
import type { Locale } from '../kernel/refusal.ts';
import { datesOf, formatCivilDate } from '../kernel/time.ts';
import { Badge } from '../web/components.tsx';
import { myExceptionWords } from './my-exception-words.ts';
import type { Timesheet } from './timesheet.ts';
import { exceptionWords, timesheetWords } from './timesheet-words.ts';
import { unitsText } from './unit-text.ts';

export const StateBadge: FC<{ sheet: Timesheet; locale: Locale }> = ({ sheet, locale }) => {
  const say = timesheetWords(locale);
  const tones = {
    open: 'quiet',
    submitted: 'info',
    approved: 'good',
    locked: 'good',
    paid: 'good',
    reopened: 'warn',
  } as const;
  return <Badge tone={sheet.changedSinceApproval ? 'bad' : tones[sheet.state]}>{say(sheet.state)}</Badge>;
};

export const Verdict: FC<{
  punch: Pick<Punch, 'correctionId' | 'verdict'> & { readonly judgedAs?: string | null };
  locale: Locale;
}> = ({ punch, locale }) => {
  const say = timesheetWords(locale);
  if (punch.correctionId !== null) return <Badge tone="info">{say('supervisorsWord')}</Badge>;
  if (punch.judgedAs === 'import') return <Badge>{say('imported')}</Badge>;
  const tones = { inside: 'good', outside: 'bad', uncertain: 'warn', 'no-position': 'warn' } as const;
  return <Badge tone={tones[punch.verdict]}>{say(punch.verdict)}</Badge>;
};

/** Each matter once, with its days. `mine`: to the worker, and where they may do something about one. */
export const Exceptions: FC<{
  list: readonly TimesheetException[];
  locale: Locale;
  mine?: (one: TimesheetException) => string | undefined;
}> = ({ list, locale, mine }) => {
  const say = mine ? myExceptionWords(locale) : exceptionWords(locale);
  return (
    <ul class="checks">
      {mattersOf(list).map(([first, ...more]) => {
        const href = more.length === 0 ? mine?.(first) : undefined;
        return (
          <li>
            {href ? <a href={href}>{say(first.kind)}</a> : say(first.kind)}{' '}
            <span class="badges">
              {[first, ...more].map((one) => (
                <DayBadge one={one} locale={locale} href={mine?.(one)} />
              ))}
            </span>
          </li>
        );
      })}
    </ul>
  );
};

export const exceptionTone = (one: TimesheetException) =>
  isTrouble(one) ? (one.blocking ? 'bad' : 'warn') : 'info';

const DayBadge: FC<{ one: TimesheetException; locale: Locale; href: string | undefined }> = ({
  one,
  locale,
  href,
}) => {
  const badge = <Badge tone={exceptionTone(one)}>{formatCivilDate(one.day, locale, 'MM-dd ccc')}</Badge>;
  return href ? <a href={href}>{badge}</a> : badge;
};

type Matter = [TimesheetException, ...TimesheetException[]];

const isPressing = (one: TimesheetException) => one.blocking && isTrouble(one);

/** By kind, each day once, what blocks first: ten days without a signature are one thing to do. */
export function mattersOf(list: readonly TimesheetException[]): Matter[] {
  const matters = new Map<string, Matter>();
  for (const one of list) {
    const matter = matters.get(one.kind);
    if (!matter) matters.set(one.kind, [one]);
    else if (!matter.some(({ day }) => day === one.day)) matter.push(one);
  }
  return [...matters.values()].sort(([a], [b]) => Number(isPressing(b)) - Number(isPressing(a)));
}

/** What is paid of a day; beside it what was clocked, where breaks or rounding made it differ, and units. */
export const PaidHours: FC<{ entry: Entry; locale: Locale }> = ({ entry, locale }) => {
  const say = timesheetWords(locale);
  const { seconds, rawSeconds, breakSeconds, breaks = [] } = entry;
  const clockedBreaks = breaks
    .filter(({ paid, automatic }) => paid && !automatic)
    .reduce((total, one) => total + one.seconds, 0);
  const rounded = seconds - (rawSeconds - breakSeconds + clockedBreaks);
  const paidBreaks = breaks.filter(({ paid }) => paid).reduce((total, one) => total + one.seconds, 0);
  const clocked = breaks.length === 0 && rawSeconds === seconds ? undefined : hoursText(rawSeconds);
  const notes = [
    clocked && say('clocked', { clock: clocked }),
    breakSeconds > 0 && say('breakOff', { clock: hoursText(breakSeconds) }),
    paidBreaks > 0 && say('breakPaid', { clock: hoursText(paidBreaks) }),
    rounded !== 0 && say('rounded', { clock: `${rounded > 0 ? '+' : '−'}${hoursText(Math.abs(rounded))}` }),
    unitsText(entry, locale),
  ].filter(Boolean);
  return (
    <>
      {hoursText(seconds)}
      {notes.length > 0 ? (
        <>
          <br />
          <small>{notes.join(' · ')}</small>
        </>
      ) : null}
    </>
  );
};

const chart = { width: 640, height: 140, base: 116 } as const;

/** Bars of the hours a day that somebody started work on, drawn on the server. */
export const DayChart: FC<{ sheet: Timesheet; locale: Locale }> = ({ sheet, locale }) => {
  const days = datesOf(sheet.period);
  const byDay = new Map(sheet.entries.map(({ day, seconds }) => [day, seconds]));
  const most = Math.max(8 * 3600, ...byDay.values());
  const step = chart.width / days.length;
  const title = timesheetWords(locale)('chart');
  return (
    <svg
      class="chart"
      role="img"
      aria-label={title}
      viewBox={`0 0 ${chart.width} ${chart.height}`}
      width="100%"
    >
      <title>{title}</title>
      <rect x="0" y={chart.base} width={chart.width} height="1" fill="currentColor" opacity="0.3" />
      {days.map((day, index) => {
        const seconds = byDay.get(day) ?? 0;
        const height = Math.round((seconds * (chart.base - 8)) / most);
        return (
          <g>
            <rect
              x={(index * step + step * 0.15).toFixed(1)}
              y={chart.base - height}
              width={(step * 0.7).toFixed(1)}
              height={height}
              rx="2"
              fill="currentColor"
              opacity="0.55"
            >
              <title>{`${day} ${hoursText(seconds)}`}</title>
            </rect>
            {days.length <= 7 || index % 5 === 0 ? (
              <text
                x={(index * step + step / 2).toFixed(1)}
                y="134"
                font-size="12"
                text-anchor="middle"
                fill="currentColor"
              >
                {Number(day.slice(8))}
              </text>
            ) : null}
          </g>
        );
      })}
    </svg>
  );
};
