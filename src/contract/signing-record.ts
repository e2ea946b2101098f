/** What a signature says and how it is proved: a canonical record, and a key's word over it. Knows no database. */
import { type AuthenticationResponseJSON, verifyAuthenticationResponse } from '@simplewebauthn/server';
import type { SignerGrade } from '../kernel/actor.ts';
import { canonicalJson, fromBase64url, sha256 } from '../kernel/digest.ts';
import { isSignedByP256 } from '../kernel/ecdsa.ts';
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

/** One key's word over one record. Another kind commits to the record in another way: see `isProven`. */
export type SignatureProof =
  | { readonly kind: 'passkey'; readonly response: AuthenticationResponseJSON }
  | { readonly kind: 'device'; readonly deviceId: string; readonly signature: string };

export function keyOfProof(keys: readonly SignerKey[], proof: SignatureProof): SignerKey | undefined {
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
  rp: { publicUrl: string; rpId: string },
  said: SigningRecord,
  proof: SignatureProof,
  key: SignerKey,
): Promise<boolean> {
  switch (proof.kind) {
    case 'device':
      return (
        key.grade === 'B' && isSignedByP256(JSON.parse(key.publicKey), canonicalJson(said), proof.signature)
      );
    case 'passkey':
      // The challenge is the digest of the record: an assertion over anything else does not fit.
      return isAsserted(rp, sha256(canonicalJson(said)), proof.response, key);
    default:
      return false;
  }
}

/** Whether a passkey, unlocked by its holder, answered this challenge. */
export async function isAsserted(
  rp: { publicUrl: string; rpId: string },
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
  if (proof.kind === 'device') return undefined;
  const flags = fromBase64url(proof.response.response.authenticatorData)[32];
  return flags === undefined ? undefined : { eligible: (flags & 0x08) !== 0, backedUp: (flags & 0x10) !== 0 };
}
