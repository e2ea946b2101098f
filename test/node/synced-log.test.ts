import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openNodeStore } from '../../src/store/node.ts';
import { freshFolder } from './folder.ts';

type Callback = (error: Error | null) => void;
/** Syncs that were asked for and not answered: the test is the disk. */
const disk = vi.hoisted(() => ({ asked: [] as Callback[] }));
vi.mock('node:fs', async (actual) => ({
  ...(await actual<typeof import('node:fs')>()),
  fdatasync: (_file: number, done: Callback) => void disk.asked.push(done),
}));

function openStore() {
  disk.asked = [];
  const store = openNodeStore(join(freshFolder(), 'one.sqlite'));
  onTestFinished(() => store.close());
  store.sqlite.exec('CREATE TABLE rows (id TEXT PRIMARY KEY)');
  const heard: string[] = [];
  const write = (id: string) =>
    store
      .commit(() => void store.sqlite.prepare('INSERT INTO rows VALUES (?)').run(id))
      .then(
        () => heard.push(`${id} holds`),
        () => heard.push(`${id} failed`),
      );
  const turn = () => new Promise((done) => setTimeout(done, 5));
  return { write, heard, turn };
}

test('nobody hears of a commit before the disk has it, and commits of meanwhile share the next sync', async () => {
  const { write, heard, turn } = openStore();
  void write('a');
  await turn();
  void write('b');
  await turn();
  void write('c');
  await turn();
  expect(disk.asked).toHaveLength(1);
  expect(heard).toEqual([]);
  disk.asked.shift()?.(null);
  await turn();
  expect(heard).toEqual(['a holds']);
  expect(disk.asked).toHaveLength(1);
  disk.asked.shift()?.(null);
  await turn();
  expect(heard).toEqual(['a holds', 'b holds', 'c holds']);
});

test('after a failed sync nothing more is promised', async () => {
  const { write, heard, turn } = openStore();
  void write('a');
  await turn();
  disk.asked.shift()?.(new Error('EIO'));
  await turn();
  void write('b');
  await turn();
  expect(heard).toEqual(['a failed', 'b failed']);
});
