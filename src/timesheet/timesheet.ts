/** Timesheets: one engagement × one pay period, derived from the facts; submitted, approved and reopened by rows. */

import { and, asc, eq, gte, isNull, lt, sql } from 'drizzle-orm';
import {
  correctionAnswers,
  correctionDecisions,
  correctionRequests,
  corrections,
  correctionWithdrawals,
  engagements,
  punches,
  punchVoids,
  sites,
  timesheetApprovals,
  timesheetReopenings,
} from '../../db/cell.ts';
import type { RecordedPunch } from '../clock/punch.ts';
import { employerOf } from '../employer/employer.ts';
import { siteOf } from '../employer/site.ts';
import { hasRole, type Standing, seesSite } from '../employer/standing.ts';
import { type Engagement, engagementOf, lastDayOf, siteIdsOf } from '../engagement/engagement.ts';
import type { Entry } from '../hours/entries.ts';
import { exceptionAt, type TimesheetException } from '../hours/exceptions.ts';
import { type Hours, hoursOf } from '../hours/hours.ts';
import { pairPunches } from '../hours/pairing.ts';
import { refuse } from '../kernel/refusal.ts';
import {
  addDays,
  type CivilDate,
  type CivilRange,
  civilDateAt,
  type Instant,
  instantsOf,
  type PayPeriodKind,
  payPeriodOf,
} from '../kernel/time.ts';
import { type Db, prepared } from '../store/commit.ts';
import { countedPunches } from './counted-punch.ts';
import { factsOf, type PeriodReader, periodReader } from './timesheet-facts.ts';
import { type Approval, type Progress, progressOf } from './timesheet-state.ts';

export interface Timesheet extends Hours, Progress {
  readonly engagement: Engagement;
  readonly period: CivilRange;
  /** The facts have changed since the approval: what is paid is what was approved. */
  readonly changedSinceApproval: boolean;
}

/** What every timesheet asks; a list of them asks it of each. */
const statements = prepared((db) => ({
  corrections: db
    .select({ correction: corrections, answer: correctionAnswers, punch: punches, zone: sites.zone })
    .from(corrections)
    .innerJoin(punches, eq(punches.id, corrections.punchId))
    .innerJoin(sites, eq(sites.id, punches.siteId))
    .leftJoin(correctionAnswers, eq(correctionAnswers.id, corrections.id))
    .where(eq(corrections.engagementId, sql.placeholder('engagementId')))
    .prepare(),
  asked: db
    .select({ request: correctionRequests, punch: punches, zone: sites.zone })
    .from(correctionRequests)
    .leftJoin(correctionDecisions, eq(correctionDecisions.id, correctionRequests.id))
    .leftJoin(correctionWithdrawals, eq(correctionWithdrawals.id, correctionRequests.id))
    .leftJoin(punches, eq(punches.id, correctionRequests.punchId))
    .innerJoin(sites, sql`${sites.id} = coalesce(${correctionRequests.siteId}, ${punches.siteId})`)
    .where(
      and(
        eq(correctionRequests.engagementId, sql.placeholder('engagementId')),
        isNull(correctionDecisions.id),
        isNull(correctionWithdrawals.id),
      ),
    )
    .prepare(),
  approval: db
    .select({ approval: timesheetApprovals })
    .from(timesheetApprovals)
    .leftJoin(timesheetReopenings, eq(timesheetReopenings.id, timesheetApprovals.id))
    .where(
      and(
        eq(timesheetApprovals.engagementId, sql.placeholder('engagementId')),
        eq(timesheetApprovals.startsOn, sql.placeholder('startsOn')),
        isNull(timesheetReopenings.id),
      ),
    )
    .prepare(),
}));

/**
 * The timesheet of the period that begins on a day; refuses `not-found` when no period of the engagement begins there.
 * `readerOf`: for those who read many timesheets (see `periodReaders`).
 */
export function timesheetOf(
  db: Db,
  engagementId: string,
  startsOn: CivilDate,
  at: Instant,
  readerOf: (period: CivilRange) => PeriodReader = (period) => periodReader(db, period),
): Timesheet {
  const engagement = engagementOf(db, engagementId) ?? refuse('not-found');
  const period = payPeriodOf(engagement.payPeriod, startsOn);
  if (period.startsOn !== startsOn) refuse('not-found');
  const hours = hoursOf(factsOf(db, engagement, period, at, readerOf(period)));
  const exceptions = [
    ...hours.exceptions,
    ...askedCorrections(db, engagement, period),
    ...disputes(db, engagement, period),
  ];
  const progress = progressOf(db, engagementId, startsOn, hours.digest);
  const { approval } = progress;
  return {
    ...hours,
    exceptions,
    engagement,
    period,
    ...progress,
    changedSinceApproval: approval !== undefined && approval.digest !== hours.digest,
  };
}

/**
 * What the worker disputes, until it is corrected: a later correction of that day's clock-ins, or clock-outs, is the
 * employer's answer, and can be disputed in its turn.
 */
