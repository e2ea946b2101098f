/** The employer's API: itself, members, invitations, files. */
import { z } from '@hono/zod-openapi';
import { memberRole } from '../../db/cell.ts';
import type { CellEnv, CellRequest } from '../http/env.ts';
import { say } from '../http/locale.ts';
import { router } from '../http/problem.ts';
import { answer, get, put } from '../http/route.ts';
import { zCountry, zDigest, zId, zInstant, zText, zZone } from '../http/schema.ts';
import type { Actor } from '../kernel/actor.ts';
import { sha256 } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import { signingKeyOf } from '../kernel/signing.ts';
import {
  employerOf,
  employerState,
  giveLicence,
  makeSetting,
  registerEmployer,
  reviewEmployer,
  settingNames,
  settingValues,
} from './employer.ts';
import { fileKindOf } from './file-kind.ts';
import {
  admitWorker,
  invitationByToken,
  invitationToken,
  invitationUrl,
  makeInvitation,
  outcomeFor,
  refuseAdmission,
  revokeInvitation,
  useInvitation,
  waitsHere,
} from './invitation.ts';
import { grantRole, revokeRole } from './member.ts';
import { isOfHere, requirePerson, requireRole } from './standing.ts';

export const employerRoutes = router<CellEnv>();
const room = 'employer';
const zDone = z.object({ id: z.string() });
const zRole = z.strictObject({ role: z.enum(memberRole), siteId: zId.optional(), clientId: zId.optional() });
const zReason = zText(500);
const currencies = new Set(Intl.supportedValuesOf('currency'));

function requireSignedIn(c: CellRequest): Actor & { kind: 'person' } {
  return c.env.actor.kind === 'person' ? c.env.actor : refuse('sign-in-required');
}

export const zEmployer = z.strictObject({
  name: zText(),
  country: zCountry,
  registrationCode: zText(40),
  address: zText(300),
  representative: zText(100),
  payerKind: z.enum(['ordinary', 'platform']),
  currency: z
    .string()
    .refine((code) => currencies.has(code), say('Not a currency code such as CNY.', '货币代码应如 CNY。')),
  zone: zZone,
  ownerName: zText(100),
});

employerRoutes.openapi(
  put(
    room,
    '/',
    'registerEmployerHere',
    'Register the employer of this cell',
    z.object({}),
    zEmployer,
    zDone,
  ),
  async (c) => {
    const actor = requireSignedIn(c);
    const { cell } = c.env;
    const body = c.req.valid('json');
    const employer = await cell.store.commit((tx) => registerEmployer(tx, cell.org, actor, body, c.var.at));
    cell.wake();
    return answer(c, { id: employer.id });
  },
);

employerRoutes.openapi(
  get(room, '/standing', 'standing', 'Who I am here', z.object({}), z.looseObject({})),
  (c) => {
    const standing = requirePerson(c);
    if (!isOfHere(standing)) refuse('not-found');
    const employer = employerOf(c.env.cell.store.db);
    return answer(c, {
      ...standing,
      employerName: employer.name,
      verified: employerState(c.env.cell.store.db).verified,
    });
  },
);

employerRoutes.openapi(
  get(room, '/keys', 'keys', 'The public key of receipts and work cards', z.object({}), z.looseObject({})),
  (c) => answer(c, { keys: [signingKeyOf(c.env.cell.keys.signing).publicJwk] }),
);

employerRoutes.openapi(
  put(
    room,
    '/licences/{id}',
    'giveLicence',
    'Hand in the business licence',
    z.object({ id: zId }),
    z.strictObject({ fileId: zDigest }),
    zDone,
  ),
  async (c) => {
    requireRole(c, 'owner');
    const { cell, actor } = c.env;
    const { id } = c.req.valid('param');
    const { fileId } = c.req.valid('json');
    if (!(await cell.files.get(fileId))) refuse('not-found');
    await cell.store.commit((tx) => giveLicence(tx, actor, { id, fileId }, c.var.at));
    cell.wake();
    return answer(c, { id });
  },
);

