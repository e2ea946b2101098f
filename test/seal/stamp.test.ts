/** Timestamps come after the seal, from whoever answers well; and sealing again after a crash is the same sealing. */
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contractSeals, contractTimestamps, journalAnchors } from '../../db/cell.ts';
import { verifyAnchors } from '../../src/seal/anchor.ts';
import { sealsOfFile, unfilled } from '../../src/seal/pades.ts';
import { contractsDue } from '../../src/seal/seal.ts';
import { anchorDue, stampsDue } from '../../src/seal/stamp.ts';
import { verifySealedContract } from '../../src/seal/verify.ts';
import { makeDevice, makePasskey, openScene, type Scene, sealedContract } from '../contract/scene.ts';
import { freshFolder } from '../node/folder.ts';
import { type FakeAuthority, openFakeAuthority } from './authority.ts';

const has = (tool: string) => spawnSync(tool, ['-v'], { stdio: 'ignore' }).error === undefined;

async function openStamped(manners: readonly FakeAuthority['manner'][]) {
  const scene = await openScene();
  const authorities = await Promise.all(
    manners.map((manner, index) =>
      openFakeAuthority(
        `https://clock-${index}.example`,
        () => new Date(Date.parse(scene.cell.at())),
        manner,
      ),
    ),
  );
  Object.assign(scene.cell.context, { timestamps: authorities });
  return { scene, authorities };
}

function sealOne(scene: Scene) {
  const passkey = makePasskey(scene, scene.worker);
  const phone = makeDevice(scene, scene.owner);
  return sealedContract(
    scene,
    ({ digest }) => passkey(digest),
    ({ text }) => phone(text),
  );
}

const download = async (scene: Scene, id: string) =>
  new Uint8Array(await (await scene.cell.as(scene.worker)('GET', `/contracts/${id}/document`)).arrayBuffer());

test('a timestamp is added behind the seal, which stays; nothing of the file may change after', async () => {
  const { scene, authorities } = await openStamped(['well']);
  const { id, sealed } = await sealOne(scene);
  expect(authorities[0]?.asked).toBe(0);
  scene.cell.forward(30);
  await stampsDue(scene.cell.context, scene.cell.at());
  await stampsDue(scene.cell.context, scene.cell.at());
  expect(authorities[0]?.asked).toBe(1);
  const stamped = await download(scene, id);
  expect(stamped.subarray(0, sealed.length)).toEqual(sealed);
  const { checks, notProven } = await verifySealedContract(stamped);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(checks.map(({ what }) => what)).toContain('timestamp');
  expect(notProven.map(({ say }) => say)).not.toContain('notTime');
  expect((await sealsOfFile(stamped)).map(({ seal }) => seal?.kind)).toEqual(['seal', 'timestamp']);
  const place = new TextDecoder('latin1').decode(stamped).lastIndexOf('/ByteRange');
  for (const index of [50, sealed.length - 5000, sealed.length + 9, place + 90, place + 400, place + 1500]) {
    const changed = stamped.slice();
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect((await verifySealedContract(changed)).ok).toBe(false);
  }
}, 60_000);

