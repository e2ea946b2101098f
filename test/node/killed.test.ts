/** Real crashes: the server is killed in the middle of a load, and phones send again what they hold. */
import { fork } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { buildServer } from '../../build.mjs';
import { front } from '../../src/app.ts';
import { lockFolder } from '../../src/cell/node-lock.ts';
import { punchOf } from '../../src/clock/punch.ts';
import { verifyPunches } from '../../src/clock/verify-punches.ts';
import { parseConfig } from '../../src/config.ts';
import { type ChainLink, chainFaults } from '../../src/hours/chain.ts';
import { openService } from '../../src/node-service.ts';
import { verifyJournal } from '../../src/store/journal.ts';
import { openNodeStore } from '../../src/store/node.ts';
import { runLoad } from '../bench/load.ts';
import { request, signedChain } from '../bench/requests.ts';
import type { Puncher } from '../bench/seed.ts';

const connections = 32;
const each = 60;

beforeAll(() => buildServer(), 60_000);

test('a server killed in the middle of a load has lost no punch that it acknowledged, and phones that send all of theirs again are counted once', {
  timeout: 120_000,
}, async () => {
  const server = fork('dist/bench-server.js', ['signedPunch']);
  onTestFinished(() => void server.kill('SIGKILL'));
  const { port, punchers, folder } = await new Promise<{ port: number; punchers: Puncher[]; folder: string }>(
    (done) =>
      server.once('message', (message) =>
        done(message as { port: number; punchers: Puncher[]; folder: string }),
      ),
  );
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const queues = punchers.slice(0, connections).map((puncher) => signedChain(puncher, each));
  const turns = queues.map(() => 0);
  const acknowledged: string[] = [];
  const ended = new Promise((done) => server.once('exit', done));
  const load = runLoad({
    port,
    connections,
    next: (connection) => {
      const turn = turns[connection] ?? 0;
      turns[connection] = turn + 1;
      const { path, body } = queues[connection]?.[turn % each] ?? { path: '/', body: '' };
      return request('PUT', path, body);
    },
    seconds: 60,
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
  const [name = ''] = readdirSync(join(folder, 'cells')).filter((file) => file.endsWith('.sqlite'));
  const openCell = () => openNodeStore(join(folder, 'cells', name));
  const store = openCell();
  expect(acknowledged.filter((id) => punchOf(store.db, id) === undefined)).toEqual([]);
  expect(verifyJournal(store.db)).toMatchObject({ ok: true });
  await store.close();

  const service = await openService(parseConfig({ PORT: '0', DATA_DIR: folder }), {
    publicFolder: 'dist/public',
  });
  for (const queue of queues) {
    for (const { path, body } of queue) {
      const headers = { 'content-type': 'application/json' };
      const again = new Request(`http://localhost${path}`, { method: 'PUT', headers, body });
      expect((await front.fetch(again, service.context)).status).toBe(200);
    }
  }
  await service.close();
  const mended = openCell();
  onTestFinished(() => mended.close());
  expect(verifyPunches(mended.db, punchers[0]?.org ?? '')).toMatchObject({
    ok: true,
    signed: connections * each,
  });
  expect(verifyJournal(mended.db)).toMatchObject({ ok: true });
  const links = mended.sqlite
    .prepare(
      'SELECT id AS punchId, device_id AS deviceId, seq, previous_digest AS previousDigest, record_digest AS recordDigest FROM punches',
    )
    .all() as ChainLink[];
  for (const { phone } of punchers)
    expect(chainFaults(links.filter(({ deviceId }) => deviceId === phone?.deviceId)).size).toBe(0);
});
