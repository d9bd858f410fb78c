import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

// As in .npmrc: in this workspace our packages are used from their sources.
const conditions = ['clerk-wxt-source', 'module', 'node', 'development|production'];

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The tests that need an example which may be deleted. */
const withoutExample = existsSync(`${root}/examples/web`) ? [] : ['packages/wxt-clerk/tests/e2e/sync/**'];

// Which browser: `E2E_BROWSER`, set by the test runner; a plain call means Chromium.
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  // What Vitest loads the global setup with.
  environments: { __vitest__: { resolve: { conditions } } },
  test: {
    name: process.env.E2E_BROWSER ?? 'chromium',
    root,
    // The only list of them: a folder that was deleted takes its tests with it.
    include: ['packages/*/tests/e2e/**/*.test.ts', 'tests/e2e/**/*.test.ts', 'entrypoints/*/*.e2e.test.ts'],
    exclude: [...configDefaults.exclude, ...withoutExample],
    globalSetup: ['tools/e2e/global-setup.ts'],
    // One local Frontend API serves all files.
    fileParallelism: false,
    // Two real browsers on one small machine: what needs the second try is named at the end of the run, and to be looked into.
    retry: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
