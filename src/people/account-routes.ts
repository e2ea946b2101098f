/** My keys and devices, face-to-face enrolment, and the operator's acts. */
import { createRoute, z } from '@hono/zod-openapi';
import { localeOf } from '../http/locale.ts';
import { problems, router } from '../http/problem.ts';
import { zId, zText } from '../http/schema.ts';
import { digitsOf, sameSecret } from '../kernel/digest.ts';
import { newId } from '../kernel/id.ts';
import { refuse } from '../kernel/refusal.ts';
import { actorOf, askCell, type FrontContext, type FrontEnv, requireSession, tellCell } from './context.ts';
import type { DeviceJwk } from './device.ts';
import { spendProof } from './device-routes.ts';
import { passGate, registrationHash, registrationToken } from './gate.ts';

const json = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
});
const ok = <T extends z.ZodType>(schema: T, description: string) => ({
  200: { description, content: { 'application/json': { schema } } },
  ...problems,
});
const tag = { tags: ['people'] };
const zJwk = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().length(43),
  y: z.string().length(43),
});

export const accountRoutes = router<FrontEnv>();

accountRoutes.openapi(
  createRoute({
    ...tag,
    method: 'get',
    path: '/api/me',
    operationId: 'whoAmI',
    summary: 'My account',
    responses: ok(z.looseObject({}), 'Account, memberships, keys'),
  }),
  async (c) => {
    const { personId, grade } = requireSession(c);
    const { directory } = c.env.front;
    const [account, memberships, passkeys, devices] = await Promise.all([
      directory.call(personId, 'accountOf', { personId }),
      directory.call(personId, 'membershipsOf', { personId }),
      directory.call(personId, 'passkeysOf', { personId }),
      directory.call(personId, 'devicesOf', { personId }),
    ]);
    return c.json(
      {
        personId,
        grade,
        displayName: account?.displayName ?? '',
        memberships,
        passkeys: passkeys.map(({ credentialId, createdAt, backedUp }) => ({
          credentialId,
          createdAt,
          backedUp,
        })),
        devices: devices.map(({ deviceId, label, boundBy, createdAt }) => ({
          deviceId,
          label,
          boundBy,
          createdAt,
        })),
      },
      200,
    );
  },
);

accountRoutes.openapi(
  createRoute({
    ...tag,
    method: 'delete',
    path: '/api/passkeys/{id}',
    operationId: 'revokePasskey',
    summary: 'Revoke one of my passkeys',
    request: { params: z.object({ id: z.string().max(1000) }) },
    responses: ok(z.object({ revoked: z.boolean() }), 'Revoked; other sessions end'),
  }),
  async (c) => {
    const { personId } = requireSession(c);
    await c.env.front.directory.call(personId, 'revokePasskey', {
      personId,
      credentialId: c.req.valid('param').id,
    });
    return c.json({ revoked: true }, 200);
  },
);

accountRoutes.openapi(
  createRoute({
    ...tag,
    method: 'delete',
    path: '/api/devices/{id}',
    operationId: 'revokeDevice',
    summary: 'Revoke one of my devices',
    request: { params: z.object({ id: zId }) },
    responses: ok(z.object({ revoked: z.boolean() }), 'Revoked'),
  }),
  async (c) => {
    const session = requireSession(c);
    const { personId } = session;
    const { front } = c.env;
    const deviceId = c.req.valid('param').id;
    // Employers first: should one of them not answer, the device is still listed here, to be revoked again.
    const memberships = await front.directory.call(personId, 'membershipsOf', { personId });
    for (const { orgId } of memberships) {
      await tellCell(front, orgId, `/devices/${deviceId}/revocation`, actorOf(session), {
        reason: 'revoked in the account',
      });
    }
    await front.directory.call(personId, 'revokeDevice', { personId, deviceId });
    return c.json({ revoked: true }, 200);
  },
);

const zEnrolment = z.strictObject({
  org: zId,
  invite: z.string().max(100),
  displayName: zText(100),
  deviceId: zId,
  publicKey: zJwk,
  ceremony: z.string().max(4000),
  signature: z.string().length(86),
});

