/** The API of planning shifts: templates, rosters, drafts, publishing, swaps to decide. */
import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { requireRole } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { answer, get, put, recording } from '../http/route.ts';
import { zCivilDate, zId, zText } from '../http/schema.ts';
import { endRoster, makeRoster, makeRosterDrafts, rostersOf } from './roster.ts';
import { cancelShift, draftShift, isPending, plannedShift, plannedSite, shiftsOfSite } from './shift.ts';
import { publishShifts, reviewDrafts, takeOffShift } from './shift-publication.ts';
import { zDraft, zPublication, zRoster, zTemplate } from './shift-schema.ts';
import { decideSwap, swapsAtSite } from './shift-swap.ts';
import { endShiftTemplate, makeShiftTemplate, templatesOf } from './shift-template.ts';

export const shiftRoutes = router<CellEnv>();
const room = 'shifts';
const zOne = z.object({ id: zId });
const zDone = z.object({ id: z.string() });
const zNothing = z.strictObject({});
const zReason = z.strictObject({ reason: zText(500) });
const planners = ['owner', 'hr', 'supervisor'] as const;
const asPlanner = (c: Context<CellEnv>) => requireRole(c, ...planners);

shiftRoutes.openapi(
  put(
    room,
    '/shift-templates/{id}',
    'makeShiftTemplate',
    'Keep the times of a usual shift',
    zOne,
    zTemplate,
    zDone,
  ),
  recording(asPlanner, makeShiftTemplate),
);

shiftRoutes.openapi(
  put(
    room,
    '/shift-templates/{id}/end',
    'endShiftTemplate',
    'Offer a template no more',
    zOne,
    zNothing,
    zDone,
  ),
  recording(asPlanner, endShiftTemplate),
);

shiftRoutes.openapi(
  put(room, '/rosters/{id}', 'makeRoster', 'Repeat templates by the week', zOne, zRoster, zDone),
  recording(asPlanner, makeRoster),
);

shiftRoutes.openapi(
  put(room, '/rosters/{id}/end', 'endRoster', 'Make no more drafts of a roster', zOne, zNothing, zDone),
  recording(asPlanner, endRoster),
);

shiftRoutes.openapi(
  put(
    room,
    '/rosters/{id}/drafts/{expansionId}',
    'makeRosterDrafts',
    'Make drafts of a roster’s days; what was made before stays',
    z.object({ id: zId, expansionId: zId }),
    z.strictObject({ startsOn: zCivilDate, endsOn: zCivilDate }),
    z.object({ id: z.string(), shifts: z.number().int() }),
  ),
  async (c) => {
    const standing = requireRole(c, ...planners);
    const { id: rosterId, expansionId: id } = c.req.valid('param');
    const body = c.req.valid('json');
    const shifts = await c.env.cell.store.commit((tx) =>
      makeRosterDrafts(tx, c.env.actor, standing, { id, rosterId, ...body }, c.var.at),
    );
    return answer(c, { id, shifts });
  },
);

shiftRoutes.openapi(
  put(
    room,
    '/shifts/{id}/drafts/{draftId}',
    'draftShift',
    'Say what a shift should be; nobody is told before it is published',
    z.object({ id: zId, draftId: zId }),
    zDraft,
    z.object({ id: z.string(), shiftId: z.string() }),
  ),
  async (c) => {
    const standing = requireRole(c, ...planners);
    const { id: shiftId, draftId: id } = c.req.valid('param');
    const body = c.req.valid('json');
    await c.env.cell.store.commit((tx) =>
      draftShift(tx, c.env.actor, standing, { id, shiftId, ...body }, c.var.at),
    );
    return answer(c, { id, shiftId });
  },
);

shiftRoutes.openapi(
  put(room, '/shifts/{id}/cancellation', 'cancelShift', 'Call a shift off', zOne, zReason, zDone),
  recording(asPlanner, cancelShift),
);

shiftRoutes.openapi(
  get(room, '/shifts/{id}', 'shift', 'A shift with its draft and what is published', zOne, z.looseObject({})),
  (c) => {
    const standing = requireRole(c, ...planners);
    return answer(c, plannedShift(c.env.cell.store.db, standing, c.req.valid('param').id));
  },
);

shiftRoutes.openapi(
  get(
    room,
    '/sites/{id}/shifts/{from}/{to}',
    'shiftsOfSite',
    'Shifts of a site, and what rest rules say of its drafts',
    z.object({ id: zId, from: zCivilDate, to: zCivilDate }),
    z.looseObject({}),
  ),
  (c) => {
    const standing = requireRole(c, ...planners);
    const { db } = c.env.cell.store;
    const { id, from, to } = c.req.valid('param');
    plannedSite(db, standing, id);
    const shifts = shiftsOfSite(db, id, from, to);
    const pending = shifts.filter(isPending);
    return answer(c, {
      shifts,
      draftIds: pending.map(({ draft }) => draft.id),
      review: reviewDrafts(db, pending),
      templates: templatesOf(db, id),
      rosters: rostersOf(db, id),
      swaps: swapsAtSite(db, id, c.var.at).map(({ swap, state }) => ({ ...swap, state })),
    });
  },
);

shiftRoutes.openapi(
  put(
    room,
    '/shift-publications/{id}',
    'publishShifts',
    'From now on workers go by these drafts; warnings are acknowledged by their digest',
    zOne,
    zPublication,
    zDone,
  ),
  recording(asPlanner, publishShifts),
);

shiftRoutes.openapi(
  put(room, '/shift-assignments/{id}/end', 'takeOffShift', 'Take somebody off a shift', zOne, zReason, zDone),
  recording(asPlanner, takeOffShift),
);

shiftRoutes.openapi(
  put(
    room,
    '/shift-swaps/{id}/decision',
    'decideSwap',
    'Approve or refuse a swap that both workers want',
    zOne,
    z.strictObject({ decision: z.enum(['approved', 'refused']), reason: zText(500).optional() }),
    zDone,
  ),
  async (c) => {
    const standing = requireRole(c, ...planners);
    const { id } = c.req.valid('param');
    const { decision, reason = '' } = c.req.valid('json');
    await c.env.cell.store.commit((tx) =>
      decideSwap(tx, c.env.actor, standing, { id, decision, reason }, c.var.at),
    );
    return answer(c, { id });
  },
);
