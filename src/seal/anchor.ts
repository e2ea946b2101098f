/** The journal's head as an independent authority saw it: from then on nobody can rewrite what came before. */
import { asc, desc, eq } from 'drizzle-orm';
import { journal, journalAnchors } from '../../db/cell.ts';
import type { Instant } from '../kernel/time.ts';
import { bytesOfBase64 } from '../kernel/web-digest.ts';
import type { Db } from '../store/commit.ts';
import { isTokenOver } from './timestamp-token.ts';

/** What an anchor's token is over. */
export function anchorText(org: string, seq: number, hash: string): string {
  return `workcard/journal-head\n${org}\n${seq}\n${hash}`;
}

export function lastAnchor(db: Db) {
  return db.select().from(journalAnchors).orderBy(desc(journalAnchors.seq)).limit(1).get();
}

export type AnchorVerdict =
  | { readonly ok: true; readonly anchors: number; readonly last?: { seq: number; stampedAt: Instant } }
  | { readonly ok: false; readonly seq: number };

/** Every anchor's token holds over an entry that still stands in the journal as it did then. */
export async function verifyAnchors(db: Db, org: string): Promise<AnchorVerdict> {
  const anchors = db.select().from(journalAnchors).orderBy(asc(journalAnchors.seq)).all();
  for (const { seq, hash, token } of anchors) {
    const entry = db.select({ hash: journal.hash }).from(journal).where(eq(journal.seq, seq)).get();
    const said = new TextEncoder().encode(anchorText(org, seq, hash));
    const holds = await isTokenOver(bytesOfBase64(token), new Uint8Array(said)).catch(() => false);
    if (entry?.hash !== hash || !holds) return { ok: false, seq };
  }
  const last = anchors.at(-1);
  return { ok: true, anchors: anchors.length, ...(last ? { last } : {}) };
}
