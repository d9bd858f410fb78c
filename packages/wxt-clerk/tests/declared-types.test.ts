// @vitest-environment node
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** What the compiler says of the project that declares its own types. A program of its own: what it declares is global. */
function compile(): Promise<string> {
  const args = [path('../../../node_modules/typescript/bin/tsc'), '--project', path('./types/declared')];
  return new Promise((resolve) => {
    execFile(process.execPath, [...args, '--pretty', 'false'], (_, stdout) => resolve(stdout));
  });
}

test('what a project declares for Clerk counts here: a wrong role, permission or value does not compile', async () => {
  expect(await compile()).toBe('');
}, 120_000);
