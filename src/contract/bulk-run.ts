/** The rows of a bulk become offers, a few a step; drawing takes time, and others are served in between. */
import { sql } from 'drizzle-orm';
import { bulkOfferSteps, bulkOffers } from '../../db/cell.ts';
import type { CellContext } from '../http/env.ts';
import type { ImportTable } from '../http/table-file.ts';
import { newId } from '../kernel/id.ts';
import type { Instant } from '../kernel/time.ts';
import {
  type BulkOffer,
  type BulkReader,
  bulkProgress,
  bulkReader,
  bulkTable,
  type CoverOf,
  faultIn,
  inputOf,
} from './bulk-offer.ts';
import type { RowFault } from './bulk-table.ts';
import { offerContract } from './contract.ts';

const rowsPerStep = 10;
/** Then whatever else is due gets its turn. */
const stepsPerTurn = 3;

/** Carries on with bulks that are under way; wakes the cell again while one is not done. */
export async function bulkOffersDue(cell: CellContext, cover: CoverOf, at: Instant): Promise<void> {
  for (const bulk of running(cell)) {
    const table = await bulkTable(cell, bulk.id);
    const reader = bulkReader(cell.store.db, bulk, table, bulk.signBy);
    for (let step = 0; step < stepsPerTurn; step += 1)
      if (await takeStep(cell, bulk, reader, table, cover, at)) break;
    if (bulkProgress(cell.store.db, bulk.id).upTo < bulk.rows) return cell.wake();
  }
}

function running({ store }: CellContext): BulkOffer[] {
  const upTo = sql`(SELECT coalesce(max(s.up_to), 0) FROM ${bulkOfferSteps} AS s WHERE s.bulk_id = bulk_offers.id)`;
  return store.db.select().from(bulkOffers).where(sql`${upTo} < ${bulkOffers.rows}`).all();
}

/** Offers the next rows, then says how far it came. Answers whether they were the last. */
async function takeStep(
  cell: CellContext,
  bulk: BulkOffer,
  reader: BulkReader,
  table: ImportTable,
  cover: CoverOf,
  at: Instant,
): Promise<boolean> {
  const { upTo: from } = bulkProgress(cell.store.db, bulk.id);
  const rows = table.rows.slice(from, from + rowsPerStep);
  const personId = bulk.by.slice(bulk.by.indexOf(':') + 1);
  const offering = { kind: 'person', personId, signedInBy: 'A' } as const;
  const faults: RowFault[] = [];
  let offered = 0;
  for (const row of rows) {
    const input = inputOf(reader, row);
    const fault =
      'text' in input
        ? input
        : await faultIn(row.row, reader, () => offerContract(cell, offering, input, cover, at));
    if (fault) faults.push(fault);
    else offered += 1;
  }
  const upTo = from + rows.length;
  await cell.store.commit((tx) => {
    // Whoever else took this step was first.
    if (bulkProgress(tx, bulk.id).upTo !== from) return;
    tx.insert(bulkOfferSteps)
      .values({
        id: newId(),
        bulkId: bulk.id,
        upTo,
        offered,
        faults: faults.length > 0 ? JSON.stringify(faults) : null,
        at,
      })
      .run();
  });
  return upTo >= table.rows.length;
}