function disputes(db: Db, engagement: Engagement, period: CivilRange): TimesheetException[] {
  const all = statements(db)
    .corrections.all({ engagementId: engagement.id })
    .map(({ correction, answer, punch, zone }) => ({
      at: correction.at,
      answer,
      punch,
      day: civilDateAt(punch.effectiveAt, zone),
    }));
  return all
    .filter(
      ({ answer, punch, day }) =>
        answer?.answer === 'disputed' &&
        day >= period.startsOn &&
        day <= period.endsOn &&
        !all.some((later) => later.at > answer.at && later.day === day && later.punch.kind === punch.kind),
    )
    .map(({ punch, day }) => exceptionAt('disputed', day, [punch.id]));
}

/** What the worker asks to be corrected, until somebody decides. Who approves before that says it knowingly. */
function askedCorrections(db: Db, engagement: Engagement, period: CivilRange): TimesheetException[] {
  return statements(db)
    .asked.all({ engagementId: engagement.id })
    .flatMap(({ request, punch, zone }) => {
      const at = request.punchAt ?? punch?.effectiveAt;
      if (!at) return [];
      const day = civilDateAt(at, zone);
      const punchIds = request.punchId === null ? [] : [request.punchId];
      return [exceptionAt('correction-asked', day, punchIds)];
    })
    .filter(({ day }) => day >= period.startsOn && day <= period.endsOn);
}

/** The approval in force: the newest that was not reopened. */
export function approvalOf(db: Db, engagementId: string, startsOn: CivilDate): Approval | undefined {
  return statements(db).approval.get({ engagementId, startsOn })?.approval;
}

/** At every site: the day ends later in New York than in Shanghai. */
export function isOver(db: Db, { engagement, period }: Timesheet, at: Instant): boolean {
  const last = lastDayOf(db, engagement);
  const zones = siteIdsOf(db, engagement.id).map((id) => siteOf(db, id)?.zone ?? employerOf(db).zone);
  return [employerOf(db).zone, ...zones]
    .map((zone) => civilDateAt(at, zone))
    .every((today) => today > period.endsOn || (last !== null && today > last));
}

/** Everything in it happened where this member may look; an empty one follows the engagement's sites. */
export function maySee(db: Db, standing: Standing, { engagement, entries }: Timesheet): boolean {
  if (hasRole(standing, 'owner', 'hr')) return true;
  const worked = entries.flatMap((entry) => entry.intervals.map(({ siteId }) => siteId));
  const ids = new Set(worked.length > 0 ? worked : siteIdsOf(db, engagement.id));
  return [...ids].every((id) => {
    const site = siteOf(db, id);
    return site !== undefined && seesSite(standing, site);
  });
}

export interface ApprovedTimesheet {
  readonly approval: Approval;
  readonly engagement: Engagement;
  readonly entries: readonly Entry[];
}

/** What a pay run pulls: approvals in force of exactly this period. */
export function approvalsFor(db: Db, payPeriod: PayPeriodKind, period: CivilRange): ApprovedTimesheet[] {
  return db
    .select({ approval: timesheetApprovals, engagement: engagements })
    .from(timesheetApprovals)
    .innerJoin(engagements, eq(engagements.id, timesheetApprovals.engagementId))
    .leftJoin(timesheetReopenings, eq(timesheetReopenings.id, timesheetApprovals.id))
    .where(
      and(
        eq(timesheetApprovals.startsOn, period.startsOn),
        eq(timesheetApprovals.endsOn, period.endsOn),
        eq(engagements.payPeriod, payPeriod),
        isNull(timesheetReopenings.id),
      ),
    )
    .orderBy(asc(engagements.workerId), asc(engagements.id))
    .all()
    .map(({ approval, engagement }) => ({
      approval,
      engagement,
      entries: JSON.parse(approval.entries) as Entry[],
    }));
}

/** Every punch that bears on a period, voided ones too, oldest first. */
export function recordedPunches(db: Db, engagement: Engagement, period: CivilRange): RecordedPunch[] {
  const { from, before } = instantsOf(
    { startsOn: addDays(period.startsOn, -1), endsOn: addDays(period.endsOn, 1) },
    employerOf(db).zone,
  );
  // What is counted reaches into the day after, whose own clock-outs are its own.
  const closing = new Set(
    pairPunches(countedPunches(db, engagement, period))
      .intervals.filter(({ day }) => day <= period.endsOn)
      .map(({ outPunchId }) => outPunchId),
  );
  return db
    .select({ punch: punches, siteName: sites.name, zone: sites.zone, voided: punchVoids.reason })
    .from(punches)
    .innerJoin(sites, eq(sites.id, punches.siteId))
    .leftJoin(punchVoids, eq(punchVoids.id, punches.id))
    .where(
      and(
        eq(punches.engagementId, engagement.id),
        gte(punches.effectiveAt, from),
        lt(punches.effectiveAt, before),
      ),
    )
    .orderBy(asc(punches.effectiveAt), asc(punches.id))
    .all()
    .filter(({ punch, zone, voided }) => {
      const day = civilDateAt(punch.effectiveAt, zone);
      return (
        (day >= period.startsOn && day <= period.endsOn) ||
        (voided === null && closing.has(punch.id) && day === addDays(period.endsOn, 1))
      );
    });
}

export function zonesOf(db: Db): Map<string, string> {
  return new Map(
    db
      .select({ id: sites.id, zone: sites.zone })
      .from(sites)
      .all()
      .map(({ id, zone }) => [id, zone]),
  );
}
