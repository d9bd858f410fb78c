import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import { WXT_BROWSER } from 'wxt-clerk-cli/command-line';
import { buildExtension, PROJECT_ROOT } from '../extension-build.ts';

/** What a build depends on besides the sources. */
export interface Build {
  /** Folder of the extension's `wxt.config.ts`, from the project's root. */
  project: string;
  publishableKey: string;
  /** Further variables of the build, such as `WXT_STRIP_ORIGIN`. */
  variables?: Record<string, string>;
}

/**
 * Builds an extension for the browser under test, or gives the build that an earlier test of this run made: the sources
 * do not change under a run.
 *
 * @returns The folder with the `manifest.json`.
 * @throws {Error} With what WXT printed.
 */
export async function buildOnce({ project, publishableKey, variables = {} }: Build): Promise<string> {
  const browserName = inject('browserName');
  const identity = JSON.stringify([project, publishableKey, Object.entries(variables).toSorted()]);
  const outDir = join(inject('outDir'), createHash('sha256').update(identity).digest('hex').slice(0, 12));
  const marker = join(PROJECT_ROOT, outDir, 'built.json');
  if (existsSync(marker)) return join(PROJECT_ROOT, outDir, `${WXT_BROWSER[browserName]}-mv3`);
  const folder = await buildExtension(browserName, publishableKey, outDir, variables, project);
  await writeFile(marker, identity);
  return folder;
}
