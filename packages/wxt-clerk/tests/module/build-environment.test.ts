// @vitest-environment node
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hasPublishableKey } from '../../src/module/build-environment.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'env-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const isFound = (environment = {}) => hasPublishableKey('firefox', folder, environment);

test('no key anywhere: the local Frontend API is used', () => {
  expect(isFound()).toBe(false);
});

test('an empty line as in .env.example is no key', () => {
  writeFileSync(join(folder, '.env'), 'WXT_CLERK_PUBLISHABLE_KEY=\n');
  expect(isFound()).toBe(false);
});

test('a key in the environment', () => {
  expect(isFound({ WXT_CLERK_PUBLISHABLE_KEY: 'pk_test_x' })).toBe(true);
});

test.each(['.env', '.env.local', '.env.development', '.env.firefox', '.env.development.firefox.local'])(
  'a key in %s',
  (file) => {
    writeFileSync(join(folder, file), '# comment\nWXT_CLERK_PUBLISHABLE_KEY="pk_test_x"\n');
    expect(isFound()).toBe(true);
  },
);

test.each(['.env.production', '.env.chrome'])('%s is for another mode or browser', (file) => {
  writeFileSync(join(folder, file), 'WXT_CLERK_PUBLISHABLE_KEY=pk_live_x\n');
  expect(isFound()).toBe(false);
});
