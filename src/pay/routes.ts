/** The API of pay runs, pay files and payslips. */
import { z } from '@hono/zod-openapi';
import type { KeyProof } from '../contract/signing-record.ts';
import { requireRole, requireWorker } from '../employer/standing.ts';
import type { CellEnv, CellRequest } from '../http/env.ts';
import { localeOf } from '../http/locale.ts';
import { router } from '../http/problem.ts';
import { answer, get, put } from '../http/route.ts';
import { zCivilDate, zDigest, zId, zText } from '../http/schema.ts';
import { attachment } from '../http/sheet.ts';
import { canonicalJson, sha256 } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Db } from '../store/commit.ts';
import { linesFrom, linesPerAnswer, runBoard, runChanges } from './board.ts';
import type { RunLine } from './calculate.ts';
import { calculate, calculationUnderWay } from './calculation.ts';
import type { PayFormat } from './files/format.ts';
import { formatRoutes } from './format-routes.ts';
import { type PayFile, payFileOf, recordDownload, writePayFile } from './pay-file.ts';
import { formatOf } from './pay-file-formats.ts';
import {
  type Calculation,
  leftOutOf,
  openRun,
  type RunApproval,
  type RunView,
  recordPayment,
  runOf,
  runsOf,
} from './pay-run.ts';
import { earnedSoFar, nextPayDay, type Payslip, payslipOf, payslipsOf, waitingPayOf } from './payslip.ts';
import { payslipPdf } from './payslip-file.ts';
import { approveRun, openApproval } from './run-approval.ts';
import { taxLedger } from './tax-ledger.ts';
import { taxRoutes } from './tax-routes.ts';
import { manifestOf, workerInputs } from './verify-run.ts';
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
    const { actor, cell } = c.env;
    const { leftOut } = c.req.valid('json');
    const calculation = await cell.store.commit((tx) =>
      calculate(tx, actor, { id: calculationId, runId: id, leftOut }, c.var.at),
    );
    if (!calculation) {
      cell.wake();
      return answer(c, {
        id: calculationId,
        runId: id,
        underWay: calculationUnderWay(cell.store.db, id) ?? null,
      });
    }
    const lines = linesFrom(cell.store.db, calculationId, 1);
    return answer(c, { ...shownCalculation(calculation), underWay: null, lines: lines.map(shownLine) });
  },
);

const zSeen = { calculationId: zId, digest: zDigest };

payRoutes.openapi(
  put(
    room,
    '/pay-runs/{id}/approval-nonces/{nonce}',
    'openPayRunApproval',
    'What I am about to approve and sign',
    z.object({ id: zId, nonce: zId }),
    z.strictObject(zSeen),
    zAny,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { id: runId, nonce } = c.req.valid('param');
    const { actor, cell } = c.env;
    if (actor.kind !== 'person') refuse('sign-in-required');
    const input = { runId, nonce, ...c.req.valid('json') };
    const said = await cell.store.commit((tx) => openApproval(tx, actor, input, c.var.at));
    const text = canonicalJson(said);
    const keys = await cell.directory.keysOf(actor.personId);
    return answer(c, {
      record: said,
      text,
      digest: sha256(text),
      rpId: cell.rpId,
      passkeys: keys.flatMap((key) =>
        key.grade === 'A' ? [{ id: key.credentialId, transports: key.transports }] : [],
      ),
      devices: keys.flatMap((key) => (key.grade === 'B' ? [key.deviceId] : [])),
    });
  },
);

const zProof = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('passkey'), response: z.looseObject({ id: z.string().max(2000) }) }),
  z.strictObject({ kind: z.literal('device'), deviceId: zId, signature: z.string().max(200) }),
]);

