/** Long reads in turns: between two chunks, whoever else waits for the event loop is served. */
import { setImmediate } from 'node:timers';

/** Everything of the chunks, in order. Facts may change between two chunks; each chunk is read in one go. */
export async function collectInTurns<T>(chunks: Iterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for (const chunk of chunks) {
    all.push(...chunk);
    await letOthersIn();
  }
  return all;
}

export function letOthersIn(): Promise<void> {
  return new Promise((done) => {
    setImmediate(done);
  });
}
