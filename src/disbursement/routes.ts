/** The API of payments: what became of each, what a person says of it, the next try, and answers of banks. */
import { z } from '@hono/zod-openapi';
import { requireRole, requireWorker } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { localeOf } from '../http/locale.ts';
import { router } from '../http/problem.ts';
import { answer, get, put } from '../http/route.ts';
import { zId, zText } from '../http/schema.ts';
import { attachment, fileTypes } from '../http/sheet.ts';
import { importBytesMax, importRowsMax } from '../http/table-file.ts';
import { sha256 } from '../kernel/digest.ts';
import { idOf, isId } from '../kernel/id.ts';
import { type Locale, refuse } from '../kernel/refusal.ts';
import { runOf } from '../pay/pay-run.ts';
import {
  answerImportOf,
  answerOf,
  importAnswer,
  keepAnswerFile,
  linesUnder,
  type MatchedLine,
  matchAnswer,
} from './answer-import.ts';
import { paymentBoard } from './board.ts';
import { type OpenListFormat, openList, openListFormats } from './open-list.ts';
import { type PaymentView, paymentsOfWorker, paymentView, reissuePayment } from './payment.ts';
import { explainReason } from './reason.ts';
import { releaseRunNow } from './release.ts';
import { statementKinds, statePayment } from './statement.ts';
import { zAnswerMapping } from './table-answer.ts';

export const disbursementRoutes = router<CellEnv>();
const room = 'disbursement';
const zOne = z.object({ id: zId });
const zAny = z.looseObject({});

disbursementRoutes.openapi(
  get(
    room,
    '/pay-runs/{id}/payments',
    'runPayments',
    'The payments of a run and what became of them',
    zOne,
    zAny,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { db } = c.env.cell.store;
    const { id } = c.req.valid('param');
    runOf(db, id);
    const { rows, ...board } = paymentBoard(db, id);
    const locale = localeOf(c.req.raw);
    return answer(c, {
      ...board,
      payments: rows.map((row) => ({ ...shownPayment(row, locale), workerName: row.name })),
    });
  },
);

disbursementRoutes.openapi(
  put(
    room,
    '/pay-runs/{id}/release',
    'releaseRun',
    'Make the payments of an approved run now; they are made soon after the approval anyway',
    zOne,
    z.strictObject({}),
    zAny,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { id } = c.req.valid('param');
    await releaseRunNow(c.env.cell.store, id, c.var.at);
    const { counts } = paymentBoard(c.env.cell.store.db, id);
    return answer(c, { id, counts });
  },
);

const zStatement = z.strictObject({
  paymentIds: z.array(zId).min(1).max(200),
  kind: z.enum(statementKinds),
  reason: zText(500),
});

disbursementRoutes.openapi(
  put(
    room,
    '/payment-statements/{id}',
    'statePayments',
    'Say of payments what a bank told you',
    zOne,
    zStatement,
    zAny,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { paymentIds, kind, reason } = c.req.valid('json');
    const views = await c.env.cell.store.commit((tx) =>
      [...new Set(paymentIds)].map((paymentId) =>
        statePayment(tx, c.env.actor, { paymentId, kind, reason }, c.var.at),
      ),
    );
    if (kind === 'cancelled') c.env.cell.wake();
    const locale = localeOf(c.req.raw);
    return answer(c, { payments: views.map((view) => shownPayment(view, locale)) });
  },
);

disbursementRoutes.openapi(
  put(
    room,
    '/pay-runs/{id}/reissues/{reissueId}',
    'reissuePayments',
    'Pay again what was rejected, cancelled or came back, under new ids',
    z.object({ id: zId, reissueId: zId }),
    z.strictObject({ paymentIds: z.array(zId).min(1).max(200) }),
    zAny,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { id: runId, reissueId } = c.req.valid('param');
    const { paymentIds } = c.req.valid('json');
    const made = await c.env.cell.store.commit((tx) =>
      [...new Set(paymentIds)].map((paymentId) => {
        if (paymentView(tx, paymentId).payment.runId !== runId) refuse('not-found');
        return reissuePayment(
          tx,
          c.env.actor,
          { id: idOf(`reissue ${reissueId} ${paymentId}`), paymentId },
          c.var.at,
        );
      }),
    );
    c.env.cell.wake();
    return answer(c, { id: reissueId, payments: made.map(({ accountId: _, ...shown }) => shown) });
  },
);

