import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import JSZip from 'jszip';

/** Files by their path from the root of the package, with `/` on every system. */
export type FileTree = ReadonlyMap<string, Buffer>;

/** @throws {Error} When the file is not a ZIP, or one of its entries is damaged. */
export async function readZip(path: string): Promise<FileTree> {
  const archive = await JSZip.loadAsync(await readFile(path), { checkCRC32: true });
  const files = Object.values(archive.files).filter(({ dir }) => !dir);
  return new Map(
    await Promise.all(
      files.map(async (file) => [file.name, await file.async('nodebuffer')] satisfies [string, Buffer]),
    ),
  );
}

/** Reads a folder with everything below it. */
export async function readFolder(folder: string): Promise<FileTree> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(
      paths.map(
        async (path) =>
          [relative(folder, path).split(sep).join('/'), await readFile(path)] satisfies [string, Buffer],
      ),
    ),
  );
}

/** @throws {Error} When the package has no such file. */
export function expectText(tree: FileTree, path: string): string {
  const file = tree.get(path);
  if (!file) throw new Error(`There is no ${path} in the package.`);
  return file.toString('utf8');
}
