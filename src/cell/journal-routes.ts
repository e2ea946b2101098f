/** The API of the journal: its entries, and whether it holds. */
import { createRoute, z } from '@hono/zod-openapi';
import { requireRole } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { problems, router } from '../http/problem.ts';
import { answer, get } from '../http/route.ts';
import { entriesAfter, verifyJournal } from '../store/journal.ts';

const room = 'journal';
const pageMax = 500;

export const journalRoutes = router<CellEnv>();

const zPage = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(pageMax).default(100),
});

journalRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/journal',
    tags: [room],
    operationId: 'journal',
    summary: 'What happened, oldest first',
    request: { query: zPage },
    responses: {
      200: { description: 'Entries', content: { 'application/json': { schema: z.looseObject({}) } } },
      ...problems,
    },
  }),
  (c) => {
    requireRole(c, 'owner', 'hr');
    const { after, limit } = c.req.valid('query');
    const entries = entriesAfter(c.env.cell.store.db, after, limit);
    return answer(c, { entries, ...(entries.length === limit ? { next: entries.at(-1)?.seq } : {}) });
  },
);

journalRoutes.openapi(
  get(
    room,
    '/journal/verification',
    'verifyJournal',
    'Whether every entry and its row hold',
    z.object({}),
    z.looseObject({}),
  ),
  (c) => {
    requireRole(c, 'owner', 'hr');
    return answer(c, verifyJournal(c.env.cell.store.db));
  },
);
