/** The API of a worker's own shifts: what is next, changes to confirm, claims, swaps, and the calendar link. */
import { z } from '@hono/zod-openapi';
import { requireWorker, requireWorkerId } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { localeOf } from '../http/locale.ts';
import { router } from '../http/problem.ts';
import { answer, get, put, recording } from '../http/route.ts';
import { zDigest, zId, zText } from '../http/schema.ts';
import { myNextShifts } from './my-shifts.ts';
import { acknowledgeShift, acknowledgeShifts, changesFor, seenAtOnceMax } from './shift-change.ts';
import { claimShift, openShiftsFor } from './shift-claim.ts';
import { feedText, feedUrl, makeShiftFeed } from './shift-feed.ts';
import { answerSwap, proposeSwap, swapsOfWorker, withdrawSwap } from './shift-swap.ts';

export const myShiftRoutes = router<CellEnv>();
const room = 'shifts';
const zOne = z.object({ id: zId });
const zDone = z.object({ id: z.string() });
const zNothing = z.strictObject({});
const zSeen = z.strictObject({ shiftId: zId, engagementId: zId, digest: zDigest });

myShiftRoutes.openapi(
  get(
    room,
    '/me/shifts',
    'myShifts',
    'My shifts, their changes, open ones and swaps',
    z.object({}),
    z.looseObject({}),
  ),
  (c) => {
    const { workerId } = requireWorker(c);
    const { db } = c.env.cell.store;
    return answer(c, {
      shifts: myNextShifts(db, workerId, c.var.at),
      changes: changesFor(db, workerId, c.var.at).map(({ engagement, ...change }) => ({
        ...change,
        engagementId: engagement.id,
      })),
      open: openShiftsFor(db, workerId, c.var.at).map(({ published, engagement, placesLeft, obstacle }) => ({
        shiftId: published.shiftId,
        siteId: published.siteId,
        day: published.day,
        startsAt: published.startsAt,
        endsAt: published.endsAt,
        note: published.note,
        engagementId: engagement.id,
        placesLeft,
        obstacle: obstacle ?? null,
      })),
      swaps: swapsOfWorker(db, workerId, c.var.at).map(({ swap, state }) => ({ ...swap, state })),
    });
  },
);

myShiftRoutes.openapi(
  put(
    room,
    '/me/shift-claims/{id}',
    'claimShift',
    'Take an open place',
    zOne,
    z.strictObject({ shiftId: zId, engagementId: zId }),
    zDone,
  ),
  recording(requireWorkerId, claimShift),
);

myShiftRoutes.openapi(
  put(
    room,
    '/me/shift-acknowledgements/{id}',
    'acknowledgeShift',
    'I have seen how a shift is now',
    zOne,
    zSeen,
    zDone,
  ),
  recording(requireWorkerId, acknowledgeShift),
);

myShiftRoutes.openapi(
  put(
    room,
    '/me/seen-shifts/{id}',
    'acknowledgeShifts',
    'I have seen how all of these shifts are now',
    zOne,
    z.strictObject({ shifts: z.array(zSeen).min(1).max(seenAtOnceMax) }),
    zDone,
  ),
  recording(requireWorkerId, acknowledgeShifts),
);

myShiftRoutes.openapi(
  put(
    room,
    '/me/shift-swaps/{id}',
    'proposeSwap',
    'Offer a shift of mine to a colleague, perhaps for one of theirs',
    zOne,
    z.strictObject({
      assignmentId: zId,
      engagementId: zId,
      returnAssignmentId: zId.optional(),
      note: zText(200).optional(),
    }),
    zDone,
  ),
  recording(requireWorkerId, proposeSwap),
);

myShiftRoutes.openapi(
  put(
    room,
    '/me/shift-swaps/{id}/answer',
    'answerSwap',
    'Agree to a colleague’s swap, or decline it',
    zOne,
    z.strictObject({ answer: z.enum(['agreed', 'declined']) }),
    zDone,
  ),
  recording(requireWorkerId, answerSwap),
);

myShiftRoutes.openapi(
  put(room, '/me/shift-swaps/{id}/withdrawal', 'withdrawSwap', 'Take my offer back', zOne, zNothing, zDone),
  recording(requireWorkerId, withdrawSwap),
);

myShiftRoutes.openapi(
  put(
    room,
    '/me/shift-feeds/{id}',
    'makeShiftFeed',
    'A new calendar link; the one before ends',
    zOne,
    zNothing,
    z.object({ id: z.string(), url: z.string() }),
  ),
  async (c) => {
    const { workerId } = requireWorker(c);
    const { id } = c.req.valid('param');
    const { cell } = c.env;
    await cell.store.commit((tx) =>
      makeShiftFeed(tx, cell.keys.index, c.env.actor, { id, workerId }, c.var.at),
    );
    return answer(c, { id, url: feedUrl(cell, id) });
  },
);

/** What calendar programs read, without a session: the address itself is the secret. */
export const shiftCalendar = router<CellEnv>();
shiftCalendar.get('/calendar/:file{[\\w-]{43}\\.ics}', (c) => {
  const token = c.req.param('file').slice(0, -'.ics'.length);
  const text = feedText(c.env.cell.store.db, token, localeOf(c.req.raw), c.var.at);
  return c.body(text, 200, {
    'content-type': 'text/calendar; charset=utf-8',
    'content-disposition': 'inline; filename="shifts.ics"',
  });
});
