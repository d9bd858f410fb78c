import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// As in .npmrc: in this workspace our packages are used from their sources.
const conditions = ['clerk-wxt-source', 'module', 'node', 'development|production'];

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The tests that need an example which may be deleted. */
const withoutExample = existsSync(`${root}/examples/web`) ? [] : ['packages/wxt-clerk/tests/e2e/sync/**'];

/** By their paths, so that those which can share a browser follow each other. */
class ByPath extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((one, other) => one.moduleId.localeCompare(other.moduleId));
  }
}

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
    include: [
      'packages/*/tests/e2e/**/*.test.ts',
      'tests/e2e/**/*.test.ts',
      'entrypoints/*/*.e2e.test.ts',
      'examples/api/tests/e2e/**/*.test.ts',
    ],
    exclude: [...configDefaults.exclude, ...withoutExample],
    globalSetup: ['tools/e2e/global-setup.ts'],
    // One local Frontend API serves all files.
    fileParallelism: false,
    // One process for all files, so that they can share a browser.
    isolate: false,
    sequence: { sequencer: ByPath },
    // Two real browsers on one small machine: what needs the second try is named at the end of the run, and to be looked into.
    retry: 1,
    // On a machine half as fast as most, some take a minute.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
