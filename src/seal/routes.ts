/** The API of seals: certificates, trying again, and what the public may know of revocations. */
import { z } from '@hono/zod-openapi';
import { requireRole } from '../employer/standing.ts';
import type { CellEnv, CellRequest } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { answer, put, recording } from '../http/route.ts';
import { zId, zText } from '../http/schema.ts';
import { actorText } from '../kernel/actor.ts';
import {
  importCertificate,
  makeOwnCertificate,
  revocationListOf,
  revokeCertificate,
} from './seal-certificate.ts';
import { tryAgain } from './trouble.ts';

export const sealRoutes = router<CellEnv>();
const room = 'seal';
const zOne = z.object({ id: zId });
const zDone = z.object({ id: z.string() });
const zPem = z.string().max(40_000);

sealRoutes.openapi(
  put(
    room,
    '/seal-certificates/{id}',
    'importSealCertificate',
    'Import a seal certificate with its issuers and its key (PEM)',
    zOne,
    z.strictObject({ certificates: zPem, key: zPem }),
    zDone,
  ),
  async (c) => {
    requireRole(c, 'owner');
    const { id } = c.req.valid('param');
    await importCertificate(c.env.cell, c.env.actor, { id, ...c.req.valid('json') }, c.var.at);
    await dueNow(c);
    return answer(c, { id });
  },
);

sealRoutes.openapi(
  put(
    room,
    '/seal-certificates/{id}/own',
    'makeSealCertificate',
    'Make a new seal certificate under the deployment’s authority',
    zOne,
    z.strictObject({}),
    zDone,
  ),
  async (c) => {
    requireRole(c, 'owner');
    const { id } = c.req.valid('param');
    await makeOwnCertificate(c.env.cell, id, actorText(c.env.actor), c.var.at);
    await dueNow(c);
    return answer(c, { id });
  },
);

sealRoutes.openapi(
  put(
    room,
    '/seal-certificates/{id}/revocation',
    'revokeSealCertificate',
    'Revoke a seal certificate (owner or operator)',
    zOne,
    z.strictObject({ reason: zText(500) }),
    zDone,
  ),
  recording(requireOwnerOrOperator, (tx, actor, _, input: { id: string; reason: string }, at) =>
    revokeCertificate(tx, actor, input, at),
  ),
);

sealRoutes.openapi(
  put(
    room,
    '/contracts/{id}/sealing',
    'tryToSealAgain',
    'Try again to seal or to timestamp a contract, now',
    zOne,
    z.strictObject({}),
    zDone,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    await dueNow(c);
    return answer(c, { id: c.req.valid('param').id });
  },
);

// A list for programs (RFC 5280), named in every certificate of ours: no JSON, and for everybody.
sealRoutes.get('/seal-certificates/revoked.crl', async (c) => {
  const list = await revocationListOf(c.env.cell, c.var.at);
  return c.body(list, 200, {
    'content-type': 'application/pkix-crl',
    'cache-control': 'public, max-age=3600',
  });
});

/** Whatever waits has most likely the same cause: all of it is tried. */
async function dueNow(c: CellRequest): Promise<void> {
  await c.env.cell.store.commit((tx) => tryAgain(tx, c.var.at));
  c.env.cell.wake();
}

function requireOwnerOrOperator(c: CellRequest): void {
  if (c.env.actor.kind !== 'operator') requireRole(c, 'owner');
}
