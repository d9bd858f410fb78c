import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BrowserName } from 'extension-driver';
import { build } from 'wxt';
import { WXT_BROWSER } from 'wxt-clerk-cli/command-line';
import { buildExtension, PROJECT_ROOT } from '../extension-build.ts';

export type ContestantName = 'ours' | 'echo' | 'guide';

const FOLDERS = { echo: 'echo', guide: 'guide-port' };
const OUT_DIR = '.output/bench';

/**
 * Builds ours, unchanged, and the alternatives, each by the same bundler and with the same key.
 *
 * @returns The folders with the `manifest.json`.
 * @throws {Error} With what WXT printed.
 */
export async function buildContestants(
  browser: BrowserName,
  publishableKey: string,
): Promise<Record<ContestantName, string>> {
  return {
    ours: await buildExtension(browser, publishableKey, `${OUT_DIR}/ours`),
    echo: await buildAlternative('echo', browser, publishableKey),
    guide: await buildAlternative('guide', browser, publishableKey),
  };
}

/** Builds ours once more, with single sign-on. @returns The folder with the `manifest.json`. */
export function buildWithSso(browser: BrowserName, publishableKey: string): Promise<string> {
  return buildExtension(browser, publishableKey, `${OUT_DIR}/sso`, { WXT_CLERK_SSO: 'true' });
}

async function buildAlternative(
  name: 'echo' | 'guide',
  browser: BrowserName,
  publishableKey: string,
): Promise<string> {
  const target = WXT_BROWSER[browser];
  const outDir = join(PROJECT_ROOT, OUT_DIR, name);
  const env = { ...process.env, WXT_CLERK_PUBLISHABLE_KEY: publishableKey, NODE_ENV: 'production' };
  const args = [fileURLToPath(import.meta.url), FOLDERS[name], target, outDir];
  const run = promisify(execFile)(process.execPath, args, { env });
  await run.catch(({ stdout, stderr }: { stdout: string; stderr: string }) => {
    throw new Error(`The alternative "${name}" does not build:\n${stdout}\n${stderr}`);
  });
  return join(outDir, `${target}-mv3`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder = 'echo', browser = 'chrome', outDir = OUT_DIR] = process.argv.slice(2);
  await build({ root: join(import.meta.dirname, 'alternatives', folder), browser, outDir });
  // WXT evaluates the entrypoints, and Clerk's BroadcastChannel then keeps the process alive.
  process.exit(0);
}
