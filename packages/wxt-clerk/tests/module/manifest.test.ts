import { describe, expect, test } from 'vitest';
import type { UserManifest } from 'wxt';
import { type ManifestInput, withClerk } from '../../src/module/manifest';
import type { AccessConfig } from '../../src/shared/access-config';

const key = { instanceType: 'production', frontendApi: 'clerk.example.com:8443' } as const;
const NOBODY: AccessConfig = { contentScript: { matches: [] }, tokens: [], apiOrigins: [] };
const built = { command: 'build', key, access: NOBODY } as const;

/** As the starter has it: its own texts, and nothing open that Clerk does not need. */
function manifestFor(input: Omit<ManifestInput, 'strict'>): UserManifest {
  const own: UserManifest = {
    name: '__MSG_extensionName__',
    description: '__MSG_extensionDescription__',
    default_locale: 'en',
    action: { default_title: '__MSG_extensionName__' },
    incognito: 'not_allowed',
    ...(input.browser === 'firefox' && {
      browser_specific_settings: { gecko: { id: 'clerk-wxt-extension@example.com' } },
    }),
  };
  return withClerk(own, { ...input, strict: true });
}

const beside = (own: UserManifest, changes: Partial<ManifestInput> = {}) =>
  withClerk(own, { ...built, browser: 'chrome', strict: false, ...changes });
const policyBeside = (policy: string, changes: Partial<ManifestInput> = {}) =>
  beside({ content_security_policy: { extension_pages: policy } }, changes).content_security_policy
    ?.extension_pages;

describe('the manifest', () => {
  test('of Chrome, word by word', () => {
    expect(manifestFor({ ...built, browser: 'chrome' })).toMatchInlineSnapshot(`
      {
        "action": {
          "default_title": "__MSG_extensionName__",
        },
        "content_security_policy": {
          "extension_pages": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https://img.clerk.com https://clerk.example.com:8443; font-src 'self'; connect-src https://clerk.example.com:8443; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        },
        "default_locale": "en",
        "description": "__MSG_extensionDescription__",
        "externally_connectable": {
          "ids": [],
        },
        "host_permissions": [
          "https://clerk.example.com/*",
        ],
        "incognito": "not_allowed",
        "minimum_chrome_version": "140",
        "name": "__MSG_extensionName__",
        "permissions": [
          "storage",
          "alarms",
        ],
      }
    `);
  });

  test('of Firefox, word by word', () => {
    expect(manifestFor({ ...built, browser: 'firefox' })).toMatchInlineSnapshot(`
      {
        "action": {
          "default_title": "__MSG_extensionName__",
        },
        "browser_specific_settings": {
          "gecko": {
            "data_collection_permissions": {
              "required": [
                "authenticationInfo",
                "personallyIdentifyingInfo",
              ],
            },
            "id": "clerk-wxt-extension@example.com",
            "strict_min_version": "140.0",
          },
        },
        "content_security_policy": {
          "extension_pages": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https://img.clerk.com https://clerk.example.com:8443; font-src 'self'; connect-src https://clerk.example.com:8443; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        },
        "default_locale": "en",
        "description": "__MSG_extensionDescription__",
        "host_permissions": [
          "https://clerk.example.com/*",
        ],
        "incognito": "not_allowed",
        "name": "__MSG_extensionName__",
        "permissions": [
          "storage",
          "alarms",
        ],
      }
    `);
  });

  test('names the origins of the developer’s API, where they are needed and nowhere else', () => {
    const apiOrigins = ['https://api.example.com', 'http://localhost:4000', 'http://localhost:4001'];
    const plain = manifestFor({ ...built, browser: 'chrome' });
    const manifest = manifestFor({ ...built, browser: 'chrome', access: { ...NOBODY, apiOrigins } });
    expect(manifest).toEqual({
      ...plain,
      host_permissions: ['https://clerk.example.com/*', 'https://api.example.com/*', 'http://localhost/*'],
      content_security_policy: {
        extension_pages: plain.content_security_policy?.extension_pages?.replace(
          'connect-src https://clerk.example.com:8443',
          `connect-src https://clerk.example.com:8443 ${apiOrigins.join(' ')}`,
        ),
      },
    });
  });

  test.each(['chrome', 'firefox'])('lets %s’s development mode reach its server, and no build', (browser) => {
    const policyOf = (command: 'build' | 'serve') =>
      manifestFor({ ...built, browser, command }).content_security_policy?.extension_pages;
    expect(policyOf('serve')).toContain('ws://localhost:*');
    expect(policyOf('build')).not.toContain('localhost');
  });

  test('is there without a key, for "wxt prepare"', () => {
    const manifest = manifestFor({ ...built, browser: 'chrome', key: new Error('no key') });
    expect(manifest.host_permissions).toEqual([]);
    expect(manifest.content_security_policy?.extension_pages).toContain("connect-src 'none'");
  });
});

