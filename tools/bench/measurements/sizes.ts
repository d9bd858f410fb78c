import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { scriptsOfPage } from 'wxt-clerk-cli/page-scripts';
import { createFigure, type Figure } from '../figure.ts';
import type { Stand } from '../stand.ts';

// Ours keeps Clerk in a script of its own that is evaluated on first need; it counts.
const BACKGROUND = /^background.*\.js$/;

/** What the browser has to load and the person to download, uncompressed. */
export async function measureSizes({ contestants }: Pick<Stand, 'contestants'>): Promise<Figure[]> {
  const [ours, guide] = await Promise.all([
    sizesOf(contestants.ours.folder),
    sizesOf(contestants.guide.folder),
  ]);
  const figure = (part: keyof Sizes, name: string) =>
    createFigure({
      id: `size-${part}`,
      name,
      unit: 'bytes',
      ours: [ours[part]],
      against: ['guide', [guide[part]]],
    });
  return [
    figure('background', 'scripts of the background, Clerk included'),
    figure('popup', 'scripts that the popup loads before anything shows'),
    figure('extension', 'whole extension'),
  ];
}

interface Sizes {
  background: number;
  popup: number;
  extension: number;
}

/** Sizes of a built extension, in bytes. */
export async function sizesOf(folder: string): Promise<Sizes> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const scripts = (await readdir(folder)).filter((name) => BACKGROUND.test(name));
  const html = await readFile(join(folder, 'popup.html'), 'utf8');
  const total = async (files: string[]) => {
    const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
    return sizes.reduce((sum, size) => sum + size, 0);
  };
  return {
    background: await total(scripts.map((name) => join(folder, name))),
    popup: await total(scriptsOfPage(html).map((path) => join(folder, path))),
    extension: await total(paths),
  };
}
