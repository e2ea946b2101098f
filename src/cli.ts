/** The operator's commands. Exit codes: 0 all well, 1 something does not hold, 2 asked wrongly. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BackupRefused, backupFolder, restoreFolder } from './cell/node-backup.ts';
import { FolderInUse } from './cell/node-lock.ts';
import { recoverOperator, recoverOwner } from './cell/node-recover.ts';
import { seedEmployerToTry } from './cell/node-seed.ts';
import { type Finding, verifyPath, verifyRunIn } from './cell/node-verify.ts';
import { type Config, ConfigError, parseConfig } from './config.ts';
import { type Instant, instantOf } from './kernel/time.ts';
import { examine } from './node-doctor.ts';
import { openService } from './node-service.ts';

const usage = `npm run cli -- COMMAND [--json]

  verify PATH [--keys FILE]   a data folder, a backup, an employer's database, a manifest.json,
                              a sealed contract, a card or receipt; FILE: keys.json, or authority.pem
  verify-run PATH RUN         calculate a kept pay run again from a data folder, an export or an employer's
                              database, and say what differs
  backup FOLDER               copy DATA_DIR while the service runs; FOLDER must be empty or new
  restore FOLDER              put a backup into an empty DATA_DIR, after checking it
  recover-owner ORG           a link, good once and for a day, that makes its reader an owner; it is journaled
  recover-operator            the set-up link again: its reader becomes the operator instead of who was
  seed                        an unverified employer with a site and a link for workers, and a link for its owner
  doctor                      what would go wrong with these settings`;

/** Asked wrongly. */
class Misused extends Error {}

async function run(
  command: string | undefined,
  [target, run]: readonly string[],
  keys?: string,
): Promise<readonly Finding[]> {
  if (command === 'verify') return verifyPath(resolve(needed(target, 'PATH')), keys);
  if (command === 'verify-run') return verifyRunIn(resolve(needed(target, 'PATH')), needed(run, 'RUN'));
  const config = parseConfig(process.env);
  const dataDir = resolve(config.dataDir);
  const at = instantOf(Date.now());
  switch (command) {
    case 'backup':
      return backupFolder(dataDir, resolve(needed(target, 'FOLDER')), at);
    case 'restore':
      return restoreFolder(resolve(needed(target, 'FOLDER')), dataDir);
    case 'recover-owner': {
      const org = needed(target, 'ORG');
      const link = await recoverOwner(dataDir, org, config.publicUrl, at);
      return [{ file: org, ok: link !== undefined, says: link ?? `no such employer in ${dataDir}` }];
    }
    case 'recover-operator': {
      const link = await recoverOperator(dataDir, config.publicUrl, at);
      return [{ file: dataDir, ok: link !== undefined, says: link ?? 'nothing was started here yet' }];
    }
    case 'seed':
      return seed(config, at);
    case 'doctor':
      return examine(config, publicFolder, Date.now());
    default:
      throw new Misused(usage);
  }
}

const publicFolder = fileURLToPath(new URL('./public', import.meta.url));

async function seed(config: Config, at: Instant): Promise<readonly Finding[]> {
  const service = await openService(config, { publicFolder });
  try {
    const { org, workersUrl } = await seedEmployerToTry(service.cells, at);
    const ownerUrl = await recoverOwner(resolve(config.dataDir), org, config.publicUrl, at);
    return [
      { file: org, ok: ownerUrl !== undefined, says: `its owner comes in by ${ownerUrl}` },
      { file: org, ok: true, says: `its workers by ${workersUrl}` },
    ];
  } finally {
    await service.close();
  }
}

function needed(value: string | undefined, name: string): string {
  if (!value) throw new Misused(`${name} is missing\n\n${usage}`);
  return value;
}

async function main(): Promise<number> {
  process.umask(0o077);
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      keys: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const found = await run(positionals[0], positionals.slice(1), values.keys);
  const failed = found.filter(({ ok }) => !ok).length;
  if (values.json) console.log(JSON.stringify({ ok: failed === 0, found }));
  else for (const { file, ok, says } of found) console.log(`${ok ? 'ok  ' : 'FAIL'} ${file}: ${says}`);
  return failed === 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const isOurs = [Misused, ConfigError, BackupRefused, FolderInUse].some((kind) => error instanceof kind);
    const isArgument = String((error as { code?: string }).code).startsWith('ERR_PARSE_ARGS');
    console.error(isOurs || isArgument ? (error as Error).message : error);
    process.exit(isOurs || isArgument ? 2 : 1);
  },
);
