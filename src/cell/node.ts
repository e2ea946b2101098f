/** Cells on Node: one SQLite file an employer, opened on first use, closed when idle. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cellMigrations, migrate } from '../../db/migrate.ts';
import type { Cell, CellContext } from '../http/env.ts';
import { isId } from '../kernel/id.ts';
import { epochMs } from '../kernel/time.ts';
import type { Cells } from '../people/context.ts';
import { sealedFiles } from '../provider/files.ts';
import { folderFiles } from '../provider/node-files.ts';
import { type NodeStore, openNodeStore } from '../store/node.ts';
import { cellOf } from './cell.ts';
import { openCellKeys } from './keys.ts';
import { retrySeconds, tickCell } from './tick.ts';

/** What every cell of a deployment shares. */
export type Shared = Omit<CellContext, 'org' | 'store' | 'keys' | 'files' | 'wake'> & {
  readonly folder: string;
  /** 32 bytes that wrap each cell's own key. */
  readonly wrappingKey: Uint8Array;
};

interface Open {
  readonly cell: Cell;
  readonly context: CellContext;
  readonly store: NodeStore;
  busy: number;
  usedAt: number;
  /** Milliseconds since the epoch: when tick looks again. */
  tickAt: number;
  /** When something is really due; undefined when nothing waits. */
  dueAt: number | undefined;
  failures: number;
  ticking: boolean;
}

const openMax = 500;
const idleMs = 15 * 60_000;
const lookMs = 5_000;
/** An open cell is looked after at least this often: a punch queues work without a wake. */
const everyMs = 600_000;

export class NodeCells implements Cells {
  readonly #shared: Shared;
  readonly #open = new Map<string, Open>();
  readonly #opening = new Map<string, Promise<Open>>();
  /** Closed cells with work to come, and when. */
  readonly #sleeping = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  #closed = false;

  constructor(shared: Shared) {
    this.#shared = shared;
    mkdirSync(join(shared.folder, 'cells'), { recursive: true, mode: 0o700 });
  }

