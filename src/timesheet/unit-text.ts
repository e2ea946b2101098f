/** Pieces and days of an entry in words. */

import type { Entry } from '../hours/entries.ts';
import { quantityText } from '../hours/units.ts';
import type { Locale } from '../kernel/refusal.ts';
import { unitWords } from './unit-words.ts';

/** `Pieces 12 · Days of work 0.5`; nothing when an entry has none. */
export function unitsText(entry: Pick<Entry, 'units'>, locale: Locale): string {
  return (entry.units ?? [])
    .map(({ unit, quantityHundredths }) => `${unitWords(locale)(unit)} ${quantityText(quantityHundredths)}`)
    .join(' · ');
}
