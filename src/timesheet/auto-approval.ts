/** Approval without a person: hours that are clean, submitted and as close to the plan as every site of theirs allows. */
import { and, eq, gte, sql } from 'drizzle-orm';
import { engagements, sitePolicies, timesheetSubmissions } from '../../db/cell.ts';
import { sitePolicyOn } from '../employer/site-policy.ts';
import type { Entry } from '../hours/entries.ts';
import { canonicalJson } from '../kernel/digest.ts';
import { idOf } from '../kernel/id.ts';
import { addDays, type CivilDate, civilDateAt, type Instant } from '../kernel/time.ts';
import { type PlannedShift, plannedShiftsOf } from '../shift/planned-shift.ts';
import { workSeconds } from '../shift/shift-breaks.ts';
import type { Db, Store, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { dayPaidTwice } from './paid-span.ts';
import { noApproval, overAt } from './reminder.ts';
import { isOver, type Timesheet, timesheetOf } from './timesheet.ts';
import { approvalRow } from './timesheet-decision.ts';
import { historyOf } from './timesheet-state.ts';

/** Why nobody had to look, as it is kept with the approval. */
export interface ApprovalRule {
  readonly name: 'near-plan';
  readonly toleranceSeconds: number;
  /** The day that is furthest from its plan. */
  readonly differenceSeconds: number;
}

type Planned = Pick<PlannedShift, 'day' | 'startsAt' | 'endsAt' | 'breaks'>;

/** By how much the day that is furthest from its plan differs from it; a day without plan, or without work, by all of it. */
export function distanceFromPlan(
  entries: readonly Pick<Entry, 'day' | 'seconds'>[],
  plan: readonly Planned[],
): number {
  const difference = new Map<CivilDate, number>();
  for (const { day, seconds } of entries) difference.set(day, (difference.get(day) ?? 0) + seconds);
  for (const shift of plan)
    difference.set(shift.day, (difference.get(shift.day) ?? 0) - workSeconds(shift, shift.breaks));
  return Math.max(0, ...[...difference.values()].map(Math.abs));
}

/** The rule by which these hours need nobody, or undefined. The strictest site of the period decides; one that wants a person is enough. */
export function ruleFor(db: Db, sheet: Timesheet): ApprovalRule | undefined {
  const { engagement, period, entries, exceptions } = sheet;
  if (sheet.state !== 'submitted' || entries.length === 0 || exceptions.length > 0) return undefined;
  const plan = plannedShiftsOf(db, engagement.id, period.startsOn, period.endsOn);
  const days = [
    ...plan.map(({ siteId, day }) => ({ siteId, day })),
    ...entries.flatMap(({ day, intervals }) => intervals.map(({ siteId }) => ({ siteId, day }))),
  ];
  const tolerances = days.map(({ siteId, day }) => sitePolicyOn(db, siteId, day).autoApproveSeconds);
  if (plan.length === 0 || tolerances.includes(null)) return undefined;
  const toleranceSeconds = Math.min(...tolerances.map((one) => one ?? 0));
  const differenceSeconds = distanceFromPlan(entries, plan);
  if (differenceSeconds > toleranceSeconds) return undefined;
  return { name: 'near-plan', toleranceSeconds, differenceSeconds };
}

/** What came of looking: `not-over` is looked at again when the period ends. */
export type RuleOutcome = 'approved' | 'not-over' | 'for-a-person';

/** Approves if a rule says so; what a person or a correction has reopened once waits for a person. */
export function approveByRule(tx: Tx, engagementId: string, startsOn: CivilDate, at: Instant): RuleOutcome {
  if (!isUsed(tx)) return 'for-a-person';
  const sheet = timesheetOf(tx, engagementId, startsOn, at);
  if (!isOver(tx, sheet, at)) return 'not-over';
  const wasReopened = historyOf(tx, engagementId, startsOn).some(({ what }) => what === 'reopened');
  const rule = wasReopened ? undefined : ruleFor(tx, sheet);
  if (!rule || dayPaidTwice(tx, sheet.engagement.workerId, sheet.entries)) return 'for-a-person';
  const decision = { id: idOf(`near-plan ${sheet.submission?.id}`), engagementId, startsOn };
  const row = approvalRow(sheet, { ...decision, digest: sheet.digest }, canonicalJson(rule), 'system', at);
  record(tx, 'timesheet-approved', row, 'system', at);
  return 'approved';
}

/** Whether any site ever had a tolerance: most have none, and nobody looks. */
function isUsed(db: Db): boolean {
  const has = sql`instr(${sitePolicies.rules}, '"autoApproveSeconds":') > 0`;
  return db.select({ id: sitePolicies.id }).from(sitePolicies).where(has).limit(1).get() !== undefined;
}

interface EarlySubmission {
  readonly id: string;
  readonly engagementId: string;
  readonly startsOn: CivilDate;
  readonly over: Instant;
}

const daysLookedAt = 4;

/** Submitted before the period was over, and not approved; of periods that ended lately or still run. */
function earlySubmissions(db: Db, at: Instant): EarlySubmission[] {
  if (!isUsed(db)) return [];
  return db
    .select({ submission: timesheetSubmissions, engagement: engagements })
    .from(timesheetSubmissions)
    .innerJoin(engagements, eq(engagements.id, timesheetSubmissions.engagementId))
    .where(
      and(
        gte(timesheetSubmissions.endsOn, addDays(civilDateAt(at, 'UTC'), -daysLookedAt)),
        // A day more, because the day ends later in the west.
        sql`substr(${timesheetSubmissions.at}, 1, 10) <= date(${timesheetSubmissions.endsOn}, '+1 day')`,
        noApproval(timesheetSubmissions),
      ),
    )
    .all()
    .map(({ submission: { id, startsOn, endsOn }, engagement }) => ({
      id,
      engagementId: engagement.id,
      startsOn,
      over: overAt(db, { engagement, period: { startsOn, endsOn } }),
    }));
}

/** Looked at once, while this process runs: what was for a person then stays for a person. */
const lookedAt = new WeakMap<Store, Set<string>>();

/** Those submitted before their period was over, once it is. */
export async function approvalsDue(store: Store, at: Instant): Promise<void> {
  const seen = lookedAt.get(store) ?? new Set();
  lookedAt.set(store, seen);
  for (const { id, engagementId, startsOn, over } of earlySubmissions(store.db, at)) {
    if (over > at || seen.has(id)) continue;
    await store.commit((tx) => {
      approveByRule(tx, engagementId, startsOn, at);
    });
    seen.add(id);
  }
}

/** When the next period ends of which hours are submitted already. */
export function nextPeriodEnd(db: Db, at: Instant): Instant | undefined {
  return earlySubmissions(db, at)
    .map(({ over }) => over)
    .filter((over) => over > at)
    .sort()[0];
}

/** As it was kept. */
export function ruleOf(rule: string | null): ApprovalRule | undefined {
  return rule === null ? undefined : (JSON.parse(rule) as ApprovalRule);
}
