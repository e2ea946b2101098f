/** The API of work cards. */
import { z } from '@hono/zod-openapi';
import { requireRole, requireWorker } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { answer, get, put } from '../http/route.ts';
import { zId, zText } from '../http/schema.ts';
import { refuse } from '../kernel/refusal.ts';
import { signingKeyOf } from '../kernel/signing.ts';
import { presentationOf } from './presentation.ts';
import { type CardView, cardOfWorker, checkCard, revokeCard } from './work-card.ts';

export const cardRoutes = router<CellEnv>();
const room = 'card';

const shown = ({ card, name, roleTitle, employerName, verified, trouble }: CardView) => ({
  valid: trouble === undefined,
  why: trouble,
  name,
  roleTitle,
  employerName,
  verified,
  validFrom: card.validFrom,
  validUntil: card.validUntil,
});

cardRoutes.openapi(get(room, '/me/card', 'myCard', 'My work card', z.object({}), z.looseObject({})), (c) => {
  const { workerId } = requireWorker(c);
  const view = cardOfWorker(c.env.cell.store.db, workerId, c.var.at) ?? refuse('not-found');
  return answer(c, {
    ...shown(view),
    id: view.card.id,
    token: view.card.token,
    ...presentationOf(c.env.cell, view.card, c.var.at),
  });
});

cardRoutes.openapi(
  get(
    room,
    '/cards/{token}/verification',
    'verifyCard',
    'Whether a card holds (anybody)',
    z.object({ token: z.string().max(2000) }),
    z.looseObject({}),
  ),
  (c) => {
    const { cell } = c.env;
    const view = checkCard(
      cell.store.db,
      c.req.valid('param').token,
      signingKeyOf(cell.keys.signing).publicJwk,
      c.var.at,
    );
    return answer(c, view ? shown(view) : { valid: false, why: 'unknown' });
  },
);

cardRoutes.openapi(
  put(
    room,
    '/cards/{id}/revocation',
    'revokeCard',
    'Revoke a card',
    z.object({ id: zId }),
    z.strictObject({ reason: zText(500) }),
    z.object({ id: z.string() }),
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { id } = c.req.valid('param');
    const { reason } = c.req.valid('json');
    await c.env.cell.store.commit((tx) => revokeCard(tx, c.env.actor, { id, reason }, c.var.at));
    return answer(c, { id });
  },
);
