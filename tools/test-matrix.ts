/** `npm run test:matrix`: the test files that have a matrix (`test-size.ts`), each with all of it. */
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseCommandLine, runCommand, UsageError } from 'wxt-clerk-cli/command-line';
import { PROJECT_ROOT } from './extension-build.ts';
import { endToEnd, runSteps, type Step, vitest } from './test-run/run-steps.ts';
import { WHOLE_MATRIX } from './test-size.ts';

const NAMES = ['unit', 'chromium', 'firefox'];

const USAGE = `Usage: npm run test:matrix -- [options]

  --only <step>   run one step: ${NAMES.join(', ')}
  --help          this text
`;

await runCommand(async () => {
  const { only, help } = parseCommandLine('test:matrix', {
    only: { type: 'string' },
    help: { type: 'boolean', default: false },
  });
  if (help) {
    console.log(USAGE);
    return 0;
  }
  if (only && !NAMES.includes(only)) throw new UsageError(`--only takes ${NAMES.join(', ')}; got "${only}".`);
  const { unit, inBrowsers } = steps();
  return await runSteps(
    only ? [unit, ...inBrowsers].filter(({ name }) => name === only) : [unit, inBrowsers],
  );
});

function steps(): { unit: Step; inBrowsers: Step[] } {
  const files = filesWithMatrix();
  const inBrowser = files.filter((file) => file.includes('e2e'));
  const others = files.filter((file) => !inBrowser.includes(file));
  return {
    unit: vitest('unit', others, WHOLE_MATRIX),
    inBrowsers: [endToEnd('chromium', inBrowser, WHOLE_MATRIX), endToEnd('firefox', inBrowser, WHOLE_MATRIX)],
  };
}

/** Test files that import `test-size.ts`, themselves or by a helper of the tests. */
function filesWithMatrix(): string[] {
  const files = globSync('{packages/*/tests,tests,entrypoints,tools/e2e,tools/tests}/**/*.{ts,tsx}', {
    cwd: PROJECT_ROOT,
    exclude: ['**/node_modules/**'],
  });
  const importing = (names: string[]) =>
    files.filter((file) => {
      const text = readFileSync(join(PROJECT_ROOT, file), 'utf8');
      return names.some((name) => text.includes(`/${name}'`));
    });
  const helpers = importing(['test-size.ts']).map((file) => basename(file));
  return importing(['test-size.ts', ...helpers]).filter((file) => /\.test\.tsx?$/.test(file));
}
