import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ExtensionBrowser, Surface } from 'extension-driver';
import { describe, expect, inject } from 'vitest';
import { buildOnce } from '../../tools/e2e/build-once.ts';
import { byTurns } from '../../tools/e2e/by-turns.ts';
import { ask, test as base } from '../../tools/e2e/fixtures.ts';
import { controlSites, originOf, type SitesControl } from '../../tools/e2e/sites.ts';
import { enterPassword, type Login, waitUntilSignedIn } from '../../tools/steps/sign-in.ts';

byTurns();

const { port } = inject('sites');
const PAGE = `${originOf('granted', port)}/`;

/** The starter with a web page for its content script, and an API to ask; the page and the API have seen nothing yet. */
const test = base.extend<{ variables: Record<string, string>; sites: SitesControl }>({
  variables: {
    WXT_CONTENT_SCRIPT_MATCHES: 'http://granted.localhost/*',
    WXT_API_ORIGINS: originOf('api', port),
  },
  sites: async ({ browser }, use) => {
    const sites = controlSites(inject('sites'));
    await sites.reset(browser.extensionOrigin);
    await use(sites);
  },
});

const CARD = 'clerk-example-card';
const NAME = '[data-testid="card-name"]';
const API = '[data-testid="card-api"]';

async function signIn(browser: ExtensionBrowser, user: Login): Promise<Surface> {
  const panel = await browser.openPage('sidepanel.html');
  await enterPassword(panel, user);
  await waitUntilSignedIn(panel, 'Ada Lovelace');
  return panel;
}

describe('the example content script', () => {
  test('follows sign-in and sign-out, and survives an extension reload', async ({
    browser,
    instance,
    sites,
  }) => {
    const site = await browser.openWebPage(PAGE);
    await site.waitForShadowText(CARD, NAME, 'Nobody is signed in');
    const own = await signIn(browser, instance.seededUser);
    await site.waitForShadowText(CARD, NAME, 'Ada Lovelace');
    await site.waitForShadowText(CARD, API, instance.seededUser.userId);

    await browser.reloadExtension();
    await expect.poll(() => own.isOpen()).toBe(false);
    const renewed = await browser.openPage('sidepanel.html');
    await waitUntilSignedIn(renewed, 'Ada Lovelace');
    // Firefox puts a new content script in place of the old one, and shows the person again.
    if (browser.name === 'firefox') await site.waitForShadowText(CARD, API, instance.seededUser.userId);
    // The panel's notes ask with a limit.
    const asked = async () =>
      (await sites.requests()).filter(({ address }) => address.endsWith('/notes')).length;
    const before = await asked();
    expect(before).toBeGreaterThan(0);
    // What makes it ask again, several times over.
    for (let turn = 0; turn < 3; turn += 1) {
      await site.evaluate(() => dispatchEvent(new Event('online')));
      await new Promise((resolve) => setTimeout(resolve, 700));
    }
    expect(await site.text().then(() => site.consoleErrors())).toEqual([]);
    expect(await asked(), 'nothing asks the API again').toBe(before);
    // Chrome leaves the old one in the page, which sees that it is old and takes its card away.
    const cards = await site.evaluate((host) => document.querySelectorAll(host).length, CARD);
    expect(cards).toBe(browser.name === 'firefox' ? 1 : 0);

    const again = await browser.openWebPage(PAGE);
    await again.waitForShadowText(CARD, NAME, 'Ada Lovelace');
    await ask(renewed, { type: 'sign-out' });
    await again.waitForShadowText(CARD, NAME, 'Nobody is signed in');
    expect(await again.shadowText(CARD, API)).not.toContain(instance.seededUser.userId);
    expect(site.consoleErrors()).toEqual([]);
  });
});

test('has no content script as long as the developer names no web page for it', async ({ instance }) => {
  const { publishableKey } = instance;
  const variables = { WXT_CONTENT_SCRIPT_MATCHES: '' };
  const folder = await buildOnce({ project: '.', publishableKey, variables });
  expect(readFileSync(join(folder, 'manifest.json'), 'utf8')).not.toContain('content-scripts/example.js');
  expect(existsSync(join(folder, 'content-scripts/example.js'))).toBe(false);
});

// What a store takes for a loader of remote code, and what would be one.
const REMOTE_CODE =
  /https?:[^"'`]*\.m?js\b|\/npm\/@clerk|turnstile|gsi\/client|createElement\(["'`]script|importScripts|\beval\(|\bFunction\(|\bimport\(/;

describe('the example content script’s bundle', () => {
  test('runs where the developer says, in the top frame, and its API may be reached', ({ buildPath }) => {
    const manifest = JSON.parse(readFileSync(join(buildPath, 'manifest.json'), 'utf8'));
    expect(manifest.content_scripts).toContainEqual({
      matches: ['http://granted.localhost/*'],
      js: ['content-scripts/example.js'],
    });
    expect(manifest.host_permissions).toContain('http://api.localhost/*');
    expect(manifest.content_security_policy.extension_pages).toContain(` ${originOf('api', port)};`);
    expect(manifest).not.toHaveProperty('web_accessible_resources');
  });

  test('has nothing of Clerk, no channel on which Clerk posts tokens, and no loader of code', ({
    buildPath,
  }) => {
    const script = readFileSync(join(buildPath, 'content-scripts/example.js'), 'utf8');
    expect(script).not.toMatch(
      /clerk:session_token|BroadcastChannel|__clerk_client|@clerk\/|clerk-js|pk_(live|test)_/,
    );
    expect(script.match(REMOTE_CODE)?.[0]).toBeUndefined();
  });

  test('is small', ({ buildPath }) => {
    expect(statSync(join(buildPath, 'content-scripts/example.js')).size).toBeLessThanOrEqual(25_000);
  });
});
