/** Approval without a person: hours that are clean, submitted and as close to the plan as every site of theirs allows. */
import { sitePolicyOn } from '../employer/site-policy.ts';
import { canonicalJson } from '../kernel/digest.ts';
import { idOf } from '../kernel/id.ts';
import { type CivilDate, type Instant, secondsBetween } from '../kernel/time.ts';
import type { Db, Store, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import type { Entry } from './entries.ts';
import { type PlannedShift, plannedShiftsOf } from './planned-shift.ts';
import { submittedPeriods } from './reminder.ts';
import { workSeconds } from './shift-breaks.ts';
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

/** Approves if a rule says so; what a person or a correction has reopened once waits for a person. */
export function approveByRule(tx: Tx, engagementId: string, startsOn: CivilDate, at: Instant): boolean {
  const sheet = timesheetOf(tx, engagementId, startsOn, at);
  if (!isOver(tx, sheet, at)) return false;
  if (historyOf(tx, engagementId, startsOn).some(({ what }) => what === 'reopened')) return false;
  const rule = ruleFor(tx, sheet);
  if (!rule) return false;
  const id = idOf(`near-plan ${sheet.submission?.id}`);
  const row = approvalRow(
    sheet,
    { id, engagementId, startsOn, digest: sheet.digest },
    canonicalJson(rule),
    'system',
    at,
  );
  record(tx, 'timesheet-approved', row, 'system', at);
  return true;
}

/** Those submitted before their period was over, once it is. Looked at for three days, each time anew: the facts may change. */
export async function approvalsDue(store: Store, at: Instant): Promise<void> {
  for (const { engagementId, startsOn, over } of submittedPeriods(store.db)) {
    const since = secondsBetween(over, at);
    if (since >= 0 && since < 3 * 86_400)
      await store.commit((tx) => {
        approveByRule(tx, engagementId, startsOn, at);
      });
  }
}

/** When the next period ends of which hours are submitted already. */
export function nextPeriodEnd(db: Db, at: Instant): Instant | undefined {
  return submittedPeriods(db)
    .map(({ over }) => over)
    .filter((over) => over > at)
    .sort()[0];
}

/** As it was kept. */
export function ruleOf(rule: string | null): ApprovalRule | undefined {
  return rule === null ? undefined : (JSON.parse(rule) as ApprovalRule);
}
