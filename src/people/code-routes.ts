/** Signing in, and up, with a one-time code. */
import { createRoute, z } from '@hono/zod-openapi';
import { localeOf } from '../http/locale.ts';
import { router } from '../http/problem.ts';
import { zId, zText } from '../http/schema.ts';
import { digitsOf, keyedHash } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import { sealedAddress } from './address.ts';
import { networkOf } from './attempt.ts';
import { addressKeyOf, type FrontEnv, type FrontRequest } from './context.ts';
import { type Gate, passGate, zGate } from './gate.ts';
import { codeHash, handleHash, maskedAddress, normalAddress } from './handle.ts';
import { json, ok, signIn, tag, zSignedIn } from './sign-in.ts';

export const codeRoutes = router<FrontEnv>();

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

codeRoutes.openapi(
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

codeRoutes.openapi(
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
    await front.directory.call(
      personId,
      'putAddress',
      sealedAddress(addressKeyOf(front.secrets), { personId, channel: body.channel, address }),
    );
    const channel = front.messages.terminal ? 'terminal' : body.channel;
    return c.json(signIn(c, { personId, grade: 'C', code: { channel, to } }), 200);
  },
);
