import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const EXTENSION = join(import.meta.dirname, '../extension');
const BROWSER = process.env.E2E_BROWSER ?? 'chromium';

test('the example of the README drives an extension that has nothing of Clerk', async () => {
  const readme = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8');
  const [, example = ''] = /```ts\n(.*?)```/s.exec(readme) ?? [];
  // Inside the package, where its own name resolves.
  const folder = await mkdtemp(join(import.meta.dirname, 'example-'));
  const adapted = example
    .replaceAll("'firefox'", `'${BROWSER}'`)
    .replace("'.output/firefox-mv3'", JSON.stringify(EXTENSION))
    .replace("'popup.png'", JSON.stringify(join(folder, 'popup.png')));
  try {
    await writeFile(join(folder, 'example.ts'), adapted);
    await import(join(folder, 'example.ts'));
    const picture = await readFile(join(folder, 'popup.png'));
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    // Its width, as the format has it (IHDR). A popup with a button and a number is a small picture.
    expect(picture.readUInt32BE(16)).toBeGreaterThan(20);
    expect(picture.length).toBeGreaterThan(300);
  } finally {
    await rm(folder, { recursive: true });
  }
});
