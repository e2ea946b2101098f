/** What ships beside the code, on Node: a folder. Fonts are read once and kept by the caller. */
import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import type { Assets } from './providers.ts';

export function folderAssets(folder: string): Assets {
  return {
    async read(path) {
      const inside = normalize(path);
      if (inside.startsWith('..')) throw new Error('not an asset');
      return new Uint8Array(await readFile(join(folder, inside)));
    },
  };
}
