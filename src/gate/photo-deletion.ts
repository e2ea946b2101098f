/** Witness photos end on the day that was set when they were taken: the file goes, the row that names the rule stays. */
import { asc, eq, isNull } from 'drizzle-orm';
import { witnessPhotoDeletions, witnessPhotos } from '../../db/cell.ts';
import type { CellContext } from '../http/env.ts';
import { type Instant, secondsBetween } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { record } from '../store/journal.ts';

const photosATick = 100;

/** The file first, then the row: a crash in between only deletes what is gone already. */
export async function deletePhotosDue(cell: CellContext, at: Instant): Promise<void> {
  const due = keptPhotos(cell.store.db, photosATick).filter(({ deleteAt }) => deleteAt <= at);
  for (const { id, fileId, takenAt, deleteAt } of due) {
    await cell.files.remove(fileId);
    const days = Math.round(secondsBetween(takenAt, deleteAt) / 86_400);
    const row = { id, rule: `kept for ${days} days by the site’s rules`, at, by: 'system' };
    await cell.store.commit((tx) => {
      const known = tx.select().from(witnessPhotoDeletions).where(eq(witnessPhotoDeletions.id, id)).get();
      if (!known) record(tx, 'witness-photo-deleted', row, 'system', at);
    });
  }
}

/** When the next photo is to go; undefined when none is kept. */
export function nextPhotoDeletion(db: Db): Instant | undefined {
  return keptPhotos(db, 1)[0]?.deleteAt;
}

/** Photos that are not deleted yet, the first due first. */
export function keptPhotos(db: Db, limit?: number) {
  return db
    .select({
      id: witnessPhotos.id,
      fileId: witnessPhotos.fileId,
      takenAt: witnessPhotos.at,
      deleteAt: witnessPhotos.deleteAt,
    })
    .from(witnessPhotos)
    .leftJoin(witnessPhotoDeletions, eq(witnessPhotoDeletions.id, witnessPhotos.id))
    .where(isNull(witnessPhotoDeletions.id))
    .orderBy(asc(witnessPhotos.deleteAt))
    .limit(limit ?? -1)
    .all();
}
