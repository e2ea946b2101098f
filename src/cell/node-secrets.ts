/** The deployment's secrets on Node: made at the first start, kept in one file that only its owner may read. */
import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { base64url, fromBase64url, randomToken } from '../kernel/digest.ts';
import type { Instant } from '../kernel/time.ts';
import type { DeploymentSecrets } from '../people/context.ts';
import { makeAuthority } from '../seal/authority.ts';

/** `rpId`: what passkeys are bound to, fixed at the first start. */
export interface KeptSecrets extends DeploymentSecrets {
  readonly rpId: string;
}

export const secretsFile = 'secrets.json';
const zSecrets = z.strictObject({
  madeAt: z.string(),
  rpId: z.string(),
  session: z.string(),
  pepper: z.string(),
  keyEncryption: z.string(),
  setupToken: z.string(),
  authority: z.strictObject({ certificatePem: z.string(), privateKeyPem: z.string() }),
});

/** Undefined before the first start. */
export function readSecrets(folder: string): KeptSecrets | undefined {
  const file = join(folder, secretsFile);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  chmodSync(file, 0o600);
  const { session, pepper, keyEncryption, madeAt: _, ...rest } = zSecrets.parse(JSON.parse(text));
  return {
    ...rest,
    session: fromBase64url(session),
    pepper: fromBase64url(pepper),
    keyEncryption: fromBase64url(keyEncryption),
  };
}

/** Those of the folder; made when there are none. */
export async function openSecrets(folder: string, rpId: string, at: Instant): Promise<KeptSecrets> {
  const known = readSecrets(folder);
  if (known) return known;
  const fresh = () => base64url(randomBytes(32));
  writeWhole(
    join(folder, secretsFile),
    JSON.stringify(
      {
        madeAt: at,
        rpId,
        session: fresh(),
        pepper: fresh(),
        keyEncryption: fresh(),
        setupToken: randomToken(24),
        authority: await makeAuthority(`Workcard deployment ${rpId}`, at),
      },
      null,
      2,
    ),
  );
  const made = readSecrets(folder);
  if (!made) throw new Error(`${secretsFile} vanished`);
  return made;
}

/** Written beside, flushed, then renamed: a crash leaves no half of a secret, without which nothing could be read again. */
export function writeWhole(file: string, text: string): void {
  const beside = `${file}.new`;
  const handle = openSync(beside, 'w', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(beside, file);
}
