import type { Surface } from 'extension-driver';
import { describe, expect } from 'vitest';
import { byTurns } from '../../../../../tools/e2e/by-turns.ts';
import { waitForSignInForm, waitUntilSignedIn } from '../../../../../tools/steps/sign-in.ts';
import { openWebApp } from '../../../../../tools/steps/web-app.ts';
import { dumpOwnStorage } from '../../support/own-storage.ts';
import { ask } from '../fixtures.ts';
import { readCredential, removeCookies } from './credential.ts';
import { KEYS, soon } from './extent.ts';
import { test } from './fixtures.ts';

byTurns();

const NOBODY = 'Nobody is signed in';

/** Waits in the own page, which has no Clerk: what it shows is what the background knows. */
const isShown = (page: Surface, text: string) => soon(page.waitForText(text));

describe.each(KEYS)('with a %s key, the web app’s session', (name) => {
  const it = test.extend({ instanceName: name });

  it('reaches an open panel, the popup and the background within a second, and so does its end', async ({
    browser,
    emulator,
    webApp,
  }) => {
    const panel = await browser.openPage('sidepanel.html');
    await waitForSignInForm(panel);
    const page = await browser.openPage('own-page.html');
    const tab = await openWebApp(browser, webApp);
    await tab.signIn(emulator.seededUser, 'Ada Lovelace');
    await soon(waitUntilSignedIn(panel, 'Ada Lovelace'));
    await isShown(page, 'Signed in as Ada Lovelace.');
    const token = { token: expect.any(String) };
    expect(await ask(page, { type: 'get-token' })).toMatchObject({ ok: true, value: token });
    const popup = await browser.openPopup();
    await waitUntilSignedIn(popup, 'Ada Lovelace');

    await tab.signOut();
    await soon(waitForSignInForm(panel));
    await isShown(page, NOBODY);
    expect(await ask(page, { type: 'get-token' })).toMatchObject({ ok: true, value: null });
  });

  it('comes and goes with no page open and the background stopped, over a restart, and with another person', async ({
    browser,
    emulator,
    webApp,
  }) => {
    const { control, seededUser } = emulator;
    const grace = { emailAddress: 'grace@example.com', password: 'a long enough password 2' };
    await control.createUser({ ...grace, firstName: 'Grace', lastName: 'Hopper' });
    const first = await browser.openPage('own-page.html');
    await first.waitForText(NOBODY);
    await first.close();
    await browser.stopBackground();
    const tab = await openWebApp(browser, webApp);
    await tab.signIn(seededUser, 'Ada Lovelace');
    const page = await browser.openPage('own-page.html');
    await isShown(page, 'Signed in as Ada Lovelace.');

    await browser.stopBackground();
    await tab.signOut();
    await isShown(page, NOBODY);
    await browser.stopBackground();
    await tab.signIn(grace, 'Grace Hopper');
    await isShown(page, 'Signed in as Grace Hopper.');

    const credential = await readCredential(page, emulator);
    const kept = Object.entries(await page.evaluate(dumpOwnStorage));
    expect(kept.filter(([, text]) => text.includes(credential))).toEqual([]);
    expect(page.consoleErrors()).toEqual([]);

    await browser.restart();
    const again = await openWebApp(browser, webApp);
    await again.surface.waitForText(/Signed in as|Sign in to/);
    const isKept = (await again.surface.text()).includes('Signed in as');
    const after = await browser.openPage('own-page.html');
    await after.waitForText(isKept ? 'Signed in as Grace Hopper.' : NOBODY);
    if (!isKept) await again.signIn(grace, 'Grace Hopper');
    await isShown(after, 'Signed in as Grace Hopper.');

    await removeCookies(after, emulator);
    await isShown(after, NOBODY);
    expect(await ask(after, { type: 'get-token' })).toMatchObject({ ok: true, value: null });
  });
});
