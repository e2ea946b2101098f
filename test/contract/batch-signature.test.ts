/** One word of the employer's key for many contracts: each verifies alone, and none is signed that was not named. */
import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { contractSignatures } from '../../db/cell.ts';
import { type BatchProof, isProven, type SigningRecord } from '../../src/contract/signing-record.ts';
import { newId } from '../../src/kernel/id.ts';
import type { SignerKey } from '../../src/provider/providers.ts';
import { contractsDue } from '../../src/seal/seal.ts';
import { verifySealedContract } from '../../src/seal/verify.ts';
import { sentenceOf } from '../../src/seal/verify-words.ts';
import { addMember, asked, makePasskey, openScene, type Scene, signAs } from './scene.ts';

type Passkey = ReturnType<typeof makePasskey>;
interface Opened {
  readonly digest: string;
  readonly record: { readonly root: string; readonly size: number };
  readonly contracts: readonly { readonly id: string; readonly text: string }[];
}

let scene: Scene;
let owner: Passkey;
let worker: Passkey;
beforeEach(async () => {
  scene = await openScene();
  owner = makePasskey(scene, scene.owner);
  worker = makePasskey(scene, scene.worker);
});

const put = (path: string, body: object, by = scene.owner) => scene.cell.as(by)('PUT', path, body);
const bodyOf = async <T>(answer: Response | Promise<Response>) => (await (await answer).json()) as T;
const slugOf = async (answer: Response | Promise<Response>) => (await bodyOf<{ slug: string }>(answer)).slug;

/** Offered, and signed by the worker. */
async function halfSigned(): Promise<string> {
  const id = newId();
  const offer = { engagementId: scene.engagementId, template: 'service-agreement', values: asked };
  expect((await put(`/contracts/${id}`, offer)).status).toBe(200);
  const signed = await signAs(scene, scene.worker, id, 'worker', ({ digest }) => worker(digest));
  expect(signed.status).toBe(200);
  return id;
}
const open = async (contractIds: readonly string[], id = newId(), by = scene.owner) =>
  put(`/contract-batches/${id}`, { contractIds }, by);
const sign = (id: string, { digest }: Pick<Opened, 'digest'>, by = scene.owner, key = owner) =>
  put(`/contract-batches/${id}/signature`, { proof: key(digest) }, by);

function signatureOf(contractId: string) {
  const row = scene.cell.store.db
    .select()
    .from(contractSignatures)
    .where(eq(contractSignatures.contractId, contractId))
    .all()
    .find(({ role }) => role === 'employer');
  if (!row) return undefined;
  const { key, ...proof } = JSON.parse(row.proof) as BatchProof & { key: SignerKey };
  return { said: JSON.parse(row.record) as SigningRecord, proof: proof as BatchProof, key };
}

test('each contract of a batch verifies alone, by its path under the root that was signed', async () => {
  const ids = [await halfSigned(), await halfSigned(), await halfSigned()];
  const batch = newId();
  const opened = await bodyOf<Opened>(open(ids, batch));
  expect(opened.record.size).toBe(3);
  const { contracts } = await bodyOf<{ contracts: { signed: boolean }[] }>(sign(batch, opened));
  expect(contracts.map(({ signed }) => signed)).toEqual([true, true, true]);
  const rp = scene.cell.context;
  for (const id of ids) {
    const { said, proof, key } = signatureOf(id) ?? expect.fail('not signed');
    expect(await isProven(rp, said, proof, key)).toBe(true);
    const other = signatureOf(ids.find((one) => one !== id) ?? '') ?? expect.fail('not signed');
    const forged: readonly (readonly [SigningRecord, BatchProof])[] = [
      [other.said, proof],
      [said, { ...proof, path: other.proof.path }],
      [said, { ...proof, leafIndex: other.proof.leafIndex }],
      [{ ...said, documentDigest: other.said.contract }, proof],
      [said, { ...proof, batch: { ...proof.batch, size: 4 }, size: 4 }],
      [{ ...said, signer: scene.worker }, proof],
    ];
    for (const [record, claim] of forged) expect(await isProven(rp, record, claim, key)).toBe(false);
  }
});

test('a contract signed in a batch is proved from its own file alone, and says that it was one of many', async () => {
  const ids = [await halfSigned(), await halfSigned()];
  const batch = newId();
  await sign(batch, await bodyOf<Opened>(open(ids, batch)));
  await contractsDue(scene.cell.context, [], scene.cell.at());
  const file = await scene.cell.as(scene.worker)('GET', `/contracts/${ids[0]}/document`);
  const { ok, checks } = await verifySealedContract(new Uint8Array(await file.arrayBuffer()));
  expect(checks.filter((check) => !check.ok)).toEqual([]);
  expect(ok).toBe(true);
  expect(checks.map((check) => sentenceOf(check, 'en')).join('\n')).toMatch(
    /2 contracts|one of 2|batch of 2/,
  );
});

test('one that was taken back meanwhile has its own answer, and stops no other', async () => {
  const ids = [await halfSigned(), await halfSigned()];
  const batch = newId();
  const opened = await bodyOf<Opened>(open(ids, batch));
  expect((await put(`/contracts/${ids[0]}/cancellation`, { reason: 'wrong rate' })).status).toBe(200);
  const { contracts } = await bodyOf<{ contracts: object[] }>(sign(batch, opened));
  expect(contracts).toMatchObject([
    { contractId: ids[0], signed: false },
    { contractId: ids[1], signed: true },
  ]);
  expect(signatureOf(ids[0] ?? '')).toBeUndefined();
});

test('a batch sent twice is signed once; its id holds no other contracts, and its key word no other batch', async () => {
  const ids = [await halfSigned(), await halfSigned()];
  const batch = newId();
  const opened = await bodyOf<Opened>(open(ids, batch));
  expect(await bodyOf(open(ids, batch))).toEqual(opened);
  expect(await slugOf(open(ids.slice(1), batch))).toBe('id-reused');
  const another = newId();
  await open(ids, another);
  expect(await slugOf(sign(another, opened))).toBe('signature-refused');
  const first = await bodyOf(sign(batch, opened));
  expect(await bodyOf(sign(batch, opened))).toEqual(first);
});

test('nobody opens a batch over what is not theirs to sign now, nor signs somebody else’s', async () => {
  const id = newId();
  const offer = { engagementId: scene.engagementId, template: 'service-agreement', values: asked };
  await put(`/contracts/${id}`, offer);
  expect(await slugOf(open([id]))).toBe('not-your-turn');
  expect((await open([await halfSigned()], newId(), scene.worker)).status).toBe(404);
  const colleague = await addMember(scene, '赵人事', 'hr');
  const batch = newId();
  const opened = await bodyOf<Opened>(open([await halfSigned()], batch));
  expect(await slugOf(sign(batch, opened, colleague, makePasskey(scene, colleague)))).toBe('not-found');
});

test('after half an hour a batch is opened anew', async () => {
  const batch = newId();
  const opened = await bodyOf<Opened>(open([await halfSigned()], batch));
  scene.cell.moveTo(new Date(Date.parse(scene.cell.at()) + 31 * 60_000).toISOString());
  expect(await slugOf(sign(batch, opened))).toBe('nonce-spent');
});