  cell(org: string): Promise<Cell | undefined> {
    const known = this.#open.get(org);
    if (known) {
      known.usedAt = Date.now();
      return Promise.resolve(known.cell);
    }
    if (!isId(org) || !existsSync(this.#file(org))) return Promise.resolve(undefined);
    return this.#opened(org).then(({ cell }) => cell);
  }

  async create(org: string): Promise<Cell> {
    if (!isId(org)) throw new TypeError('not an employer’s id');
    return (await this.#opened(org)).cell;
  }

  /** Every employer that has a file. */
  orgs(): string[] {
    return readdirSync(join(this.#shared.folder, 'cells'))
      .filter((name) => name.endsWith('.sqlite'))
      .map((name) => name.slice(0, -'.sqlite'.length));
  }

  /** Looks after due work: at first every cell once, then those that are open and due. */
  start(): void {
    void this.#visitAll();
    this.#timer = setInterval(() => void this.#look(), lookMs);
    this.#timer.unref();
  }

  /** Ends the answers that would go on for ever, so that a server that stops need not wait for them. */
  hush(): void {
    for (const { store } of this.#open.values()) store.hush();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await Promise.allSettled(this.#opening.values());
    while ([...this.#open.values()].some(({ ticking, busy }) => ticking || busy > 0)) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    for (const { store } of this.#open.values()) store.close();
    this.#open.clear();
  }

  #file(org: string): string {
    return join(this.#shared.folder, 'cells', `${org}.sqlite`);
  }

  #opened(org: string): Promise<Open> {
    const known = this.#open.get(org);
    if (known) return Promise.resolve(known);
    const waiting = this.#opening.get(org) ?? this.#openCell(org).finally(() => this.#opening.delete(org));
    this.#opening.set(org, waiting);
    return waiting;
  }

  async #openCell(org: string): Promise<Open> {
    const { folder, wrappingKey, ...shared } = this.#shared;
    const store = openNodeStore(this.#file(org));
    try {
      const at = shared.clock();
      await migrate(store, cellMigrations, at);
      const keys = await openCellKeys(store, org, wrappingKey, at);
      const files = sealedFiles(folderFiles(join(folder, 'files', org)), keys.files);
      const context: CellContext = { ...shared, org, store, keys, files, wake: () => this.#wake(org) };
      const open: Open = {
        cell: cellOf(context),
        context,
        store,
        busy: 0,
        usedAt: Date.now(),
        tickAt: 0,
        dueAt: undefined,
        failures: 0,
        ticking: false,
      };
      const { handle } = open.cell;
      // A cell that is answering is never closed under the request.
      const counted: Cell = {
        handle: (request, actor) => {
          open.busy += 1;
          return handle(request, actor).finally(() => {
            open.busy -= 1;
          });
        },
      };
      Object.assign(open, { cell: counted });
      this.#open.set(org, open);
      this.#sleeping.delete(org);
      return open;
    } catch (error) {
      store.close();
      throw error;
    }
  }

  #wake(org: string): void {
    const open = this.#open.get(org);
    if (!open || this.#closed) return;
    open.tickAt = 0;
    setImmediate(() => void this.#tick(open));
  }

  async #tick(open: Open): Promise<void> {
    if (open.ticking || this.#closed) return;
    open.ticking = true;
    // A wake that comes meanwhile sets this back to zero and is served next.
    open.tickAt = Number.MAX_SAFE_INTEGER;
    try {
      const { nextAt, failed } = await tickCell(open.context, this.#shared.clock());
      const now = epochMs(this.#shared.clock());
      open.failures = failed ? open.failures + 1 : 0;
      open.dueAt = failed ? now + retrySeconds(open.failures) * 1000 : nextAt && epochMs(nextAt);
      open.tickAt = Math.min(open.tickAt, open.dueAt ?? Number.MAX_SAFE_INTEGER, now + everyMs);
    } catch (error) {
      // Nobody waits for a tick: what it throws would end the process.
      open.failures += 1;
      open.tickAt = epochMs(this.#shared.clock()) + retrySeconds(open.failures) * 1000;
      open.dueAt = open.tickAt;
      const { org } = open.context;
      console.error(JSON.stringify({ level: 'error', org, tick: 'all', error: String(error) }));
    } finally {
      open.ticking = false;
    }
    if (open.tickAt === 0) setImmediate(() => void this.#tick(open));
  }

  async #look(): Promise<void> {
    if (this.#looking || this.#closed) return;
    this.#looking = true;
    try {
      const now = epochMs(this.#shared.clock());
      for (const [org, dueAt] of this.#sleeping) if (dueAt <= now) await this.#opened(org);
      for (const open of this.#open.values()) if (open.tickAt <= now) await this.#tick(open);
      await this.#shed();
    } catch (error) {
      console.error(JSON.stringify({ level: 'error', error: String(error) }));
    } finally {
      this.#looking = false;
    }
  }

  /** A cell that was closed with due work must not wait for its next visitor. */
  async #visitAll(): Promise<void> {
    for (const org of this.orgs()) {
      if (this.#closed) return;
      try {
        await this.#tick(await this.#opened(org));
        if (this.#open.size > openMax) await this.#shed();
      } catch (error) {
        console.error(JSON.stringify({ level: 'error', org, error: String(error) }));
      }
    }
  }

  /** Closes cells that are idle; over the cap, the longest idle first. What is due in them is remembered. */
  async #shed(): Promise<void> {
    const idle = [...this.#open.entries()].sort(([, a], [, b]) => a.usedAt - b.usedAt);
    for (const [org, open] of idle) {
      if (this.#open.size <= openMax && Date.now() - open.usedAt < idleMs) return;
      await this.#tick(open);
      const isIdle = open.busy === 0 && !open.ticking && Date.now() - open.usedAt > lookMs;
      if (!isIdle || this.#closed) continue;
      this.#open.delete(org);
      if (open.dueAt !== undefined) this.#sleeping.set(org, open.dueAt);
      open.store.close();
    }
  }
}