/** Open payments as a list for the bank's own form: what a run's files have no room for, such as second tries. */
disbursementRoutes.get('/pay-runs/:id/open-payments/:format', async (c) => {
  requireRole(c, 'owner', 'hr');
  const format = openListFormats.find((one): one is OpenListFormat => one === c.req.param('format'));
  if (!format) refuse('not-found');
  const { id } = runOf(c.env.cell.store.db, c.req.param('id'));
  const bytes = await openList(c.env.cell, c.env.actor, id, format, c.var.at);
  const plain = `open-payments-${id.slice(0, 8)}.${format}`;
  return attachment(bytes, fileTypes[format], { plain, full: plain });
});

disbursementRoutes.put('/payment-answers/:id/files/:sha256', async (c) => {
  requireRole(c, 'owner', 'hr');
  const id = c.req.param('id');
  if (!isId(id)) refuse('not-found');
  const bytes = new Uint8Array(await c.req.arrayBuffer());
  if (bytes.length > importBytesMax) refuse('import-too-large', { rows: importRowsMax, megabytes: 5 });
  if (sha256(bytes) !== c.req.param('sha256')) refuse('file-digest-differs');
  const name = (c.req.query('name') ?? '').replace(/[\p{Cc}\p{Cs}\p{Bidi_Control}]/gu, '').slice(0, 120);
  const read = await keepAnswerFile(c.env.cell, c.env.actor, { id, name, bytes }, c.var.at);
  return c.json(
    read.format === 'table'
      ? {
          id,
          format: read.format,
          heads: read.table.heads,
          rows: read.table.rows.length,
          mapping: read.mapping,
        }
      : { id, format: read.format, rows: read.lines.length },
  );
});

const zMapped = z.strictObject({ mapping: zAnswerMapping.optional() });

disbursementRoutes.openapi(
  put(
    room,
    '/payment-answers/{id}/dry-run',
    'dryRunAnswer',
    'What a bank’s answer would change; writes nothing',
    zOne,
    zMapped,
    zAny,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const read = await answerOf(c.env.cell, c.req.valid('param').id);
    const lines = linesUnder(c.env.cell.store.db, read, c.req.valid('json').mapping);
    return answer(c, shownMatch(await matchAnswer(c.env.cell, lines)));
  },
);

disbursementRoutes.openapi(
  put(room, '/payment-answers/{id}', 'importAnswer', 'Import a bank’s answer', zOne, zMapped, zAny),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { id } = c.req.valid('param');
    const { mapping } = c.req.valid('json');
    const input = { id, ...(mapping ? { mapping } : {}) };
    const matched = await importAnswer(c.env.cell, c.env.actor, input, c.var.at);
    return answer(c, { id, ...shownMatch(matched) });
  },
);

disbursementRoutes.openapi(
  get(room, '/payment-answers/{id}', 'paymentAnswer', 'An imported answer', zOne, zAny),
  (c) => {
    requireRole(c, 'owner', 'hr');
    return answer(c, answerImportOf(c.env.cell.store.db, c.req.valid('param').id) ?? refuse('not-found'));
  },
);

disbursementRoutes.openapi(
  get(room, '/me/payments', 'myPayments', 'My payments and what became of them', z.object({}), zAny),
  (c) => {
    const { workerId } = requireWorker(c);
    const locale = localeOf(c.req.raw);
    const mine = paymentsOfWorker(c.env.cell.store.db, workerId);
    return answer(c, { payments: mine.map((view) => shownPayment(view, locale)) });
  },
);

function shownPayment({ payment, state, telling }: PaymentView, locale: Locale) {
  const { accountId: _, by: __, ...shown } = payment;
  const why = telling && state !== 'paid' ? explainReason(telling.code, telling.reason, locale) : undefined;
  return {
    ...shown,
    state,
    saidAt: telling?.at ?? null,
    code: telling?.code ?? null,
    ...(why ? { why } : {}),
  };
}

const shownMax = 500;

function shownMatch(matched: readonly MatchedLine[]) {
  const counts: Record<string, number> = {};
  for (const { verdict } of matched) counts[verdict] = (counts[verdict] ?? 0) + 1;
  const lines = matched.slice(0, shownMax).map(({ line, verdict, payment, before, after }) => ({
    line: line.line,
    name: line.name ?? null,
    kind: line.kind,
    code: line.code ?? null,
    reason: line.reason ?? null,
    amountMinor: line.amountMinor ?? null,
    verdict,
    paymentId: payment?.id ?? null,
    before: before ?? null,
    after: after ?? null,
  }));
  return { counts, lines };
}
