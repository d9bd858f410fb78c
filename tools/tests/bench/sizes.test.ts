import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sizesOf } from '../../bench/measurements/sizes.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-sizes-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('sizes count every script of the background, what the popup names, and all files', async () => {
  const html = '<script src="/chunks/popup.js"></script><link rel="modulepreload" href="/chunks/react.js">';
  await mkdir(join(folder, 'chunks'));
  await Promise.all([
    writeFile(join(folder, 'background.js'), 'x'.repeat(10)),
    writeFile(join(folder, 'background-clerk.js'), 'x'.repeat(100)),
    writeFile(join(folder, 'popup.html'), html),
    writeFile(join(folder, 'chunks/popup.js'), 'x'.repeat(7)),
    writeFile(join(folder, 'chunks/react.js'), 'x'.repeat(20)),
    writeFile(join(folder, 'chunks/lazy.js'), 'x'.repeat(3000)),
  ]);
  expect(await sizesOf(folder)).toEqual({ background: 110, popup: 27, extension: 3137 + html.length });
});
