/** The API of pay runs, pay files and payslips. */
import { z } from '@hono/zod-openapi';
import { requireRole, requireWorker } from '../employer/standing.ts';
import type { CellEnv, CellRequest } from '../http/env.ts';
import { localeOf } from '../http/locale.ts';
import { router } from '../http/problem.ts';
import { answer, get, put } from '../http/route.ts';
import { zCivilDate, zDigest, zId, zText } from '../http/schema.ts';
import { attachment } from '../http/sheet.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Db } from '../store/commit.ts';
import { runBoard } from './board.ts';
import type { RunLine } from './calculate.ts';
import type { PayFormat } from './files/format.ts';
import { formatRoutes } from './format-routes.ts';
import { type PayFile, payFileOf, recordDownload, writePayFile } from './pay-file.ts';
import { formatOf } from './pay-file-formats.ts';
import {
  approveRun,
  type Calculation,
  calculate,
  leftOutOf,
  linesOf,
  openRun,
  type RunView,
  recordPayment,
  runOf,
  runsOf,
} from './pay-run.ts';
import { earnedSoFar, nextPayDay, type Payslip, payslipOf, payslipsOf, waitingPayOf } from './payslip.ts';
import { taxRoutes } from './tax-routes.ts';
import { explain, shortRun, whyOf } from './why.ts';

export const payRoutes = router<CellEnv>();
for (const ours of [formatRoutes, taxRoutes]) payRoutes.route('/', ours);
const room = 'pay';
const zOne = z.object({ id: zId });
const zAny = z.looseObject({});
const zRun = z.strictObject({
  payPeriod: z.enum(['weekly', 'semi-monthly', 'monthly']),
  startsOn: zCivilDate,
  endsOn: zCivilDate,
  paysOn: zCivilDate,
  note: zText(500).optional(),
});
const zFormat = z.object({ id: zId, format: z.string().regex(/^[a-z0-9-]{2,40}$/) });
const zLine = z.object({ id: zId, line: z.coerce.number().int().min(1) });

payRoutes.openapi(
  put(room, '/pay-runs/{id}', 'openPayRun', 'Open a pay run over a period', zOne, zRun, zAny),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { id } = c.req.valid('param');
    const { note = '', ...body } = c.req.valid('json');
    const run = await c.env.cell.store.commit((tx) =>
      openRun(tx, c.env.actor, { id, note, ...body }, c.var.at),
    );
    return answer(c, run);
  },
);

payRoutes.openapi(
  put(
    room,
    '/pay-runs/{id}/calculations/{calculationId}',
    'calculatePayRun',
    'Calculate from the facts as they are now',
    z.object({ id: zId, calculationId: zId }),
    z.strictObject({
      leftOut: z
        .array(z.strictObject({ engagementId: zId, reason: zText(300) }))
        .max(500)
        .default([]),
    }),
    zAny,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { id, calculationId } = c.req.valid('param');
    const { actor } = c.env;
    const { leftOut } = c.req.valid('json');
    const calculation = await c.env.cell.store.commit((tx) =>
      calculate(tx, actor, { id: calculationId, runId: id, leftOut }, c.var.at),
    );
    return answer(c, {
      ...shownCalculation(calculation),
      lines: linesOf(c.env.cell.store.db, calculationId).map(shownLine),
    });
  },
);

payRoutes.openapi(
  put(
    room,
    '/pay-runs/{id}/approval',
    'approvePayRun',
    'Approve a calculation',
    zOne,
    z.strictObject({ calculationId: zId, digest: zDigest }),
    zAny,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const input = { runId: c.req.valid('param').id, ...c.req.valid('json') };
    const approval = await c.env.cell.store.commit((tx) => approveRun(tx, c.env.actor, input, c.var.at));
    c.env.cell.wake();
    return answer(c, approval);
  },
);

payRoutes.openapi(
  put(
    room,
    '/pay-runs/{id}/payment',
    'recordPayRunPayment',
    'The bank has paid this run',
    zOne,
    z.strictObject({ paidOn: zCivilDate }),
    zAny,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const input = { id: c.req.valid('param').id, ...c.req.valid('json') };
    const payment = await c.env.cell.store.commit((tx) => recordPayment(tx, c.env.actor, input, c.var.at));
    return answer(c, payment);
  },
);

payRoutes.openapi(
  get(room, '/pay-runs', 'payRuns', 'Pay runs, newest period first', z.object({}), zAny),
  (c) => {
    requireRole(c, 'owner', 'hr');
    return answer(c, { payRuns: runsOf(c.env.cell.store.db).map(shownRun) });
  },
);

