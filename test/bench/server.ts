/** The server's side of the bench, in its own process: one of the things that are compared, told by its first argument. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { parseConfig } from '../../src/config.ts';
import { openSession } from '../../src/http/session.ts';
import { newId } from '../../src/kernel/id.ts';
import { instantOf } from '../../src/kernel/time.ts';
import { openService, type Service } from '../../src/node-service.ts';
import { Database } from '../../src/store/sqlite.ts';
import { type BindDevice, type Puncher, seedEmployer } from './seed.ts';

mkdirSync('out', { recursive: true });
const folder = mkdtempSync(join('out', 'bench-'));

const echo = () => new Hono().get('/echo', (c) => c.json({ ok: true }));

/** What somebody would write first: one row, one commit, one request. */
function bareRow(): Hono {
  const sqlite = new Database(join(folder, 'bare.sqlite'));
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.exec('CREATE TABLE rows (id TEXT PRIMARY KEY, body TEXT NOT NULL)');
  const insert = sqlite.prepare('INSERT INTO rows VALUES (?, ?)');
  return new Hono().put('/rows/:id', async (c) => {
    insert.run(c.req.param('id'), JSON.stringify(await c.req.json()));
    return c.json({ ok: true });
  });
}

async function product(
  employers: number,
  workersEach: number,
): Promise<{ port: number; punchers: Puncher[] }> {
  const config = parseConfig({ PORT: '0', DATA_DIR: folder });
  service = await openService(config, { publicFolder: 'dist/public' });
  const punchers: Puncher[] = [];
  const at = instantOf(Date.now());
  for (let n = 0; n < employers; n += 1) {
    const { directory } = service.context;
    const bind: BindDevice = (personId, device) =>
      directory.call(personId, 'bindDevice', { personId, device });
    const { org, people } = await seedEmployer(service.cells, newId(), workersEach, at, bind);
    for (const { personId, ...puncher } of people) {
      await directory.call(personId, 'ensureAccount', {
        personId,
        displayName: 'Worker',
        locale: 'en',
      });
      const token = openSession(service.secrets.session, { personId, grade: 'A' }, at);
      punchers.push({ org, ...puncher, token });
    }
  }
  return { port: await service.listen(), punchers };
}

let service: Service | undefined;

function bare(app: Hono): Promise<{ port: number; punchers: Puncher[] }> {
  return new Promise((done) => {
    serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => done({ port, punchers: [] }));
  });
}

function folderBytes(path: string): number {
  return readdirSync(path, { withFileTypes: true })
    .map((entry) =>
      entry.isDirectory() ? folderBytes(join(path, entry.name)) : statSync(join(path, entry.name)).size,
    )
    .reduce((sum, size) => sum + size, 0);
}

const servers: Readonly<Record<string, () => Promise<{ port: number; punchers: Puncher[] }>>> = {
  echo: () => bare(echo()),
  bareRow: () => bare(bareRow()),
  punch: () => product(1, 64),
  signedPunch: () => product(1, 64),
  sync: () => product(1, 1000),
  punch200: () => product(200, 1),
  memory: () => product(1, 64),
};

process.on('message', (question) => {
  if (question === 'memory') {
    const { user, system } = process.cpuUsage();
    process.send?.({
      rssBytes: process.memoryUsage().rss,
      cellBytes: folderBytes(folder),
      cpuMicroseconds: user + system,
    });
  } else if (question === 'stop') {
    // A server that ends by itself writes its profile, when one was asked for.
    void (service?.close() ?? Promise.resolve()).then(() => {
      rmSync(folder, { recursive: true, force: true });
      process.exit(0);
    });
  }
});

const start = servers[process.argv[2] ?? ''];
if (!start) throw new Error(`one of ${Object.keys(servers).join(', ')}`);
process.send?.({ ...(await start()), folder });
