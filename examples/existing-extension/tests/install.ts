import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url));
const EXAMPLE = fileURLToPath(new URL('..', import.meta.url));

const run = promisify(execFile);

/** The example, installed as somebody does who has never seen the repository. */
export interface InstalledExample {
  folder: string;
  /** @returns The built folder. */
  build(browser: 'chrome' | 'firefox', publishableKey: string): Promise<string>;
  remove(): Promise<void>;
}

/**
 * Packs `wxt-clerk`, copies the example out of the workspace and installs the tarball there.
 *
 * @throws {Error} With what npm or the compiler printed.
 */
export async function installExample(): Promise<InstalledExample> {
  const folder = await mkdtemp(join(tmpdir(), 'existing-extension-'));
  const tarballs = join(folder, 'tarballs');
  await npm(REPOSITORY, ['run', 'pack', '--', '--out', tarballs]);
  await cp(EXAMPLE, folder, {
    recursive: true,
    filter: (path) => !['tests', 'node_modules', '.output', '.wxt'].includes(basename(path)),
  });
  await takeTarball(folder, tarballs);
  await npm(folder, ['install', '--no-audit', '--no-fund']);
  return {
    folder,
    async build(browser, publishableKey) {
      const environment = { WXT_CLERK_PUBLISHABLE_KEY: publishableKey };
      await npm(folder, ['run', browser === 'firefox' ? 'build:firefox' : 'build'], environment);
      return join(folder, `.output/${browser}-mv3`);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** In the place of the version that a registry would have; with the repository's overrides, as the command writes them. */
async function takeTarball(folder: string, tarballs: string): Promise<void> {
  const path = join(folder, 'package.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  const { overrides, optionalDependencies } = JSON.parse(
    await readFile(join(REPOSITORY, 'package.json'), 'utf8'),
  );
  const { 'wxt-clerk': version } = manifest.dependencies;
  manifest.dependencies['wxt-clerk'] = `file:${join(tarballs, `wxt-clerk-${version}.tgz`)}`;
  await writeFile(path, JSON.stringify({ ...manifest, overrides, optionalDependencies }, null, 2));
}

async function npm(folder: string, args: string[], environment: Record<string, string> = {}): Promise<void> {
  // What this process got from npm for the workspace is not for the other folder.
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|NODE_OPTIONS|INIT_CWD|VITEST|NODE_ENV)/.test(name),
  );
  const env = { ...Object.fromEntries(own), ...environment };
  await run('npm', args, { cwd: folder, env, shell: process.platform === 'win32' }).catch(
    ({ stdout, stderr }: { stdout: string; stderr: string }) => {
      throw new Error(`npm ${args.join(' ')} in ${folder}:\n${stdout}\n${stderr}`);
    },
  );
}