payRoutes.openapi(
  get(room, '/pay-runs/{id}', 'payRun', 'A pay run: checks, totals, lines, files', zOne, zAny),
  (c) => {
    requireRole(c, 'owner', 'hr');
    const board = runBoard(c.env.cell.store.db, c.req.valid('param').id, c.var.at);
    const { checks, stale, lines, files } = board;
    return answer(c, {
      ...shownRun(board),
      checks,
      stale,
      lines: lines.map(shownLine),
      files: files.map((file) => ({ ...shownFile(file), downloads: file.downloads })),
    });
  },
);

payRoutes.openapi(
  get(room, '/pay-runs/{id}/lines/{line}/why', 'whyPayLine', 'Why a line is what it is', zLine, zAny),
  (c) => {
    requireRole(c, 'owner', 'hr');
    const { id, line } = c.req.valid('param');
    return answer(c, whyOf(c.env.cell.store.db, id, line, localeOf(c.req.raw)));
  },
);

payRoutes.openapi(
  put(
    room,
    '/pay-runs/{id}/files/{format}',
    'writePayFile',
    'Write the pay file, once from the same facts',
    zFormat,
    z.strictObject({ executeOn: zCivilDate.optional() }),
    zAny,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { id: runId, format } = c.req.valid('param');
    const { executeOn } = c.req.valid('json');
    const choice = { runId, format, ...(executeOn ? { executeOn } : {}) };
    const parts = await writePayFile(c.env.cell, c.env.actor, choice, c.var.at);
    return answer(c, { ...shownFile(parts[0] as PayFile), parts: parts.map(shownFile) });
  },
);

payRoutes.get('/pay-runs/:id/files/:format', async (c) => {
  requireRole(c, 'owner', 'hr');
  const { db } = c.env.cell.store;
  const [runId, format] = [c.req.param('id'), c.req.param('format')];
  const file = payFileOf(db, runId, format, {
    part: Number(c.req.query('part') ?? '1'),
    id: c.req.query('id'),
  });
  const known = file && formatOf(db, c.env.cell.keys, { format, executeOn: runOf(db, runId).paysOn });
  if (!known) refuse('not-found');
  return downloadOf(c, file, known);
});

async function downloadOf(
  c: CellRequest,
  file: PayFile,
  { mediaType, extension }: Pick<PayFormat, 'mediaType' | 'extension'>,
): Promise<Response> {
  const bytes = await c.env.cell.files.get(file.fileId);
  if (!bytes) refuse('not-found');
  await c.env.cell.store.commit((tx) => recordDownload(tx, c.env.actor, file.id, c.var.at));
  const part = file.parts > 1 ? `-${file.part}` : '';
  const plain = `pay-run-${shortRun(file.runId)}${part}.${extension}`;
  return attachment(bytes, mediaType, { plain, full: file.name });
}

payRoutes.openapi(
  get(
    room,
    '/me/payslips',
    'myPayslips',
    'My payslips, for good, and what I have earned since',
    z.object({}),
    zAny,
  ),
  (c) => {
    const { workerId } = requireWorker(c);
    const { db } = c.env.cell.store;
    const soFar = { earned: earnedSoFar(db, workerId, c.var.at), nextPayDay: nextPayDay(db, c.var.at) };
    const waiting = waitingPayOf(db, workerId);
    return answer(c, { payslips: payslipsOf(db, workerId).map(shownSlip), waiting, ...soFar });
  },
);

payRoutes.openapi(
  get(room, '/me/payslips/{id}', 'myPayslip', 'A payslip with the reason of each line', zOne, zAny),
  (c) => {
    const { workerId } = requireWorker(c);
    const { db } = c.env.cell.store;
    return answer(
      c,
      explainedSlip(db, payslipOf(db, workerId, c.req.valid('param').id), localeOf(c.req.raw)),
    );
  },
);

function explainedSlip(db: Db, slip: Payslip, locale: ReturnType<typeof localeOf>) {
  return {
    ...shownSlip(slip),
    lines: slip.lines.map((line) => ({ ...shownLine(line), why: explain(db, line, locale) })),
  };
}

function shownSlip({ run, approval, currency, lines, grossMinor, withheldMinor, netMinor }: Payslip) {
  const { id: runId, startsOn, endsOn, paysOn } = run;
  const { at: approvedAt, fourEyes } = approval;
  return {
    runId,
    startsOn,
    endsOn,
    paysOn,
    approvedAt,
    fourEyes,
    currency,
    grossMinor,
    withheldMinor,
    netMinor,
    lines: lines.map(shownLine),
  };
}

function shownLine({ facts: _, ...line }: RunLine) {
  return line;
}

function shownRun({ run, calculation, approval, payment }: RunView) {
  return {
    ...run,
    calculation: calculation ? shownCalculation(calculation) : null,
    approval: approval ?? null,
    payment: payment ?? null,
  };
}

function shownCalculation(calculation: Calculation) {
  return { ...calculation, leftOut: leftOutOf(calculation) };
}

function shownFile({ format, name, part, digest, bytes, rows, amountMinor, at }: PayFile) {
  return { format, name, part, digest, bytes, rows, amountMinor, at };
}
