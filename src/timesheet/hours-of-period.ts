/** The hours of many engagements in one period, chunk by chunk, so that nobody who clocks in meanwhile has to wait. */

import type { Engagement } from '../engagement/engagement.ts';
import { type Hours, hoursOf } from '../hours/hours.ts';
import type { CivilRange, Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { factsOf, periodReader } from './timesheet-facts.ts';

export interface EngagementHours {
  readonly engagement: Engagement;
  readonly hours: Hours;
}

/** As many engagements as are read without a pause: a month of ten is some 900 punches, a few milliseconds. */
export const engagementsAtOnce = 10;

/** The caller awaits between two chunks (see store/turns.ts). */
export function* hoursOfPeriod(
  db: Db,
  engagements: readonly Engagement[],
  period: CivilRange,
  at: Instant,
): Generator<EngagementHours[]> {
  const reader = periodReader(db, period);
  for (const chunk of chunksOf(engagements)) {
    yield chunk.map((engagement) => ({
      engagement,
      hours: hoursOf(factsOf(db, engagement, period, at, reader)),
    }));
  }
}

export function* chunksOf<T>(all: readonly T[], size = engagementsAtOnce): Generator<readonly T[]> {
  for (let start = 0; start < all.length; start += size) yield all.slice(start, start + size);
}
