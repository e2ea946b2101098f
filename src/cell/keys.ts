/** A cell's own key: made when the cell is made, wrapped by the deployment's, opened when the cell wakes. */

import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { cellKeys } from '../../db/cell.ts';
import type { CellKeys } from '../http/env.ts';
import { base64url, deriveKey, fromBase64url, openBytes, sealBytes } from '../kernel/digest.ts';
import type { Instant } from '../kernel/time.ts';
import type { Store } from '../store/commit.ts';

/** `wrappingKey`: 32 bytes of the deployment. Throws when the wrapped key does not open under it. */
export async function openCellKeys(
  store: Store,
  org: string,
  wrappingKey: Uint8Array,
  at: Instant,
): Promise<CellKeys & { files: Uint8Array }> {
  const wrapped = await store.commit((tx) => {
    const known = tx.select().from(cellKeys).where(eq(cellKeys.id, org)).get();
    if (known) return known.wrapped;
    const fresh = base64url(sealBytes(wrappingKey, randomBytes(32), `cell ${org}`));
    tx.insert(cellKeys).values({ id: org, wrapped: fresh, createdAt: at }).run();
    return fresh;
  });
  const key = openBytes(wrappingKey, fromBase64url(wrapped), `cell ${org}`);
  return {
    field: deriveKey(key, 'field'),
    index: deriveKey(key, 'index'),
    files: deriveKey(key, 'files'),
    signing: deriveKey(key, 'signing'),
  };
}
