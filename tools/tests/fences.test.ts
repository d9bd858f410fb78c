// @vitest-environment node
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const BIOME = resolve('node_modules/.bin/biome');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fences-'));
  copyFileSync('biome.json', join(folder, 'biome.json'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Does lint refuse this import in a file at this place? */
function isRefused(path: string, imported: string): boolean {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `import { thing } from '${imported}';\n\nconsole.log(thing);\n`);
  try {
    execFileSync(BIOME, ['lint', '--vcs-enabled=false', path], { cwd: folder, stdio: 'pipe' });
    return false;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: Buffer; stderr: Buffer };
    expect(`${stdout}${stderr}`).toContain('noRestrictedImports');
    return true;
  } finally {
    rmSync(file);
  }
}

// Each form in which WXT takes an entrypoint: https://wxt.dev/guide/essentials/entrypoints
describe('an entrypoint that is added', () => {
  test.each(['content.ts', 'content/index.ts', 'notes.content.ts', 'notes.content/index.tsx'])(
    'as the content script %s is fenced as one',
    (name) => {
      expect(isRefused(`entrypoints/${name}`, 'wxt-clerk/ui')).toBe(true);
      expect(isRefused(`entrypoints/${name}`, 'wxt-clerk/client')).toBe(true);
      expect(isRefused(`entrypoints/${name}`, 'wxt-clerk/content')).toBe(false);
      expect(isRefused(`entrypoints/${name}`, 'wxt-clerk/ui/accent.css?inline')).toBe(false);
    },
  );

  test.each(['background.ts', 'background/index.ts'])('as the background %s starts Clerk', (name) => {
    expect(isRefused(`entrypoints/${name}`, 'wxt-clerk/background')).toBe(false);
    expect(isRefused(`entrypoints/${name}`, 'wxt-clerk/ui')).toBe(true);
  });

  test('as the page notes/main.tsx is fenced as one', () => {
    expect(isRefused('entrypoints/notes/main.tsx', 'wxt-clerk/background')).toBe(true);
    expect(isRefused('entrypoints/notes/main.tsx', '@clerk/ui')).toBe(true);
    expect(isRefused('entrypoints/notes/main.tsx', 'wxt-clerk/ui')).toBe(false);
  });
});
