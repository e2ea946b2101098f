/** The API of signing many contracts at once, for the employer's side. */
import { z } from '@hono/zod-openapi';
import { requireRole } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { localeOf } from '../http/locale.ts';
import { router } from '../http/problem.ts';
import { answer, put } from '../http/route.ts';
import { zId } from '../http/schema.ts';
import { canonicalJson, sha256 } from '../kernel/digest.ts';
import { refuse, sentence } from '../kernel/refusal.ts';
import { batchMax, describeBatch, openBatch, signBatch } from './batch-signature.ts';
import { proofOf, zProof } from './routes.ts';

export const batchRoutes = router<CellEnv>();
const room = 'contract';
const zOne = z.object({ id: zId });

batchRoutes.openapi(
  put(
    room,
    '/contract-batches/{id}',
    'openBatch',
    'What I am about to sign for the employer, many contracts under one root',
    zOne,
    z.strictObject({ contractIds: z.array(zId).min(1).max(batchMax) }),
    z.looseObject({}),
  ),
  async (c) => {
    const signer = requireRole(c, 'owner', 'hr');
    const { cell, actor } = c.env;
    if (actor.kind !== 'person') refuse('sign-in-required');
    const input = { id: c.req.valid('param').id, ...c.req.valid('json') };
    const batch = await cell.store.commit((tx) => openBatch(tx, signer, input, c.var.at));
    const { record, contracts } = await describeBatch(cell.store.db, signer, batch);
    const text = canonicalJson(record);
    const keys = await cell.directory.keysOf(actor.personId);
    return answer(c, {
      record,
      text,
      digest: sha256(text),
      rpId: cell.rpId,
      contracts: contracts.map((one) => ({
        id: one.record.contract,
        workerName: one.workerName,
        documentDigest: one.record.documentDigest,
        text: canonicalJson(one.record),
      })),
      passkeys: keys.flatMap((key) =>
        key.grade === 'A' ? [{ id: key.credentialId, transports: key.transports }] : [],
      ),
    });
  },
);

batchRoutes.openapi(
  put(
    room,
    '/contract-batches/{id}/signature',
    'signBatch',
    'Sign them with one word of my key; each contract has its own answer',
    zOne,
    z.strictObject({ proof: zProof }),
    z.looseObject({}),
  ),
  async (c) => {
    const signer = requireRole(c, 'owner', 'hr');
    const { cell, actor } = c.env;
    if (actor.kind !== 'person') refuse('sign-in-required');
    const { id } = c.req.valid('param');
    const proof = proofOf(c.req.valid('json').proof);
    const results = await signBatch(cell, actor, signer, { id, proof }, c.var.at);
    const locale = localeOf(c.req.raw);
    return answer(c, {
      id,
      contracts: results.map(({ contractId, refusal }) => ({
        contractId,
        signed: refusal === null,
        ...(refusal ? { slug: refusal.slug, title: sentence(refusal.slug, locale, refusal.values) } : {}),
      })),
    });
  },
);
