/** The API of what happens to an offer or a contract beside signing: drafts, more time, taken back, declined, ended by notice. */
import { z } from '@hono/zod-openapi';
import { requireRole } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { answer, get, put } from '../http/route.ts';
import { zCivilDate, zId, zInstant, zText } from '../http/schema.ts';
import { refuse } from '../kernel/refusal.ts';
import { deleteDraft, draftOf, draftsOf, keepDraft } from './contract-draft.ts';
import { cancelContract, declineContract, endByNotice, extendDeadline } from './contract-end.ts';
import { readableContract, zOffer } from './routes.ts';

export const contractEndRoutes = router<CellEnv>();

const room = 'contract';
const zOne = z.object({ id: zId });
const zDone = z.object({ id: z.string() });
const zReason = z.strictObject({ reason: zText(500) });

contractEndRoutes.openapi(
  put(
    room,
    '/contract-drafts/{id}',
    'keepContractDraft',
    'Keep an offer that is not sent yet',
    zOne,
    zOffer.partial({ values: true }),
    zDone,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { id } = c.req.valid('param');
    const { values = {}, ...rest } = c.req.valid('json');
    const { cell, actor } = c.env;
    await cell.store.commit((tx) => keepDraft(tx, cell.keys, actor, { id, values, ...rest }, c.var.at));
    return answer(c, { id });
  },
);

contractEndRoutes.openapi(
  get(room, '/contract-drafts', 'contractDrafts', 'Offers not sent yet', z.object({}), z.looseObject({})),
  (c) => {
    requireRole(c, 'owner', 'hr');
    const { store, keys } = c.env.cell;
    return answer(c, { drafts: draftsOf(store.db, keys) });
  },
);

contractEndRoutes.openapi(
  get(room, '/contract-drafts/{id}', 'contractDraft', 'One offer not sent yet', zOne, z.looseObject({})),
  (c) => {
    requireRole(c, 'owner', 'hr');
    const { store, keys } = c.env.cell;
    return answer(c, draftOf(store.db, keys, c.req.valid('param').id) ?? refuse('not-found'));
  },
);

contractEndRoutes.delete('/contract-drafts/:id', async (c) => {
  requireRole(c, 'owner', 'hr');
  const id = c.req.param('id');
  await c.env.cell.store.commit((tx) => deleteDraft(tx, id));
  return c.json({ id });
});

contractEndRoutes.openapi(
  put(room, '/contracts/{id}/decline', 'declineContract', 'Decline an offer', zOne, zReason, zDone),
  async (c) => {
    const { id } = c.req.valid('param');
    const { standing } = readableContract(c, id);
    const { reason } = c.req.valid('json');
    const { cell, actor } = c.env;
    await cell.store.commit((tx) => declineContract(tx, actor, standing, { id, reason }, c.var.at));
    cell.wake();
    return answer(c, { id });
  },
);

contractEndRoutes.openapi(
  put(room, '/contracts/{id}/cancellation', 'cancelContract', 'Take an offer back', zOne, zReason, zDone),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { id } = c.req.valid('param');
    const { reason } = c.req.valid('json');
    const { cell, actor } = c.env;
    await cell.store.commit((tx) => cancelContract(tx, actor, { id, reason }, c.var.at));
    cell.wake();
    return answer(c, { id });
  },
);

contractEndRoutes.openapi(
  put(
    room,
    '/contracts/{id}/deadlines/{deadlineId}',
    'extendContractDeadline',
    'Give more time to sign',
    z.object({ id: zId, deadlineId: zId }),
    z.strictObject({ signBy: zInstant }),
    zDone,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { id: contractId, deadlineId: id } = c.req.valid('param');
    const { signBy } = c.req.valid('json');
    const { cell, actor } = c.env;
    await cell.store.commit((tx) => extendDeadline(tx, actor, { id, contractId, signBy }, c.var.at));
    cell.wake();
    return answer(c, { id });
  },
);

contractEndRoutes.openapi(
  put(
    room,
    '/contracts/{id}/notice',
    'endContractByNotice',
    'End a contract by notice of one side',
    zOne,
    z.strictObject({ side: z.enum(['worker', 'employer']), lastDay: zCivilDate, reason: zText(500) }),
    zDone,
  ),
  async (c) => {
    const { id } = c.req.valid('param');
    const { contract, standing } = readableContract(c, id);
    const { side, lastDay, reason } = c.req.valid('json');
    const isOwn = standing.workerId === contract.workerId;
    if (side === 'worker' ? !isOwn : isOwn) refuse('place-not-yours');
    if (side === 'employer') requireRole(c, 'owner', 'hr');
    const { cell, actor } = c.env;
    await cell.store.commit((tx) => endByNotice(tx, actor, { id, side, lastDay, reason }, c.var.at));
    cell.wake();
    return answer(c, { id });
  },
);
