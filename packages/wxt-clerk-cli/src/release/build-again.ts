import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Plugin } from 'vite';
import { zip } from 'wxt';
import { PROJECT_ROOT } from '../project.ts';
import type { ModuleSizes } from './checks/sizes.ts';
import type { StoreBrowser } from './store-packages.ts';

/** Where the second builds go, relative to the project. */
export const AGAIN_DIR = '.output/again';

const MODULES_FILE = 'modules.json';

/**
 * Builds and packs once more, into a folder of its own, and notes which modules went into which script.
 *
 * @param settings Variables that the finished package was built with; they win over the environment.
 * @throws {Error} With what WXT printed.
 */
export async function buildAgain(
  browser: StoreBrowser,
  settings: Record<string, string>,
): Promise<ModuleSizes> {
  const env = { ...process.env, ...settings, NODE_ENV: 'production' };
  const run = promisify(execFile)(process.execPath, [fileURLToPath(import.meta.url), browser], { env });
  await run.catch(({ stdout, stderr }: { stdout: string; stderr: string }) => {
    throw new Error(`The second build for ${browser} failed:\n${stdout}\n${stderr}`);
  });
  return JSON.parse(await readFile(join(PROJECT_ROOT, AGAIN_DIR, `${browser}-${MODULES_FILE}`), 'utf8'));
}

/** Notes the modules of every chunk; it changes nothing in what is built. */
function noteModules(sizes: ModuleSizes): Plugin {
  return {
    name: 'note-modules',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const modules = Object.entries(chunk.modules);
        sizes[chunk.fileName] = Object.fromEntries(
          modules.map(([id, { renderedLength }]) => [shortName(id), renderedLength]),
        );
      }
    },
  };
}

function shortName(id: string): string {
  return id
    .replaceAll('\\', '/')
    .replace(/^.*\/node_modules\//, '')
    .replace(`${PROJECT_ROOT}`, '');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [browser = 'chrome'] = process.argv.slice(2);
  const sizes: ModuleSizes = {};
  await rm(join(PROJECT_ROOT, AGAIN_DIR, `${browser}-mv3`), { recursive: true, force: true });
  await zip({
    root: PROJECT_ROOT,
    browser,
    outDir: AGAIN_DIR,
    vite: () => ({ plugins: [noteModules(sizes)] }),
  });
  await writeFile(join(PROJECT_ROOT, AGAIN_DIR, `${browser}-${MODULES_FILE}`), JSON.stringify(sizes));
}
