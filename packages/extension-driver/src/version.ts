import { win32 } from 'node:path';
import type { BrowserName } from './driver/types.ts';
import type { Environment } from './environment.ts';

const VERSION = /\b\d+(?:\.\d+)+\w*/;
const VERSION_MS = 20_000;

/** How the browsers of each family name themselves. */
const PRODUCTS: Record<BrowserName, RegExp> = {
  chromium: /chrom|edge|brave|vivaldi|opera/i,
  firefox: /mozilla|firefox/i,
};

/**
 * The version of an executable, as far as it can be told without starting a browser.
 * @throws Error with what was seen when the file is not a browser that works, e.g. a stub that only names a snap.
 */
export async function readVersion(
  name: BrowserName,
  path: string,
  environment: Environment,
): Promise<string> {
  // On Windows `--version` would open a browser window.
  if (environment.platform === 'win32') return await readWindowsVersion(name, path, environment);
  const { code, stdout, stderr } = await environment.run(path, ['--version'], { timeoutMs: VERSION_MS });
  const version = VERSION.exec(stdout)?.[0];
  if (code === 0 && version !== undefined && PRODUCTS[name].test(stdout)) return version;
  const seen = firstLine(stderr) || firstLine(stdout) || 'it printed nothing';
  throw new Error(`${path} --version ended with code ${code}: ${seen}`);
}

/** Chromium keeps its files in a folder named after the version; Firefox says it in `application.ini`. */
async function readWindowsVersion(
  name: BrowserName,
  path: string,
  environment: Environment,
): Promise<string> {
  const folder = win32.dirname(path);
  if (name === 'chromium') {
    const names = await environment.listFolder(folder);
    return names.find((each) => /^\d+(\.\d+){3}$/.test(each)) ?? 'of unknown version';
  }
  const settings = await environment.readText(win32.join(folder, 'application.ini')).catch(() => '');
  return /^Version=(.+)$/m.exec(settings)?.[1]?.trim() ?? 'of unknown version';
}

/** The first line of a command's output that says something. */
export function firstLine(output: string): string {
  return (
    output
      .split(/\r?\n/)
      .find((line) => line.trim() !== '')
      ?.trim() ?? ''
  );
}
