import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PROJECT_ROOT } from '../project.ts';
import type { LintReport } from './checks/lint.ts';

const WEB_EXT = join(PROJECT_ROOT, 'node_modules/web-ext/bin/web-ext.js');

/** What `web-ext lint`, which addons.mozilla.org runs too, says of a package. */
export async function lintPackage(path: string): Promise<LintReport> {
  const args = [WEB_EXT, 'lint', '--source-dir', path, '--output', 'json', '--no-config-discovery'];
  const run = promisify(execFile)(process.execPath, args, { cwd: PROJECT_ROOT, maxBuffer: 64 * 1024 * 1024 });
  // It ends with 1 when it finds errors, and prints them all the same.
  const { stdout, stderr } = await run.catch((error: { stdout: string; stderr: string }) => error);
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`web-ext lint did not work: ${stderr || stdout}`);
  }
}
