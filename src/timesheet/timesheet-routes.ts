/** The API of timesheets. */
import { createRoute, z } from '@hono/zod-openapi';
import { requirePerson, requireRole, requireWorker } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { localeOf } from '../http/locale.ts';
import { problems, router } from '../http/problem.ts';
import { answer, get, put } from '../http/route.ts';
import { zCivilDate, zDigest, zId, zText } from '../http/schema.ts';
import { newId } from '../kernel/id.ts';
import { refuse, sentence } from '../kernel/refusal.ts';
import { collectInTurns } from '../store/turns.ts';
import { approveByRule } from './auto-approval.ts';
import { approveTimesheets } from './bulk-approval.ts';
import { reopenTimesheet } from './reopening.ts';
import { maySee, timesheetOf } from './timesheet.ts';
import { approveTimesheet, submitTimesheet } from './timesheet-decision.ts';
import { timesheetChunks, timesheetsOfWorker } from './timesheet-list.ts';

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
    z.strictObject({ id: zId.optional(), digest: zDigest, note: zText(500).optional() }),
    zDone,
  ),
  async (c) => {
    const { workerId } = requireWorker(c);
    const { id, startsOn } = c.req.valid('param');
    const { id: submissionId = newId(), digest, note = '' } = c.req.valid('json');
    const input = { id: submissionId, engagementId: id, startsOn, digest, note };
    const { submission, outcome } = await c.env.cell.store.commit((tx) => ({
      submission: submitTimesheet(tx, c.env.actor, workerId, input, c.var.at),
      outcome: approveByRule(tx, id, startsOn, c.var.at),
    }));
    if (outcome === 'not-over') c.env.cell.wake();
    return answer(c, submission);
  },
);

timesheetRoutes.openapi(
  put(
    room,
    '/engagements/{id}/timesheets/{startsOn}/approval',
    'approveTimesheet',
    'These hours are right',
    zSheet,
    z.strictObject({ id: zId.optional(), digest: zDigest }),
    zDone,
  ),
  async (c) => {
    const standing = requireRole(c, ...approvers);
    const { id, startsOn } = c.req.valid('param');
    const { id: approvalId = newId(), digest } = c.req.valid('json');
    const input = { id: approvalId, engagementId: id, startsOn, digest };
    const { entries: _, ...approval } = await c.env.cell.store.commit((tx) =>
      approveTimesheet(tx, c.env.actor, standing, input, c.var.at),
    );
    return answer(c, approval);
  },
);

timesheetRoutes.openapi(
  put(
    room,
    '/timesheet-approvals/{id}',
    'approveTimesheets',
    'These hours are right, all of them: each timesheet has its own answer',
    z.object({ id: zId }),
    z.strictObject({
      sheets: z
        .array(z.strictObject({ engagementId: zId, startsOn: zCivilDate, digest: zDigest }))
        .min(1)
        .max(500),
    }),
    z.looseObject({}),
  ),
  async (c) => {
    const standing = requireRole(c, ...approvers);
    const { cell, actor } = c.env;
    const request = { id: c.req.valid('param').id, ...c.req.valid('json') };
    const results = await approveTimesheets(cell.store, actor, standing, request, c.var.at);
    const locale = localeOf(c.req.raw);
    return answer(c, {
      id: request.id,
      sheets: results.map(({ refusal, ...sheet }) => ({
        ...sheet,
        approved: refusal === null,
        ...(refusal ? { slug: refusal.slug, title: sentence(refusal.slug, locale, refusal.values) } : {}),
      })),
    });
  },
);

timesheetRoutes.openapi(
  put(
    room,
    '/engagements/{id}/timesheets/{startsOn}/reopening',
    'reopenTimesheet',
    'Take an approval back',
    zSheet,
    z.strictObject({ approvalId: zId.optional(), reason: zText(500) }),
    zDone,
  ),
  async (c) => {
    const standing = requireRole(c, ...approvers);
    const { id, startsOn } = c.req.valid('param');
    const input = { engagementId: id, startsOn, ...c.req.valid('json') };
    await c.env.cell.store.commit((tx) => reopenTimesheet(tx, c.env.actor, standing, input, c.var.at));
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
  async (c) => {
    const standing = requireRole(c, ...approvers);
    const { payPeriod, startsOn } = c.req.valid('param');
    const chunks = timesheetChunks(c.env.cell.store.db, standing, payPeriod, startsOn, c.var.at);
    return answer(c, { timesheets: await collectInTurns(chunks) });
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
timesheetRoutes.openapi(periodQuery, async (c) => {
  const standing = requireRole(c, ...approvers);
  const { payPeriod, startsOn } = c.req.valid('query');
  const chunks = timesheetChunks(c.env.cell.store.db, standing, payPeriod, startsOn, c.var.at);
  return answer(c, { timesheets: await collectInTurns(chunks) });
});
