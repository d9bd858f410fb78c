import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExtensionBrowser, Surface } from 'extension-driver';
import { inject } from 'vitest';
import { controlSites, originOf, type SiteName, type SitesControl } from '../../../../../tools/e2e/sites.ts';
import { compromise } from '../../support/hostile/compromise.ts';
import type { Outcome } from '../../support/hostile/content-script.ts';
import { test as ownBrowser } from '../fixtures.ts';
import { test as shared, sharedBrowserTest } from '../shared-browser.ts';

const sites = async (
  { browser }: { browser: ExtensionBrowser },
  use: (sites: SitesControl) => Promise<void>,
) => {
  const sites = controlSites(inject('sites'));
  await sites.reset(browser.extensionOrigin);
  await use(sites);
};

const compromised = (buildPath: string) => compromise(buildPath, `${buildPath}-compromised`);

/** A test with web sites, which have seen nothing yet, and whose API accepts this browser's extension. */
export const siteTest = shared.extend<{ sites: SitesControl }>({ sites });

/**
 * The same with a hostile content script in the browser. The extension is a copy of the build that ships; the script
 * and its manifest entry are all that is added to it (`tests/support/hostile/compromise.ts`).
 */
export const test = sharedBrowserTest({ prepare: compromised }).extend<{ sites: SitesControl }>({ sites });

/** The same in a browser of its own, for a test that leaves things where the extension keeps its own. */
export const ownBrowserTest = ownBrowser.extend<{ extensionPath: string; sites: SitesControl }>({
  extensionPath: async ({ buildPath }, use) => {
    await use(await compromised(buildPath));
  },
  sites,
});

/** The address of a page on one of the sites. */
export function pageOf(name: SiteName, path = '/', port = inject('sites').port): string {
  return `${originOf(name, port)}${path}`;
}

/** The address of something of the developer's own API. */
export function apiOf(path: string): string {
  return pageOf('api', path);
}

/** The id of our extension as others know it; in Firefox it is the same for everybody. */
export function extensionIdOf({ name, extensionOrigin }: ExtensionBrowser, extensionPath: string): string {
  if (name === 'chromium') return new URL(extensionOrigin).host;
  const manifest = readFileSync(join(extensionPath, 'manifest.json'), 'utf8');
  return JSON.parse(manifest).browser_specific_settings.gecko.id;
}

/** A JWT, or the first two parts of one, wherever it stands. */
export const JWT = /ey[A-Za-z0-9_-]{10,}\./;

/** What comes of messages that an extension page sends, all at once; to another extension when `extensionId` is given. */
export function askFromPage(page: Surface, messages: unknown[], extensionId?: string): Promise<Outcome[]> {
  return page.evaluate(
    async (messages: unknown[], extensionId: string[]) => {
      interface Api {
        runtime?: { sendMessage?(...args: unknown[]): Promise<unknown> };
      }
      const scope = globalThis as unknown as { browser?: Api; chrome?: Api };
      const send = (scope.browser ?? scope.chrome)?.runtime?.sendMessage;
      if (!send) return messages.map(() => ({ failure: 'there is no runtime.sendMessage' }));
      const ask = async (message: unknown) => ({ reply: await send(...extensionId, message) });
      const asks = messages.map((message) => ask(message).catch((error) => ({ failure: String(error) })));
      return Promise.all(asks);
    },
    messages,
    extensionId === undefined ? [] : [extensionId],
  );
}
