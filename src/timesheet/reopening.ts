/** An approval speaks of the hours it saw. Whatever changes them takes it back in the same commit, and says what it was. */

import { and, eq, gte, lte, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { engagements, timesheetApprovals } from '../../db/cell.ts';
import { type OnPunch, type Punch, zoneOfPunch } from '../clock/punch.ts';
import type { Standing } from '../employer/standing.ts';
import { engagementOf, engagementsOfWorker } from '../engagement/engagement.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { refuse } from '../kernel/refusal.ts';
import { addDays, type CivilDate, civilDateAt, type Instant, payPeriodOf } from '../kernel/time.ts';
import { type Db, prepared, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { approvalOf, maySee, type Timesheet, timesheetOf } from './timesheet.ts';

/** The same worker's, all of them. */
const theirs = alias(engagements, 'theirs');

/** What changed the hours: a correction with its reason, or a punch that arrived late. */
export interface ReopeningCause {
  readonly reason: string;
  readonly correctionId: string | null;
  readonly punchId: string | null;
  readonly by: string;
}

/**
 * The worker's approved timesheets that a punch of these days may change, in every engagement, since one engagement's
 * hours bear on another's: of the day, of the day before, whose last shift may end on it, and of the day after.
 */
export function approvedAround(
  db: Db,
  workerId: string,
  days: readonly CivilDate[],
  at: Instant,
): Timesheet[] {
  const near = days.flatMap((day) => [addDays(day, -1), day, addDays(day, 1)]);
  return engagementsOfWorker(db, workerId).flatMap(({ id, payPeriod }) =>
    [...new Set(near.map((day) => payPeriodOf(payPeriod, day).startsOn))]
      .filter((startsOn) => approvalOf(db, id, startsOn) !== undefined)
      .map((startsOn) => timesheetOf(db, id, startsOn, at)),
  );
}

/** Takes back the approvals whose hours are no longer those of `before`. What a pay run has paid stays: the next one pays the difference. */
export function reopenChanged(
  tx: Tx,
  before: readonly Timesheet[],
  cause: ReopeningCause,
  at: Instant,
): void {
  for (const { engagement, period, digest, approval } of before)
    if (approval && timesheetOf(tx, engagement.id, period.startsOn, at).digest !== digest)
      record(tx, 'timesheet-reopened', { id: approval.id, ...cause, at }, cause.by, at);
}

/** As `reopenChanged`, for what changed already: compares with the hours that were approved. */
export function reopenIfChanged(
  tx: Tx,
  workerId: string,
  days: readonly CivilDate[],
  cause: ReopeningCause,
  at: Instant,
): void {
  for (const { approval, changedSinceApproval } of approvedAround(tx, workerId, days, at))
    if (approval && changedSinceApproval)
      record(tx, 'timesheet-reopened', { id: approval.id, ...cause, at }, cause.by, at);
}

/**
 * A punch of an approved period reopens it. Nobody approves a day that is not over, so a punch that counts as of its
 * receipt can only do so where its day or its place is not the engagement's: the usual one costs no question.
 */
export const reopenForPunch: OnPunch = (tx: Tx, punch: Punch) => {
  const isUsual =
    punch.effectiveAt === punch.receivedAt &&
    !punch.flags?.includes('engagement-not-live') &&
    !punch.flags?.includes('site-unexpected');
  if (isUsual || !isNearAnApproval(tx, punch)) return;
  const engagement = engagementOf(tx, punch.engagementId) ?? refuse('not-found');
  const day = civilDateAt(punch.effectiveAt, zoneOfPunch(tx, punch));
  const cause = { reason: '', correctionId: null, punchId: punch.id, by: punch.by };
  reopenIfChanged(tx, engagement.workerId, [day], cause, punch.receivedAt);
};

const statements = prepared((db) => ({
  near: db
    .select({ id: timesheetApprovals.id })
    .from(engagements)
    .innerJoin(theirs, eq(theirs.workerId, engagements.workerId))
    .innerJoin(timesheetApprovals, eq(timesheetApprovals.engagementId, theirs.id))
    .where(
      and(
        eq(engagements.id, sql.placeholder('engagementId')),
        gte(timesheetApprovals.endsOn, sql.placeholder('from')),
        lte(timesheetApprovals.startsOn, sql.placeholder('until')),
      ),
    )
    .limit(1)
    .prepare(),
}));

/** Asked of every late punch, and most are not: one question, wide enough for every zone. */
function isNearAnApproval(db: Db, { engagementId, effectiveAt }: Punch): boolean {
  const day = civilDateAt(effectiveAt, 'UTC');
  const days = { from: addDays(day, -2), until: addDays(day, 2) };
  return statements(db).near.get({ engagementId, ...days }) !== undefined;
}

/** By hand, and never of one's own hours. With `approvalId` a repetition is the same reopening, also after the hours were approved anew. */
export function reopenTimesheet(
  tx: Tx,
  actor: Actor,
  standing: Standing,
  input: { engagementId: string; startsOn: CivilDate; reason: string; approvalId?: string | undefined },
  at: Instant,
): void {
  const sheet = timesheetOf(tx, input.engagementId, input.startsOn, at);
  if (!maySee(tx, standing, sheet)) refuse('not-found');
  if (sheet.engagement.workerId === standing.workerId) refuse('own-approval');
  const { approval } = sheet;
  if (!approval || (input.approvalId !== undefined && input.approvalId !== approval.id)) return;
  const by = actorText(actor);
  const row = { id: approval.id, reason: input.reason, correctionId: null, punchId: null, at, by };
  record(tx, 'timesheet-reopened', row, by, at);
}
