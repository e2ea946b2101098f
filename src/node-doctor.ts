/** Says what would go wrong, before it does. */
import { existsSync, statfsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FolderInUse, lockFolder } from './cell/node-lock.ts';
import { readSecrets } from './cell/node-secrets.ts';
import { type Finding, filesBelow } from './cell/node-verify.ts';
import { type Config, isAddress, isLocalhost } from './config.ts';
import { smtpTrouble } from './provider/node-messages.ts';

export async function examine(
  config: Config,
  publicFolder: string,
  now: number,
): Promise<readonly Finding[]> {
  const folder = resolve(config.dataDir);
  return [
    passkeys(config),
    domain(config, folder),
    data(folder),
    disk(folder),
    clock(now),
    client(publicFolder),
    await mail(config),
  ];
}

function passkeys({ publicUrl, rpId }: Config): Finding {
  if (isAddress(rpId)) {
    return bad(
      'PUBLIC_URL',
      `${publicUrl} is an address: browsers allow no passkeys there. Use a name with a certificate.`,
    );
  }
  return isLocalhost(rpId)
    ? good('PUBLIC_URL', `${publicUrl}: passkeys work on this machine only; a phone needs https and a name`)
    : good('PUBLIC_URL', `${publicUrl}: passkeys are possible and bound to ${rpId} for good`);
}

function domain({ rpId }: Config, folder: string): Finding {
  const known = readSecrets(folder)?.rpId;
  if (known === undefined) return good('first start', 'not yet: secrets will be made then');
  return known === rpId
    ? good('domain', `passkeys of this data are bound to ${known}`)
    : bad(
        'domain',
        `passkeys of this data are bound to ${known}; on ${rpId} they would die. Set PUBLIC_URL back.`,
      );
}

function data(folder: string): Finding {
  if (!existsSync(folder)) return good('DATA_DIR', `${folder} will be made at the first start`);
  try {
    lockFolder(folder).release();
    return good('DATA_DIR', `${folder} is free`);
  } catch (error) {
    return error instanceof FolderInUse
      ? good('DATA_DIR', `${folder} is served by process ${error.pid}`)
      : bad('DATA_DIR', `${folder} cannot be written: ${String(error)}`);
  }
}

function disk(folder: string): Finding {
  const { bavail, bsize } = statfsSync(existsSync(folder) ? folder : '.');
  const megabytes = Math.floor((bavail * bsize) / 1024 / 1024);
  return megabytes < 1024
    ? bad('disk', `${megabytes} MB are left`)
    : good('disk', `${megabytes} MB are left`);
}

/** Punches carry this clock; a machine that lost its time starts in the past. */
function clock(now: number): Finding {
  const said = new Date(now).toISOString();
  return now < Date.UTC(2026, 0, 1) ? bad('clock', `${said} cannot be right`) : good('clock', said);
}

function client(publicFolder: string): Finding {
  const isBuilt =
    existsSync(join(publicFolder, 'assets')) && filesBelow(join(publicFolder, 'assets')).length > 0;
  return isBuilt ? good('pages', 'styles and scripts are built') : bad('pages', 'run npm run build');
}

async function mail({ smtp, sms, rpId }: Config): Promise<Finding> {
  if (smtp) {
    const trouble = await smtpTrouble(smtp.url);
    return trouble
      ? bad('SMTP_URL', `the mail server does not take us: ${trouble}`)
      : good('SMTP_URL', 'the mail server answers');
  }
  if (sms) return good('codes', 'by SMS');
  return isLocalhost(rpId)
    ? good('codes', 'one-time codes appear in the terminal, and never sign a contract')
    : bad(
        'codes',
        'no one-time codes: set SMTP_URL or TENCENT_SMS_*; phones without passkeys cannot sign in',
      );
}

const good = (file: string, says: string): Finding => ({ file, ok: true, says });
const bad = (file: string, says: string): Finding => ({ file, ok: false, says });
