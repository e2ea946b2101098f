/** Downloads of punches and hours, by the API and by the console's page. */
import { createRoute, z } from '@hono/zod-openapi';
import { employerOf } from '../employer/employer.ts';
import { requireRole } from '../employer/standing.ts';
import type { CellEnv, CellRequest } from '../http/env.ts';
import { problems, router } from '../http/problem.ts';
import { zCivilDate, zId } from '../http/schema.ts';
import { attachment, fileTypes } from '../http/sheet.ts';
import { type DownloadRequest, downloadBytes, downloadRows, recordHoursDownload } from './download.ts';
import { downloadFormats, downloadKinds } from './download-columns.ts';

/** An empty field of a form says nothing. */
const optional = z.preprocess((value) => (value === '' ? undefined : value), zId.optional());
export const zDownload = z.strictObject({
  what: z.enum(downloadKinds),
  format: z.enum(downloadFormats),
  startsOn: zCivilDate,
  endsOn: zCivilDate,
  site: optional,
  worker: optional,
});
type Asked = z.infer<typeof zDownload>;

export const downloadRoutes = router<CellEnv>();
downloadRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/hours-download',
    tags: ['timesheets'],
    operationId: 'downloadHours',
    summary: 'Punches or hours of some days as CSV or XLSX; each download is written into the journal',
    request: { query: zDownload },
    responses: { 200: { description: 'The file' }, ...problems },
  }),
  (c) => answerDownload(c, c.req.valid('query')),
);

/** The caller's own sites for a supervisor; refused to everybody who may not see others' hours. */
export async function answerDownload(c: CellRequest, asked: Asked): Promise<Response> {
  const standing = requireRole(c, 'owner', 'hr', 'supervisor');
  const { store } = c.env.cell;
  const { what, format, startsOn, endsOn } = asked;
  const request: DownloadRequest = {
    what,
    format,
    range: { startsOn, endsOn },
    siteId: asked.site,
    workerId: asked.worker,
  };
  const rows = await downloadRows(store.db, standing, request, c.var.at);
  const bytes = await downloadBytes(what, format, rows);
  await store.commit((tx) => recordHoursDownload(tx, c.env.actor, request, bytes, rows.length, c.var.at));
  const days = `${startsOn}_${endsOn}`;
  return attachment(bytes, fileTypes[format], {
    plain: `${what}-${days}.${format}`,
    full: `${employerOf(store.db).name} ${what} ${days}.${format}`,
  });
}
