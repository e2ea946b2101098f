/** Time: instants, civil dates, zones and pay periods. The only importer of luxon; nothing here reads a clock. */
import { DateTime } from 'luxon';

declare const instantBrand: unique symbol;
declare const civilBrand: unique symbol;
/** UTC, ISO 8601 with milliseconds: `2026-11-20T09:30:00.000Z`. Sorts as text. */
export type Instant = string & { readonly [instantBrand]: true };
/** `YYYY-MM-DD` in a zone named elsewhere (the site's, or the employer's). */
export type CivilDate = string & { readonly [civilBrand]: true };

export type PayPeriodKind = 'weekly' | 'semi-monthly' | 'monthly';
/** Both dates belong to the period. */
export interface CivilRange {
  readonly startsOn: CivilDate;
  readonly endsOn: CivilDate;
}

export function instantOf(epochMs: number): Instant {
  return new Date(epochMs).toISOString() as Instant;
}

export function epochMs(at: Instant): number {
  return Date.parse(at);
}

/** Undefined when the text is no ISO instant with a zone or `Z`. */
export function parseInstant(text: string): Instant | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : instantOf(ms);
}

/** Undefined when the text is no real calendar date. */
export function parseCivilDate(text: string): CivilDate | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  return DateTime.fromISO(text, { zone: 'utc' }).isValid ? (text as CivilDate) : undefined;
}

/** For constants and tests: throws on anything that is not a date. */
export function civilDate(text: string): CivilDate {
  const date = parseCivilDate(text);
  if (!date) throw new RangeError(`not a civil date: ${text}`);
  return date;
}

export function isZone(zone: string): boolean {
  return DateTime.local({ zone }).isValid && zone.includes('/') ? true : zone === 'UTC';
}

/** Every zone this runtime knows, for people to choose from. */
export function zoneNames(): readonly string[] {
  return Intl.supportedValuesOf('timeZone').filter(isZone);
}

export function civilDateAt(at: Instant, zone: string): CivilDate {
  const ms = epochMs(at);
  return new Date(ms + offsetMs(ms, zone)).toISOString().slice(0, 10) as CivilDate;
}

// Zones change their offset at quarters of an hour only, so within one the last answer holds: every punch asks.
const quarterMs = 900_000;
const offsets = new Map<string, { readonly quarter: number; readonly ms: number }>();

function offsetMs(ms: number, zone: string): number {
  const quarter = Math.floor(ms / quarterMs);
  const known = offsets.get(zone);
  if (known?.quarter === quarter) return known.ms;
  const found = DateTime.fromMillis(ms, { zone }).offset * 60_000;
  offsets.set(zone, { quarter, ms: found });
  return found;
}

/** The first instant of a civil date in a zone; on a day without midnight, its first existing instant. */
export function startOfDay(date: CivilDate, zone: string): Instant {
  const key = `${date} ${zone}`;
  const known = dayStarts.get(key);
  if (known) return known;
  const found = instantOf(DateTime.fromISO(date, { zone }).startOf('day').toMillis());
  // A list of timesheets asks for the same few days of each of its people.
  if (dayStarts.size >= 4096) dayStarts.clear();
  dayStarts.set(key, found);
  return found;
}

const dayStarts = new Map<string, Instant>();

export function addDays(date: CivilDate, days: number): CivilDate {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10) as CivilDate;
}

export function addSeconds(at: Instant, seconds: number): Instant {
  return instantOf(epochMs(at) + seconds * 1000);
}

/** Whole seconds from one instant to another; what is left under a second is dropped. */
export function secondsBetween(from: Instant, to: Instant): number {
  return Math.trunc((epochMs(to) - epochMs(from)) / 1000);
}

export function daysBetween(from: CivilDate, to: CivilDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** Completed years of age on a day; a birthday counts from the day itself. */
export function ageOn(birthOn: CivilDate, day: CivilDate): number {
  const years = Number(day.slice(0, 4)) - Number(birthOn.slice(0, 4));
  return day.slice(5) < birthOn.slice(5) ? years - 1 : years;
}

/** The pay period that a day lies in: weeks start on Monday, half months on the 1st and the 16th. */
export function payPeriodOf(kind: PayPeriodKind, day: CivilDate): CivilRange {
  const date = DateTime.fromISO(day, { zone: 'utc' });
  const iso = (d: DateTime) => d.toISODate() as CivilDate;
  switch (kind) {
    case 'weekly':
      return { startsOn: iso(date.startOf('week')), endsOn: iso(date.endOf('week')) };
    case 'monthly':
      return { startsOn: iso(date.startOf('month')), endsOn: iso(date.endOf('month')) };
    case 'semi-monthly':
      return date.day <= 15
        ? { startsOn: iso(date.startOf('month')), endsOn: iso(date.set({ day: 15 })) }
        : { startsOn: iso(date.set({ day: 16 })), endsOn: iso(date.endOf('month')) };
  }
}

/** The half-open instants of a civil range in a zone. */
export function instantsOf(range: CivilRange, zone: string): { from: Instant; before: Instant } {
  return { from: startOfDay(range.startsOn, zone), before: startOfDay(addDays(range.endsOn, 1), zone) };
}

export function datesOf(range: CivilRange): CivilDate[] {
  const dates: CivilDate[] = [];
  for (let day = range.startsOn; day <= range.endsOn; day = addDays(day, 1)) dates.push(day);
  return dates;
}

/** `2026-11` of a date: tax is counted by calendar month of payment. */
export function monthOf(date: CivilDate): string {
  return date.slice(0, 7);
}

/** For people. `style`: luxon format tokens, in the reader's locale and the place's zone. */
export function formatInstant(at: Instant, zone: string, locale: string, style = 'yyyy-MM-dd HH:mm'): string {
  return DateTime.fromISO(at, { zone, locale }).toFormat(style);
}

export function formatCivilDate(date: CivilDate, locale: string, style = 'yyyy-MM-dd ccc'): string {
  return DateTime.fromISO(date, { zone: 'utc', locale }).toFormat(style);
}
