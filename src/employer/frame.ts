/** What every console page shows of the employer and its reader. */
import type { CellRequest } from '../http/env.ts';
import type { ConsoleFrame } from '../web/page.tsx';
import { employerOf, employerState } from './employer.ts';
import { standingOf } from './standing.ts';

export function consoleFrame(c: CellRequest): ConsoleFrame {
  const { cell, actor } = c.env;
  const { db } = cell.store;
  return {
    org: cell.org,
    employerName: employerOf(db).name,
    verified: employerState(db).verified,
    roles: standingOf(db, actor).roles.map(({ role }) => role),
  };
}
