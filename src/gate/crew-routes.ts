/** The API of crew clocking. */
import { z } from '@hono/zod-openapi';
import type { OnPunch } from '../clock/punch.ts';
import { requireRole } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { answer, put } from '../http/route.ts';
import { zId, zText } from '../http/schema.ts';
import { clockCrew } from './crew.ts';

/** `onPunch` runs for each punch of a crew as for a worker's own: cover begins with either. */
export function crewRoutes(onPunch: readonly OnPunch[]) {
  const routes = router<CellEnv>();
  routes.openapi(
    put(
      'gate',
      '/crew-punches/{id}',
      'clockCrew',
      'Clock a crew in or out in one go; each worker accepts or disputes it later',
      z.object({ id: zId }),
      z.strictObject({
        siteId: zId,
        kind: z.enum(['in', 'out']),
        engagementIds: z.array(zId).min(1).max(500),
        note: zText(500),
      }),
      z.looseObject({ id: z.string() }),
    ),
    async (c) => {
      const standing = requireRole(c, 'owner', 'hr', 'supervisor');
      const { id } = c.req.valid('param');
      const body = c.req.valid('json');
      const crew = await c.env.cell.store.commit((tx) =>
        clockCrew(tx, c.env.actor, standing, { id, ...body }, c.var.at, onPunch),
      );
      return answer(c, crew);
    },
  );
  return routes;
}
