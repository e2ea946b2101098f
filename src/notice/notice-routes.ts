/** The API of the inbox: one's own notices alone. */
import { z } from '@hono/zod-openapi';
import { requirePerson } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { answer, get, put } from '../http/route.ts';
import { zText } from '../http/schema.ts';
import { markAllRead, markRead, noticesOf, unreadCount } from './notice.ts';

export const noticeRoutes = router<CellEnv>();
const room = 'notice';

noticeRoutes.openapi(
  get(room, '/me/notices', 'myNotices', 'What I should know', z.object({}), z.looseObject({})),
  (c) => {
    const { personId } = requirePerson(c);
    const { db } = c.env.cell.store;
    return answer(c, { unread: unreadCount(db, personId), notices: noticesOf(db, personId) });
  },
);

noticeRoutes.openapi(
  put(
    room,
    '/me/notices/{id}/reading',
    'readNotice',
    'I have read a notice',
    z.object({ id: zText(200) }),
    z.strictObject({}),
    z.object({ id: z.string() }),
  ),
  async (c) => {
    const { personId } = requirePerson(c);
    const { id } = c.req.valid('param');
    await c.env.cell.store.commit((tx) => markRead(tx, personId, id, c.var.at));
    return answer(c, { id });
  },
);

noticeRoutes.openapi(
  put(
    room,
    '/me/notice-readings',
    'readAllNotices',
    'I have read all notices',
    z.object({}),
    z.strictObject({}),
    z.looseObject({}),
  ),
  async (c) => {
    const { personId } = requirePerson(c);
    await c.env.cell.store.commit((tx) => markAllRead(tx, personId, c.var.at));
    return answer(c, {});
  },
);
