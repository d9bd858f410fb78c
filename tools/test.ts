/**
 * `npm test`: types, lint, unit and component tests one after the other, and the end-to-end tests in both browsers side by
 * side: they wait more than they compute. The last line counts.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseCommandLine, runCommand, UsageError } from 'wxt-clerk-cli/command-line';
import { PROJECT_ROOT } from './extension-build.ts';
import { endToEnd, runSteps, type Step, vitest } from './test-run/run-steps.ts';

const CHECKS: Step[] = [
  // With what only declarations can have wrong: the packages are packed with theirs.
  { name: 'types', command: ['tsc', '--noEmit', '--declaration'] },
  { name: 'lint', command: ['biome', 'check', '--error-on-warnings'] },
  vitest('unit', []),
];
const IN_BROWSERS: Step[] = [endToEnd('chromium'), endToEnd('firefox')];

/** The unit tests of one part (all of them are in the step `unit`), and what a job of its own runs. */
const PARTS: Step[] = [
  ...['wxt-clerk', 'clerk-emulator', 'extension-driver', 'wxt-clerk-cli'].map((name) =>
    vitest(name, [`packages/${name}/`]),
  ),
  vitest('tools', ['tools/tests/']),
  vitest('starter', ['tests/unit/', 'components/', 'entrypoints/', 'utils/']),
  vitest('api', ['examples/api/tests/']),
  vitest('existing-extension', ['--config', 'examples/existing-extension/tests/vitest.config.ts']),
];

/** What may be deleted, with its tests. */
const EXAMPLES = [
  'entrypoints/token-demo',
  'entrypoints/example.content',
  'examples/api',
  'examples/existing-extension',
  'examples/web',
];

const STEPS = [...CHECKS, ...IN_BROWSERS, ...PARTS];
const NAMES = STEPS.map(({ name }) => name);

const USAGE = `Usage: npm test -- [options]

  --only <step>   run one step: ${NAMES.join(', ')}
  --help          this text

All that is in the matrices, not one path of each row, is run by "npm run test:matrix".
`;

await runCommand(async () => {
  const { only, help } = parseCommandLine('test', {
    only: { type: 'string' },
    help: { type: 'boolean', default: false },
  });
  if (help) {
    console.log(USAGE);
    return 0;
  }
  if (only && !NAMES.includes(only)) throw new UsageError(`--only takes ${NAMES.join(', ')}; got "${only}".`);
  for (const example of EXAMPLES.filter((folder) => !existsSync(join(PROJECT_ROOT, folder))))
    console.log(`Not there, and skipped: ${example}`);
  return await runSteps(only ? STEPS.filter(({ name }) => name === only) : [...CHECKS, IN_BROWSERS]);
});
