/** The API of contracts. */
import { z } from '@hono/zod-openapi';
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { memberRole, slotRole } from '../../db/cell.ts';
import { zStrokes } from '../document/mark.ts';
import { hasRole, requirePerson, requireRole, type Standing } from '../employer/standing.ts';
import type { CellContext, CellEnv, CellRequest } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { answer, get, put } from '../http/route.ts';
import { zCivilDate, zCredential, zId, zInstant, zText } from '../http/schema.ts';
import { canonicalJson, sha256 } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { zAnswers } from '../template/answer-schema.ts';
import {
  type Contract,
  type CoverWords,
  contractOf,
  finishedFileOf,
  offerContract,
  textOf,
} from './contract.ts';
import { tellTurn } from './contract-notices.ts';
import { type ContractView, contractsOf, contractsOfWorker, viewOf } from './contract-view.ts';
import { openSigning, signContract } from './signature.ts';
import type { KeyProof } from './signing-record.ts';
import { fitsSlot, slotsOf } from './slot.ts';

const room = 'contract';
const zRole = z.enum(slotRole);
export const zOffer = z.strictObject({
  engagementId: zId,
  template: zText(60),
  values: zAnswers,
  slots: z
    .array(
      z.strictObject({
        role: zRole,
        order: z.int().min(1).max(99),
        personId: zId.optional(),
        memberRole: z.enum(memberRole).optional(),
      }),
    )
    .max(20)
    .optional(),
  signBy: zInstant.optional(),
  relation: z.enum(['amends', 'replaces', 'renews', 'terminates']).optional(),
  followsId: zId.optional(),
  validFrom: zCivilDate.optional(),
  validUntil: zCivilDate.optional(),
});
/** What the signer's browser says of the reading. */
const zReading = z.strictObject({
  openedAt: zInstant,
  pages: z
    .array(z.strictObject({ page: z.int().min(1).max(1000), seconds: z.int().min(0).max(86_400) }))
    .max(300),
});
const drawingMost = 60_000;
const zDrawing = zStrokes.refine((drawing) => JSON.stringify(drawing).length <= drawingMost);
const zOne = z.object({ id: zId });
export const zProof = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('passkey'),
    response: zCredential,
  }),
  z.strictObject({ kind: z.literal('device'), deviceId: zId, signature: z.string().length(86) }),
]);

/** The worker of a contract, the employer's owners and HR, and whoever has a place in it; for everybody else it is not there. */
export function readableContract(
  c: CellRequest,
  id: string,
): { contract: Contract; standing: Standing & { readonly personId: string } } {
  const standing = requirePerson(c);
  const { db } = c.env.cell.store;
  const contract = contractOf(db, id) ?? refuse('not-found');
  const reads =
    contract.workerId === standing.workerId ||
    hasRole(standing, 'owner', 'hr') ||
    slotsOf(db, id).some((slot) => fitsSlot(standing, slot, contract));
  return reads ? { contract, standing } : refuse('not-found');
}

export function shownContract(view: ContractView) {
  const { contract, workerName, state, slots, open, signatures, declined, cancelled, notice, sealedAt } =
    view;
  return {
    id: contract.id,
    engagementId: contract.engagementId,
    workerName,
    state,
    template: contract.template,
    documentDigest: contract.documentDigest,
    pages: contract.pages,
    validFrom: contract.validFrom,
    validUntil: contract.validUntil,
    relation: contract.relation,
    followsId: contract.followsId,
    signBy: view.facts.signBy,
    employerVerified: contract.employerVerified,
    offeredAt: contract.at,
    places: slots.map(({ id, role, ordinal, personId, memberRole }) => ({
      id,
      role,
      order: ordinal,
      personId,
      memberRole,
      mayBeSigned: open.some((one) => one.id === id),
    })),
    signatures: signatures.map(({ slotId, role, signerName, grade, at }) => ({
      place: slotId,
      role,
      signerName,
      grade,
      at,
    })),
    declined,
    cancelled,
    notice,
    sealedAt,
  };
}

