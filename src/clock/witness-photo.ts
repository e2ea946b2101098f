/** Which punches have a witness photo that is still kept. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { witnessPhotoDeletions, witnessPhotos } from '../../db/cell.ts';
import type { Db } from '../store/commit.ts';

export function photographed(db: Db, punchIds: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (let start = 0; start < punchIds.length; start += 90) {
    const rows = db
      .select({ id: witnessPhotos.id })
      .from(witnessPhotos)
      .leftJoin(witnessPhotoDeletions, eq(witnessPhotoDeletions.id, witnessPhotos.id))
      .where(
        and(inArray(witnessPhotos.id, punchIds.slice(start, start + 90)), isNull(witnessPhotoDeletions.id)),
      )
      .all();
    for (const { id } of rows) found.add(id);
  }
  return found;
}
