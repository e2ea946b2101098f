/** One process a data folder. The lock is the operating system's, held through SQLite: a killed process leaves none behind. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from '../store/sqlite.ts';

export interface FolderLock {
  release(): void;
}

/** Another process works on the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
  constructor(
    readonly folder: string,
    readonly pid: string,
  ) {
    super(`${folder} is in use by process ${pid}. Stop it first, or set DATA_DIR to another folder.`);
  }
}

/** Throws `FolderInUse` while another process holds the folder. */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const sqlite = new Database(join(folder, 'lock'), { timeout: 0 });
  const pidFile = join(folder, 'lock.pid');
  try {
    sqlite.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    sqlite.close();
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error;
    throw new FolderInUse(folder, readPid(pidFile));
  }
  writeFileSync(pidFile, String(process.pid));
  return { release: () => sqlite.close() };
}

function readPid(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '?';
  }
}
