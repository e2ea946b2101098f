/** The API of pieces and days: reported, confirmed, refused, withdrawn. */
import { z } from '@hono/zod-openapi';
import { requirePerson } from '../employer/standing.ts';
import { engagementOf } from '../engagement/engagement.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { answer, get, put } from '../http/route.ts';
import { zCivilDate, zId, zText } from '../http/schema.ts';
import { refuse } from '../kernel/refusal.ts';
import { payPeriodOf } from '../kernel/time.ts';
import { unitReportsOf } from './reported-units.ts';
import { maySee, timesheetOf } from './timesheet.ts';
import { decideUnits, reportUnits } from './unit-report.ts';

export const unitRoutes = router<CellEnv>();
const room = 'timesheets';
const zOne = z.object({ id: zId });
const zDone = z.object({ id: z.string() });
/** Hundredths are the smallest part: half a day is 0.5. */
const zQuantity = z.number().min(0.01).max(1_000_000).multipleOf(0.01);

unitRoutes.openapi(
  put(
    room,
    '/unit-reports/{id}',
    'reportUnits',
    'Report pieces or days of work: my own, or of somebody whose hours I may correct',
    zOne,
    z.strictObject({
      engagementId: zId,
      day: zCivilDate,
      unit: z.enum(['piece', 'day']),
      quantity: zQuantity,
      note: zText(500).optional(),
    }),
    zDone,
  ),
  async (c) => {
    const standing = requirePerson(c);
    const { id } = c.req.valid('param');
    const { quantity, note = '', ...body } = c.req.valid('json');
    const report = { id, ...body, quantityHundredths: Math.round(quantity * 100), note };
    await c.env.cell.store.commit((tx) => reportUnits(tx, c.env.actor, standing, report, c.var.at));
    return answer(c, { id });
  },
);

unitRoutes.openapi(
  put(
    room,
    '/unit-decisions/{id}',
    'decideUnits',
    'Confirm or refuse a report of pieces or days; withdraw my own',
    zOne,
    z.strictObject({
      reportId: zId,
      decision: z.enum(['confirmed', 'refused', 'withdrawn']),
      reason: zText(500).optional(),
    }),
    zDone,
  ),
  async (c) => {
    const standing = requirePerson(c);
    const { id } = c.req.valid('param');
    const { reason = '', ...body } = c.req.valid('json');
    await c.env.cell.store.commit((tx) =>
      decideUnits(tx, c.env.actor, standing, { id, ...body, reason }, c.var.at),
    );
    return answer(c, { id });
  },
);

unitRoutes.openapi(
  get(
    room,
    '/engagements/{id}/timesheets/{startsOn}/units',
    'unitReports',
    'Pieces and days reported in a period, with what was decided',
    z.object({ id: zId, startsOn: zCivilDate }),
    z.looseObject({}),
  ),
  (c) => {
    const standing = requirePerson(c);
    const { db } = c.env.cell.store;
    const { id, startsOn } = c.req.valid('param');
    const engagement = engagementOf(db, id) ?? refuse('not-found');
    if (
      engagement.workerId !== standing.workerId &&
      !maySee(db, standing, timesheetOf(db, id, startsOn, c.var.at))
    )
      refuse('not-found');
    return answer(c, { reports: unitReportsOf(db, id, payPeriodOf(engagement.payPeriod, startsOn)) });
  },
);
