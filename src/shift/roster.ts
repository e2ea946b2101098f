/** Rosters: templates in a pattern of weeks, made into drafts. The expansion is pure; each shift is made once. */
import { asc, eq, inArray } from 'drizzle-orm';
import { rosterEnds, rosterExpansions, rosters, shiftDrafts } from '../../db/cell.ts';
import { sameOr } from '../employer/repeat.ts';

import type { Standing } from '../employer/standing.ts';
import { engagementOf } from '../engagement/engagement.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { newId } from '../kernel/id.ts';
import { refuse } from '../kernel/refusal.ts';
import {
  addDays,
  type CivilDate,
  datesOf,
  daysBetween,
  type Instant,
  payPeriodOf,
  weekdayOf,
} from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { draftShift, inSlices, plannedSite } from './shift.ts';
import { isLiveAtSite } from './shift-eligibility.ts';
import { type ShiftTemplate, templateOf, timesOfTemplate } from './shift-template.ts';

/** On these weekdays of one week of the pattern: this template, these people, and so many open places. */
export interface RosterLine {
  readonly templateId: string;
  /** 1 to `everyWeeks`. */
  readonly week: number;
  /** 1 is Monday. */
  readonly weekdays: readonly number[];
  readonly engagementIds: readonly string[];
  readonly openPlaces: number;
}
export interface RosterPattern {
  readonly id: string;
  readonly startsOn: CivilDate;
  readonly endsOn: CivilDate | null;
  readonly everyWeeks: number;
  readonly lines: readonly RosterLine[];
}
export interface Roster extends RosterPattern {
  readonly siteId: string;
  readonly name: string;
  readonly at: Instant;
  readonly by: string;
}
/** A shift that a roster means. */
export interface RosterShift {
  readonly key: string;
  readonly day: CivilDate;
  readonly line: RosterLine;
}

/** So many days at once, and no more. */
const longestDays = 35;

/** The shifts of a pattern on days from `from` to `to`, both included. Pure; the same days give the same keys. */
export function expandRoster(roster: RosterPattern, from: CivilDate, to: CivilDate): RosterShift[] {
  const firstMonday = payPeriodOf('weekly', roster.startsOn).startsOn;
  const days = datesOf({ startsOn: from, endsOn: to }).filter(
    (day) => day >= roster.startsOn && (roster.endsOn === null || day <= roster.endsOn),
  );
  return days.flatMap((day) => {
    const week = (Math.floor(daysBetween(firstMonday, day) / 7) % roster.everyWeeks) + 1;
    return roster.lines.flatMap((line, index) =>
      line.week === week && line.weekdays.includes(weekdayOf(day))
        ? [{ key: `${roster.id} ${index} ${day}`, day, line }]
        : [],
    );
  });
}

export function makeRoster(
  tx: Tx,
  actor: Actor,
  standing: Standing,
  input: Omit<Roster, 'at' | 'by' | 'endsOn'> & { endsOn?: CivilDate | undefined },
  at: Instant,
): void {
  plannedSite(tx, standing, input.siteId);
  const row = {
    ...input,
    endsOn: input.endsOn ?? null,
    lines: JSON.stringify(input.lines),
    at,
    by: actorText(actor),
  };
  const known = tx.select().from(rosters).where(eq(rosters.id, input.id)).get();
  if (known) return void sameOr(known, row);
  if (row.endsOn && row.endsOn < row.startsOn)
    refuse('dates-reversed', {}, [{ pointer: '/endsOn', detail: '' }]);
  for (const [index, line] of input.lines.entries()) {
    if (templateOf(tx, line.templateId)?.siteId !== input.siteId) refuse('not-found');
    if (line.week > input.everyWeeks)
      refuse('body-invalid', {}, [{ pointer: `/lines/${index}/week`, detail: '' }]);
    for (const id of line.engagementIds) if (!engagementOf(tx, id)) refuse('not-found');
  }
  record(tx, 'roster-made', row, row.by, at);
}

/** Makes no drafts any more; those it made stay. */
export function endRoster(
  tx: Tx,
  actor: Actor,
  standing: Standing,
  { id }: { id: string },
  at: Instant,
): void {
  const roster = rosterOf(tx, id) ?? refuse('not-found');
  plannedSite(tx, standing, roster.siteId);
  if (isEnded(tx, id)) return;
  const by = actorText(actor);
  record(tx, 'roster-ended', { id, at, by }, by, at);
}

