/** The thread that draws: jobs come one after another, and each is answered. */
import { parentPort, workerData } from 'node:worker_threads';
import { crossing } from '../kernel/crossing.ts';
import { folderAssets } from '../provider/node-assets.ts';
import { rendererHere } from './drawing.ts';
import type { Answer } from './node-renderer.ts';

const renderer = rendererHere(folderAssets(workerData as string));

parentPort?.on('message', async ({ id, kind, input }: { id: number; kind: string; input: unknown }) => {
  parentPort?.postMessage(await answerTo(id, kind, input));
});

async function answerTo(id: number, kind: string, input: unknown): Promise<Answer> {
  try {
    return { id, crossing: await crossing(() => renderer.render(kind, input)) };
  } catch (error) {
    return { id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
