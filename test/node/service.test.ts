import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { BackupRefused, backupFolder, restoreFolder } from '../../src/cell/node-backup.ts';
import { FolderInUse } from '../../src/cell/node-lock.ts';
import { recoverOperator, recoverOwner } from '../../src/cell/node-recover.ts';
import { verifyPath } from '../../src/cell/node-verify.ts';
import { parseConfig } from '../../src/config.ts';
import { newId } from '../../src/kernel/id.ts';
import { instantOf } from '../../src/kernel/time.ts';
import { DomainMoved, openService } from '../../src/node-service.ts';
import { seedEmployer } from '../bench/seed.ts';
import { freshFolder } from './folder.ts';

const at = () => instantOf(Date.now());

async function start(folder: string, settings: Record<string, string> = {}) {
  const config = parseConfig({
    PORT: '0',
    DATA_DIR: folder,
    PUBLIC_URL: 'http://localhost:8787',
    ...settings,
  });
  const service = await openService(config, { publicFolder: 'dist/public' });
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= service.close();
    return closed;
  };
  onTestFinished(close);
  return { ...service, close };
}

test('secrets are made once, and only their owner may read them', async () => {
  const folder = freshFolder();
  const first = await start(folder);
  await first.close();
  const second = await start(folder);
  expect(second.secrets).toEqual(first.secrets);
  expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'cells')).mode & 0o777).toBe(0o700);
});

test('a second service on the same folder is refused, and one after it is not', async () => {
  const folder = freshFolder();
  const first = await start(folder);
  await expect(start(folder)).rejects.toThrow(FolderInUse);
  await expect(start(folder)).rejects.toThrow(`process ${process.pid}`);
  await first.close();
  await start(folder);
});

test('another domain is refused, because passkeys would die with it', async () => {
  const folder = freshFolder();
  await (await start(folder)).close();
  const moved = start(folder, { PUBLIC_URL: 'https://work.example.com' });
  await expect(moved).rejects.toThrow(DomainMoved);
  await expect(start(folder, { PUBLIC_URL: 'https://work.example.com' })).rejects.toThrow(
    '0 passkeys would die',
  );
  await start(folder, { PUBLIC_URL: 'http://localhost:9999' });
});

test('a page asked for by an address is shown under its name; the API is answered where it is', async () => {
  const service = await start(freshFolder());
  const port = await service.listen();
  const page = await fetch(`http://127.0.0.1:${port}/sign-in?next=/x`, { redirect: 'manual' });
  expect(page.status).toBe(307);
  expect(page.headers.get('location')).toBe('http://localhost:8787/sign-in?next=/x');
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  expect((await fetch(`http://127.0.0.1:${port}/api/me`)).status).toBe(401);
});

test('the set-up link is there until there is an operator', async () => {
  const service = await start(freshFolder());
  expect(service.setupUrl()).toBe(`http://localhost:8787/setup?token=${service.secrets.setupToken}`);
  await service.context.directory.call('deployment', 'claimOperator', { personId: newId() });
  expect(service.setupUrl()).toBeUndefined();
});

test('an employer nobody registered has no cell', async () => {
  const service = await start(freshFolder());
  expect(await service.cells.cell(newId())).toBeUndefined();
  expect(await service.cells.cell('../directory')).toBeUndefined();
});

test('a registered employer reaches its owner’s memberships without anybody waiting for it', async () => {
  const service = await start(freshFolder());
  const org = newId();
  await seedEmployer(service.cells, org, 1, at());
  await expect
    .poll(() =>
      service.context.directory
        .call('deployment', 'orgsOf', {})
        .then((orgs) => orgs.map(({ orgId }) => orgId)),
    )
    .toEqual([org]);
});

