/** The API of the gate: the site's code on its screen, and the supervisor's scan. */
import { z } from '@hono/zod-openapi';
import { requireRole } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { answer, get, put } from '../http/route.ts';
import { zId, zText } from '../http/schema.ts';
import { refuse } from '../kernel/refusal.ts';
import { punchTimeOf, scanCard } from './card-scan.ts';
import { shownCard } from './shown-card.ts';
import { shownCode } from './shown-code.ts';
import { requireSupervisor, supervisedSite } from './supervising.ts';

export const gateRoutes = router<CellEnv>();
const room = 'gate';

gateRoutes.openapi(
  get(
    room,
    '/sites/{id}/code',
    'siteCode',
    'The code that a site shows for this half minute',
    z.object({ id: zId }),
    z.looseObject({ code: z.string() }),
  ),
  (c) => {
    const { site } = requireSupervisor(c, c.req.valid('param').id);
    return answer(c, { siteId: site.id, ...shownCode(c.env.cell, site.id, c.var.at) });
  },
);

gateRoutes.openapi(
  put(
    room,
    '/punch-proofs/{id}',
    'scanCard',
    'A supervisor saw this card’s owner at the site',
    z.object({ id: zId }),
    z.strictObject({ siteId: zId, card: zText(4000) }),
    z.looseObject({ id: z.string() }),
  ),
  async (c) => {
    const standing = requireRole(c, 'owner', 'hr', 'supervisor');
    const { id } = c.req.valid('param');
    const { siteId, card: said } = c.req.valid('json');
    const { cell, actor } = c.env;
    supervisedSite(cell.store.db, standing, siteId);
    const card = shownCard(cell, siteId, said, c.var.at);
    if (card.view.trouble) refuse('card-not-valid', { name: card.view.name });
    const proof = await cell.store.commit((tx) =>
      scanCard(tx, actor, standing, { id, siteId, card }, c.var.at),
    );
    return answer(c, {
      ...proof,
      name: card.view.name,
      showing: card.showing,
      punchAt: punchTimeOf(cell.store.db, proof) ?? null,
    });
  },
);
