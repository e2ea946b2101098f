/** The API of timesheets and corrections. */
import { createRoute, z } from '@hono/zod-openapi';
import { requirePerson, requireRole, requireWorker } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { problems, router } from '../http/problem.ts';
import { answer, get, put } from '../http/route.ts';
import { zCivilDate, zDigest, zId, zInstant, zText } from '../http/schema.ts';
import { newId } from '../kernel/id.ts';
import { refuse } from '../kernel/refusal.ts';
import { attendanceOf } from './attendance.ts';
import { answerCorrection, correct, correctionsOf, seesEngagement } from './correction.ts';
import { engagementOf } from './engagement.ts';
import { maySee, timesheetOf } from './timesheet.ts';
import { approveTimesheet, reopenTimesheet, submitTimesheet } from './timesheet-decision.ts';
import { timesheetsOf, timesheetsOfWorker } from './timesheet-list.ts';

export const timesheetRoutes = router<CellEnv>();
const room = 'timesheets';
const zSheet = z.object({ id: zId, startsOn: zCivilDate });
const zDone = z.object({ id: z.string() });
const approvers = ['owner', 'hr', 'supervisor', 'approver'] as const;

timesheetRoutes.openapi(
  get(
    room,
    '/engagements/{id}/timesheets/{startsOn}',
    'timesheet',
    'Hours of a period, from the punches',
    zSheet,
    z.looseObject({}),
  ),
  (c) => {
    const standing = requirePerson(c);
    const { id, startsOn } = c.req.valid('param');
    const sheet = timesheetOf(c.env.cell.store.db, id, startsOn, c.var.at);
    if (sheet.engagement.workerId !== standing.workerId && !maySee(c.env.cell.store.db, standing, sheet))
      refuse('not-found');
    return answer(c, sheet);
  },
);

timesheetRoutes.openapi(
  put(
    room,
    '/engagements/{id}/timesheets/{startsOn}/submission',
    'submitTimesheet',
    'These are my hours',
    zSheet,
    z.strictObject({ digest: zDigest, note: zText(500).optional() }),
    zDone,
  ),
  async (c) => {
    const { workerId } = requireWorker(c);
    const { id, startsOn } = c.req.valid('param');
    const { digest, note } = c.req.valid('json');
    const submission = { id: newId(), engagementId: id, startsOn, digest, note: note ?? '' };
    const counts = await c.env.cell.store.commit((tx) =>
      submitTimesheet(tx, c.env.actor, workerId, submission, c.var.at),
    );
    return answer(c, { id: counts });
  },
);

timesheetRoutes.openapi(
  put(
    room,
    '/engagements/{id}/timesheets/{startsOn}/approval',
    'approveTimesheet',
    'These hours are right',
    zSheet,
    z.strictObject({ digest: zDigest }),
    zDone,
  ),
  async (c) => {
    const standing = requireRole(c, ...approvers);
    const { id, startsOn } = c.req.valid('param');
    const approval = { id: newId(), engagementId: id, startsOn, digest: c.req.valid('json').digest };
    await c.env.cell.store.commit((tx) => approveTimesheet(tx, c.env.actor, standing, approval, c.var.at));
    return answer(c, { id });
  },
);

timesheetRoutes.openapi(
  put(
    room,
    '/engagements/{id}/timesheets/{startsOn}/reopening',
    'reopenTimesheet',
    'Take an approval back',
    zSheet,
    z.strictObject({ reason: zText(500) }),
    zDone,
  ),
  async (c) => {
    const standing = requireRole(c, ...approvers);
    const { id, startsOn } = c.req.valid('param');
    const { reason } = c.req.valid('json');
    await c.env.cell.store.commit((tx) =>
      reopenTimesheet(tx, c.env.actor, standing, { engagementId: id, startsOn, reason }, c.var.at),
    );
    return answer(c, { id });
  },
);

timesheetRoutes.openapi(
  get(
    room,
    '/timesheets/{payPeriod}/{startsOn}',
    'timesheets',
    'All timesheets of a period that I may see',
    z.object({ payPeriod: z.enum(['weekly', 'semi-monthly', 'monthly']), startsOn: zCivilDate }),
    z.looseObject({}),
  ),
  (c) => {
    const standing = requireRole(c, ...approvers);
    const { payPeriod, startsOn } = c.req.valid('param');
    return answer(c, {
      timesheets: timesheetsOf(c.env.cell.store.db, standing, payPeriod, startsOn, c.var.at),
    });
  },
);

const zCorrection = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('add'),
    engagementId: zId,
    reason: zText(500),
    punch: z.strictObject({ id: zId, siteId: zId, kind: z.enum(['in', 'out']), at: zInstant }),
  }),
  z.strictObject({ kind: z.literal('void'), engagementId: zId, reason: zText(500), punchId: zId }),
]);

timesheetRoutes.openapi(
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

timesheetRoutes.openapi(
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

timesheetRoutes.openapi(
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

timesheetRoutes.openapi(
  get(
    room,
    '/me/timesheets',
    'myTimesheets',
    'My hours by engagement and period, the newest first',
    z.object({}),
    z.looseObject({}),
  ),
  (c) => {
    const { workerId } = requireWorker(c);
    return answer(c, { timesheets: timesheetsOfWorker(c.env.cell.store.db, workerId, c.var.at) });
  },
);

timesheetRoutes.openapi(
  get(
    room,
    '/attendance',
    'attendance',
    'Who is at work now, where I may look',
    z.object({}),
    z.looseObject({}),
  ),
  (c) => {
    const standing = requireRole(c, ...approvers);
    return answer(c, attendanceOf(c.env.cell.store.db, standing, c.var.at));
  },
);

const periodQuery = createRoute({
  method: 'get',
  path: '/timesheets',
  tags: [room],
  operationId: 'timesheetsByQuery',
  summary: 'All timesheets of a period that I may see',
  request: {
    query: z.strictObject({ payPeriod: z.enum(['weekly', 'semi-monthly', 'monthly']), startsOn: zCivilDate }),
  },
  responses: {
    200: { description: 'Timesheets', content: { 'application/json': { schema: z.looseObject({}) } } },
    ...problems,
  },
});
timesheetRoutes.openapi(periodQuery, (c) => {
  const standing = requireRole(c, ...approvers);
  const { payPeriod, startsOn } = c.req.valid('query');
  return answer(c, {
    timesheets: timesheetsOf(c.env.cell.store.db, standing, payPeriod, startsOn, c.var.at),
  });
});
