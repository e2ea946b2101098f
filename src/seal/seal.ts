/**
 * Sealing, in tick: the signed bytes, then the evidence, then the employer's PAdES seal, each appended; stored, and at
 * last recorded. Nothing is known of a seal before its one commit, so that a crash anywhere before only repeats.
 */
import { PDF } from '@libpdf/core';
import type { contractSeals } from '../../db/cell.ts';
import { type Contract, contractsToSeal, sealOf, signaturesOf } from '../contract/contract.ts';
import { appendEvidence } from '../document/document.ts';
import { employerOf } from '../employer/employer.ts';
import type { CellContext } from '../http/env.ts';
import { canonicalJson, sha256 } from '../kernel/digest.ts';
import { epochMs, type Instant } from '../kernel/time.ts';
import type { Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { evidenceOf, evidencePage } from './evidence.ts';
import { type Sealer, sealerOf } from './seal-certificate.ts';
import { clearTrouble, noteTrouble, SealingTrouble, waiting } from './trouble.ts';

/** What else happens in the commit that records a seal, e.g. the work card. */
export type OnSealed = (tx: Tx, contract: Contract, at: Instant) => void;

/** So many in one tick: who waits for an answer of this cell waits for one of them at most. */
const slice = 40;

/**
 * Seals what everybody has signed, oldest first, and answers whether more waits. A contract that fails stays signed, is
 * tried again later each time, says why (`seal_troubles`), and holds up no other.
 */
export async function contractsDue(
  cell: CellContext,
  onSealed: readonly OnSealed[],
  at: Instant,
): Promise<{ more: boolean }> {
  const { db } = cell.store;
  const later = waiting(db, 'seal', at);
  const due = contractsToSeal(db).filter(({ id }) => !later.has(id));
  const failures: unknown[] = [];
  // One sealer a slice: a key is opened once, not once a contract.
  let sealer: Sealer | undefined;
  for (const contract of due.slice(0, slice)) {
    try {
      sealer ??= await sealerOf(cell, at);
      await sealContract(cell, contract, sealer, onSealed, at);
    } catch (error) {
      await noteTrouble(cell.store, 'seal', contract.id, error, at);
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} contracts could not be sealed`);
  return { more: due.length > slice };
}

async function sealContract(
  cell: CellContext,
  contract: Contract,
  sealer: Sealer,
  onSealed: readonly OnSealed[],
  at: Instant,
): Promise<void> {
  const bytes = await sealedBytes(cell, contract, sealer, at);
  const fileId = await cell.files.put(bytes);
  await cell.store.commit((tx) => {
    clearTrouble(tx, contract.id);
    if (sealOf(tx, contract.id)) return;
    const row: typeof contractSeals.$inferSelect = {
      id: contract.id,
      fileId,
      sealedDigest: sha256(bytes),
      certificate: sealer.digest,
      at,
      by: 'system',
    };
    record(tx, 'contract-sealed', row, 'system', at);
    for (const hook of onSealed) hook(tx, contract, at);
  });
}

/** The offered bytes are the beginning of what comes back. */
export async function sealedBytes(
  cell: CellContext,
  contract: Contract,
  sealer: Sealer,
  at: Instant,
): Promise<Uint8Array<ArrayBuffer>> {
  const { db } = cell.store;
  const offered = await cell.files.get(contract.fileId);
  if (!offered || sha256(offered) !== contract.documentDigest)
    throw new SealingTrouble('offer-missing', contract.fileId);
  const signatures = signaturesOf(db, contract.id);
  const evidence = canonicalJson(evidenceOf(db, contract, signatures, sealer));
  const appended = await appendEvidence(
    offered,
    evidencePage(cell, contract, signatures, evidence, sealer.kind, at),
    cell.renderer,
  );
  const pdf = await PDF.load(appended);
  const { bytes } = await pdf.sign({
    signer: sealer.signer,
    reason: 'Sealed by the employer after all parties signed',
    location: employerOf(db).name,
    signingTime: new Date(epochMs(at)),
    fieldName: 'EmployerSeal',
    estimatedSize: placeFor(sealer),
  });
  return new Uint8Array(bytes);
}

/** Bytes kept free for a seal: its certificates, a signature of RSA-4096, and the rest. */
function placeFor({ signer }: Sealer): number {
  const chain = signer.certificateChain.reduce((sum, { length }) => sum + length, signer.certificate.length);
  return Math.ceil((chain + 2048) / 1024) * 1024;
}
