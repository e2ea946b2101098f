/** The API of bill rates and of statements to clients. */
import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { hasRole, requireRole } from '../employer/standing.ts';
import type { CellEnv, CellRequest } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { answer, get, put } from '../http/route.ts';
import { zCivilDate, zDigest, zId } from '../http/schema.ts';
import { attachment, fileTypes } from '../http/sheet.ts';
import { minor } from '../kernel/money.ts';
import { refuse } from '../kernel/refusal.ts';
import { agreeBillRate, billRatesOf } from './bill-rate.ts';
import {
  clientOf,
  contentOf,
  draftStatement,
  type IssuedStatement,
  issuedOf,
  issueStatement,
  statementsOfClient,
} from './client-statement.ts';
import { statementPdf, statementXlsx } from './statement-file.ts';

export const billingRoutes = router<CellEnv>();
const room = 'billing';
const zOne = z.object({ id: zId });
const zAny = z.looseObject({});
/** The greatest rate an hour in minor units; more is a slip of the hand. */
const rateMax = 100_000_000;
const zRate = z.strictObject({
  roleTitle: z.string().trim().max(200).default(''),
  effectiveOn: zCivilDate,
  hourlyRateMinor: z.number().int().min(1).max(rateMax).transform(minor),
});
const zRange = z.object({ id: zId, startsOn: zCivilDate, endsOn: zCivilDate });

export const asBiller = (c: Context<CellEnv>) => requireRole(c, 'owner', 'hr');

billingRoutes.openapi(
  put(
    room,
    '/clients/{clientId}/bill-rates/{id}',
    'agreeBillRate',
    'Agree what a client pays for an hour, from a day on',
    z.object({ clientId: zId, id: zId }),
    zRate,
    z.object({ id: z.string() }),
  ),
  async (c) => {
    asBiller(c);
    const { id, clientId } = c.req.valid('param');
    const body = c.req.valid('json');
    await c.env.cell.store.commit((tx) =>
      agreeBillRate(tx, c.env.actor, { id, clientId, ...body }, c.var.at),
    );
    return answer(c, { id });
  },
);

billingRoutes.openapi(
  get(
    room,
    '/clients/{id}/statement/{startsOn}/{endsOn}',
    'draftStatement',
    'A client’s statement as it would be issued now, and who is not approved yet',
    zRange,
    zAny,
  ),
  async (c) => {
    asBiller(c);
    const { id, ...period } = c.req.valid('param');
    return answer(c, await draftStatement(c.env.cell.store.db, id, period, c.var.at));
  },
);

billingRoutes.openapi(
  get(
    room,
    '/clients/{id}/billing',
    'clientBilling',
    'Rates of a client, and statements issued to it',
    zOne,
    zAny,
  ),
  (c) => {
    asBiller(c);
    const { db } = c.env.cell.store;
    const { id } = c.req.valid('param');
    const client = clientOf(db, id) ?? refuse('not-found');
    return answer(c, { client, rates: billRatesOf(db, id), statements: statementsOfClient(db, id) });
  },
);

billingRoutes.openapi(
  put(
    room,
    '/client-statements/{id}',
    'issueStatement',
    'Issue a statement as it was shown',
    zOne,
    z.strictObject({ clientId: zId, startsOn: zCivilDate, endsOn: zCivilDate, digest: zDigest }),
    zAny,
  ),
  async (c) => {
    asBiller(c);
    const { id } = c.req.valid('param');
    return answer(c, await issueStatement(c.env.cell, c.env.actor, { id, ...c.req.valid('json') }, c.var.at));
  },
);

/** Owners, HR, and approvers of this very client; for everybody else there is nothing. */
export function readableStatement(c: CellRequest, id: string): IssuedStatement {
  const standing = requireRole(c, 'owner', 'hr', 'approver');
  const issued = issuedOf(c.env.cell.store.db, id) ?? refuse('not-found');
  const isTheirs = standing.roles.some(
    ({ role, clientId }) => role === 'approver' && clientId === issued.clientId,
  );
  if (!hasRole(standing, 'owner', 'hr') && !isTheirs) refuse('not-found');
  return issued;
}

const makers = { xlsx: statementXlsx, pdf: statementPdf };
const types = { xlsx: fileTypes.xlsx, pdf: 'application/pdf' };

billingRoutes.get('/client-statements/:id/:format{xlsx|pdf}', async (c) => {
  const issued = readableStatement(c, c.req.param('id'));
  const format = c.req.param('format') as keyof typeof makers;
  const content = await contentOf(c.env.cell, issued);
  const bytes = await makers[format]({ content, issued, renderer: c.env.cell.renderer });
  const { name } = content.client;
  return attachment(bytes, types[format], {
    plain: `statement-${issued.startsOn}-${issued.endsOn}.${format}`,
    full: `结算单 ${name} ${issued.startsOn} – ${issued.endsOn}.${format}`,
  });
});
