import { describe, expect } from 'vitest';
import { byTurns } from '../../../../tools/e2e/by-turns.ts';
import { enterPassword, waitForSignInForm, waitUntilSignedIn } from '../../../../tools/steps/sign-in.ts';
import { ask, openInNewWindow, signIn } from './fixtures.ts';
import { test } from './shared-browser.ts';

byTurns();

describe('every page shows the same', () => {
  test('F13: two windows, panel and popup follow each sign-in and sign-out within a second', async ({
    browser,
    instance,
  }) => {
    const first = await browser.openPage('sidepanel.html');
    const second = await openInNewWindow(browser, first, 'own-page.html');
    await waitForSignInForm(first);
    const popup = await browser.openPopup();
    for (const round of [1, 2]) {
      await enterPassword(popup, instance.seededUser);
      await waitUntilSignedIn(popup, 'Ada Lovelace');
      const shown = performance.now();
      await Promise.all([
        waitUntilSignedIn(first, 'Ada Lovelace'),
        second.waitForText('Signed in as Ada Lovelace.'),
      ]);
      expect(performance.now() - shown, `sign-in ${round}`).toBeLessThan(1000);
      await popup.click({ role: 'button', name: 'Sign out' });
      const out = performance.now();
      await second.waitForText('Nobody is signed in');
      expect(performance.now() - out, `sign-out ${round}`).toBeLessThan(1000);
      await Promise.all([waitForSignInForm(first), waitForSignInForm(popup)]);
    }
  });

  test('F24: a panel that was never looked at shows what the background knows', async ({
    browser,
    instance,
  }) => {
    const panel = await browser.openPage('sidepanel.html');
    const page = await signIn(browser, instance);
    await waitUntilSignedIn(panel, 'Ada Lovelace');
    await ask(page, { type: 'sign-out' });
    await waitForSignInForm(panel);
  });
});
