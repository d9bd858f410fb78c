import { describe, expect, test } from 'vitest';
import { frontendApiMatchPattern, parsePublishableKey } from '../src/shared/publishable-key';

const keyFor = (host: string, prefix = 'pk_test_') => prefix + btoa(`${host}$`);

describe('a publishable key', () => {
  test.each([
    ['pk_test_', 'clever-cat-1.clerk.accounts.dev', 'development'],
    ['pk_live_', 'clerk.example.com', 'production'],
    ['pk_live_', 'clerk.localhost:8443', 'production'],
    ['pk_test_', '127.0.0.1:8443', 'development'],
  ])('%s… of %s is read', (prefix, frontendApi, instanceType) => {
    expect(parsePublishableKey(keyFor(frontendApi, prefix))).toEqual({ frontendApi, instanceType });
  });

  test('is read without its base64 padding, and with blanks around it', () => {
    const key = keyFor('clerk.example.com').replace(/=+$/, '');
    expect(parsePublishableKey(` ${key}\n`).frontendApi).toBe('clerk.example.com');
  });

  test.each([
    [undefined, 'is not set'],
    ['', 'is not set'],
    ['  ', 'is not set'],
    ['pk_test_', 'is "pk_test_", which is not pk_test_… or pk_live_…'],
    ['hello', 'is "hello", which is not'],
    [`pk_prod_${btoa('clerk.example.com$')}`, 'which is not pk_test_… or pk_live_…'],
    ['pk_test_abc_def', 'which is not'],
    [`${keyFor('clerk.example.com', 'pk_live_')}.`, 'is "pk_live_Y2xlcmsu…S5jb20k."'],
    [`${keyFor('clerk.example.com', 'pk_live_')}.`, 'and base64: "." cannot be in it'],
    ['pk_test_!!!!', 'which is not'],
    ['pk_test_AAAA', 'which does not decode to a Frontend API host'],
    [`pk_test_${btoa('clerk.example.com')}`, 'which does not decode'],
    [`pk_test_${btoa('localhost$')}`, 'which does not decode'],
    [`pk_test_${btoa('evil.example/path$')}`, 'which does not decode'],
    [`pk_test_${btoa('user@evil.example$')}`, 'which does not decode'],
    [`pk_test_${btoa('a.b$c$')}`, 'which does not decode'],
    [`pk_test_${btoa('clerk.example.com:99999$')}`, 'which does not decode'],
    [`pk_test_${btoa('256.256.256.256$')}`, 'which does not decode'],
  ])('%j is refused: %s', (key, problem) => {
    expect(() => parsePublishableKey(key)).toThrow(problem);
    expect(() => parsePublishableKey(key)).toThrow(/^WXT_CLERK_PUBLISHABLE_KEY .*dashboard\.clerk\.com/);
  });

  test('a secret key in its place is never echoed', () => {
    expect(() => parsePublishableKey('sk_test_verysecret')).toThrow('holds a secret key');
    expect(() => parsePublishableKey('sk_test_verysecret')).not.toThrow('verysecret');
  });
});

describe('the host permission', () => {
  test('is the one host of the Frontend API, without a port', () => {
    expect(frontendApiMatchPattern({ instanceType: 'production', frontendApi: 'clerk.localhost:8443' })).toBe(
      'https://clerk.localhost/*',
    );
  });
});

test('without a key, an extension that took the package is told of nothing that only the starter has', () => {
  expect(() => parsePublishableKey(undefined)).toThrow(/clerk-emulator is installed/);
  expect(() => parsePublishableKey(undefined)).not.toThrow(/npm run/);
});
