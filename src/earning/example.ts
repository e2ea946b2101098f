/** What a day of work would pay by the terms as they are: shown while they are agreed, so that nobody is surprised by them. */
import { engagementOf, siteIdsOf } from '../engagement/engagement.ts';
import { type Entry, entriesOf } from '../hours/entries.ts';
import { refuse } from '../kernel/refusal.ts';
import {
  addDays,
  type CivilDate,
  isClockTime,
  parseCivilDate,
  secondsBetween,
  wallClockAt,
} from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { payDataNow } from './datum.ts';
import { type Earned, earningsOf } from './earning.ts';
import { incomeOf } from './earning-part.ts';
import type { Terms } from './pay-rules.ts';
import { termsOf } from './pay-terms.ts';
import { placesOf } from './worked-facts.ts';

export interface ExampleDay {
  readonly on: CivilDate;
  readonly from: string;
  readonly to: string;
  readonly siteId?: string | undefined;
  readonly pieces?: number;
}

/** Undefined when it is no day with two times. */
export function exampleQuery(query: Readonly<Record<string, string>>): ExampleDay | undefined {
  const { on = '', from = '08:00', to = '18:00', siteId } = query;
  const day = parseCivilDate(on);
  if (!day || !isClockTime(from) || !isClockTime(to)) return undefined;
  return { on: day, from, to, ...(siteId ? { siteId } : {}) };
}

/** An end at or before the start is on the next day. `terms`: others than those agreed, to try them. */
export function exampleOf(
  db: Db,
  engagementId: string,
  { on, from, to, siteId, pieces }: ExampleDay,
  terms: readonly Terms[] = termsOf(db, engagementId),
): Earned & { seconds: number; totalMinor: number } {
  const engagement = engagementOf(db, engagementId) ?? refuse('not-found');
  const place = siteId ?? siteIdsOf(db, engagementId)[0] ?? '';
  const places = placesOf(db, [place]);
  const zone = places[place]?.zone ?? 'UTC';
  const entry = workFrom(on, from, to, place, zone, pieces);
  const earned = earningsOf(
    {
      engagementId,
      relationship: engagement.relationship,
      startsOn: on,
      endsOn: on,
      entries: [entry],
      terms,
      places,
    },
    payDataNow(db),
  );
  return { ...earned, seconds: entry.seconds, totalMinor: incomeOf(earned.parts) };
}

function workFrom(day: CivilDate, from: string, to: string, siteId: string, zone: string, pieces = 0): Entry {
  const startsAt = wallClockAt(day, from, zone);
  const endsAt = wallClockAt(to > from ? day : addDays(day, 1), to, zone);
  const seconds = secondsBetween(startsAt, endsAt);
  const interval = { day, endsAt, inPunchId: '', outPunchId: '', seconds, siteId, startsAt };
  const [made] = entriesOf(
    [interval],
    () => zone,
    () => ({ breaks: [], rounding: { toMinutes: 0, favour: 'nearest' } }),
  );
  const entry = made?.entry ?? refuse('not-found');
  return pieces > 0 ? { ...entry, units: [{ unit: 'piece', quantityHundredths: pieces * 100 }] } : entry;
}
