/** What a request would do to its day, for the eye: the punches that count now, and those that would. */

import type { RecordedPunch } from '../clock/punch.ts';
import { type Engagement, engagementOf } from '../engagement/engagement.ts';
import { type CountedPunch, pairPunches } from '../hours/pairing.ts';
import type { Locale } from '../kernel/refusal.ts';
import { addDays, type CivilDate, civilDateAt } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import type { RequestView } from './correction-request.ts';
import { correctionWords } from './correction-words.ts';
import { countedPunches } from './counted-punch.ts';
import type { DayMark, DayRow } from './day-picture.tsx';
import { recordedPunches } from './timesheet.ts';

const aroundOf = (day: CivilDate) => ({ startsOn: day, endsOn: day });

function rowOf(
  label: string,
  punches: readonly CountedPunch[],
  day: CivilDate,
  tone: DayRow['tone'],
): DayRow {
  const { intervals } = pairPunches(punches);
  const bars = intervals.filter((one) => one.day === day);
  const ends = new Set(bars.map(({ outPunchId }) => outPunchId));
  const marks = punches.filter(({ id, at, zone }) => ends.has(id) || civilDateAt(at, zone) === day);
  return { label, bars, marks: marks.map(({ at, kind }) => ({ at, kind, gone: false })), tone };
}

/** The day as it counts, with what was voided hollow. */
export function dayRow(db: Db, engagement: Engagement, day: CivilDate, locale: Locale): DayRow {
  const row = rowOf(
    correctionWords(locale)('asCounted'),
    countedPunches(db, engagement, aroundOf(day)),
    day,
    'now',
  );
  const gone = punchesOfDay(db, engagement, day)
    .filter(({ voided }) => voided !== null)
    .map(({ punch }): DayMark => ({ at: punch.effectiveAt, kind: punch.kind, gone: true }));
  return { ...row, marks: [...row.marks, ...gone] };
}

/** Of that civil day at the site, voided ones too; and the clock-out of its night shift. */
export function punchesOfDay(db: Db, engagement: Engagement, day: CivilDate): RecordedPunch[] {
  return recordedPunches(db, engagement, aroundOf(day)).filter(
    ({ punch, zone }) => civilDateAt(punch.effectiveAt, zone) <= addDays(day, 1),
  );
}

/** Two rows while the request waits; of a decided one, the day as it counts now. */
export function requestRows(db: Db, view: RequestView, zone: string, locale: Locale): DayRow[] {
  const { request, day } = view;
  const engagement = engagementOf(db, request.engagementId);
  if (!engagement) return [];
  const now = dayRow(db, engagement, day, locale);
  if (view.state !== 'waiting' && view.state !== 'escalated') return [now];
  const kept = countedPunches(db, engagement, aroundOf(day)).filter(({ id }) => id !== request.punchId);
  const { siteId, punchKind: kind, punchAt: at } = request;
  const wanted: CountedPunch[] =
    siteId !== null && kind !== null && at !== null
      ? [{ id: request.id, kind, at, siteId, zone, verdict: 'inside', flags: [] }]
      : [];
  return [now, rowOf(correctionWords(locale)('asAsked'), [...kept, ...wanted], day, 'asked')];
}
