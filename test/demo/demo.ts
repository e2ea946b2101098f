/** `npm run demo`: a believable employer lives its last month through the HTTP API; `--out` writes what it made, `--serve` shows it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { instantOf } from '../../src/kernel/time.ts';
import { FolderNotOurs, refuseForeignFolder, writeOutputs } from './outputs.ts';
import { openProgress } from './progress.ts';
import { showLinks } from './serve.ts';
import { type Story, tellStory } from './story.ts';

const usage = `npm run demo -- [--out DIR] [--serve] [--port N]

  --out DIR   write contracts, cards, timesheets, pay runs, pay files and the journal there (out/demo without --serve)
  --serve     then serve the employer on loopback, with sign-in links
  --port N    where (8788)`;

/** Asked wrongly. */
class Misused extends Error {}

async function main(): Promise<void> {
  process.umask(0o077);
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      serve: { type: 'boolean' },
      port: { type: 'string', default: '8788' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return console.log(usage);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Misused(usage);
  const out = values.out ?? (values.serve ? undefined : 'out/demo');
  const folder = out && resolve(out);
  if (folder) await refuseForeignFolder(folder);

  const progress = openProgress(process.stdout);
  const story = await tellStory({
    progress,
    dataDir: temporaryFolder(),
    publicFolder: fileURLToPath(new URL('./public', import.meta.url)),
    now: instantOf(Date.now()),
    ...(values.serve ? { port } : {}),
  });
  if (folder) {
    await progress.step(`Files in ${relative('.', folder) || '.'}`, (count) =>
      writeOutputs(story, folder, count),
    );
    progress.say(summary(story));
    progress.say(`Its README.txt says how to check them; npm run cli -- verify ${out} checks all at once.`);
  }
  if (!values.serve) return story.close();
  await story.liveOn(instantOf(Date.now()));
  showLinks(story, progress);
}

/** Gone however the demo ends. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'workcard-demo-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
  return folder;
}

function summary({ scene, month }: Story): string {
  const { receipts, runs, workers } = scene;
  return `${month.startsOn} to ${month.endsOn}: ${workers.length} workers, ${receipts.length} punches, ${runs.length} pay runs.`;
}

main().catch((error: unknown) => {
  const code = String((error as { code?: string }).code);
  const isAsked =
    error instanceof Misused || error instanceof FolderNotOurs || code.startsWith('ERR_PARSE_ARGS');
  if (isAsked) console.error((error as Error).message);
  else if (code === 'EADDRINUSE') console.error('The port is in use. Name another with --port N.');
  else console.error(error);
  process.exit(isAsked || code === 'EADDRINUSE' ? 2 : 1);
});
