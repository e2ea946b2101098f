/** The API of punches. */
import { z } from '@hono/zod-openapi';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { answer, put } from '../http/route.ts';
import { zDigest, zId, zInstant } from '../http/schema.ts';
import { arrivalOf } from './arrival.ts';
import { workKeysOf } from './keys.ts';
import { type OnPunch, receiptOf, recordPunch } from './punch.ts';

const room = 'work';
const zOne = z.object({ id: zId });
const zPosition = z.strictObject({
  lat: z.number().min(-90).max(90),
  lng: z.number().min(-180).max(180),
  accuracyMetres: z.number().min(0).max(100_000),
  datum: z.enum(['wgs84', 'gcj02', 'bd09', 'unstated']),
  /** How old the position was at the tap. */
  ageMs: z.number().int().min(0).max(86_400_000).optional(),
});
const zMs = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).nullable();
/** See punch-record.ts: the signature is over the record of the whole punch. */
export const zDevice = z.strictObject({
  deviceId: zId,
  seq: z.number().int().min(1).max(2_147_483_647),
  previous: zDigest.nullable(),
  serverTime: z.string().max(100).nullable(),
  serverSeenAt: zInstant.nullable(),
  life: z.string().max(64).nullable(),
  monotonicMs: zMs,
  sinceServerMs: zMs,
  salt: z
    .string()
    .regex(/^[\w-]{22,86}$/)
    .nullable(),
  signature: z.string().max(100),
});
export const zSent = z.strictObject({ at: zInstant, life: z.string().max(64).nullable(), monotonicMs: zMs });
const zPunch = z
  .strictObject({
    engagementId: zId,
    siteId: zId,
    kind: z.enum(['in', 'out']),
    deviceAt: zInstant,
    position: zPosition.optional(),
    noPosition: z.enum(['denied', 'unavailable', 'timed-out']).optional(),
    proof: z.string().max(100).optional(),
    device: zDevice.optional(),
    sent: zSent.optional(),
  })
  .refine((punch) => (punch.position === undefined) !== (punch.noPosition === undefined), {
    message: 'position xor noPosition',
    path: ['position'],
  })
  .refine((punch) => !punch.device || (punch.position === undefined) === (punch.device.salt === null), {
    message: 'position with its salt, neither alone',
    path: ['device', 'salt'],
  });

/** `onPunch` runs in the commit of each fresh punch: rooms above this one begin and end what a punch begins and ends. */
export function punchRoutes(onPunch: readonly OnPunch[]) {
  const routes = router<CellEnv>();

  routes.openapi(
    put(
      room,
      '/punches/{id}',
      'recordPunch',
      'Clock in or out',
      zOne,
      zPunch,
      z.looseObject({ receipt: z.string() }),
    ),
    async (c) => {
      const { cell, actor } = c.env;
      const { id } = c.req.valid('param');
      const arrival = await arrivalOf(cell, actor, { id, ...c.req.valid('json') }, c.var.at);
      const punched = await cell.store.commit((tx) => recordPunch(tx, arrival, c.var.at, onPunch));
      return answer(c, await receiptOf(cell.org, punched, workKeysOf(cell.keys), c.var.at));
    },
  );

  return routes;
}
