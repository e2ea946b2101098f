/** The facts that a timesheet is derived from, read from the database: punches, rules, the plan, units, other engagements. */
import { and, eq, gte, isNull, lt, ne, sql } from 'drizzle-orm';
import { engagements, timesheetApprovals, timesheetReopenings } from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { policyOn, type SitePolicyRow, sitePoliciesOf } from '../employer/site-policy.ts';
import { type Engagement, lastDayOf } from '../engagement/engagement.ts';
import type { Entry } from '../hours/entries.ts';
import type { Facts, HoursRules } from '../hours/hours.ts';
import { pairPunches } from '../hours/pairing.ts';
import type { Span } from '../hours/spans.ts';
import { addDays, type CivilDate, type CivilRange, type Instant } from '../kernel/time.ts';
import { plannedShiftsOf } from '../shift/planned-shift.ts';
import { restRulesOn } from '../shift/rest-rules.ts';
import { type Db, prepared } from '../store/commit.ts';
import { countedPunches, type PunchReader, punchReader } from './counted-punch.ts';
import { reportedUnits } from './reported-units.ts';

/** What is the same for every timesheet of a period, asked once. */
export interface PeriodReader extends PunchReader {
  readonly rulesOn: (siteId: string, day: CivilDate) => HoursRules;
  readonly restSecondsOf: (engagement: Engagement) => number | undefined;
}

export function periodReader(db: Db, period: CivilRange): PeriodReader {
  const rests = restRulesOn(employerOf(db).country, period.startsOn).filter(
    ({ code }) => code === 'minimum-rest',
  );
  const policies = new Map<string, readonly SitePolicyRow[]>();
  const policiesOf = (siteId: string) => {
    const known = policies.get(siteId);
    if (known) return known;
    const found = sitePoliciesOf(db, siteId);
    policies.set(siteId, found);
    return found;
  };
  return {
    ...punchReader(db, period),
    rulesOn: (siteId, day) => policyOn(policiesOf(siteId), day),
    restSecondsOf: ({ relationship }) =>
      rests.find(({ relationships }) => relationships.includes(relationship))?.limitSeconds,
  };
}

/** One reader a period, for those who read many timesheets of a few periods. */
export function periodReaders(db: Db): (period: CivilRange) => PeriodReader {
  const known = new Map<string, PeriodReader>();
  return (period) => {
    const key = `${period.startsOn} ${period.endsOn}`;
    const reader = known.get(key) ?? periodReader(db, period);
    known.set(key, reader);
    return reader;
  };
}

export function factsOf(
  db: Db,
  engagement: Engagement,
  period: CivilRange,
  now: Instant,
  reader: PeriodReader,
): Facts {
  return {
    punches: countedPunches(db, engagement, period, reader),
    period,
    rulesOn: reader.rulesOn,
    shifts: plannedShiftsOf(db, engagement.id, addDays(period.startsOn, -2), addDays(period.endsOn, 2)),
    units: reportedUnits(db, engagement.id, period),
    restSeconds: reader.restSecondsOf(engagement),
    others: otherSpans(db, engagement, period, reader),
    live: { startsOn: engagement.startsOn, lastDay: lastDayOf(db, engagement) },
    now,
  };
}

const statements = prepared((db) => ({
  others: db
    .select()
    .from(engagements)
    .where(
      and(eq(engagements.workerId, sql.placeholder('workerId')), ne(engagements.id, sql.placeholder('id'))),
    )
    .prepare(),
}));

/**
 * Of the worker's other engagements here: all work of those made before this one, because the earlier engagement keeps
 * shared seconds, and what is approved already of those made after it, because that is paid.
 */
function otherSpans(db: Db, engagement: Engagement, period: CivilRange, reader: PeriodReader): Span[] {
  const isBefore = (other: Engagement) =>
    other.at < engagement.at || (other.at === engagement.at && other.id < engagement.id);
  return statements(db)
    .others.all({ workerId: engagement.workerId, id: engagement.id })
    .flatMap((other) =>
      isBefore(other)
        ? pairPunches(countedPunches(db, other, period, reader)).intervals
        : approvedSpans(db, other.id, period),
    );
}

/** A shift of the day before may reach into the period, one of its last day out of it. */
function approvedSpans(db: Db, engagementId: string, period: CivilRange): Span[] {
  return db
    .select({ entries: timesheetApprovals.entries })
    .from(timesheetApprovals)
    .leftJoin(timesheetReopenings, eq(timesheetReopenings.id, timesheetApprovals.id))
    .where(
      and(
        eq(timesheetApprovals.engagementId, engagementId),
        gte(timesheetApprovals.endsOn, addDays(period.startsOn, -2)),
        lt(timesheetApprovals.startsOn, addDays(period.endsOn, 3)),
        isNull(timesheetReopenings.id),
      ),
    )
    .all()
    .flatMap(({ entries }) => (JSON.parse(entries) as Entry[]).flatMap(({ intervals }) => intervals));
}
