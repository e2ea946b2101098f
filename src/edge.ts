/** The Cloudflare entry: the front as a Worker, each employer and each shard of the directory as a Durable Object, files in R2. */
import { DurableObject } from 'cloudflare:workers';
import { cellMigrations, directoryMigrations, migrate } from '../db/migrate.ts';
import { front } from './app.ts';
import { cellOf } from './cell/cell.ts';
import { openCellKeys } from './cell/keys.ts';
import { tickCell } from './cell/tick.ts';
import { makeAuthority } from './contract/authority.ts';
import type { CellContext } from './http/env.ts';
import type { Actor } from './kernel/actor.ts';
import { deriveKey, fromBase64url, openText, randomToken, sealText } from './kernel/digest.ts';
import { epochMs, type Instant, instantOf } from './kernel/time.ts';
import type { Cells, DeploymentSecrets, FrontContext } from './people/context.ts';
import {
  arrived,
  type Directory,
  directoryPort,
  type OperationName,
  runOperation,
} from './people/directory.ts';
import { type RawFiles, sealedFiles } from './provider/files.ts';
import type { Assets, Messages } from './provider/providers.ts';
import { openEdgeStore } from './store/edge.ts';

export interface EdgeEnv {
  readonly CELLS: DurableObjectNamespace<CellObject>;
  readonly DIRECTORY: DurableObjectNamespace<DirectoryObject>;
  readonly DEPLOYMENT: DurableObjectNamespace<DeploymentObject>;
  readonly FILES: R2Bucket;
  readonly ASSETS: Fetcher;
  readonly PUBLIC_URL: string;
  /** 32 random bytes, base64. Without it nothing here opens. */
  readonly WORKCARD_SECRET?: string;
}

const clock = () => instantOf(Date.now());
const shards = 256;
// No channel is set up on the edge yet: only passkeys and device keys sign in.
const messages: Messages = { channels: [], send: () => Promise.reject(new Error('no message channel')) };

interface KeptSecrets {
  readonly seed: string;
  readonly setupToken: string;
  readonly authority: DeploymentSecrets['authority'];
}

/** The deployment's secrets, made once and wrapped by the one secret that wrangler keeps. */
export class DeploymentObject extends DurableObject<EdgeEnv> {
  async secrets(): Promise<KeptSecrets> {
    const secret = this.env.WORKCARD_SECRET;
    if (!secret) throw new Error('WORKCARD_SECRET is not set: run `npx wrangler secret put WORKCARD_SECRET`');
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
      console.log(`Set it up, once, with this link: ${this.env.PUBLIC_URL}/setup?token=${made.setupToken}`);
      return made;
    });
  }
}

// The value is kept, never the promise: workerd hangs who awaits another request's promise.
let opened: DeploymentSecrets | undefined;

async function secretsOf(env: EdgeEnv): Promise<DeploymentSecrets> {
  opened ??= await openSecrets(env);
  return opened;
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

/** One of the directory's shards. */
export class DirectoryObject extends DurableObject<EdgeEnv> {
  readonly #store = openEdgeStore(this.ctx.storage);
  #ready: Promise<void> | undefined;

  async call(name: OperationName, input: unknown): Promise<unknown> {
    this.#ready ??= migrate(this.#store, directoryMigrations, clock());
    await this.#ready;
    return runOperation(this.#store, name, input, clock());
  }
}

function directoryOf(env: EdgeEnv): Directory {
  const call = async (shard: string, name: OperationName, input: unknown) => {
    const key = deriveKey(new TextEncoder().encode(shard), 'shard')[0] ?? 0;
    const object = env.DIRECTORY.getByName(shard === 'deployment' ? 'deployment' : `shard ${key % shards}`);
    return arrived((await object.call(name, input)) as never);
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

/** One employer. An object that nobody registered stores nothing and answers nothing. */
export class CellObject extends DurableObject<EdgeEnv> {
  #context: Promise<CellContext> | undefined;

  async exists(): Promise<boolean> {
    return (
      this.ctx.storage.sql.exec(`SELECT 1 FROM sqlite_master WHERE name = 'employers'`).toArray().length > 0
    );
  }

  async handle(org: string, request: Request, actor: Actor): Promise<Response> {
    this.#context ??= this.#open(org);
    return cellOf(await this.#context).handle(request, actor);
  }

  override async alarm(): Promise<void> {
    const org = await this.ctx.storage.get<string>('org');
    if (!org) return;
    this.#context ??= this.#open(org);
    const { nextAt, failed } = await tickCell(await this.#context, clock());
    const next = failed
      ? Date.now() + 15_000
      : nextAt && Math.max(epochMs(nextAt as Instant), Date.now() + 1000);
    if (next) await this.ctx.storage.setAlarm(next);
  }

  async #open(org: string): Promise<CellContext> {
    const secrets = await secretsOf(this.env);
    const store = openEdgeStore(this.ctx.storage);
    await this.ctx.storage.put('org', org);
    await migrate(store, cellMigrations, clock());
    const keys = await openCellKeys(store, org, secrets.keyEncryption, clock());
    return {
      org,
      store,
      keys,
      files: sealedFiles(filesOf(this.env, org), keys.files),
      assets: assetsOf(this.env),
      messages,
      directory: directoryPort(directoryOf(this.env)),
      publicUrl: this.env.PUBLIC_URL,
      rpId: new URL(this.env.PUBLIC_URL).hostname,
      authority: secrets.authority,
      clock,
      wake: () => void this.ctx.storage.setAlarm(Date.now()),
    };
  }
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

async function contextOf(env: EdgeEnv): Promise<FrontContext> {
  return {
    directory: directoryOf(env),
    cells: cellsOf(env),
    secrets: await secretsOf(env),
    messages,
    publicUrl: env.PUBLIC_URL,
    rpId: new URL(env.PUBLIC_URL).hostname,
    clock,
    troubles: async () => [],
  };
}

export default {
  async fetch(request: Request, env: EdgeEnv): Promise<Response> {
    return front.fetch(request, await contextOf(env));
  },
};
