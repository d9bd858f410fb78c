import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { parsePublishableKey } from 'wxt-clerk/build';
import { PROJECT_ROOT } from '../project.ts';
import { AGAIN_DIR, buildAgain } from './build-again.ts';
import { findUnreviewedInstallScripts, type Lockfile } from './checks/install-scripts.ts';
import { checkKeys, findLeaks } from './checks/leaks.ts';
import { compareLint } from './checks/lint.ts';
import {
  checkIcons,
  checkStoreRules,
  checkTexts,
  compareManifests,
  type Json,
  toSnapshot,
} from './checks/manifest.ts';
import { findRemoteCode } from './checks/remote-code.ts';
import { compareTrees } from './checks/same-tree.ts';
import { checkBudgets, findLargeScripts, type ModuleSizes } from './checks/sizes.ts';
import { expectText, readZip } from './file-tree.ts';
import { lintPackage } from './lint-package.ts';
import { rebuildSources } from './rebuild-sources.ts';
import { manifestFile, readReviewed } from './reviewed.ts';
import {
  PACKAGE_NAMES,
  type PackageName,
  STORE_BROWSERS,
  type StoreBrowser,
  type StorePackages,
  settingsOf,
} from './store-packages.ts';

/** One line of the output. */
export interface ReleaseCheck {
  about: PackageName;
  /** What holds when it passes. */
  name: string;
  /** @returns What is wrong, in sentences. */
  run(): Promise<string[]> | string[];
}

const MACHINE_FOLDERS = [PROJECT_ROOT, `${homedir()}/`];

/** The checks of the finished packages, the quick ones first; the builds of the last ones take a minute or two. */
export function listChecks(packages: StorePackages): ReleaseCheck[] {
  const again = new Map<StoreBrowser, Promise<ModuleSizes>>();
  const build = (browser: StoreBrowser) => {
    const known = again.get(browser) ?? buildAgain(browser, settingsOf(packages, browser));
    again.set(browser, known);
    return known;
  };
  return [
    ...STORE_BROWSERS.flatMap((browser) => checksOfExtension(packages, browser)),
    ...PACKAGE_NAMES.flatMap((name) => checksOfAny(packages, name)),
    {
      about: 'firefox',
      name: 'web-ext lint has no errors and only reviewed warnings',
      run: async () =>
        compareLint(await lintPackage(packages.paths.firefox), await readReviewed('lint.firefox.json')),
    },
    {
      about: 'sources',
      name: 'every install script of a dependency was looked at',
      run: async () => {
        const lockfile: Lockfile = JSON.parse(expectText(packages.trees.sources, 'package-lock.json'));
        return findUnreviewedInstallScripts(lockfile, await readReviewed('install-scripts.json'));
      },
    },
    ...STORE_BROWSERS.map((browser) => checkOfBudgets(packages, browser, build)),
    ...PACKAGE_NAMES.map((name) => checkOfBytes(packages, name, build)),
    {
      about: 'sources',
      name: 'unpacked elsewhere, npm ci and build-for-amo give exactly the Firefox package',
      run: async () => compareTrees(packages.trees.firefox, await rebuildSources(packages.trees.sources)),
    },
  ];
}

function checksOfExtension(
  { trees, version, publishableKey }: StorePackages,
  browser: StoreBrowser,
): ReleaseCheck[] {
  const tree = trees[browser];
  return [
    {
      about: browser,
      name: `manifest equals release/${manifestFile(browser)}`,
      run: async () => {
        const { frontendApi } = parsePublishableKey(publishableKey);
        const manifest: Json = JSON.parse(expectText(tree, 'manifest.json'));
        return compareManifests(
          await readReviewed(manifestFile(browser)),
          toSnapshot(manifest, { version, frontendApi }),
        );
      },
    },
    {
      about: browser,
      name: 'version, id and no key',
      run: () => checkStoreRules(tree, browser, version),
    },
    { about: browser, name: 'icons in all sizes', run: () => checkIcons(tree) },
    { about: browser, name: 'name and description fit the stores', run: () => checkTexts(tree) },
    { about: browser, name: 'no remote code', run: () => findRemoteCode(tree) },
    { about: browser, name: 'every script is under 5 MB', run: () => findLargeScripts(tree) },
  ];
}

function checksOfAny({ trees, publishableKey }: StorePackages, name: PackageName): ReleaseCheck[] {
  return [
    {
      about: name,
      name: 'no source map, environment file, secret or path of this machine',
      run: () => findLeaks(trees[name], MACHINE_FOLDERS),
    },
    {
      about: name,
      name: 'one publishable key, of a production instance',
      run: () => checkKeys(trees[name], publishableKey),
    },
  ];
}

function checkOfBudgets(
  { trees }: StorePackages,
  browser: StoreBrowser,
  build: (browser: StoreBrowser) => Promise<ModuleSizes>,
): ReleaseCheck {
  return {
    about: browser,
    name: 'sizes are within release/budgets.json',
    run: async () => checkBudgets(trees[browser], await readReviewed('budgets.json'), await build(browser)),
  };
}

function checkOfBytes(
  { paths }: StorePackages,
  name: PackageName,
  build: (browser: StoreBrowser) => Promise<ModuleSizes>,
): ReleaseCheck {
  return {
    about: name,
    name: 'built twice, the bytes are the same',
    run: async () => {
      await build(name === 'chrome' ? 'chrome' : 'firefox');
      const again = join(PROJECT_ROOT, AGAIN_DIR, basename(paths[name]));
      if ((await readFile(again)).equals(await readFile(paths[name]))) return [];
      const differences = compareTrees(await readZip(paths[name]), await readZip(again));
      return differences.length > 0 ? differences : ['the files are the same, the ZIP around them is not'];
    },
  };
}
