/** Drafts: an offer that is not sent yet. The office keeps, changes and deletes it; the worker never sees it. */
import { desc, eq } from 'drizzle-orm';
import { contractDrafts } from '../../db/cell.ts';
import { engagementOf } from '../engagement/engagement.ts';
import { workerNameOf } from '../identity/name.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { canonicalJson, openText, sealText } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { contractOf, type OfferInput } from './contract.ts';

interface FieldKey {
  readonly field: Uint8Array;
}
export interface DraftView {
  readonly id: string;
  readonly workerId: string;
  readonly workerName: string;
  readonly offer: OfferInput;
  readonly at: Instant;
  readonly by: string;
}

/** Keeps what was written so far, over what was kept before. */
export function keepDraft(tx: Tx, keys: FieldKey, actor: Actor, offer: OfferInput, at: Instant): void {
  if (contractOf(tx, offer.id)) refuse('id-reused');
  const engagement = engagementOf(tx, offer.engagementId) ?? refuse('not-found');
  const row = {
    id: offer.id,
    engagementId: engagement.id,
    workerId: engagement.workerId,
    offerSealed: sealText(keys.field, canonicalJson(offer), `contract_drafts ${offer.id}`),
    at,
    by: actorText(actor),
  };
  const { id: _, ...change } = row;
  tx.insert(contractDrafts).values(row).onConflictDoUpdate({ target: contractDrafts.id, set: change }).run();
}

/** One that is gone already is gone. */
export function deleteDraft(tx: Tx, id: string): void {
  tx.delete(contractDrafts).where(eq(contractDrafts.id, id)).run();
}

export function draftOf(db: Db, keys: FieldKey, id: string): DraftView | undefined {
  const row = db.select().from(contractDrafts).where(eq(contractDrafts.id, id)).get();
  return row && opened(db, keys, row);
}

export function draftsOf(db: Db, keys: FieldKey): DraftView[] {
  const rows = db.select().from(contractDrafts).orderBy(desc(contractDrafts.at)).all();
  return rows.map((row) => opened(db, keys, row));
}

function opened(db: Db, keys: FieldKey, row: typeof contractDrafts.$inferSelect): DraftView {
  const { id, workerId, at, by } = row;
  const offer = JSON.parse(openText(keys.field, row.offerSealed, `contract_drafts ${id}`)) as OfferInput;
  return { id, workerId, workerName: workerNameOf(db, workerId), offer, at, by };
}