employerRoutes.openapi(
  put(
    room,
    '/reviews/{id}',
    'reviewEmployer',
    'Accept or refuse the licence (operator)',
    z.object({ id: zId }),
    z.strictObject({ licenceId: zId, decision: z.enum(['accepted', 'refused']), reason: zReason }),
    zDone,
  ),
  async (c) => {
    const { cell, actor } = c.env;
    if (actor.kind !== 'operator') refuse('not-found');
    const { id } = c.req.valid('param');
    const body = c.req.valid('json');
    await cell.store.commit((tx) => reviewEmployer(tx, actor, { id, ...body }, c.var.at));
    cell.wake();
    return answer(c, { id });
  },
);

employerRoutes.openapi(
  get(
    room,
    '/licence',
    'licence',
    'The employer, its newest licence, and what was said of it (owner, operator)',
    z.object({}),
    z.looseObject({}),
  ),
  async (c) => {
    if (c.env.actor.kind !== 'operator') requireRole(c, 'owner');
    const { store, files } = c.env.cell;
    const { verified, licence, review } = employerState(store.db);
    const bytes = licence && (await files.get(licence.fileId));
    const kind = bytes && fileKindOf(bytes);
    return answer(c, { employer: employerOf(store.db), verified, licence, review, kind });
  },
);

/** The bytes of the newest licence, a picture or a PDF. */
employerRoutes.get('/licence/document', async (c) => {
  if (c.env.actor.kind !== 'operator') requireRole(c, 'owner');
  const { licence } = employerState(c.env.cell.store.db);
  const bytes = licence && (await c.env.cell.files.get(licence.fileId));
  if (!bytes) refuse('not-found');
  return c.body(bytes, 200, {
    'content-type': fileKindOf(bytes) ?? 'application/octet-stream',
    'cache-control': 'private, no-store',
  });
});

employerRoutes.openapi(
  put(
    room,
    '/settings/{id}',
    'makeSetting',
    'Change a setting, with a reason',
    z.object({ id: zId }),
    z
      .strictObject({ name: z.enum(settingNames), value: zText(20), reason: zReason })
      .refine(({ name, value }) => (settingValues[name] as readonly string[]).includes(value), {
        path: ['value'],
        message: say('This setting has no such value.', '该设置没有此选项。'),
      }),
    zDone,
  ),
  async (c) => {
    requireRole(c, 'owner');
    const { id } = c.req.valid('param');
    const body = c.req.valid('json');
    await c.env.cell.store.commit((tx) => makeSetting(tx, c.env.actor, { id, ...body }, c.var.at));
    return answer(c, { id });
  },
);

const zInvitation = z.strictObject({
  kind: z.enum(['worker', 'member']),
  label: zText(),
  cap: z.number().int().min(1).max(5000).default(1),
  expiresAt: zInstant,
  approvalRequired: z.boolean().default(false),
  roles: z.array(zRole).max(20).default([]),
});

employerRoutes.openapi(
  put(
    room,
    '/invitations/{id}',
    'makeInvitation',
    'Make a link and QR code',
    z.object({ id: zId }),
    zInvitation,
    z.object({ id: z.string(), token: z.string(), url: z.string() }),
  ),
  async (c) => {
    const body = c.req.valid('json');
    const { id } = c.req.valid('param');
    // HR invites workers; whoever may run the place is for an owner to say.
    if (body.kind === 'member') requireRole(c, 'owner');
    else requireRole(c, 'owner', 'hr');
    const { cell, actor } = c.env;
    await cell.store.commit((tx) => makeInvitation(tx, cell.keys.index, actor, { id, ...body }, c.var.at));
    return answer(c, { id, token: invitationToken(cell.keys.index, id), url: invitationUrl(cell, id) });
  },
);

employerRoutes.openapi(
  put(
    room,
    '/invitations/{id}/revocation',
    'revokeInvitation',
    'Close a link',
    z.object({ id: zId }),
    z.strictObject({}),
    zDone,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { id } = c.req.valid('param');
    await c.env.cell.store.commit((tx) => revokeInvitation(tx, c.env.actor, id, c.var.at));
    return answer(c, { id });
  },
);

const zToken = z.string().min(20).max(100);

