/** The API of clients and sites: where the work is, its fence, and how it is judged there. */
import { z } from '@hono/zod-openapi';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { answer, put } from '../http/route.ts';
import { zCivilDate, zId, zText, zZone } from '../http/schema.ts';
import { zDrawing } from './drawing-schema.ts';
import { employerOf } from './employer.ts';
import { addClient, addSite, drawGeofence } from './site.ts';
import { makeSitePolicy, zSitePolicy } from './site-policy.ts';
import { requireRole } from './standing.ts';

export const siteRoutes = router<CellEnv>();
const room = 'employer';
const zDone = z.object({ id: z.string() });

siteRoutes.openapi(
  put(
    room,
    '/clients/{id}',
    'addClient',
    'Add a client',
    z.object({ id: zId }),
    z.strictObject({ name: zText() }),
    zDone,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { id } = c.req.valid('param');
    const { name } = c.req.valid('json');
    await c.env.cell.store.commit((tx) => addClient(tx, c.env.actor, { id, name }, c.var.at));
    return answer(c, { id });
  },
);

siteRoutes.openapi(
  put(
    room,
    '/sites/{id}',
    'addSite',
    'Add a site with its fence',
    z.object({ id: zId }),
    z.strictObject({
      name: zText(),
      address: zText(300),
      zone: zZone.optional(),
      clientId: zId.optional(),
      fence: zDrawing,
    }),
    zDone,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { cell, actor } = c.env;
    const { id } = c.req.valid('param');
    const body = c.req.valid('json');
    await cell.store.commit((tx) =>
      addSite(tx, actor, { ...body, id, zone: body.zone ?? employerOf(tx).zone }, c.var.at),
    );
    return answer(c, { id });
  },
);

siteRoutes.openapi(
  put(
    room,
    '/sites/{id}/geofences/{fenceId}',
    'drawGeofence',
    'Draw a site’s fence anew',
    z.object({ id: zId, fenceId: zId }),
    zDrawing,
    zDone,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { id, fenceId } = c.req.valid('param');
    const drawing = c.req.valid('json');
    await c.env.cell.store.commit((tx) =>
      drawGeofence(tx, c.env.actor, { id: fenceId, siteId: id, drawing }, c.var.at),
    );
    return answer(c, { id: fenceId });
  },
);

siteRoutes.openapi(
  put(
    room,
    '/sites/{id}/policies/{policyId}',
    'makeSitePolicy',
    'Say how a site judges and counts, from a day on',
    z.object({ id: zId, policyId: zId }),
    z.strictObject({ effectiveOn: zCivilDate, rules: zSitePolicy }),
    zDone,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { id, policyId } = c.req.valid('param');
    const body = c.req.valid('json');
    await c.env.cell.store.commit((tx) =>
      makeSitePolicy(tx, c.env.actor, { id: policyId, siteId: id, ...body }, c.var.at),
    );
    return answer(c, { id: policyId });
  },
);
