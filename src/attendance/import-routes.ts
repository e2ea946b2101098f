/** The API of imports. */
import { z } from '@hono/zod-openapi';
import { requireRole } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { answer, get, put } from '../http/route.ts';
import { zId, zText } from '../http/schema.ts';
import { importBytesMax, importRowsMax } from '../http/table-file.ts';
import { sha256 } from '../kernel/digest.ts';
import { isId } from '../kernel/id.ts';
import { refuse } from '../kernel/refusal.ts';
import {
  dryRun,
  importTable,
  importView,
  keepImportFile,
  makeImport,
  problemsOf,
  undoImport,
} from './import.ts';
import { guessMapping, zImportMapping } from './import-mapping.ts';

export const importRoutes = router<CellEnv>();
const room = 'imports';
const zOne = z.object({ id: zId });
const zDone = z.object({ id: z.string() });
const zAny = z.looseObject({});

/** The table's bytes, as they are; answers its heads and which column seems to say what. */
importRoutes.put('/punch-imports/:id/files/:sha256', async (c) => {
  requireRole(c, 'owner', 'hr');
  const id = c.req.param('id');
  if (!isId(id)) refuse('not-found');
  const bytes = new Uint8Array(await c.req.arrayBuffer());
  if (bytes.length > importBytesMax) refuse('import-too-large', { rows: importRowsMax, megabytes: 5 });
  if (sha256(bytes) !== c.req.param('sha256')) refuse('file-digest-differs');
  const name = (c.req.query('name') ?? '').replace(/[\p{Cc}\p{Cs}\p{Bidi_Control}]/gu, '').slice(0, 120);
  const table = await keepImportFile(c.env.cell, c.env.actor, { id, name, bytes }, c.var.at);
  const { encoding, heads, rows } = table;
  return c.json({ id, encoding, heads, rows: rows.length, mapping: guessMapping(table) });
});

importRoutes.openapi(
  put(
    room,
    '/punch-imports/{id}/dry-run',
    'dryRunImport',
    'What an import would do; writes nothing',
    zOne,
    z.strictObject({ mapping: zImportMapping }),
    zAny,
  ),
  async (c) => {
    const { personId } = requireRole(c, 'owner', 'hr');
    const table = await importTable(c.env.cell, c.req.valid('param').id);
    return answer(c, await dryRun(c.env.cell, table, c.req.valid('json').mapping, personId, c.var.at));
  },
);

importRoutes.openapi(
  put(
    room,
    '/punch-imports/{id}',
    'makeImport',
    'Import the uploaded table; its rows follow in steps',
    zOne,
    z.strictObject({ mapping: zImportMapping, note: zText(200) }),
    zDone,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { cell, actor } = c.env;
    const { id } = c.req.valid('param');
    const { rows } = await importTable(cell, id);
    const body = c.req.valid('json');
    await cell.store.commit((tx) => makeImport(tx, actor, { id, rows: rows.length, ...body }, c.var.at));
    cell.wake();
    return answer(c, { id });
  },
);

importRoutes.openapi(
  get(room, '/punch-imports/{id}', 'import', 'How far an import has come, and what it left out', zOne, zAny),
  (c) => {
    requireRole(c, 'owner', 'hr');
    const { db } = c.env.cell.store;
    const { id } = c.req.valid('param');
    return answer(c, { ...importView(db, id), problems: problemsOf(db, id) });
  },
);

importRoutes.openapi(
  put(
    room,
    '/punch-imports/{id}/undo',
    'undoImport',
    'Void all punches of an import',
    zOne,
    z.strictObject({ reason: zText(500) }),
    zDone,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { cell, actor } = c.env;
    const { id } = c.req.valid('param');
    const { reason } = c.req.valid('json');
    await cell.store.commit((tx) => undoImport(tx, actor, { id, reason }, c.var.at));
    cell.wake();
    return answer(c, { id });
  },
);
