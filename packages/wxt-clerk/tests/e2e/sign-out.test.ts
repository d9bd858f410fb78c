import { describe, expect } from 'vitest';
import { enterPassword, waitForSignInForm, waitUntilSignedIn } from '../../../../tools/steps/sign-in.ts';
import { ask, getShownToken } from './fixtures.ts';
import { test } from './shared-browser.ts';

describe('signing out', () => {
  test('in the panel is seen in every open page, and on the server', async ({
    browser,
    control,
    instance,
  }) => {
    const popup = await browser.openPopup();
    await enterPassword(popup, instance.seededUser);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    await popup.click({ role: 'button', name: 'Open side panel' });
    const panel = await browser.waitForSurface('panel', 'sidepanel.html');
    await waitUntilSignedIn(panel, 'Ada Lovelace');
    const page = await browser.openPage('own-page.html');
    await getShownToken(page);
    const secondPanel = await browser.openPage('sidepanel.html');
    await waitUntilSignedIn(secondPanel, 'Ada Lovelace');

    await panel.click({ role: 'button', name: 'Sign out' });

    await waitForSignInForm(panel);
    await waitForSignInForm(secondPanel);
    await page.waitForText('Nobody is signed in');
    expect(await ask(page, { type: 'get-token' })).toMatchObject({ ok: true, value: null });
    expect(await control.listSessions()).not.toContainEqual(expect.objectContaining({ status: 'active' }));
  });

  test('in the popup reaches a panel that holds a Clerk of its own, which can sign in again', async ({
    browser,
    instance,
  }) => {
    const popup = await browser.openPopup();
    await popup.click({ role: 'button', name: 'Open side panel' });
    const panel = await browser.waitForSurface('panel', 'sidepanel.html');
    await enterPassword(panel, instance.seededUser);
    await waitUntilSignedIn(panel, 'Ada Lovelace');

    const again = await browser.openPopup();
    await waitUntilSignedIn(again, 'Ada Lovelace');
    await again.click({ role: 'button', name: 'Sign out' });
    await waitForSignInForm(panel);

    await enterPassword(panel, instance.seededUser);
    await waitUntilSignedIn(panel, 'Ada Lovelace');
    expect(await ask(panel, { type: 'get-token' })).toMatchObject({
      ok: true,
      value: { token: expect.any(String) },
    });
  });

  test('a sign-in in one page reaches a form that is open in another, and its account page', async ({
    browser,
    instance,
  }) => {
    const panel = await browser.openPage('sidepanel.html');
    await waitForSignInForm(panel);
    const popup = await browser.openPopup();
    await enterPassword(popup, instance.seededUser);
    await waitUntilSignedIn(panel, 'Ada Lovelace');
    await panel.click({ role: 'button', name: 'Manage account' });
    await panel.waitForText('Profile details');
  });
});
