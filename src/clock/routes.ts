/** The API of engagements and punches. */
import { z } from '@hono/zod-openapi';
import { relationship } from '../../db/cell.ts';
import { requireRole, requireWorker } from '../employer/standing.ts';
import {
  agreePayTerms,
  changeSites,
  endEngagement,
  engagementsOfWorker,
  lastDayOf,
  makeEngagement,
  payTermsOf,
  siteIdsOf,
} from '../engagement/engagement.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { answer, get, put } from '../http/route.ts';
import { zCivilDate, zDigest, zId, zInstant, zText } from '../http/schema.ts';
import { minor } from '../kernel/money.ts';
import { arrivalOf } from './arrival.ts';
import { workKeysOf } from './keys.ts';
import { type OnPunch, receiptOf, recordPunch } from './punch.ts';

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
  hourlyRateMinor: zRate,
});

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
export function workRoutes(onPunch: readonly OnPunch[]) {
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

  routes.openapi(
    put(room, '/engagements/{id}', 'makeEngagement', 'Engage a worker', zOne, zEngagement, zDone),
    async (c) => {
      requireRole(c, 'owner', 'hr');
      const { id } = c.req.valid('param');
      const body = c.req.valid('json');
      await c.env.cell.store.commit((tx) => makeEngagement(tx, c.env.actor, { id, ...body }, c.var.at));
      return answer(c, { id });
    },
  );

  routes.openapi(
    put(
      room,
      '/engagements/{id}/pay-terms/{termsId}',
      'agreePayTerms',
      'Agree a rate from a day on',
      z.object({ id: zId, termsId: zId }),
      z.strictObject({ effectiveOn: zCivilDate, hourlyRateMinor: zRate }),
      zDone,
    ),
    async (c) => {
      requireRole(c, 'owner', 'hr');
      const { id, termsId } = c.req.valid('param');
      const body = c.req.valid('json');
      await c.env.cell.store.commit((tx) =>
        agreePayTerms(tx, c.env.actor, { id: termsId, engagementId: id, ...body }, c.var.at),
      );
      return answer(c, { id: termsId });
    },
  );

  routes.openapi(
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

  routes.openapi(
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

  routes.openapi(
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
  return routes;
}
