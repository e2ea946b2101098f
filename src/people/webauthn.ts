/** The two WebAuthn ceremonies (Level 3 §7.1, §7.2): discoverable passkeys with user verification, nothing less. */
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { base64url, canonicalJson, fromBase64url } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import type { NewPasskey } from './passkey.ts';

export interface RelyingParty {
  readonly rpId: string;
  readonly publicUrl: string;
}

export function registrationOptions(
  rp: RelyingParty,
  person: { personId: string; displayName: string; known: readonly string[] },
) {
  return generateRegistrationOptions({
    rpName: 'Workcard',
    rpID: rp.rpId,
    userID: new Uint8Array(new TextEncoder().encode(person.personId)),
    userName: person.displayName,
    userDisplayName: person.displayName,
    attestationType: 'none',
    excludeCredentials: person.known.map((id) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** The new key, or the refusal `passkey-refused`. The whole response is kept: it is the key's enrolment ceremony. */
export async function verifiedRegistration(
  rp: RelyingParty,
  challenge: string,
  response: RegistrationResponseJSON,
): Promise<NewPasskey> {
  const result = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: rp.publicUrl,
    expectedRPID: rp.rpId,
    requireUserVerification: true,
  }).catch(() => undefined);
  if (!result?.verified) refuse('passkey-refused');
  const { credential, credentialBackedUp, credentialDeviceType } = result.registrationInfo;
  return {
    credentialId: credential.id,
    publicKey: base64url(credential.publicKey),
    counter: credential.counter,
    transports: credential.transports ?? [],
    backedUp: credentialBackedUp,
    deviceType: credentialDeviceType,
    enrolment: canonicalJson({ challenge, origin: rp.publicUrl, rpId: rp.rpId, response }),
  };
}

export function signInOptions(rp: RelyingParty) {
  return generateAuthenticationOptions({ rpID: rp.rpId, userVerification: 'required' });
}

export interface KnownKey {
  readonly credentialId: string;
  readonly publicKey: string;
  readonly counter: number;
}

/** The new counter of a key whose assertion holds, or the refusal `passkey-refused`. */
export async function verifiedAssertion(
  rp: RelyingParty,
  challenge: string,
  response: AuthenticationResponseJSON,
  key: KnownKey,
): Promise<number> {
  const result = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: rp.publicUrl,
    expectedRPID: rp.rpId,
    requireUserVerification: true,
    credential: { id: key.credentialId, publicKey: fromBase64url(key.publicKey), counter: key.counter },
  }).catch(() => undefined);
  if (!result?.verified) refuse('passkey-refused');
  return result.authenticationInfo.newCounter;
}

/** Whose passkey it says it is: the user handle is the person's id. */
export function personOfAssertion(response: AuthenticationResponseJSON): string {
  const handle = response.response.userHandle;
  return handle ? new TextDecoder().decode(fromBase64url(handle)) : refuse('passkey-refused');
}
