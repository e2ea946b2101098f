/** The API of consents, identity claims, their review, and payout accounts. */
import { z } from '@hono/zod-openapi';
import { payoutAccountKinds } from '../../db/cell.ts';
import { fileKindOf } from '../employer/file-kind.ts';
import { requirePerson, requireRole, requireWorker } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { say } from '../http/locale.ts';
import { router } from '../http/problem.ts';
import { answer, get, put } from '../http/route.ts';
import { zCivilDate, zCountry, zDigest, zId, zText } from '../http/schema.ts';
import { newId } from '../kernel/id.ts';
import { refuse } from '../kernel/refusal.ts';
import {
  claimIdentity,
  claimOf,
  identityOf,
  type PhotoSide,
  revealDocument,
  reviewIdentity,
} from './claim.ts';
import { type ConsentPurpose, consentPurposes, giveConsent, withdrawConsent } from './consent.ts';
import { documentKinds } from './document.ts';
import { givePayoutAccount, withdrawPayoutAccount } from './payout-account.ts';

export const identityRoutes = router<CellEnv>();
const room = 'identity';
const zOne = z.object({ id: zId });
const zDone = z.object({ id: z.string() });

identityRoutes.openapi(
  put(
    room,
    '/me/consents/{id}',
    'giveConsent',
    'Consent to one purpose',
    zOne,
    z.strictObject({ purpose: z.enum(consentPurposes as [ConsentPurpose, ...ConsentPurpose[]]) }),
    zDone,
  ),
  async (c) => {
    const { workerId } = requireWorker(c);
    const { id } = c.req.valid('param');
    const { purpose } = c.req.valid('json');
    await c.env.cell.store.commit((tx) => giveConsent(tx, c.env.actor, { id, workerId, purpose }, c.var.at));
    return answer(c, { id });
  },
);

identityRoutes.openapi(
  put(
    room,
    '/me/consents/{id}/withdrawal',
    'withdrawConsent',
    'Take a consent back',
    zOne,
    z.strictObject({}),
    zDone,
  ),
  async (c) => {
    const { workerId } = requireWorker(c);
    const { id } = c.req.valid('param');
    await c.env.cell.store.commit((tx) => withdrawConsent(tx, c.env.actor, { id, workerId }, c.var.at));
    return answer(c, { id });
  },
);

const zClaim = z.strictObject({
  legalName: zText(100),
  documentKind: z.enum(documentKinds),
  documentNumber: zText(40),
  country: zCountry,
  birthOn: zCivilDate.optional(),
  expiresOn: zCivilDate.optional(),
  photos: z
    .array(z.strictObject({ side: z.enum(['front', 'back', 'face']), fileId: zDigest }))
    .min(1)
    .max(3)
    .refine(
      (photos) => new Set(photos.map(({ side }) => side)).size === photos.length,
      say('Each side once.', '每一面只需一张。'),
    ),
});

identityRoutes.openapi(
  put(
    room,
    '/me/identity-claims/{id}',
    'claimIdentity',
    'State who I am, with photos of the document',
    zOne,
    zClaim,
    zDone,
  ),
  async (c) => {
    const { workerId } = requireWorker(c);
    const { cell, actor } = c.env;
    const { id } = c.req.valid('param');
    const body = c.req.valid('json');
    for (const [index, { fileId }] of body.photos.entries()) {
      const bytes = await cell.files.get(fileId);
      if (!bytes) refuse('not-found');
      if (!fileKindOf(bytes)?.startsWith('image/'))
        refuse('photo-unreadable', {}, [{ pointer: `/photos/${index}/fileId`, detail: '' }]);
    }
    await cell.store.commit((tx) => claimIdentity(tx, cell.keys, actor, { id, workerId, ...body }, c.var.at));
    return answer(c, { id });
  },
);

identityRoutes.openapi(
  get(room, '/me/identity', 'myIdentity', 'What became of my claim', z.object({}), z.looseObject({})),
  (c) => {
    const { workerId } = requireWorker(c);
    const { state, claim, review } = identityOf(c.env.cell.store.db, workerId);
    return answer(c, {
      state,
      legalName: claim?.legalName,
      documentMasked: claim?.documentMasked,
      reason: review?.reason,
    });
  },
);

