/** Builds what runs: the server's entries, the client's modules, and the fonts that contracts are drawn with. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);

/** Entry → name under dist. */
const entries = {
  node: 'src/node.ts',
  cli: 'src/cli.ts',
  'renderer-thread': 'src/document/node-renderer-thread.ts',
  demo: 'test/demo/demo.ts',
  bench: 'test/bench/bench.ts',
  'bench-server': 'test/bench/server.ts',
};

const fonts = {
  'noto-sans-sc-regular.ttf': '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  'noto-sans-sc-bold.ttf': '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
  'noto-sans-regular.ttf': '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  'noto-sans-jp-regular.ttf': '@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf',
  'noto-sans-hk-regular.ttf': '@expo-google-fonts/noto-sans-hk/400Regular/NotoSansHK_400Regular.ttf',
  'noto-sans-bold.ttf': '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
};

/** Dependencies stay in node_modules: better-sqlite3 is native, and the rest starts as fast from there. */
export async function buildServer() {
  await build({
    entryPoints: Object.fromEntries(Object.entries(entries).filter(([, source]) => existsSync(source))),
    outdir: 'dist',
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    splitting: true,
    chunkNames: 'server/[name]-[hash]',
    sourcemap: 'linked',
    loader: { '.sql': 'text', '.md': 'text' },
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    logLevel: 'warning',
  });
}

export async function buildClient() {
  if (!existsSync('build-client.mjs')) return;
  const client = await import('./build-client.mjs');
  await client.buildClient();
}

/** What Cloudflare's assets carry; on Node `src/static-files.ts` says the same. */
export async function writeAssetHeaders() {
  await mkdir('dist/public', { recursive: true });
  const lines = [
    '/*',
    '  X-Content-Type-Options: nosniff',
    '  Referrer-Policy: same-origin',
    '  X-Frame-Options: DENY',
    '',
  ];
  await writeFile('dist/public/_headers', lines.join('\n'));
}

export async function copyFonts() {
  await mkdir('dist/public/fonts', { recursive: true });
  await Promise.all(
    Object.entries(fonts).map(([name, source]) =>
      copyFile(require.resolve(source), `dist/public/fonts/${name}`),
    ),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  // `node build.mjs server` leaves what browsers load as it is.
  const serverOnly = process.argv[2] === 'server';
  await Promise.all(
    serverOnly ? [buildServer()] : [buildServer(), buildClient(), copyFonts(), writeAssetHeaders()],
  );
}
