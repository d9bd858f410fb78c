import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../project.ts';
import type { ReviewedInstallScript } from './checks/install-scripts.ts';
import type { ReviewedWarning } from './checks/lint.ts';
import type { Json } from './checks/manifest.ts';
import type { Budget } from './checks/sizes.ts';
import type { StoreBrowser } from './store-packages.ts';

/** What somebody has looked at and agreed to, in `release/`: a change there is a change to review. */
interface ReviewedFiles {
  'manifest.chrome.json': Json;
  'manifest.firefox.json': Json;
  'lint.firefox.json': ReviewedWarning[];
  'budgets.json': Budget[];
  'install-scripts.json': ReviewedInstallScript[];
}

export function manifestFile<Browser extends StoreBrowser>(browser: Browser): `manifest.${Browser}.json` {
  return `manifest.${browser}.json`;
}

/** @throws {Error} When the file is not there or is not JSON. */
export async function readReviewed<Name extends keyof ReviewedFiles>(
  name: Name,
): Promise<ReviewedFiles[Name]> {
  return JSON.parse(await readFile(join(PROJECT_ROOT, 'release', name), 'utf8'));
}

export async function writeReviewed<Name extends keyof ReviewedFiles>(
  name: Name,
  content: ReviewedFiles[Name],
): Promise<void> {
  await writeFile(join(PROJECT_ROOT, 'release', name), `${JSON.stringify(content, null, 2)}\n`);
}
