// @vitest-environment node
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

interface LockedPackage {
  integrity?: string;
  /** One of our own. */
  link?: boolean;
  /** Part of another package, and of its hash. */
  inBundle?: boolean;
}

const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
// Whoever installs them has no lockfile of ours. What the extension itself depends on is pinned by its lockfile.
const named = globSync('packages/*/package.json').flatMap((file) =>
  Object.entries((readJson(file).dependencies ?? {}) as Record<string, string>),
);
const locked = Object.entries(readJson('package-lock.json').packages as Record<string, LockedPackage>).filter(
  ([path]) => path.startsWith('node_modules/'),
);

describe('what is installed', () => {
  test.each(named)('%s is one exact version: %s', (_, version) => {
    expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  });

  test('every package of the lockfile has the hash of its content', () => {
    expect(locked.length).toBeGreaterThan(100);
    const foreign = locked.filter(([, { link, inBundle }]) => !link && !inBundle);
    expect(foreign.filter(([, { integrity }]) => !integrity).map(([path]) => path)).toEqual([]);
  });

  test('no install script runs', () => {
    const settings = readFileSync('.npmrc', 'utf8').split('\n');
    expect(settings).toContain('ignore-scripts=true');
    const reviewed = readJson('release/install-scripts.json') as { runs: boolean }[];
    expect(reviewed.filter(({ runs }) => runs)).toEqual([]);
  });
});
