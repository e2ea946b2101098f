/** Signing: a canonical record that commits to the document, signed by a passkey (grade A) or an enrolled device key (grade B). */
import { type AuthenticationResponseJSON, verifyAuthenticationResponse } from '@simplewebauthn/server';
import { eq } from 'drizzle-orm';
import { contractDeclines, contractSignatures, signingNonces } from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import type { CellContext } from '../http/env.ts';
import { reviewedIdentity } from '../identity/claim.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { canonicalJson, digestOf, fromBase64url, sha256 } from '../kernel/digest.ts';
import { isSignedByP256 } from '../kernel/ecdsa.ts';
import { refuse } from '../kernel/refusal.ts';
import { addSeconds, type Instant } from '../kernel/time.ts';
import type { SignerKey } from '../provider/providers.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { type Contract, contractOf, signaturesOf } from './contract.ts';

export type SignerRole = 'worker' | 'employer';

/** What the signer agrees to besides the document itself; its digest is in the record. */
export const consentText = {
  zh: '我已阅读本合同全文，同意以电子签名订立，并知悉可免费查看和下载。',
  en: 'I have read the whole contract, agree to sign it electronically, and know that I can view and download it free of charge.',
} as const;

/** What is signed: its canonical JSON (RFC 8785) is the message of a device key, its SHA-256 the challenge of a passkey. */
export interface SigningRecord {
  readonly purpose: 'workcard/contract-signature';
  readonly version: 1;
  readonly org: string;
  readonly employer: string;
  readonly contract: string;
  readonly documentDigest: string;
  readonly consentDigest: string;
  readonly signer: string;
  readonly signerName: string;
  readonly role: SignerRole;
  readonly nonce: string;
  readonly time: Instant;
}

export type SignatureProof =
  | { readonly kind: 'passkey'; readonly response: AuthenticationResponseJSON }
  | { readonly kind: 'device'; readonly deviceId: string; readonly signature: string };

const nonceLifeSeconds = 1800;

/** Opens a signature: the nonce belongs to this person, role and contract. The same id again is the same nonce. */
export function openSigning(
  tx: Tx,
  actor: Actor & { kind: 'person' },
  signer: { name: string },
  input: { nonce: string; contractId: string; role: SignerRole },
  at: Instant,
): SigningRecord {
  const known = tx.select().from(signingNonces).where(eq(signingNonces.id, input.nonce)).get();
  const isSame =
    known?.contractId === input.contractId && known.personId === actor.personId && known.role === input.role;
  if (known && !isSame) refuse('id-reused');
  // Known, it may have signed already: a phone that heard no answer asks again, and hears the same.
  const contract = known
    ? (contractOf(tx, input.contractId) ?? refuse('not-found'))
    : signable(tx, input.contractId, input.role);
  const issuedAt = known?.issuedAt ?? at;
  if (!known)
    tx.insert(signingNonces)
      .values({
        id: input.nonce,
        contractId: contract.id,
        role: input.role,
        personId: actor.personId,
        issuedAt,
      })
      .run();
  return recordOf(
    tx,
    contract,
    { personId: actor.personId, name: signer.name },
    input.role,
    input.nonce,
    issuedAt,
  );
}

function recordOf(
  db: Db,
  contract: Contract,
  signer: { personId: string; name: string },
  role: SignerRole,
  nonce: string,
  time: Instant,
): SigningRecord {
  const employer = employerOf(db);
  return {
    purpose: 'workcard/contract-signature',
    version: 1,
    org: employer.id,
    employer: employer.name,
    contract: contract.id,
    documentDigest: contract.documentDigest,
    consentDigest: digestOf(consentText),
    signer: signer.personId,
    signerName: signer.name,
    role,
    nonce,
    time,
  };
}

/** A contract that still waits for this role: the worker signs first. */
function signable(db: Db, contractId: string, role: SignerRole): Contract {
  const contract = contractOf(db, contractId) ?? refuse('not-found');
  const roles = signaturesOf(db, contractId).map((signature) => signature.role);
  if (
    roles.includes(role) ||
    db.select().from(contractDeclines).where(eq(contractDeclines.id, contractId)).get()
  )
    refuse('contract-closed');
  if (role === 'employer' && !roles.includes('worker')) refuse('not-your-turn');
  return contract;
}

