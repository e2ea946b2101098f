/** Shifts: planned work at a site. A draft is what the planner wants; what is published last is what everybody goes by. */
import { and, asc, eq, gte, inArray, lte, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import {
  shiftAssignmentEnds,
  shiftAssignments,
  shiftCancellations,
  shiftDrafts,
  shiftPublications,
} from '../../db/cell.ts';
import { sameOr } from '../employer/repeat.ts';
import { type Site, siteOf } from '../employer/site.ts';
import { type Standing, supervises } from '../employer/standing.ts';
import type { BreakRule } from '../hours/breaks.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { canonicalJson } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import type { CivilDate, Instant } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { checkBreaks } from './shift-breaks.ts';
import { requireLiveAtSite } from './shift-eligibility.ts';
import { spanOf } from './shift-span.ts';

/** What a planner says of when and how: of a shift and of a template. Times are `HH:mm` on the site's clocks. */
export interface ShiftTimes {
  readonly startTime: string;
  readonly endTime: string;
  /** Absent: the site's own count. */
  readonly breaks?: readonly BreakRule[] | undefined;
  readonly earlySeconds?: number | undefined;
  readonly lateSeconds?: number | undefined;
}
export interface DraftInput extends ShiftTimes {
  readonly id: string;
  readonly shiftId: string;
  readonly siteId: string;
  readonly day: CivilDate;
  /** Absent: the same day, or the next when the end is not after the start. */
  readonly endsOn?: CivilDate | undefined;
  /** Where its workers may clock beside the site itself. */
  readonly siteIds?: readonly string[] | undefined;
  readonly engagementIds: readonly string[];
  readonly openPlaces: number;
  readonly note?: string | undefined;
  readonly rosterKey?: string | undefined;
}

export type DraftRow = typeof shiftDrafts.$inferSelect;
export type Publication = typeof shiftPublications.$inferSelect;
export type Assignment = typeof shiftAssignments.$inferSelect;
/** A draft's row with its lists read. */
export interface Draft
  extends Omit<DraftRow, 'siteIds' | 'breaks' | 'engagementIds' | 'assignedThen' | 'endsOn'> {
  readonly endsOn: CivilDate;
  readonly siteIds: readonly string[];
  readonly breaks: readonly BreakRule[] | null;
  readonly engagementIds: readonly string[];
  readonly assignedThen: readonly string[];
}
export interface Shift {
  readonly id: string;
  readonly siteId: string;
  /** The newest. */
  readonly draft: Draft;
  /** What workers go by. */
  readonly published: Draft | undefined;
  readonly publication: Publication | undefined;
  readonly cancelled: typeof shiftCancellations.$inferSelect | undefined;
  /** Of those who work it now. */
  readonly assignments: readonly Assignment[];
}

/** The site, when the caller supervises it and so plans there; else there is nothing. */
export function plannedSite(db: Db, standing: Standing, siteId: string): Site {
  const site = siteOf(db, siteId);
  if (!site || !supervises(standing, site.id)) refuse('not-found');
  return site;
}

/** Writes what a shift should be; nobody is told before it is published. The first draft makes the shift. */
export function draftShift(tx: Tx, actor: Actor, standing: Standing, input: DraftInput, at: Instant): void {
  const site = plannedSite(tx, standing, input.siteId);
  const span = spanOf(site.zone, input);
  checkBreaks(input.breaks, span.seconds);
  const siteIds = [...new Set([site.id, ...(input.siteIds ?? [])])];
  for (const id of siteIds) if (!siteOf(tx, id)) refuse('not-found');
  const known = tx.select().from(shiftDrafts).where(eq(shiftDrafts.id, input.id)).get();
  const shift = shiftOf(tx, input.shiftId);
  const now = shift?.assignments.map(({ engagementId }) => engagementId) ?? [];
  const row: DraftRow = {
    id: input.id,
    shiftId: input.shiftId,
    siteId: site.id,
    day: input.day,
    startTime: input.startTime,
    endsOn: span.endsOn,
    endTime: input.endTime,
    startsAt: span.startsAt,
    endsAt: span.endsAt,
    siteIds: JSON.stringify(siteIds),
    ...timesRow(input),
    engagementIds: JSON.stringify([...new Set(input.engagementIds)].sort()),
    assignedThen: known?.assignedThen ?? JSON.stringify(now.sort()),
    openPlaces: input.openPlaces,
    note: input.note ?? '',
    rosterKey: input.rosterKey ?? null,
    at,
    by: actorText(actor),
  };
  if (known) return void sameOr(known, row);
  if (shift && shift.siteId !== site.id) refuse('id-reused');
  if (shift?.cancelled) refuse('shift-cancelled');
  for (const [index, id] of input.engagementIds.entries())
    requireLiveAtSite(tx, id, site.id, input.day, `/engagementIds/${index}`);
  record(tx, 'shift-drafted', row, row.by, at);
}

/** The columns that a draft and a template share. */
export function timesRow({ breaks, earlySeconds, lateSeconds }: ShiftTimes) {
  return {
    breaks: breaks ? canonicalJson(breaks) : null,
    earlySeconds: earlySeconds ?? null,
    lateSeconds: lateSeconds ?? null,
  };
}

/** Called off for everybody. What has begun is not called off any more. */
export function cancelShift(
  tx: Tx,
  actor: Actor,
  standing: Standing,
  { id, reason }: { id: string; reason: string },
  at: Instant,
): void {
  const shift = plannedShift(tx, standing, id);
  const row = { id, reason, at, by: actorText(actor) };
  if (shift.cancelled) return void sameOr(shift.cancelled, row);
  if (shift.published && shift.published.startsAt <= at) refuse('shift-past');
  record(tx, 'shift-cancelled', row, row.by, at);
}

/** A shift that the caller may plan; else there is nothing. */
export function plannedShift(db: Db, standing: Standing, id: string): Shift {
  const shift = shiftOf(db, id) ?? refuse('not-found');
  plannedSite(db, standing, shift.siteId);
  return shift;
}

export function shiftOf(db: Db, id: string): Shift | undefined {
  return shiftsWithIds(db, [id])[0];
}

/** Shifts of a site of which the draft or what is published begins on these days, in the order of their beginning. */
export function shiftsOfSite(db: Db, siteId: string, from: CivilDate, to: CivilDate): Shift[] {
  const within = (draft: Draft | undefined) => draft !== undefined && draft.day >= from && draft.day <= to;
  const ids = db
    .selectDistinct({ id: shiftDrafts.shiftId })
    .from(shiftDrafts)
    .where(and(eq(shiftDrafts.siteId, siteId), gte(shiftDrafts.day, from), lte(shiftDrafts.day, to)))
    .all()
    .map(({ id }) => id);
  return shiftsWithIds(db, ids)
    .filter((shift) => within(shift.draft) || within(shift.published))
    .sort((a, b) => (a.draft.startsAt < b.draft.startsAt ? -1 : a.draft.startsAt > b.draft.startsAt ? 1 : 0));
}

// Beside other conditions, within the hundred parameters of a statement.
const slice = 90;

export function inSlices<T>(ids: readonly string[], read: (some: string[]) => T[]): T[] {
  const found: T[] = [];
  for (let start = 0; start < ids.length; start += slice)
    found.push(...read(ids.slice(start, start + slice)));
  return found;
}

export function shiftsWithIds(db: Db, ids: readonly string[]): Shift[] {
  // Oldest first, so that of each shift the last one read counts.
  const byRow = (table: SQLiteTable) => sql`${table}.rowid`;
  const drafts = inSlices(ids, (some) =>
    db.select().from(shiftDrafts).where(inArray(shiftDrafts.shiftId, some)).orderBy(byRow(shiftDrafts)).all(),
  ).map(readDraft);
  const publications = inSlices(ids, (some) =>
    db
      .select()
      .from(shiftPublications)
      .where(inArray(shiftPublications.shiftId, some))
      .orderBy(byRow(shiftPublications))
      .all(),
  );
  const cancellations = inSlices(ids, (some) =>
    db.select().from(shiftCancellations).where(inArray(shiftCancellations.id, some)).all(),
  );
  const newest = new Map(drafts.map((draft) => [draft.shiftId, draft]));
  const draftsById = new Map(drafts.map((draft) => [draft.id, draft]));
  const publicationOf = new Map(publications.map((one) => [one.shiftId, one]));
  const cancelled = new Map(cancellations.map((one) => [one.id, one]));
  const assigned = activeAssignments(db, ids);
  return [...newest.values()].map((draft) => {
    const publication = publicationOf.get(draft.shiftId);
    return {
      id: draft.shiftId,
      siteId: draft.siteId,
      draft,
      publication,
      published: publication && draftsById.get(publication.draftId),
      cancelled: cancelled.get(draft.shiftId),
      assignments: assigned.filter(({ shiftId }) => shiftId === draft.shiftId),
    };
  });
}

function activeAssignments(db: Db, shiftIds: readonly string[]): Assignment[] {
  return inSlices(shiftIds, (some) =>
    db
      .select({ assignment: shiftAssignments, end: shiftAssignmentEnds.id })
      .from(shiftAssignments)
      .leftJoin(shiftAssignmentEnds, eq(shiftAssignmentEnds.id, shiftAssignments.id))
      .where(inArray(shiftAssignments.shiftId, some))
      .orderBy(asc(shiftAssignments.at))
      .all(),
  ).flatMap(({ assignment, end }) => (end === null ? [assignment] : []));
}

export function readDraftOf(db: Db, draftId: string): Draft | undefined {
  const row = db.select().from(shiftDrafts).where(eq(shiftDrafts.id, draftId)).get();
  return row && readDraft(row);
}

export function readDraft(row: DraftRow): Draft {
  return {
    ...row,
    siteIds: JSON.parse(row.siteIds),
    breaks: row.breaks === null ? null : JSON.parse(row.breaks),
    engagementIds: JSON.parse(row.engagementIds),
    assignedThen: JSON.parse(row.assignedThen),
  };
}

export function assignmentOf(db: Db, id: string): Assignment | undefined {
  return db.select().from(shiftAssignments).where(eq(shiftAssignments.id, id)).get();
}

/** How many may still claim it. */
export function placesLeft({ published, assignments }: Shift): number {
  return published ? capacityOf(published) - assignments.length : 0;
}

export function capacityOf({ engagementIds, openPlaces }: Draft): number {
  return engagementIds.length + openPlaces;
}

/** Whom publishing a draft puts on the shift, and whom it takes off. */
export function staffingOf({ engagementIds, assignedThen }: Draft): {
  added: readonly string[];
  removed: readonly string[];
} {
  return {
    added: engagementIds.filter((id) => !assignedThen.includes(id)),
    removed: assignedThen.filter((id) => !engagementIds.includes(id)),
  };
}

/** What workers would notice of a draft beside who works it. */
export function saysTheSameTo({ published, draft }: Shift): boolean {
  return published !== undefined && wordingOf(published) === wordingOf(draft);
}

const wordingOf = ({
  startsAt,
  endsAt,
  siteIds,
  breaks,
  earlySeconds,
  lateSeconds,
  openPlaces,
  note,
}: Draft) =>
  canonicalJson({
    startsAt,
    endsAt,
    siteIds,
    breaks: breaks ?? 'site',
    earlySeconds,
    lateSeconds,
    openPlaces,
    note,
  });

/** Whether publishing would change anything. */
export function isPending(shift: Shift): boolean {
  if (shift.cancelled || shift.publication?.draftId === shift.draft.id) return false;
  const { added, removed } = staffingOf(shift.draft);
  return !saysTheSameTo(shift) || added.length > 0 || removed.length > 0;
}
