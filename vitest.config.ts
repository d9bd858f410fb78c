import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';
import { LANGUAGES, languageDefines } from './packages/wxt-clerk/src/module/languages.ts';

// As in .npmrc: in this workspace our packages are used from their sources.
const conditions = ['clerk-wxt-source', 'module', 'browser', 'development|production'];

/** What has no part in a browser: programs, servers and builds. */
const PROGRAMS = [
  'packages/{clerk-emulator,extension-driver,wxt-clerk-cli}/tests/**/*.test.ts',
  'packages/wxt-clerk/tests/module/**/*.test.ts',
  'examples/api/tests/**/*.test.ts',
  'tools/tests/**/*.test.ts',
];
/** What puts other modules or globals in place of the real ones. */
const REPLACING = 'clerk-client|credential-seal|start-clerk|start-sync|without-panel';
const BACKGROUND = [`packages/wxt-clerk/tests/background/**/!(${REPLACING}).test.ts`];
const IN_BROWSERS = ['**/e2e/**', '**/*.e2e.test.ts'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions: ['clerk-wxt-source', 'module', 'node', 'development|production'] } },
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
    // Vitest leaves one core of two unused.
    maxWorkers: '100%',
    environment: 'happy-dom',
    setupFiles: ['packages/wxt-clerk/tests/support/speak-english.ts', 'tests/support/speak-english.ts'],
    restoreMocks: true,
    // On a busy machine some of those that start programs take more than the usual 5 s.
    testTimeout: 30_000,
    env: { WXT_CLERK_PUBLISHABLE_KEY: `pk_live_${btoa('clerk.example.com$')}` },
    // A process for each file costs more than most files do: only what would see another's traces has one. (Each project needs
    // plugins of its own, `extends` does not make up for them.)
    projects: [
      { extends: true, test: { name: 'programs', isolate: false, include: PROGRAMS, exclude: IN_BROWSERS } },
      {
        extends: true,
        plugins: [WxtVitest()],
        test: { name: 'background', isolate: false, include: BACKGROUND },
      },
      {
        extends: true,
        plugins: [WxtVitest()],
        test: {
          name: 'pages',
          include: [
            'packages/*/tests/**/*.test.{ts,tsx}',
            'examples/api/tests/**/*.test.tsx',
            'entrypoints/**/*.test.{ts,tsx}',
            'tests/unit/**/*.test.{ts,tsx}',
          ],
          exclude: [...IN_BROWSERS, ...PROGRAMS, ...BACKGROUND],
          typecheck: {
            enabled: true,
            ignoreSourceErrors: true,
            include: ['packages/*/tests/types/**/*.test-d.ts'],
          },
        },
      },
    ],
  },
});
