/**
 * Timestamps of independent authorities (RFC 3161), behind the seal and over the journal. Nothing waits for them: they
 * are asked in a later tick, one after the other, and one that is silent or answers nonsense is left alone for a while.
 */
import { PDF } from '@libpdf/core';
import { asc, eq, isNull } from 'drizzle-orm';
import { contractSeals, contractTimestamps } from '../../db/cell.ts';
import type { CellContext } from '../http/env.ts';
import { sha256 } from '../kernel/digest.ts';
import { newId } from '../kernel/id.ts';
import { randomPart } from '../kernel/random.ts';
import { addSeconds, type Instant, instantOf } from '../kernel/time.ts';
import { type Bytes, base64urlOf, digestBytes } from '../kernel/web-digest.ts';
import type { TimestampAuthority } from '../provider/providers.ts';
import type { Db } from '../store/commit.ts';
import { journalHead, record } from '../store/journal.ts';
import { anchorText, lastAnchor } from './anchor.ts';
import { strictlyApart } from './cms.ts';
import { infoIn, timestampQuery, tokenOf } from './timestamp-token.ts';
import { clearTrouble, noteTrouble, SealingTrouble, waiting } from './trouble.ts';

const slice = 20;
const daySeconds = 86_400;

export interface Stamped {
  readonly authority: string;
  readonly token: Bytes;
  readonly stampedAt: Instant;
}

/** The first authority that answers with a token that holds; undefined when none does now. Each failure is kept. */
export async function stampDigest(
  cell: CellContext,
  digest: Bytes,
  at: Instant,
): Promise<Stamped | undefined> {
  const resting = waiting(cell.store.db, 'authority', at);
  for (const authority of cell.timestamps ?? []) {
    if (resting.has(authority.url)) continue;
    try {
      const stamped = await askAuthority(authority, digest);
      await cell.store.commit((tx) => clearTrouble(tx, authority.url));
      return stamped;
    } catch (error) {
      await noteTrouble(cell.store, 'authority', authority.url, error, at);
    }
  }
  return undefined;
}

async function askAuthority(authority: TimestampAuthority, digest: Bytes): Promise<Stamped> {
  const nonce = new Uint8Array(randomPart(8));
  const answer = await authority.ask(timestampQuery(digest, nonce)).catch((error: unknown) => {
    throw new SealingTrouble('authority-silent', error instanceof Error ? error.message : String(error));
  });
  const token = await tokenOf(answer, digest, nonce);
  if (typeof token === 'string') throw new SealingTrouble('authority-garbage', token);
  const parts = strictlyApart(token);
  const info = parts && infoIn(parts);
  if (!info) throw new SealingTrouble('authority-garbage', 'unreadable');
  return { authority: authority.url, token, stampedAt: instantOf(info.at.getTime()) };
}

/** Sealed and not stamped yet, oldest first. */
function toStamp(db: Db) {
  return db
    .select({ seal: contractSeals })
    .from(contractSeals)
    .leftJoin(contractTimestamps, eq(contractTimestamps.id, contractSeals.id))
    .where(isNull(contractTimestamps.id))
    .orderBy(asc(contractSeals.at))
    .limit(slice * 2)
    .all();
}

/** Stamps sealed contracts, a slice a tick; ends as soon as no authority answers. */
export async function stampsDue(cell: CellContext, at: Instant): Promise<{ more: boolean }> {
  if ((cell.timestamps ?? []).length === 0) return { more: false };
  const { db } = cell.store;
  const later = waiting(db, 'timestamp', at);
  const due = toStamp(db).filter(({ seal }) => !later.has(seal.id));
  for (const { seal } of due.slice(0, slice)) {
    try {
      if (!(await stampContract(cell, seal, at))) return { more: false };
    } catch (error) {
      await noteTrouble(cell.store, 'timestamp', seal.id, error, at);
    }
  }
  return { more: due.length > slice };
}

async function stampContract(
  cell: CellContext,
  seal: typeof contractSeals.$inferSelect,
  at: Instant,
): Promise<boolean> {
  const sealed = await cell.files.get(seal.fileId);
  if (!sealed || sha256(sealed) !== seal.sealedDigest) throw new SealingTrouble('not-authentic', seal.fileId);
  let stamped: Stamped | undefined;
  const pdf = await PDF.load(sealed);
  const written = await pdf
    .addTimestamp({
      timestampAuthority: {
        timestamp: async (digest) => {
          stamped = await stampDigest(cell, new Uint8Array(digest), at);
          if (!stamped) throw new NoAuthority();
          return stamped.token;
        },
      },
      fieldName: 'Timestamp',
      estimatedSize: placeBytes,
    })
    .catch((error: unknown) => {
      if (error instanceof NoAuthority) return undefined;
      throw error;
    });
  const said = stamped;
  if (!written || !said) return false;
  const bytes = new Uint8Array(written.bytes);
  const fileId = await cell.files.put(bytes);
  await cell.store.commit((tx) => {
    clearTrouble(tx, seal.id);
    if (tx.select().from(contractTimestamps).where(eq(contractTimestamps.id, seal.id)).get()) return;
    const row = {
      id: seal.id,
      fileId,
      digest: sha256(bytes),
      authority: said.authority,
      stampedAt: said.stampedAt,
      at,
      by: 'system',
    };
    record(tx, 'contract-timestamped', row, 'system', at);
  });
  return true;
}

/** A token with its chain; most take a third of it. */
const placeBytes = 16_384;

/** No authority answers now: nothing is wrong with the contract. */
class NoAuthority extends Error {}

/** Once a day, when something happened since: an authority sees the journal's head. */
export async function anchorDue(cell: CellContext, at: Instant): Promise<void> {
  const { db } = cell.store;
  if ((cell.timestamps ?? []).length === 0) return;
  const last = lastAnchor(db);
  const head = journalHead(db);
  // The anchor's own entry is no news.
  if (head.seq === 0 || (last && (addSeconds(last.at, daySeconds) > at || head.seq <= last.seq + 1))) return;
  const text = new TextEncoder().encode(anchorText(cell.org, head.seq, head.hash));
  const stamped = await stampDigest(cell, await digestBytes(new Uint8Array(text)), at);
  if (!stamped) return;
  await cell.store.commit((tx) => {
    const row = {
      id: newId(),
      seq: head.seq,
      hash: head.hash,
      authority: stamped.authority,
      token: base64urlOf(stamped.token),
      stampedAt: stamped.stampedAt,
      at,
      by: 'system',
    };
    record(tx, 'journal-anchored', row, 'system', at);
  });
}

/** When the journal's head is to be shown again. */
export function nextAnchor(cell: CellContext): Instant | undefined {
  if ((cell.timestamps ?? []).length === 0) return undefined;
  const last = lastAnchor(cell.store.db);
  return last && journalHead(cell.store.db).seq > last.seq + 1 ? addSeconds(last.at, daySeconds) : undefined;
}
