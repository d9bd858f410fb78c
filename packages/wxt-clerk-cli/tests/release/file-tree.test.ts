// @vitest-environment node
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import JSZip from 'jszip';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compareTrees } from '../../src/release/checks/same-tree';
import { expectText, readFolder, readZip } from '../../src/release/file-tree';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'file-tree-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function zipOf(files: Record<string, string>): Promise<string> {
  const archive = new JSZip();
  for (const [path, content] of Object.entries(files)) archive.file(path, content);
  const path = join(folder, 'package.zip');
  await writeFile(path, await archive.generateAsync({ type: 'nodebuffer' }));
  return path;
}

test('a package and the folder it was made from are the same tree', async () => {
  await mkdir(join(folder, 'built/chunks'), { recursive: true });
  await writeFile(join(folder, 'built/manifest.json'), '{}');
  await writeFile(join(folder, 'built/chunks/ä.js'), 'x');
  const path = await zipOf({ 'manifest.json': '{}', 'chunks/ä.js': 'x' });
  expect(compareTrees(await readZip(path), await readFolder(join(folder, 'built')))).toEqual([]);
});

test('a damaged package is an error', async () => {
  const path = await zipOf({ 'a.txt': 'content' });
  const bytes = await readFile(path);
  bytes.write('C', bytes.indexOf('content'));
  await writeFile(path, bytes);
  await expect(readZip(path)).rejects.toThrow(/CRC/i);
});

test('a file that has to be there', () => {
  expect(() => expectText(new Map(), 'manifest.json')).toThrow('There is no manifest.json in the package.');
});
