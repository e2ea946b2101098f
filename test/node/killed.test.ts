import { fork } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { buildServer } from '../../build.mjs';
import { lockFolder } from '../../src/cell/node-lock.ts';
import { verifyJournal } from '../../src/store/journal.ts';
import { openNodeStore } from '../../src/store/node.ts';
import { punchOf } from '../../src/work/punch.ts';
import { runLoad } from '../bench/load.ts';
import { punchesOf } from '../bench/requests.ts';
import type { Puncher } from '../bench/seed.ts';

const connections = 32;

beforeAll(() => buildServer(), 60_000);

test('a server killed in the middle of a load has lost no punch that it acknowledged, and its folder is free again', {
  timeout: 60_000,
}, async () => {
  const server = fork('dist/bench-server.js', ['punch']);
  onTestFinished(() => void server.kill('SIGKILL'));
  const { port, punchers, folder } = await new Promise<{ port: number; punchers: Puncher[]; folder: string }>(
    (done) =>
      server.once('message', (message) =>
        done(message as { port: number; punchers: Puncher[]; folder: string }),
      ),
  );
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const acknowledged: string[] = [];
  const ended = new Promise((done) => server.once('exit', done));
  const load = runLoad({
    port,
    connections,
    next: punchesOf(punchers, connections),
    seconds: 30,
    onAnswer: (text) => {
      const id = text.startsWith('HTTP/1.1 200') && /"punch":"([0-9a-f-]{36})"/.exec(text)?.[1];
      if (id) acknowledged.push(id);
      if (acknowledged.length === 1500) server.kill('SIGKILL');
    },
  });
  await expect(load).rejects.toThrow();
  await ended;
  expect(acknowledged.length).toBeGreaterThanOrEqual(1500);

  lockFolder(folder).release();
  const [file] = readdirSync(join(folder, 'cells')).filter((name) => name.endsWith('.sqlite'));
  const store = openNodeStore(join(folder, 'cells', file ?? ''));
  onTestFinished(() => store.close());
  expect(acknowledged.filter((id) => punchOf(store.db, id) === undefined)).toEqual([]);
  expect(verifyJournal(store.db)).toMatchObject({ ok: true });
});
