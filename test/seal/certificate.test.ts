/** Which certificate seals, which may not, and who is told. */
import 'reflect-metadata';
import { X509Certificate, X509Crl } from '@peculiar/x509';
import { expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { contractsDue } from '../../src/seal/seal.ts';
import { verifySealedContract } from '../../src/seal/verify.ts';
import { makeDevice, makePasskey, openScene, type Scene, sealedContract } from '../contract/scene.ts';
import { makeChain } from './chain.ts';

const owner = (scene: Scene) => scene.cell.as(scene.owner);

async function sealOne(scene: Scene) {
  const passkey = makePasskey(scene, scene.worker);
  const phone = makeDevice(scene, scene.owner);
  return sealedContract(
    scene,
    ({ digest }) => passkey(digest),
    ({ text }) => phone(text),
  );
}

test.each(['RSA', 'EC'] as const)(
  'a contract is sealed with an imported certificate of %s, and says who issued it',
  async (kind) => {
    const scene = await openScene();
    const { certificates, key } = await makeChain({ kind });
    const id = newId();
    for (const _ of ['first', 'repeated']) {
      const answer = await owner(scene)('PUT', `/seal-certificates/${id}`, { certificates, key });
      expect(answer.status).toBe(200);
    }
    const { sealed } = await sealOne(scene);
    const { ok, checks } = await verifySealedContract(sealed, { authorityDigest: 'of our own' });
    expect(checks.filter((check) => !check.ok)).toEqual([]);
    expect(ok).toBe(true);
    expect(checks.find(({ what }) => what === 'authority')?.values?.issuer).toBe('Qualified Root');
  },
  30_000,
);

test('a certificate that cannot seal is refused with the reason: certificate-unfit', async () => {
  const scene = await openScene();
  const [good, other, over, clock] = await Promise.all([
    makeChain({ kind: 'EC' }),
    makeChain({ kind: 'EC' }),
    makeChain({ kind: 'EC', until: '2026-06-01T00:00:00Z' }),
    makeChain({ kind: 'EC', from: '2027-06-01T00:00:00Z' }),
  ]);
  const leafAlone = good.certificates.slice(0, good.certificates.indexOf('-----END') + 25);
  for (const [why, certificates, key] of [
    ['no certificate can be read', 'x', good.key],
    ['the key does not belong', good.certificates, other.key],
    ['the key does not belong', good.certificates, 'x'],
    ['has expired', over.certificates, over.key],
    ['not in force yet', clock.certificates, clock.key],
    ['up to the root', leafAlone, good.key],
    ['not for signing documents', good.root, good.key],
  ] as const) {
    const answer = await owner(scene)('PUT', `/seal-certificates/${newId()}`, { certificates, key });
    const problem = (await answer.json()) as { type: string; detail?: string; title: string };
    expect([answer.status, problem.type]).toEqual([422, expect.stringContaining('certificate-unfit')]);
    expect(JSON.stringify(problem)).toContain(why);
  }
}, 30_000);

test('nothing is sealed with a revoked or expired certificate: it says so, and is sealed once that is mended', async () => {
  const scene = await openScene();
  const { cell } = scene;
  const { certificates, key } = await makeChain({ kind: 'EC', until: '2026-11-03T00:00:00Z' });
  const imported = newId();
  await owner(scene)('PUT', `/seal-certificates/${imported}`, { certificates, key });
  cell.moveTo('2026-11-04T00:00:00.000Z');
  await expect(sealOne(scene)).rejects.toThrow('could not be sealed');
  const page = async () => (await owner(scene)('GET', `/orgs/${cell.org}/sealing`)).text();
  expect(await page()).toContain('证书已过期');

  const own = newId();
  expect((await owner(scene)('PUT', `/seal-certificates/${own}/own`, {})).status).toBe(200);
  const revocation = { reason: 'the key was seen by others' };
  expect((await owner(scene)('PUT', `/seal-certificates/${own}/revocation`, revocation)).status).toBe(200);
  cell.forward(120);
  await expect(contractsDue(cell.context, [], cell.at())).rejects.toThrow('could not be sealed');
  expect(await page()).toContain('证书已被吊销');

  const list = await cell.visitor('GET', '/seal-certificates/revoked.crl');
  const crl = new X509Crl(await list.arrayBuffer());
  expect(crl.entries).toHaveLength(1);
  expect(
    await crl.verify({ publicKey: new X509Certificate(cell.context.authority.certificatePem).publicKey }),
  ).toBe(true);

  await owner(scene)('PUT', `/seal-certificates/${newId()}/own`, {});
  // Made by hand, it is due at once.
  await contractsDue(cell.context, [], cell.at());
  expect(await page()).not.toContain('证书已被吊销，不能');
  const other = await cell.as(scene.worker)('PUT', `/seal-certificates/${newId()}/own`, {});
  expect(other.status).toBe(404);
}, 30_000);