/** `cover`: how the guarantee room says what covers people today. */
export function contractRoutes(cover: (db: Db, at: Instant) => CoverWords) {
  const routes = router<CellEnv>();

  routes.openapi(
    put(room, '/contracts/{id}', 'offerContract', 'Offer a contract', zOne, zOffer, z.looseObject({})),
    async (c) => {
      requireRole(c, 'owner', 'hr');
      const { id } = c.req.valid('param');
      const contract = await offerContract(
        c.env.cell,
        c.env.actor,
        { id, ...c.req.valid('json') },
        cover,
        c.var.at,
        tellTurn,
      );
      c.env.cell.wake();
      return answer(c, shownContract(viewOf(c.env.cell.store.db, contract, c.var.at)));
    },
  );

  routes.openapi(
    get(room, '/contracts/{id}', 'contract', 'A contract, its state and its text', zOne, z.looseObject({})),
    (c) => {
      const { contract } = readableContract(c, c.req.valid('param').id);
      return answer(c, {
        ...shownContract(viewOf(c.env.cell.store.db, contract, c.var.at)),
        clauses: textOf(c.env.cell, contract).clauses,
      });
    },
  );

  routes.openapi(
    get(room, '/contracts', 'contracts', 'Contracts, newest first', z.object({}), z.looseObject({})),
    (c) => {
      requireRole(c, 'owner', 'hr');
      return answer(c, { contracts: contractsOf(c.env.cell.store.db, c.var.at).map(shownContract) });
    },
  );

  routes.openapi(
    get(room, '/me/contracts', 'myContracts', 'My contracts, for good', z.object({}), z.looseObject({})),
    (c) => {
      const { workerId } = requirePerson(c);
      return answer(c, {
        contracts: workerId
          ? contractsOfWorker(c.env.cell.store.db, workerId, c.var.at).map(shownContract)
          : [],
      });
    },
  );

  routes.get('/contracts/:id/document', async (c) => {
    const { contract } = readableContract(c, c.req.param('id'));
    return documentResponse(
      c.env.cell,
      contract,
      c.req.query('revision') === 'offer',
      c.req.query('download') !== undefined,
    );
  });

  routes.openapi(
    put(
      room,
      '/contracts/{id}/nonces/{nonce}',
      'openSigning',
      'What I am about to sign',
      z.object({ id: zId, nonce: zId }),
      z.strictObject({ role: zRole }),
      z.looseObject({}),
    ),
    async (c) => {
      const { id, nonce } = c.req.valid('param');
      const { role } = c.req.valid('json');
      const { standing } = readableContract(c, id);
      const { cell, actor } = c.env;
      if (actor.kind !== 'person') refuse('sign-in-required');
      const said = await cell.store.commit((tx) =>
        openSigning(tx, standing, { nonce, contractId: id, role }, c.var.at),
      );
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

  routes.openapi(
    put(
      room,
      '/contracts/{id}/signatures/{signatureId}',
      'signContract',
      'Sign',
      z.object({ id: zId, signatureId: zId }),
      z.strictObject({
        role: zRole,
        nonce: zId,
        proof: zProof,
        reading: zReading.optional(),
        drawing: zDrawing.optional(),
      }),
      z.looseObject({}),
    ),
    async (c) => {
      const { id, signatureId } = c.req.valid('param');
      const { role, nonce, proof, reading, drawing } = c.req.valid('json');
      const { contract, standing } = readableContract(c, id);
      const { cell, actor } = c.env;
      if (actor.kind !== 'person') refuse('sign-in-required');
      await signContract(
        cell,
        actor,
        standing,
        { id: signatureId, contractId: id, role, nonce, proof: proofOf(proof), reading, drawing },
        c.var.at,
      );
      return answer(c, shownContract(viewOf(cell.store.db, contract, c.var.at)));
    },
  );

  return routes;
}

export function proofOf(proof: z.infer<typeof zProof>): KeyProof {
  return proof.kind === 'device'
    ? proof
    : { kind: 'passkey', response: proof.response as unknown as AuthenticationResponseJSON };
}

async function documentResponse(
  cell: CellContext,
  contract: Contract,
  offer: boolean,
  download: boolean,
): Promise<Response> {
  const sealed = offer ? undefined : finishedFileOf(cell.store.db, contract.id);
  const bytes = await cell.files.get(sealed ?? contract.fileId);
  if (!bytes) refuse('not-found');
  return new Response(bytes, {
    headers: {
      'content-type': 'application/pdf',
      'cache-control': 'private, no-store',
      'content-disposition': `${download ? 'attachment' : 'inline'}; filename="contract-${contract.id.slice(0, 8)}.pdf"`,
    },
  });
}
