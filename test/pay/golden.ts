/** Golden files: what a user downloads, byte for byte. `GOLDEN=1` writes them anew; look at them before committing. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

export async function expectGolden(name: string, bytes: Uint8Array): Promise<void> {
  const path = fileURLToPath(new URL(`../golden/pay/${name}`, import.meta.url));
  if (process.env.GOLDEN) await writeFile(path, bytes);
  expect(
    Buffer.from(bytes).equals(await readFile(path)),
    `${name} differs from what was written before`,
  ).toBe(true);
}
