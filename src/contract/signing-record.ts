/** What a signature says and how it is proved: a canonical record, and a key's word over it. Knows no database. */
import { type AuthenticationResponseJSON, verifyAuthenticationResponse } from '@simplewebauthn/server';
import type { SignerGrade } from '../kernel/actor.ts';
import { canonicalJson, fromBase64url, sha256 } from '../kernel/digest.ts';
import { isSignedByP256 } from '../kernel/ecdsa.ts';
import { type InclusionPath, isIncluded } from '../kernel/merkle.ts';
import type { Instant } from '../kernel/time.ts';
import type { SignerKey } from '../provider/providers.ts';
import type { SignerRole } from './slot.ts';

/** What the signer agrees to besides the document itself; its digest is in the record. */
export const consentText = {
  zh: '我已阅读本合同全文，同意以电子签名订立，并知悉可免费查看和下载。',
  en: 'I have read the whole contract, agree to sign it electronically, and know that I can view and download it free of charge.',
} as const;

/** A one-time code that the signer typed, sent to an address that is proved to be theirs. */
export interface CodeCeremony {
  readonly id: string;
  readonly channel: string;
  /** Masked. */
  readonly sentTo: string;
  readonly typedAt: Instant;
}

/** What is signed: its canonical JSON (RFC 8785) is the message of a device key, its SHA-256 the challenge of a passkey. */
export interface SigningRecord {
  readonly purpose: 'workcard/contract-signature';
  readonly version: 2;
  readonly org: string;
  readonly employer: string;
  readonly contract: string;
  readonly documentDigest: string;
  readonly consentDigest: string;
  readonly signer: string;
  readonly signerName: string;
  readonly role: SignerRole;
  /** The place on the contract. */
  readonly slot: string;
  readonly nonce: string;
  readonly time: Instant;
  /** Grade C: the signer's code, and the member who saw them sign and whose key vouches for both. */
  readonly code?: CodeCeremony | undefined;
  readonly witness?: { readonly person: string; readonly name: string } | undefined;
}

/** One key's word over one text. */
export type KeyProof =
  | { readonly kind: 'passkey'; readonly response: AuthenticationResponseJSON }
  | { readonly kind: 'device'; readonly deviceId: string; readonly signature: string };
/** One key's word over many records: over their root, with this record's place under it. */
export interface BatchProof extends InclusionPath {
  readonly kind: 'batch';
  readonly batch: BatchRecord;
  readonly proof: KeyProof;
}
export type SignatureProof = KeyProof | BatchProof;

/** What is signed once for many contracts: the root (RFC 9162 §2.1) over the canonical JSON of their records. */
export interface BatchRecord {
  readonly purpose: 'workcard/contract-batch-signature';
  readonly version: 1;
  readonly org: string;
  readonly employer: string;
  readonly signer: string;
  readonly signerName: string;
  readonly consentDigest: string;
  readonly root: string;
  readonly size: number;
  readonly nonce: string;
  readonly time: Instant;
}

/** Whatever it is over, the key's own word. */
export const keyProofOf = (proof: SignatureProof): KeyProof => (proof.kind === 'batch' ? proof.proof : proof);

export function keyOfProof(keys: readonly SignerKey[], proof: KeyProof): SignerKey | undefined {
  return keys.find((one) =>
    proof.kind === 'device'
      ? one.grade === 'B' && one.deviceId === proof.deviceId
      : one.grade === 'A' && one.credentialId === proof.response.id,
  );
}

/** What a record with a witness proves is no better than a code: the key is the witness's. */
export function gradeOf(said: Pick<SigningRecord, 'witness'>, key: SignerKey): SignerGrade {
  return said.witness ? 'C' : key.grade;
}

/** Whether a proof holds over a record: the whole of what a stranger checks later. */
export async function isProven(
  rp: RelyingParty,
  said: SigningRecord,
  proof: SignatureProof,
  key: SignerKey,
): Promise<boolean> {
  if (proof.kind !== 'batch') return isKeyWord(rp, canonicalJson(said), proof, key);
  const { batch } = proof;
  const isTheirs =
    batch.purpose === 'workcard/contract-batch-signature' &&
    batch.root === proof.root &&
    batch.size === proof.size &&
    batch.org === said.org &&
    batch.employer === said.employer &&
    batch.signer === said.signer &&
    batch.consentDigest === said.consentDigest &&
    batch.time === said.time;
  return (
    isTheirs &&
    (await isIncluded(canonicalJson(said), proof)) &&
    isKeyWord(rp, canonicalJson(batch), proof.proof, key)
  );
}

interface RelyingParty {
  readonly publicUrl: string;
  readonly rpId: string;
}

/** Whether a key answered for this text: a device key signs it, a passkey its SHA-256 as challenge. */
export async function isKeyWord(
  rp: RelyingParty,
  text: string,
  proof: KeyProof,
  key: SignerKey,
): Promise<boolean> {
  return proof.kind === 'device'
    ? key.grade === 'B' && isSignedByP256(JSON.parse(key.publicKey), text, proof.signature)
    : // An assertion over anything else does not fit.
      isAsserted(rp, sha256(text), proof.response, key);
}

/** Whether a passkey, unlocked by its holder, answered this challenge. */
export async function isAsserted(
  rp: RelyingParty,
  challenge: string,
  response: AuthenticationResponseJSON,
  key: SignerKey,
): Promise<boolean> {
  if (key.grade !== 'A') return false;
  const result = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: rp.publicUrl,
    expectedRPID: rp.rpId,
    requireUserVerification: true,
    credential: { id: key.credentialId, publicKey: fromBase64url(key.publicKey), counter: 0 },
  }).catch(() => undefined);
  return result?.verified === true;
}

/** Of a kept assertion: whether its passkey may be synced to other devices (BE) and is (BS), WebAuthn L3 §6.1. */
export function backupFlags(proof: SignatureProof): { eligible: boolean; backedUp: boolean } | undefined {
  const word = keyProofOf(proof);
  if (word.kind === 'device') return undefined;
  const flags = fromBase64url(word.response.response.authenticatorData)[32];
  return flags === undefined ? undefined : { eligible: (flags & 0x08) !== 0, backedUp: (flags & 0x10) !== 0 };
}
