/** One digest for many records, and the path that shows a record to be one of them. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inclusionPaths, isIncluded, merkleRoot } from '../../src/kernel/merkle.ts';

const digest = (...parts: (string | Buffer)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const leaf = (record: string) => digest(Buffer.of(0), record);
const node = (left: Buffer, right: Buffer) => digest(Buffer.of(1), left, right);
const nth = <T>(list: readonly T[], index: number): T => list[index] as T;

test('leaves and nodes are hashed behind different bytes, as RFC 9162 has it', async () => {
  const [a, b, c] = ['a', 'b', 'c'].map(leaf) as [Buffer, Buffer, Buffer];
  expect(await merkleRoot(['a'])).toBe(a.toString('base64url'));
  expect(await merkleRoot(['a', 'b', 'c'])).toBe(node(node(a, b), c).toString('base64url'));
  expect((await inclusionPaths(['a', 'b', 'c'])).map(({ path }) => path.length)).toEqual([2, 2, 1]);
  await expect(merkleRoot([])).rejects.toThrow(RangeError);
});

test('every record of a tree is included by its path, and by no other path, place or size', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 40 }), fc.nat(), async (size, pick) => {
      const records = Array.from({ length: size }, (_, index) => `record ${index}`);
      const paths = await inclusionPaths(records);
      const index = pick % size;
      const [record, proof] = [nth(records, index), nth(paths, index)];
      expect(proof.root).toBe(await merkleRoot(records));
      expect(await isIncluded(record, proof)).toBe(true);
      expect(await isIncluded(`${record}!`, proof)).toBe(false);
      expect(await isIncluded(record, { ...proof, path: [...proof.path, proof.root] })).toBe(false);
      if (size > 1) {
        expect(await isIncluded(record, { ...proof, leafIndex: (index + 1) % size })).toBe(false);
        expect(await isIncluded(record, { ...proof, path: proof.path.slice(1) })).toBe(false);
      }
    }),
    { numRuns: 40 },
  );
});

test('a malformed path proves nothing', async () => {
  const [proof] = await inclusionPaths(['a', 'b']);
  if (!proof) throw new Error('no path');
  for (const wrong of [
    { ...proof, leafIndex: -1 },
    { ...proof, leafIndex: 2 },
    { ...proof, leafIndex: 0.5 },
    { ...proof, root: 'x' },
    { ...proof, path: ['?'] },
  ])
    expect(await isIncluded('a', wrong)).toBe(false);
});
