/** The seam: a cell answers requests about one employer. This file composes its rooms and knows no rule of theirs. */

import { attendancePages } from '../attendance/attendance-pages.tsx';
import { attendanceRoutes } from '../attendance/attendance-routes.ts';
import { downloadPages } from '../attendance/download-pages.tsx';
import { downloadRoutes } from '../attendance/download-routes.ts';
import { exceptionPages } from '../attendance/exception-pages.tsx';
import { gridPages } from '../attendance/grid-pages.tsx';
import { importPages } from '../attendance/import-pages.tsx';
import { importRoutes } from '../attendance/import-routes.ts';
import { billingPages } from '../billing/billing-pages.tsx';
import { billingRoutes } from '../billing/billing-routes.ts';
import { cardPages } from '../card/pages.tsx';
import { cardRoutes } from '../card/routes.ts';
import { clockRoutes } from '../clock/clock-routes.ts';
import { devicePages } from '../clock/device-pages.tsx';
import { deviceRoutes } from '../clock/device-routes.ts';
import { punchRoutes } from '../clock/routes.ts';
import { batchRoutes } from '../contract/batch-routes.ts';
import { contractEndRoutes } from '../contract/contract-end-routes.ts';
import { contractPage } from '../contract/contract-page.tsx';
import { contractPages } from '../contract/contract-pages.tsx';
import { peoplePages } from '../contract/people-pages.tsx';
import { contractReadingPages } from '../contract/reading-pages.tsx';
import { contractRoutes } from '../contract/routes.ts';
import { disbursementRoutes } from '../disbursement/routes.ts';
import { invitationPages } from '../employer/invitation-pages.tsx';
import { employerRoutes } from '../employer/routes.ts';
import { settingsPages } from '../employer/settings-pages.tsx';
import { sitePages } from '../employer/site-pages.tsx';
import { sitePolicyPages } from '../employer/site-policy-pages.tsx';
import { siteRoutes } from '../employer/site-routes.ts';
import { engagementRoutes } from '../engagement/routes.ts';
import { crewPages } from '../gate/crew-pages.tsx';
import { crewRoutes } from '../gate/crew-routes.ts';
import { kioskPages } from '../gate/kiosk-pages.tsx';
import { kioskRoutes } from '../gate/kiosk-routes.ts';
import { gateRoutes } from '../gate/routes.ts';
import { scanPages } from '../gate/scan-pages.tsx';
import { siteCodePages } from '../gate/site-code-pages.tsx';
import { coverPunch } from '../guarantee/cover.ts';
import { guaranteePages } from '../guarantee/pages.tsx';
import { guaranteeRoutes } from '../guarantee/routes.ts';
import { coverWords } from '../guarantee/words-for-contract.ts';
import type { Cell, CellContext, CellEnv } from '../http/env.ts';
import { answerError, router } from '../http/problem.ts';
import { identityPages } from '../identity/pages.tsx';
import { reviewPages } from '../identity/review-pages.tsx';
import { identityRoutes } from '../identity/routes.ts';
import { refuse } from '../kernel/refusal.ts';
import { payPages } from '../pay/pages.tsx';
import { payRoutes } from '../pay/routes.ts';
import { myShiftRoutes, shiftCalendar } from '../shift/my-shift-routes.ts';
import { myShiftsPages } from '../shift/my-shifts-pages.tsx';
import { rosterPages } from '../shift/roster-pages.tsx';
import { shiftEditPages } from '../shift/shift-edit-pages.tsx';
import { shiftPages } from '../shift/shift-pages.tsx';
import { shiftPublishPages } from '../shift/shift-publish-pages.tsx';
import { shiftRoutes } from '../shift/shift-routes.ts';
import { shiftSwapPages } from '../shift/shift-swap-pages.tsx';
import { correctionPages } from '../timesheet/correction-pages.tsx';
import { correctionRoutes } from '../timesheet/correction-routes.ts';
import { hoursPages } from '../timesheet/hours-pages.tsx';
import { myCorrectionPages } from '../timesheet/my-correction-pages.tsx';
import { reopenForPunch } from '../timesheet/reopening.ts';
import { timesheetListPages } from '../timesheet/timesheet-list-pages.tsx';
import { timesheetPages } from '../timesheet/timesheet-pages.tsx';
import { timesheetRoutes } from '../timesheet/timesheet-routes.ts';
import { unitRoutes } from '../timesheet/unit-routes.ts';
import { problemPage } from '../web/problem-page.tsx';
import { homePages } from './home-pages.tsx';
import { journalPages } from './journal-pages.tsx';
import { journalRoutes } from './journal-routes.ts';
import { overviewPages } from './overview-pages.tsx';
import { personPages } from './person-pages.tsx';
import { todayPages } from './today-pages.tsx';

