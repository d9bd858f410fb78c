// @vitest-environment node
import { describe, expect, test } from 'vitest';
import type { UserManifest } from 'wxt';
import { createKeyPair } from 'wxt-clerk-cli/crx-key';
import { extensionIdOfFolder, extensionIdOfKey } from '../../src/module/extension-id';
import { withClerk } from '../../src/module/manifest';
import { expectSsoForStore, resolveSso, type SsoInput, withSso } from '../../src/module/sso';

const { publicKey } = createKeyPair();
const FOLDER = '/home/ada/notes/.output/chrome-mv3';
const firefox: UserManifest = { browser_specific_settings: { gecko: { id: 'notes@example.com' } } };

const input = (changes: Partial<SsoInput> = {}): SsoInput => ({
  option: undefined,
  browser: 'chrome',
  outDir: FOLDER,
  environment: {},
  ...changes,
});

describe('the switch', () => {
  test.each<[boolean | undefined, string | undefined, boolean]>([
    [undefined, undefined, false],
    [false, undefined, false],
    [true, undefined, true],
    [undefined, 'true', true],
    [false, 'true', true],
    [true, 'false', false],
    [true, ' ', true],
  ])('option %s, variable %s: %s', (option, value, isOn) => {
    expect(resolveSso({}, input({ option, environment: { WXT_CLERK_SSO: value } })) !== null).toBe(isOn);
  });

  test('takes no other word', () => {
    expect(() => resolveSso({}, input({ environment: { WXT_CLERK_SSO: 'yes' } }))).toThrow(
      'WXT_CLERK_SSO is "yes". Set it to true or false, or leave it out.',
    );
  });
});

describe('the address that a provider comes back to', () => {
  test('has Chrome’s id, by the key of every build', () => {
    const id = extensionIdOfKey(Buffer.from(publicKey, 'base64'));
    const expected = { callbackUrl: `https://${id}.chromiumapp.org/`, isOfFolder: false };
    expect(resolveSso({}, input({ option: true, environment: { WXT_CRX_PUBLIC_KEY: publicKey } }))).toEqual(
      expected,
    );
    expect(resolveSso({ key: publicKey }, input({ option: true }))).toEqual(expected);
  });

  test('has the id of an unpacked folder without one, which is none for the store', () => {
    const sso = resolveSso({}, input({ option: true }));
    expect(sso).toEqual({
      callbackUrl: `https://${extensionIdOfFolder(FOLDER)}.chromiumapp.org/`,
      isOfFolder: true,
    });
    expect(() => expectSsoForStore(sso)).toThrow('Run "npx wxt-clerk crx-key" once');
    expect(() => expectSsoForStore(null)).not.toThrow();
  });

  // As `browser.identity.getRedirectURL()` gave it in Firefox 153 for this id.
  test('has the hash of Firefox’s id', () => {
    expect(resolveSso(firefox, input({ option: true, browser: 'firefox' }))?.callbackUrl).toMatch(
      /^https:\/\/[0-9a-f]{40}\.extensions\.allizom\.org\/$/,
    );
  });

  test('is none in Firefox without an id', () => {
    expect(() => resolveSso({}, input({ option: true, browser: 'firefox' }))).toThrow(
      "Write browser_specific_settings: { gecko: { id: 'name@example.com' } }",
    );
  });
});

describe('the manifest', () => {
  const manifest = withClerk(
    { name: 'Notes', permissions: ['webRequest'], host_permissions: ['https://api.example.com/*'] },
    {
      strict: true,
      browser: 'chrome',
      command: 'build',
      key: { instanceType: 'production', frontendApi: 'clerk.example.com' },
      access: { contentScript: { matches: [] }, tokens: [], apiOrigins: [] },
    },
  );

  test('is as before without it', () => {
    expect(withSso(manifest, null)).toEqual(manifest);
  });

  test('has one permission and one host more with it', () => {
    const built = withSso(manifest, { callbackUrl: 'https://abc.chromiumapp.org/', isOfFolder: false });
    expect(built).toEqual({
      ...manifest,
      permissions: ['webRequest', 'storage', 'alarms'],
      host_permissions: [...(manifest.host_permissions ?? []), 'https://abc.chromiumapp.org/*'],
    });
  });
});
