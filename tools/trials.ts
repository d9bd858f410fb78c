/**
 * `npm run test:trials`: makes the changes that a product makes, each on a copy of the project, and looks whether types,
 * lint, unit tests and both builds are as green as before. Prints how many files each change had to touch.
 */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseCommandLine, runCommand, UsageError } from 'wxt-clerk-cli/command-line';
import { PROJECT_ROOT } from './extension-build.ts';
import { copyProject } from './project-copy.ts';
import { additions } from './trials/additions.ts';
import { changes } from './trials/changes.ts';
import { deletions } from './trials/deletions.ts';
import { Project, type Trial } from './trials/project.ts';

const TRIALS = [...deletions, ...changes, ...additions];

const USAGE = `Usage: npm run test:trials -- [options]

  --only <text>   only the trials with this text in their name
  --e2e           also the starter's end-to-end tests, in Chromium
  --help          this text

Of the unit tests, those of the emulator, the driver and the commands are left out: they import nothing that a product
changes.
`;

/** A production key in form, of no instance. */
const ENVIRONMENT = {
  ...process.env,
  WXT_CLERK_PUBLISHABLE_KEY: `pk_live_${btoa('clerk.example.com$')}`,
};

interface Check {
  name: string;
  command: string[];
}

const CHECKS: Check[] = [
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'lint', command: ['biome', 'check', '--error-on-warnings'] },
  {
    name: 'unit',
    command: [
      'vitest',
      'run',
      '--typecheck.enabled=false',
      'packages/wxt-clerk/',
      ...['tests/unit/', 'components/', 'entrypoints/', 'utils/', 'tools/tests/'],
    ],
  },
  { name: 'build', command: ['wxt', 'build'] },
  { name: 'build:firefox', command: ['wxt', 'build', '-b', 'firefox'] },
];

const END_TO_END: Check = {
  name: 'e2e',
  command: ['vitest', 'run', '--config', 'tools/e2e/vitest.config.ts', 'tests/e2e/', 'entrypoints/'],
};

interface Outcome {
  name: string;
  touched: string[];
  /** What each check that failed printed. */
  problems: Map<string, string>;
}

await runCommand(async () => {
  const { only, e2e, help } = parseCommandLine('test:trials', {
    only: { type: 'string', default: '' },
    e2e: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  });
  if (help) {
    console.log(USAGE);
    return 0;
  }
  const trials = TRIALS.filter(({ name }) => name.includes(only));
  if (trials.length === 0) throw new UsageError(`--only: no trial has "${only}" in its name.`);
  const checks = e2e ? [...CHECKS, END_TO_END] : CHECKS;
  // The copies share node_modules, whose packages are this project's: Vite reads its tsconfig.json, which extends one that WXT writes.
  const problem = await run(PROJECT_ROOT, ['wxt', 'prepare']);
  if (problem !== null) throw new UsageError(`wxt prepare failed:\n${problem}`);
  const outcomes: Outcome[] = [];
  for (const trial of trials) {
    const outcome = await tryOnCopy(trial, checks);
    console.log(describe(outcome));
    for (const [check, output] of outcome.problems) console.log(`── ${check} of "${trial.name}":\n${output}`);
    outcomes.push(outcome);
  }
  console.log(`\n${renderTable(outcomes, checks)}`);
  const failed = outcomes.filter(({ problems }) => problems.size > 0).length;
  console.log(`${outcomes.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});

async function tryOnCopy({ name, change }: Trial, checks: Check[]): Promise<Outcome> {
  const folder = await copyProject('trial-');
  try {
    const project = new Project(folder);
    await change(project);
    // Formatting is not what a trial is about.
    await run(folder, ['biome', 'format', '--write']);
    await run(folder, ['wxt', 'prepare']);
    const problems = new Map<string, string>();
    for (const check of checks) {
      const problem = await run(folder, check.command);
      if (problem !== null) problems.set(check.name, problem);
    }
    return { name, touched: [...project.touched], problems };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @returns What the program printed when it failed, or `null`. */
async function run(cwd: string, [program = '', ...args]: string[]): Promise<string | null> {
  const file = join(cwd, 'node_modules/.bin', program);
  const options = { cwd, env: ENVIRONMENT, maxBuffer: 2 ** 26, shell: process.platform === 'win32' };
  return await promisify(execFile)(file, args, options).then(
    () => null,
    ({ stdout, stderr, message }: { stdout?: string; stderr?: string; message: string }) =>
      [stdout, stderr].filter(Boolean).join('\n') || message,
  );
}

function describe({ name, touched, problems }: Outcome): string {
  const verdict = problems.size === 0 ? 'ok  ' : 'FAIL';
  return `${verdict}  ${name}: ${touched.join(', ')}`;
}

function renderTable(outcomes: Outcome[], checks: Check[]): string {
  const head = ['trial', 'files touched', ...checks.map(({ name }) => name)];
  const rows = outcomes.map(({ name, touched, problems }) => [
    name,
    String(touched.length),
    ...checks.map((check) => (problems.has(check.name) ? 'FAILED' : 'green')),
  ]);
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
