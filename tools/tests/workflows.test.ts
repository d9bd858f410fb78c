// @vitest-environment node
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'workflow-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function lint(...files: string[]): Promise<{ code: number; stdout: string; stderr?: string }> {
  const run = promisify(execFile)(process.execPath, ['tools/lint-workflows.ts', ...files]);
  return await run.then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
      code,
      stdout,
      stderr,
    }),
  );
}

/** A workflow of one job with one line that is not right. */
function lintJob(line: string): Promise<{ code: number; stdout: string }> {
  const path = join(folder, 'workflow.yml');
  writeFileSync(
    path,
    `on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    ${line}\n    steps:\n      - run: 'true'\n`,
  );
  return lint(path);
}

test('the workflows of the repository have no problems', async () => {
  expect(await lint()).toEqual({ code: 0, stdout: '2 workflows, 0 problems\n' });
});

test.each([
  ['timeout: 5', /:5: Unexpected value 'timeout'/],
  ['needs: b', /:5: /],
  ['if: github.nope', /:5: .*nope/],
  ["if: contains('a'", /:5: /],
  ['permissions: { contents: rad }', /:5: Unexpected value 'rad'/],
])('a job with %j has a problem, which is named with its line', async (line, message) => {
  const { code, stdout } = await lintJob(line);
  expect(code).toBe(1);
  expect(stdout).toMatch(message);
});

test.each([
  ['--fix', "Unknown option '--fix'. See: npm run lint:workflows -- --help\n"],
  ['no/such.yml', 'There is no file "no/such.yml". See: npm run lint:workflows -- --help\n'],
])('%s is a mistake in the command line', async (argument, stderr) => {
  expect(await lint(argument)).toEqual({ code: 2, stdout: '', stderr });
});

test('an action by its tag', async () => {
  const path = join(folder, 'workflow.yml');
  writeFileSync(
    path,
    'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: actions/checkout@v6\n',
  );
  const { code, stdout } = await lint(path);
  expect(code).toBe(1);
  expect(stdout).toMatch(/:6: "actions\/checkout@v6" is not named by its commit/);
});
