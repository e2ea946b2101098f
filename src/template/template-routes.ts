/** The API of contract templates: what there is, and an employer's own versions. */
import { z } from '@hono/zod-openapi';
import { requireRole } from '../employer/standing.ts';
import type { CellEnv, CellRequest } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { answer, get, put, recording } from '../http/route.ts';
import { zId } from '../http/schema.ts';
import { refuse } from '../kernel/refusal.ts';
import { ownTemplate, ownTemplates, retireTemplate, saveTemplate, versionsOf } from './own-template.ts';
import { shipped } from './shipped.ts';
import type { Template } from './template.ts';

const room = 'contract';

export const templateRoutes = router<CellEnv>();

const hr = (c: CellRequest) => requireRole(c, 'owner', 'hr');

const shown = ({ id, version, kind, relationships, title, fields }: Template) => ({
  id,
  version,
  kind,
  relationships,
  title,
  fields: fields.map(({ line: _, ...field }) => field),
});

templateRoutes.openapi(
  get(
    room,
    '/templates',
    'templates',
    'Contract templates, the employer’s own first',
    z.object({}),
    z.looseObject({}),
  ),
  (c) => {
    hr(c);
    const own = ownTemplates(c.env.cell.store.db);
    return answer(c, {
      own: own.map(({ template, isRetired, version }) => ({
        ...shown(template),
        isRetired,
        copiedFrom: version.copiedFrom,
        savedAt: version.at,
      })),
      shipped: shipped.map(({ template }) => shown(template)),
    });
  },
);

templateRoutes.openapi(
  get(
    room,
    '/templates/{id}',
    'template',
    'A contract template with its text and, of an own one, its versions',
    z.object({ id: z.string().max(60) }),
    z.looseObject({}),
  ),
  (c) => {
    hr(c);
    const { id } = c.req.valid('param');
    const { db } = c.env.cell.store;
    const ours = shipped.find(({ template }) => template.id === id);
    if (ours) return answer(c, { ...shown(ours.template), text: ours.text, isShipped: true });
    const own = ownTemplate(db, id) ?? refuse('not-found');
    return answer(c, {
      ...shown(own.template),
      text: own.version.body,
      isShipped: false,
      isRetired: own.isRetired,
      versions: versionsOf(db, id).map(({ number, at, by }) => ({ number, at, by })),
    });
  },
);

templateRoutes.openapi(
  put(
    room,
    '/templates/{id}/versions/{versionId}',
    'saveTemplate',
    'Save the next version of an own template',
    z.object({ id: zId, versionId: zId }),
    z.strictObject({
      /** The number of the version that was changed; 0 for a new copy. */
      after: z.number().int().min(0),
      /** The shipped template that a new copy is of. */
      copiedFrom: z.string().max(60).default(''),
      // Its own reader says what is wrong in it, line by line.
      text: z.string(),
    }),
    z.object({ id: z.string(), number: z.number() }),
  ),
  async (c) => {
    hr(c);
    const { id, versionId } = c.req.valid('param');
    const body = c.req.valid('json');
    const input = { ...body, templateId: id, id: versionId };
    const { number } = await c.env.cell.store.commit((tx) => saveTemplate(tx, c.env.actor, input, c.var.at));
    return answer(c, { id, number });
  },
);

templateRoutes.openapi(
  put(
    room,
    '/templates/{id}/retirement',
    'retireTemplate',
    'Offer an own template no longer',
    z.object({ id: zId }),
    z.strictObject({}),
    z.object({ id: z.string() }),
  ),
  recording(hr, (tx, actor, _, { id }, at) => retireTemplate(tx, actor, id, at)),
);