identityRoutes.openapi(
  put(
    room,
    '/me/payout-accounts/{id}',
    'givePayoutAccount',
    'Where I am paid',
    zOne,
    z.strictObject({
      kind: z.enum(payoutAccountKinds).default('bank-card'),
      bankName: zText(100).optional(),
      holderName: zText(100),
      number: zText(100),
      routingCode: zText(20).optional(),
    }),
    z.object({
      id: z.string(),
      looksMistyped: z.boolean(),
      holderDiffers: z.boolean(),
      effectiveAt: z.string(),
    }),
  ),
  async (c) => {
    const { workerId } = requireWorker(c);
    const { cell, actor } = c.env;
    const { id } = c.req.valid('param');
    const body = c.req.valid('json');
    const warning = await cell.store.commit((tx) =>
      givePayoutAccount(tx, cell.keys, actor, { id, workerId, ...body }, c.var.at),
    );
    return answer(c, { id, ...warning });
  },
);

identityRoutes.openapi(
  put(
    room,
    '/me/payout-accounts/{id}/withdrawal',
    'withdrawPayoutAccount',
    'Take back a change of account that is not in force yet',
    zOne,
    z.strictObject({}),
    zDone,
  ),
  async (c) => {
    const { workerId } = requireWorker(c);
    const { id } = c.req.valid('param');
    await c.env.cell.store.commit((tx) => withdrawPayoutAccount(tx, c.env.actor, { id, workerId }, c.var.at));
    return answer(c, { id });
  },
);

identityRoutes.openapi(
  put(
    room,
    '/identity-claims/{id}/review',
    'reviewIdentity',
    'Accept or refuse a claim',
    zOne,
    z.strictObject({ decision: z.enum(['accepted', 'refused']), reason: zText(500) }),
    zDone,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { cell, actor } = c.env;
    if (actor.kind !== 'person') refuse('not-found');
    const { id } = c.req.valid('param');
    const body = c.req.valid('json');
    await cell.store.commit((tx) => reviewIdentity(tx, actor, { claimId: id, ...body }, c.var.at));
    return answer(c, { id });
  },
);

identityRoutes.openapi(
  put(
    room,
    '/identity-claims/{id}/reveals/{revealId}',
    'revealDocument',
    'See the full document number, for a reason',
    z.object({ id: zId, revealId: zId }),
    z.strictObject({ what: z.literal('number'), reason: zText(500) }),
    z.object({ value: z.string() }),
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { cell, actor } = c.env;
    const { id, revealId } = c.req.valid('param');
    const { what, reason } = c.req.valid('json');
    const value = await cell.store.commit((tx) =>
      revealDocument(tx, cell.keys, actor, { id: revealId, claimId: id, what, reason }, c.var.at),
    );
    return answer(c, { value });
  },
);

/** The worker sees their own photos; for members each look is a reveal in the journal. */
identityRoutes.get('/identity-claims/:id/photos/:side', async (c) => {
  const standing = requirePerson(c);
  const { cell, actor } = c.env;
  const claim = claimOf(cell.store.db, c.req.param('id'));
  const isOwn = claim.workerId === standing.workerId;
  if (!isOwn) requireRole(c, 'owner', 'hr');
  const photos = JSON.parse(claim.photos) as { side: PhotoSide; fileId: string }[];
  const photo = photos.find(({ side }) => side === c.req.param('side'));
  const bytes = photo && (await cell.files.get(photo.fileId));
  if (!bytes) refuse('not-found');
  if (!isOwn) {
    await cell.store.commit((tx) =>
      revealDocument(
        tx,
        cell.keys,
        actor,
        { id: newId(), claimId: claim.id, what: 'photos', reason: 'identity review' },
        c.var.at,
      ),
    );
  }
  return c.body(bytes, 200, {
    'content-type': fileKindOf(bytes) ?? 'application/octet-stream',
    'cache-control': 'private, no-store',
  });
});
