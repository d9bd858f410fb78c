import { describe, expect, test } from 'vitest';
import { manifestFor } from '../../src/module/manifest';
import type { AccessConfig } from '../../src/shared/access-config';

const key = { instanceType: 'production', frontendApi: 'clerk.example.com:8443' } as const;
const NOBODY: AccessConfig = { contentScript: { matches: [] }, tokens: [], apiOrigins: [] };
const built = { command: 'build', key, access: NOBODY } as const;

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
