/** The API of pay file formats: mappings, accounts to pay from, and workers' numbers in other systems. */
import { z } from '@hono/zod-openapi';
import { employerOf } from '../employer/employer.ts';
import { requireRole } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { localeOf } from '../http/locale.ts';
import { router } from '../http/problem.ts';
import { answer, get, put } from '../http/route.ts';
import { zCivilDate, zCountry, zId, zText } from '../http/schema.ts';
import { refuse } from '../kernel/refusal.ts';
import { civilDateAt } from '../kernel/time.ts';
import { previewOf } from './file-preview.ts';
import { problemText } from './file-words.ts';
import { mappingOfForm, zMapping } from './mapping-schema.ts';
import { giveOutsideNumber } from './outside-number.ts';
import { examine } from './pay-file.ts';
import { contentOf } from './pay-file-content.ts';
import { formatOf, formatsOf, makeMapping, mappingsOf } from './pay-file-formats.ts';
import { givePayerAccount, type PayerFacts } from './payer-account.ts';

export const formatRoutes = router<CellEnv>();
const room = 'pay';
const zAny = z.looseObject({});
const zFormatId = z.string().regex(/^[a-z0-9-]{2,40}$/);

formatRoutes.openapi(
  get(room, '/pay-file-formats', 'payFileFormats', 'Formats of pay files', z.object({}), zAny),
  (c) => {
    requireRole(c, 'owner', 'hr');
    const { store, keys } = c.env.cell;
    const today = civilDateAt(c.var.at, employerOf(store.db).zone);
    const formats = formatsOf(store.db, keys, today).map(({ id, group, name, source, extension }) => ({
      id,
      group,
      name,
      source: source ?? null,
      extension,
    }));
    return answer(c, { formats, mappings: mappingsOf(store.db) });
  },
);

formatRoutes.openapi(
  put(
    room,
    '/pay-file-formats/{format}/versions/{id}',
    'makePayFileMapping',
    'Make a column mapping, or a new version of one',
    z.object({ format: zFormatId, id: zId }),
    zMapping,
    zAny,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { format, id } = c.req.valid('param');
    const { store } = c.env.cell;
    const today = civilDateAt(c.var.at, employerOf(store.db).zone);
    const mapping = mappingOfForm(c.req.valid('json'), today);
    // A new format is named by the id of its first version.
    const named = format === 'new' ? id : format;
    const made = await store.commit((tx) =>
      makeMapping(tx, c.env.actor, { id, format: named, mapping }, c.var.at),
    );
    return answer(c, made);
  },
);

formatRoutes.openapi(
  put(
    room,
    '/pay-file-previews/{id}',
    'previewPayFile',
    'What a mapping writes for the last run; nothing is kept',
    z.object({ id: zId }),
    zMapping,
    zAny,
  ),
  (c) => {
    requireRole(c, 'owner', 'hr');
    const { store, keys } = c.env.cell;
    const today = civilDateAt(c.var.at, employerOf(store.db).zone);
    const mapping = mappingOfForm(c.req.valid('json'), today);
    const { problems, ...preview } = previewOf(store.db, keys, mapping, c.var.at, today);
    const locale = localeOf(c.req.raw);
    return answer(c, {
      ...preview,
      problems: problems.map((problem) => ({ ...problem, text: problemText(problem, locale) })),
    });
  },
);

formatRoutes.openapi(
  get(
    room,
    '/pay-runs/{id}/files/{format}/problems',
    'payFileProblems',
    'What would stop a file, and what to look at',
    z.object({ id: zId, format: zFormatId }),
    zAny,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { id, format: name } = c.req.valid('param');
    const { cell } = c.env;
    const content = contentOf(cell.store.db, cell.keys, id);
    const asked = zCivilDate.safeParse(c.req.query('executeOn') ?? content.run.paysOn);
    const executeOn = asked.data ?? content.run.paysOn;
    const format = formatOf(cell.store.db, cell.keys, { format: name, executeOn }) ?? refuse('not-found');
    const found = await examine(content, format, cell, c.var.at);
    const locale = localeOf(c.req.raw);
    return answer(c, {
      ...found,
      problems: found.problems.map((problem) => ({ ...problem, text: problemText(problem, locale) })),
    });
  },
);

