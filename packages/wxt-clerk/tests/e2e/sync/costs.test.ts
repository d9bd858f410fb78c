import { setTimeout as sleep } from 'node:timers/promises';
import type { Emulator } from 'clerk-emulator';
import { describe, expect, inject } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { openWebApp } from '../../../../../tools/steps/web-app.ts';
import { sized } from '../../../../../tools/test-size.ts';
import { KEYS } from './extent.ts';
import { test } from './fixtures.ts';

byTurns(0);

/** Tokens that the web app renews after a few seconds instead of the usual 43. */
const TOKEN_LIFETIME_SECONDS = 25;
const RENEWALS_MS = sized({ usual: 12_000, matrix: 20_000 });

async function requestsByExtension({ control }: Emulator, webAppUrl: string): Promise<string[]> {
  const others = (await control.requests()).filter(({ origin }) => origin !== webAppUrl);
  return others.map(({ method, path }) => `${method} ${path}`);
}

describe.each(KEYS)('with a %s key, while nothing changes', (name) => {
  const it = test.extend({ instanceName: name });

  it('the extension asks the server nothing, though the web app goes on', async ({
    browser,
    emulator,
    webApp,
  }) => {
    await emulator.control.configure({ tokenLifetimeSeconds: TOKEN_LIFETIME_SECONDS });
    const tab = await openWebApp(browser, webApp);
    await tab.signIn(emulator.seededUser, 'Ada Lovelace');
    const page = await browser.openPage('own-page.html');
    await page.waitForText('Signed in as Ada Lovelace.');
    await page.close();
    // The web app's tab comes to the front, and tells the server so: that changes its client.
    await sleep(3000);
    await browser.stopBackground();
    const before = (await requestsByExtension(emulator, webApp.url)).length;
    const renewals = async () =>
      (await emulator.control.requests()).filter(({ path }) => path.endsWith('/tokens')).length;
    const renewed = await renewals();
    await sleep(RENEWALS_MS);
    expect(await renewals()).toBeGreaterThan(renewed);
    expect((await requestsByExtension(emulator, webApp.url)).slice(before)).toEqual([]);
    // In development each new session token is a cookie of the host that is looked at; in Chromium the local Frontend API's
    // writing of `__client_uat` as it was counts as a change.
    if (name === 'production' && inject('browserName') === 'firefox')
      expect(await browser.isBackgroundRunning()).toBe(false);
  });
});
