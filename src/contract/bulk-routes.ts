/** The API of offers from a table. */
import { z } from '@hono/zod-openapi';
import { employerOf } from '../employer/employer.ts';
import { requireRole } from '../employer/standing.ts';
import { csvTable } from '../http/csv.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { answer, get, put } from '../http/route.ts';
import { zId, zInstant } from '../http/schema.ts';
import { attachment, fileTypes } from '../http/sheet.ts';
import { importBytesMax, importRowsMax } from '../http/table-file.ts';
import { sha256 } from '../kernel/digest.ts';
import { isId } from '../kernel/id.ts';
import { refuse } from '../kernel/refusal.ts';
import {
  bulkFileOf,
  bulkOf,
  bulkProgress,
  bulkReader,
  bulkTable,
  bulkTemplate,
  type CoverOf,
  formRows,
  keepBulkFile,
  lookAtBulk,
  makeBulk,
} from './bulk-offer.ts';
import { formColumns, formRow } from './bulk-table.ts';

const room = 'contract';
const zOne = z.object({ id: zId });

export function bulkRoutes(cover: CoverOf) {
  const routes = router<CellEnv>();

  /** A table to fill in: who has no contract yet, and what the template asks. */
  routes.get('/bulk-offers/form/:template', (c) => {
    requireRole(c, 'owner', 'hr');
    const { db } = c.env.cell.store;
    const template = bulkTemplate(db, c.req.param('template'));
    const { currency } = employerOf(db);
    const rows = formRows(c.env.cell, template, c.var.at).map((row) => formRow(row, template, currency));
    return attachment(csvTable(formColumns(template), rows), fileTypes.csv, {
      plain: `offers-${template.id.slice(0, 40)}.csv`,
      full: `${template.title.zh} ${template.title.en}.csv`,
    });
  });

  routes.put('/bulk-offers/:id/files/:sha256', async (c) => {
    requireRole(c, 'owner', 'hr');
    const id = c.req.param('id');
    if (!isId(id)) refuse('not-found');
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    if (bytes.length > importBytesMax) refuse('import-too-large', { rows: importRowsMax, megabytes: 5 });
    if (sha256(bytes) !== c.req.param('sha256')) refuse('file-digest-differs');
    const name = (c.req.query('name') ?? '').replace(/[\p{Cc}\p{Cs}\p{Bidi_Control}]/gu, '').slice(0, 120);
    const upload = { id, name, template: c.req.query('template') ?? '', bytes };
    const { heads, rows } = await keepBulkFile(c.env.cell, c.env.actor, upload, c.var.at);
    return c.json({ id, heads, rows: rows.length });
  });

  routes.openapi(
    put(
      room,
      '/bulk-offers/{id}/dry-run',
      'lookAtBulk',
      'What a table would offer, row by row; writes nothing',
      zOne,
      z.strictObject({ signBy: zInstant.optional() }),
      z.looseObject({}),
    ),
    async (c) => {
      requireRole(c, 'owner', 'hr');
      const { cell } = c.env;
      const { id } = c.req.valid('param');
      const table = await bulkTable(cell, id);
      const file = bulkFileOf(cell.store.db, id) ?? refuse('not-found');
      const reader = bulkReader(cell.store.db, file, table, c.req.valid('json').signBy);
      return answer(c, await lookAtBulk(cell, reader, table, cover, c.var.at));
    },
  );

  routes.openapi(
    put(
      room,
      '/bulk-offers/{id}',
      'makeBulk',
      'Offer the contracts of a table; its rows follow in steps',
      zOne,
      z.strictObject({ signBy: zInstant.optional() }),
      z.object({ id: z.string() }),
    ),
    async (c) => {
      requireRole(c, 'owner', 'hr');
      const { cell, actor } = c.env;
      const { id } = c.req.valid('param');
      const { rows } = await bulkTable(cell, id);
      const input = { id, rows: rows.length, ...c.req.valid('json') };
      await cell.store.commit((tx) => makeBulk(tx, actor, input, c.var.at));
      cell.wake();
      return answer(c, { id });
    },
  );

  routes.openapi(
    get(room, '/bulk-offers/{id}', 'bulk', 'How far offers from a table have come', zOne, z.looseObject({})),
    (c) => {
      requireRole(c, 'owner', 'hr');
      const { db } = c.env.cell.store;
      const bulk = bulkOf(db, c.req.valid('param').id) ?? refuse('not-found');
      return answer(c, { ...bulk, ...bulkProgress(db, bulk.id) });
    },
  );
  return routes;
}
