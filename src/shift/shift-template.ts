/** Shift templates: the usual shifts of a site, by name, to plan with. */
import { asc, eq } from 'drizzle-orm';
import { shiftTemplateEnds, shiftTemplates } from '../../db/cell.ts';
import { sameOr } from '../employer/repeat.ts';
import type { Standing } from '../employer/standing.ts';
import type { BreakRule } from '../hours/breaks.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { refuse } from '../kernel/refusal.ts';
import { civilDateAt, type Instant } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { plannedSite, type ShiftTimes, timesRow } from './shift.ts';
import { checkBreaks } from './shift-breaks.ts';
import { spanOf } from './shift-span.ts';

export interface ShiftTemplate extends Omit<typeof shiftTemplates.$inferSelect, 'breaks'> {
  readonly breaks: readonly BreakRule[] | null;
}

export function makeShiftTemplate(
  tx: Tx,
  actor: Actor,
  standing: Standing,
  input: ShiftTimes & { id: string; siteId: string; name: string },
  at: Instant,
): void {
  const site = plannedSite(tx, standing, input.siteId);
  const { id, siteId, name, startTime, endTime } = input;
  // Any day will do: what is meant is the usual one, without a change of clocks.
  const { seconds } = spanOf('UTC', { day: civilDateAt(at, site.zone), startTime, endTime });
  checkBreaks(input.breaks, seconds);
  const row = { id, siteId, name, startTime, endTime, ...timesRow(input), at, by: actorText(actor) };
  const known = tx.select().from(shiftTemplates).where(eq(shiftTemplates.id, id)).get();
  if (known) return void sameOr(known, row);
  record(tx, 'shift-template-made', row, row.by, at);
}

/** Not offered any more; shifts and rosters made with it stay. */
export function endShiftTemplate(
  tx: Tx,
  actor: Actor,
  standing: Standing,
  { id }: { id: string },
  at: Instant,
): void {
  const template = templateOf(tx, id) ?? refuse('not-found');
  plannedSite(tx, standing, template.siteId);
  if (tx.select().from(shiftTemplateEnds).where(eq(shiftTemplateEnds.id, id)).get()) return;
  const by = actorText(actor);
  record(tx, 'shift-template-ended', { id, at, by }, by, at);
}

export function templateOf(db: Db, id: string): ShiftTemplate | undefined {
  const row = db.select().from(shiftTemplates).where(eq(shiftTemplates.id, id)).get();
  return row && readTemplate(row);
}

/** Those still offered, in the order of their beginning. */
export function templatesOf(db: Db, siteId: string): ShiftTemplate[] {
  return db
    .select({ template: shiftTemplates, ended: shiftTemplateEnds.id })
    .from(shiftTemplates)
    .leftJoin(shiftTemplateEnds, eq(shiftTemplateEnds.id, shiftTemplates.id))
    .where(eq(shiftTemplates.siteId, siteId))
    .orderBy(asc(shiftTemplates.startTime), asc(shiftTemplates.name))
    .all()
    .flatMap(({ template, ended }) => (ended === null ? [readTemplate(template)] : []));
}

const readTemplate = (row: typeof shiftTemplates.$inferSelect): ShiftTemplate => ({
  ...row,
  breaks: row.breaks === null ? null : JSON.parse(row.breaks),
});

/** The times of a template as a draft takes them. */
export function timesOfTemplate(template: ShiftTemplate): ShiftTimes {
  const { startTime, endTime, breaks, earlySeconds, lateSeconds } = template;
  return {
    startTime,
    endTime,
    ...(breaks === null ? {} : { breaks }),
    ...(earlySeconds === null ? {} : { earlySeconds }),
    ...(lateSeconds === null ? {} : { lateSeconds }),
  };
}