payRoutes.openapi(
  put(
    room,
    '/pay-runs/{id}/approval',
    'approvePayRun',
    'Approve a calculation with a signature over its digest and totals',
    zOne,
    z.strictObject({ ...zSeen, nonce: zId, proof: zProof }),
    zAny,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { actor, cell } = c.env;
    if (actor.kind !== 'person') refuse('sign-in-required');
    const { proof, ...seen } = c.req.valid('json');
    const input = { runId: c.req.valid('param').id, ...seen, proof: proof as object as KeyProof };
    return answer(c, shownApproval(await approveRun(cell, actor, input, c.var.at)));
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
  {
    ...get(room, '/pay-runs/{id}', 'payRun', 'A pay run: checks, totals, lines, files', zOne, zAny),
    request: { params: zOne, query: z.strictObject({ from: z.coerce.number().int().min(1).optional() }) },
  },
  (c) => {
    requireRole(c, 'owner', 'hr');
    const { db } = c.env.cell.store;
    const board = runBoard(db, c.req.valid('param').id, c.var.at);
    const { checks, more, stale, underWay, bySite, byCode, files } = board;
    const from = c.req.valid('query').from ?? 1;
    const lines = board.calculation ? linesFrom(db, board.calculation.id, from) : [];
    return answer(c, {
      ...shownRun(board),
      underWay: underWay ?? null,
      checks,
      more,
      stale,
      bySite,
      byCode,
      lines: lines.map(shownLine),
      nextLine: lines.length === linesPerAnswer ? from + linesPerAnswer : null,
      files: files.map((file) => ({ ...shownFile(file), downloads: file.downloads })),
    });
  },
);

payRoutes.openapi(
  {
    ...get(
      room,
      '/pay-runs/{id}/changes',
      'payRunChanges',
      'Each worker against the last approved run of the same pay period',
      zOne,
      zAny,
    ),
    request: { params: zOne, query: z.strictObject({ after: zId.optional() }) },
  },
  (c) => {
    requireRole(c, 'owner', 'hr');
    const { id } = c.req.valid('param');
    return answer(c, runChanges(c.env.cell.store.db, id, c.req.valid('query').after));
  },
);

payRoutes.openapi(
  {
    ...get(
      room,
      '/pay-runs/{id}/manifest',
      'payRunManifest',
      'What a run was made from: the digest of every worker’s inputs, or one worker’s inputs by name',
      zOne,
      zAny,
    ),
    request: { params: zOne, query: z.strictObject({ worker: zId.optional() }) },
  },
  (c) => {
    requireRole(c, 'owner', 'hr');
    const { db } = c.env.cell.store;
    const { id } = c.req.valid('param');
    const { worker } = c.req.valid('query');
    const found = worker ? { workerId: worker, inputs: workerInputs(db, id, worker) } : manifestOf(db, id);
    return answer(c, found ?? refuse('not-found'));
  },
);

payRoutes.openapi(
  {
    ...get(
      room,
      '/workers/{id}/tax-ledger',
      'taxLedger',
      'What was paid and withheld in a year, payment by payment',
      zOne,
      zAny,
    ),
    request: { params: zOne, query: z.strictObject({ year: z.string().regex(/^\d{4}$/) }) },
  },
  (c) => {
    requireRole(c, 'owner', 'hr');
    const { year } = c.req.valid('query');
    return answer(c, { year, entries: taxLedger(c.env.cell.store.db, c.req.valid('param').id, year) });
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

payRoutes.get('/me/payslips/:id/pdf', async (c) => {
  const { workerId } = requireWorker(c);
  const runId = c.req.param('id');
  const bytes = await payslipPdf(c.env.cell, workerId, runId);
  const { run } = payslipOf(c.env.cell.store.db, workerId, runId);
  const days = `${run.startsOn}-${run.endsOn}`;
  return attachment(bytes, 'application/pdf', { plain: `payslip-${days}.pdf`, full: `工资单 ${days}.pdf` });
});

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
    approval: approval ? shownApproval(approval) : null,
    payment: payment ?? null,
  };
}

/** What was signed is in the journal's row and in `verify-run`; here is who, when and how strongly. */
function shownApproval({ proof: _, record, ...approval }: RunApproval) {
  return { ...approval, record: JSON.parse(record) as object };
}

function shownCalculation({ summary: _, ...calculation }: Calculation) {
  return {
    ...calculation,
    leftOut: leftOutOf(calculation),
    notes: JSON.parse(calculation.notes ?? '[]') as string[],
  };
}

function shownFile({ format, name, part, digest, bytes, rows, amountMinor, at }: PayFile) {
  return { format, name, part, digest, bytes, rows, amountMinor, at };
}
