/** The whole product on one machine: data folder, cells, directory and an HTTP server, with the clock and the messages as arguments. */
import { statfs } from 'node:fs/promises';
import type { IncomingMessage, Server } from 'node:http';
import { join, resolve } from 'node:path';
import { type HttpBindings, serve } from '@hono/node-server';
import { eq, isNull, sql } from 'drizzle-orm';
import { operators, passkeys } from '../db/directory.ts';
import { directoryMigrations, migrate } from '../db/migrate.ts';
import { front } from './app.ts';
import { NodeCells } from './cell/node.ts';
import { type FolderLock, lockFolder } from './cell/node-lock.ts';
import { type KeptSecrets, openSecrets, readSecrets } from './cell/node-secrets.ts';
import { type Config, isAddress, isLocalhost } from './config.ts';
import { rendererHere } from './document/drawing.ts';
import { ThreadRenderer } from './document/node-renderer.ts';
import { type Instant, instantOf } from './kernel/time.ts';
import type { FrontContext } from './people/context.ts';
import { addressKeyOf } from './people/context.ts';
import { directoryPort, localDirectory } from './people/directory.ts';
import { hasOperator } from './people/registration.ts';
import { folderAssets } from './provider/node-assets.ts';
import { nodeMessages } from './provider/node-messages.ts';
import { payouts } from './provider/payouts.ts';
import type { Messages } from './provider/providers.ts';
import { httpTimestamps } from './provider/timestamp.ts';
import { openStaticFiles } from './static-files.ts';
import { type NodeStore, openNodeStore } from './store/node.ts';

export interface ServiceOptions {
  /** Where `npm run build` left what browsers and contracts need. */
  readonly publicFolder: string;
  /** The built thread that draws; without it documents are drawn on the thread that answers. */
  readonly rendererScript?: string;
  readonly clock?: () => Instant;
  readonly messages?: Messages;
  readonly allowTerminalSigners?: boolean;
}

export interface Service {
  readonly secrets: KeptSecrets;
  readonly cells: NodeCells;
  readonly context: FrontContext;
  /** Where the first operator sets up; undefined once there is one. */
  readonly setupUrl: () => string | undefined;
  /** Answers the port. */
  listen(): Promise<number>;
  close(): Promise<void>;
}

/** A setting contradicts what the data folder was made for. */
export class DomainMoved extends Error {
  override readonly name = 'DomainMoved';
}

const diskMinBytes = 64 * 1024 * 1024;

