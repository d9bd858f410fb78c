// @vitest-environment node
import { expect, test } from 'vitest';
import { checkKeys, findLeaks } from '../../src/release/checks/leaks';
import { KEY, keyOf, packageOf } from './package';

const leaks = (files: Record<string, string>) => findLeaks(packageOf(files), ['/builds/extension']);

test.each([
  ['chunks/a.js.map', '{}', 'is a source map'],
  ['.env', 'A=1', 'is an environment file'],
  ['config/.env.production', 'A=1', 'is an environment file'],
  ['keys/extension.pem', 'x', 'is a private key'],
  ['a.js', 'x\n//# sourceMappingURL=a.js.map', 'contains a reference to a source map'],
  ['a.js', `const k="sk_${'live'}_abcdefghij1234"`, 'contains a secret key of Clerk'],
  ['a.txt', `-----BEGIN ${'PRIVATE'} KEY-----`, 'contains a private key'],
  ['a.js', 'at /home/ada/extension/a.ts', 'contains a home folder'],
  ['a.js', 'at C:\\\\Users\\\\ada\\\\a.ts', 'contains a home folder'],
  ['a.js', 'at /builds/extension/a.ts', 'contains a folder of the build machine: /builds/extension'],
])('%s with %j %s', (path, content, problem) => {
  expect(leaks({ [path]: content })).toEqual([`${path} ${problem}`]);
});

test('ordinary names and ordinary words pass', () => {
  expect(leaks({ 'docs/env.md': '', 'a.js': 'web3_metamask_signature sk_… env.map(x)' })).toEqual([]);
});

test('a secret that is found is not repeated', () => {
  expect(leaks({ 'a.js': `sk_${'test'}_abcdefghij1234` }).join()).not.toContain('abcdefghij');
});

const keys = (...found: string[]) => checkKeys(packageOf({ 'background.js': found.join(' ') }), KEY);

test('one key of a production instance, also twice, passes', () => {
  expect(keys(KEY, 'pk_live_', 'expected format: pk_test_...', KEY)).toEqual([]);
});

test('a package without a key', () => {
  expect(keys('pk_live_')).toEqual(['no publishable key is compiled in']);
});

test('the key of another instance', () => {
  expect(keys(KEY, keyOf('live', 'clerk.example.org'))).toEqual([
    'background.js has another publishable key than the sources package',
  ]);
});

test('the key of a development instance', () => {
  const key = keyOf('test', 'happy-cat-1.clerk.accounts.dev');
  expect(checkKeys(packageOf({ 'a.js': key }), key)).toEqual([
    'a.js has the key of a development instance (pk_test_…). ' +
      'Put the key of the production instance into .env and make the packages anew.',
  ]);
});

test.each(['clerk.localhost:8443', '127.0.0.1:8443', 'localhost.localhost'])('a key for %s', (host) => {
  const key = keyOf('live', host);
  const [problem] = checkKeys(packageOf({ 'a.js': key }), key);
  expect(problem).toContain(`a.js has a key for this machine (${host}). Put the key of`);
});
