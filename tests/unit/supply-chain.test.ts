// @vitest-environment node
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

interface LockedPackage {
  integrity?: string;
  hasInstallScript?: boolean;
  link?: boolean;
}

const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const named = ['package.json', ...globSync('packages/*/package.json')].flatMap((file) => {
  const { dependencies, devDependencies, optionalDependencies } = readJson(file);
  return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
});
const locked = Object.entries(readJson('package-lock.json').packages as Record<string, LockedPackage>).filter(
  ([path]) => path.startsWith('node_modules/'),
);

describe('what is installed', () => {
  test.each(named)('%s is one exact version: %s', (_, version) => {
    expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  });

  test('every package of the lockfile has the hash of its content', () => {
    expect(locked.length).toBeGreaterThan(100);
    const foreign = locked.filter(([, { link }]) => !link);
    expect(foreign.filter(([, { integrity }]) => !integrity).map(([path]) => path)).toEqual([]);
  });

  test('no install script runs, and each package that has one was looked at', () => {
    expect(readFileSync('.npmrc', 'utf8').split('\n')).toContain('ignore-scripts=true');
    const reviewed = readJson('release/install-scripts.json') as { name: string; runs: boolean }[];
    const withScript = locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path);
    expect(withScript).toEqual(reviewed.map(({ name }) => `node_modules/${name}`));
    expect(reviewed.filter(({ runs }) => runs)).toEqual([]);
  });
});
