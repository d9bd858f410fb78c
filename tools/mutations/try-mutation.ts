import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../extension-build.ts';
import { copyProject } from '../project-copy.ts';
import type { Mutation } from './list.ts';

/** A copy of the project in a temporary folder, in which lines may be taken out. */
export interface Workshop {
  /**
   * Runs unit test files with one line of defence taken out (or, without a mutation, none).
   *
   * @returns How many tests failed.
   * @throws {Error} When the line is not there exactly once, or the tests did not run at all.
   */
  countFailures(tests: string[], mutation?: Mutation): Promise<number>;
  close(): Promise<void>;
}

/** @throws {Error} When WXT has not prepared the project yet. */
export async function openWorkshop(): Promise<Workshop> {
  if (!existsSync(join(PROJECT_ROOT, '.wxt')))
    throw new Error('The unit tests need WXT’s types. Run once: npm run compile');
  const folder = await copyProject('mutations-');
  await cp(join(PROJECT_ROOT, '.wxt'), join(folder, '.wxt'), { recursive: true });
  return {
    async countFailures(tests, mutation) {
      if (!mutation) return runTests(folder, tests);
      const path = join(folder, mutation.file);
      const original = await readFile(path, 'utf8');
      await writeFile(path, applyMutation(original, mutation));
      try {
        return await runTests(folder, tests);
      } finally {
        await writeFile(path, original);
      }
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** @throws {Error} When the line is not in the source exactly once: the list has to follow the code. */
export function applyMutation(source: string, { name, file, find, replace }: Mutation): string {
  const pattern = typeof find === 'string' ? find : new RegExp(find, `${find.flags.replace('g', '')}g`);
  const count =
    typeof pattern === 'string' ? source.split(pattern).length - 1 : source.match(pattern)?.length;
  if (count === 1) return source.replace(find, () => replace);
  throw new Error(
    `"${name}": ${String(find)} is ${count ?? 0} times in ${file}, not once. Change tools/mutations/list.ts.`,
  );
}

/** @throws {Error} When the mutation's line is not there once, or its tests are not. */
export async function expectLine(mutation: Mutation): Promise<void> {
  applyMutation(await readFile(join(PROJECT_ROOT, mutation.file), 'utf8'), mutation);
  const missing = mutation.tests.find((file) => !existsSync(join(PROJECT_ROOT, file)));
  if (missing) throw new Error(`"${mutation.name}" names ${missing}, which is not there.`);
}

async function runTests(folder: string, tests: string[]): Promise<number> {
  const report = join(folder, 'report.json');
  await rm(report, { force: true });
  const vitest = join(PROJECT_ROOT, 'node_modules/vitest/vitest.mjs');
  const args = [
    vitest,
    'run',
    ...tests,
    '--typecheck.enabled=false',
    '--reporter=json',
    `--outputFile=${report}`,
  ];
  const exitCode = await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: folder, stdio: 'ignore' });
    child.on('error', reject);
    child.on('close', resolve);
  });
  const { numTotalTests, numFailedTests } = JSON.parse(await readFile(report, 'utf8'));
  // A file that does not even load is no proof that a test looks at the line.
  if (numTotalTests === 0) throw new Error(`No test ran in ${tests.join(', ')}.`);
  // A test that ends its process has noticed, too.
  return numFailedTests === 0 && exitCode !== 0 ? 1 : numFailedTests;
}
