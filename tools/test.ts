/**
 * `npm test`: types, lint, unit and component tests, and the end-to-end suite in both browsers, one after the other
 * (two cores drive one browser at a time). Every step runs even when an earlier one failed. The last line counts.
 */
import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCommandLine, runCommand, UsageError } from 'wxt-clerk-cli/command-line';
import { PROJECT_ROOT } from './extension-build.ts';

const USAGE = `Usage: npm test -- [options]

  --only <step>   run one step: ${stepNames().join(', ')}
  --help          this text
`;

interface Count {
  passed: number;
  failed: number;
}

/** A step that either works or does not, or one whose test runner counts. */
interface Step {
  name: string;
  command: string[];
  env?: Record<string, string>;
  report?: string;
}

// Before every step: the tsconfig.json that all of them read extends one that WXT writes.
const PREPARE: Step = { name: 'prepare', command: ['wxt', 'prepare'] };

function steps(): Step[] {
  return [
    { name: 'types', command: ['tsc', '--noEmit'] },
    { name: 'lint', command: ['biome', 'check', '--error-on-warnings'] },
    vitest('unit', ['run']),
    vitest('chromium', ['run', '--config', 'tools/e2e/vitest.config.ts'], { E2E_BROWSER: 'chromium' }),
    vitest('firefox', ['run', '--config', 'tools/e2e/vitest.config.ts'], { E2E_BROWSER: 'firefox' }),
  ];
}

function stepNames(): string[] {
  return [...new Set(steps().map(({ name }) => name))];
}

function vitest(name: string, args: string[], env: Record<string, string> = {}): Step {
  const report = join(PROJECT_ROOT, '.output', `test-report-${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${report}`];
  return { name, command: ['vitest', ...args, ...reporters], env, report };
}

await runCommand(async () => {
  const values = parseCommandLine('test', {
    only: { type: 'string' },
    help: { type: 'boolean', default: false },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const { only } = values;
  if (only && !stepNames().includes(only))
    throw new UsageError(`--only takes ${stepNames().join(', ')}; got "${only}".`);

  const total: Count = { passed: 0, failed: 0 };
  for (const step of [PREPARE, ...steps().filter(({ name }) => !only || name === only)]) {
    const count = await runStep(step);
    total.passed += count.passed;
    total.failed += count.failed;
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
});

async function runStep({ name, command, env, report }: Step): Promise<Count> {
  console.log(`\n── ${name}: ${command[0]} ${command[1] ?? ''}`);
  if (report) await rm(report, { force: true });
  const isOk = (await run(command, env)) === 0;
  if (!report) return isOk ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };

  const count = await readReport(report);
  // A runner that fails without a failed test (it crashed, or a file did not load) must not count as green.
  return !isOk && count.failed === 0 ? { ...count, failed: 1 } : count;
}

function run([program = '', ...args]: string[], env: Record<string, string> = {}): Promise<number> {
  // `npm run` puts node_modules/.bin first on the PATH; on Windows the programs there are scripts of the shell.
  const child = spawn(program, args, {
    cwd: PROJECT_ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`${program} does not start: ${error.message}`);
      resolve(1);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

async function readReport(file: string): Promise<Count> {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(await readFile(file, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    // No report, no tests: that is a failure, whatever the exit code.
    return { passed: 0, failed: 1 };
  }
}
