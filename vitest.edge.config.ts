import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';
import { textModules } from './test/support/text-modules.ts';

/** The tests that run inside workerd. */
export default defineConfig({
  plugins: [
    textModules,
    cloudflareTest({
      // The product on a clock that tests move.
      main: './test/edge/worker.ts',
      wrangler: { configPath: './wrangler.toml' },
      miniflare: { bindings: { WORKCARD_SECRET: 'only for tests' } },
    }),
  ],
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: { name: 'edge', include: ['test/edge/**/*.test.ts'], testTimeout: 30_000 },
});
