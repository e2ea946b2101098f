/** Builds what browsers load into dist/public/assets: client modules, style sheets, the PDF reader's worker, the API reference. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, transform } from 'esbuild';
import postcss from 'postcss';
import { PurgeCSS } from 'purgecss';

const require = createRequire(import.meta.url);
const out = 'dist/public/assets';
/** The oldest browsers we serve; WeChat's own is a Chromium younger than this. */
const target = ['chrome90', 'safari15'];
const content = ['src/**/*.tsx', 'src/web/client/**/*.ts'];
/** Not a page's module: it is served as `/sw.js`. */
const serviceWorker = 'sw.ts';
const clockModules = ['shell.js', 'form.js', 'clock.js'];
/** `any` has room around it for whatever shape a home screen cuts. */
const icons = ['icon-180.png', 'icon-192.png', 'icon-512.png', 'icon-512-any.png'];
const shared = ['tokens', 'base', 'icons', 'forms', 'parts'];
/** What of Tabler the console uses: its names are plain words, so a search of our pages would find too many. */
const tablerClasses = 'card card-body table table-vcenter form-control form-select badge';
const elements =
  'html body a p h1 h2 h3 ul ol li dl dt dd table caption thead tbody tfoot tr th td form label input select option textarea button fieldset legend details summary img svg code pre strong small main header nav section';

/** Answers the sizes in bytes by file name. */
export async function buildClient() {
  await mkdir(join(out, 'docs'), { recursive: true });
  const [made] = await Promise.all([
    modules(),
    pdfWorker(),
    worker(),
    consoleLook(),
    libraryStyles(),
    reference(),
    statics(),
  ]);
  await offline(made);
  return sizes();
}

/** Answers what each module needs, as esbuild names it. */
async function modules() {
  const files = await readdir('src/web/client');
  const { metafile } = await build({
    entryPoints: files
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts') && name !== serviceWorker)
      .map((name) => join('src/web/client', name)),
    outdir: out,
    bundle: true,
    format: 'esm',
    splitting: true,
    chunkNames: 'chunk-[hash]',
    minify: true,
    sourcemap: 'linked',
    target,
    loader: { '.png': 'dataurl' },
    legalComments: 'linked',
    logLevel: 'warning',
    metafile: true,
  });
  return metafile.outputs;
}

/**
 * The clock page that opens without a network, and the service worker that keeps it. Everything is asked for by its
 * content, so a page and what it loads are always of one build.
 */
async function offline(outputs) {
  const address = async (name) => `/assets/${name}?v=${await digestOf(join(out, name))}`;
  const files = await Promise.all(
    ['worker.css', ...clockModules].map(async (name) => [name, await address(name)]),
  );
  const page = files.reduce(
    (html, [name, path]) => html.replace(`{{${name}}}`, path),
    await readFile('src/web/static/clock.html', 'utf8'),
  );
  await writeFile('dist/public/clock.html', page);
  const chunks = [
    ...chunksOf(
      outputs,
      clockModules.map((name) => `${out}/${name}`),
    ),
  ].map((file) => `/assets/${file.slice(out.length + 1)}`);
  const paths = ['/clock', ...files.map(([, path]) => path), ...chunks.sort(), '/assets/icon.svg'];
  const name = `workcard-${createHash('sha256').update(page).update(paths.join()).digest('hex').slice(0, 12)}`;
  await build({
    entryPoints: [join('src/web/client', serviceWorker)],
    outfile: 'dist/public/sw.js',
    bundle: true,
    format: 'iife',
    minify: true,
    target,
    define: { precached: JSON.stringify({ name, paths }) },
    legalComments: 'none',
    logLevel: 'warning',
  });
}

/** What modules import, and what that imports. */
function chunksOf(outputs, names, found = new Set()) {
  for (const name of names)
    for (const { path } of outputs[name]?.imports ?? []) {
      if (found.has(path)) continue;
      found.add(path);
      chunksOf(outputs, [path], found);
    }
  return found;
}

async function digestOf(file) {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
    .slice(0, 12);
}

/** pdf.js calls its worker by address. Its legacy build still counts on built-ins that our oldest browsers lack. */
async function pdfWorker() {
  await build({
    stdin: {
      contents: "import './old-browsers.ts'; import 'pdfjs-dist/legacy/build/pdf.worker.mjs';",
      resolveDir: 'src/web/client/lib',
    },
    outfile: join(out, 'pdf.worker.js'),
    bundle: true,
    format: 'esm',
    minify: true,
    target,
    legalComments: 'none',
    logLevel: 'warning',
  });
}

