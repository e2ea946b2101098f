/** Time: instants, civil dates, zones and pay periods. The only importer of luxon; nothing here reads a clock. */
import { DateTime, IANAZone } from 'luxon';

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
  return civilDateAtMs(epochMs(at), zone);
}

/** As `civilDateAt`, for those who have the milliseconds already. */
export function civilDateAtMs(ms: number, zone: string): CivilDate {
  return dateOfDayNumber(Math.floor((ms + offsetMs(ms, zone)) / dayMs));
}

const dayMs = 86_400_000;
const dates = new Map<number, CivilDate>();

function dateOfDayNumber(day: number): CivilDate {
  const known = dates.get(day);
  if (known) return known;
  const found = new Date(day * dayMs).toISOString().slice(0, 10) as CivilDate;
  if (dates.size >= 4096) dates.clear();
  dates.set(day, found);
  return found;
}

/** One stretch of time in one zone: the offset it begins with, and each later one with the instant it begins at. */
interface Offsets {
  readonly first: number;
  readonly changes: readonly { readonly at: number; readonly ms: number }[];
}

// Asking the calendar costs as much as judging a punch, and a zone changes its offset twice a year at most places: so
// each stretch is asked once, day by day, and a change is narrowed down to its millisecond.
const stretchMs = 64 * dayMs;
const stretches = new Map<string, Map<number, Offsets>>();

/** Local time less UTC, in milliseconds, as in force at an instant. */
export function offsetMs(ms: number, zone: string): number {
  const stretch = Math.floor(ms / stretchMs);
  const { first, changes } = stretches.get(zone)?.get(stretch) ?? askOffsets(zone, stretch);
  for (let index = changes.length - 1; index >= 0; index -= 1) {
    const change = changes[index];
    if (change && change.at <= ms) return change.ms;
  }
  return first;
}

function askOffsets(zone: string, stretch: number): Offsets {
  const calendar = IANAZone.create(zone);
  const ask = (ms: number) => calendar.offset(ms) * 60_000;
  const start = stretch * stretchMs;
  const found: { first: number; changes: { at: number; ms: number }[] } = { first: ask(start), changes: [] };
  let before = found.first;
  for (let day = start + dayMs; day <= start + stretchMs; day += dayMs) {
    const after = ask(day);
    if (after === before) continue;
    found.changes.push({ at: changeBetween(day - dayMs, day, ask), ms: after });
    before = after;
  }
  const ofZone = stretches.get(zone) ?? new Map<number, Offsets>();
  // Phones may say any year: what nobody asks again is not kept for ever.
  if (ofZone.size >= 256) ofZone.clear();
  ofZone.set(stretch, found);
  stretches.set(zone, ofZone);
  return found;
}

/** The first millisecond after `low` at which another offset is in force than at `low`. */
function changeBetween(low: number, high: number, ask: (ms: number) => number): number {
  const before = ask(low);
  let [same, other] = [low, high];
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (ask(middle) === before) same = middle;
    else other = middle;
  }
  return other;
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

/** `HH:mm` of a wall clock, as people plan by. */
export function isClockTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/**
 * The instant at which the clocks of a zone show `time` (`HH:mm`) on a day. Where they show it twice, the first counts;
 * where they jump over it, the moment as much later as they jump.
 */
export function wallClockAt(day: CivilDate, time: string, zone: string): Instant {
  const wall = Date.parse(`${day}T${time}:00.000Z`);
  // The offsets of the days around it are the only two in question.
  const before = wall - offsetMs(wall - 86_400_000, zone);
  const after = wall - offsetMs(wall + 86_400_000, zone);
  const fits = [before, after].filter((ms) => ms + offsetMs(ms, zone) === wall).sort((a, b) => a - b);
  return instantOf(fits[0] ?? before);
}

/** 1 is Monday, 7 Sunday (ISO 8601). */
export function weekdayOf(day: CivilDate): number {
  return new Date(Date.parse(day)).getUTCDay() || 7;
}

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

/**
 * The instants at which the clocks of a zone show `HH:mm:ss` on a day: one as a rule, none where they jump over it, two
 * where they are put back.
 */
export function clockInstants(day: CivilDate, time: string, zone: string): Instant[] {
  const wall = Date.parse(`${day}T${time}.000Z`);
  // The offsets of the days around it are the only two in question.
  const candidates = [-86_400_000, 86_400_000].map((aside) => wall - offsetMs(wall + aside, zone));
  return [...new Set(candidates)]
    .filter((ms) => ms + offsetMs(ms, zone) === wall)
    .sort((a, b) => a - b)
    .map(instantOf);
}