/**
 * Makes drafts of the days; what was made before is left as it is. Whoever is not engaged there on a day leaves their
 * place open on it. Answers how many were made.
 */
export function makeRosterDrafts(
  tx: Tx,
  actor: Actor,
  standing: Standing,
  input: { id: string; rosterId: string; startsOn: CivilDate; endsOn: CivilDate },
  at: Instant,
): number {
  const roster = rosterOf(tx, input.rosterId) ?? refuse('not-found');
  const site = plannedSite(tx, standing, roster.siteId);
  const by = actorText(actor);
  const known = tx.select().from(rosterExpansions).where(eq(rosterExpansions.id, input.id)).get();
  if (known) return sameOr(known, { ...input, shifts: known.shifts, at, by }).shifts;
  if (isEnded(tx, roster.id)) refuse('not-found');
  if (input.endsOn < input.startsOn) refuse('dates-reversed', {}, [{ pointer: '/endsOn', detail: '' }]);
  if (daysBetween(input.startsOn, input.endsOn) >= longestDays)
    refuse('roster-too-long', { days: longestDays }, [{ pointer: '/endsOn', detail: '' }]);
  const meant = expandRoster(roster, input.startsOn, input.endsOn);
  const there = keysThere(
    tx,
    meant.map(({ key }) => key),
  );
  const fresh = meant.filter(({ key }) => !there.has(key));
  const templates = new Map<string, ShiftTemplate>();
  for (const { templateId } of roster.lines) {
    const template = templateOf(tx, templateId);
    if (template) templates.set(templateId, template);
  }
  for (const { key, day, line } of fresh) {
    const template = templates.get(line.templateId) ?? refuse('not-found');
    const people = line.engagementIds.filter((id) => {
      const engagement = engagementOf(tx, id);
      return engagement !== undefined && isLiveAtSite(tx, engagement, site.id, day);
    });
    draftShift(
      tx,
      actor,
      standing,
      {
        id: newId(),
        shiftId: newId(),
        siteId: site.id,
        day,
        ...timesOfTemplate(template),
        engagementIds: people,
        openPlaces: line.openPlaces + line.engagementIds.length - people.length,
        rosterKey: key,
      },
      at,
    );
  }
  record(tx, 'roster-expanded', { ...input, shifts: fresh.length, at, by }, by, at);
  return fresh.length;
}

function keysThere(db: Db, keys: readonly string[]): Set<string | null> {
  return new Set(
    inSlices(keys, (some) =>
      db
        .select({ key: shiftDrafts.rosterKey })
        .from(shiftDrafts)
        .where(inArray(shiftDrafts.rosterKey, some))
        .all(),
    ).map(({ key }) => key),
  );
}

export function rosterOf(db: Db, id: string): Roster | undefined {
  const row = db.select().from(rosters).where(eq(rosters.id, id)).get();
  return row && { ...row, lines: JSON.parse(row.lines) };
}

function isEnded(db: Db, id: string): boolean {
  return db.select().from(rosterEnds).where(eq(rosterEnds.id, id)).get() !== undefined;
}

/** Those in use, with the last day that drafts were made for. */
export function rostersOf(
  db: Db,
  siteId: string,
): (Roster & { readonly madeUntil: CivilDate | undefined })[] {
  return db
    .select()
    .from(rosters)
    .where(eq(rosters.siteId, siteId))
    .orderBy(asc(rosters.name))
    .all()
    .filter(({ id }) => !isEnded(db, id))
    .map((row) => ({ ...row, lines: JSON.parse(row.lines), madeUntil: madeUntil(db, row.id) }));
}

function madeUntil(db: Db, rosterId: string): CivilDate | undefined {
  const days = db
    .select({ endsOn: rosterExpansions.endsOn })
    .from(rosterExpansions)
    .where(eq(rosterExpansions.rosterId, rosterId))
    .all()
    .map(({ endsOn }) => endsOn);
  return days.sort().at(-1);
}

/** The days that drafts would usually be made for next: the week after the last. Pure. */
export function nextStretch(
  today: CivilDate,
  madeUntil: CivilDate | undefined,
): { startsOn: CivilDate; endsOn: CivilDate } {
  const next = madeUntil && madeUntil >= today ? addDays(madeUntil, 1) : today;
  return { startsOn: next, endsOn: payPeriodOf('weekly', addDays(next, 7)).endsOn };
}
