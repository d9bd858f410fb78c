// @vitest-environment node
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** What the compiler says of a project that declares its own types. A program of its own: what it declares is global. */
function compile(): Promise<string[]> {
  const args = [path('../../../node_modules/typescript/bin/tsc'), '--project', path('./types/declared')];
  return new Promise((resolve) => {
    execFile(process.execPath, [...args, '--pretty', 'false'], (_, output) => resolve(output.split('\n')));
  });
}

test('what a project declares for Clerk counts here: a wrong role, permission or value does not compile', async () => {
  // Of the other files `npm run compile` tells.
  const complaints = (await compile()).filter((line) => /^error|declared\.ts/.test(line));
  expect(complaints).toEqual([]);
}, 120_000);
