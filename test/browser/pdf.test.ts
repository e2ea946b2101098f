import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import fontkit from '@cantoo/fontkit';
import { PDFDocument } from '@cantoo/pdf-lib';
import { build } from 'esbuild';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeBrowser, newPhone, screenshot } from './support/browser.ts';
import { serveApp, type TestServer } from './support/server.ts';
import { younger } from './support/younger.ts';

const require = createRequire(import.meta.url);

let server: TestServer;
beforeAll(async () => {
  const sample = await chinesePdf();
  const script = await bundled();
  const app = new Hono();
  app.get('/', (c) =>
    c.html('<!DOCTYPE html><title>PDF</title><main></main><script type="module" src="/page.js"></script>'),
  );
  app.get('/page.js', (c) => c.body(script, 200, { 'content-type': 'text/javascript' }));
  app.get('/sample.pdf', (c) => c.body(sample, 200, { 'content-type': 'application/pdf' }));
  server = await serveApp(app);
});
afterAll(async () => {
  await server.close();
  await closeBrowser();
});

for (const old of [false, true]) {
  test(`a Chinese page is drawn ${old ? 'without anything younger than Chrome 90 and Safari 15' : 'by a browser of today'}`, async () => {
    const { context, page, troubles } = await newPhone({ origin: server.origin });
    if (old) {
      await context.addInitScript(younger);
      // A worker does not run the page's first script: it gets the same loss before its own.
      const worker = await readFile('dist/public/assets/pdf.worker.js', 'utf8');
      await context.route('**/pdf.worker.js', (route) =>
        route.fulfill({ contentType: 'text/javascript', body: `${younger}\n${worker}` }),
      );
    }
    const warnings: string[] = [];
    const workers: string[] = [];
    page.on('console', (message) => warnings.push(message.text()));
    page.on('worker', (worker) => workers.push(new URL(worker.url()).pathname));
    await page.goto('/');
    await page.waitForSelector('body[data-shown]');
    const shown = (await page.getAttribute('body', 'data-shown')) ?? '';
    const [pages, width, dark, kept] = shown.split(' ').map(Number);
    expect(shown).toMatch(/^\d+ \d+ \d+ \d+$/);
    expect(pages).toBe(1);
    expect(width).toBeGreaterThan(600);
    expect(dark).toBeGreaterThan(500);
    // The caller's own bytes are still there to be hashed.
    expect(kept).toBeGreaterThan(1000);
    // Where its worker fails, pdf.js works in the page itself, warns, and holds up the phone.
    expect(workers).toEqual(['/assets/pdf.worker.js']);
    expect(warnings.filter((warning) => warning.includes('fake worker'))).toEqual([]);
    await screenshot(page, `pdf-${old ? 'old' : 'young'}`);
    expect(troubles.filter((trouble) => !trouble.includes('favicon'))).toEqual([]);
    await context.close();
  });
}

async function chinesePdf(): Promise<ArrayBuffer> {
  const pdf = await PDFDocument.create();
  pdf.registerFontkit(fontkit);
  const bytes = await readFile(
    require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
  );
  const font = await pdf.embedFont(bytes, { subset: true });
  const sheet = pdf.addPage([595, 842]);
  sheet.drawText('劳务协议 · Service agreement', { x: 60, y: 760, size: 24, font });
  sheet.drawText('甲方：杭州物流有限公司　乙方：李明', { x: 60, y: 700, size: 16, font });
  return new Uint8Array(await pdf.save()).buffer;
}

async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ['test/web/pdf-page.ts'],
    bundle: true,
    write: false,
    format: 'esm',
    minify: true,
    target: ['chrome90', 'safari15'],
  });
  return outputFiles[0]?.text ?? '';
}