accountRoutes.openapi(
  createRoute({
    ...tag,
    method: 'put',
    path: '/api/enrolments/{id}',
    operationId: 'requestEnrolment',
    summary: 'Ask to be enrolled face to face',
    request: { params: z.object({ id: zId }), body: json(zEnrolment) },
    responses: ok(z.object({ checkWord: z.string(), url: z.string() }), 'Show this to the supervisor'),
  }),
  async (c) => {
    const { front } = c.env;
    const { id } = c.req.valid('param');
    const body = c.req.valid('json');
    await passGate(front, { kind: 'invitation', org: body.org, token: body.invite });
    await spendProof(c, body.publicKey, body, id);
    // Derived from the key itself: a supervisor who compares the digits knows that this phone, not another, waits.
    const checkWord = digitsOf(front.secrets.pepper, `check word ${id} ${body.publicKey.x}`, 4);
    await front.directory.call(id, 'requestEnrolment', {
      id,
      orgId: body.org,
      inviteToken: body.invite,
      displayName: body.displayName,
      deviceId: body.deviceId,
      publicKey: body.publicKey,
      checkWord,
    });
    return c.json({ checkWord, url: `${front.publicUrl}/enrol/${id}` }, 200);
  },
);

accountRoutes.openapi(
  createRoute({
    ...tag,
    method: 'get',
    path: '/api/enrolments/{id}',
    operationId: 'enrolment',
    summary: 'Whether a supervisor has confirmed',
    request: { params: z.object({ id: zId }) },
    responses: ok(z.object({ confirmed: z.boolean(), personId: z.string().optional() }), 'State'),
  }),
  async (c) => {
    const { id } = c.req.valid('param');
    const row = await c.env.front.directory.call(id, 'enrolmentOf', { id });
    if (!row) refuse('not-found');
    return c.json(row.personId ? { confirmed: true, personId: row.personId } : { confirmed: false }, 200);
  },
);

/** Whether the caller may vouch for a face: a supervisor, HR or owner of that employer. */
export async function mayVouch(front: FrontContext, org: string, personId: string): Promise<boolean> {
  const standing = await askCell<{ roles: { role: string }[] }>(front, org, '/standing', {
    kind: 'person',
    personId,
    signedInBy: 'A',
  });
  return standing?.roles.some(({ role }) => role !== 'approver') ?? false;
}

accountRoutes.openapi(
  createRoute({
    ...tag,
    method: 'put',
    path: '/api/enrolments/{id}/confirmation',
    operationId: 'confirmEnrolment',
    summary: 'I see this person and this phone',
    request: {
      params: z.object({ id: zId }),
      body: json(z.strictObject({ checkWord: z.string().length(4) })),
    },
    responses: ok(z.object({ personId: z.string() }), 'Enrolled'),
  }),
  async (c) => {
    const { front } = c.env;
    const { personId: supervisor } = requireSession(c);
    const { id } = c.req.valid('param');
    const row = await front.directory.call(id, 'enrolmentOf', { id });
    if (!row || !(await mayVouch(front, row.orgId, supervisor))) refuse('not-found');
    if (!sameSecret(row.checkWord, c.req.valid('json').checkWord))
      refuse('code-wrong', {}, [{ pointer: '/checkWord', detail: '' }]);
    const { personId } = await front.directory.call(id, 'confirmEnrolment', {
      id,
      personId: newId(),
      confirmedBy: supervisor,
    });
    await front.directory.call(personId, 'ensureAccount', {
      personId,
      displayName: row.displayName,
      locale: localeOf(c.req.raw),
    });
    await front.directory.call(personId, 'bindDevice', {
      personId,
      device: {
        deviceId: row.deviceId,
        publicKey: JSON.parse(row.publicKey) as DeviceJwk,
        label: row.displayName,
        boundBy: 'supervisor',
        enrolment: { boundBy: 'supervisor', supervisor, org: row.orgId, enrolmentId: id },
      },
    });
    return c.json({ personId }, 200);
  },
);

accountRoutes.openapi(
  createRoute({
    ...tag,
    method: 'put',
    path: '/api/registrations/{id}',
    operationId: 'makeRegistration',
    summary: 'Make a link for one further employer (operator)',
    request: { params: z.object({ id: zId }), body: json(z.strictObject({ label: zText() })) },
    responses: ok(z.object({ url: z.string() }), 'The link'),
  }),
  async (c) => {
    const { front } = c.env;
    const { personId } = requireSession(c);
    if (!(await front.directory.call('deployment', 'isOperator', { personId }))) refuse('not-found');
    const token = registrationToken(front, c.req.valid('param').id);
    await front.directory.call('deployment', 'issueRegistration', {
      tokenHash: registrationHash(front, token),
      label: c.req.valid('json').label,
    });
    return c.json({ url: `${front.publicUrl}/register?token=${token}` }, 200);
  },
);
