import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// As in .npmrc: what drives the test is used from its sources; what is tested comes from the tarballs.
const conditions = ['clerk-wxt-source', 'module', 'node', 'development|production'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    root: fileURLToPath(new URL('.', import.meta.url)),
    include: ['*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
