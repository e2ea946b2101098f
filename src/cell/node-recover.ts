/** A way back in for an employer's owners and for the operator who have lost their keys. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cellMigrations, directoryMigrations, migrate } from '../../db/migrate.ts';
import { invitationToken, makeInvitation } from '../employer/invitation.ts';
import { isId, newId } from '../kernel/id.ts';
import { addSeconds, type Instant } from '../kernel/time.ts';
import { endOperator } from '../people/registration.ts';
import { openNodeStore } from '../store/node.ts';
import { openCellKeys } from './keys.ts';
import { readSecrets } from './node-secrets.ts';

const lifeSeconds = 86_400;

/** A link, good once and for a day, that makes whoever opens it an owner. It is in the employer's journal; the service may run meanwhile. */
export async function recoverOwner(
  dataDir: string,
  org: string,
  publicUrl: string,
  at: Instant,
): Promise<string | undefined> {
  const secrets = readSecrets(dataDir);
  const file = join(dataDir, 'cells', `${org}.sqlite`);
  if (!secrets || !isId(org) || !existsSync(file)) return undefined;
  const store = openNodeStore(file);
  try {
    await migrate(store, cellMigrations, at);
    const keys = await openCellKeys(store, org, secrets.keyEncryption, at);
    const id = newId();
    const invitation = {
      id,
      kind: 'member' as const,
      label: 'recover-owner',
      cap: 1,
      expiresAt: addSeconds(at, lifeSeconds),
      approvalRequired: false,
      roles: [{ role: 'owner' as const }],
    };
    await store.commit((tx) => makeInvitation(tx, keys.index, { kind: 'system' }, invitation, at));
    return `${publicUrl}/join/${org}/${invitationToken(keys.index, id)}`;
  } finally {
    store.close();
  }
}

/** The set-up link, open again: whoever opens it becomes the operator instead of who was. The service may run meanwhile. */
export async function recoverOperator(
  dataDir: string,
  publicUrl: string,
  at: Instant,
): Promise<string | undefined> {
  const secrets = readSecrets(dataDir);
  if (!secrets) return undefined;
  const store = openNodeStore(join(dataDir, 'directory.sqlite'));
  try {
    await migrate(store, directoryMigrations, at);
    await endOperator(store, at);
    return `${publicUrl}/setup?token=${secrets.setupToken}`;
  } finally {
    store.close();
  }
}
