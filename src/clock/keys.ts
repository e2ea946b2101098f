/** What a cell's own secrets are used for in this room, derived once while it is awake. */
import type { CellKeys } from '../http/env.ts';
import { deriveKey } from '../kernel/digest.ts';
import { type SigningKey, signingKeyOf } from '../kernel/signing.ts';
import { siteCodeKey } from './site-code.ts';

export interface WorkKeys {
  readonly receipts: SigningKey;
  readonly serverTime: Uint8Array;
  readonly siteCode: Uint8Array;
}

const known = new WeakMap<CellKeys, WorkKeys>();

export function workKeysOf(keys: CellKeys): WorkKeys {
  const found = known.get(keys);
  if (found) return found;
  const made: WorkKeys = {
    receipts: signingKeyOf(keys.signing),
    serverTime: deriveKey(keys.index, 'server-time'),
    siteCode: siteCodeKey(keys.index),
  };
  known.set(keys, made);
  return made;
}
