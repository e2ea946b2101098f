/** The days on which payment systems settle, by rule: TARGET for euro, the Federal Reserve for dollars. */
import { addDays, type CivilDate, weekdayOf } from '../../kernel/time.ts';

export type Calendar = 'target' | 'fed' | 'weekdays';

export function settles(day: CivilDate, calendar: Calendar): boolean {
  if (weekdayOf(day) > 5) return false;
  if (calendar === 'weekdays') return true;
  return !(calendar === 'target' ? targetClosed(day) : fedClosed(day));
}

/** The nearest settlement day at or before a day, and after it: what a person may choose instead. */
export function settlementDaysAround(
  day: CivilDate,
  calendar: Calendar,
): { readonly before: CivilDate; readonly after: CivilDate } {
  let [before, after] = [day, day];
  while (!settles(before, calendar)) before = addDays(before, -1);
  while (!settles(after, calendar)) after = addDays(after, 1);
  return { before, after };
}

/** TARGET closes, besides weekends, on 1 January, Good Friday, Easter Monday, 1 May, 25 and 26 December (ECB, long-term calendar of 2000). */
function targetClosed(day: CivilDate): boolean {
  if (['01-01', '05-01', '12-25', '12-26'].includes(day.slice(5))) return true;
  const easter = easterOf(Number(day.slice(0, 4)));
  return day === addDays(easter, -2) || day === addDays(easter, 1);
}

/** Gregorian Easter Sunday (Meeus, Jones and Butcher). */
export function easterOf(year: number): CivilDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  const date = ((h + l - 7 * m + 114) % 31) + 1;
  return `${year}-${two(month)}-${two(date)}` as CivilDate;
}

const two = (number: number) => String(number).padStart(2, '0');

/** The Federal Reserve's holidays. One on a Sunday is kept on Monday; one on a Saturday is not moved. */
function fedClosed(day: CivilDate): boolean {
  const [month = '', date = ''] = day.slice(5).split('-');
  const fixed = ['01-01', '06-19', '07-04', '11-11', '12-25'];
  if (fixed.includes(day.slice(5))) return true;
  if (weekdayOf(day) === 1 && fixed.includes(addDays(day, -1).slice(5))) return true;
  const week = Math.ceil(Number(date) / 7);
  const isLast = addDays(day, 7).slice(5, 7) !== month;
  if (weekdayOf(day) === 4) return month === '11' && week === 4;
  if (weekdayOf(day) !== 1) return false;
  if (month === '05') return isLast;
  // Martin Luther King, Presidents, Labor, Columbus.
  return { '01': 3, '02': 3, '09': 1, '10': 2 }[month] === week;
}
