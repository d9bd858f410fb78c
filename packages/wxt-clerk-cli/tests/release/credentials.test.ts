// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findMissingCredentials } from '../../src/release/credentials';

test('credentials that are not set, or empty, are named for the stores that are asked for', () => {
  const environment = { FIREFOX_JWT_ISSUER: 'user:1', FIREFOX_JWT_SECRET: ' ' };
  expect(findMissingCredentials(['firefox'], environment)).toEqual(['FIREFOX_JWT_SECRET']);
  expect(findMissingCredentials(['firefox'], { ...environment, FIREFOX_JWT_SECRET: 'x' })).toEqual([]);
  expect(findMissingCredentials(['chrome', 'firefox'], environment)).toHaveLength(5);
});

test('the guide and the workflow name every credential', () => {
  const names = findMissingCredentials(['chrome', 'firefox'], {});
  for (const file of ['docs/publishing.md', '.github/workflows/release.yml']) {
    const text = readFileSync(file, 'utf8');
    expect(names.filter((name) => !text.includes(name))).toEqual([]);
  }
});
