import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  BUILD_SETTINGS_FILE,
  PUBLISHABLE_KEY_VARIABLE,
  STRIP_ORIGIN_PERMISSION,
  STRIP_ORIGIN_VARIABLE,
} from 'wxt-clerk/build';
import { PROJECT_ROOT } from '../project.ts';
import { expectText, type FileTree, readZip } from './file-tree.ts';

export type StoreBrowser = 'chrome' | 'firefox';
export type PackageName = StoreBrowser | 'sources';

export const PACKAGE_NAMES: readonly PackageName[] = ['chrome', 'firefox', 'sources'];
export const STORE_BROWSERS: readonly StoreBrowser[] = ['chrome', 'firefox'];

/** The three finished packages of one version. */
export interface StorePackages {
  version: string;
  paths: Record<PackageName, string>;
  trees: Record<PackageName, FileTree>;
  /** What the Firefox package was built with, as the sources package says. */
  settings: Record<string, string>;
  publishableKey: string;
}

/**
 * Where `npm run zip` and `npm run zip:firefox` put the packages of the version that package.json names.
 *
 * @param outDir Relative to the project.
 * @throws {Error} When one is not there, with the command that makes it.
 */
export async function findPackages(outDir = '.output'): Promise<Pick<StorePackages, 'version' | 'paths'>> {
  const { name, version } = JSON.parse(await readFile(join(PROJECT_ROOT, 'package.json'), 'utf8'));
  const pathOf = (part: PackageName) => join(PROJECT_ROOT, outDir, `${name}-${version}-${part}.zip`);
  const paths = { chrome: pathOf('chrome'), firefox: pathOf('firefox'), sources: pathOf('sources') };
  const missing = PACKAGE_NAMES.filter((part) => !existsSync(paths[part]));
  if (missing.length > 0) {
    const files = missing.map((part) => paths[part]).join(', ');
    throw new Error(`There is no ${files}. Run "npm run zip" and "npm run zip:firefox" first.`);
  }
  return { version, paths };
}

/** @throws {Error} When a package is missing or damaged, or the sources do not say what they were built with. */
export async function readPackages(): Promise<StorePackages> {
  const { version, paths } = await findPackages();
  const [chrome, firefox, sources] = await Promise.all([
    readZip(paths.chrome),
    readZip(paths.firefox),
    readZip(paths.sources),
  ]);
  const settings: Record<string, string> = JSON.parse(expectText(sources, BUILD_SETTINGS_FILE));
  const publishableKey = settings[PUBLISHABLE_KEY_VARIABLE];
  if (!publishableKey) throw new Error(`${BUILD_SETTINGS_FILE} in ${paths.sources} has no publishable key.`);
  return { version, paths, trees: { chrome, firefox, sources }, settings, publishableKey };
}

/**
 * The variables that the package of one browser was built with. The sources package knows those of Firefox; what may stand in
 * the `.env` of one browser alone is read off Chrome's own manifest.
 */
export function settingsOf(
  { settings, trees }: Pick<StorePackages, 'settings' | 'trees'>,
  browser: StoreBrowser,
): Record<string, string> {
  if (browser === 'firefox') return settings;
  const manifest: { permissions?: string[] } = JSON.parse(expectText(trees.chrome, 'manifest.json'));
  const { [STRIP_ORIGIN_VARIABLE]: _, ...others } = settings;
  if (!manifest.permissions?.includes(STRIP_ORIGIN_PERMISSION)) return others;
  return { ...others, [STRIP_ORIGIN_VARIABLE]: 'true' };
}
