/** What every console page shows of the employer and its reader. */
import type { CellRequest } from '../http/env.ts';
import type { ConsoleFrame } from '../web/page.tsx';
import { employerOf, employerState } from './employer.ts';
import { requireRole } from './standing.ts';

/** For members; refuses everybody else as `requireRole` does. */
export function consoleFrame(c: CellRequest): ConsoleFrame {
  const { roles } = requireRole(c, 'owner', 'hr', 'supervisor', 'approver');
  const { db } = c.env.cell.store;
  const employer = employerOf(db);
  return {
    org: c.env.cell.org,
    employerName: employer.name,
    verified: employerState(db).verified,
    roles: roles.map(({ role }) => role),
  };
}
