/** The API of guarantee policies and cover. */
import { z } from '@hono/zod-openapi';
import { requireRole, requireWorker } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { answer, get, put } from '../http/route.ts';
import { zCivilDate, zId, zText } from '../http/schema.ts';
import { canonicalJson } from '../kernel/digest.ts';
import { minor, zero } from '../kernel/money.ts';
import { coversOfWorker, openCovers } from './cover.ts';
import { zPayPromise } from './pay-promise.ts';
import { endPolicy, isInsured, makePolicy, policiesOf } from './policy.ts';

export const guaranteeRoutes = router<CellEnv>();
const room = 'guarantee';
const zOne = z.object({ id: zId });
const zDone = z.object({ id: z.string() });
const zPromise = z.strictObject({
  name: zText(),
  promise: zPayPromise,
  terms: zText(4000),
  effectiveOn: zCivilDate,
  expiresOn: zCivilDate.optional(),
});
const zPolicy = z.strictObject({
  kind: z.literal('day-cover'),
  name: zText(),
  standsFor: z.enum(['insurer', 'employer']),
  insurerName: zText().optional(),
  policyNumber: zText(100).optional(),
  limitMinor: z.number().int().min(1).max(1_000_000_000_000).transform(minor),
  terms: zText(4000),
  effectiveOn: zCivilDate,
  expiresOn: zCivilDate.optional(),
});

guaranteeRoutes.openapi(
  put(room, '/guarantee-policies/{id}', 'makePolicy', 'Make a day cover', zOne, zPolicy, zDone),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { id } = c.req.valid('param');
    const { insurerName = null, policyNumber = null, expiresOn = null, ...rest } = c.req.valid('json');
    await c.env.cell.store.commit((tx) =>
      makePolicy(
        tx,
        c.env.actor,
        { id, insurerName, policyNumber, expiresOn, rules: null, ...rest },
        c.var.at,
      ),
    );
    return answer(c, { id });
  },
);

guaranteeRoutes.openapi(
  put(
    room,
    '/guarantee-promises/{id}',
    'makePromise',
    'Promise a minimum, show-up pay, late-cancel pay or pay on time',
    zOne,
    zPromise,
    zDone,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { id } = c.req.valid('param');
    const { promise, expiresOn = null, ...rest } = c.req.valid('json');
    const own = { standsFor: 'employer', insurerName: null, policyNumber: null, limitMinor: zero } as const;
    await c.env.cell.store.commit((tx) =>
      makePolicy(
        tx,
        c.env.actor,
        { id, ...rest, ...own, kind: promise.kind, rules: canonicalJson(promise), expiresOn },
        c.var.at,
      ),
    );
    return answer(c, { id });
  },
);

guaranteeRoutes.openapi(
  put(
    room,
    '/guarantee-policies/{id}/end',
    'endPolicy',
    'End a policy',
    zOne,
    z.strictObject({ reason: zText(500) }),
    zDone,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { id } = c.req.valid('param');
    const { reason } = c.req.valid('json');
    await c.env.cell.store.commit((tx) => endPolicy(tx, c.env.actor, { id, reason }, c.var.at));
    return answer(c, { id });
  },
);

guaranteeRoutes.openapi(
  get(room, '/guarantee-policies', 'policies', 'Policies', z.object({}), z.looseObject({})),
  (c) => {
    requireRole(c, 'owner', 'hr');
    return answer(c, { policies: policiesOf(c.env.cell.store.db) });
  },
);

const shown = ({ cover, policy, endsAt, workerName }: ReturnType<typeof openCovers>[number]) => ({
  id: cover.id,
  workerName,
  startsAt: cover.startsAt,
  endsAt,
  policyName: policy.name,
  insured: isInsured(policy),
  standsFor: policy.standsFor,
  insurerName: policy.insurerName,
  policyNumber: policy.policyNumber,
});

guaranteeRoutes.openapi(
  get(room, '/covers', 'coversNow', 'Who is covered right now', z.object({}), z.looseObject({})),
  (c) => {
    requireRole(c, 'owner', 'hr');
    return answer(c, { covers: openCovers(c.env.cell.store.db).map(shown) });
  },
);

guaranteeRoutes.openapi(
  get(
    room,
    '/me/covers',
    'myCovers',
    'When I was and am covered, and by whom',
    z.object({}),
    z.looseObject({}),
  ),
  (c) => {
    const { workerId } = requireWorker(c);
    return answer(c, { covers: coversOfWorker(c.env.cell.store.db, workerId).map(shown) });
  },
);
