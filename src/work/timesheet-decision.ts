import type { Standing } from '../employer/standing.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { canonicalJson } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import type { CivilDate, Instant } from '../kernel/time.ts';
import type { Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { type Approval, isOver, maySee, timesheetOf } from './timesheet.ts';

interface Decision {
  readonly id: string;
  readonly engagementId: string;
  readonly startsOn: CivilDate;
  readonly digest: string;
}

/** The worker says: these are my hours. What is submitted is a digest, so later changes show. Answers the id of what counts. */
export function submitTimesheet(
  tx: Tx,
  actor: Actor,
  workerId: string,
  input: Decision & { note: string },
  at: Instant,
): string {
  const sheet = timesheetOf(tx, input.engagementId, input.startsOn, at);
  if (sheet.engagement.workerId !== workerId) refuse('not-found');
  const row = { ...input, endsOn: sheet.period.endsOn, at, by: actorText(actor) };
  const { state, submission } = sheet;
  // The same hours with another note are said anew, so that no note is lost.
  if (state === 'submitted' && submission?.digest === input.digest && submission.note === input.note)
    return submission.id;
  if (sheet.approval) refuse('period-approved');
  if (sheet.digest !== input.digest) refuse('timesheet-changed');
  if (sheet.entries.length === 0) refuse('timesheet-empty');
  record(tx, 'timesheet-submitted', row, row.by, at);
  return row.id;
}

/**
 * A supervisor of all its sites, the client's approver, HR or an owner says: these hours are right. Not one's own, not
 * while something blocks, and not before the period (or the engagement) is over.
 */
export function approveTimesheet(
  tx: Tx,
  actor: Actor,
  standing: Standing,
  input: Decision,
  at: Instant,
): void {
  const sheet = timesheetOf(tx, input.engagementId, input.startsOn, at);
  if (!maySee(tx, standing, sheet)) refuse('not-found');
  if (sheet.engagement.workerId === standing.workerId) refuse('own-approval');
  const row: Approval = {
    ...input,
    endsOn: sheet.period.endsOn,
    entries: canonicalJson(sheet.entries),
    seconds: sheet.seconds,
    at,
    by: actorText(actor),
  };
  if (sheet.approval) {
    if (sheet.approval.digest === input.digest) return;
    refuse('period-approved');
  }
  if (sheet.digest !== input.digest) refuse('timesheet-changed');
  if (sheet.exceptions.some(({ blocking }) => blocking)) refuse('timesheet-blocked');
  if (sheet.entries.length === 0) refuse('timesheet-empty');
  if (!isOver(tx, sheet, at)) refuse('period-not-over', { endsOn: sheet.period.endsOn });
  record(tx, 'timesheet-approved', row, row.by, at);
}

export function reopenTimesheet(
  tx: Tx,
  actor: Actor,
  standing: Standing,
  input: { engagementId: string; startsOn: CivilDate; reason: string },
  at: Instant,
): void {
  const sheet = timesheetOf(tx, input.engagementId, input.startsOn, at);
  if (!maySee(tx, standing, sheet)) refuse('not-found');
  if (!sheet.approval) return;
  const by = actorText(actor);
  record(tx, 'timesheet-reopened', { id: sheet.approval.id, reason: input.reason, at, by }, by, at);
}