test('a backup of a running service is whole, and what is restored from it starts and verifies', async () => {
  const folder = freshFolder();
  const service = await start(folder);
  const org = newId();
  await seedEmployer(service.cells, org, 3, at());
  const backup = join(freshFolder(), 'backup');
  const found = await backupFolder(folder, backup, at());
  expect(found.filter(({ ok }) => !ok)).toEqual([]);
  await service.close();

  const restored = join(freshFolder(), 'data');
  expect((await restoreFolder(backup, restored)).every(({ ok }) => ok)).toBe(true);
  const again = await start(restored);
  expect(again.secrets).toEqual(service.secrets);
  const cell = await again.cells.cell(org);
  const keys = await cell?.handle(new Request(`http://localhost/api/orgs/${org}/keys`), { kind: 'visitor' });
  expect(keys?.status).toBe(200);
  await again.close();
  expect((await verifyPath(restored)).every(({ ok }) => ok)).toBe(true);
  await expect(restoreFolder(backup, restored)).rejects.toThrow(BackupRefused);
});

test('a backup with a changed byte is not restored', async () => {
  const folder = freshFolder();
  const service = await start(folder);
  await seedEmployer(service.cells, newId(), 1, at());
  const backup = join(freshFolder(), 'backup');
  await backupFolder(folder, backup, at());
  const { appendFileSync, existsSync } = await import('node:fs');
  appendFileSync(join(backup, 'directory.sqlite'), 'x');
  const target = join(freshFolder(), 'data');
  const found = await restoreFolder(backup, target);
  expect(found.filter(({ ok }) => !ok).map(({ file }) => file)).toEqual(['directory.sqlite']);
  expect(existsSync(target)).toBe(false);
});

test('an owner’s way back in is a link that works once, beside the running service, and is journaled', async () => {
  const folder = freshFolder();
  const service = await start(folder);
  const org = newId();
  const { people } = await seedEmployer(service.cells, org, 1, at());
  const link = await recoverOwner(folder, org, 'http://localhost:8787', at());
  const token = link?.split('/').at(-1);
  const cell = await service.cells.cell(org);
  const use = (personId: string) =>
    cell?.handle(
      new Request(`http://localhost/api/orgs/${org}/invitations/by-token/${token}/uses/${newId()}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ displayName: 'Back again' }),
      }),
      { kind: 'person', personId, signedInBy: 'A' },
    );
  const back = newId();
  expect((await use(back))?.status).toBe(200);
  expect((await use(people[0]?.personId ?? ''))?.status).toBe(410);
  const journal = await cell?.handle(new Request(`http://localhost/api/orgs/${org}/journal?limit=500`), {
    kind: 'person',
    personId: back,
    signedInBy: 'A',
  });
  const { entries } = ((await journal?.json()) ?? { entries: [] }) as {
    entries: { kind: string; actor: string }[];
  };
  expect(entries.some(({ kind, actor }) => kind === 'invitation-made' && actor === 'system')).toBe(true);
  expect(await recoverOwner(folder, newId(), 'http://localhost:8787', at())).toBeUndefined();
});

test('an operator’s way back in is the set-up link, and who was the operator is it no more', async () => {
  const folder = freshFolder();
  const service = await start(folder);
  const { directory } = service.context;
  const [lost, next] = [newId(), newId()];
  const isOperator = (personId: string) => directory.call('deployment', 'isOperator', { personId });
  await directory.call('deployment', 'claimOperator', { personId: lost });
  expect(await recoverOperator(folder, 'http://localhost:8787', at())).toBe(
    `http://localhost:8787/setup?token=${service.secrets.setupToken}`,
  );
  expect(await isOperator(lost)).toBe(false);
  await directory.call('deployment', 'claimOperator', { personId: next });
  await directory.call('deployment', 'claimOperator', { personId: next });
  expect(await isOperator(next)).toBe(true);
  await expect(directory.call('deployment', 'claimOperator', { personId: lost })).rejects.toMatchObject({
    slug: 'registration-closed',
  });
  expect(await recoverOperator(freshFolder(), 'http://localhost:8787', at())).toBeUndefined();
});
