// @vitest-environment node
import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

// docs/upgrade.md speaks of folders that an older version had, and the last one of an example that may be deleted.
const LEFT_OUT = ['upgrade.md', ...(existsSync('examples/api') ? [] : ['your-api.md'])];
const DOCUMENTS = globSync('docs/*.md').filter((path) => !LEFT_OUT.some((name) => path.endsWith(name)));
const PLACES = [
  '*.ts',
  '{utils,components,entrypoints}/**/*.{ts,tsx}',
  'packages/*/{src,tests}/**/*.{ts,tsx}',
  'examples/*/src/**/*.{ts,tsx}',
];
const FILES = PLACES.flatMap((pattern) => globSync(pattern)).map((path) => `/${path.replaceAll('\\', '/')}`);

describe.each(DOCUMENTS)('%s', (path) => {
  const sources = [...readFileSync(path, 'utf8').matchAll(/`([\w./-]+\.tsx?)`/g)].map(
    ([, name]) => name ?? '',
  );

  test('names sources that are there', () => {
    expect(sources.filter((name) => !FILES.some((file) => file.endsWith(`/${name}`)))).toEqual([]);
  });
});
