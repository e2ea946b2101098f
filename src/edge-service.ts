/**
 * The whole product in workerd: the front as a Worker, each employer and each shard of the directory as a Durable
 * Object, files in R2; with the clock and the messages as arguments.
 */
import { DurableObject, WorkerEntrypoint } from 'cloudflare:workers';
import { cellMigrations, directoryMigrations, migrate } from '../db/migrate.ts';
import { front } from './app.ts';
import { cellOf } from './cell/cell.ts';
import { openCellKeys } from './cell/keys.ts';
import { retrySeconds, tickCell } from './cell/tick.ts';
import { type Config, isAddress, isLocalhost, parseConfig } from './config.ts';
import { rendererHere } from './document/drawing.ts';
import type { CellContext } from './http/env.ts';
import type { Actor } from './kernel/actor.ts';
import { arrived, type Crossing, crossing } from './kernel/crossing.ts';
import { deriveKey, fromBase64url, openText, randomToken, sealText } from './kernel/digest.ts';
import { epochMs, type Instant } from './kernel/time.ts';
import { addressKeyOf, type Cells, type DeploymentSecrets, type FrontContext } from './people/context.ts';
import { type Directory, directoryPort, type OperationName, runOperation } from './people/directory.ts';
import { type RawFiles, sealedFiles } from './provider/files.ts';
import { payouts } from './provider/payouts.ts';
import type { Assets, Messages, Renderer } from './provider/providers.ts';
import { smsMessages } from './provider/tencent-sms.ts';
import { noMessages, terminalMessages } from './provider/terminal-messages.ts';
import { httpTimestamps } from './provider/timestamp.ts';
import { makeAuthority } from './seal/authority.ts';
import { openEdgeStore } from './store/edge.ts';

/** What each kind of object answers to the others. */
interface CellCalls extends Rpc.DurableObjectBranded {
  exists(): Promise<boolean>;
  handle(org: string, request: Request, actor: Actor): Promise<Response>;
}
interface DirectoryCalls extends Rpc.DurableObjectBranded {
  call(name: OperationName, input: unknown): Promise<unknown>;
}
interface DeploymentCalls extends Rpc.DurableObjectBranded {
  secrets(): Promise<KeptSecrets>;
}

interface RendererCalls extends Rpc.WorkerEntrypointBranded {
  draw(kind: string, input: unknown): Promise<Crossing<unknown>>;
}

export interface EdgeEnv {
  readonly CELLS: DurableObjectNamespace<CellCalls>;
  readonly DIRECTORY: DurableObjectNamespace<DirectoryCalls>;
  readonly DEPLOYMENT: DurableObjectNamespace<DeploymentCalls>;
  readonly FILES: R2Bucket;
  readonly ASSETS: Fetcher;
  /** This Worker's own entrypoint that draws; without it the employer's object draws itself. */
  readonly RENDERER?: Service<RendererCalls>;
  /** The settings of `src/config.ts` lie beside these: PUBLIC_URL, TENCENT_SMS_*, TILE_URL. */
  readonly PUBLIC_URL: string;
  /** Map tiles, `https://…/{z}/{x}/{y}.png`. */
  readonly TILE_URL?: string;
  /** 32 random bytes, base64. Without it nothing here opens. */
  readonly WORKCARD_SECRET?: string;
}

export interface EdgeOptions {
  readonly clock: () => Instant;
  /** Without it, what the settings say. */
  readonly messages?: Messages;
}

interface KeptSecrets {
  readonly seed: string;
  readonly setupToken: string;
  readonly authority: DeploymentSecrets['authority'];
}

const shards = 256;
const lookMs = 600_000;

