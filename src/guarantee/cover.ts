/** Day cover: starts with the clock-in, in its commit, and ends with the clock-out; never outlives a forgotten one by more than a day. */
import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { coverEnds, covers, engagements, guaranteePolicies, workers } from '../../db/cell.ts';
import { type OnPunch, type Punch, zoneOfPunch } from '../clock/punch.ts';
import { workerName } from '../identity/name.ts';
import { newId } from '../kernel/id.ts';
import { addSeconds, civilDateAt, type Instant } from '../kernel/time.ts';
import { type Db, prepared, type Store, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { type GuaranteePolicy, policyOn } from './policy.ts';

export type Cover = typeof covers.$inferSelect;
/** Nobody works longer than this in one go; what is left open was forgotten. */
const openAtMostSeconds = 24 * 3600;
const clockedInAgain = 'clocked in again';

const statements = prepared((db) => ({
  open: db
    .select({ cover: covers })
    .from(covers)
    .leftJoin(coverEnds, eq(coverEnds.id, covers.id))
    .where(and(eq(covers.engagementId, sql.placeholder('engagementId')), isNull(coverEnds.id)))
    .limit(1)
    .prepare(),
  anyPolicy: db.select({ id: guaranteePolicies.id }).from(guaranteePolicies).limit(1).prepare(),
}));

/** Runs in the punch's own commit: no acknowledged clock-in is without the cover it began. */
export const coverPunch: OnPunch = (tx, punch) => {
  if (!statements(tx).anyPolicy.get()) return;
  const open = openCoverOf(tx, punch.engagementId);
  if (punch.kind === 'out') {
    if (open) endCover(tx, open, endOf(punch, 'clock-out'), punch.by, punch.receivedAt);
    return;
  }
  const policy = policyOn(tx, civilDateAt(punch.effectiveAt, zoneOfPunch(tx, punch)));
  if (!policy) return;
  // What a forgotten clock-out left open would end within this shift: who clocks in again has a whole day before them.
  if (open) endCover(tx, open, endOf(punch, clockedInAgain), punch.by, punch.receivedAt);
  const cover: Cover = {
    id: newId(),
    policyId: policy.id,
    engagementId: punch.engagementId,
    punchId: punch.id,
    startsAt: punch.effectiveAt,
    by: punch.by,
  };
  record(tx, 'cover-started', cover, punch.by, punch.receivedAt);
};

function endOf(punch: Punch, reason: string) {
  return { punchId: punch.id, endsAt: punch.effectiveAt, reason };
}

function endCover(
  tx: Tx,
  cover: Cover,
  end: { punchId: string | null; endsAt: Instant; reason: string },
  by: string,
  at: Instant,
): void {
  record(tx, 'cover-ended', { id: cover.id, ...end, by }, by, at);
}

export function openCoverOf(db: Db, engagementId: string): Cover | undefined {
  return statements(db).open.get({ engagementId })?.cover;
}

/** Ends covers whose clock-out was forgotten, at the end of their day of 24 hours. */
export async function coversDue(store: Store, at: Instant): Promise<void> {
  const limit = addSeconds(at, -openAtMostSeconds);
  const forgotten = openCovers(store.db).filter(({ cover }) => cover.startsAt <= limit);
  for (const { cover } of forgotten) {
    await store.commit((tx) => {
      if (openCoverOf(tx, cover.engagementId)?.id !== cover.id) return;
      endCover(
        tx,
        cover,
        {
          punchId: null,
          endsAt: addSeconds(cover.startsAt, openAtMostSeconds),
          reason: 'no clock-out within 24 hours',
        },
        'system',
        at,
      );
    });
  }
}

/** When the oldest open cover ends by itself, if its clock-out does not come. */
export function nextCoverEnd(db: Db): Instant | undefined {
  const oldest = openCovers(db).at(-1);
  return oldest && addSeconds(oldest.cover.startsAt, openAtMostSeconds);
}

export interface CoverView {
  readonly cover: Cover;
  readonly policy: GuaranteePolicy;
  readonly endsAt: Instant | null;
  readonly workerName: string;
}

function views(db: Db) {
  return db
    .select({
      cover: covers,
      policy: guaranteePolicies,
      endsAt: coverEnds.endsAt,
      endPunchId: coverEnds.punchId,
      endReason: coverEnds.reason,
      workerName,
    })
    .from(covers)
    .innerJoin(guaranteePolicies, eq(guaranteePolicies.id, covers.policyId))
    .innerJoin(engagements, eq(engagements.id, covers.engagementId))
    .innerJoin(workers, eq(workers.id, engagements.workerId))
    .leftJoin(coverEnds, eq(coverEnds.id, covers.id));
}

export function openCovers(db: Db): CoverView[] {
  return views(db).where(isNull(coverEnds.id)).orderBy(desc(covers.startsAt)).all();
}

export interface PastCover extends CoverView {
  readonly endsAt: Instant;
  readonly forgotten: boolean;
  /** The clock-out was forgotten, and the next clock-in began a cover of its own. */
  readonly followed: boolean;
}

/** Covers that are over, the newest first. */
export function pastCovers(db: Db, limit = 100): PastCover[] {
  return views(db)
    .where(isNotNull(coverEnds.id))
    .orderBy(desc(covers.startsAt))
    .limit(limit)
    .all()
    .map(({ endsAt, endPunchId, endReason, ...view }) => ({
      ...view,
      endsAt: endsAt ?? view.cover.startsAt,
      forgotten: endPunchId === null,
      followed: endReason === clockedInAgain,
    }));
}

export function coversOfWorker(db: Db, workerId: string): CoverView[] {
  return views(db).where(eq(engagements.workerId, workerId)).orderBy(desc(covers.startsAt)).limit(100).all();
}

/** Half-open, as every interval of ours. */
export function isCovered(view: Pick<CoverView, 'cover' | 'endsAt'>, at: Instant): boolean {
  return view.cover.startsAt <= at && (view.endsAt === null || at < view.endsAt);
}
