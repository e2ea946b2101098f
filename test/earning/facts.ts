/** Facts of earnings for tests: entries as an approval holds them, from clock times at a place. */
import type { EarningFacts, Place } from '../../src/earning/earning.ts';
import { payDataOf } from '../../src/earning/pay-data.ts';
import { type Terms, zPayRules } from '../../src/earning/pay-rules.ts';
import { type Entry, entriesOf } from '../../src/hours/entries.ts';
import type { WorkUnit } from '../../src/hours/units.ts';
import { minor } from '../../src/kernel/money.ts';
import {
  addDays,
  type CivilDate,
  civilDate,
  civilDateAt,
  secondsBetween,
  wallClockAt,
} from '../../src/kernel/time.ts';

export const shanghai: Place = {
  zone: 'Asia/Shanghai',
  regions: [{ effectiveOn: civilDate('2020-01-01'), region: 'CN-SH', tier: 1 }],
};
export const china = payDataOf('CN');

/** `shift('2026-10-01', '22:00', '06:00')`: an end before the start is on the next day. */
export function shift(
  day: string,
  from: string,
  to: string,
  { zone = 'Asia/Shanghai', siteId = 'quay', units = {} as Partial<Record<WorkUnit, number>> } = {},
): Entry {
  const startsAt = wallClockAt(civilDate(day), from, zone);
  const endsAt = wallClockAt(to > from ? civilDate(day) : addDays(civilDate(day), 1), to, zone);
  const interval = {
    day: civilDateAt(startsAt, zone),
    endsAt,
    inPunchId: `in ${day} ${from}`,
    outPunchId: `out ${day} ${from}`,
    seconds: secondsBetween(startsAt, endsAt),
    siteId,
    startsAt,
  };
  const rules = { breaks: [], rounding: { toMinutes: 0, favour: 'nearest' } } as const;
  const [made] = entriesOf(
    [interval],
    () => zone,
    () => rules,
  );
  if (!made) throw new Error('no entry');
  const counted = Object.entries(units).map(([unit, quantityHundredths]) => ({
    quantityHundredths,
    unit: unit as WorkUnit,
  }));
  return counted.length > 0 ? { ...made.entry, units: counted } : made.entry;
}

/** Counted work without a punch. */
export function counted(day: string, units: Partial<Record<WorkUnit, number>>): Entry {
  return {
    breakSeconds: 0,
    day: civilDate(day),
    intervals: [],
    rawSeconds: 0,
    seconds: 0,
    secondsByDay: {},
    units: Object.entries(units).map(([unit, quantityHundredths]) => ({
      quantityHundredths,
      unit: unit as WorkUnit,
    })),
  };
}

export function terms(
  hourly: number | null,
  rules: Record<string, unknown> = {},
  effectiveOn = '2025-01-01',
  more: Partial<Terms> = {},
): Terms {
  return {
    id: `terms ${effectiveOn}`,
    siteId: null,
    effectiveOn: civilDate(effectiveOn),
    hourlyMinor: hourly === null ? null : minor(hourly),
    rules: zPayRules.parse(rules),
    ...more,
  };
}

export function facts(change: Partial<EarningFacts> = {}): EarningFacts {
  return {
    engagementId: 'engagement',
    relationship: 'service',
    startsOn: civilDate('2026-10-01'),
    endsOn: civilDate('2026-10-31'),
    entries: [],
    terms: [terms(2500)],
    places: { quay: shanghai },
    ...change,
  };
}

export const day = (text: string) => text as CivilDate;
