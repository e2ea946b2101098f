import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { expect, test } from 'vitest';
import { openAuthenticator } from '../support/authenticator.ts';

const origin = 'http://localhost:8787';
const expected = { expectedOrigin: origin, expectedRPID: 'localhost', requireUserVerification: true };

async function register(verifies = true, from = origin) {
  const authenticator = openAuthenticator({ origin: from, rpId: 'localhost', verifies });
  const options = await generateRegistrationOptions({
    rpID: 'localhost',
    rpName: 'Workcard',
    userName: 'Ada',
  });
  const answer = authenticator.create(options);
  const verified = await verifyRegistrationResponse({
    ...expected,
    response: answer,
    expectedChallenge: options.challenge,
  });
  return { authenticator, verified };
}

test('a passkey of the software authenticator registers and signs in', async () => {
  const { authenticator, verified } = await register();
  const credential = verified.registrationInfo?.credential;
  if (!credential) throw new Error('not registered');
  const options = await generateAuthenticationOptions({ rpID: 'localhost' });
  const answer = authenticator.get(options);
  const signedIn = await verifyAuthenticationResponse({
    ...expected,
    response: answer,
    expectedChallenge: options.challenge,
    credential,
  });
  expect(signedIn.verified).toBe(true);
  expect(signedIn.authenticationInfo.newCounter).toBe(1);
});

test('a passkey made on another origin is refused', async () => {
  await expect(register(true, 'https://elsewhere.example')).rejects.toThrow(/origin/);
});

test('a passkey made without checking its holder is refused', async () => {
  await expect(register(false)).rejects.toThrow(/[Uu]ser verification/);
});
