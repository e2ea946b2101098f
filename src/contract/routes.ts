/** The API of contracts. */
import { z } from '@hono/zod-openapi';
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { hasRole, requirePerson, requireRole, type Standing } from '../employer/standing.ts';
import type { CellContext, CellEnv, CellRequest } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { answer, get, put } from '../http/route.ts';
import { zCredential, zId, zText } from '../http/schema.ts';
import { reviewedIdentity } from '../identity/claim.ts';
import { canonicalJson, sha256 } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import {
  type Contract,
  type ContractView,
  type CoverWords,
  contractOf,
  contractsOf,
  contractsOfWorker,
  declineContract,
  offerContract,
  sealOf,
  textOf,
  viewOf,
} from './contract.ts';
import { openSigning, type SignatureProof, type SignerRole, signContract } from './signature.ts';

const room = 'contract';
const zOne = z.object({ id: zId });
const zDone = z.object({ id: z.string() });
const zRole = z.enum(['worker', 'employer']);
const zProof = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('passkey'),
    response: zCredential,
  }),
  z.strictObject({ kind: z.literal('device'), deviceId: zId, signature: z.string().length(86) }),
]);

/** The worker of a contract and the employer's owners and HR; for everybody else it is not there. */
export function readableContract(c: CellRequest, id: string): { contract: Contract; standing: Standing } {
  const standing = requirePerson(c);
  const contract = contractOf(c.env.cell.store.db, id);
  if (!contract || (contract.workerId !== standing.workerId && !hasRole(standing, 'owner', 'hr')))
    refuse('not-found');
  return { contract, standing };
}

/** Who signs in a role, by the name that stands in the record. */
function signerOf(
  c: CellRequest,
  contract: Contract,
  standing: Standing,
  role: SignerRole,
): { name: string } {
  if (role === 'worker') {
    if (contract.workerId !== standing.workerId) refuse('signature-refused');
    return {
      name: reviewedIdentity(c.env.cell.store.db, contract.identityReviewId)?.claim.legalName ?? '',
    };
  }
  requireRole(c, 'owner', 'hr');
  if (contract.workerId === standing.workerId) refuse('signature-refused');
  return { name: standing.displayName ?? '' };
}

export function shownContract({ contract, workerName, state, signatures, declined, sealedAt }: ContractView) {
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
    employerVerified: contract.employerVerified,
    offeredAt: contract.at,
    signatures: signatures.map(({ role, signerName, grade, at }) => ({ role, signerName, grade, at })),
    declined,
    sealedAt,
  };
}

/** `cover`: how the guarantee room says what covers people today. */
export function contractRoutes(cover: (db: Db, at: Instant) => CoverWords) {
  const routes = router<CellEnv>();

  routes.openapi(
    put(
      room,
      '/contracts/{id}',
      'offerContract',
      'Offer a contract',
      zOne,
      z.strictObject({
        engagementId: zId,
        template: zText(60),
        values: z.record(z.string().max(60), zText(2000)),
      }),
      z.looseObject({}),
    ),
    async (c) => {
      requireRole(c, 'owner', 'hr');
      const { id } = c.req.valid('param');
      const contract = await offerContract(
        c.env.cell,
        c.env.actor,
        { id, ...c.req.valid('json') },
        cover,
        c.var.at,
      );
      return answer(c, shownContract(viewOf(c.env.cell.store.db, contract)));
    },
  );

  routes.openapi(
    get(room, '/contracts/{id}', 'contract', 'A contract, its state and its text', zOne, z.looseObject({})),
    (c) => {
      const { contract } = readableContract(c, c.req.valid('param').id);
      return answer(c, {
        ...shownContract(viewOf(c.env.cell.store.db, contract)),
        clauses: textOf(c.env.cell, contract).clauses,
      });
    },
  );

  routes.openapi(
    get(room, '/contracts', 'contracts', 'Contracts, newest first', z.object({}), z.looseObject({})),
    (c) => {
      requireRole(c, 'owner', 'hr');
      return answer(c, { contracts: contractsOf(c.env.cell.store.db).map(shownContract) });
    },
  );

  routes.openapi(
    get(room, '/me/contracts', 'myContracts', 'My contracts, for good', z.object({}), z.looseObject({})),
    (c) => {
      const { workerId } = requirePerson(c);
      return answer(c, {
        contracts: workerId ? contractsOfWorker(c.env.cell.store.db, workerId).map(shownContract) : [],
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
      const { contract, standing } = readableContract(c, id);
      const signer = signerOf(c, contract, standing, role);
      const { cell, actor } = c.env;
      if (actor.kind !== 'person') refuse('sign-in-required');
      const said = await cell.store.commit((tx) =>
        openSigning(tx, actor, signer, { nonce, contractId: id, role }, c.var.at),
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
      z.strictObject({ role: zRole, nonce: zId, proof: zProof }),
      z.looseObject({}),
    ),
    async (c) => {
      const { id, signatureId } = c.req.valid('param');
      const { role, nonce, proof } = c.req.valid('json');
      const { contract, standing } = readableContract(c, id);
      const { cell, actor } = c.env;
      if (actor.kind !== 'person') refuse('sign-in-required');
      await signContract(
        cell,
        actor,
        signerOf(c, contract, standing, role),
        { id: signatureId, contractId: id, role, nonce, proof: proofOf(proof) },
        c.var.at,
      );
      return answer(c, shownContract(viewOf(cell.store.db, contract)));
    },
  );

  routes.openapi(
    put(
      room,
      '/contracts/{id}/decline',
      'declineContract',
      'Decline an offer',
      zOne,
      z.strictObject({ reason: zText(500) }),
      zDone,
    ),
    async (c) => {
      const { id } = c.req.valid('param');
      const { contract, standing } = readableContract(c, id);
      if (contract.workerId !== standing.workerId) refuse('not-found');
      const { reason } = c.req.valid('json');
      await c.env.cell.store.commit((tx) => declineContract(tx, c.env.actor, { id, reason }, c.var.at));
      return answer(c, { id });
    },
  );
  return routes;
}

function proofOf(proof: z.infer<typeof zProof>): SignatureProof {
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
  const sealed = offer ? undefined : sealOf(cell.store.db, contract.id)?.fileId;
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
