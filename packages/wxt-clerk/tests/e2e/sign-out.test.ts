import { describe, expect, vi } from 'vitest';
import { byTurns } from '../../../../tools/e2e/by-turns.ts';
import { enterPassword, waitForSignInForm, waitUntilSignedIn } from '../../../../tools/steps/sign-in.ts';
import { ask, countRequests, getShownToken } from './fixtures.ts';
import { test } from './shared-browser.ts';

byTurns();

const ATTEMPT = 'POST /v1/client/sign_ins/:id/attempt_first_factor';

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

  test('elsewhere in the middle of a sign-in leaves the form, and no session', async ({
    browser,
    control,
    instance,
  }) => {
    const page = await browser.openPage('own-page.html');
    const popup = await browser.openPopup();
    await control.addFault({ endpoint: ATTEMPT, kind: 'delay', delayMs: 1000 });
    await enterPassword(popup, instance.seededUser);
    await vi.waitUntil(async () => (await countRequests(control, '/attempt_first_factor')) > 0);
    expect(await ask(page, { type: 'sign-out' })).toMatchObject({ ok: true });
    await vi.waitUntil(async () => (await control.listSessions())[0]?.status === 'removed', {
      timeout: 10_000,
    });
    await waitForSignInForm(popup);
    expect(await ask(page, { type: 'get-user' })).toMatchObject({ ok: true, value: null });
  });
});
