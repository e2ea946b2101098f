/** A phone's key: bound to an account, and signing in. */
import { createRoute, z } from '@hono/zod-openapi';
import { router } from '../http/problem.ts';
import { zId, zText } from '../http/schema.ts';
import { openCeremony } from '../http/session.ts';
import { randomToken } from '../kernel/digest.ts';
import { isSignedByP256 } from '../kernel/ecdsa.ts';
import { refuse } from '../kernel/refusal.ts';
import { type FrontEnv, type FrontRequest, requireSession } from './context.ts';
import type { DeviceJwk } from './device.ts';
import { ceremonyOf, json, ok, signIn, tag, zCeremonyToken, zSignedIn } from './sign-in.ts';

export const deviceKeyRoutes = router<FrontEnv>();

const zJwk = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().length(43),
  y: z.string().length(43),
});
const zSignature = z.string().length(86);
deviceKeyRoutes.openapi(
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

deviceKeyRoutes.openapi(
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

deviceKeyRoutes.openapi(
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
