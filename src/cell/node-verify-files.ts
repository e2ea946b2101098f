/** Whether the encrypted files that a cell's rows name are there and whole: a journal that holds says nothing of them. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import {
  cellKeys,
  contractSeals,
  contracts,
  employerLicences,
  identityClaims,
  payFiles,
  taxFiles,
} from '../../db/cell.ts';
import { keptPhotos } from '../gate/photo-deletion.ts';
import { deriveKey, fromBase64url, keyedHash, openBytes } from '../kernel/digest.ts';
import type { Db } from '../store/commit.ts';

const zSecrets = z.looseObject({ keyEncryption: z.string() });

export interface FilesVerdict {
  readonly files: number;
  /** What is missing or damaged, in sentences. */
  readonly faults: readonly string[];
  /** Opened with the deployment's secrets; without them it is only seen that the files are there. */
  readonly opened: boolean;
}

/** Undefined when the database does not lie in a data folder or a backup, beside its files. */
export function verifyFiles(db: Db, file: string): FilesVerdict | undefined {
  const data = join(dirname(file), '..');
  if (basename(dirname(file)) !== 'cells') return undefined;
  const org = basename(file, '.sqlite');
  const key = filesKey(db, org, join(data, 'secrets.json'));
  const named = new Map(namedFiles(db).map((one) => [one.fileId, one]));
  const faults: string[] = [];
  for (const { fileId, what } of named.values()) {
    const path = join(data, 'files', org, fileId.slice(0, 2), fileId);
    if (!existsSync(path)) faults.push(`${what}: its file ${fileId} is missing`);
    else if (key && !isWhole(key, fileId, path)) faults.push(`${what}: its file ${fileId} is damaged`);
  }
  return { files: named.size, faults, opened: key !== undefined };
}

function namedFiles(db: Db): { fileId: string; what: string }[] {
  const of = (what: string, rows: readonly { id: string; fileId: string }[]) =>
    rows.map(({ id, fileId }) => ({ fileId, what: `${what} ${id}` }));
  const photos = db.select().from(identityClaims).all();
  return [
    ...of('the offer of contract', db.select().from(contracts).all()),
    ...of('the sealed contract', db.select().from(contractSeals).all()),
    ...of('the pay file', db.select().from(payFiles).all()),
    ...of('the tax sheet', db.select().from(taxFiles).all()),
    ...of('the witness photo of', keptPhotos(db)),
    ...of('the licence', db.select().from(employerLicences).all()),
    ...photos.flatMap(({ id, photos: said }) =>
      (JSON.parse(said) as { fileId: string }[]).map(({ fileId }) => ({ fileId, what: `a photo of ${id}` })),
    ),
  ];
}

function filesKey(db: Db, org: string, secretsFile: string): Uint8Array | undefined {
  const wrapped = db.select().from(cellKeys).get()?.wrapped;
  if (!wrapped || !existsSync(secretsFile)) return undefined;
  const { keyEncryption } = zSecrets.parse(JSON.parse(readFileSync(secretsFile, 'utf8')));
  return deriveKey(openBytes(fromBase64url(keyEncryption), fromBase64url(wrapped), `cell ${org}`), 'files');
}

function isWhole(key: Uint8Array, fileId: string, path: string): boolean {
  try {
    return keyedHash(key, openBytes(key, new Uint8Array(readFileSync(path)), fileId)) === fileId;
  } catch {
    return false;
  }
}
