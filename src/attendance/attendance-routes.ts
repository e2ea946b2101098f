/** The API of attendance: who is at work now, and a stream that says when that has changed. */
import { z } from '@hono/zod-openapi';
import { hasRole, requireRole, standingOf } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { changeEvents } from '../http/events.ts';
import { router } from '../http/problem.ts';
import { answer, get } from '../http/route.ts';
import { attendanceOf, attendanceVersion } from './attendance.ts';
import { lateOf } from './late.ts';

export const attendanceRoutes = router<CellEnv>();
const watchers = ['owner', 'hr', 'supervisor', 'approver'] as const;

attendanceRoutes.openapi(
  get(
    'timesheets',
    '/attendance',
    'attendance',
    'Who is at work now, where I may look',
    z.object({}),
    z.looseObject({}),
  ),
  (c) => {
    const standing = requireRole(c, ...watchers);
    const { db } = c.env.cell.store;
    const site = c.req.query('site');
    return answer(c, {
      ...attendanceOf(db, standing, c.var.at, site),
      late: lateOf(db, standing, c.var.at, site),
    });
  },
);

/** Server-sent events; `since` and `Last-Event-ID` are the version that the page was drawn from. */
attendanceRoutes.get('/attendance/events', (c) => {
  const { personId } = requireRole(c, ...watchers);
  const { actor, cell } = c.env;
  const { db, changes } = cell.store;
  return changeEvents({
    changes,
    personId,
    known: c.req.header('last-event-id') ?? c.req.query('since') ?? '',
    version: () => (hasRole(standingOf(db, actor), ...watchers) ? attendanceVersion(db) : undefined),
  });
});