export const cellApp = composeCell();

export function composeCell() {
  const app = router<CellEnv>();
  app.use(async (c, next) => {
    c.set('at', c.env.cell.clock());
    await next();
  });
  const api = router<CellEnv>();
  const pages = router<CellEnv>();
  const onPunch = [coverPunch, reopenForPunch];
  // Rooms, in the order of the journey: one line each for `api.route('/', …)` and `pages.route('/', …)`.
  for (const ours of [employerRoutes, siteRoutes]) api.route('/', ours);
  api.route('/', identityRoutes);
  pages.route('/', identityPages);
  for (const ours of [contractRoutes(coverWords), contractEndRoutes]) api.route('/', ours);
  api.route('/', batchRoutes);
  pages.route('/', contractReadingPages);
  api.route('/', deviceRoutes);
  api.route('/', engagementRoutes);
  api.route('/', punchRoutes(onPunch));
  api.route('/', correctionRoutes);
  for (const ours of [clockRoutes, timesheetRoutes, unitRoutes, attendanceRoutes]) api.route('/', ours);
  for (const ours of [shiftRoutes, myShiftRoutes]) api.route('/', ours);
  for (const ours of [shiftPages, shiftEditPages, shiftPublishPages, shiftSwapPages]) pages.route('/', ours);
  for (const ours of [rosterPages, myShiftsPages, shiftCalendar]) pages.route('/', ours);
  for (const ours of [devicePages, hoursPages, myCorrectionPages, correctionPages]) pages.route('/', ours);
  for (const ours of [timesheetListPages, timesheetPages, attendancePages]) pages.route('/', ours);
  for (const ours of [importRoutes, downloadRoutes]) api.route('/', ours);
  for (const ours of [exceptionPages, importPages, downloadPages, gridPages]) pages.route('/', ours);
  api.route('/', billingRoutes);
  pages.route('/', billingPages);
  api.route('/', cardRoutes);
  pages.route('/', cardPages);
  for (const ours of [gateRoutes, crewRoutes(onPunch), kioskRoutes(onPunch)]) api.route('/', ours);
  for (const ours of [siteCodePages, scanPages, crewPages, kioskPages]) pages.route('/', ours);
  api.route('/', guaranteeRoutes);
  pages.route('/', guaranteePages);
  api.route('/', payRoutes);
  api.route('/', disbursementRoutes);
  for (const ours of [sitePages, sitePolicyPages, settingsPages]) pages.route('/', ours);
  for (const ours of [invitationPages, peoplePages, reviewPages]) pages.route('/', ours);
  for (const ours of [contractPages, contractPage]) pages.route('/', ours);
  pages.route('/', payPages);
  for (const ours of [homePages, todayPages]) pages.route('/', ours);
  api.route('/', journalRoutes);
  pages.route('/', journalPages);
  pages.route('/', overviewPages);
  pages.route('/', personPages);
  app.route('/api/orgs/:org', api);
  app.route('/orgs/:org', pages);
  app.notFound(() => refuse('not-found'));
  app.onError(answerError(problemPage));
  return app;
}

export function cellOf(context: CellContext): Cell {
  return {
    handle: async (request, actor) => cellApp.fetch(request, { cell: context, actor }),
  };
}
