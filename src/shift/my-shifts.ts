/** A worker's own shifts to come, with what they may do about each. */
import { siteOf } from '../employer/site.ts';
import { addDays, civilDateAt, type Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { type PlannedShift, plannedShiftsOfWorkers } from './planned-shift.ts';
import { shiftOf } from './shift.ts';

export interface MyShift extends PlannedShift {
  readonly assignmentId: string;
  readonly zone: string;
  readonly siteName: string;
}

/** Not over yet, on the days up to `days` ahead, the soonest first. */
export function myNextShifts(db: Db, workerId: string, at: Instant, days = 31): MyShift[] {
  // Yesterday in any zone: a night shift that has begun is still the next thing to know.
  const today = civilDateAt(at, 'UTC');
  return plannedShiftsOfWorkers(db, [workerId], addDays(today, -2), addDays(today, days))
    .filter(({ endsAt }) => endsAt > at)
    .flatMap((shift) => {
      const assignment = shiftOf(db, shift.id)?.assignments.find(
        ({ engagementId }) => engagementId === shift.engagementId,
      );
      const site = siteOf(db, shift.siteId);
      return assignment && site
        ? [{ ...shift, assignmentId: assignment.id, zone: site.zone, siteName: site.name }]
        : [];
    });
}
