/** Signing up and in: passkey, one-time code, device key. */
import { createRoute, z } from '@hono/zod-openapi';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { localeOf } from '../http/locale.ts';
import { problems, router } from '../http/problem.ts';
import { zCredential, zId, zText } from '../http/schema.ts';
import { cookieOf, openCeremony, openSession, readCeremony, type Session } from '../http/session.ts';
import { digitsOf, keyedHash, randomToken } from '../kernel/digest.ts';
import { isSignedByP256 } from '../kernel/ecdsa.ts';
import { newId } from '../kernel/id.ts';
import { refuse } from '../kernel/refusal.ts';
import { networkOf } from './attempt.ts';
import { type FrontEnv, type FrontRequest, requireSession } from './context.ts';
import type { DeviceJwk } from './device.ts';
import { type Gate, passGate, zGate } from './gate.ts';
import { codeHash, handleHash, maskedAddress, normalAddress } from './handle.ts';
import {
  personOfAssertion,
  registrationOptions,
  signInOptions,
  verifiedAssertion,
  verifiedRegistration,
} from './webauthn.ts';

const json = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
});
const ok = <T extends z.ZodType>(schema: T, description: string) => ({
  200: { description, content: { 'application/json': { schema } } },
  ...problems,
});
const zCeremonyToken = z.string().max(4000);
const zSignedIn = z
  .object({ personId: z.string(), grade: z.enum(['A', 'B', 'C']), token: z.string() })
  .openapi('SignedIn');
const zJwk = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().length(43),
  y: z.string().length(43),
});
const zSignature = z.string().length(86);
const tag = { tags: ['people'] };

export const signInRoutes = router<FrontEnv>();

/** The session as a cookie for pages, and as a token for API clients. */
function signIn(c: FrontRequest, who: Pick<Session, 'personId' | 'grade' | 'code'>) {
  const token = openSession(c.env.front.secrets.session, who, c.var.at);
  c.header('set-cookie', cookieOf(token, c.env.front.publicUrl.startsWith('https:')));
  return { personId: who.personId, grade: who.grade, token };
}

/** A further passkey is grade A, so only grade A adds one: a code that somebody read must not become a signature. */
function requireStrongSession(c: FrontRequest): Session {
  const session = requireSession(c);
  if (session.grade !== 'A') refuse('passkey-refused');
  return session;
}

function ceremonyOf<T>(c: FrontRequest, kind: string, token: string): T {
  return readCeremony<T>(c.env.front.secrets.session, kind, token, c.var.at) ?? refuse('link-expired');
}

