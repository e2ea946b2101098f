/** Encrypted files: named by the keyed hash of their plaintext, so that the same bytes are stored once and a name tells nothing. */
import { keyedHash, openBytes, sealBytes } from '../kernel/digest.ts';
import type { Files } from './providers.ts';

/** Where sealed bytes lie: a folder, or R2. `put` answers when they are safe; both may be repeated. */
export interface RawFiles {
  put(name: string, bytes: Uint8Array): Promise<void>;
  get(name: string): Promise<Uint8Array | undefined>;
  remove(name: string): Promise<void>;
}

/** `key`: 32 bytes of the cell. A file's id is also the context of its seal, so files cannot be swapped. */
export function sealedFiles(raw: RawFiles, key: Uint8Array): Files {
  return {
    async put(bytes) {
      const fileId = keyedHash(key, bytes);
      await raw.put(fileId, sealBytes(key, bytes, fileId));
      return fileId;
    },
    async get(fileId) {
      const sealed = await raw.get(fileId);
      return sealed && openBytes(key, sealed, fileId);
    },
    remove: (fileId) => raw.remove(fileId),
  };
}

/** For tests. */
export function memoryFiles(): RawFiles {
  const files = new Map<string, Uint8Array>();
  return {
    put: async (name, bytes) => void files.set(name, bytes),
    get: async (name) => files.get(name),
    remove: async (name) => void files.delete(name),
  };
}
