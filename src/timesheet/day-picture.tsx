/** A day's punches as a small picture: bars of work over the hours of the day, as counted and as somebody asks for it. */
import type { FC } from 'hono/jsx';
import type { Locale } from '../kernel/refusal.ts';
import { addDays, type CivilDate, epochMs, formatInstant, type Instant, startOfDay } from '../kernel/time.ts';

export interface DayBar {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}
export interface DayMark {
  readonly at: Instant;
  readonly kind: 'in' | 'out';
  /** Voided, or to be voided: drawn hollow. */
  readonly gone: boolean;
}
export interface DayRow {
  readonly label: string;
  readonly bars: readonly DayBar[];
  readonly marks: readonly DayMark[];
  readonly tone: 'now' | 'asked';
}

const width = 360;
const rowHeight = 40;
const foot = 20;
const left = 4;

/** Ticks every three hours of the day at the site; a night shift makes the picture longer than a day. */
export const DayPicture: FC<{
  title: string;
  day: CivilDate;
  zone: string;
  rows: readonly DayRow[];
  locale: Locale;
}> = ({ title, day, zone, rows, locale }) => {
  const from = epochMs(startOfDay(day, zone));
  const times = rows.flatMap(({ bars, marks }) => [
    ...bars.map(({ endsAt }) => epochMs(endsAt)),
    ...marks.map(({ at }) => epochMs(at)),
  ]);
  const until = Math.max(epochMs(startOfDay(addDays(day, 1), zone)), ...times);
  const x = (ms: number) => left + ((Math.max(ms, from) - from) * (width - 2 * left)) / (until - from);
  const height = rows.length * rowHeight + foot;
  const hours = Array.from(
    { length: Math.floor((until - from) / 10_800_000) + 1 },
    (_, n) => from + n * 10_800_000,
  );
  return (
    <svg class="day-picture" role="img" aria-label={title} viewBox={`0 0 ${width} ${height}`} width="100%">
      <title>{title}</title>
      {hours.map((ms, index) => (
        <g>
          <rect class="day-tick" x={x(ms).toFixed(1)} y="0" width="1" height={height - foot + 4} />
          {index % 2 === 0 && ms < until ? (
            <text class="day-hour" x={(x(ms) + 3).toFixed(1)} y={height - 4} font-size="12">
              {formatInstant(new Date(ms).toISOString() as Instant, zone, locale, 'HH:mm')}
            </text>
          ) : null}
        </g>
      ))}
      {rows.map((row, index) => (
        <Row row={row} top={index * rowHeight} x={x} />
      ))}
    </svg>
  );
};

const Row: FC<{ row: DayRow; top: number; x: (ms: number) => number }> = ({ row, top, x }) => (
  <g class={`day-row day-${row.tone}`}>
    <text class="day-label" x={left + 2} y={top + 12} font-size="12">
      {row.label}
    </text>
    {row.bars.map(({ startsAt, endsAt }) => (
      <rect
        class="day-bar"
        x={x(epochMs(startsAt)).toFixed(1)}
        y={top + 17}
        width={Math.max(2, x(epochMs(endsAt)) - x(epochMs(startsAt))).toFixed(1)}
        height="14"
        rx="3"
      />
    ))}
    {row.marks.map(({ at, gone }) => (
      <circle
        class={gone ? 'day-mark is-gone' : 'day-mark'}
        cx={x(epochMs(at)).toFixed(1)}
        cy={top + 24}
        r="5"
      />
    ))}
  </g>
);
