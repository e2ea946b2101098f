/** Units of work beside hours (pure): who is paid by the piece or by the day. */
import type { workUnit } from '../../db/cell.ts';
import type { CivilDate } from '../kernel/time.ts';

export type WorkUnit = (typeof workUnit)[number];

/** What somebody reported for a day. Quantities are whole hundredths, so that half a day and 12.5 metres are exact. */
export interface ReportedUnits {
  readonly id: string;
  readonly day: CivilDate;
  readonly unit: WorkUnit;
  readonly quantityHundredths: number;
  readonly confirmed: boolean;
}

/** Of an entry: what is confirmed of a day. Members in lexical order (see pairing.ts). */
export interface EntryUnits {
  readonly quantityHundredths: number;
  readonly unit: WorkUnit;
}

/** Confirmed units by day, one line a unit, in a fixed order. */
export function unitsByDay(reported: readonly ReportedUnits[]): Map<CivilDate, EntryUnits[]> {
  const found = new Map<CivilDate, EntryUnits[]>();
  const inOrder = [...reported].sort((a, b) => (a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : 0));
  for (const { day, unit, quantityHundredths } of inOrder.filter(({ confirmed }) => confirmed)) {
    const ofDay = found.get(day) ?? [];
    const known = ofDay.findIndex((one) => one.unit === unit);
    if (known < 0) ofDay.push({ quantityHundredths, unit });
    else
      ofDay[known] = {
        quantityHundredths: (ofDay[known]?.quantityHundredths ?? 0) + quantityHundredths,
        unit,
      };
    found.set(day, ofDay);
  }
  return found;
}

/** `12`, `12.5`, `0.25`. */
export function quantityText(hundredths: number): string {
  const [whole, rest] = [Math.floor(hundredths / 100), hundredths % 100];
  return rest === 0 ? String(whole) : `${whole}.${String(rest).padStart(2, '0').replace(/0$/, '')}`;
}
