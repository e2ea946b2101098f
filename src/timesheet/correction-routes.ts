/** The API of corrections: a supervisor's own, and those that a worker asks for. */
import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { fileKindOf } from '../employer/file-kind.ts';
import { requirePerson, requireRole, requireWorker, requireWorkerId } from '../employer/standing.ts';
import { engagementOf, engagementsOfWorker } from '../engagement/engagement.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { answer, get, put, recording } from '../http/route.ts';
import { zDigest, zId, zInstant, zText } from '../http/schema.ts';
import { refuse } from '../kernel/refusal.ts';
import { answerCorrection, correct, correctionsOf, seesEngagement } from './correction.ts';
import {
  askCorrection,
  decideRequest,
  mayDecide,
  requestsDone,
  requestsOf,
  requestsToDecide,
  requestView,
  withdrawRequest,
} from './correction-request.ts';

export const correctionRoutes = router<CellEnv>();
const room = 'corrections';
const zOne = z.object({ id: zId });
const zDone = z.object({ id: z.string() });
const deciders = ['owner', 'hr', 'supervisor'] as const;
const asDecider = (c: Context<CellEnv>) => requireRole(c, ...deciders);

const zCorrection = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('add'),
    engagementId: zId,
    reason: zText(500),
    punch: z.strictObject({ id: zId, siteId: zId, kind: z.enum(['in', 'out']), at: zInstant }),
  }),
  z.strictObject({ kind: z.literal('void'), engagementId: zId, reason: zText(500), punchId: zId }),
]);

correctionRoutes.openapi(
  put(
    room,
    '/corrections/{id}',
    'correct',
    'Add or void a punch, with a reason',
    z.object({ id: zId }),
    zCorrection,
    zDone,
  ),
  async (c) => {
    const standing = requireRole(c, 'owner', 'hr', 'supervisor');
    const { id } = c.req.valid('param');
    const body = c.req.valid('json');
    await c.env.cell.store.commit((tx) => correct(tx, c.env.actor, standing, { id, ...body }, c.var.at));
    return answer(c, { id });
  },
);

correctionRoutes.openapi(
  put(
    room,
    '/corrections/{id}/answer',
    'answerCorrection',
    'Accept or dispute a correction of my hours',
    z.object({ id: zId }),
    z.strictObject({ answer: z.enum(['accepted', 'disputed']), reason: zText(500).optional() }),
    zDone,
  ),
  async (c) => {
    const { workerId } = requireWorker(c);
    const { id } = c.req.valid('param');
    const body = c.req.valid('json');
    await c.env.cell.store.commit((tx) =>
      answerCorrection(
        tx,
        c.env.actor,
        workerId,
        { id, answer: body.answer, reason: body.reason ?? '' },
        c.var.at,
      ),
    );
    return answer(c, { id });
  },
);

correctionRoutes.openapi(
  get(
    room,
    '/engagements/{id}/corrections',
    'corrections',
    'Corrections of an engagement’s hours',
    z.object({ id: zId }),
    z.looseObject({}),
  ),
  (c) => {
    const standing = requirePerson(c);
    const { db } = c.env.cell.store;
    const { id } = c.req.valid('param');
    const engagement = engagementOf(db, id) ?? refuse('not-found');
    if (engagement.workerId !== standing.workerId && !seesEngagement(db, standing, id)) refuse('not-found');
    return answer(c, { corrections: correctionsOf(db, id) });
  },
);

// ---- what a worker asks for

const zShared = { engagementId: zId, reason: zText(500), evidenceFileId: zDigest.optional() };
const zWanted = z.strictObject({ siteId: zId, kind: z.enum(['in', 'out']), at: zInstant });
const zRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('add'), ...zShared, punch: zWanted }),
  z.strictObject({ kind: z.literal('move'), ...zShared, punchId: zId, punch: zWanted }),
  z.strictObject({ kind: z.literal('void'), ...zShared, punchId: zId }),
]);

correctionRoutes.openapi(
  put(
    room,
    '/correction-requests/{id}',
    'askCorrection',
    'Ask for a punch of mine to be added, moved or voided',
    zOne,
    zRequest,
    zDone,
  ),
  async (c) => {
    const { workerId } = requireWorker(c);
    const { cell, actor } = c.env;
    const { id } = c.req.valid('param');
    const body = c.req.valid('json');
    if (body.evidenceFileId !== undefined && !(await cell.files.get(body.evidenceFileId)))
      refuse('not-found', {}, [{ pointer: '/evidenceFileId', detail: '' }]);
    await cell.store.commit((tx) => askCorrection(tx, actor, workerId, { id, ...body }, c.var.at));
    return answer(c, { id });
  },
);

correctionRoutes.openapi(
  put(
    room,
    '/correction-requests/{id}/withdrawal',
    'withdrawRequest',
    'Take my request back',
    zOne,
    z.strictObject({}),
    zDone,
  ),
  recording(requireWorkerId, withdrawRequest),
);

correctionRoutes.openapi(
  put(
    room,
    '/correction-requests/{id}/decision',
    'decideRequest',
    'Accept or refuse what a worker asks for',
    zOne,
    z.strictObject({ decision: z.enum(['accepted', 'refused']), reason: zText(500) }),
    zDone,
  ),
  recording(asDecider, decideRequest),
);

correctionRoutes.openapi(
  get(
    room,
    '/correction-requests',
    'correctionRequests',
    'What waits for a decision, the oldest first, and what was decided last',
    z.object({}),
    z.looseObject({}),
  ),
  (c) => {
    const standing = requireRole(c, ...deciders);
    const { db } = c.env.cell.store;
    return answer(c, {
      waiting: requestsToDecide(db, standing, c.var.at),
      done: requestsDone(db, standing, c.var.at),
    });
  },
);

correctionRoutes.openapi(
  get(
    room,
    '/me/correction-requests',
    'myCorrectionRequests',
    'What I asked for and what became of it, the newest first',
    z.object({}),
    z.looseObject({}),
  ),
  (c) => {
    const { workerId } = requireWorker(c);
    const { db } = c.env.cell.store;
    const requests = engagementsOfWorker(db, workerId).flatMap(({ id }) => requestsOf(db, id, c.var.at));
    return answer(c, { requests });
  },
);

/** For who asked and who decides. */
correctionRoutes.get('/correction-requests/:id/evidence', async (c) => {
  const standing = requirePerson(c);
  const { store, files } = c.env.cell;
  const view = requestView(store.db, c.req.param('id'), c.var.at) ?? refuse('not-found');
  if (view.workerId !== standing.workerId && !mayDecide(store.db, standing, view.request))
    refuse('not-found');
  const { evidenceFileId } = view.request;
  const bytes = evidenceFileId === null ? undefined : await files.get(evidenceFileId);
  if (!bytes) refuse('not-found');
  return c.body(bytes, 200, {
    'content-type': fileKindOf(bytes) ?? 'application/octet-stream',
    'cache-control': 'private, no-store',
  });
});
