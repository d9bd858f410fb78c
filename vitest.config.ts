import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';
import { LANGUAGES, languageDefines } from './packages/wxt-clerk/src/module/languages.ts';

// As in .npmrc: in this workspace our packages are used from their sources.
const conditions = ['clerk-wxt-source', 'module', 'browser', 'development|production'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions: ['clerk-wxt-source', 'module', 'node', 'development|production'] } },
  plugins: [WxtVitest()],
  // As `wxt-clerk/module` puts them in, for an extension that names nobody: your own lists change no test.
  define: {
    __ACCESS__: JSON.stringify({ contentScript: { matches: [] }, tokens: [], apiOrigins: [] }),
    __CLERK_SYNCS__: 'false',
    __CLERK_WEB_APP__: 'null',
    __CONTENT_SCRIPT_STORAGE__: 'false',
    __CLERK_SSO_CALLBACK__: JSON.stringify(''),
    __CLERK_EMAIL_LINK_PAGE__: JSON.stringify(''),
    __CLERK_SDK_VERSION__: JSON.stringify('0.0.0'),
    ...languageDefines(LANGUAGES, true),
  },
  test: {
    include: [
      'packages/*/tests/**/*.test.{ts,tsx}',
      'examples/api/tests/**/*.test.{ts,tsx}',
      'tools/tests/**/*.test.ts',
      'entrypoints/**/*.test.{ts,tsx}',
      'tests/unit/**/*.test.{ts,tsx}',
    ],
    exclude: ['**/e2e/**', '**/*.e2e.test.ts'],
    // Vitest leaves one core of two unused.
    maxWorkers: '100%',
    environment: 'happy-dom',
    setupFiles: ['packages/wxt-clerk/tests/support/speak-english.ts', 'tests/support/speak-english.ts'],
    restoreMocks: true,
    // On a busy machine some of those that start programs take more than the usual 5 s.
    testTimeout: 30_000,
    env: { WXT_CLERK_PUBLISHABLE_KEY: `pk_live_${btoa('clerk.example.com$')}` },
    typecheck: {
      enabled: true,
      ignoreSourceErrors: true,
      include: ['packages/*/tests/types/**/*.test-d.ts'],
    },
  },
});
