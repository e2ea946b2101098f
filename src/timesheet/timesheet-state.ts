/** What became of a timesheet, from rows alone: submitted, approved, locked by a pay run, paid, reopened; who and when. */
import { and, eq, sql } from 'drizzle-orm';
import {
  payRunPayments,
  timesheetApprovals,
  timesheetLocks,
  timesheetReopenings,
  timesheetSubmissions,
} from '../../db/cell.ts';
import type { CivilDate, Instant } from '../kernel/time.ts';
import { type Db, newestFirst, prepared } from '../store/commit.ts';

export type Submission = typeof timesheetSubmissions.$inferSelect;
export type Approval = typeof timesheetApprovals.$inferSelect;
export type Reopening = typeof timesheetReopenings.$inferSelect;
export type Lock = typeof timesheetLocks.$inferSelect;
export type Payment = typeof payRunPayments.$inferSelect;

/** Locked: an approved pay run holds the approval. Reopened: an approval was taken back, and nobody has spoken since. */
export const timesheetStates = ['open', 'submitted', 'approved', 'locked', 'paid', 'reopened'] as const;
export type TimesheetState = (typeof timesheetStates)[number];

export interface Progress {
  readonly state: TimesheetState;
  readonly submission?: Submission;
  /** In force: not reopened. */
  readonly approval?: Approval;
  readonly lock?: Lock;
  readonly payment?: Payment;
  /** The last one, while no approval is in force. */
  readonly reopening?: Reopening;
}

const ofPeriod = (table: typeof timesheetSubmissions | typeof timesheetApprovals) =>
  and(
    eq(table.engagementId, sql.placeholder('engagementId')),
    eq(table.startsOn, sql.placeholder('startsOn')),
  );

const statements = prepared((db) => ({
  submissions: db
    .select()
    .from(timesheetSubmissions)
    .where(ofPeriod(timesheetSubmissions))
    .orderBy(newestFirst(timesheetSubmissions))
    .prepare(),
  approvals: db
    .select({
      approval: timesheetApprovals,
      reopening: timesheetReopenings,
      lock: timesheetLocks,
      payment: payRunPayments,
    })
    .from(timesheetApprovals)
    .leftJoin(timesheetReopenings, eq(timesheetReopenings.id, timesheetApprovals.id))
    .leftJoin(timesheetLocks, eq(timesheetLocks.id, timesheetApprovals.id))
    .leftJoin(payRunPayments, eq(payRunPayments.id, timesheetLocks.runId))
    .where(ofPeriod(timesheetApprovals))
    .orderBy(newestFirst(timesheetApprovals))
    .prepare(),
}));

/** Of the hours with this digest, as they are now. */
export function progressOf(db: Db, engagementId: string, startsOn: CivilDate, digest: string): Progress {
  const key = { engagementId, startsOn };
  const submission = statements(db).submissions.get(key);
  const [newest] = statements(db).approvals.all(key);
  const said = submission ? { submission } : {};
  if (newest && !newest.reopening) {
    const { approval, lock, payment } = newest;
    const state = payment ? 'paid' : lock ? 'locked' : 'approved';
    return { state, ...said, approval, ...(lock ? { lock } : {}), ...(payment ? { payment } : {}) };
  }
  const reopening = newest?.reopening ?? undefined;
  const stands = submission?.digest === digest && (!reopening || submission.at > reopening.at);
  const state = stands ? 'submitted' : reopening ? 'reopened' : 'open';
  return { state, ...said, ...(reopening ? { reopening } : {}) };
}

/** One thing that somebody did with a timesheet. */
export type HistoryStep = { readonly at: Instant; readonly by: string } & (
  | { readonly what: 'submitted'; readonly note: string }
  | { readonly what: 'approved'; readonly seconds: number; readonly rule: string | null }
  | { readonly what: 'locked'; readonly runId: string }
  | { readonly what: 'paid'; readonly runId: string; readonly paidOn: CivilDate }
  | {
      readonly what: 'reopened';
      readonly reason: string;
      readonly correctionId: string | null;
      readonly punchId: string | null;
    }
);

const order = ['submitted', 'approved', 'locked', 'paid', 'reopened'];

/** Oldest first. */
export function historyOf(db: Db, engagementId: string, startsOn: CivilDate): HistoryStep[] {
  const key = { engagementId, startsOn };
  const submitted = statements(db)
    .submissions.all(key)
    .map(({ at, by, note }): HistoryStep => ({ what: 'submitted', at, by, note }));
  const decided = statements(db).approvals.all(key).flatMap(stepsOf);
  const rank = ({ at, what }: HistoryStep) => `${at} ${order.indexOf(what)}`;
  return [...submitted, ...decided].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

function stepsOf(row: {
  approval: Approval;
  reopening: Reopening | null;
  lock: Lock | null;
  payment: Payment | null;
}): HistoryStep[] {
  const { approval, reopening, lock, payment } = row;
  const { at, by, seconds, rule } = approval;
  const steps: HistoryStep[] = [{ what: 'approved', at, by, seconds, rule }];
  if (lock) steps.push({ what: 'locked', at: lock.at, by: lock.by, runId: lock.runId });
  if (payment)
    steps.push({
      what: 'paid',
      at: payment.at,
      by: payment.by,
      runId: payment.id,
      paidOn: payment.paidOn,
    });
  if (reopening) {
    const { reason, correctionId, punchId } = reopening;
    steps.push({ what: 'reopened', at: reopening.at, by: reopening.by, reason, correctionId, punchId });
  }
  return steps;
}
