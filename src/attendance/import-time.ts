/** Dates and times as other systems write them, read without guessing: what can be read in two ways is refused or asked for. */
import {
  addDays,
  type CivilDate,
  clockInstants,
  type Instant,
  instantOf,
  parseCivilDate,
  parseInstant,
} from '../kernel/time.ts';

/** In which order day, month and year stand where the year is not first. */
export const dateOrders = ['ymd', 'dmy', 'mdy'] as const;
export type DateOrder = (typeof dateOrders)[number];

/** A clock's reading: its day, its time, or both. `instant` where the text names its own offset. */
export interface Reading {
  readonly day?: CivilDate;
  /** `HH:mm:ss` */
  readonly time?: string;
  readonly instant?: Instant;
}

/** `2026-11-01 08:30`, `2026年11月1日 上午8:30`, `01/11/2026 8:30 PM`, `20261101`, `45962.354` (Excel), or an instant with its offset. */
export function readingOf(written: string, order: DateOrder): Reading | undefined {
  const text = plain(written);
  const instant = parseInstant(
    text.replace(/^(\d{4}-\d\d-\d\d) (?=\d\d:)/, '$1T').replace(/ (?=[+-]\d\d:\d\d$)/, ''),
  );
  if (instant) return { instant };
  const serial = /^(\d{5})(\.\d+)?$/.exec(text);
  if (serial) return ofSerial(Number(text));
  const [first = '', ...rest] = text.split(/[ T]+/);
  const day = dayOf(first, order);
  if (!day) {
    const time = timeOf(text);
    return time && { time: time.time };
  }
  if (rest.length === 0) return { day };
  const time = timeOf(rest.join(' '));
  return time && { day: time.nextDay ? addDays(day, 1) : day, time: time.time };
}

/** Full-width digits, Chinese units and points become what the rest reads. */
function plain(written: string): string {
  return written
    .normalize('NFKC')
    .trim()
    .replace(/[年月]/g, '-')
    .replace(/日/g, ' ')
    .replace(/[时時点點]/g, ':')
    .replace(/分(?=\d)/g, ':')
    .replace(/[分秒]/g, '')
    .replace(/:$/, ':00')
    .replace(/(星期|周|週)[一二三四五六日天]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function dayOf(text: string, order: DateOrder): CivilDate | undefined {
  const whole = /^(\d{4})(\d\d)(\d\d)$/.exec(text) ?? /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (whole) return civil(whole[1], whole[2], whole[3]);
  const other = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text);
  if (!other) return undefined;
  if (order === 'dmy') return civil(other[3], other[2], other[1]);
  return order === 'mdy' ? civil(other[3], other[1], other[2]) : undefined;
}

function civil(year = '', month = '', day = ''): CivilDate | undefined {
  return parseCivilDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}

function timeOf(text: string): { time: string; nextDay: boolean } | undefined {
  const found =
    /^(上午|下午|晚上|凌晨|中午|[ap]\.?m\.?)? ?(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)? ?(上午|下午|[ap]\.?m\.?)?$/i.exec(
      text,
    );
  if (!found) return undefined;
  const [, before, hours = '', minutes = '', seconds = '00', after] = found;
  const half = (before ?? after ?? '').toLowerCase();
  const hour = hourOf(Number(hours), half);
  if (hour === undefined || hour > 24 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  // The end of a day, as rosters write it.
  if (hour === 24)
    return minutes === '00' && seconds === '00' ? { time: '00:00:00', nextDay: true } : undefined;
  return { time: `${String(hour).padStart(2, '0')}:${minutes}:${seconds}`, nextDay: false };
}

function hourOf(hour: number, half: string): number | undefined {
  if (half === '') return hour;
  const isLate = /^p|下午|晚上/.test(half);
  if (/^[ap]/.test(half) && (hour < 1 || hour > 12)) return undefined;
  if (isLate || half === '中午') return hour < 12 && !(half === '中午' && hour === 11) ? hour + 12 : hour;
  return hour === 12 ? 0 : hour;
}

/** Excel counts days from 1899-12-30; the fraction is the time, to the second. */
function ofSerial(days: number): Reading | undefined {
  if (days < 30_000 || days > 80_000) return undefined;
  const seconds = Math.round(days * 86_400);
  const text = instantOf(Date.UTC(1899, 11, 30) + seconds * 1000);
  return {
    day: text.slice(0, 10) as CivilDate,
    ...(Number.isInteger(days) ? {} : { time: text.slice(11, 19) }),
  };
}

export type ClockFault = 'time-unreadable' | 'time-skipped' | 'time-twice';

/** The instant of a reading on a site's clocks. An hour that a zone skips or has twice is nobody's guess. */
export function instantOn({ day, time, instant }: Reading, zone: string): Instant | ClockFault {
  if (instant) return instant;
  if (!day || !time) return 'time-unreadable';
  const [first, second] = clockInstants(day, time, zone);
  if (!first) return 'time-skipped';
  return second ? 'time-twice' : first;
}

export function isInstant(found: Instant | ClockFault): found is Instant {
  return !found.startsWith('time-');
}

/** From what stands in the columns: a first number over 12 is a day, a second over 12 makes the first a month. */
export function guessOrder(samples: readonly string[]): DateOrder {
  const parts = samples.flatMap((sample) => {
    const found = /^(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}/.exec(plain(sample));
    return found ? [[Number(found[1]), Number(found[2])] as const] : [];
  });
  if (parts.length === 0) return 'ymd';
  return parts.some(([, second]) => second > 12) ? 'mdy' : 'dmy';
}
