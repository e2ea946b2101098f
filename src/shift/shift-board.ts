/** A site's week as a board: who works when, what is open, and what of it workers do not see yet. */
import type { Site } from '../employer/site.ts';
import type { Engagement } from '../engagement/engagement.ts';
import { engagementOf } from '../engagement/engagement.ts';
import { workerNameOf } from '../identity/name.ts';
import { type CivilDate, datesOf, payPeriodOf } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import {
  capacityOf,
  isPending,
  placesLeft,
  type Shift,
  saysTheSameTo,
  shiftsOfSite,
  staffingOf,
} from './shift.ts';
import { shiftBreaks, workSeconds } from './shift-breaks.ts';
import { engagementsAtSite, isLiveAtSite } from './shift-eligibility.ts';

/** How a shift looks in somebody's row: as published, not published yet, or published and about to change. */
export type ChipState = 'published' | 'draft' | 'changed' | 'leaving' | 'cancelled';
export interface Chip {
  readonly shift: Shift;
  readonly state: ChipState;
}
export interface BoardRow {
  readonly engagement: Engagement;
  readonly name: string;
  /** By day of the week, Monday first. */
  readonly cells: readonly (readonly Chip[])[];
  readonly seconds: number;
}
export interface WeekBoard {
  readonly days: readonly CivilDate[];
  readonly rows: readonly BoardRow[];
  /** Shifts with places to claim, by day. */
  readonly open: readonly (readonly Chip[])[];
  readonly pending: readonly Shift[];
  readonly placesLeft: number;
  readonly seconds: number;
}

export function weekBoard(db: Db, site: Site, day: CivilDate): WeekBoard {
  const week = payPeriodOf('weekly', day);
  const days = datesOf(week);
  const all = shiftsOfSite(db, site.id, week.startsOn, week.endsOn);
  const shifts = all.filter(({ cancelled, published }) => !cancelled || published);
  const live = engagementsAtSite(db, site.id).filter((one) =>
    days.some((date) => isLiveAtSite(db, one, site.id, date)),
  );
  const planned = new Set(shifts.flatMap((shift) => [...everybodyOf(shift)]));
  const others = [...planned].filter((id) => !live.some((one) => one.id === id));
  const rows = [...live, ...others.flatMap((id) => engagementOf(db, id) ?? [])].map((engagement) =>
    rowOf(db, engagement, shifts, days),
  );
  const open = days.map((date) =>
    shifts
      .filter((shift) => shift.draft.day === date && opensPlaces(shift))
      .map((shift) => ({ shift, state: openState(shift) })),
  );
  return {
    days,
    rows,
    open,
    pending: all.filter(isPending),
    placesLeft: shifts.reduce(
      (sum, shift) => sum + (shift.cancelled ? 0 : Math.max(0, placesLeft(shift))),
      0,
    ),
    seconds: rows.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}

const everybodyOf = ({ draft, assignments }: Shift) =>
  new Set([...assignments.map(({ engagementId }) => engagementId), ...draft.engagementIds]);

/** Nobody named yet, or places to claim: it stands in the row of open places. */
function opensPlaces(shift: Shift): boolean {
  if (everybodyOf(shift).size === 0) return true;
  const taken = shift.published ? shift.assignments.length : shift.draft.engagementIds.length;
  return capacityOf(shift.draft) > taken || placesLeft(shift) > 0;
}

function openState(shift: Shift): ChipState {
  if (shift.cancelled) return 'cancelled';
  if (!shift.published) return 'draft';
  return isPending(shift) ? 'changed' : 'published';
}

function rowOf(
  db: Db,
  engagement: Engagement,
  shifts: readonly Shift[],
  days: readonly CivilDate[],
): BoardRow {
  const mine = shifts.filter((shift) => everybodyOf(shift).has(engagement.id));
  const chips = mine.map((shift) => ({ shift, state: stateFor(shift, engagement.id) }));
  const counted = chips.filter(({ state }) => state !== 'leaving' && state !== 'cancelled');
  return {
    engagement,
    name: workerNameOf(db, engagement.workerId),
    cells: days.map((date) => chips.filter(({ shift }) => shift.draft.day === date)),
    seconds: counted.reduce(
      (sum, { shift }) => sum + workSeconds(shift.draft, shiftBreaks(db, shift.draft)),
      0,
    ),
  };
}

export function stateFor(shift: Shift, engagementId: string): ChipState {
  if (shift.cancelled) return 'cancelled';
  const works = shift.assignments.some((one) => one.engagementId === engagementId);
  if (!works) return 'draft';
  if (!isPending(shift)) return 'published';
  if (staffingOf(shift.draft).removed.includes(engagementId)) return 'leaving';
  return saysTheSameTo(shift) ? 'published' : 'changed';
}
