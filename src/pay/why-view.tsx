/** A line's reasons as people read them: shared by the console and the payslip. */
import type { FC } from 'hono/jsx';
import { quantityText } from '../hours/units.ts';
import { formatMoney, type Minor } from '../kernel/money.ts';
import type { Locale } from '../kernel/refusal.ts';
import { formatCivilDate, formatInstant } from '../kernel/time.ts';
import { Table } from '../web/components.tsx';
import { clockText, type DayWhy, type IntervalWhy, type PunchWhy, type Why } from './why.ts';
import { payWords } from './words.ts';

interface Reading {
  readonly why: Why;
  readonly locale: Locale;
  readonly currency: string;
  readonly zone: string;
}

export const WhyView: FC<Reading> = ({ why, locale, currency, zone }) => {
  const say = payWords(locale);
  const { approval, rule } = why;
  return (
    <div class="why">
      <ol class="why-steps">
        {why.formula.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      {rule ? <p>{say('ruleIs', { ...rule })}</p> : null}
      {why.days.length > 0 ? <Days days={why.days} locale={locale} currency={currency} /> : null}
      {why.intervals.length > 0 ? <Intervals intervals={why.intervals} locale={locale} /> : null}
      {approval ? (
        <p>
          {say('approvedHours', {
            name: approval.byName,
            at: formatInstant(approval.at, zone, locale),
            digest: approval.digest.slice(0, 12),
          })}
        </p>
      ) : null}
    </div>
  );
};

const Days: FC<{ days: readonly DayWhy[]; locale: Locale; currency: string }> = ({
  days,
  locale,
  currency,
}) => {
  const say = payWords(locale);
  return (
    <Table
      caption={say('day')}
      columns={[
        { head: say('day'), cell: ({ day }) => formatCivilDate(day, locale) },
        {
          head: say('quantity'),
          cell: ({ seconds, hundredths }) =>
            seconds === null ? quantityText(hundredths ?? 0) : clockText(seconds),
          numeric: true,
        },
        {
          head: say('seconds'),
          cell: ({ seconds }) => (seconds === null ? '—' : String(seconds)),
          numeric: true,
        },
        {
          head: say('share'),
          cell: ({ shareMinor }) => formatMoney(shareMinor, currency, locale),
          numeric: true,
        },
      ]}
      rows={days}
    />
  );
};

const Intervals: FC<{ intervals: readonly IntervalWhy[]; locale: Locale }> = ({ intervals, locale }) => {
  const say = payWords(locale);
  return (
    <Table
      caption={`${say('clockedIn')} / ${say('clockedOut')}`}
      columns={[
        { head: say('site'), cell: ({ siteName }) => siteName },
        { head: say('clockedIn'), cell: (one) => punchText(one.in, one.zone, locale) },
        { head: say('clockedOut'), cell: (one) => punchText(one.out, one.zone, locale) },
        { head: say('hours'), cell: ({ seconds }) => clockText(seconds), numeric: true },
      ]}
      rows={intervals}
    />
  );
};

function punchText(punch: PunchWhy | null, zone: string, locale: Locale): string {
  if (!punch) return '—';
  const say = payWords(locale);
  const verdicts = ['inside', 'outside', 'uncertain', 'no-position'] as const;
  const verdict = verdicts.find((one) => one === punch.verdict);
  const how = punch.correctionId ? say('bySupervisor') : verdict ? say(verdict) : punch.verdict;
  return `${formatInstant(punch.at, zone, locale, 'MM-dd HH:mm:ss')} · ${how}`;
}

/** Bars with their amounts, drawn on the server; the longest fills the width. */
export const BarChart: FC<{
  title: string;
  bars: readonly { readonly label: string; readonly amountMinor: Minor; readonly text: string }[];
}> = ({ title, bars }) => {
  const longest = Math.max(1, ...bars.map(({ amountMinor }) => amountMinor));
  const height = bars.length * 28 + 4;
  return (
    <svg
      class="chart"
      role="img"
      aria-label={title}
      viewBox={`0 0 640 ${height}`}
      width="100%"
      height={height}
      preserveAspectRatio="xMinYMid meet"
    >
      <title>{title}</title>
      {bars.map(({ label, amountMinor, text }, index) => (
        <g>
          <text x="0" y={index * 28 + 20} font-size="13" fill="currentColor">
            {label.length > 15 ? `${label.slice(0, 14)}…` : label}
          </text>
          <rect
            x="206"
            y={index * 28 + 6}
            width={Math.round((Math.max(0, amountMinor) * 300) / longest)}
            height="18"
            rx="3"
            fill="currentColor"
            opacity="0.45"
          />
          <text x="636" y={index * 28 + 20} font-size="13" text-anchor="end" fill="currentColor">
            {text}
          </text>
        </g>
      ))}
    </svg>
  );
};
