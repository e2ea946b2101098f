/** Signing up and in with a passkey, and adding a further one. */
import { createRoute, z } from '@hono/zod-openapi';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { localeOf } from '../http/locale.ts';
import { router } from '../http/problem.ts';
import { zCredential, zText } from '../http/schema.ts';
import { openCeremony, type Session } from '../http/session.ts';
import { newId } from '../kernel/id.ts';
import { refuse } from '../kernel/refusal.ts';
import { type FrontEnv, type FrontRequest, requireSession } from './context.ts';
import { type Gate, passGate, zGate } from './gate.ts';
import { ceremonyOf, json, ok, signIn, tag, zCeremonyToken, zSignedIn } from './sign-in.ts';
import {
  personOfAssertion,
  registrationOptions,
  signInOptions,
  verifiedAssertion,
  verifiedRegistration,
} from './webauthn.ts';

export const passkeyRoutes = router<FrontEnv>();

/** A further passkey is grade A, so only grade A adds one: a code that somebody read must not become a signature. */
function requireStrongSession(c: FrontRequest): Session {
  const session = requireSession(c);
  if (session.grade !== 'A') refuse('passkey-refused');
  return session;
}

passkeyRoutes.openapi(
  createRoute({
    ...tag,
    method: 'post',
    path: '/api/sign-up/options',
    operationId: 'beginSignUp',
    summary: 'Begin an account with a passkey',
    request: { body: json(z.strictObject({ gate: zGate, displayName: zText(100) })) },
    responses: ok(
      z.object({ options: z.looseObject({}), ceremony: z.string() }),
      'What the browser asks the authenticator',
    ),
  }),
  async (c) => {
    const { front } = c.env;
    const { gate, displayName } = c.req.valid('json');
    await passGate(front, gate);
    const personId = newId();
    const options = await registrationOptions(front, { personId, displayName, known: [] });
    const ceremony = openCeremony(
      front.secrets.session,
      'sign-up',
      { personId, displayName, challenge: options.challenge, gate },
      c.var.at,
    );
    return c.json({ options: { ...options }, ceremony }, 200);
  },
);

passkeyRoutes.openapi(
  createRoute({
    ...tag,
    method: 'post',
    path: '/api/sign-up',
    operationId: 'signUp',
    summary: 'Make the account',
    request: { body: json(z.strictObject({ ceremony: zCeremonyToken, response: zCredential })) },
    responses: ok(zSignedIn, 'Signed in'),
  }),
  async (c) => {
    const { front } = c.env;
    const body = c.req.valid('json');
    const { personId, displayName, challenge, gate } = ceremonyOf<{
      personId: string;
      displayName: string;
      challenge: string;
      gate: Gate;
    }>(c, 'sign-up', body.ceremony);
    // It may have closed since the first step.
    await passGate(front, gate);
    const passkey = await verifiedRegistration(
      front,
      challenge,
      body.response as unknown as RegistrationResponseJSON,
    );
    await front.directory.call(personId, 'openAccount', {
      personId,
      displayName,
      locale: localeOf(c.req.raw),
      passkey,
      challenge,
    });
    if (gate.kind === 'setup') await front.directory.call('deployment', 'claimOperator', { personId });
    return c.json(signIn(c, { personId, grade: 'A' }), 200);
  },
);

passkeyRoutes.openapi(
  createRoute({
    ...tag,
    method: 'post',
    path: '/api/passkeys/options',
    operationId: 'beginPasskey',
    summary: 'Begin a further passkey',
    responses: ok(
      z.object({ options: z.looseObject({}), ceremony: z.string() }),
      'What the browser asks the authenticator',
    ),
  }),
  async (c) => {
    const { front } = c.env;
    const { personId } = requireStrongSession(c);
    const account = await front.directory.call(personId, 'accountOf', { personId });
    const known = (await front.directory.call(personId, 'passkeysOf', { personId })).map(
      (key) => key.credentialId,
    );
    const options = await registrationOptions(front, {
      personId,
      displayName: account?.displayName ?? '',
      known,
    });
    return c.json(
      {
        options: { ...options },
        ceremony: openCeremony(
          front.secrets.session,
          'passkey',
          { personId, challenge: options.challenge },
          c.var.at,
        ),
      },
      200,
    );
  },
);

passkeyRoutes.openapi(
  createRoute({
    ...tag,
    method: 'post',
    path: '/api/passkeys',
    operationId: 'addPasskey',
    summary: 'Add a passkey to my account',
    request: { body: json(z.strictObject({ ceremony: zCeremonyToken, response: zCredential })) },
    responses: ok(zSignedIn, 'Signed in with it'),
  }),
  async (c) => {
    const { front } = c.env;
    const session = requireStrongSession(c);
    const body = c.req.valid('json');
    const { personId, challenge } = ceremonyOf<{ personId: string; challenge: string }>(
      c,
      'passkey',
      body.ceremony,
    );
    if (personId !== session.personId) refuse('passkey-refused');
    const passkey = await verifiedRegistration(
      front,
      challenge,
      body.response as unknown as RegistrationResponseJSON,
    );
    await front.directory.call(personId, 'addPasskey', { personId, passkey, challenge });
    return c.json(signIn(c, { personId, grade: 'A' }), 200);
  },
);

passkeyRoutes.openapi(
  createRoute({
    ...tag,
    method: 'post',
    path: '/api/sign-in/options',
    operationId: 'beginSignIn',
    summary: 'Begin signing in with a passkey',
    responses: ok(
      z.object({ options: z.looseObject({}), ceremony: z.string() }),
      'What the browser asks the authenticator',
    ),
  }),
  async (c) => {
    const { front } = c.env;
    const options = await signInOptions(front);
    return c.json(
      {
        options: { ...options },
        ceremony: openCeremony(front.secrets.session, 'sign-in', { challenge: options.challenge }, c.var.at),
      },
      200,
    );
  },
);

passkeyRoutes.openapi(
  createRoute({
    ...tag,
    method: 'post',
    path: '/api/sign-in',
    operationId: 'signIn',
    summary: 'Sign in with a passkey',
    request: { body: json(z.strictObject({ ceremony: zCeremonyToken, response: zCredential })) },
    responses: ok(zSignedIn, 'Signed in'),
  }),
  async (c) => {
    const { front } = c.env;
    const body = c.req.valid('json');
    const { challenge } = ceremonyOf<{ challenge: string }>(c, 'sign-in', body.ceremony);
    const response = body.response as unknown as AuthenticationResponseJSON;
    const personId = personOfAssertion(response);
    const key = await front.directory.call(personId, 'passkeyOf', { personId, credentialId: response.id });
    if (!key) refuse('passkey-refused');
    const counter = await verifiedAssertion(front, challenge, response, key);
    await front.directory.call(personId, 'usePasskey', {
      credentialId: key.credentialId,
      counter,
      challenge,
    });
    return c.json(signIn(c, { personId, grade: 'A' }), 200);
  },
);
