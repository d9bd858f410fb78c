import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { createKeyPair } from 'wxt-clerk-cli/crx-key';
import { scriptsOfPage } from 'wxt-clerk-cli/page-scripts';
import { buildOnce } from '../../../../tools/e2e/build-once.ts';
import { byTurns } from '../../../../tools/e2e/by-turns.ts';
import { originOf } from '../../../../tools/e2e/sites.ts';
import { EXTENSION, openedToSites } from './fixtures.ts';

const { publishableKey } = inject('instances').production;
const build = (variables: Record<string, string> = {}) =>
  buildOnce({ project: EXTENSION, publishableKey, variables });

const folder = await build();
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const sizeOf = (file: string) => statSync(join(folder, file)).size;

const BACKGROUND = ['background.js', 'background-clerk.js'];

describe('the built extension', () => {
  test('the background is at most 0.45 MB, Clerk included', () => {
    const size = BACKGROUND.reduce((sum, file) => sum + sizeOf(file), 0);
    expect(size).toBeLessThanOrEqual(450_000);
  });

  test('waking the background does not evaluate Clerk', () => {
    expect(sizeOf('background.js')).toBeLessThanOrEqual(47_250);
  });

  test.each(BACKGROUND)('nothing of React or Clerk’s UI is in %s', (file) => {
    expect(read(file)).not.toMatch(/react-dom|createElement\("|@emotion|cl-signIn|solana\/wallet/i);
  });

  test.each(['popup.html', 'sidepanel.html', 'own-page.html'])(
    '%s loads at most 300 kB of script before it shows the person',
    (page) => {
      const scripts = scriptsOfPage(read(page));
      expect(scripts.length).toBeGreaterThan(0);
      expect(scripts.reduce((sum, file) => sum + sizeOf(file), 0)).toBeLessThanOrEqual(300_000);
    },
  );

  test('the permissions are the least that works', () => {
    const manifest = JSON.parse(read('manifest.json'));
    const panel = inject('browserName') === 'chromium' ? ['sidePanel'] : [];
    expect(manifest.permissions).toEqual(['storage', 'alarms', ...panel]);
    expect(manifest.host_permissions).toEqual(['https://clerk.localhost/*']);
    expect(manifest).not.toHaveProperty('web_accessible_resources');
    expect(manifest).not.toHaveProperty('key');
  });

  test('knows nothing of tests: no word of them in any script', () => {
    const ours = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.js'),
    );
    expect(ours.filter((file) => /puppeteer|__emulator|navigator\.webdriver *=/.test(read(file)))).toEqual(
      [],
    );
  });

  test('listens to no other extension, no web page and no user script', () => {
    for (const file of BACKGROUND)
      expect(read(file)).not.toMatch(/onMessageExternal|onConnectExternal|onUserScript(Message|Connect)/);
  });
});

describe('the switch that takes Origin off', () => {
  // It is one more build.
  byTurns();

  test('adds its one permission, and no key for the id', async () => {
    // The key is here to be left out: this is a build as for the store.
    const stripped = await build({
      WXT_STRIP_ORIGIN: 'true',
      WXT_CRX_PUBLIC_KEY: createKeyPair().publicKey,
    });
    const manifest = JSON.parse(readFileSync(join(stripped, 'manifest.json'), 'utf8'));
    const { permissions, ...others } = JSON.parse(read('manifest.json'));
    expect(manifest).toEqual({
      ...others,
      permissions: expect.arrayContaining([...permissions, 'declarativeNetRequestWithHostAccess']),
    });
    expect(manifest.permissions).toHaveLength(permissions.length + 1);
  });
});

// What a store takes for a loader of remote code, and what would be one.
const REMOTE_CODE =
  /https?:[^"'`]*\.m?js\b|\/npm\/@clerk|turnstile|gsi\/client|createElement\(["'`]script|importScripts|\beval\(|\bFunction\(|\bimport\(/;

describe('the content script’s bundle', async () => {
  const built = await build(openedToSites());
  const readBuilt = (file: string) => readFileSync(join(built, file), 'utf8');

  test('runs where the developer says, in the top frame, and its API may be reached', () => {
    const manifest = JSON.parse(readBuilt('manifest.json'));
    const matches = ['granted', 'template', 'token'].map((name) => `http://${name}.localhost/*`);
    expect(manifest.content_scripts).toEqual([{ matches, js: ['content-scripts/card.js'] }]);
    expect(manifest.host_permissions).toEqual(['https://clerk.localhost/*', 'http://api.localhost/*']);
    const api = originOf('api', inject('sites').port);
    expect(manifest.content_security_policy.extension_pages).toContain(` ${api};`);
    expect(manifest).not.toHaveProperty('web_accessible_resources');
  });

  test('has nothing of Clerk, nor of the channel on which Clerk posts tokens', () => {
    expect(readBuilt('content-scripts/card.js')).not.toMatch(
      /clerk:session_token|BroadcastChannel|__clerk_client|@clerk\/|clerk-js|pk_(live|test)_/,
    );
  });

  test('loads no code from anywhere', () => {
    expect(readBuilt('content-scripts/card.js').match(REMOTE_CODE)?.[0]).toBeUndefined();
  });

  test('is small', () => {
    expect(statSync(join(built, 'content-scripts/card.js')).size).toBeLessThanOrEqual(25_000);
  });
});

test('every language of Clerk’s forms is a script of its own, which no page names ahead', () => {
  const filesWith = (text: string) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(js|html)$/.test(file))
      .filter((file) => readFileSync(join(folder, file), 'utf8').includes(text));
  const german = filesWith('Kein Account?');
  const french = filesWith("Vous n'avez pas encore de compte");
  expect([german.length, french.length]).toEqual([1, 1]);
  expect(german).not.toEqual(french);
  for (const file of [...german, ...french]) {
    const named = filesWith(basename(file, '.js')).filter((page) => page.endsWith('.html'));
    expect(named).toEqual([]);
  }
});
