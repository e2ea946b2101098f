/** One line a step: what, how many, how long. On a terminal the line is written over while the step goes on. */

export type Count = (done: number, of?: number) => void;
export interface Progress {
  step<T>(what: string, work: (count: Count) => Promise<T>): Promise<T>;
  say(line: string): void;
}

export function openProgress(out: { readonly isTTY?: boolean; write(text: string): unknown }): Progress {
  const began = performance.now();
  const elapsed = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
  const line = (what: string, counted: string) =>
    `${elapsed().padStart(7)}  ${what}${counted && `: ${counted}`}`;
  return {
    say: (text) => void out.write(`${text}\n`),
    async step(what, work) {
      let counted = '';
      let shownAt = 0;
      const result = await work((done, of) => {
        counted = of === undefined || of === done ? `${done}` : `${done} of ${of}`;
        if (!out.isTTY || performance.now() - shownAt < 100) return;
        shownAt = performance.now();
        out.write(`\r\x1b[K${line(what, counted)}`);
      });
      out.write(`${out.isTTY ? '\r\x1b[K' : ''}${line(what, counted)}\n`);
      return result;
    },
  };
}

export const silent: Progress = { step: (_, work) => work(() => {}), say: () => {} };
