// @vitest-environment node
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';

test('the example of the README runs', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, example = ''] = /```ts\n(.*?)```/s.exec(readme) ?? [];
  // Inside the package, where its own name resolves.
  const folder = await mkdtemp(join(import.meta.dirname, 'example-'));
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  try {
    await writeFile(join(folder, 'example.ts'), example);
    await import(join(folder, 'example.ts'));
  } finally {
    await rm(folder, { recursive: true });
  }
  expect(log).toHaveBeenCalledWith(expect.stringMatching(/^pk_live_/));
});
