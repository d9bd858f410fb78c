import { parsePublishableKey } from 'wxt-clerk/build';
import { compareLint, toReviewList } from './checks/lint.ts';
import { compareManifests, type Json, toSnapshot } from './checks/manifest.ts';
import { expectText } from './file-tree.ts';
import { lintPackage } from './lint-package.ts';
import { manifestFile, readReviewed, writeReviewed } from './reviewed.ts';
import { STORE_BROWSERS, type StoreBrowser, type StorePackages } from './store-packages.ts';

/**
 * Writes the reviewed manifests and lint warnings from the finished packages. Budgets are decisions and stay.
 *
 * @returns What changed, line by line, for the person who reviews it.
 */
export async function updateReviewed(packages: StorePackages): Promise<string[]> {
  const lines: string[] = [];
  for (const browser of STORE_BROWSERS) lines.push(...(await updateManifest(packages, browser)));
  lines.push(...(await updateLint(packages)));
  return lines;
}

async function updateManifest(packages: StorePackages, browser: StoreBrowser): Promise<string[]> {
  const file = manifestFile(browser);
  const { frontendApi } = parsePublishableKey(packages.publishableKey);
  const manifest: Json = JSON.parse(expectText(packages.trees[browser], 'manifest.json'));
  const built = toSnapshot(manifest, { version: packages.version, frontendApi });
  const changes = compareManifests(await readReviewed(file).catch(() => ({})), built);
  await writeReviewed(file, built);
  return report(file, changes);
}

async function updateLint({ paths }: StorePackages): Promise<string[]> {
  const file = 'lint.firefox.json';
  const found = await lintPackage(paths.firefox);
  const before = await readReviewed(file).catch(() => []);
  const changes = compareLint(found, before);
  await writeReviewed(file, toReviewList(found, before));
  return report(file, changes);
}

function report(file: string, changes: readonly string[]): string[] {
  const head = changes.length === 0 ? 'as it was' : `${changes.length} changed`;
  return [`release/${file}: ${head}`, ...changes.map((change) => `    ${change}`)];
}
