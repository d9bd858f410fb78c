import { existsSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defineWxtModule } from 'wxt/modules';
import { BUILD_SETTINGS_FILE, formatBuildSettings } from './settings.ts';

/**
 * Makes the sources package for reviewers from a folder of its own, with the settings of this build beside the sources.
 *
 * @param names What is needed to build the Firefox package, and nothing else: a list of what to leave out would miss the
 *   next secret.
 */
export function sourcesPackage(names: readonly string[]) {
  return defineWxtModule({
    name: 'sources-package',
    setup(wxt) {
      const folder = join(wxt.config.outBaseDir, 'sources');
      wxt.hook('config:resolved', ({ config }) => {
        config.zip.sourcesRoot = folder;
        config.zip.dotSources = true;
      });
      wxt.hook('zip:sources:start', ({ config }) => gatherSources(names, config.root, folder));
    },
  });
}

/** @throws {Error} When something of the list is not there. */
async function gatherSources(names: readonly string[], root: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const name of names) {
    if (!existsSync(join(root, name)))
      throw new Error(`The sources package needs "${name}", which is not in ${root}.`);
    await cp(join(root, name), join(folder, name), { recursive: true });
  }
  await writeFile(join(folder, BUILD_SETTINGS_FILE), formatBuildSettings());
}
