/** The API of the sheets for the tax authority. */
import { z } from '@hono/zod-openapi';
import { requireRole } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { answer, put } from '../http/route.ts';
import { attachment, fileTypes } from '../http/sheet.ts';
import { refuse } from '../kernel/refusal.ts';
import { taxSheetKinds } from './files/tax-client.ts';
import { recordDownload } from './pay-file.ts';
import { taxFileOf, writeTaxFile } from './tax-file.ts';

export const taxRoutes = router<CellEnv>();

taxRoutes.openapi(
  put(
    'pay',
    '/tax-files/{period}/{kind}',
    'writeTaxFile',
    'Write a sheet for the tax client, or the report of a platform, over a month or a quarter of payment',
    z.object({ period: z.string().max(7), kind: z.enum(taxSheetKinds) }),
    z.strictObject({}),
    z.looseObject({}),
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { fileId: _, ...file } = await writeTaxFile(
      c.env.cell,
      c.env.actor,
      c.req.valid('param'),
      c.var.at,
    );
    return answer(c, file);
  },
);

taxRoutes.get('/tax-files/:id', async (c) => {
  requireRole(c, 'owner', 'hr');
  const { cell, actor } = c.env;
  const file = taxFileOf(cell.store.db, c.req.param('id'));
  const bytes = (await cell.files.get(file.fileId)) ?? refuse('not-found');
  await cell.store.commit((tx) => recordDownload(tx, actor, file.id, c.var.at));
  const names = { plain: `${file.kind}-${file.period}.xlsx`, full: file.name };
  return attachment(bytes, fileTypes.xlsx, names);
});
