/** A server on loopback for one test file: what was built for browsers, and an app of the test's or the product itself. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HttpBindings, type ServerType, serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { parseConfig } from '../../../src/config.ts';
import type { Instant } from '../../../src/kernel/time.ts';
import { openService, type Service } from '../../../src/node-service.ts';
import type { Messages } from '../../../src/provider/providers.ts';
import { openStaticFiles } from '../../../src/static-files.ts';

const publicFolder = 'dist/public';
/** As on the product's pages: a script or style that breaks it is found here first. */
const policy =
  "default-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:; font-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

export interface TestServer {
  /** `http://localhost:port`. */
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves a test's own pages with the product's styles and scripts. */
export async function serveApp(app: Hono): Promise<TestServer> {
  const files = openStaticFiles(publicFolder);
  const fetch = async (request: Request, env: unknown) => {
    const file = files((env as HttpBindings).incoming);
    if (file) return file;
    const answer = await app.fetch(request);
    if (answer.headers.get('content-type')?.startsWith('text/html')) {
      answer.headers.set('content-security-policy', policy);
    }
    return answer;
  };
  let server: ServerType | undefined;
  const port = await new Promise<number>((done) => {
    server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, (info) => done(info.port));
  });
  return {
    origin: `http://localhost:${port}`,
    close: () =>
      new Promise((done) => {
        server?.close(() => done());
        if (server && 'closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

export interface Product extends TestServer {
  readonly service: Service;
  readonly folder: string;
}

/** The whole product with an empty data folder, which goes when it closes. */
export async function serveProduct({
  settings = {},
  ...options
}: {
  readonly clock?: () => Instant;
  readonly messages?: Messages;
  /** As in the environment, e.g. `TILE_URL`. */
  readonly settings?: Readonly<Record<string, string>>;
} = {}): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'workcard-browser-'));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const config = parseConfig({ ...settings, PORT: String(port), DATA_DIR: folder, PUBLIC_URL: origin });
  const service = await openService(config, { publicFolder, ...options });
  await service.listen();
  return {
    origin,
    service,
    folder,
    async close() {
      await service.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The address is part of the product's settings, so the port is chosen before it starts. */
function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? done(address.port) : fail(new Error('no port')),
      );
    });
  });
}