describe('beside the manifest of an extension', () => {
  test('adds only what Clerk needs, and leaves the rest', () => {
    const own: UserManifest = {
      name: 'Notes',
      permissions: ['tabs', 'storage'],
      host_permissions: ['https://notes.example/*'],
      minimum_chrome_version: '144',
      web_accessible_resources: [],
    };
    expect(beside(own)).toEqual({
      ...own,
      permissions: ['tabs', 'storage', 'alarms'],
      host_permissions: ['https://notes.example/*', 'https://clerk.example.com/*'],
    });
  });

  test('leaves the browser its own policy, which allows what Clerk does', () => {
    expect(beside({}).content_security_policy).toBeUndefined();
  });

  test.each<[string, string]>([
    // What is not restricted stays so.
    [
      "script-src 'self' 'wasm-unsafe-eval'; object-src 'self'",
      "script-src 'self' 'wasm-unsafe-eval'; object-src 'self'",
    ],
    [
      "script-src 'self'; connect-src 'self' https://notes.example",
      "script-src 'self'; connect-src 'self' https://notes.example https://clerk.example.com:8443",
    ],
    [
      "default-src 'self'; script-src 'self'; frame-src https://video.example",
      "default-src 'self'; script-src 'self'; frame-src https://video.example; style-src 'self' 'unsafe-inline'; " +
        "img-src 'self' data: https://img.clerk.com https://clerk.example.com:8443; connect-src 'self' https://clerk.example.com:8443",
    ],
    [
      "default-src 'none'",
      "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https://img.clerk.com " +
        "https://clerk.example.com:8443; connect-src https://clerk.example.com:8443; script-src 'self'",
    ],
    ...['http://localhost', 'http://localhost:5173', 'http://127.0.0.1:*'].map((local): [string, string] => [
      `script-src 'self' ${local}`,
      `script-src 'self' ${local}`,
    ]),
    ["script-src 'self'; style-src-elem 'self'", "script-src 'self'; style-src-elem 'self' 'unsafe-inline'"],
  ])('widens the policy %s', (own, expected) => {
    expect(policyBeside(own)).toBe(expected);
  });

  test('adds its own sources to the strict policy', () => {
    const policy = policyBeside('frame-src https://video.example; connect-src https://notes.example', {
      strict: true,
    });
    expect(policy).toContain("default-src 'none'; script-src 'self'");
    expect(policy).toContain('connect-src https://clerk.example.com:8443 https://notes.example');
    expect(policy).toContain('; frame-src https://video.example');
  });

  test.each<[string, UserManifest, string]>([
    [
      'requests forbidden',
      { content_security_policy: { extension_pages: "script-src 'self'; connect-src 'none'" } },
      `extension_pages in wxt.config.ts has "connect-src 'none'", and Clerk’s forms need something there: write "connect-src 'self'"`,
    ],
    [
      'evaluated scripts, which were allowed in Manifest V2',
      { content_security_policy: { extension_pages: "script-src 'self' 'unsafe-eval'" } },
      "scripts may come from 'unsafe-eval': leave it out",
    ],
    [
      'scripts of another site',
      { content_security_policy: { extension_pages: "script-src 'self' https://cdn.example" } },
      'scripts may come from https://cdn.example: leave it out',
    ],
    [
      'scripts of this computer by a name that browsers do not take',
      { content_security_policy: { extension_pages: "script-src 'self' http://app.localhost:5173" } },
      'scripts may come from http://app.localhost:5173: leave it out',
    ],
    [
      'no scripts of its own',
      { content_security_policy: { extension_pages: "script-src 'wasm-unsafe-eval'" } },
      "add 'self' to script-src",
    ],
    [
      'styles by their hash',
      { content_security_policy: { extension_pages: "script-src 'self'; style-src 'self' 'sha256-abc='" } },
      'Clerk’s forms write styles, which a hash or a nonce forbids',
    ],
    [
      'sandboxed pages',
      { content_security_policy: { extension_pages: "script-src 'self'; sandbox allow-scripts" } },
      'Clerk does not run in a sandboxed page',
    ],
    [
      'the policy of Manifest V2',
      { content_security_policy: "script-src 'self'" as never },
      `Write content_security_policy: { extension_pages: "script-src 'self'" }.`,
    ],
    ['a background for each kind of window', { incognito: 'split' }, 'Write incognito: "spanning"'],
  ])('stops at %s', (_, own, sentence) => {
    expect(() => beside(own)).toThrow(sentence);
  });

  test('adds to what an extension says of the data it collects in Firefox', () => {
    const collecting = (required: string[]) =>
      ({
        browser_specific_settings: { gecko: { id: 'a@b', data_collection_permissions: { required } } },
      }) as UserManifest;
    const { browser_specific_settings: settings } = beside(collecting(['browsingActivity']), {
      browser: 'firefox',
    });
    expect(settings?.gecko).toEqual({
      id: 'a@b',
      strict_min_version: '140.0',
      data_collection_permissions: {
        required: ['browsingActivity', 'authenticationInfo', 'personallyIdentifyingInfo'],
      },
    });
    expect(() => beside(collecting(['none']), { browser: 'firefox' })).toThrow(
      'Write required: ["authenticationInfo","personallyIdentifyingInfo"].',
    );
  });
});
