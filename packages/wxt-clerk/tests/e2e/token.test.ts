import { verifyToken } from '@clerk/backend';
import { describe, expect } from 'vitest';
import { byTurns } from '../../../../tools/e2e/by-turns.ts';
import { enterPassword, waitUntilSignedIn } from '../../../../tools/steps/sign-in.ts';
import { ask, askForToken, getShownToken } from './fixtures.ts';
import { test } from './shared-browser.ts';

byTurns();

describe('a session token', () => {
  test('comes with the popup closed and the background stopped, and a server accepts it', async ({
    browser,
    instance,
  }) => {
    const popup = await browser.openPopup();
    await enterPassword(popup, instance.seededUser);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    await popup.close();
    const page = await browser.openPage('own-page.html');
    await page.waitForText('Signed in as Ada Lovelace.');
    await browser.stopBackground();

    const token = await getShownToken(page);

    const claims = await verifyToken(token, {
      jwtKey: instance.jwtKey,
      authorizedParties: [browser.extensionOrigin],
    });
    expect(claims).toMatchObject({ sub: instance.seededUser.userId, iss: instance.url, v: 2 });
  });

  test('says when it ends, in Unix milliseconds', async ({ browser, instance }) => {
    const popup = await browser.openPopup();
    await enterPassword(popup, instance.seededUser);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    const answer = await askForToken(popup);
    const payload = JSON.parse(Buffer.from(answer?.token.split('.')[1] ?? '', 'base64url').toString());
    expect(answer?.expiresAt).toBe(payload.exp * 1000);
  });

  test('is null when nobody is signed in', async ({ browser }) => {
    const page = await browser.openPage('own-page.html');
    await page.waitForText('Nobody is signed in');
    expect(await askForToken(page)).toBeNull();
    expect(await ask(page, { type: 'get-user' })).toMatchObject({ ok: true, value: null });
  });

  test('outlives a restart of the browser: the session is kept', async ({ browser, instance }) => {
    const popup = await browser.openPopup();
    await enterPassword(popup, instance.seededUser);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    await browser.restart();
    const page = await browser.openPage('own-page.html');
    await page.waitForText('Signed in as Ada Lovelace.');
    expect(await askForToken(page)).not.toBeNull();
  });

  test('is null after the session was revoked on the server', async ({ browser, control, instance }) => {
    const popup = await browser.openPopup();
    await enterPassword(popup, instance.seededUser);
    await waitUntilSignedIn(popup, 'Ada Lovelace');
    await popup.close();
    const page = await browser.openPage('own-page.html');
    await page.waitForText('Signed in as Ada Lovelace.');
    const [session] = await control.listSessions();
    await control.revokeSession(session?.sessionId ?? '');
    await browser.stopBackground();
    expect(await askForToken(page)).toBeNull();
    await page.waitForText('Nobody is signed in');
  });
});
