/** A worker's shifts as a calendar behind a link: who has the link reads it, until the worker makes a new one. */
import { eq, inArray, sql } from 'drizzle-orm';
import { shiftFeeds, shiftPublications } from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { sameOr } from '../employer/repeat.ts';
import { siteOf } from '../employer/site.ts';
import { engagementOf } from '../engagement/engagement.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { keyedHash, sha256 } from '../kernel/digest.ts';
import { type Locale, refuse } from '../kernel/refusal.ts';
import { addDays, civilDateAt, type Instant } from '../kernel/time.ts';
import { type Db, newestFirst, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { type CalendarEvent, calendarText } from './ics.ts';
import { type PlannedShift, plannedShiftsOfWorkers } from './planned-shift.ts';
import { inSlices } from './shift.ts';
import { breaksText, shiftWords } from './shift-words.ts';

type Feed = typeof shiftFeeds.$inferSelect;

/** The link's secret, made from the cell's key and the id: shown again on a retry, stored never. */
function feedToken(indexKey: Uint8Array, id: string): string {
  return keyedHash(indexKey, `shift-feed ${id}`);
}

export function feedUrl(
  cell: { readonly publicUrl: string; readonly org: string; readonly keys: { readonly index: Uint8Array } },
  id: string,
): string {
  return `${cell.publicUrl}/orgs/${cell.org}/calendar/${feedToken(cell.keys.index, id)}.ics`;
}

/** Makes a link, and ends the one before. */
export function makeShiftFeed(
  tx: Tx,
  indexKey: Uint8Array,
  actor: Actor,
  { id, workerId }: { id: string; workerId: string },
  at: Instant,
): void {
  const row: Feed = { id, workerId, tokenHash: sha256(feedToken(indexKey, id)), at, by: actorText(actor) };
  const known = tx.select().from(shiftFeeds).where(eq(shiftFeeds.id, id)).get();
  if (known) return void sameOr(known, row);
  record(tx, 'shift-feed-made', row, row.by, at);
}

export function feedOfWorker(db: Db, workerId: string): Feed | undefined {
  return db
    .select()
    .from(shiftFeeds)
    .where(eq(shiftFeeds.workerId, workerId))
    .orderBy(newestFirst(shiftFeeds))
    .limit(1)
    .get();
}

/** What a calendar program gets: from a month ago to half a year ahead. A link that was renewed is gone. */
export function feedText(db: Db, token: string, locale: Locale, at: Instant): string {
  const feed = db
    .select()
    .from(shiftFeeds)
    .where(eq(shiftFeeds.tokenHash, sha256(token)))
    .get();
  if (!feed) refuse('not-found');
  if (feedOfWorker(db, feed.workerId)?.id !== feed.id) refuse('link-expired');
  const { name, zone } = employerOf(db);
  const today = civilDateAt(at, zone);
  const shifts = plannedShiftsOfWorkers(db, [feed.workerId], addDays(today, -31), addDays(today, 183));
  const say = shiftWords(locale);
  return calendarText(`${say('shifts')} · ${name}`, eventsOf(db, shifts, locale));
}

function eventsOf(db: Db, shifts: readonly PlannedShift[], locale: Locale): CalendarEvent[] {
  const publications = publicationsOf(
    db,
    shifts.map(({ id }) => id),
  );
  return shifts.map((shift) => {
    const site = siteOf(db, shift.siteId);
    const known = publications.get(shift.id);
    return {
      uid: `${shift.id}-${shift.engagementId}@workcard`,
      changedAt: known?.at ?? shift.startsAt,
      sequence: (known?.count ?? 1) - 1,
      startsAt: shift.startsAt,
      endsAt: shift.endsAt,
      summary: `${engagementOf(db, shift.engagementId)?.roleTitle ?? ''} · ${site?.name ?? ''}`,
      location: site?.address ?? '',
      description: [breaksText(shift.breaks, locale), shift.note].filter((text) => text !== '').join('\n'),
    };
  });
}

/** How often each was published, and when last. */
function publicationsOf(db: Db, shiftIds: readonly string[]): Map<string, { count: number; at: Instant }> {
  const rows = inSlices(shiftIds, (some) =>
    db
      .select({
        shiftId: shiftPublications.shiftId,
        count: sql<number>`count(*)`,
        at: sql<Instant>`max(${shiftPublications.at})`,
      })
      .from(shiftPublications)
      .where(inArray(shiftPublications.shiftId, some))
      .groupBy(shiftPublications.shiftId)
      .all(),
  );
  return new Map(rows.map(({ shiftId, count, at }) => [shiftId, { count, at }]));
}
