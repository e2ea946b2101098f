/** What people say of a timesheet: the worker submits it, somebody else approves it. Each says it of the hours' digest. */
import { eq } from 'drizzle-orm';
import { timesheetApprovals, timesheetLocks, timesheetSubmissions } from '../../db/cell.ts';
import type { Standing } from '../employer/standing.ts';
import { nameBehind } from '../identity/name.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { canonicalJson } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import type { CivilDate, Instant } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { refuseTwicePaid } from './paid-span.ts';
import { isOver, maySee, type Timesheet, timesheetOf } from './timesheet.ts';
import type { Approval, Submission } from './timesheet-state.ts';

export interface Decision {
  readonly id: string;
  readonly engagementId: string;
  readonly startsOn: CivilDate;
  readonly digest: string;
}

/** The worker says: these are my hours. What is submitted is a digest, so later changes show. Answers the one that counts. */
export function submitTimesheet(
  tx: Tx,
  actor: Actor,
  workerId: string,
  input: Decision & { readonly note: string },
  at: Instant,
): Submission {
  const sheet = timesheetOf(tx, input.engagementId, input.startsOn, at);
  if (sheet.engagement.workerId !== workerId) refuse('not-found');
  const row: Submission = { ...input, endsOn: sheet.period.endsOn, at, by: actorText(actor) };
  const known = tx.select().from(timesheetSubmissions).where(eq(timesheetSubmissions.id, input.id)).get();
  if (known) return saysTheSame(known, row) && known.note === row.note ? known : refuse('id-reused');
  const { state, submission } = sheet;
  // The same hours with another note are said anew, so that no note is lost.
  if (state === 'submitted' && submission?.digest === input.digest && submission.note === input.note)
    return submission;
  if (sheet.approval) refuse('period-approved');
  if (sheet.digest !== input.digest) refuse('timesheet-changed');
  if (sheet.entries.length === 0) refuse('timesheet-empty');
  record(tx, 'timesheet-submitted', row, row.by, at);
  return row;
}

const saysTheSame = (known: Submission | Approval, row: Submission | Approval) =>
  known.engagementId === row.engagementId &&
  known.startsOn === row.startsOn &&
  known.digest === row.digest &&
  known.by === row.by;

/**
 * A supervisor of all its sites, the client's approver, HR or an owner says: these hours are right. Not one's own, not
 * while something blocks, and not before the period (or the engagement) is over. Who says it again gets the first
 * approval; who comes second is told whose it is. A repetition of one that was reopened since approves nothing.
 */
export function approveTimesheet(
  tx: Tx,
  actor: Actor,
  standing: Standing,
  input: Decision,
  at: Instant,
): Approval {
  const sheet = timesheetOf(tx, input.engagementId, input.startsOn, at);
  if (!maySee(tx, standing, sheet)) refuse('not-found');
  if (sheet.engagement.workerId === standing.workerId) refuse('own-approval');
  const row = approvalRow(sheet, input, null, actorText(actor), at);
  const known = approvalWithId(tx, input.id);
  if (known) return saysTheSame(known, row) ? known : refuse('id-reused');
  const { approval } = sheet;
  if (approval?.digest === input.digest)
    return approval.by === row.by
      ? approval
      : refuse('approved-by-other', { name: nameBehind(tx, approval.by) });
  if (approval) refuse('period-approved');
  if (sheet.digest !== input.digest) refuse('timesheet-changed');
  if (sheet.exceptions.some(({ blocking }) => blocking)) refuse('timesheet-blocked');
  if (sheet.entries.length === 0) refuse('timesheet-empty');
  if (!isOver(tx, sheet, at)) refuse('period-not-over', { endsOn: sheet.period.endsOn });
  refuseTwicePaid(tx, sheet.engagement.workerId, sheet.entries);
  record(tx, 'timesheet-approved', row, row.by, at);
  return row;
}

function approvalWithId(db: Db, id: string): Approval | undefined {
  return db.select().from(timesheetApprovals).where(eq(timesheetApprovals.id, id)).get();
}

/** Holds the hours as they are: later changes show against it. */
export function approvalRow(
  sheet: Timesheet,
  { id, engagementId, startsOn, digest }: Decision,
  rule: string | null,
  by: string,
  at: Instant,
): Approval {
  const { endsOn } = sheet.period;
  const hours = { entries: canonicalJson(sheet.entries), seconds: sheet.seconds };
  return { id, engagementId, startsOn, endsOn, digest, ...hours, rule, at, by };
}

/** An approved pay run holds these approvals from now on; those that one holds already stay with it. */
export function lockTimesheets(
  tx: Tx,
  approvalIds: readonly string[],
  runId: string,
  by: string,
  at: Instant,
): void {
  for (const id of new Set(approvalIds))
    if (!tx.select().from(timesheetLocks).where(eq(timesheetLocks.id, id)).get())
      record(tx, 'timesheet-locked', { id, runId, at, by }, by, at);
}
