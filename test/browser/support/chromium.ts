/** The browser that comes with npm, unpacked once with its libraries and fonts: no apt, no root. */
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { inflate } from '@sparticuz/chromium';
import type { LaunchOptions } from 'playwright-core';

const require = createRequire(import.meta.url);
const cache = resolve('node_modules/.cache');
const archives = ['chromium.br', 'al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br'];

/** How to launch: `CHROMIUM_PATH` names another browser, `SYSTEM_FONTS=1` adds the machine's own fonts. */
export async function launchOptions(): Promise<LaunchOptions> {
  const folder = await unpacked();
  const other = process.env.CHROMIUM_PATH;
  const fonts = await fontsConf(folder);
  return {
    executablePath: other ?? join(folder, 'chromium'),
    // As root, as in many a container, Chromium has no sandbox. The pages are our own.
    chromiumSandbox: false,
    // Only what headless needs: the package's own list runs all in one process and switches off web security.
    args: ['--no-first-run', '--disable-gpu', '--font-render-hinting=none', '--force-color-profile=srgb'],
    env: {
      ...definedOnly(process.env),
      FONTCONFIG_FILE: fonts,
      ...(other ? {} : { LD_LIBRARY_PATH: join(folder, 'al2023/lib') }),
    },
  };
}

async function unpacked(): Promise<string> {
  const home = dirname(dirname(require.resolve('@sparticuz/chromium')));
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string };
  const folder = join(cache, `chromium-${version}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  // Beside, then renamed: a run that is stopped half-way leaves no half of a browser.
  const beside = await mkdtemp(join(cache, 'chromium-'));
  await inflateInto(
    beside,
    archives.map((name) => join(home, 'bin', name)),
  );
  await chmod(join(beside, 'chromium'), 0o755);
  try {
    await rename(beside, folder);
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    // Another run was quicker.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** The package unpacks to the folder for temporary files, and finds that by the environment at every call. */
async function inflateInto(folder: string, files: readonly string[]): Promise<void> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    await Promise.all(files.map((file) => inflate(file)));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/** Without a font, lines of text have no height and nothing is ever visible. */
async function fontsConf(folder: string): Promise<string> {
  const chinese = join(dirname(dirname(require.resolve('@embedpdf/fonts-sc'))), 'fonts');
  if ((await readdir(chinese)).length === 0) throw new Error('no Chinese font');
  const system = process.env.SYSTEM_FONTS ? '<include>/etc/fonts/fonts.conf</include>' : '';
  const file = join(cache, `fonts${system ? '-system' : ''}.conf`);
  const text = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>${folder}/fonts</dir><dir>${chinese}</dir><cachedir>${cache}/fontconfig</cachedir>${system}
<alias><family>sans-serif</family><prefer><family>Open Sans</family><family>Noto Sans Hans</family></prefer></alias>
</fontconfig>`;
  await writeFile(`${file}.${process.pid}`, text);
  await rename(`${file}.${process.pid}`, file);
  return file;
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