/** Opens everything. Throws `FolderInUse` or `DomainMoved` and leaves nothing open then. */
export async function openService(config: Config, options: ServiceOptions): Promise<Service> {
  const folder = resolve(config.dataDir);
  const lock = lockFolder(folder);
  try {
    return await openLocked(config, options, folder, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openLocked(
  config: Config,
  options: ServiceOptions,
  folder: string,
  lock: FolderLock,
): Promise<Service> {
  const clock = options.clock ?? (() => instantOf(Date.now()));
  const { rpId, publicUrl } = config;
  const store = openNodeStore(join(folder, 'directory.sqlite'));
  try {
    await migrate(store, directoryMigrations, clock());
    refuseMovedDomain(store, folder, rpId);
    const secrets = await openSecrets(folder, rpId, clock());
    const terminal = isLocalhost(rpId);
    const messages = options.messages ?? nodeMessages({ ...config, terminal });
    const directory = localDirectory(store, clock);
    const { publicFolder, rendererScript } = options;
    const assets = folderAssets(publicFolder);
    const thread = rendererScript ? new ThreadRenderer({ script: rendererScript, publicFolder }) : undefined;
    const cells = new NodeCells({
      folder,
      wrappingKey: secrets.keyEncryption,
      assets,
      renderer: thread ?? rendererHere(assets),
      messages,
      directory: directoryPort(directory, async () => ({
        messages,
        publicUrl,
        addressKey: addressKeyOf(secrets),
      })),
      publicUrl,
      rpId,
      authority: secrets.authority,
      payouts: payouts(config.payoutUrls),
      timestamps: httpTimestamps(config.timestampUrls),
      ...(config.tileUrl ? { tileUrl: config.tileUrl } : {}),
      clock,
      ...(options.allowTerminalSigners ? { allowTerminalSigners: true } : {}),
    });
    const context: FrontContext = {
      directory,
      cells,
      secrets,
      messages,
      publicUrl,
      rpId,
      ...(config.tileUrl ? { tileUrl: config.tileUrl } : {}),
      clock,
      troubles: () => troublesOf(folder, store),
    };
    return {
      secrets,
      cells,
      context,
      setupUrl: () => (hasOperator(store) ? undefined : `${publicUrl}/setup?token=${secrets.setupToken}`),
      ...serving(config, context, options.publicFolder, cells, async () => {
        await cells.close();
        await thread?.close();
        store.close();
        lock.release();
      }),
    };
  } catch (error) {
    store.close();
    throw error;
  }
}

/** Passkeys are bound to a domain for good: on another one nobody could sign in. */
function refuseMovedDomain(store: NodeStore, folder: string, rpId: string): void {
  const known = readSecrets(folder)?.rpId;
  if (known === undefined || known === rpId) return;
  const { n } = store.db
    .select({ n: sql<number>`count(*)` })
    .from(passkeys)
    .where(isNull(passkeys.revokedAt))
    .get() ?? { n: 0 };
  throw new DomainMoved(
    `This data was first started on ${known}; with PUBLIC_URL on ${rpId}, ${n} passkey${n === 1 ? '' : 's'} would die. ` +
      `Set PUBLIC_URL back to ${known}, or start anew in another DATA_DIR.`,
  );
}

async function troublesOf(folder: string, store: NodeStore): Promise<readonly string[]> {
  const troubles: string[] = [];
  const disk = await statfs(folder);
  if (disk.bavail * disk.bsize < diskMinBytes) troubles.push('The disk is almost full.');
  try {
    store.db.select().from(operators).where(eq(operators.personId, '')).get();
  } catch {
    troubles.push('The directory does not answer.');
  }
  return troubles;
}

function serving(
  config: Config,
  context: FrontContext,
  publicFolder: string,
  cells: NodeCells,
  closeData: () => Promise<void>,
): Pick<Service, 'listen' | 'close'> {
  const files = openStaticFiles(publicFolder);
  const answer = (request: Request, { incoming }: HttpBindings) =>
    redirectFromAddress(config, incoming) ??
    files(incoming) ??
    front.fetch(request, context, callerOf(incoming));
  let server: Server | undefined;
  return {
    listen: () =>
      new Promise((done, fail) => {
        server = serve(
          {
            fetch: answer as (request: Request, env: unknown) => Response | Promise<Response>,
            port: config.port,
            hostname: config.host,
            serverOptions: { keepAliveTimeout: 65_000, requestTimeout: 300_000 },
          },
          ({ port }) => {
            cells.start();
            done(port);
          },
        ) as Server;
        server.once('error', fail);
      }),
    async close() {
      cells.hush();
      await closeServer(server);
      await closeData();
    },
  };
}

/** The socket's address; behind a proxy on this machine, the one that the proxy saw, which it writes last. */
function callerOf({ socket, headers }: IncomingMessage): string | undefined {
  const near = socket.remoteAddress;
  const forwarded = headers['x-forwarded-for'];
  if (forwarded === undefined || !near || !/^(::ffff:)?127\.|^::1$/.test(near)) return near;
  return String(forwarded).split(',').at(-1)?.trim() || near;
}

async function closeServer(server: Server | undefined): Promise<void> {
  if (!server) return;
  const closed = new Promise((done) => server.close(done));
  server.closeIdleConnections();
  // Who is being answered gets the answer; who only holds a connection does not hold us.
  const late = setTimeout(() => server.closeAllConnections(), 5_000);
  await closed;
  clearTimeout(late);
}

/** Browsers refuse passkeys on an address, so a page that is asked for by one is shown under its name. */
function redirectFromAddress({ publicUrl, rpId }: Config, incoming: IncomingMessage): Response | undefined {
  const host = incoming.headers.host ?? '';
  const first = host.charCodeAt(0);
  const beginsLikeAddress = (first >= 48 && first <= 57) || first === 91;
  if (!beginsLikeAddress || (incoming.method !== 'GET' && incoming.method !== 'HEAD')) return undefined;
  const path = incoming.url ?? '/';
  if (/^\/(api\/|healthz|readyz)/.test(path)) return undefined;
  const hostname = host.startsWith('[') ? host : host.split(':')[0];
  if (!hostname || !isAddress(hostname.replace(/\]:\d+$/, ']')) || isAddress(rpId)) return undefined;
  return new Response(null, { status: 307, headers: { location: `${publicUrl}${path}` } });
}
