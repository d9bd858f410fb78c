import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, realpath, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { PROJECT_ROOT } from './extension-build.ts';

const NODE_MODULES = 'node_modules';

/**
 * Copies the project, as it would be committed now, into a new temporary folder. What is installed is shared, which
 * nothing may write to; our own packages are those of the copy.
 *
 * @param prefix Of the folder's name.
 * @returns The folder, which is the caller's to remove.
 */
export async function copyProject(prefix: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), prefix));
  for (const file of await listFiles()) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    // One that was deleted and not committed yet is listed, too.
    await cp(join(PROJECT_ROOT, file), join(folder, file)).catch(ignoreMissing);
  }
  await linkInstalled(join(PROJECT_ROOT, NODE_MODULES), join(folder, NODE_MODULES), folder);
  return folder;
}

async function listFiles(): Promise<string[]> {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { stdout } = await promisify(execFile)('git', args, { cwd: PROJECT_ROOT, maxBuffer: 2 ** 26 });
  return stdout.split('\0').filter(Boolean);
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

/** Links every package one by one, so that the links between our own can lead into the copy. */
async function linkInstalled(from: string, to: string, copy: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) {
    const source = join(from, name);
    if (name.startsWith('@')) await linkInstalled(source, join(to, name), copy);
    // Caches are the copy's own.
    else if (!name.startsWith('.') || name === '.bin')
      await symlink(await targetOf(source, copy), join(to, name));
  }
}

async function targetOf(source: string, copy: string): Promise<string> {
  const path = relative(PROJECT_ROOT, await realpath(source));
  return path.startsWith(NODE_MODULES) ? source : join(copy, path);
}
