/** Signing in a place of a contract: by a passkey (grade A) or an enrolled device key (grade B). */
import { eq } from 'drizzle-orm';
import { contractSignatures, signingNonces } from '../../db/cell.ts';
import type { Strokes } from '../document/mark.ts';
import { employerOf } from '../employer/employer.ts';
import type { Standing } from '../employer/standing.ts';
import type { CellContext } from '../http/env.ts';
import { reviewedIdentity } from '../identity/claim.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { canonicalJson, digestOf } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import { addSeconds, type Instant } from '../kernel/time.ts';
import type { SignerKey } from '../provider/providers.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { type Contract, contractOf, type Signature, signaturesOf } from './contract.ts';
import { requireOpen } from './contract-end.ts';
import { tellComplete, tellTurn } from './contract-notices.ts';
import {
  consentText,
  gradeOf,
  isKeyWord,
  type KeyProof,
  keyOfProof,
  type SignatureProof,
  type SigningRecord,
} from './signing-record.ts';
import { fitsSlot, openSlots, type SignerRole, type Slot, slotsOf } from './slot.ts';

export { consentText, isProven, type SignatureProof, type SigningRecord } from './signing-record.ts';
export type { SignerRole } from './slot.ts';

export type Signer = Standing & { readonly personId: string };
export const nonceLifeSeconds = 1800;

/** Opens a signature: the nonce belongs to this person, place and contract. The same id again is the same nonce. */
export function openSigning(
  tx: Tx,
  signer: Signer,
  input: { nonce: string; contractId: string; role: SignerRole },
  at: Instant,
): SigningRecord {
  const known = tx.select().from(signingNonces).where(eq(signingNonces.id, input.nonce)).get();
  if (known) {
    const contract = contractOf(tx, known.contractId) ?? refuse('not-found');
    const slot = slotsOf(tx, contract.id).find(({ id }) => id === known.slotId) ?? refuse('not-found');
    const isSame =
      known.contractId === input.contractId && known.personId === signer.personId && slot.role === input.role;
    // It may have signed already: a phone that heard no answer asks again, and hears the same.
    return isSame ? recordOf(tx, contract, signer, slot, known.id, known.issuedAt) : refuse('id-reused');
  }
  const { contract, slot } = signable(tx, signer, input, at);
  tx.insert(signingNonces)
    .values({
      id: input.nonce,
      contractId: contract.id,
      slotId: slot.id,
      personId: signer.personId,
      issuedAt: at,
    })
    .run();
  return recordOf(tx, contract, signer, slot, input.nonce, at);
}

export function recordOf(
  db: Db,
  contract: Contract,
  signer: Signer,
  slot: Slot,
  nonce: string,
  time: Instant,
): SigningRecord {
  const employer = employerOf(db);
  return {
    purpose: 'workcard/contract-signature',
    version: 2,
    org: employer.id,
    employer: employer.name,
    contract: contract.id,
    documentDigest: contract.documentDigest,
    consentDigest: digestOf(consentText),
    signer: signer.personId,
    signerName: nameIn(db, contract, signer, slot),
    role: slot.role,
    slot: slot.id,
    nonce,
    time,
  };
}

/** A worker signs by the name that was proved; everybody else by the name they have here. */
function nameIn(db: Db, contract: Contract, signer: Standing, slot: Slot): string {
  return slot.role === 'worker'
    ? (reviewedIdentity(db, contract.identityReviewId)?.claim.legalName ?? '')
    : (signer.displayName ?? '');
}

/** The place that is theirs to sign now, or why there is none. */
export function signable(
  db: Db,
  signer: Signer,
  { contractId, role, slotId }: { contractId: string; role: SignerRole; slotId?: string },
  at: Instant,
): { contract: Contract; slot: Slot } {
  const contract = requireOpen(db, contractId, at);
  const slots = slotsOf(db, contractId);
  const signatures = signaturesOf(db, contractId);
  const mine = slots.filter(
    (slot) =>
      slot.role === role && (slotId === undefined || slot.id === slotId) && fitsSlot(signer, slot, contract),
  );
  if (mine.length === 0) refuse('place-not-yours');
  const signed = new Map(signatures.map((signature) => [signature.slotId, signature]));
  const free = mine.filter(({ id }) => !signed.has(id));
  if (free.length === 0) refuse('place-signed', { name: signed.get(mine[0]?.id ?? '')?.signerName ?? '' });
  if (signatures.some(({ personId }) => personId === signer.personId)) refuse('signed-already');
  const open = new Set(openSlots(slots, new Set(signed.keys())).map(({ id }) => id));
  const slot = free.find(({ id }) => open.has(id)) ?? refuse('not-your-turn');
  return { contract, slot };
}

