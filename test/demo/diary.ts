/** What is going to happen, in the order of time: deeds are planned in any order and done one after another. */
import type { Instant } from '../../src/kernel/time.ts';
import type { MovableClock } from './clock.ts';

interface Planned {
  readonly at: Instant;
  readonly deed: () => Promise<unknown>;
}

export class Diary {
  #planned: Planned[] = [];
  readonly #clock: MovableClock;

  constructor(clock: MovableClock) {
    this.#clock = clock;
  }

  plan(at: Instant, deed: () => Promise<unknown>): void {
    this.#planned.push({ at, deed });
  }

  /** Does everything before an instant. A deed may plan others. */
  async liveUntil(before: Instant, count: (done: number, of: number) => void): Promise<void> {
    for (let done = 1; ; done += 1) {
      const due = this.#planned.filter(({ at }) => at < before);
      const next = due.reduce<Planned | undefined>(
        (first, one) => (first && first.at <= one.at ? first : one),
        undefined,
      );
      if (!next) return;
      this.#planned = this.#planned.filter((one) => one !== next);
      this.#clock.reach(next.at);
      await next.deed();
      count(done, done + due.length - 1);
    }
  }
}
