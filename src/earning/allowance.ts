/** Allowances of a day's work (pure): nights, heat, meals and the way there. */
import type { Entry } from '../hours/entries.ts';
import { type Minor, minor } from '../kernel/money.ts';
import { addDays, type CivilDate, epochMs, startOfDay, wallClockAt } from '../kernel/time.ts';
import type { EarningProblem, Place } from './earning.ts';
import type { EarningRule, PartList } from './earning-part.ts';
import { type PayData, paidDaysPerMonthHundredths } from './pay-data.ts';
import type { Allowance, Terms } from './pay-rules.ts';

export interface AllowanceDay {
  readonly entry: Entry;
  readonly terms: Terms;
  readonly shifts: number;
  readonly place: Place | undefined;
  readonly data: PayData;
  readonly problem: (problem: EarningProblem) => void;
}

/** Nothing for a day without hours: an allowance is for having been there. */
export function addAllowances(list: PartList, day: AllowanceDay): void {
  const { entry, terms } = day;
  if (entry.seconds === 0) return;
  for (const allowance of terms.rules.allowances) {
    if (allowance.code === 'night') addNight(list, day, allowance);
    else if (allowance.code === 'heat') addHeat(list, day, allowance);
    else if (allowance.code === 'meal') {
      if (entry.seconds >= allowance.afterSeconds) addOnce(list, day, 'meal', allowance.amountMinor, 100);
    } else addOnce(list, day, 'travel', allowance.amountMinor, day.shifts * 100);
  }
}

function addOnce(
  list: PartList,
  day: AllowanceDay,
  code: 'meal' | 'travel' | 'night',
  rateMinor: Minor,
  hundredths: number,
) {
  const { entry, terms } = day;
  list.add(
    {
      code,
      kind: 'allowance',
      basis: 'shifts',
      rateMinor,
      ratePer: 100,
      multiplierBp: null,
      rule: promiseOf(terms),
    },
    entry.day,
    hundredths,
    terms.id,
  );
}

const promiseOf = ({ id, effectiveOn }: Terms): EarningRule => ({ id, effectiveOn, source: null });

function addNight(list: PartList, day: AllowanceDay, allowance: Extract<Allowance, { code: 'night' }>): void {
  const { entry, terms, place } = day;
  if (!place) return;
  const night = nightSeconds(entry, allowance, place.zone);
  let total = 0;
  for (const seconds of night.values()) total += seconds;
  if (total === 0 || total < allowance.atLeastSeconds) return;
  if (allowance.per === 'shift') addOnce(list, day, 'night', allowance.amountMinor, 100);
  if (allowance.per === 'shift') return;
  for (const [on, seconds] of night) {
    list.add(
      {
        code: 'night',
        kind: 'allowance',
        basis: 'seconds',
        rateMinor: allowance.amountMinor,
        ratePer: 3600,
        multiplierBp: null,
        rule: promiseOf(terms),
      },
      on,
      seconds,
      terms.id,
    );
  }
}

/** The paid seconds of a day's work that lie in the window on the clocks of the place, by civil day. */
export function nightSeconds(
  entry: Entry,
  window: { readonly from: string; readonly to: string },
  zone: string,
): Map<CivilDate, number> {
  const found = new Map<CivilDate, number>();
  const spans = paidSpans(entry);
  for (const on of Object.keys(entry.secondsByDay) as CivilDate[]) {
    const inWindow = windowsOn(on, window, zone);
    let seconds = 0;
    for (const [from, to] of inWindow)
      for (const [start, end] of spans)
        seconds += Math.max(0, Math.min(end, to) - Math.max(start, from)) / 1000;
    // Rounding may have left less than the punches say.
    const paid = Math.min(Math.trunc(seconds), entry.secondsByDay[on] ?? 0);
    if (paid > 0) found.set(on, paid);
  }
  return found;
}

type Span = readonly [fromMs: number, toMs: number];

/** From clock-in to clock-out, less the unpaid breaks that nobody clocked out for, and breaks clocked out for that are paid. */
function paidSpans({ intervals, breaks = [] }: Entry): Span[] {
  let spans: Span[] = intervals.map(({ startsAt, endsAt }) => [epochMs(startsAt), epochMs(endsAt)] as const);
  for (const { startsAt, seconds, paid, automatic } of breaks) {
    const from = epochMs(startsAt);
    const to = from + seconds * 1000;
    if (paid && !automatic) spans = [...spans, [from, to]];
    else if (!paid && automatic)
      spans = spans.flatMap(([start, end]): Span[] =>
        to <= start || from >= end
          ? [[start, end]]
          : ([
              [start, Math.max(start, from)],
              [Math.min(end, to), end],
            ] as Span[]),
      );
  }
  return spans.filter(([start, end]) => end > start);
}

const windows = new Map<string, readonly Span[]>();

/** The parts of a civil day in a window that may go over midnight. */
function windowsOn(on: CivilDate, { from, to }: { from: string; to: string }, zone: string): readonly Span[] {
  const key = `${on} ${zone} ${from} ${to}`;
  const known = windows.get(key);
  if (known) return known;
  const at = (time: string) => epochMs(wallClockAt(on, time, zone));
  const [midnight, next] = [epochMs(startOfDay(on, zone)), epochMs(startOfDay(addDays(on, 1), zone))];
  const found: readonly Span[] =
    from < to
      ? [[at(from), at(to)]]
      : [
          [midnight, at(to)],
          [at(from), next],
        ];
  if (windows.size > 4096) windows.clear();
  windows.set(key, found);
  return found;
}

/** What the terms say a day, else the province's: of a month's amount each day worked is one of 21.75, and no more of them. */
function addHeat(list: PartList, day: AllowanceDay, allowance: Extract<Allowance, { code: 'heat' }>): void {
  const { entry, terms, place, data } = day;
  const on = entry.day;
  const region = place?.regions.filter(({ effectiveOn }) => effectiveOn <= on).at(-1)?.region;
  const row = region === undefined ? undefined : data.heatOn(region, on);
  const month = Number(on.slice(5, 7));
  const head = { code: 'heat', kind: 'allowance', basis: 'days', multiplierBp: null } as const;
  if (allowance.dailyMinor !== null) {
    // Without a province's months it is paid when it is hot by the national rule's months.
    if (!(row?.months ?? [6, 7, 8, 9]).includes(month)) return;
    list.add(
      { ...head, rateMinor: allowance.dailyMinor, ratePer: 100, rule: promiseOf(terms) },
      on,
      100,
      terms.id,
    );
    return;
  }
  if (!row) day.problem(region === undefined ? 'region-missing' : 'heat-allowance-missing');
  if (!row?.months.includes(month)) return;
  const rateMinor = minor(allowance.place === 'outdoor' ? row.outdoorMinor : row.indoorMinor);
  const ratePer = row.per === 'month' ? paidDaysPerMonthHundredths : 100;
  const rule = { id: `heat-allowance ${row.region}`, effectiveOn: row.effectiveOn, source: row.source };
  const most = row.per === 'month' ? paidDaysPerMonthHundredths : undefined;
  list.add({ ...head, rateMinor, ratePer, rule }, on, 100, terms.id, most);
}