export interface SigningInput {
  readonly id: string;
  readonly contractId: string;
  readonly role: SignerRole;
  readonly nonce: string;
  readonly proof: KeyProof;
  /** By the word of the signer's browser. */
  readonly reading?: object | undefined;
  readonly drawing?: Strokes | undefined;
}

/** Signs: plan (nonce and record), effect (the key and its proof), record (one commit that looks again decides races). */
export async function signContract(
  cell: CellContext,
  actor: Actor & { kind: 'person' },
  signer: Signer,
  input: SigningInput,
  at: Instant,
): Promise<void> {
  const { db } = cell.store;
  if (repeatedSignature(db, actor, input)) return;
  const nonce = db.select().from(signingNonces).where(eq(signingNonces.id, input.nonce)).get();
  if (!nonce || nonce.personId !== actor.personId || nonce.contractId !== input.contractId)
    refuse('signature-refused');
  if (addSeconds(nonce.issuedAt, nonceLifeSeconds) < at) refuse('nonce-spent');
  const { contract, slot } = signable(db, signer, { ...input, slotId: nonce.slotId }, at);
  const said = recordOf(db, contract, signer, slot, input.nonce, nonce.issuedAt);
  const key = await provenKey(cell, actor.personId, canonicalJson(said), input.proof);
  await cell.store.commit((tx) => {
    if (repeatedSignature(tx, actor, input)) return;
    if (tx.select().from(contractSignatures).where(eq(contractSignatures.nonce, input.nonce)).get())
      refuse('nonce-spent');
    signable(tx, signer, { ...input, slotId: slot.id }, at);
    const row = signatureRow(cell, actor, input.id, said, input.proof, key, at);
    const { reading, drawing } = input;
    const beside = {
      reading: reading ? canonicalJson(reading) : null,
      drawing: drawing ? canonicalJson(drawing) : null,
    };
    recordSignature(tx, { ...row, ...beside }, at);
  });
  cell.wake();
}

/** The key that a proof is of, when it is this person's and answered for the text. Refuses what is no proof, and what is too weak. */
export async function provenKey(
  cell: CellContext,
  personId: string,
  text: string,
  proof: KeyProof,
): Promise<SignerKey> {
  const key = keyOfProof(await cell.directory.keysOf(personId), proof) ?? refuse('signature-refused');
  if (!(await isKeyWord(cell, text, proof, key))) refuse('signature-refused');
  if (key.grade === 'B' && isBoundInTerminal(key) && !cell.allowTerminalSigners) refuse('signer-too-weak');
  return key;
}

export function signatureRow(
  cell: CellContext,
  actor: Actor,
  id: string,
  said: SigningRecord,
  proof: SignatureProof,
  key: SignerKey,
  at: Instant,
): Signature {
  return {
    id,
    contractId: said.contract,
    slotId: said.slot,
    role: said.role,
    personId: said.signer,
    signerName: said.signerName,
    grade: gradeOf(said, key),
    nonce: said.nonce,
    record: canonicalJson(said),
    proof: canonicalJson({ ...proof, key, origin: cell.publicUrl, rpId: cell.rpId }),
    reading: null,
    drawing: null,
    at,
    by: actorText(actor),
  };
}

/** The signature, and with the last one the completion. */
export function recordSignature(tx: Tx, row: Signature, at: Instant): void {
  record(tx, 'contract-signed', row, row.by, at);
  const contract = contractOf(tx, row.contractId) ?? refuse('not-found');
  const signed = signaturesOf(tx, row.contractId).length;
  if (signed < slotsOf(tx, row.contractId).length) {
    tellTurn(tx, contract, at);
    return;
  }
  record(tx, 'contract-completed', { id: row.contractId, at, by: row.by }, row.by, at);
  tellComplete(tx, contract, at);
}

function repeatedSignature(db: Db, actor: Actor & { kind: 'person' }, input: SigningInput): boolean {
  const known = db.select().from(contractSignatures).where(eq(contractSignatures.id, input.id)).get();
  if (!known) return false;
  const isSame =
    known.contractId === input.contractId &&
    known.role === input.role &&
    known.personId === actor.personId &&
    // A phone that heard no answer signs the same record again, and each proof of that differs.
    known.nonce === input.nonce;
  return isSame || refuse('id-reused');
}

function isBoundInTerminal(key: SignerKey): boolean {
  return (JSON.parse(key.enrolment) as { codeChannel?: string }).codeChannel === 'terminal';
}

/** The identity an employer relied on, copied into the evidence: never joined later. */
export function identitySummary(db: Db, contract: Contract) {
  const { claim, review } = reviewedIdentity(db, contract.identityReviewId) ?? {};
  return {
    legalName: claim?.legalName,
    documentKind: claim?.documentKind,
    documentMasked: claim?.documentMasked,
    documentIndex: claim?.documentIndex,
    provider: review?.provider,
    decision: review?.decision,
    reviewedAt: review?.at,
    reviewedBy: review?.by,
  };
}
