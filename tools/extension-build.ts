import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BrowserName } from 'extension-driver';
import { build } from 'wxt';
import { WXT_BROWSER } from 'wxt-clerk-cli/command-line';

export const PROJECT_ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Builds the extension as `npm run build` does, with a given key and into a folder of its own, so that a build for the
 * stores in `.output` is never overwritten by one for the local Frontend API.
 *
 * @param variables Further variables of the build, such as `WXT_STRIP_ORIGIN`.
 * @param project Folder of another extension's `wxt.config.ts`, from the project's root; without it the starter is built.
 * @returns The folder with the `manifest.json`.
 * @throws {Error} With what WXT printed.
 */
export async function buildExtension(
  browser: BrowserName,
  publishableKey: string,
  outDir: string,
  variables: Record<string, string> = {},
  project = '.',
): Promise<string> {
  const target = WXT_BROWSER[browser];
  const env = {
    ...process.env,
    ...variables,
    WXT_CLERK_PUBLISHABLE_KEY: publishableKey,
    NODE_ENV: 'production',
  };
  // In a process of its own: WXT's progress display writes to the terminal whatever logger it is given.
  const args = [fileURLToPath(import.meta.url), target, join(PROJECT_ROOT, outDir), project];
  const run = promisify(execFile)(process.execPath, args, { env });
  await run.catch(({ stdout, stderr }: { stdout: string; stderr: string }) => {
    throw new Error(`The extension does not build:\n${stdout}\n${stderr}`);
  });
  return join(PROJECT_ROOT, outDir, `${target}-mv3`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [browser = 'chrome', outDir = '.output', project = '.'] = process.argv.slice(2);
  await build({ root: join(PROJECT_ROOT, project), browser, outDir });
}
