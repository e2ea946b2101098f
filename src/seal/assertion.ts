/**
 * Whether a signer's proof holds over what they are said to have signed. It relies on nothing but the evidence itself and
 * shares no code with signing, so that it can disagree; the same code runs in browsers.
 */
import { type AuthenticationResponseJSON, verifyAuthenticationResponse } from '@simplewebauthn/server';
import { canonicalJson } from '../kernel/canonical.ts';
import { type InclusionPath, isIncluded } from '../kernel/merkle.ts';
import { bytesOfBase64, webSha256 } from '../kernel/web-digest.ts';

/** What a signature's proof may be: whatever else it holds is for people to read. */
export interface Proof {
  readonly kind: string;
  readonly key?: { readonly grade?: unknown; readonly publicKey?: unknown; readonly credentialId?: unknown };
  readonly origin?: unknown;
  readonly rpId?: unknown;
}
export interface SaidRecord {
  readonly org: string;
  readonly employer: string;
  readonly signer: string;
  readonly consentDigest: string;
  readonly time: string;
}

/** One key's word over many records, and this record's place among them. */
interface BatchProof extends InclusionPath {
  readonly batch: SaidRecord & { readonly purpose: string; readonly root: string; readonly size: number };
  readonly proof: Proof;
}

export type Proven =
  | {
      readonly holds: true;
      readonly by: 'passkey' | 'device';
      /** A passkey that its maker copies between devices. */
      readonly isSynced: boolean;
      /** How many contracts one assertion signed. */
      readonly batchSize?: number;
    }
  | { readonly holds: false };

const not: Proven = { holds: false };

export async function provenBy(record: SaidRecord, proof: Proof): Promise<Proven> {
  try {
    if (proof.kind === 'batch') return await provenInBatch(record, proof as Proof & BatchProof);
    return await provenAlone(canonicalJson(record), proof);
  } catch {
    // The readers of keys and of assertions throw at what they cannot read.
    return not;
  }
}

/** The contract's record lies under the root, and the key's word over the batch is of the same person for the same employer. */
async function provenInBatch(record: SaidRecord, proof: Proof & BatchProof): Promise<Proven> {
  const { batch, key, origin, rpId } = proof;
  const isSame = (['org', 'employer', 'signer', 'consentDigest', 'time'] as const).every(
    (name) => batch[name] === record[name],
  );
  const isOne =
    batch.purpose === 'workcard/contract-batch-signature' &&
    batch.root === proof.root &&
    batch.size === proof.size;
  if (!isSame || !isOne || !(await isIncluded(canonicalJson(record), proof))) return not;
  const word = { ...proof.proof, ...(key === undefined ? {} : { key }), origin, rpId };
  const proven = await provenAlone(canonicalJson(batch), word);
  return proven.holds ? { ...proven, batchSize: batch.size } : not;
}

async function provenAlone(text: string, proof: Proof): Promise<Proven> {
  switch (proof.kind) {
    case 'passkey':
      return provenByPasskey(text, proof as Proof & { response: AuthenticationResponseJSON });
    case 'device':
      return provenByDevice(text, proof as Proof & { signature: unknown });
    default:
      return not;
  }
}

/** The challenge is the digest of what was signed: an assertion over anything else does not fit. */
async function provenByPasskey(
  text: string,
  { key, origin, rpId, response }: Proof & { response: AuthenticationResponseJSON },
): Promise<Proven> {
  if (key?.grade !== 'A' || typeof origin !== 'string' || typeof rpId !== 'string') return not;
  const { hostname } = new URL(origin);
  if (hostname !== rpId && !hostname.endsWith(`.${rpId}`)) return not;
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge: await webSha256(text),
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
    credential: {
      id: String(key.credentialId),
      publicKey: bytesOfBase64(String(key.publicKey)),
      counter: 0,
    },
  });
  const isSame = response.id === key.credentialId;
  return verified && isSame
    ? { holds: true, by: 'passkey', isSynced: authenticationInfo.credentialBackedUp }
    : not;
}

async function provenByDevice(
  text: string,
  { key, signature }: Proof & { signature: unknown },
): Promise<Proven> {
  if (key?.grade !== 'B') return not;
  const { kty, crv, x, y } = JSON.parse(String(key.publicKey)) as Record<string, string>;
  const kind = { name: 'ECDSA', namedCurve: 'P-256' };
  const jwk = { kty, crv, x, y } as { kty: string };
  const publicKey = await crypto.subtle.importKey('jwk', jwk, kind, false, ['verify']);
  const holds = await crypto.subtle.verify(
    { name: 'ECDSA', hash: 'SHA-256' },
    publicKey,
    bytesOfBase64(String(signature)),
    new TextEncoder().encode(text),
  );
  return holds ? { holds: true, by: 'device', isSynced: false } : not;
}
