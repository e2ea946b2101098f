import { defineConfig } from 'vitest/config';
import { textModules } from './test/support/text-modules.ts';

/** They replace modules that everybody else shares. */
const alone = ['test/node/synced-log.test.ts'];

export default defineConfig({
  plugins: [textModules],
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    projects: [
      './vitest.edge.config.ts',
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/browser/**', 'test/edge/**', ...alone],
          testTimeout: 20_000,
          // The product is read once a worker, not once a file: half of the time went there.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: alone } },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: 'test/browser/support/built.ts',
          // A test waits for its browser half of the time; with a third worker the browsers wait for each other.
          maxWorkers: 2,
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
