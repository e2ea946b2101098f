/** Drawing on a thread: the same bytes, refusals that stay refusals, and a crash that costs one answer. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { drawContract } from '../../src/document/document.ts';
import { rendererHere } from '../../src/document/drawing.ts';
import { ThreadRenderer } from '../../src/document/node-renderer.ts';
import { Refusal } from '../../src/kernel/refusal.ts';
import { freshFolder } from '../node/folder.ts';
import { readAsset } from '../support/assets.ts';
import { longContract } from './paper.ts';

function threadOf(script: string, jobMs?: number): ThreadRenderer {
  const renderer = new ThreadRenderer({
    script: resolve(script),
    publicFolder: 'dist/public',
    ...(jobMs ? { jobMs } : {}),
  });
  onTestFinished(() => renderer.close());
  return renderer;
}

/** A thread that does as it is told. */
function obedient(): string {
  const script = join(freshFolder(), 'thread.mjs');
  writeFileSync(
    script,
    `import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ id, kind, input }) => {
      if (kind === 'crash') process.exit(3);
      if (kind === 'hang') return;
      if (kind === 'fault') parentPort.postMessage({ id, fault: 'a bug' });
      else parentPort.postMessage({ id, crossing: { value: input } });
    });`,
  );
  return script;
}

test('the thread of the build draws the same bytes as the code does, and refuses the same', async () => {
  const thread = threadOf('dist/renderer-thread.js');
  const short = longContract({ clauses: longContract().clauses.slice(0, 1) });
  const [there, here] = await Promise.all([
    drawContract(short, thread),
    drawContract(short, rendererHere({ read: readAsset })),
  ]);
  expect(there).toEqual(here);
  const refusal = await drawContract({ ...short, title: { zh: '𪚥', en: 'x' } }, thread).catch(
    (error) => error,
  );
  expect(refusal).toBeInstanceOf(Refusal);
  expect(refusal).toMatchObject({ slug: 'character-unprintable' });
});

test('a thread that ends refuses who waited, and the next one is answered by another', async () => {
  const thread = threadOf(obedient());
  const waiting = [thread.render('hang', 1), thread.render('crash', 2)].map((job) =>
    job.catch((error) => error),
  );
  for (const answer of await Promise.all(waiting))
    expect(answer).toMatchObject({ slug: 'drawing-interrupted' });
  expect(await thread.render('echo', 'again')).toBe('again');
});

test('a job that never ends is ended', async () => {
  const thread = threadOf(obedient(), 300);
  await expect(thread.render('hang', 1)).rejects.toMatchObject({ slug: 'drawing-interrupted' });
  expect(await thread.render('echo', 'again')).toBe('again');
});

test('a bug in drawing is a fault, not a refusal', async () => {
  const thread = threadOf(obedient());
  const fault = await thread.render('fault', 1).catch((error: unknown) => error);
  expect(fault).not.toBeInstanceOf(Refusal);
  expect(fault).toMatchObject({ message: 'drawing failed', cause: 'a bug' });
});