/** Signs: plan (nonce and record), effect (the key and its proof), record (one conditional insert decides races). */
export async function signContract(
  cell: CellContext,
  actor: Actor & { kind: 'person' },
  signer: { name: string },
  input: { id: string; contractId: string; role: SignerRole; nonce: string; proof: SignatureProof },
  at: Instant,
): Promise<void> {
  const { db } = cell.store;
  if (repeatedSignature(db, actor, input)) return;
  const nonce = db.select().from(signingNonces).where(eq(signingNonces.id, input.nonce)).get();
  if (
    !nonce ||
    nonce.personId !== actor.personId ||
    nonce.contractId !== input.contractId ||
    nonce.role !== input.role
  )
    refuse('signature-refused');
  if (addSeconds(nonce.issuedAt, nonceLifeSeconds) < at) refuse('nonce-spent');
  const contract = signable(db, input.contractId, input.role);
  const said = recordOf(
    db,
    contract,
    { personId: actor.personId, name: signer.name },
    input.role,
    input.nonce,
    nonce.issuedAt,
  );
  const key = keyOf(await cell.directory.keysOf(actor.personId), input.proof);
  if (!(await isProven(cell, said, input.proof, key))) refuse('signature-refused');
  if (key.grade === 'B' && isBoundInTerminal(key) && !cell.allowTerminalSigners) refuse('signer-too-weak');
  await cell.store.commit((tx) => {
    if (repeatedSignature(tx, actor, input)) return;
    signable(tx, input.contractId, input.role);
    if (tx.select().from(contractSignatures).where(eq(contractSignatures.nonce, input.nonce)).get())
      refuse('nonce-spent');
    const row = {
      id: input.id,
      contractId: contract.id,
      role: input.role,
      personId: actor.personId,
      signerName: signer.name,
      grade: key.grade,
      nonce: input.nonce,
      record: canonicalJson(said),
      proof: canonicalJson({ ...input.proof, key, origin: cell.publicUrl, rpId: cell.rpId }),
      at,
      by: actorText(actor),
    };
    record(tx, 'contract-signed', row, row.by, at);
  });
  cell.wake();
}

function repeatedSignature(
  db: Db,
  actor: Actor & { kind: 'person' },
  input: { id: string; contractId: string; role: SignerRole; nonce: string },
): boolean {
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

function keyOf(keys: readonly SignerKey[], proof: SignatureProof): SignerKey {
  const key = keys.find((one) =>
    proof.kind === 'passkey'
      ? one.grade === 'A' && one.credentialId === proof.response.id
      : one.grade === 'B' && one.deviceId === proof.deviceId,
  );
  return key ?? refuse('signature-refused');
}

function isBoundInTerminal(key: SignerKey): boolean {
  return (JSON.parse(key.enrolment) as { codeChannel?: string }).codeChannel === 'terminal';
}

/** Whether a proof holds over a record: the whole of what a stranger checks later. */
export async function isProven(
  rp: { publicUrl: string; rpId: string },
  said: SigningRecord,
  proof: SignatureProof,
  key: SignerKey,
): Promise<boolean> {
  if (proof.kind === 'device')
    return (
      key.grade === 'B' && isSignedByP256(JSON.parse(key.publicKey), canonicalJson(said), proof.signature)
    );
  if (key.grade !== 'A') return false;
  const result = await verifyAuthenticationResponse({
    response: proof.response,
    // The challenge is the digest of the record: an assertion over anything else does not fit.
    expectedChallenge: sha256(canonicalJson(said)),
    expectedOrigin: rp.publicUrl,
    expectedRPID: rp.rpId,
    requireUserVerification: true,
    credential: { id: key.credentialId, publicKey: fromBase64url(key.publicKey), counter: 0 },
  }).catch(() => undefined);
  return result?.verified === true;
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
