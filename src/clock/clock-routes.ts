/** The API of the clock on a worker's phone. */
import { z } from '@hono/zod-openapi';
import { requireWorker } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { answer, get } from '../http/route.ts';
import { clockSceneOf } from './clock.ts';

export const clockRoutes = router<CellEnv>();

clockRoutes.openapi(
  get('work', '/me/clock', 'myClock', 'What my phone needs to clock in', z.object({}), z.looseObject({})),
  (c) => {
    const { org, store } = c.env.cell;
    return answer(c, clockSceneOf(store.db, org, requireWorker(c), c.var.at));
  },
);
