import type { ExtensionBrowser, Surface } from 'extension-driver';
import { inject } from 'vitest';
import { test as base } from '../../../../tools/e2e/fixtures.ts';
import type { Instance } from '../../../../tools/e2e/global-setup.ts';
import { originOf } from '../../../../tools/e2e/sites.ts';
import { enterPassword, waitUntilSignedIn } from '../../../../tools/steps/sign-in.ts';

export { ask, askForToken, countRequests, readCode } from '../../../../tools/e2e/fixtures.ts';

/** A build that opens itself to some web sites, and has an API of its own. */
export function openedToSites(): Record<string, string> {
  const { port } = inject('sites');
  return {
    WXT_CONTENT_SCRIPT_MATCHES: ['granted', 'token', 'template']
      .map((name) => `http://${name}.localhost/*`)
      .join(),
    WXT_TOKEN_ORIGINS: `${originOf('token', port)},${originOf('template', port)}=notes`,
    WXT_API_ORIGINS: originOf('api', port),
  };
}

/** Folder of that extension, from the project's root. */
export const EXTENSION = 'packages/wxt-clerk/tests/e2e/extension';

/** A test in a real browser on the small extension in `extension/`, which has nothing but what it takes from the core. */
export const test = base.extend<{ project: string; variables: Record<string, string> }>({
  project: EXTENSION,
  // biome-ignore lint/correctness/noEmptyPattern: Vitest wants a destructured parameter.
  variables: async ({}, use) => {
    await use(openedToSites());
  },
});

/** Signs the seeded user in by the popup, closes it, and gives a page of the extension in which Clerk is not loaded. */
export async function signIn(browser: ExtensionBrowser, { seededUser }: Instance): Promise<Surface> {
  const popup = await browser.openPopup();
  await enterPassword(popup, seededUser);
  await waitUntilSignedIn(popup, 'Ada Lovelace');
  await popup.close();
  const page = await browser.openPage('own-page.html');
  await page.waitForText('Signed in as Ada Lovelace.');
  return page;
}

/** Presses "Get a token" in the own page, and reads the token off it. */
export async function getShownToken(page: Surface): Promise<string> {
  await page.click({ role: 'button', name: 'Get a token' });
  return page.waitFor(() => document.querySelector('[data-testid="token"]')?.textContent ?? '');
}

/** Opens one of the extension's own pages in a further window of the browser. */
export async function openInNewWindow(
  browser: ExtensionBrowser,
  from: Surface,
  path: string,
): Promise<Surface> {
  await from.evaluate((url: string) => {
    const scope = globalThis as unknown as { browser?: WindowsApi; chrome: WindowsApi };
    interface WindowsApi {
      windows: { create(options: { url: string }): Promise<unknown> };
    }
    return (scope.browser ?? scope.chrome).windows.create({ url }).then(() => null);
  }, `${browser.extensionOrigin}/${path}`);
  return browser.waitForSurface('tab', path);
}
