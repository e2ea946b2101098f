/** Work that approvals pay: the same seconds of a worker never twice, whatever engagement or period they are claimed in. */
import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import { paidSpans, timesheetReopenings } from '../../db/cell.ts';
import type { Entry } from '../hours/entries.ts';
import type { Span } from '../hours/spans.ts';
import { refuse } from '../kernel/refusal.ts';
import { addSeconds, type CivilDate } from '../kernel/time.ts';
import { type Db, prepared, type Tx } from '../store/commit.ts';

/** Of one day: from each clock-in to its clock-out, and the breaks clocked out for that are paid. */
export function paidSpansOf({ intervals, breaks = [] }: Pick<Entry, 'intervals' | 'breaks'>): Span[] {
  const pauses = breaks.filter(({ paid, automatic }) => paid && !automatic);
  return [
    ...intervals
      .filter(({ startsAt, endsAt }) => startsAt < endsAt)
      .map(({ startsAt, endsAt }) => ({ startsAt, endsAt })),
    ...pauses.map(({ startsAt, seconds }) => ({ startsAt, endsAt: addSeconds(startsAt, seconds) })),
  ];
}

const statements = prepared((db) => ({
  claimed: db
    .select({ approvalId: paidSpans.approvalId })
    .from(paidSpans)
    .leftJoin(timesheetReopenings, eq(timesheetReopenings.id, paidSpans.approvalId))
    .where(
      and(
        eq(paidSpans.workerId, sql.placeholder('workerId')),
        gt(paidSpans.endsAt, sql.placeholder('startsAt')),
        lt(paidSpans.startsAt, sql.placeholder('endsAt')),
        isNull(timesheetReopenings.id),
      ),
    )
    .limit(1)
    .prepare(),
}));

/** The day of the first entry with time that another approval in force has claimed. */
export function dayPaidTwice(db: Db, workerId: string, entries: readonly Entry[]): CivilDate | undefined {
  return entries.find((entry) =>
    paidSpansOf(entry).some(({ startsAt, endsAt }) =>
      statements(db).claimed.get({ workerId, startsAt, endsAt }),
    ),
  )?.day;
}

/** Before an approval is recorded. The database refuses the same by itself (db/cell-triggers.sql), without a sentence. */
export function refuseTwicePaid(tx: Tx, workerId: string, entries: readonly Entry[]): void {
  const day = dayPaidTwice(tx, workerId, entries);
  if (day) refuse('hours-overlap', { day });
}