async function worker() {
  const weui = await readFile(require.resolve('weui/dist/style/weui.min.css'), 'utf8');
  await sheet('worker', await purge(weui, content), [...shared, 'worker']);
}

async function consoleLook() {
  const tabler = await readFile(require.resolve('@tabler/core/dist/css/tabler.min.css'), 'utf8');
  const used = await purge(tabler, [{ raw: `${tablerClasses} ${elements}`, extension: 'html' }]);
  await sheet('console', darkByPreference(used), [...shared, 'console']);
}

async function libraryStyles() {
  const leaflet = await readFile(require.resolve('leaflet/dist/leaflet.css'), 'utf8');
  const uplot = await readFile(require.resolve('uplot/dist/uPlot.min.css'), 'utf8');
  // The default markers are pictures with fixed addresses; ours are drawn by style.
  const noPictures = leaflet.replace(/background-image:\s*url\((?!data:|"?#)[^)]*\);?/g, '');
  await Promise.all([
    sheet('leaflet', noPictures, ['leaflet']),
    sheet('uplot', uplot, []),
    sheet('gate', '', ['gate']),
    sheet('shifts', '', ['shifts']),
    sheet('verify', '', ['verify']),
    sheet('template', '', ['template']),
    sheet('verify', '', ['verify']),
  ]);
}

/** Swagger UI as it comes, with our own start: its own initializer names another document. */
async function reference() {
  const files = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png', 'LICENSE'];
  await Promise.all([
    ...files.map((name) => copyFile(require.resolve(`swagger-ui-dist/${name}`), join(out, 'docs', name))),
    copyFile('src/web/static/docs.js', join(out, 'docs/init.js')),
    copyFile('src/web/static/docs.css', join(out, 'docs/page.css')),
  ]);
}

async function statics() {
  const names = ['icon.svg', ...icons, 'app-zh-CN.webmanifest', 'app-en.webmanifest'];
  await Promise.all([
    ...names.map((name) => copyFile(`src/web/static/${name}`, join(out, name))),
    // Asked for by browsers and by other people's programs without being named anywhere.
    copyFile('src/web/static/favicon.ico', 'dist/public/favicon.ico'),
  ]);
}

async function purge(css, users) {
  const [result] = await new PurgeCSS().purge({
    content: users,
    css: [{ raw: css }],
    defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
    keyframes: true,
  });
  return result?.css ?? '';
}

/** Tabler goes dark by an attribute that only a script could set; ours follows the reader's system. */
function darkByPreference(css) {
  const root = postcss.parse(css);
  const attribute = /:?(?:root|body)?\[data-bs-theme="?dark"?\]/g;
  root.walkRules((rule) => {
    if (!attribute.test(rule.selector)) return;
    attribute.lastIndex = 0;
    const dark = rule.clone({ selector: rule.selector.replace(attribute, ':root') });
    rule.replaceWith(
      postcss.atRule({ name: 'media', params: '(prefers-color-scheme: dark)', nodes: [dark] }),
    );
  });
  return root.toString();
}

/** A kit's rules, then ours, so that ours win at equal weight. */
async function sheet(name, kit, ours) {
  const sources = await Promise.all(ours.map((one) => readFile(`src/web/styles/${one}.css`, 'utf8')));
  const css = [kit.replace('@charset "UTF-8";', ''), ...sources].join('\n');
  const unused = await new PurgeCSS().purge({
    content,
    css: [{ raw: css }],
    safelist: { greedy: [/./] },
    variables: true,
  });
  const { code } = await transform(unused[0]?.css ?? css, {
    loader: 'css',
    minify: true,
    target,
    legalComments: 'inline',
  });
  await writeFile(join(out, `${name}.css`), code);
}

async function sizes() {
  const names = (await readdir(out)).filter((name) => /\.(js|css)$/.test(name)).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, (await stat(join(out, name))).size])),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (!existsSync('src/web/client')) throw new Error('run this in the folder of package.json');
  const started = performance.now();
  const made = await buildClient();
  for (const [name, bytes] of Object.entries(made)) {
    console.log(`${(bytes / 1024).toFixed(1).padStart(8)} KB  ${name}`);
  }
  console.log(`${Math.round(performance.now() - started)} ms`);
}