employerRoutes.openapi(
  get(
    room,
    '/invitations/by-token/{token}',
    'invitation',
    'What a link is for (anybody who has it), and what became of my use of it',
    z.object({ token: zToken }),
    z.looseObject({}),
  ),
  (c) => {
    const { cell, actor } = c.env;
    const { db } = cell.store;
    const state = invitationByToken(db, c.req.valid('param').token, c.var.at);
    if (!state) refuse('not-found');
    const { invitation, why } = state;
    return answer(c, {
      kind: invitation.kind,
      label: invitation.label,
      approvalRequired: invitation.approvalRequired,
      open: why === undefined,
      why,
      ...(actor.kind === 'person' ? { mine: outcomeFor(db, invitation, actor.personId) } : {}),
      employerName: employerOf(db).name,
      verified: employerState(db).verified,
    });
  },
);

employerRoutes.openapi(
  put(
    room,
    '/invitations/by-token/{token}/uses/{useId}',
    'useInvitation',
    'Accept an invitation',
    z.object({ token: zToken, useId: zId }),
    z.strictObject({ displayName: zText(100) }),
    z.object({
      standing: z.enum(['worker', 'member', 'waiting', 'refused']),
      workerId: z.string().optional(),
      reason: z.string().optional(),
    }),
  ),
  async (c) => {
    const actor = requireSignedIn(c);
    const { cell } = c.env;
    const { token, useId } = c.req.valid('param');
    const { displayName } = c.req.valid('json');
    const outcome = await cell.store.commit((tx) =>
      useInvitation(tx, actor, { id: useId, token, displayName }, c.var.at),
    );
    cell.wake();
    return answer(c, outcome);
  },
);

employerRoutes.openapi(
  put(
    room,
    '/admissions/{useId}',
    'admitWorker',
    'Admit somebody who waits',
    z.object({ useId: zId }),
    z.strictObject({}),
    z.object({ workerId: z.string() }),
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { cell, actor } = c.env;
    const { useId } = c.req.valid('param');
    const admitted = await cell.store.commit((tx) => admitWorker(tx, actor, useId, c.var.at));
    cell.wake();
    return answer(c, admitted);
  },
);

employerRoutes.openapi(
  put(
    room,
    '/admissions/{useId}/refusal',
    'refuseAdmission',
    'Refuse somebody who waits',
    z.object({ useId: zId }),
    z.strictObject({ reason: zReason }),
    zDone,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { useId } = c.req.valid('param');
    const { reason } = c.req.valid('json');
    await c.env.cell.store.commit((tx) => refuseAdmission(tx, c.env.actor, { id: useId, reason }, c.var.at));
    return answer(c, { id: useId });
  },
);

employerRoutes.openapi(
  put(
    room,
    '/members/{memberId}/grants/{id}',
    'grantRole',
    'Give a member a role',
    z.object({ memberId: zId, id: zId }),
    zRole,
    zDone,
  ),
  async (c) => {
    requireRole(c, 'owner');
    const { memberId, id } = c.req.valid('param');
    const body = c.req.valid('json');
    await c.env.cell.store.commit((tx) => grantRole(tx, c.env.actor, { id, memberId, ...body }, c.var.at));
    c.env.cell.wake();
    return answer(c, { id });
  },
);

employerRoutes.openapi(
  put(
    room,
    '/grants/{id}/revocation',
    'revokeRole',
    'Take a role back',
    z.object({ id: zId }),
    z.strictObject({ reason: zReason }),
    zDone,
  ),
  async (c) => {
    requireRole(c, 'owner');
    const { id } = c.req.valid('param');
    const { reason } = c.req.valid('json');
    await c.env.cell.store.commit((tx) => revokeRole(tx, c.env.actor, { id, reason }, c.var.at));
    c.env.cell.wake();
    return answer(c, { id });
  },
);

const fileBytesMax = 10 * 1024 * 1024;

/** From people of here, and from who waits to be one: nobody else fills this employer's store. */
employerRoutes.put('/files/:sha256', async (c) => {
  const standing = requirePerson(c);
  if (!isOfHere(standing) && !waitsHere(c.env.cell.store.db, standing.personId)) refuse('not-found');
  const bytes = new Uint8Array(await c.req.arrayBuffer());
  if (bytes.length > fileBytesMax) refuse('body-too-large', { limit: fileBytesMax });
  if (sha256(bytes) !== c.req.param('sha256')) refuse('file-digest-differs');
  if (!fileKindOf(bytes)) refuse('body-type-unsupported', { expected: 'JPEG, PNG, WebP, PDF' });
  return c.json({ fileId: await c.env.cell.files.put(bytes) });
});
