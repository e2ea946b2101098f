/** The seam: a cell answers requests about one employer. This file composes its rooms and knows no rule of theirs. */

import { cardPages } from '../card/pages.tsx';
import { cardRoutes } from '../card/routes.ts';
import { contractPages } from '../contract/contract-pages.tsx';
import { peoplePages } from '../contract/people-pages.tsx';
import { contractReadingPages } from '../contract/reading-pages.tsx';
import { contractRoutes } from '../contract/routes.ts';
import { invitationPages } from '../employer/invitation-pages.tsx';
import { employerRoutes } from '../employer/routes.ts';
import { settingsPages } from '../employer/settings-pages.tsx';
import { sitePages } from '../employer/site-pages.tsx';
import { sitePolicyPages } from '../employer/site-policy-pages.tsx';
import { siteRoutes } from '../employer/site-routes.ts';
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
import { problemPage } from '../web/problem-page.tsx';
import { attendancePages } from '../work/attendance-pages.tsx';
import { attendanceRoutes } from '../work/attendance-routes.ts';
import { clockRoutes } from '../work/clock-routes.ts';
import { correctionPages } from '../work/correction-pages.tsx';
import { correctionRoutes } from '../work/correction-routes.ts';
import { devicePages } from '../work/device-pages.tsx';
import { deviceRoutes } from '../work/device-routes.ts';
import { downloadPages } from '../work/download-pages.tsx';
import { downloadRoutes } from '../work/download-routes.ts';
import { exceptionPages } from '../work/exception-pages.tsx';
import { gridPages } from '../work/grid-pages.tsx';
import { hoursPages } from '../work/hours-pages.tsx';
import { importPages } from '../work/import-pages.tsx';
import { importRoutes } from '../work/import-routes.ts';
import { myCorrectionPages } from '../work/my-correction-pages.tsx';
import { myShiftRoutes, shiftCalendar } from '../work/my-shift-routes.ts';
import { myShiftsPages } from '../work/my-shifts-pages.tsx';
import { reopenForPunch } from '../work/reopening.ts';
import { rosterPages } from '../work/roster-pages.tsx';
import { workRoutes } from '../work/routes.ts';
import { shiftEditPages } from '../work/shift-edit-pages.tsx';
import { shiftPages } from '../work/shift-pages.tsx';
import { shiftPublishPages } from '../work/shift-publish-pages.tsx';
import { shiftRoutes } from '../work/shift-routes.ts';
import { shiftSwapPages } from '../work/shift-swap-pages.tsx';
import { timesheetListPages } from '../work/timesheet-list-pages.tsx';
import { timesheetPages } from '../work/timesheet-pages.tsx';
import { timesheetRoutes } from '../work/timesheet-routes.ts';
import { unitRoutes } from '../work/unit-routes.ts';
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
  api.route('/', contractRoutes(coverWords));
  pages.route('/', contractReadingPages);
  api.route('/', deviceRoutes);
  api.route('/', workRoutes(onPunch));
  api.route('/', correctionRoutes);
  for (const ours of [clockRoutes, timesheetRoutes, unitRoutes, attendanceRoutes]) api.route('/', ours);
  for (const ours of [shiftRoutes, myShiftRoutes]) api.route('/', ours);
  for (const ours of [shiftPages, shiftEditPages, shiftPublishPages, shiftSwapPages]) pages.route('/', ours);
  for (const ours of [rosterPages, myShiftsPages, shiftCalendar]) pages.route('/', ours);
  for (const ours of [devicePages, hoursPages, myCorrectionPages, correctionPages]) pages.route('/', ours);
  for (const ours of [timesheetListPages, timesheetPages, attendancePages]) pages.route('/', ours);
  for (const ours of [importRoutes, downloadRoutes]) api.route('/', ours);
  for (const ours of [exceptionPages, importPages, downloadPages, gridPages]) pages.route('/', ours);
  api.route('/', cardRoutes);
  pages.route('/', cardPages);
  for (const ours of [gateRoutes, crewRoutes(onPunch), kioskRoutes(onPunch)]) api.route('/', ours);
  for (const ours of [siteCodePages, scanPages, crewPages, kioskPages]) pages.route('/', ours);
  api.route('/', guaranteeRoutes);
  pages.route('/', guaranteePages);
  api.route('/', payRoutes);
  for (const ours of [sitePages, sitePolicyPages, settingsPages]) pages.route('/', ours);
  for (const ours of [invitationPages, peoplePages, reviewPages, contractPages]) pages.route('/', ours);
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
