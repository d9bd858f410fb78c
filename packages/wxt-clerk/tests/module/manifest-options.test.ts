// @vitest-environment node
import { describe, expect, test } from 'vitest';
import type { ConfigEnv } from 'wxt';
import { createKeyPair } from 'wxt-clerk-cli/crx-key';
import { withClerk } from '../../src/module/manifest';
import { withBuildOptions } from '../../src/module/manifest-options';

const { publicKey } = createKeyPair();
const manifest = withClerk(
  { name: 'Notes' },
  {
    strict: true,
    browser: 'chrome',
    command: 'build',
    key: { instanceType: 'production', frontendApi: 'clerk.example.com' },
    access: { contentScript: { matches: [] }, tokens: [], apiOrigins: [] },
  },
);
const env = (changes: Partial<ConfigEnv> = {}): ConfigEnv => ({
  browser: 'chrome',
  command: 'build',
  manifestVersion: 3,
  mode: 'production',
  ...changes,
});

test('without variables the manifest is what it was', () => {
  expect(withBuildOptions(manifest, env(), {})).toEqual(manifest);
});

test('the switch for Firefox in production adds its one permission', () => {
  expect(withBuildOptions(manifest, env(), { WXT_STRIP_ORIGIN: 'true' })).toEqual({
    ...manifest,
    permissions: [...(manifest.permissions ?? []), 'declarativeNetRequestWithHostAccess'],
  });
});

describe('the key for a stable id', () => {
  test.each<[string, Partial<ConfigEnv>, boolean]>([
    ['a build or package for the store', {}, false],
    ['development mode', { command: 'serve', mode: 'development' }, true],
    ['development mode with production settings', { command: 'serve' }, true],
    ['a build in development mode', { mode: 'development' }, true],
    ['a build for tests', { mode: 'test' }, true],
    ['Firefox, which has none', { browser: 'firefox', mode: 'test' }, false],
    ['another Chromium browser', { browser: 'edge', mode: 'test' }, true],
  ])('%s', (_, changes, hasKey) => {
    const built = withBuildOptions(manifest, env(changes), { WXT_CRX_PUBLIC_KEY: publicKey });
    expect(built.key).toBe(hasKey ? publicKey : undefined);
    expect('key' in built).toBe(hasKey);
  });

  test.each(['abc', 'not base64!', publicKey.slice(0, 80), Buffer.from('{}').toString('base64')])(
    'refuses %j and says how to get one',
    (value) => {
      expect(() => withBuildOptions(manifest, env({ mode: 'test' }), { WXT_CRX_PUBLIC_KEY: value })).toThrow(
        'WXT_CRX_PUBLIC_KEY is not the base64 of an RSA public key (DER, SPKI). Make one with "npx --no-install wxt-clerk crx-key"',
      );
    },
  );
});
