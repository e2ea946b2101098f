/** What a sealed contract proves with nothing but its bytes, and what it names when something does not hold. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verifyPath } from '../../src/cell/node-verify.ts';
import { showsTheSame } from '../../src/document/reading.ts';
import type { Instant } from '../../src/kernel/time.ts';
import { makeAuthority } from '../../src/seal/authority.ts';
import { sealsOfFile } from '../../src/seal/pades.ts';
import { sealChecks, verifySealedContract } from '../../src/seal/verify.ts';
import { sentenceOf } from '../../src/seal/verify-words.ts';
import { makeDevice, makePasskey, openScene, type Prove, sealedContract } from '../contract/scene.ts';
import { freshFolder } from '../node/folder.ts';

const failing = async (bytes: Uint8Array): Promise<string[]> =>
  (await verifySealedContract(new Uint8Array(bytes))).checks.flatMap(({ what, ok }) => (ok ? [] : [what]));

/** Signed by the worker's passkey and the owner's phone. */
async function openSealed(beforeSeal?: (scene: Awaited<ReturnType<typeof openScene>>) => void) {
  const scene = await openScene();
  const passkey = makePasskey(scene, scene.worker);
  const phone = makeDevice(scene, scene.owner);
  const worker: Prove = ({ digest }) => passkey(digest);
  const employer: Prove = ({ text }) => phone(text);
  return sealedContract(scene, worker, employer, () => beforeSeal?.(scene));
}
let untouched: ReturnType<typeof openSealed> | undefined;
/** Sealed once for all who only read it. */
const sealedOnce = () => {
  untouched ??= openSealed();
  return untouched;
};

test.each(['ES256', 'EdDSA', 'RS256'] as const)(
  'a contract signed with a passkey of %s is proved from its file alone',
  async (algorithm) => {
    const scene = await openScene();
    const passkey = makePasskey(scene, scene.worker, algorithm);
    const phone = makeDevice(scene, scene.owner);
    const { id, sealed } = await sealedContract(
      scene,
      ({ digest }) => passkey(digest),
      ({ text }) => phone(text),
    );
    const { ok, checks, verdict, notProven } = await verifySealedContract(sealed);
    expect(checks.filter((check) => !check.ok)).toEqual([]);
    expect(ok).toBe(true);
    expect(checks.map(({ what }) => what)).toEqual(
      'seal whole authority evidence document pages signature signature order journal'.split(' '),
    );
    const said = checks.map((check) => sentenceOf(check, 'en')).join('\n');
    expect(said).toContain(id);
    expect(said).toContain('王小明 (worker) signed on 2026-11-02 00:00:00 UTC with a passkey');
    expect(said).toContain('the enrolled key of a phone: grade B');
    expect(sentenceOf(verdict, 'en')).toContain('Lowest grade of signature: B');
    expect(sentenceOf(verdict, 'zh-CN')).toContain('签名最低等级：B');
    expect(notProven.map(({ say }) => say)).toEqual(
      expect.arrayContaining(['notOwnAuthority', 'notTime', 'notDevice', 'notPerson']),
    );
  },
  30_000,
);

test('of 200 changed bytes of a sealed file none goes unnoticed', async () => {
  const { sealed } = await sealedOnce();
  const text = new TextDecoder('latin1').decode(sealed);
  const seal = text.lastIndexOf('/ByteRange');
  // Most of a file is under the seal's digest; the seal itself is where a reader could be lenient.
  const place = fc.oneof(fc.nat(sealed.length - 1), fc.integer({ min: seal, max: seal + 2800 }));
  await fc.assert(
    fc.asyncProperty(place, fc.integer({ min: 1, max: 255 }), async (index, mask) => {
      const changed = sealed.slice();
      changed[index] = (changed[index] ?? 0) ^ mask;
      const checks = sealChecks(await sealsOfFile(changed).catch(() => []), changed.length);
      expect(checks.every(({ ok }) => ok)).toBe(false);
    }),
    { numRuns: 200, seed: 20261121 },
  );
}, 60_000);

