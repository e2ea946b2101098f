/** Random bytes, fetched in one go for many small uses: asking the system costs more than the bytes. */
import { randomFillSync } from 'node:crypto';

const pool = new Uint8Array(4096);
let used = pool.length;

/** Fresh random bytes, at most 64, for ids and salts; each byte is given out once. Keys are made by `randomBytes`. */
export function randomPart(bytes: number): Uint8Array {
  if (bytes > 64) throw new RangeError('ask randomBytes for more than 64 bytes');
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.slice(used - bytes, used);
}
