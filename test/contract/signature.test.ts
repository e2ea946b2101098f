/** Who may sign what, and with which key. The proof commits to document, signer, role and nonce. */
import { expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { makeDevice, makePasskey, offer, openNonce, openScene, type Prove, signAs } from './scene.ts';

async function offered() {
  const scene = await openScene();
  const id = newId();
  expect((await offer(scene, id)).status).toBe(200);
  return { scene, id };
}

async function slugOf(answer: Response): Promise<unknown> {
  return ((await answer.json()) as { slug?: string }).slug;
}

test.each([
  ['over another digest', { digest: 'A'.repeat(43) }],
  ['made on another origin', { origin: 'https://evil.example' }],
  ['made for another domain', { rpId: 'evil.example' }],
  ['without user verification', { verified: false }],
])(
  'a passkey assertion %s is refused, and nothing is signed',
  async (_, {
    digest,
    ...options
  }: { digest?: string; origin?: string; rpId?: string; verified?: boolean }) => {
    const { scene, id } = await offered();
    const passkey = makePasskey(scene, scene.worker);
    const prove: Prove = (opened) => passkey(digest ?? opened.digest, options);
    expect(await slugOf(await signAs(scene, scene.worker, id, 'worker', prove))).toBe('signature-refused');
    expect(await (await scene.cell.as(scene.worker)('GET', `/contracts/${id}`)).json()).toMatchObject({
      state: 'offered',
    });
  },
);

test('another person’s key does not sign for the worker', async () => {
  const { scene, id } = await offered();
  const foreign = makePasskey(scene, scene.owner);
  expect(await slugOf(await signAs(scene, scene.worker, id, 'worker', ({ digest }) => foreign(digest)))).toBe(
    'signature-refused',
  );
});

test('a phone’s key signs with grade B and says so; one bound by a code in the terminal does not sign', async () => {
  const { scene, id } = await offered();
  const weak = makeDevice(scene, scene.worker, { codeChannel: 'terminal' });
  expect(await slugOf(await signAs(scene, scene.worker, id, 'worker', ({ text }) => weak(text)))).toBe(
    'signer-too-weak',
  );
  const phone = makeDevice(scene, scene.worker, { codeChannel: 'sms' });
  const signed = await signAs(scene, scene.worker, id, 'worker', ({ text }) => phone(text));
  expect(await signed.json()).toMatchObject({
    state: 'partly-signed',
    signatures: [{ role: 'worker', grade: 'B' }],
  });
});

test('a signature request that waited half an hour is opened anew', async () => {
  const { scene, id } = await offered();
  const passkey = makePasskey(scene, scene.worker);
  const opened = await openNonce(scene, scene.worker, id, 'worker');
  scene.cell.forward(1801);
  const late = await scene.cell.as(scene.worker)('PUT', `/contracts/${id}/signatures/${newId()}`, {
    role: 'worker',
    nonce: opened.nonce,
    proof: passkey(opened.digest),
  });
  expect(await slugOf(late)).toBe('nonce-spent');
});

test('a repeated signature is the same signature', async () => {
  const { scene, id } = await offered();
  const passkey = makePasskey(scene, scene.worker);
  const opened = await openNonce(scene, scene.worker, id, 'worker');
  const signatureId = newId();
  const send = () =>
    scene.cell.as(scene.worker)('PUT', `/contracts/${id}/signatures/${signatureId}`, {
      role: 'worker',
      nonce: opened.nonce,
      proof: passkey(opened.digest),
    });
  const answers = await Promise.all([send(), send(), send()]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
});

test('how long the pages were read and the drawn name lie beside the signature; both are bounded', async () => {
  const { scene, id } = await offered();
  const passkey = makePasskey(scene, scene.worker);
  const opened = await openNonce(scene, scene.worker, id, 'worker');
  const reading = { openedAt: '2026-11-02T00:00:00.000Z', pages: [{ page: 1, seconds: 42 }] };
  const stroke = [[1, 1] as const, [50, 20] as const];
  const send = (change: object) =>
    scene.cell.as(scene.worker)('PUT', `/contracts/${id}/signatures/${newId()}`, {
      role: 'worker',
      nonce: opened.nonce,
      proof: passkey(opened.digest),
      ...change,
    });
  const endless = {
    width: 300,
    height: 160,
    strokes: Array.from({ length: 150 }, () => Array(200).fill([10, 10])),
  };
  expect(await slugOf(await send({ drawing: endless }))).toBe('body-invalid');
  expect((await send({ reading, drawing: { width: 300, height: 160, strokes: [stroke] } })).status).toBe(200);
  const page = await (
    await scene.cell.as(scene.owner)('GET', `/orgs/${scene.cell.org}/contracts/${id}`)
  ).text();
  expect(page).toContain('阅读 1 页，共 42 秒');
  expect(page).toContain('该密钥可在账户内同步');
});
