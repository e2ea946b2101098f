/**
 * Merkle trees as RFC 9162 §2.1 builds them: one digest stands for many records, and a short path shows that a record
 * is one of them. Leaves and nodes begin with different bytes, so that a node can never pass for a record.
 */
import { type Bytes, base64urlOf, bytesOfBase64, digestBytes, isSameBytes, joined } from './web-digest.ts';

/** Where one record stands: digests from its own neighbour up to the root's child, base64url. */
export interface InclusionPath {
  readonly root: string;
  readonly path: readonly string[];
  /** From 0. */
  readonly leafIndex: number;
  readonly size: number;
}

const leafOf = (record: string) =>
  digestBytes(joined(Uint8Array.of(0), new TextEncoder().encode(record)) as Bytes);
const nodeOf = (left: Bytes, right: Bytes) => digestBytes(joined(Uint8Array.of(1), left, right));

/** The root over records in their order, base64url. Throws when there is none: nobody signs nothing. */
export async function merkleRoot(records: readonly string[]): Promise<string> {
  return base64urlOf(await rootOf(await Promise.all(records.map(leafOf))));
}

/** The path of each record, in order, under one root. */
export async function inclusionPaths(records: readonly string[]): Promise<readonly InclusionPath[]> {
  const leaves = await Promise.all(records.map(leafOf));
  const { root, paths } = await pathsOf(leaves);
  return paths.map((path, leafIndex) => ({
    root: base64urlOf(root),
    path: path.map(base64urlOf),
    leafIndex,
    size: records.length,
  }));
}

/** Whether the record stands at that place in the tree of that root (RFC 9162 §2.1.3.2). False for anything malformed. */
export async function isIncluded(record: string, proof: InclusionPath): Promise<boolean> {
  const { leafIndex, size } = proof;
  if (!Number.isSafeInteger(leafIndex) || !Number.isSafeInteger(size)) return false;
  if (leafIndex < 0 || leafIndex >= size) return false;
  const path = digestsOf([...proof.path, proof.root]);
  const root = path?.pop();
  if (!path || !root) return false;
  let [index, last] = [leafIndex, size - 1];
  let digest = await leafOf(record);
  for (const sibling of path) {
    if (last === 0) return false;
    if (index % 2 === 1 || index === last) {
      digest = await nodeOf(sibling, digest);
      while (index % 2 === 0 && index !== 0) [index, last] = [half(index), half(last)];
    } else {
      digest = await nodeOf(digest, sibling);
    }
    [index, last] = [half(index), half(last)];
  }
  return last === 0 && isSameBytes(digest, root);
}

const half = (value: number) => Math.floor(value / 2);

function digestsOf(texts: readonly string[]): Bytes[] | undefined {
  if (texts.some((text) => !/^[\w-]{43}$/.test(text))) return undefined;
  return texts.map(bytesOfBase64);
}

/** The largest power of two below. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

async function rootOf(leaves: readonly Bytes[]): Promise<Bytes> {
  return (await pathsOf(leaves)).root;
}

async function pathsOf(
  leaves: readonly Bytes[],
): Promise<{ root: Bytes; paths: readonly (readonly Bytes[])[] }> {
  const [only] = leaves;
  if (!only) throw new RangeError('a tree of no records has no root');
  if (leaves.length === 1) return { root: only, paths: [[]] };
  const split = splitOf(leaves.length);
  const [left, right] = await Promise.all([pathsOf(leaves.slice(0, split)), pathsOf(leaves.slice(split))]);
  return {
    root: await nodeOf(left.root, right.root),
    paths: [
      ...left.paths.map((path) => [...path, right.root]),
      ...right.paths.map((path) => [...path, left.root]),
    ],
  };
}
