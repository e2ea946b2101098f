/** Files in a folder: written beside, flushed, then renamed, so that a file that exists is whole. */
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../kernel/id.ts';
import type { RawFiles } from './files.ts';

export function folderFiles(folder: string): RawFiles {
  const place = (name: string) => {
    if (!/^[\w-]{43}$/.test(name)) throw new Error('not a file id');
    return { folder: join(folder, name.slice(0, 2)), file: join(folder, name.slice(0, 2), name) };
  };
  return {
    async put(name, bytes) {
      const to = place(name);
      await mkdir(to.folder, { recursive: true });
      const beside = `${to.file}.${newId()}`;
      const handle = await open(beside, 'wx');
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(beside, to.file);
    },
    async get(name) {
      try {
        return await readFile(place(name).file);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    remove: (name) => rm(place(name).file, { force: true }),
  };
}