signInRoutes.openapi(
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

signInRoutes.openapi(
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

signInRoutes.openapi(
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

signInRoutes.openapi(
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

signInRoutes.openapi(
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

signInRoutes.openapi(
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

const zChannel = z.enum(['sms', 'email']);

/** Codes an hour. A site's phones may share one address; a link may be posted in a group of hundreds. */
const codesANetwork = 60;
const codesAGate = 300;

async function countCode(c: FrontRequest, id: string, gate: Gate | undefined): Promise<void> {
  const { front, caller } = c.env;
  const limits: [what: string, max: number][] = [];
  if (caller) limits.push([`network ${networkOf(caller)}`, codesANetwork]);
  if (gate) limits.push([`gate ${gate.token}`, codesAGate]);
  for (const [what, max] of limits) {
    const key = keyedHash(front.secrets.pepper, `codes ${what}`);
    await front.directory.call(key, 'countAttempt', { key, id, max });
  }
}

/** Why stays in the log: the channel's own words may name its account. */
function refuseUnsent(c: FrontRequest, error: unknown): never {
  console.error(
    JSON.stringify({ level: 'error', id: c.var.requestId, path: c.req.path, error: String(error) }),
  );
  return refuse('code-not-sent');
}

signInRoutes.openapi(
  createRoute({
    ...tag,
    method: 'put',
    path: '/api/sign-in-codes/{id}',
    operationId: 'sendSignInCode',
    summary: 'Send a one-time code',
    request: {
      params: z.object({ id: zId }),
      body: json(z.strictObject({ channel: zChannel, address: zText(254), gate: zGate.optional() })),
    },
    responses: ok(z.object({ sentTo: z.string() }), 'Sent'),
  }),
  async (c) => {
    const { front } = c.env;
    const { id } = c.req.valid('param');
    const body = c.req.valid('json');
    if (!front.messages.channels.includes(body.channel))
      refuse('channel-unavailable', { channel: body.channel });
    const address = normalAddress(body.channel, body.address);
    const hash = handleHash(front.secrets.pepper, body.channel, address);
    if (body.gate) await passGate(front, body.gate);
    await countCode(c, id, body.gate);
    // Derived, so that a repeated request sends the very same code.
    const code = digitsOf(front.secrets.pepper, `sign-in code ${id} ${hash}`, 6);
    const { due } = await front.directory.call(hash, 'issueCode', {
      id,
      handleHash: hash,
      codeHash: codeHash(front.secrets.pepper, id, code),
      knownOnly: body.gate === undefined,
    });
    if (due) {
      const to = { channel: body.channel, address };
      const values = { code, minutes: '5' };
      await front.messages
        .send({ to, locale: localeOf(c.req.raw), template: 'sign-in-code', values })
        .catch((error: unknown) => refuseUnsent(c, error));
      await front.directory.call(hash, 'codeDelivered', { id });
    }
    return c.json({ sentTo: maskedAddress(body.channel, address) }, 200);
  },
);

signInRoutes.openapi(
  createRoute({
    ...tag,
    method: 'post',
    path: '/api/sign-in/code',
    operationId: 'signInWithCode',
    summary: 'Sign in with a one-time code',
    request: {
      body: json(
        z.strictObject({
          id: zId,
          channel: zChannel,
          address: zText(254),
          code: z.string().regex(/^\d{6}$/),
          displayName: zText(100).optional(),
          gate: zGate.optional(),
        }),
      ),
    },
    responses: ok(zSignedIn, 'Signed in'),
  }),
  async (c) => {
    const { front } = c.env;
    const body = c.req.valid('json');
    const address = normalAddress(body.channel, body.address);
    const hash = handleHash(front.secrets.pepper, body.channel, address);
    const { personId } = await front.directory.call(hash, 'spendCode', {
      id: body.id,
      handleHash: hash,
      codeHash: codeHash(front.secrets.pepper, body.id, body.code),
    });
    const to = maskedAddress(body.channel, address);
    const account = await front.directory.call(personId, 'accountOf', { personId });
    if (!account) {
      const gate = body.gate ?? refuse('registration-closed');
      await passGate(front, gate);
      await front.directory.call(personId, 'ensureAccount', {
        personId,
        displayName: body.displayName ?? to,
        locale: localeOf(c.req.raw),
      });
      if (gate.kind === 'setup') await front.directory.call('deployment', 'claimOperator', { personId });
    }
    const channel = front.messages.terminal ? 'terminal' : body.channel;
    return c.json(signIn(c, { personId, grade: 'C', code: { channel, to } }), 200);
  },
);

signInRoutes.openapi(
  createRoute({
    ...tag,
    method: 'post',
    path: '/api/device-challenges',
    operationId: 'askDeviceChallenge',
    summary: 'Something for a device key to sign',
    responses: ok(z.object({ challenge: z.string(), ceremony: z.string() }), 'A challenge'),
  }),
  (c) => {
    const challenge = randomToken(32);
    return c.json(
      { challenge, ceremony: openCeremony(c.env.front.secrets.session, 'device', { challenge }, c.var.at) },
      200,
    );
  },
);

const zDeviceProof = { publicKey: zJwk, ceremony: zCeremonyToken, signature: zSignature };

/**
 * A challenge of ours that a device key really signed, good once. `spentFor`: the id that the client named, so that
 * its repeated request is answered the same.
 */
export async function spendProof(
  c: FrontRequest,
  publicKey: DeviceJwk,
  proof: { ceremony: string; signature: string },
  spentFor?: string,
): Promise<void> {
  const { challenge } = ceremonyOf<{ challenge: string }>(c, 'device', proof.ceremony);
  if (!isSignedByP256({ ...publicKey }, challenge, proof.signature)) refuse('device-refused');
  const spent = { challenge, ...(spentFor ? { spentFor } : {}) };
  await c.env.front.directory.call(challenge, 'spendDeviceChallenge', spent);
}

signInRoutes.openapi(
  createRoute({
    ...tag,
    method: 'put',
    path: '/api/devices/{id}',
    operationId: 'bindDevice',
    summary: 'Bind this phone’s key to my account',
    request: {
      params: z.object({ id: zId }),
      body: json(z.strictObject({ ...zDeviceProof, label: zText(100) })),
    },
    responses: ok(z.object({ deviceId: z.string(), boundBy: z.string() }), 'Bound'),
  }),
  async (c) => {
    const { front } = c.env;
    const session = requireSession(c);
    const deviceId = c.req.valid('param').id;
    const { publicKey, label, ...proof } = c.req.valid('json');
    if (session.grade === 'B') refuse('device-refused');
    await spendProof(c, publicKey, proof, deviceId);
    const boundBy = session.grade === 'A' ? 'passkey' : 'code';
    const enrolment = {
      boundBy,
      ...(session.code ? { codeChannel: session.code.channel, codeTo: session.code.to } : {}),
      at: c.var.at,
    };
    await front.directory.call(session.personId, 'bindDevice', {
      personId: session.personId,
      device: { deviceId, publicKey, label, boundBy, enrolment },
    });
    return c.json({ deviceId, boundBy }, 200);
  },
);

signInRoutes.openapi(
  createRoute({
    ...tag,
    method: 'post',
    path: '/api/sign-in/device',
    operationId: 'signInWithDevice',
    summary: 'Sign in with this phone’s key',
    request: {
      body: json(
        z.strictObject({ personId: zId, deviceId: zId, ceremony: zCeremonyToken, signature: zSignature }),
      ),
    },
    responses: ok(zSignedIn, 'Signed in'),
  }),
  async (c) => {
    const { front } = c.env;
    const body = c.req.valid('json');
    const device = await front.directory.call(body.personId, 'deviceOf', body);
    if (!device || device.personId !== body.personId) refuse('device-refused');
    await spendProof(c, JSON.parse(device.publicKey) as DeviceJwk, body);
    return c.json(signIn(c, { personId: body.personId, grade: 'B' }), 200);
  },
);

signInRoutes.openapi(
  createRoute({
    ...tag,
    method: 'post',
    path: '/api/sign-out',
    operationId: 'signOut',
    summary: 'Sign out everywhere',
    responses: ok(z.object({ signedOut: z.boolean() }), 'Signed out'),
  }),
  async (c) => {
    const session = c.var.session;
    if (session)
      await c.env.front.directory.call(session.personId, 'endSessions', { personId: session.personId });
    c.header('set-cookie', cookieOf('', c.env.front.publicUrl.startsWith('https:')));
    return c.json({ signedOut: true }, 200);
  },
);
