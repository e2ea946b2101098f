/** What should be looked at before a run is approved, named; some of it stops the approval. */
import { and, asc, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import {
  engagements,
  identityClaims,
  identityReviews,
  payoutAccounts,
  payoutAccountWithdrawals,
  payRunApprovals,
  payRunLines,
  payRunWorkers,
  punches,
  timesheetApprovals,
  timesheetReopenings,
} from '../../db/cell.ts';
import { daysWithoutContract } from '../contract/contract-gate.ts';
import { needsSecondApprover } from '../employer/employer.ts';
import type { Standing } from '../employer/standing.ts';
import { engagementOf } from '../engagement/engagement.ts';
import { workerNameOf } from '../identity/name.ts';
import { isOfAnother, payoutAccountOf } from '../identity/payout-account.ts';
import { addDays, type CivilDate, type Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { approvalOf } from '../timesheet/timesheet.ts';
import { timesheetsOf } from '../timesheet/timesheet-list.ts';
import { type Calculation, leftOutOf, type PayRun } from './pay-run.ts';
import type { LeftOut } from './run-fold.ts';
import type { FoundCheck } from './worker-checks.ts';

export type CheckKind =
  | 'account-missing'
  | 'hours-unapproved'
  | 'hours-changed'
  | 'paid-hours-reopened'
  | 'identity-missing'
  | 'contract-not-in-force'
  | 'holder-differs'
  | FoundCheck['kind']
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
  /** The gross of the last run, where this one is far from it. */
  readonly beforeMinor?: number;
  /** Why somebody is left out. */
  readonly reason?: string;
}

/** Of one kind so many are named; the others are counted. */
const namedAtMost = 50;
/** Up to so many engagements each timesheet is worked out; of more, only who clearly has hours is looked for. */
const sheetsAtMost = 400;

export interface Checked {
  readonly checks: readonly Check[];
  /** Of each kind, how many more there are than are named. */
  readonly more: Readonly<Partial<Record<CheckKind, number>>>;
}

/** All checks of a calculation as the facts are now, the blocking ones first. */
export function checksOf(db: Db, run: PayRun, calculation: Calculation, at: Instant): Checked {
  const found = [
    blockersOf(db, calculation.id),
    storedChecks(db, calculation.id, false),
    few(hoursChecks(db, run, at)),
    few(reopenedChecks(db, run)),
    identityChecks(db, calculation.id),
    few(contractChecks(db, calculation.id)),
    few(holderChecks(db, calculation.id)),
    few(leftOutChecks(db, leftOutOf(calculation))),
    few(needsSecondApprover(db) ? [] : [{ kind: 'second-approver-off', blocking: false }]),
  ];
  return {
    checks: found.flatMap(({ checks }) => checks),
    more: Object.assign({}, ...found.map(({ more }) => more)),
  };
}

/** Before anything is calculated, what is known of the hours. */
export function checksBefore(db: Db, run: PayRun, at: Instant): Checked {
  return few([...hoursChecks(db, run, at), ...reopenedChecks(db, run)]);
}

function few(all: readonly Check[]): Checked {
  const byKind = new Map<CheckKind, Check[]>();
  for (const check of all) byKind.set(check.kind, [...(byKind.get(check.kind) ?? []), check]);
  const more: Partial<Record<CheckKind, number>> = {};
  for (const [kind, checks] of byKind)
    if (checks.length > namedAtMost) more[kind] = checks.length - namedAtMost;
  return { checks: [...byKind.values()].flatMap((checks) => checks.slice(0, namedAtMost)), more };
}

/** Who cannot be paid: money is owed but there is no account, or there is work but no rate. */
export function blockersOf(db: Db, calculationId: string): Checked {
  const accounts = few(
    workerIdsWhere(
      db,
      calculationId,
      sql`${payRunWorkers.netMinor} > 0 AND NOT EXISTS (SELECT 1 FROM ${payoutAccounts} AS a LEFT JOIN ${payoutAccountWithdrawals} AS w ON w.id = a.id WHERE a.worker_id = ${payRunWorkers.workerId} AND w.id IS NULL)`,
    ).map((workerId) => ({ kind: 'account-missing', blocking: true, workerId })),
  );
  const terms = storedChecks(db, calculationId, true);
  return {
    checks: [...withNames(db, accounts.checks), ...terms.checks],
    more: { ...accounts.more, ...terms.more },
  };
}

function workerIdsWhere(db: Db, calculationId: string, where: SQL): string[] {
  return db
    .select({ workerId: payRunWorkers.workerId })
    .from(payRunWorkers)
    .where(and(eq(payRunWorkers.calculationId, calculationId), where))
    .orderBy(asc(payRunWorkers.workerId))
    .all()
    .map(({ workerId }) => workerId);
}

const withNames = (db: Db, checks: readonly Check[]): Check[] =>
  checks.map((check) => ({ ...check, ...(check.workerId ? named(db, check.workerId) : {}) }));

/** What the calculation itself found, worker by worker. */
function storedChecks(db: Db, calculationId: string, blocking: boolean): Checked {
  const all = db
    .select({ workerId: payRunWorkers.workerId, checks: payRunWorkers.checks })
    .from(payRunWorkers)
    .where(and(eq(payRunWorkers.calculationId, calculationId), isNotNull(payRunWorkers.checks)))
    .orderBy(asc(payRunWorkers.workerId))
    .all()
    .flatMap(({ workerId, checks }) =>
      (JSON.parse(checks ?? '[]') as FoundCheck[]).map(
        (check): Check => ({ ...check, workerId, blocking: check.kind === 'pay-terms-missing' }),
      ),
    );
  const { checks, more } = few(all.filter((check) => check.blocking === blocking));
  return { checks: withNames(db, checks), more };
}

const named = (db: Db, workerId: string) => ({ workerId, workerName: workerNameOf(db, workerId) });

// A run is the employer's as a whole: its checks look at every site.
const everySite: Standing = { roles: [{ role: 'hr', siteId: null, clientId: null }] };

function hoursChecks(db: Db, run: PayRun, at: Instant): Check[] {
  const engaged =
    db
      .select({ n: sql<number>`count(*)` })
      .from(engagements)
      .where(eq(engagements.payPeriod, run.payPeriod))
      .get()?.n ?? 0;
  if (engaged > sheetsAtMost) return unapprovedOfMany(db, run);
  return timesheetsOf(db, everySite, run.payPeriod, run.startsOn, at).flatMap((sheet): Check[] => {
    const about = { blocking: false, engagementId: sheet.engagement.id, startsOn: sheet.period.startsOn };
    const who = named(db, sheet.engagement.workerId);
    if (sheet.changedSinceApproval)
      return [{ kind: 'hours-changed', ...about, ...who, seconds: sheet.seconds }];
    if (sheet.approval || sheet.entries.length + sheet.exceptions.length === 0) return [];
    return [{ kind: 'hours-unapproved', ...about, ...who, seconds: sheet.seconds }];
  });
}

/** Who punched in the period and has no approval for it; without the hours, which nobody has worked out. */
function unapprovedOfMany(db: Db, run: PayRun): Check[] {
  const [from, to] = [`${run.startsOn}T00:00:00.000Z`, `${addDays(run.endsOn, 1)}T00:00:00.000Z`];
  return db
    .select({ engagementId: engagements.id, workerId: engagements.workerId })
    .from(engagements)
    .where(
      and(
        eq(engagements.payPeriod, run.payPeriod),
        sql`NOT EXISTS (SELECT 1 FROM ${timesheetApprovals} AS a LEFT JOIN ${timesheetReopenings} AS r ON r.id = a.id WHERE a.engagement_id = ${engagements.id} AND a.starts_on = ${run.startsOn} AND r.id IS NULL)`,
        sql`EXISTS (SELECT 1 FROM ${punches} AS p WHERE p.engagement_id = ${engagements.id} AND p.effective_at >= ${from} AND p.effective_at < ${to})`,
      ),
    )
    .all()
    .map(({ engagementId, workerId }) => ({
      kind: 'hours-unapproved',
      blocking: false,
      engagementId,
      startsOn: run.startsOn,
      ...named(db, workerId),
    }));
}

/** Hours that were paid, reopened since and not approved again: the difference waits for that. */
function reopenedChecks(db: Db, { payPeriod }: PayRun): Check[] {
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

function identityChecks(db: Db, calculationId: string): Checked {
  const { checks, more } = few(
    workerIdsWhere(
      db,
      calculationId,
      sql`NOT EXISTS (SELECT 1 FROM ${identityClaims} AS c JOIN ${identityReviews} AS r ON r.claim_id = c.id WHERE c.worker_id = ${payRunWorkers.workerId} AND r.decision = 'accepted')`,
    ).map((workerId) => ({ kind: 'identity-missing', blocking: false, workerId })),
  );
  return { checks: withNames(db, checks), more };
}

/** Work on days on which no contract bound: it is owed all the same, and somebody should know. As far as that is quick. */
function contractChecks(db: Db, calculationId: string): Check[] {
  const worked = db
    .selectDistinct({
      engagementId: payRunLines.engagementId,
      workerId: payRunLines.workerId,
      entries: timesheetApprovals.entries,
    })
    .from(payRunLines)
    .innerJoin(timesheetApprovals, eq(timesheetApprovals.id, payRunLines.approvalId))
    .where(eq(payRunLines.calculationId, calculationId))
    .limit(sheetsAtMost)
    .all();
  return worked.flatMap(({ engagementId, workerId, entries }): Check[] => {
    const days = (JSON.parse(entries) as readonly { readonly day: CivilDate }[]).map(({ day }) => day);
    const [first] = daysWithoutContract(db, engagementId, [...new Set(days)].sort());
    if (!first) return [];
    const about = { blocking: false, engagementId, startsOn: first };
    return [{ kind: 'contract-not-in-force', ...about, ...named(db, workerId) }];
  });
}

/** Names are compared one by one, so only as far as that is quick. */
function holderChecks(db: Db, calculationId: string): Check[] {
  const ids = workerIdsWhere(db, calculationId, sql`${payRunWorkers.netMinor} > 0`);
  return ids.slice(0, sheetsAtMost).flatMap((workerId): Check[] => {
    const account = payoutAccountOf(db, workerId);
    if (!account || !isOfAnother(db, account)) return [];
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
