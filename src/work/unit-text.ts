/** Pieces and days of an entry in words. */
import type { Locale } from '../kernel/refusal.ts';
import type { Entry } from './entries.ts';
import { unitWords } from './unit-words.ts';
import { quantityText } from './units.ts';

/** `Pieces 12 · Days of work 0.5`; nothing when an entry has none. */
export function unitsText(entry: Pick<Entry, 'units'>, locale: Locale): string {
  return (entry.units ?? [])
    .map(({ unit, quantityHundredths }) => `${unitWords(locale)(unit)} ${quantityText(quantityHundredths)}`)
    .join(' · ');
}
