/** Reports of pieces and days: by the worker or a supervisor, confirmed by a supervisor, counted on the timesheet. */
import { eq } from 'drizzle-orm';
import { unitDecisions, unitReports } from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { sameOr } from '../employer/repeat.ts';
import { hasRole, type Standing } from '../employer/standing.ts';
import { type Engagement, engagementOf, engagementState } from '../engagement/engagement.ts';
import type { WorkUnit } from '../hours/units.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { refuse } from '../kernel/refusal.ts';
import { type CivilDate, civilDateAt, type Instant, payPeriodOf } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { seesEngagement } from './correction.ts';
import { stands, type UnitDecision, type UnitReport, unitReportOf, unitReportsOf } from './reported-units.ts';
import { approvalOf } from './timesheet.ts';

export interface UnitReportInput {
  readonly id: string;
  readonly engagementId: string;
  readonly day: CivilDate;
  readonly unit: WorkUnit;
  readonly quantityHundredths: number;
  readonly note: string;
}

/** One's own, or that of somebody whose hours one may correct: then it is confirmed at once, under the report's id. */
export function reportUnits(
  tx: Tx,
  actor: Actor,
  standing: Standing,
  input: UnitReportInput,
  at: Instant,
): void {
  const engagement = engagementOf(tx, input.engagementId) ?? refuse('not-found');
  const isOwn = engagement.workerId === standing.workerId;
  if (!isOwn && !mayDecide(tx, standing, engagement)) refuse('not-found');
  const row: UnitReport = { ...input, at, by: actorText(actor) };
  const known = tx.select().from(unitReports).where(eq(unitReports.id, input.id)).get();
  if (known) return void sameOr(known, row);
  if (input.day > civilDateAt(at, employerOf(tx).zone))
    refuse('units-in-future', {}, [{ pointer: '/day', detail: '' }]);
  if (engagementState(tx, engagement, input.day) !== 'live')
    refuse('units-outside-engagement', {}, [{ pointer: '/day', detail: '' }]);
  refuseApproved(tx, engagement, input.day);
  if (input.unit === 'day') refuseSecondDay(tx, row);
  record(tx, 'units-reported', row, row.by, at);
  if (!isOwn) {
    const confirmed = {
      id: row.id,
      reportId: row.id,
      decision: 'confirmed',
      reason: '',
      at,
      by: row.by,
    } as const;
    record(tx, 'units-decided', confirmed, row.by, at);
  }
}

/** Nobody works more than a day on a day. */
function refuseSecondDay(tx: Tx, { engagementId, day, quantityHundredths }: UnitReport): void {
  const counted = unitReportsOf(tx, engagementId, { startsOn: day, endsOn: day })
    .filter(({ report, decision }) => report.unit === 'day' && stands(decision))
    .reduce((total, { report }) => total + report.quantityHundredths, quantityHundredths);
  if (counted > 100) refuse('units-more-than-a-day', { day }, [{ pointer: '/day', detail: '' }]);
}

export interface UnitDecisionInput {
  readonly id: string;
  readonly reportId: string;
  readonly decision: UnitDecision['decision'];
  readonly reason: string;
}

/** The worker may withdraw what nobody confirmed yet; a supervisor confirms or refuses, until the period is approved. */
export function decideUnits(
  tx: Tx,
  actor: Actor,
  standing: Standing,
  input: UnitDecisionInput,
  at: Instant,
): void {
  const view = unitReportOf(tx, input.reportId) ?? refuse('not-found');
  const engagement = engagementOf(tx, view.report.engagementId) ?? refuse('not-found');
  const isOwn = engagement.workerId === standing.workerId;
  if (!isOwn && !mayDecide(tx, standing, engagement)) refuse('not-found');
  if (isOwn !== (input.decision === 'withdrawn')) refuse(isOwn ? 'own-approval' : 'not-found');
  const row: UnitDecision = { ...input, at, by: actorText(actor) };
  const known = tx.select().from(unitDecisions).where(eq(unitDecisions.id, input.id)).get();
  if (known) return void sameOr(known, row);
  if (isOwn && view.decision) refuse('already-decided');
  if (view.decision?.decision === 'withdrawn') refuse('already-decided');
  refuseApproved(tx, engagement, view.report.day);
  if (input.decision === 'confirmed' && view.decision?.decision === 'refused' && view.report.unit === 'day')
    refuseSecondDay(tx, view.report);
  record(tx, 'units-decided', row, row.by, at);
}

function mayDecide(db: Db, standing: Standing, engagement: Engagement): boolean {
  return hasRole(standing, 'owner', 'hr', 'supervisor') && seesEngagement(db, standing, engagement.id);
}

function refuseApproved(tx: Tx, { id, payPeriod }: Engagement, day: CivilDate): void {
  if (approvalOf(tx, id, payPeriodOf(payPeriod, day).startsOn)) refuse('period-approved');
}
