/** Signing many contracts with one word of a key: their records in one tree, its root signed, each contract with its path. */
import { eq } from 'drizzle-orm';
import { contractBatches, contractSignatures } from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import type { CellContext } from '../http/env.ts';
import { workerNameOf } from '../identity/name.ts';
import type { Actor } from '../kernel/actor.ts';
import { canonicalJson, digestOf } from '../kernel/digest.ts';
import { idOf } from '../kernel/id.ts';
import { inclusionPaths, merkleRoot } from '../kernel/merkle.ts';
import { type Refusal, refuse } from '../kernel/refusal.ts';
import { addSeconds, type Instant } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { commitEach } from '../store/commit-each.ts';
import { contractOf } from './contract.ts';
import {
  nonceLifeSeconds,
  provenKey,
  recordOf,
  recordSignature,
  type Signer,
  signable,
  signatureRow,
} from './signature.ts';
import { type BatchRecord, consentText, type KeyProof, type SigningRecord } from './signing-record.ts';
import { slotsOf } from './slot.ts';

/** As many as an office reads through in a sitting; more are signed in a second go. */
export const batchMax = 500;

type Batch = typeof contractBatches.$inferSelect;
type Person = Actor & { readonly kind: 'person' };
interface Leaf {
  readonly contractId: string;
  readonly slotId: string;
}

export interface OpenedBatch {
  readonly record: BatchRecord;
  /** In the order of the tree's leaves. */
  readonly contracts: readonly { readonly workerName: string; readonly record: SigningRecord }[];
}

/** Opens a batch over what this signer may sign for the employer now. The same id again is the same batch. Refuses as signing each alone would. */
export function openBatch(
  tx: Tx,
  signer: Signer,
  input: { readonly id: string; readonly contractIds: readonly string[] },
  at: Instant,
): Batch {
  const known = batchOf(tx, input.id);
  if (known) {
    const same = leavesOf(known).map(({ contractId }) => contractId);
    const isSame =
      known.personId === signer.personId && canonicalJson(same) === canonicalJson(input.contractIds);
    return isSame ? known : refuse('id-reused');
  }
  const leaves = input.contractIds.map((contractId): Leaf => {
    const { slot } = signable(tx, signer, { contractId, role: 'employer' }, at);
    return { contractId, slotId: slot.id };
  });
  const row = { id: input.id, personId: signer.personId, contracts: canonicalJson(leaves), at };
  tx.insert(contractBatches).values(row).run();
  return row;
}

function batchOf(db: Db, id: string): Batch | undefined {
  return db.select().from(contractBatches).where(eq(contractBatches.id, id)).get();
}

const leavesOf = (batch: Batch) => JSON.parse(batch.contracts) as Leaf[];

/** What is to be signed: it follows from the batch alone, so that asking again answers the same. */
export async function describeBatch(db: Db, signer: Signer, batch: Batch): Promise<OpenedBatch> {
  const contracts = leavesOf(batch).map(({ contractId, slotId }) => {
    const contract = contractOf(db, contractId) ?? refuse('not-found');
    const slot = slotsOf(db, contractId).find(({ id }) => id === slotId) ?? refuse('not-found');
    const nonce = idOf(`${batch.id} ${contractId}`);
    return {
      workerName: workerNameOf(db, contract.workerId),
      record: recordOf(db, contract, signer, slot, nonce, batch.at),
    };
  });
  const { id: org, name: employer } = employerOf(db);
  const record: BatchRecord = {
    purpose: 'workcard/contract-batch-signature',
    version: 1,
    org,
    employer,
    signer: signer.personId,
    signerName: signer.displayName ?? '',
    consentDigest: digestOf(consentText),
    root: await merkleRoot(contracts.map((one) => canonicalJson(one.record))),
    size: contracts.length,
    nonce: batch.id,
    time: batch.at,
  };
  return { record, contracts };
}

export interface BatchResult {
  readonly contractId: string;
  /** Null: signed. */
  readonly refusal: Refusal | null;
}

/** Signs each contract in a commit of its own, so that one that was taken back meanwhile stops no other. Repeating it signs what is left. */
export async function signBatch(
  cell: CellContext,
  actor: Person,
  signer: Signer,
  input: { readonly id: string; readonly proof: KeyProof },
  at: Instant,
): Promise<BatchResult[]> {
  const { db } = cell.store;
  const batch = batchOf(db, input.id) ?? refuse('not-found');
  if (batch.personId !== actor.personId) refuse('not-found');
  const { record, contracts } = await describeBatch(db, signer, batch);
  const isFresh = addSeconds(batch.at, nonceLifeSeconds) >= at;
  if (!isFresh && !contracts.some(({ record: said }) => isSigned(db, said))) refuse('nonce-spent');
  const key = await provenKey(cell, actor.personId, canonicalJson(record), input.proof);
  const paths = await inclusionPaths(contracts.map((one) => canonicalJson(one.record)));
  const leaves = contracts.map((one, index) => ({ said: one.record, path: paths[index] }));
  const refusals = await commitEach(cell.store, leaves, (tx, { said, path }) => {
    if (isSigned(tx, said)) return;
    signable(tx, signer, { contractId: said.contract, role: 'employer', slotId: said.slot }, at);
    if (!path) throw new Error(`no path to ${said.contract}`);
    const proof = { kind: 'batch' as const, ...path, batch: record, proof: input.proof };
    recordSignature(tx, signatureRow(cell, actor, said.nonce, said, proof, key, at), at);
  });
  cell.wake();
  return leaves.map(({ said }, index) => ({ contractId: said.contract, refusal: refusals[index] ?? null }));
}

const isSigned = (db: Db, { nonce }: SigningRecord) =>
  db.select().from(contractSignatures).where(eq(contractSignatures.nonce, nonce)).get() !== undefined;