/** The classes of the Durable Objects, and the Worker before them. */
export function edgeService({ clock, messages: given }: EdgeOptions) {
  /** The deployment's secrets, made once and wrapped by the one secret that wrangler keeps. */
  class DeploymentObject extends DurableObject<EdgeEnv> implements DeploymentCalls {
    async secrets(): Promise<KeptSecrets> {
      const secret = this.env.WORKCARD_SECRET;
      if (!secret)
        throw new Error('WORKCARD_SECRET is not set: run `npx wrangler secret put WORKCARD_SECRET`');
      const key = deriveKey(new TextEncoder().encode(secret), 'deployment');
      return this.ctx.blockConcurrencyWhile(async () => {
        const known = await this.ctx.storage.get<string>('secrets');
        if (known) return JSON.parse(openText(key, known, 'deployment')) as KeptSecrets;
        const made = {
          seed: randomToken(32),
          setupToken: randomToken(),
          authority: await makeAuthority('Workcard', clock()),
        };
        await this.ctx.storage.put('secrets', sealText(key, JSON.stringify(made), 'deployment'));
        return made;
      });
    }
  }

  let read: Config | undefined;

  /** Throws a `ConfigError` at the first request when a setting is wrong. */
  function configOf(env: EdgeEnv): Config {
    read ??= parseConfig(env as unknown as Readonly<Record<string, string | undefined>>);
    return read;
  }

  function messagesOf({ sms, rpId }: Config): Messages {
    if (given) return given;
    if (sms) return smsMessages(sms);
    return isLocalhost(rpId) ? terminalMessages(console.log) : noMessages;
  }

  // The value is kept, never the promise: workerd hangs who awaits another request's promise.
  let opened: DeploymentSecrets | undefined;

  async function secretsOf(env: EdgeEnv): Promise<DeploymentSecrets> {
    if (opened) return opened;
    const secrets = await openSecrets(env);
    if (!(await directoryOf(env).call('deployment', 'hasOperator', {})))
      console.log(
        `Set it up, once, with this link: ${configOf(env).publicUrl}/setup?token=${secrets.setupToken}`,
      );
    opened = secrets;
    return secrets;
  }

  /** One of the directory's shards. */
  class DirectoryObject extends DurableObject<EdgeEnv> implements DirectoryCalls {
    readonly #store = openEdgeStore(this.ctx.storage);
    #isMigrated = false;

    async call(name: OperationName, input: unknown): Promise<unknown> {
      if (!this.#isMigrated) await this.ctx.blockConcurrencyWhile(() => this.#migrate());
      return runOperation(this.#store, name, input, clock());
    }

    async #migrate(): Promise<void> {
      if (!this.#isMigrated) await migrate(this.#store, directoryMigrations, clock());
      this.#isMigrated = true;
    }
  }

  /** One employer. An object that nobody registered stores nothing and answers nothing. */
  class CellObject extends DurableObject<EdgeEnv> implements CellCalls {
    #context: CellContext | undefined;
    #failures = 0;

    async exists(): Promise<boolean> {
      return (
        this.ctx.storage.sql.exec(`SELECT 1 FROM sqlite_master WHERE name = 'employers'`).toArray().length > 0
      );
    }

    async handle(org: string, request: Request, actor: Actor): Promise<Response> {
      const answer = await cellOf(await this.#opened(org)).handle(request, actor);
      // A write may queue work without waking anybody.
      if (request.method !== 'GET') await this.#comeAgain(lookMs);
      return answer;
    }

    override async alarm(): Promise<void> {
      const org = await this.ctx.storage.get<string>('org');
      if (!org) return;
      const { nextAt, failed } = await tickCell(await this.#opened(org), clock());
      this.#failures = failed ? this.#failures + 1 : 0;
      const wait = failed
        ? retrySeconds(this.#failures) * 1000
        : nextAt && Math.max(epochMs(nextAt) - epochMs(clock()), 1000);
      if (wait !== undefined) await this.#comeAgain(wait);
    }

    /** An alarm that rings sooner stays. */
    async #comeAgain(wait: number): Promise<void> {
      const known = await this.ctx.storage.getAlarm();
      if (known === null || known > Date.now() + wait) await this.ctx.storage.setAlarm(Date.now() + wait);
    }

    async #opened(org: string): Promise<CellContext> {
      if (!this.#context) await this.ctx.blockConcurrencyWhile(() => this.#open(org));
      return this.#context as CellContext;
    }

    async #open(org: string): Promise<void> {
      if (this.#context) return;
      const secrets = await secretsOf(this.env);
      const store = openEdgeStore(this.ctx.storage);
      await this.ctx.storage.put('org', org);
      await migrate(store, cellMigrations, clock());
      const keys = await openCellKeys(store, org, secrets.keyEncryption, clock());
      const config = configOf(this.env);
      this.#context = {
        org,
        store,
        keys,
        files: sealedFiles(filesOf(this.env, org), keys.files),
        assets: assetsOf(this.env),
        renderer: rendererOf(this.env),
        messages: messagesOf(config),
        directory: directoryPort(directoryOf(this.env), async () => ({
          messages: messagesOf(config),
          publicUrl: config.publicUrl,
          addressKey: addressKeyOf(secrets),
        })),
        publicUrl: config.publicUrl,
        rpId: config.rpId,
        ...(config.tileUrl ? { tileUrl: config.tileUrl } : {}),
        ...(this.env.TILE_URL ? { tileUrl: this.env.TILE_URL } : {}),
        authority: secrets.authority,
        payouts: payouts(config.payoutUrls),
        timestamps: httpTimestamps(config.timestampUrls),
        clock,
        wake: () => void this.ctx.storage.setAlarm(Date.now()),
      };
    }
  }

  async function contextOf(env: EdgeEnv): Promise<FrontContext> {
    const config = configOf(env);
    return {
      directory: directoryOf(env),
      cells: cellsOf(env),
      secrets: await secretsOf(env),
      messages: messagesOf(config),
      publicUrl: config.publicUrl,
      rpId: config.rpId,
      ...(config.tileUrl ? { tileUrl: config.tileUrl } : {}),
      ...(env.TILE_URL ? { tileUrl: env.TILE_URL } : {}),
      clock,
      troubles: async () => [],
    };
  }

  const worker = {
    async fetch(request: Request, env: EdgeEnv): Promise<Response> {
      return (
        redirectFromAddress(request, configOf(env)) ??
        front.fetch(request, await contextOf(env), request.headers.get('cf-connecting-ip') ?? undefined)
      );
    },
  };

  return { CellObject, DirectoryObject, DeploymentObject, RendererEntrypoint, worker };
}

/** Draws beside the employers' objects, each of which answers one thing at a time and has 128 MB for everything. */
class RendererEntrypoint extends WorkerEntrypoint<EdgeEnv> implements RendererCalls {
  draw(kind: string, input: unknown): Promise<Crossing<unknown>> {
    return crossing(() => rendererHere(assetsOf(this.env)).render(kind, input));
  }
}

function rendererOf(env: EdgeEnv): Renderer {
  const { RENDERER } = env;
  if (!RENDERER) return rendererHere(assetsOf(env));
  return { render: async (kind, input) => arrived((await RENDERER.draw(kind, input)) as Crossing<unknown>) };
}

/** Browsers refuse passkeys on an address, and an address is what `wrangler dev` shows as its own. */
function redirectFromAddress(request: Request, { publicUrl, rpId }: Config): Response | undefined {
  const { hostname, pathname, search } = new URL(request.url);
  const isPage = request.method === 'GET' && !/^\/(api\/|healthz|readyz)/.test(pathname);
  if (!isPage || !isAddress(hostname) || isAddress(rpId)) return undefined;
  return new Response(null, { status: 307, headers: { location: `${publicUrl}${pathname}${search}` } });
}

async function openSecrets(env: EdgeEnv): Promise<DeploymentSecrets> {
  const { seed, setupToken, authority } = await env.DEPLOYMENT.getByName('deployment').secrets();
  const bytes = fromBase64url(seed);
  return {
    session: deriveKey(bytes, 'session'),
    pepper: deriveKey(bytes, 'pepper'),
    keyEncryption: deriveKey(bytes, 'key-encryption'),
    setupToken,
    authority,
  };
}

function directoryOf(env: EdgeEnv): Directory {
  const call = async (shard: string, name: OperationName, input: unknown) => {
    const key = deriveKey(new TextEncoder().encode(shard), 'shard')[0] ?? 0;
    const object = env.DIRECTORY.getByName(shard === 'deployment' ? 'deployment' : `shard ${key % shards}`);
    return arrived((await object.call(name, input)) as Crossing<unknown>);
  };
  return { call: call as Directory['call'] };
}

function filesOf(env: EdgeEnv, org: string): RawFiles {
  return {
    put: async (name, bytes) => void (await env.FILES.put(`${org}/${name}`, bytes)),
    get: async (name) => {
      const object = await env.FILES.get(`${org}/${name}`);
      return object ? new Uint8Array(await object.arrayBuffer()) : undefined;
    },
    remove: (name) => env.FILES.delete(`${org}/${name}`),
  };
}

function assetsOf(env: EdgeEnv): Assets {
  return {
    read: async (path) => {
      const answer = await env.ASSETS.fetch(`https://assets/${path}`);
      if (!answer.ok) throw new Error(`no asset ${path}`);
      return new Uint8Array(await answer.arrayBuffer());
    },
  };
}

function cellsOf(env: EdgeEnv): Cells {
  const cellAt = (org: string) => {
    const object = env.CELLS.getByName(org);
    return {
      handle: (request: Request, actor: Actor) => object.handle(org, request, actor) as Promise<Response>,
    };
  };
  return {
    cell: async (org) => ((await env.CELLS.getByName(org).exists()) ? cellAt(org) : undefined),
    create: async (org) => cellAt(org),
  };
}
