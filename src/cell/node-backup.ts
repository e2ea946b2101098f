/** Backup while the service runs, by SQLite's own online backup, and restore into an empty folder. Both check what they wrote. */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Instant } from '../kernel/time.ts';
import { Database } from '../store/sqlite.ts';
import { lockFolder } from './node-lock.ts';
import { secretsFile, writeWhole } from './node-secrets.ts';
import { type Finding, filesBelow, verifyPath, zManifest } from './node-verify.ts';

/** Something a person must mend first. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
}

/** Databases first: every file that a row names was safe before the row was written. */
export async function backupFolder(
  dataDir: string,
  target: string,
  at: Instant,
): Promise<readonly Finding[]> {
  if (!existsSync(join(dataDir, secretsFile))) throw new BackupRefused(`${dataDir} is no data folder`);
  refuseFull(target);
  const databases = filesBelow(dataDir).filter((file) => file.endsWith('.sqlite'));
  for (const file of databases) await copyDatabase(file, place(dataDir, target, file));
  const rest = filesBelow(dataDir).filter((file) => {
    const path = relative(dataDir, file);
    return path === secretsFile || path.startsWith('files/');
  });
  for (const file of rest) copyFileSync(file, place(dataDir, target, file));
  const files = filesBelow(target).map((file) => {
    const path = relative(target, file);
    return { file: path, sha256: sha256Of(file), what: whatIs(path) };
  });
  writeWhole(join(target, 'manifest.json'), `${JSON.stringify({ madeAt: at, files }, null, 2)}\n`);
  return verifyPath(target);
}

/** Checks the backup first, and touches nothing when it does not hold. */
export async function restoreFolder(source: string, dataDir: string): Promise<readonly Finding[]> {
  if (!existsSync(join(source, 'manifest.json'))) throw new BackupRefused(`${source} has no manifest.json`);
  const found = await verifyPath(source);
  if (found.some(({ ok }) => !ok)) return found;
  refuseFull(dataDir);
  const lock = lockFolder(dataDir);
  try {
    const { files } = zManifest.parse(JSON.parse(readFileSync(join(source, 'manifest.json'), 'utf8')));
    for (const { file } of files)
      copyFileSync(join(source, file), place(source, dataDir, join(source, file)));
  } finally {
    lock.release();
  }
  return found;
}

function refuseFull(folder: string): void {
  const isEmpty = !existsSync(folder) || readdirSync(folder).every((name) => name.startsWith('lock'));
  if (!isEmpty) throw new BackupRefused(`${folder} is not empty`);
}

function place(from: string, to: string, file: string): string {
  const path = join(to, relative(from, file));
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  return path;
}

async function copyDatabase(file: string, target: string): Promise<void> {
  const sqlite = new Database(file, { readonly: true });
  try {
    await sqlite.backup(target);
  } finally {
    sqlite.close();
  }
  // A copy that needs no log beside it may be read from a medium that cannot be written.
  const copy = new Database(target);
  copy.pragma('journal_mode = DELETE');
  copy.close();
}

function sha256Of(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function whatIs(path: string): string {
  if (path === secretsFile) return 'the deployment’s secrets: keep them as safe as a key';
  if (path === 'directory.sqlite') return 'accounts and their keys';
  return path.startsWith('files/') ? 'an encrypted file' : 'an employer’s database';
}
