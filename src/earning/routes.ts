/** The API of earnings: pay terms, money beside hours, and what an employer knows better than the shipped data. */
import { z } from '@hono/zod-openapi';
import { requireRole, requireWorker } from '../employer/standing.ts';
import { engagementsOfWorker } from '../engagement/engagement.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { answer, get, put, recording } from '../http/route.ts';
import { zCivilDate, zId, zText } from '../http/schema.ts';
import { refuse } from '../kernel/refusal.ts';
import { adjustmentsOf, makeAdjustment, withdrawAdjustment } from './adjustment.ts';
import { correctDatum, correctionsMade, payDataNow, zDatum } from './datum.ts';
import { exampleOf, exampleQuery } from './example.ts';
import { calendarOf } from './pay-data.ts';
import { zAmount, zPayRules } from './pay-rules.ts';
import { agreePayTerms, termsOf } from './pay-terms.ts';

export const earningRoutes = router<CellEnv>();
const room = 'earning';
const zOne = z.object({ id: zId });
const zDone = z.object({ id: z.string() });

const office = (c: Parameters<typeof requireRole>[0]) => requireRole(c, 'owner', 'hr');

const zTerms = z.strictObject({
  siteId: zId.optional(),
  effectiveOn: zCivilDate,
  hourlyRateMinor: zAmount.optional(),
  rules: zPayRules.default(() => zPayRules.parse({})),
});

earningRoutes.openapi(
  put(
    room,
    '/engagements/{id}/pay-terms/{termsId}',
    'agreePayTerms',
    'Agree pay terms from a day on',
    z.object({ id: zId, termsId: zId }),
    zTerms,
    zDone,
  ),
  async (c) => {
    office(c);
    const { id, termsId } = c.req.valid('param');
    const body = c.req.valid('json');
    await c.env.cell.store.commit((tx) =>
      agreePayTerms(tx, c.env.actor, { id: termsId, engagementId: id, ...body }, c.var.at),
    );
    return answer(c, { id: termsId });
  },
);

earningRoutes.openapi(
  get(
    room,
    '/engagements/{id}/pay-terms',
    'payTerms',
    'Pay terms, by the day they begin',
    zOne,
    z.looseObject({}),
  ),
  (c) => {
    office(c);
    return answer(c, { payTerms: termsOf(c.env.cell.store.db, c.req.valid('param').id) });
  },
);

earningRoutes.openapi(
  get(
    room,
    '/engagements/{id}/pay-example',
    'payExample',
    'What a day of work would pay: ?on=&from=&to=&siteId=',
    zOne,
    z.looseObject({}),
  ),
  (c) => {
    office(c);
    const asked = exampleQuery(c.req.query());
    if (!asked) refuse('body-invalid', {}, [{ pointer: '/on', detail: '' }]);
    return answer(c, exampleOf(c.env.cell.store.db, c.req.valid('param').id, asked));
  },
);

earningRoutes.openapi(
  put(
    room,
    '/pay-adjustments/{id}',
    'makeAdjustment',
    'Enter a bonus, reimbursement, deduction or advance',
    zOne,
    z.strictObject({
      engagementId: zId,
      kind: z.enum(['bonus', 'reimbursement', 'deduction', 'advance']),
      amountMinor: zAmount,
      effectiveOn: zCivilDate,
      reason: zText(500),
    }),
    zDone,
  ),
  recording(office, makeAdjustment),
);

earningRoutes.openapi(
  put(
    room,
    '/pay-adjustments/{id}/withdrawal',
    'withdrawAdjustment',
    'Take an entry back before a run took it up',
    zOne,
    z.strictObject({ reason: zText(500) }),
    zDone,
  ),
  recording(office, withdrawAdjustment),
);

earningRoutes.openapi(
  get(
    room,
    '/engagements/{id}/pay-adjustments',
    'adjustments',
    'Bonuses, reimbursements, deductions and advances',
    zOne,
    z.looseObject({}),
  ),
  (c) => {
    office(c);
    return answer(c, { adjustments: adjustmentsOf(c.env.cell.store.db, [c.req.valid('param').id]) });
  },
);

earningRoutes.openapi(
  put(
    room,
    '/pay-data/{id}',
    'correctDatum',
    'Correct a holiday, a minimum wage or a heat allowance',
    zOne,
    z.strictObject({ datum: zDatum, source: zText(500), reason: zText(500) }),
    zDone,
  ),
  recording(office, correctDatum),
);

earningRoutes.openapi(
  get(
    room,
    '/pay-data/calendar/{year}',
    'calendar',
    'Holidays of a year',
    z.object({ year: z.string().regex(/^\d{4}$/) }),
    z.looseObject({}),
  ),
  (c) => {
    office(c);
    const { db } = c.env.cell.store;
    return answer(c, {
      days: calendarOf(payDataNow(db), c.req.valid('param').year),
      corrections: correctionsMade(db),
    });
  },
);

earningRoutes.openapi(
  get(
    room,
    '/me/pay-terms',
    'myPayTerms',
    'What I am paid by, and what was entered for me',
    z.object({}),
    z.looseObject({}),
  ),
  (c) => {
    const { workerId } = requireWorker(c);
    const { db } = c.env.cell.store;
    const mine = engagementsOfWorker(db, workerId);
    return answer(c, {
      engagements: mine.map(({ id, roleTitle }) => ({ id, roleTitle, payTerms: termsOf(db, id) })),
      adjustments: adjustmentsOf(
        db,
        mine.map(({ id }) => id),
      ),
    });
  },
);