const zMaybe = (max: number) => zText(max).optional();
const zPayer = z.discriminatedUnion('scheme', [
  z.strictObject({
    scheme: z.literal('sepa'),
    name: zText(70),
    iban: zText(42),
    bic: zMaybe(11),
    customerId: zMaybe(35),
    street: zMaybe(70),
    building: zMaybe(16),
    postCode: zMaybe(16),
    town: zMaybe(35),
    country: zCountry.optional(),
    line1: zMaybe(70),
    line2: zMaybe(70),
    batchBooking: z.boolean().default(true),
  }),
  z.strictObject({
    scheme: z.literal('nacha'),
    destinationRouting: zText(9),
    destinationName: zText(23),
    originId: zText(10),
    companyName: zText(23),
    companyId: zText(10),
    odfiRouting: zText(9),
  }),
  z.strictObject({
    scheme: z.literal('mainland'),
    accountName: zText(60),
    accountNumber: zText(40),
    bankName: zText(60),
    agreementNumber: zMaybe(40),
  }),
]);
type PayerForm = z.infer<typeof zPayer>;

formatRoutes.openapi(
  put(
    room,
    '/payer-accounts/{id}',
    'givePayerAccount',
    'Say where the employer pays from',
    z.object({ id: zId }),
    zPayer,
    zAny,
  ),
  async (c) => {
    requireRole(c, 'owner');
    const { store, keys } = c.env.cell;
    const { id } = c.req.valid('param');
    const { scheme, ...form } = c.req.valid('json');
    const facts = factsOfForm({ scheme, ...form } as PayerForm);
    const { masked } = await store.commit((tx) =>
      givePayerAccount(tx, keys, c.env.actor, { id, scheme, facts }, c.var.at),
    );
    return answer(c, { id, scheme, masked });
  },
);

function factsOfForm(form: PayerForm): PayerFacts[typeof form.scheme] {
  if (form.scheme === 'nacha') {
    const { scheme: _, ...facts } = form;
    return facts;
  }
  if (form.scheme === 'mainland') {
    const { scheme: _, agreementNumber = '', ...facts } = form;
    return { ...facts, agreementNumber };
  }
  const { name, iban, batchBooking, bic, customerId } = form;
  return {
    name,
    iban,
    batchBooking,
    bic: bic ?? null,
    customerId: customerId ?? null,
    address: addressOfForm(form),
  };
}

/** None at all, or with a town and a country: banks refuse any other since 15 November 2026. */
function addressOfForm(form: PayerForm & { scheme: 'sepa' }) {
  const { street, building, postCode, town, country, line1, line2 } = form;
  const lines = [line1, line2].flatMap((line) => line ?? []);
  const isEmpty = [street, building, postCode, town, country].every((part) => part === undefined);
  if (isEmpty && lines.length === 0) return null;
  if (!town || !country)
    refuse('address-unstructured', {}, [{ pointer: town ? '/country' : '/town', detail: '' }]);
  return {
    street: street ?? null,
    building: building ?? null,
    postCode: postCode ?? null,
    town,
    country,
    lines,
  };
}

formatRoutes.openapi(
  put(
    room,
    '/outside-numbers/{id}',
    'giveOutsideNumber',
    'Say what another system calls a worker',
    z.object({ id: zId }),
    z.strictObject({
      workerId: zId,
      system: z.string().regex(/^[a-z][a-z0-9-]{0,20}$/),
      value: z.string().trim().max(40).default(''),
    }),
    zAny,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { id } = c.req.valid('param');
    const input = { id, ...c.req.valid('json') };
    const given = await c.env.cell.store.commit((tx) => giveOutsideNumber(tx, c.env.actor, input, c.var.at));
    return answer(c, given);
  },
);