test('what was added behind the seal, or taken away, is named', async () => {
  const { sealed, offered } = await sealedOnce();
  expect(await failing(new Uint8Array([...sealed, 10]))).toContain('whole');
  expect(await failing(sealed.subarray(0, sealed.length - 1))).toContain('whole');
  expect(await failing(offered)).toEqual(['seal', 'whole', 'authority', 'evidence']);
  expect(await failing(new TextEncoder().encode('no contract'))).toContain('seal');
}, 30_000);

test.each([
  [
    'another name',
    'signature',
    `UPDATE contract_signatures SET record = replace(record, '王小明', '王大明')`,
  ],
  [
    'another document',
    'signature',
    `UPDATE contract_signatures SET record = replace(record, '"documentDigest":"', '"documentDigest":"x') WHERE role = 'worker'`,
  ],
  [
    'another key',
    'signature',
    `UPDATE contract_signatures SET proof = replace(proof, '"signature":"', '"signature":"A') WHERE role = 'employer'`,
  ],
  [
    'another origin',
    'signature',
    `UPDATE contract_signatures SET proof = replace(proof, 'http://localhost:8787', 'https://evil.example') WHERE role = 'worker'`,
  ],
  [
    'another role',
    'signature',
    `UPDATE contract_signatures SET record = replace(record, '"role":"worker"', '"role":"witness"') WHERE role = 'worker'`,
  ],
  [
    'another person',
    'signature',
    `UPDATE contract_signatures SET proof = (SELECT other.proof FROM contract_signatures other WHERE other.role = 'employer') WHERE role = 'worker'`,
  ],
  [
    'a later time',
    'order',
    `UPDATE contract_signatures SET at = '2026-12-01T00:00:00.000Z' WHERE role = 'worker'`,
  ],
])(
  'a seal over a signature with %s does not make it true',
  async (_, what, sql) => {
    const { sealed } = await openSealed(({ cell }) => void cell.store.sqlite.exec(sql));
    const failed = await failing(sealed);
    expect(failed).toContain(what);
    expect(failed).not.toContain('seal');
    expect(failed).toContain('journal');
  },
  30_000,
);

test('an update that redraws a signed page is noticed, though the signed bytes stay', async () => {
  const { offered, sealed } = await sealedOnce();
  expect(await showsTheSame(offered, sealed)).toBe(true);
  const pdf = await PDFDocument.load(offered, { forIncrementalUpdate: true, updateMetadata: false });
  pdf.getPage(0).drawText('28.00 -> 18.00');
  const redrawn = await pdf.commit({ useObjectStreams: false });
  expect(redrawn.subarray(0, offered.length)).toEqual(offered);
  expect(await showsTheSame(offered, redrawn)).toBe(false);
}, 30_000);

test('a seal of another authority than the reader trusts is named, whatever it calls itself', async () => {
  const { sealed } = await sealedOnce();
  const other = await makeAuthority('Workcard test authority', '2026-11-01T00:00:00.000Z' as Instant);
  const folder = freshFolder();
  const file = join(folder, 'contract.pdf');
  writeFileSync(file, sealed);
  writeFileSync(join(folder, 'authority.pem'), other.certificatePem);
  const [finding] = await verifyPath(folder);
  expect(finding).toMatchObject({ ok: false });
  expect(finding?.says).toContain('another authority that calls itself Workcard test authority');
  const alone = await verifyPath(file, join(folder, 'authority.pem'));
  expect(alone.filter(({ ok }) => !ok)).toHaveLength(1);
}, 30_000);

test('the command line says each check in words, and one line a contract for a folder', async () => {
  const { sealed, id } = await sealedOnce();
  const folder = freshFolder();
  const file = join(folder, 'contract.pdf');
  writeFileSync(file, sealed);
  const alone = await verifyPath(file);
  expect(alone.length).toBeGreaterThan(12);
  expect(alone[0]).toMatchObject({ ok: true });
  expect(alone[0]?.says).toContain('seal: The employer’s seal, of 上海晨光供应链有限公司');
  expect(await verifyPath(folder)).toMatchObject([{ file: 'contract.pdf', ok: true }]);

  const changed = sealed.slice();
  changed[500] = (changed[500] ?? 0) ^ 1;
  writeFileSync(file, changed);
  const [finding] = await verifyPath(folder);
  expect(finding).toMatchObject({ ok: false });
  expect(finding?.says).toContain('The seal does not hold');
  expect(id).toBeTruthy();
}, 30_000);
