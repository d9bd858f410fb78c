import type { Surface } from 'extension-driver';
import { describe, expect, inject } from 'vitest';
import { enterPassword, waitForSignInForm } from '../../../../../tools/steps/sign-in.ts';
import { openWebApp } from '../../../../../tools/steps/web-app.ts';
import { ask } from '../fixtures.ts';
import { KEYS, soon } from './extent.ts';
import { test } from './fixtures.ts';

/** An extension that may do to Firefox's cookie jars what a person does in its settings. */
const JARS = 'packages/wxt-clerk/tests/e2e/sync/jars';

interface JarsApi {
  contextualIdentities: {
    create(details: object): Promise<{ cookieStoreId: string }>;
  };
  tabs: { create(details: object): Promise<unknown> };
  privacy: {
    websites: Record<'cookieConfig' | 'firstPartyIsolate', { set(details: object): Promise<unknown> }>;
  };
}

function openInContainer(page: Surface, url: string): Promise<unknown> {
  return page.evaluate(async (url: string) => {
    const { contextualIdentities, tabs } = (globalThis as unknown as { browser: JarsApi }).browser;
    const { cookieStoreId } = await contextualIdentities.create({
      name: 'Work',
      color: 'blue',
      icon: 'briefcase',
    });
    await tabs.create({ url, cookieStoreId });
  }, url);
}

function isolateFirstParties(page: Surface): Promise<unknown> {
  return page.evaluate(async () => {
    const { websites } = (globalThis as unknown as { browser: JarsApi }).browser.privacy;
    // Firefox has one of the two, this isolation or its own partitions.
    await websites.cookieConfig.set({ value: { behavior: 'allow_all', nonPersistentCookies: false } });
    await websites.firstPartyIsolate.set({ value: true });
  });
}

describe.runIf(inject('browserName') === 'firefox').each(KEYS)('in Firefox with a %s key', (name) => {
  const it = test.extend({ instanceName: name });

  it('who is signed in in a container is not signed in here', async ({ browser, emulator, webApp }) => {
    const jars = await browser.openWebPage(`${await browser.installBeside(JARS)}/page.html`);
    const page = await browser.openPage('own-page.html');
    await page.waitForText('Nobody is signed in');
    await openInContainer(jars, `${webApp.url}/?container`);
    const work = await browser.waitForSurface('tab', '?container');
    await waitForSignInForm(work);
    await enterPassword(work, emulator.seededUser);
    await work.waitForText('Signed in as Ada Lovelace.');
    const tab = await openWebApp(browser, webApp);
    await tab.surface.waitForText('Sign in to');
    expect(await ask(page, { type: 'get-user' })).toMatchObject({ ok: true, value: null });
    await tab.signIn(emulator.seededUser, 'Ada Lovelace');
    await soon(page.waitForText('Signed in as Ada Lovelace.'));
  });

  it('first parties that are isolated keep nothing from it', async ({ browser, emulator, webApp }) => {
    const jars = await browser.openWebPage(`${await browser.installBeside(JARS)}/page.html`);
    await isolateFirstParties(jars);
    const page = await browser.openPage('own-page.html');
    const tab = await openWebApp(browser, webApp);
    await tab.signIn(emulator.seededUser, 'Ada Lovelace');
    await soon(page.waitForText('Signed in as Ada Lovelace.'));
    await tab.signOut();
    await soon(page.waitForText('Nobody is signed in'));
  });
});
