/** The API of engagements: who is bound to whom, at which sites, at which rate. */
import { z } from '@hono/zod-openapi';
import { relationship } from '../../db/cell.ts';
import { requireRole, requireWorker } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { answer, get, put } from '../http/route.ts';
import { zCivilDate, zId, zText } from '../http/schema.ts';
import { minor } from '../kernel/money.ts';
import {
  changeSites,
  endEngagement,
  engagementsOfWorker,
  lastDayOf,
  makeEngagement,
  payTermsOf,
  siteIdsOf,
} from './engagement.ts';

const room = 'work';
const zOne = z.object({ id: zId });
const zDone = z.object({ id: z.string() });
/** A rate above a hundred thousand an hour is a slip of the finger. */
const zRate = z.number().int().min(1).max(10_000_000).transform(minor);

const zEngagement = z.strictObject({
  workerId: zId,
  roleTitle: zText(100),
  relationship: z.enum(relationship),
  project: zText(128),
  payPeriod: z.enum(['weekly', 'semi-monthly', 'monthly']),
  startsOn: zCivilDate,
  endsOn: zCivilDate.optional(),
  siteIds: z.array(zId).min(1).max(50),
  hourlyRateMinor: zRate.optional(),
});

export const engagementRoutes = router<CellEnv>();

engagementRoutes.openapi(
  put(room, '/engagements/{id}', 'makeEngagement', 'Engage a worker', zOne, zEngagement, zDone),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { id } = c.req.valid('param');
    const body = c.req.valid('json');
    await c.env.cell.store.commit((tx) => makeEngagement(tx, c.env.actor, { id, ...body }, c.var.at));
    return answer(c, { id });
  },
);

engagementRoutes.openapi(
  put(
    room,
    '/engagements/{id}/end',
    'endEngagement',
    'End an engagement',
    zOne,
    z.strictObject({ endsOn: zCivilDate, reason: zText(500) }),
    zDone,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { id } = c.req.valid('param');
    const body = c.req.valid('json');
    await c.env.cell.store.commit((tx) => endEngagement(tx, c.env.actor, { id, ...body }, c.var.at));
    c.env.cell.wake();
    return answer(c, { id });
  },
);

engagementRoutes.openapi(
  put(
    room,
    '/engagements/{id}/site-changes/{changeId}',
    'changeSites',
    'Add a site to an engagement, or remove one',
    z.object({ id: zId, changeId: zId }),
    z.strictObject({ siteId: zId, change: z.enum(['added', 'removed']), reason: zText(500) }),
    zDone,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { id, changeId } = c.req.valid('param');
    const body = c.req.valid('json');
    await c.env.cell.store.commit((tx) =>
      changeSites(tx, c.env.actor, { id: changeId, engagementId: id, ...body }, c.var.at),
    );
    return answer(c, { id: changeId });
  },
);

engagementRoutes.openapi(
  get(room, '/me/engagements', 'myEngagements', 'What I am engaged for', z.object({}), z.looseObject({})),
  (c) => {
    const { workerId } = requireWorker(c);
    const { db } = c.env.cell.store;
    const mine = engagementsOfWorker(db, workerId);
    return answer(c, {
      engagements: mine.map((one) => ({
        ...one,
        lastDay: lastDayOf(db, one),
        siteIds: siteIdsOf(db, one.id),
        payTerms: payTermsOf(db, one.id),
      })),
    });
  },
);
