/** What should be looked at before a run is approved, named; some of it stops the approval. */
import { eq } from 'drizzle-orm';
import {
  engagements,
  payRunApprovals,
  payRunLines,
  timesheetApprovals,
  timesheetReopenings,
} from '../../db/cell.ts';
import { needsSecondApprover } from '../employer/employer.ts';
import type { Standing } from '../employer/standing.ts';
import { engagementOf } from '../engagement/engagement.ts';
import { provenIdentityOf } from '../identity/claim.ts';
import { workerNameOf } from '../identity/name.ts';
import { isOfAnother, payoutAccountOf } from '../identity/payout-account.ts';
import { sum } from '../kernel/money.ts';
import type { CivilDate, Instant, PayPeriodKind } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { approvalOf } from '../timesheet/timesheet.ts';
import { timesheetsOf } from '../timesheet/timesheet-list.ts';
import type { RunLine } from './calculate.ts';
import type { CalculatedRun, LeftOut } from './run-fold.ts';

export type CheckKind =
  | 'account-missing'
  | 'pay-terms-missing'
  | 'hours-unapproved'
  | 'hours-changed'
  | 'paid-hours-reopened'
  | 'identity-missing'
  | 'holder-differs'
  | 'take-back-left'
  | 'left-out'
  | 'second-approver-off';

export interface Check {
  readonly kind: CheckKind;
  /** The run cannot be approved while this stands. */
  readonly blocking: boolean;
  readonly workerId?: string;
  readonly workerName?: string;
  readonly engagementId?: string;
  readonly startsOn?: CivilDate;
  readonly seconds?: number;
  readonly amountMinor?: number;
  /** Why somebody is left out. */
  readonly reason?: string;
}

interface Scope {
  readonly payPeriod: PayPeriodKind;
  readonly startsOn: CivilDate;
}

/** All checks of a run as its facts are now, the blocking ones first. */
export function checksOf(
  db: Db,
  run: Scope,
  calculated: CalculatedRun,
  leftOut: readonly LeftOut[],
  at: Instant,
): Check[] {
  const checks: Check[] = [
    ...blockersOf(db, calculated),
    ...hoursChecks(db, run, at),
    ...reopenedChecks(db, run),
    ...identityChecks(db, calculated.lines),
    ...holderChecks(db, calculated.lines, at),
    ...leftChecks(db, calculated.lines),
    ...leftOutChecks(db, leftOut),
  ];
  if (!needsSecondApprover(db)) checks.push({ kind: 'second-approver-off', blocking: false });
  return checks;
}

/** Who cannot be paid: money is owed but there is no account, or there is work but no rate. */
export function blockersOf(
  db: Db,
  { lines, withoutTerms }: Pick<CalculatedRun, 'lines' | 'withoutTerms'>,
): Check[] {
  const noTerms = withoutTerms.map(({ engagementId, workerId, days }) => ({
    kind: 'pay-terms-missing' as const,
    blocking: true,
    engagementId,
    seconds: days.reduce((total, { seconds }) => total + seconds, 0),
    ...named(db, workerId),
  }));
  const noAccount = workersOf(lines)
    .filter((workerId) => netOf(lines, workerId) > 0 && !payoutAccountOf(db, workerId))
    .map((workerId) => ({ kind: 'account-missing' as const, blocking: true, ...named(db, workerId) }));
  return [...noAccount, ...noTerms];
}

const workersOf = (lines: readonly RunLine[]) => [...new Set(lines.map(({ workerId }) => workerId))];

export function netOf(lines: readonly RunLine[], workerId: string): number {
  return sum(lines.filter((line) => line.workerId === workerId).map((line) => line.amountMinor));
}

const named = (db: Db, workerId: string) => ({ workerId, workerName: workerNameOf(db, workerId) });

// A run is the employer's as a whole: its checks look at every site.
const everySite: Standing = { roles: [{ role: 'hr', siteId: null, clientId: null }] };

function hoursChecks(db: Db, run: Scope, at: Instant): Check[] {
  return timesheetsOf(db, everySite, run.payPeriod, run.startsOn, at).flatMap((sheet): Check[] => {
    const about = { blocking: false, engagementId: sheet.engagement.id, startsOn: sheet.period.startsOn };
    const who = named(db, sheet.engagement.workerId);
    if (sheet.changedSinceApproval)
      return [{ kind: 'hours-changed', ...about, ...who, seconds: sheet.seconds }];
    if (sheet.approval || sheet.entries.length + sheet.exceptions.length === 0) return [];
    return [{ kind: 'hours-unapproved', ...about, ...who, seconds: sheet.seconds }];
  });
}

/** Hours that were paid, reopened since and not approved again: the difference waits for that. */
function reopenedChecks(db: Db, { payPeriod }: Scope): Check[] {
  const reopened = db
    .selectDistinct({
      engagementId: engagements.id,
      workerId: engagements.workerId,
      startsOn: timesheetApprovals.startsOn,
    })
    .from(timesheetReopenings)
    .innerJoin(timesheetApprovals, eq(timesheetApprovals.id, timesheetReopenings.id))
    .innerJoin(engagements, eq(engagements.id, timesheetApprovals.engagementId))
    .innerJoin(payRunLines, eq(payRunLines.approvalId, timesheetApprovals.id))
    .innerJoin(payRunApprovals, eq(payRunApprovals.calculationId, payRunLines.calculationId))
    .where(eq(engagements.payPeriod, payPeriod))
    .all();
  return reopened
    .filter(({ engagementId, startsOn }) => !approvalOf(db, engagementId, startsOn))
    .map(({ engagementId, workerId, startsOn }) => ({
      kind: 'paid-hours-reopened',
      blocking: false,
      engagementId,
      startsOn,
      ...named(db, workerId),
    }));
}

function identityChecks(db: Db, lines: readonly RunLine[]): Check[] {
  return workersOf(lines)
    .filter((workerId) => !provenIdentityOf(db, workerId))
    .map((workerId) => ({ kind: 'identity-missing', blocking: false, ...named(db, workerId) }));
}

function holderChecks(db: Db, lines: readonly RunLine[], at: Instant): Check[] {
  return workersOf(lines).flatMap((workerId): Check[] => {
    const account = payoutAccountOf(db, workerId, at);
    if (!account || netOf(lines, workerId) <= 0 || !isOfAnother(db, account)) return [];
    return [{ kind: 'holder-differs', blocking: false, ...named(db, workerId) }];
  });
}

function leftOutChecks(db: Db, leftOut: readonly LeftOut[]): Check[] {
  return leftOut.flatMap(({ engagementId, reason }): Check[] => {
    const engagement = engagementOf(db, engagementId);
    if (!engagement) return [];
    return [{ kind: 'left-out', blocking: false, engagementId, reason, ...named(db, engagement.workerId) }];
  });
}

function leftChecks(db: Db, lines: readonly RunLine[]): Check[] {
  return lines.flatMap((line): Check[] => {
    if (line.facts.of !== 'correction' || line.facts.leftMinor === 0) return [];
    const amountMinor = line.facts.leftMinor;
    return [{ kind: 'take-back-left', blocking: false, amountMinor, ...named(db, line.workerId) }];
  });
}
