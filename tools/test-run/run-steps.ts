import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../extension-build.ts';

/** A step that either works or does not, or one whose test runner counts. */
export interface Step {
  name: string;
  command: string[];
  env?: Record<string, string>;
  /** Where its test runner writes what it counted. */
  report?: string;
}

interface Result {
  name: string;
  passed: number;
  failed: number;
  seconds: number;
  /** What passed at the second try only, with how the first one failed. */
  unsteady: string[];
}

// Before every step: the tsconfig.json that all of them read extends one that WXT writes.
const PREPARE: Step = { name: 'prepare', command: ['wxt', 'prepare'] };

/** A step of Vitest, with its arguments after `run`. */
export function vitest(name: string, args: string[], env: Record<string, string> = {}): Step {
  const report = join(PROJECT_ROOT, '.output', `test-report-${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${report}`];
  return { name, command: ['vitest', 'run', ...args, ...reporters], env, report };
}

/** The end-to-end tests in one browser. @param files Only these; without any, all that there are. */
export function endToEnd(browser: 'chromium' | 'firefox', files: string[] = [], env = {}): Step {
  const args = ['--config', 'tools/e2e/vitest.config.ts', ...files];
  return vitest(browser, args, { ...env, E2E_BROWSER: browser });
}

/**
 * Runs the steps one after the other, each also when an earlier one failed, and those of an inner list side by side. Prints
 * how long each took and what was counted.
 *
 * @returns The exit code.
 */
export async function runSteps(steps: (Step | Step[])[]): Promise<number> {
  const start = performance.now();
  const results: Result[] = [];
  for (const group of [PREPARE, ...steps]) results.push(...(await runSideBySide([group].flat())));
  console.log();
  for (const { name, seconds, failed } of results)
    console.log(`${inSeconds(seconds)}  ${name}${failed > 0 ? ': failed' : ''}`);
  console.log(`${inSeconds((performance.now() - start) / 1000)}  in all`);
  for (const { name, unsteady } of results)
    for (const test of unsteady) console.log(`passed at the second try, ${name}: ${test}`);
  const sum = (what: 'passed' | 'failed') => results.reduce((total, result) => total + result[what], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 ? 0 : 1;
}

function inSeconds(seconds: number): string {
  return `${seconds.toFixed(0)} s`.padStart(6);
}

function runSideBySide(steps: Step[]): Promise<Result[]> {
  return Promise.all(steps.map((step) => runStep(step, steps.length === 1)));
}

async function runStep({ name, command, env, report }: Step, isAlone: boolean): Promise<Result> {
  console.log(`\n── ${name}: ${command.slice(0, 2).join(' ')}`);
  const start = performance.now();
  if (report) await rm(report, { force: true });
  const isOk = (await run(command, env, isAlone)) === 0;
  const seconds = (performance.now() - start) / 1000;
  if (!report) return { name, seconds, passed: isOk ? 1 : 0, failed: isOk ? 0 : 1, unsteady: [] };

  const { passed, failed, unsteady } = await readReport(report);
  // A runner that fails without a failed test (it crashed, or a file did not load) must not count as green.
  return { name, seconds, passed, failed: !isOk && failed === 0 ? 1 : failed, unsteady };
}

function run(
  [program = '', ...args]: string[],
  env: Record<string, string> = {},
  isAlone = true,
): Promise<number> {
  // `npm run` puts node_modules/.bin first on the PATH; on Windows the programs there are scripts of the shell.
  const child = spawn(program, args, {
    cwd: PROJECT_ROOT,
    // Two that both draw on one terminal would wipe each other's lines: by a pipe Vitest prints whole ones.
    stdio: isAlone ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  child.stdout?.pipe(process.stdout, { end: false });
  child.stderr?.pipe(process.stderr, { end: false });
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`${program} does not start: ${error.message}`);
      resolve(1);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

interface TestOutcome {
  fullName: string;
  status: string;
  failureMessages: string[];
}

async function readReport(file: string): Promise<Pick<Result, 'passed' | 'failed' | 'unsteady'>> {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(await readFile(file, 'utf8'));
    const outcomes = (testResults as { assertionResults: TestOutcome[] }[]).flatMap(
      ({ assertionResults }) => assertionResults,
    );
    const unsteady = outcomes
      .filter(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0)
      .map(({ fullName, failureMessages }) => `${fullName} (${failureMessages[0]?.split('\n')[0]})`);
    return { passed: numPassedTests, failed: numFailedTests, unsteady };
  } catch {
    // No report, no tests: that is a failure, whatever the exit code.
    return { passed: 0, failed: 1, unsteady: [] };
  }
}
