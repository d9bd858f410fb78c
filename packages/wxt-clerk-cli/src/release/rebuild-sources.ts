import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type FileTree, readFolder } from './file-tree.ts';

/**
 * Does what the reviewers of addons.mozilla.org do: unpacks the sources somewhere else, installs from the lockfile and
 * runs `build-for-amo`, with nothing in the environment but where programs and the person's home are.
 *
 * @returns What was built.
 * @throws {Error} With what npm printed.
 */
export async function rebuildSources(sources: FileTree): Promise<FileTree> {
  const folder = await mkdtemp(join(tmpdir(), 'sources-'));
  try {
    for (const [path, content] of sources) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    await runNpm(['ci'], folder);
    await runNpm(['run', 'build-for-amo'], folder);
    return await readFolder(join(folder, '.output', 'firefox-mv3'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runNpm(args: string[], cwd: string): Promise<void> {
  // `npm run` put this project's programs first on the PATH; the sources have to bring their own.
  const path = (process.env.PATH ?? '').split(delimiter).filter((part) => !part.includes('node_modules'));
  const options = { cwd, env: { PATH: path.join(delimiter), HOME: homedir() }, maxBuffer: 64 * 1024 * 1024 };
  try {
    await promisify(execFile)('npm', args, options);
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`"npm ${args.join(' ')}" fails in the unpacked sources:\n${stdout}\n${stderr}`.trim());
  }
}
