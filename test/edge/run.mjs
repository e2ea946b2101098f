/** `npm run edge`: the product in workerd on this machine. Nothing is sent anywhere; data lies under .wrangler. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const port = process.env.PORT || '8787';
const publicUrl = process.env.PUBLIC_URL || `http://localhost:${port}`;

/** Made once: what is stored under one secret opens under no other. */
function keepSecret() {
  const known = existsSync('.dev.vars') ? readFileSync('.dev.vars', 'utf8') : '';
  if (/^WORKCARD_SECRET=./m.test(known)) return;
  const line = `WORKCARD_SECRET="${randomBytes(32).toString('base64')}"\n`;
  writeFileSync('.dev.vars', known === '' || known.endsWith('\n') ? known + line : `${known}\n${line}`, {
    mode: 0o600,
  });
}

keepSecret();
const wrangler = createRequire(import.meta.url).resolve('wrangler/bin/wrangler.js');
const child = spawn(
  process.execPath,
  [
    wrangler,
    'dev',
    '--local',
    '--ip=127.0.0.1',
    `--port=${port}`,
    `--var=PUBLIC_URL:${publicUrl}`,
    '--show-interactive-dev-session=false',
  ],
  {
    stdio: ['ignore', 'inherit', 'inherit'],
    // Neither usage figures, nor a look for updates, nor the request's place as Cloudflare would see it.
    env: {
      ...process.env,
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_HIDE_BANNER: 'true',
      CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    },
  },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 0 : 1)));

/** The first request makes the deployment's secrets and shows the set-up link. */
async function wake() {
  for (;;) {
    await new Promise((done) => setTimeout(done, 500));
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/healthz`);
      if (answer.ok) return console.log(`Workcard runs in workerd — open ${publicUrl}`);
    } catch {
      // Not there yet.
    }
  }
}
await wake();