test('silent, refusing and lying authorities are passed over, left alone for a while, and shown', async () => {
  const manners = ['silent', 'garbage', 'refusing', 'another-nonce', 'another-digest', 'well'] as const;
  const { scene, authorities } = await openStamped(manners);
  const { id } = await sealOne(scene);
  await stampsDue(scene.cell.context, scene.cell.at());
  expect(authorities.map(({ asked }) => asked)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(scene.cell.store.db.select().from(contractTimestamps).get()).toMatchObject({
    id,
    authority: 'https://clock-5.example',
  });
  await anchorDue(scene.cell.context, scene.cell.at());
  expect(authorities.map(({ asked }) => asked)).toEqual([1, 1, 1, 1, 1, 2]);
  const page = await (await scene.cell.as(scene.owner)('GET', `/orgs/${scene.cell.org}/sealing`)).text();
  expect(page).toContain('https://clock-0.example');
  expect(page).toContain('no answer within 5 seconds');
}, 30_000);

test('without an authority that answers a contract is sealed all the same, and waits for its timestamp', async () => {
  const { scene, authorities } = await openStamped(['silent']);
  const { sealed } = await sealOne(scene);
  await stampsDue(scene.cell.context, scene.cell.at());
  expect((await verifySealedContract(sealed)).ok).toBe(true);
  expect(scene.cell.store.db.select().from(contractTimestamps).all()).toEqual([]);
  Object.assign(authorities[0] ?? {}, { manner: 'well' });
  scene.cell.forward(60);
  await stampsDue(scene.cell.context, scene.cell.at());
  expect(scene.cell.store.db.select().from(contractTimestamps).all()).toHaveLength(1);
}, 30_000);

test('a crash between any two steps of sealing or stamping only repeats: one seal, one timestamp', async () => {
  const { scene } = await openStamped(['well']);
  const { cell } = scene;
  const { context } = cell;
  const crash = () => Promise.reject(new Error('the power went'));
  const real = { files: context.files, renderer: context.renderer, commit: context.store.commit };
  const broken: Record<string, () => void> = {
    'before the evidence': () => Object.assign(context, { renderer: { render: crash } }),
    'before the file is kept': () => Object.assign(context, { files: { ...real.files, put: crash } }),
    'after the file is kept': () =>
      Object.assign(context, {
        files: {
          ...real.files,
          get: real.files.get.bind(real.files),
          put: async (bytes: Uint8Array) => {
            await real.files.put(bytes);
            throw new Error('the power went');
          },
        },
      }),
  };
  const mend = () => Object.assign(context, { files: real.files, renderer: real.renderer });
  const breakAll = Object.values(broken);
  const { id } = await sealOneThrough(scene, async () => {
    for (const breaks of breakAll) {
      breaks();
      await expect(contractsDue(context, [], cell.at())).rejects.toThrow();
      mend();
      expect(cell.store.db.select().from(contractSeals).all()).toEqual([]);
      cell.forward(3600);
    }
  });
  expect(cell.store.db.select().from(contractSeals).all()).toHaveLength(1);
  for (const breaks of breakAll.slice(1)) {
    breaks();
    await stampsDue(context, cell.at());
    mend();
    expect(cell.store.db.select().from(contractTimestamps).all()).toEqual([]);
    cell.forward(3600);
  }
  await stampsDue(context, cell.at());
  expect(cell.store.db.select().from(contractTimestamps).all()).toHaveLength(1);
  expect((await verifySealedContract(await download(scene, id))).ok).toBe(true);
}, 60_000);

async function sealOneThrough(scene: Scene, crashes: () => Promise<void>) {
  const passkey = makePasskey(scene, scene.worker);
  const phone = makeDevice(scene, scene.owner);
  const wait: Promise<void>[] = [];
  const due = sealedContract(
    scene,
    ({ digest }) => passkey(digest),
    ({ text }) => phone(text),
    () => void wait.push(crashes()),
  ).catch(() => undefined);
  await due;
  await Promise.all(wait);
  scene.cell.forward(3600);
  await contractsDue(scene.cell.context, [], scene.cell.at());
  const id = scene.cell.store.db.select().from(contractSeals).get()?.id ?? '';
  return { id };
}

test('the journal is shown to an authority once a day, and a history rewritten after that is noticed', async () => {
  const { scene } = await openStamped(['well']);
  const { cell } = scene;
  const anchors = () => cell.store.db.select().from(journalAnchors).all().length;
  await anchorDue(cell.context, cell.at());
  await anchorDue(cell.context, cell.at());
  expect(anchors()).toBe(1);
  cell.forward(90_000);
  await anchorDue(cell.context, cell.at());
  expect(anchors()).toBe(1);
  await sealOne(scene);
  await anchorDue(cell.context, cell.at());
  expect(anchors()).toBe(2);
  expect(await verifyAnchors(cell.store.db, cell.org)).toMatchObject({ ok: true, anchors: 2 });
  cell.store.sqlite.exec(`UPDATE journal SET hash = 'x' WHERE seq = (SELECT min(seq) FROM journal_anchors)`);
  expect(await verifyAnchors(cell.store.db, cell.org)).toMatchObject({ ok: false });
}, 30_000);

const openssl = (args: readonly string[], folder: string) =>
  execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

test.skipIf(!has('openssl'))(
  'openssl accepts the seal and the timestamp that are cut out of a file (skipped where openssl is missing)',
  async () => {
    const { scene, authorities } = await openStamped(['well']);
    const { id } = await sealOne(scene);
    await stampsDue(scene.cell.context, scene.cell.at());
    const bytes = await download(scene, id);
    const text = new TextDecoder('latin1').decode(bytes);
    const folder = freshFolder();
    const put = (name: string, data: Uint8Array | string) => writeFileSync(join(folder, name), data);
    put('authority.pem', scene.cell.context.authority.certificatePem);
    put('clock.pem', (authorities[0] as unknown as { root: string }).root);
    const ranges = [...text.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)/g)].map((range) =>
      range.slice(1).map(Number),
    ) as [number, number, number, number][];
    for (const [name, [, opens, closes, rest]] of ranges.map(
      (range, index) => [`s${index}`, range] as const,
    )) {
      put(`${name}.bytes`, Buffer.concat([bytes.subarray(0, opens), bytes.subarray(closes, closes + rest)]));
      const filled = Buffer.from(text.slice(opens + 1, closes - 1), 'hex');
      put(`${name}.der`, unfilled(new Uint8Array(filled)) ?? '');
    }
    const cms = ['-inform', 'DER', '-in', 's0.der', '-content', 's0.bytes', '-binary'];
    const purpose = ['-purpose', 'any', '-CAfile', 'authority.pem', '-out', 'out.bin'];
    openssl(['cms', '-verify', ...cms, ...purpose], folder);
    const clock = ['-CAfile', 'clock.pem', '-token_in', '-in', 's1.der'];
    expect(openssl(['ts', '-verify', '-data', 's1.bytes', ...clock], folder)).toContain('OK');
    expect(() => openssl(['ts', '-verify', '-data', 's0.bytes', ...clock], folder)).toThrow();
  },
  30_000,
);

test.skipIf(!has('pdfsig'))(
  'pdfsig calls every signature valid and says that the last one covers the whole file (skipped where pdfsig is missing)',
  async () => {
    const { scene } = await openStamped(['well']);
    const { id, sealed } = await sealOne(scene);
    await stampsDue(scene.cell.context, scene.cell.at());
    const folder = freshFolder();
    writeFileSync(join(folder, 'sealed.pdf'), sealed);
    writeFileSync(join(folder, 'stamped.pdf'), await download(scene, id));
    const say = (file: string) =>
      spawnSync('pdfsig', ['-nocert', file], { cwd: folder, encoding: 'utf8' }).stdout;
    expect(say('sealed.pdf')).toContain('Signature is Valid');
    expect(say('sealed.pdf')).toContain('Total document signed');
    const both = say('stamped.pdf');

    // Older versions of pdfsig know no document timestamps; the seal before one stays valid for all of them.
    expect(both).toContain('Signature Validation: Signature is Valid');
    expect(both.slice(both.indexOf('Signature #2'))).toContain('Total document signed');
  },
  30_000,
);
