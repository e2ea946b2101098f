/** What an employer looks at first: numbers of every room, what waits for somebody, and what a new employer still lacks. */
import { eq, sql } from 'drizzle-orm';
import {
  contracts,
  engagements,
  guaranteePolicies,
  identityReviews,
  invitations,
  punches,
  sites,
} from '../../db/cell.ts';
import { attendanceOf } from '../attendance/attendance.ts';
import { type DayHours, dailyHours } from '../attendance/daily-hours.ts';
import { contractList } from '../contract/contract-list.ts';
import { employerOf, employerState } from '../employer/employer.ts';
import { waitingAdmissions } from '../employer/invitation.ts';
import { hasRole, type Standing } from '../employer/standing.ts';
import { claimsToReview } from '../identity/claim.ts';
import { type CivilDate, civilDateAt, type Instant } from '../kernel/time.ts';
import { runDefaults } from '../pay/board.ts';
import { runsOf } from '../pay/pay-run.ts';
import type { Db } from '../store/commit.ts';
import { requestsToDecide } from '../timesheet/correction-request.ts';
import { hoursToApprove } from '../timesheet/reminder.ts';

export interface Overview {
  readonly atWork: number;
  readonly covered: number;
  readonly forgotten: number;
  readonly timesheets: number;
  /** Corrections that workers ask for. */
  readonly requests: number;
  readonly days: readonly DayHours[];
  /** Of owners and HR only. */
  readonly office?: Office;
}
export interface Office {
  readonly reviews: number;
  readonly admissions: number;
  readonly contracts: number;
  readonly nextRun?: NextRun;
  readonly steps: readonly FirstStep[];
}
/** An open run, or the period that nobody has opened one for. */
export interface NextRun {
  readonly runId?: string;
  readonly paysOn: CivilDate;
}

export function overviewOf(db: Db, standing: Standing, at: Instant): Overview {
  const { onSite, forgotten } = attendanceOf(db, standing, at);
  return {
    atWork: onSite.length,
    covered: onSite.filter(({ covered }) => covered).length,
    forgotten: forgotten.length,
    timesheets: hoursToApprove(db, standing, at).length,
    requests: hasRole(standing, 'owner', 'hr', 'supervisor') ? requestsToDecide(db, standing, at).length : 0,
    days: dailyHours(db, standing, employerOf(db).zone, at),
    ...(hasRole(standing, 'owner', 'hr') ? { office: officeOf(db, at) } : {}),
  };
}

function officeOf(db: Db, at: Instant): Office {
  const nextRun = nextRunOf(db, at);
  return {
    reviews: claimsToReview(db).length,
    admissions: waitingAdmissions(db).length,
    contracts: contractList(db, at, { size: 0 }).counts.mine,
    ...(nextRun ? { nextRun } : {}),
    steps: firstSteps(db),
  };
}

function nextRunOf(db: Db, at: Instant): NextRun | undefined {
  const runs = runsOf(db);
  const open = runs
    .filter(({ approval }) => !approval)
    .map(({ run }) => ({ runId: run.id, paysOn: run.paysOn }));
  const unopened = runDefaults(db, at).filter(
    ({ payPeriod, startsOn }) =>
      !runs.some(({ run }) => run.payPeriod === payPeriod && run.startsOn === startsOn),
  );
  const today = civilDateAt(at, employerOf(db).zone);
  const approved = runs
    .filter(({ approval, run }) => approval && run.paysOn >= today)
    .map(({ run }) => ({ runId: run.id, paysOn: run.paysOn }));
  const waiting = [...open, ...unopened.map(({ paysOn }) => ({ paysOn }))];
  return (waiting.length > 0 ? waiting : approved).sort((a, b) => (a.paysOn < b.paysOn ? -1 : 1))[0];
}

export const firstStepNames = [
  'licence',
  'site',
  'guarantee',
  'invitation',
  'review',
  'engagement',
  'contract',
  'punch',
] as const;
export type FirstStepName = (typeof firstStepNames)[number];
export interface FirstStep {
  readonly name: FirstStepName;
  readonly done: boolean;
}

/** From the licence to the first clock-in, in the order in which one needs the other. */
function firstSteps(db: Db): FirstStep[] {
  const some = { n: sql`1` };
  const done: Readonly<Record<FirstStepName, boolean>> = {
    licence: employerState(db).licence !== undefined,
    site: db.select(some).from(sites).limit(1).all().length > 0,
    guarantee: db.select(some).from(guaranteePolicies).limit(1).all().length > 0,
    invitation:
      db.select(some).from(invitations).where(eq(invitations.kind, 'worker')).limit(1).all().length > 0,
    review:
      db.select(some).from(identityReviews).where(eq(identityReviews.decision, 'accepted')).limit(1).all()
        .length > 0,
    engagement: db.select(some).from(engagements).limit(1).all().length > 0,
    contract: db.select(some).from(contracts).limit(1).all().length > 0,
    punch: db.select(some).from(punches).limit(1).all().length > 0,
  };
  return firstStepNames.map((name) => ({ name, done: done[name] }));
}
