/** The API of phones that sign punches, and of our time, which they carry with them. */
import { z } from '@hono/zod-openapi';
import { hasRole, requireWorker, standingOf } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { answer, get, put } from '../http/route.ts';
import { zId, zText } from '../http/schema.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Db } from '../store/commit.ts';
import { workKeysOf } from './keys.ts';
import { serverTimeToken } from './server-time.ts';
import { chainEndOf, devicesOfWorker, enrolDevice, revokeWorkerDevice } from './worker-device.ts';

const room = 'work';
const zOne = z.object({ id: zId });

export const deviceRoutes = router<CellEnv>();

deviceRoutes.openapi(
  get(
    room,
    '/server-time',
    'serverTime',
    'Our time, with our mark on it',
    z.object({}),
    z.object({ at: z.string(), serverTime: z.string() }),
  ),
  (c) => {
    const { at } = c.var;
    return answer(c, { at, serverTime: serverTimeToken(workKeysOf(c.env.cell.keys).serverTime, at) });
  },
);

deviceRoutes.openapi(
  put(
    room,
    '/me/devices/{id}',
    'enrolDevice',
    'Let my phone sign my punches here',
    zOne,
    z.strictObject({ installation: z.string().regex(/^[\w-]{16,64}$/) }),
    z.looseObject({ id: z.string(), serverTime: z.string() }),
  ),
  async (c) => {
    const { cell, actor } = c.env;
    const { workerId, personId } = requireWorker(c);
    const { id } = c.req.valid('param');
    const { installation } = c.req.valid('json');
    const keys = await cell.directory.keysOf(personId ?? '');
    const key = keys.find((one) => one.grade === 'B' && one.deviceId === id);
    if (key?.grade !== 'B') refuse('not-found');
    const device = await cell.store.commit((tx) =>
      enrolDevice(tx, actor, { workerId, installation, key }, c.var.at),
    );
    return answer(c, {
      id,
      boundBy: device.boundBy,
      at: c.var.at,
      serverTime: serverTimeToken(workKeysOf(cell.keys).serverTime, c.var.at),
      ...chainEndOf(cell.store.db, id),
    });
  },
);

/** Without the key: it says nothing to a person. */
export function shownDevices(db: Db, workerId: string) {
  return devicesOfWorker(db, workerId).map(({ publicKey: _, installation: __, ...device }) => device);
}

deviceRoutes.openapi(
  get(room, '/me/devices', 'myDevices', 'Phones that sign my punches here', z.object({}), z.looseObject({})),
  (c) => answer(c, { devices: shownDevices(c.env.cell.store.db, requireWorker(c).workerId) }),
);

deviceRoutes.openapi(
  get(
    room,
    '/workers/{id}/devices',
    'workerDevices',
    'Phones that sign a worker’s punches',
    zOne,
    z.looseObject({}),
  ),
  (c) => {
    const { db } = c.env.cell.store;
    if (!hasRole(standingOf(db, c.env.actor), 'owner', 'hr')) refuse('not-found');
    return answer(c, { devices: shownDevices(db, c.req.valid('param').id) });
  },
);

deviceRoutes.openapi(
  put(
    room,
    '/devices/{id}/revocation',
    'revokeWorkerDevice',
    'A phone that may sign no more',
    zOne,
    z.strictObject({ reason: zText(500) }),
    z.object({ id: z.string() }),
  ),
  async (c) => {
    const { cell, actor } = c.env;
    const input = { ...c.req.valid('param'), ...c.req.valid('json') };
    await cell.store.commit((tx) => revokeWorkerDevice(tx, actor, standingOf(tx, actor), input, c.var.at));
    return answer(c, { id: input.id });
  },
);
