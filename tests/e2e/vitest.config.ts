import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// As in .npmrc: in this workspace our packages are used from their sources.
const conditions = ['clerk-wxt-source', 'module', 'node', 'development|production'];

// Which browser: `E2E_BROWSER`, set by the test runner; a plain call means Chromium.
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  environments: { __vitest__: { resolve: { conditions } } },
  test: {
    name: process.env.E2E_BROWSER ?? 'chromium',
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['tests/e2e/**/*.test.ts'],
    globalSetup: ['tests/e2e/global-setup.ts'],
    // One local Frontend API serves all files, and two cores drive one browser at a time.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
