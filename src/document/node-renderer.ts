/** Drawing on a thread of its own, so that no punch waits for a contract: one thread, started with the first job. */
import { Worker } from 'node:worker_threads';
import { arrived, type Crossing } from '../kernel/crossing.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Renderer } from '../provider/providers.ts';

export interface RendererSettings {
  /** The built thread, `dist/renderer-thread.js`. */
  readonly script: string;
  readonly publicFolder: string;
  /** A job that takes longer ends the thread. */
  readonly jobMs?: number;
}

export type Answer =
  | { readonly id: number; readonly crossing: Crossing<unknown> }
  | { readonly id: number; readonly fault: string };

interface Waiting {
  readonly done: (value: unknown) => void;
  readonly fail: (error: unknown) => void;
  readonly late: NodeJS.Timeout;
}

const jobMs = 60_000;
/** A document that needs more than this is no document. */
const heapMegabytes = 512;

export class ThreadRenderer implements Renderer {
  readonly #settings: RendererSettings;
  readonly #waiting = new Map<number, Waiting>();
  #thread: Worker | undefined;
  #lastId = 0;

  constructor(settings: RendererSettings) {
    this.#settings = settings;
  }

  render(kind: string, input: unknown): Promise<unknown> {
    const thread = this.#started();
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((done, fail) => {
      const late = setTimeout(() => void thread.terminate(), this.#settings.jobMs ?? jobMs);
      this.#waiting.set(id, { done, fail, late });
      // While somebody waits, the process does not end.
      thread.ref();
      thread.postMessage({ id, kind, input });
    });
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
  }

  #started(): Worker {
    if (this.#thread) return this.#thread;
    const thread = new Worker(this.#settings.script, {
      workerData: this.#settings.publicFolder,
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    });
    thread.on('message', (answer: Answer) => this.#answered(answer));
    thread.on('error', (error) => console.error('the drawing thread failed', error));
    // Whoever waits is told, and the next job starts a new thread.
    thread.on('exit', () => {
      if (this.#thread === thread) this.#thread = undefined;
      for (const id of this.#waiting.keys())
        this.#settle(id, ({ fail }) => fail(new Refusal('drawing-interrupted')));
    });
    this.#thread = thread;
    return thread;
  }

  #answered(answer: Answer): void {
    this.#settle(answer.id, ({ done, fail }) => {
      if ('fault' in answer) return fail(new Error('drawing failed', { cause: answer.fault }));
      try {
        done(arrived(answer.crossing));
      } catch (refusal) {
        fail(refusal);
      }
    });
    if (this.#waiting.size === 0) this.#thread?.unref();
  }

  #settle(id: number, how: (waiting: Waiting) => void): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.late);
    how(waiting);
  }
}
